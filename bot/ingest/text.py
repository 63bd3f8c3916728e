"""Plain text in: blank lines part paragraphs; short lone lines without a full stop are headings, if several are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.ingest.chunks import BULLET, TERMINAL
from bot.ingest.document import Block, Document
from bot.ingest.front import finished
from bot.ingest.hyphens import Mender, without_soft
from bot.ingest.roles import CAPTION, attributed, is_credit, is_pull_quote, looks_like_heading

_MARKED = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CURSIVE = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,500}\)")
_BETWEEN = frozenset({"table", "caption", "note", "quote"})
_MAX_HEADING = 100
_WRAPPED = 60  # characters from which lines of a paragraph count as wrapped


def read_text(text: str, known: Collection[str] = frozenset()) -> Document:
    """Read a plain text; ``known``: words of the language, for hyphens at the ends of lines."""
    groups = list(_groups(text))
    mender = Mender([line for group in groups for line in group], known)
    blocks = [block for group in groups for block in _blocks(group, mender)]
    return finished(_joined(_headed(blocks), mender), {})


def _groups(text: str) -> Iterator[list[str]]:
    """Yield the lines between blank lines; a form feed is one."""
    group: list[str] = []
    for line in text.replace("\f", "\n\n").splitlines():
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def plain(text: str) -> str:
    """Take the marks of emphasis and links off a text."""
    text = _LINK.sub(r"\1", _CURSIVE.sub(r"\1", _MARKED.sub(r"\2", text)))
    return " ".join(without_soft(text).split())


def _blocks(group: Sequence[str], mender: Mender) -> Iterator[Block]:
    """Read the lines between two blank lines: a table, list items, or one paragraph."""
    rows = table_rows(group)
    if rows:
        yield Block("table", "\n".join(" | ".join(row) for row in rows), rows=rows)
        return
    parts: list[list[str]] = []
    for line in group:
        begins = bool(BULLET.match(line.strip())) and (len(group) == 1 or _is_list(group))
        if begins and parts and re.match(r"\s*[-–—*] [a-z]", line) and not BULLET.match(parts[0][0]):
            begins = bool(TERMINAL.search(parts[-1][-1]))  # a dash inside a sentence
        if not parts or begins:
            parts.append([line.strip()])
        else:
            parts[-1].append(line.strip())
    for part in parts:
        words = mender.run(part)
        yield _block(words, bulleted=bool(BULLET.match(words)) and (len(parts) > 1 or not words[:1].isalnum()))


def _is_list(group: Sequence[str]) -> bool:
    """Tell whether lines that begin like items are a list, and not wrapped lines that begin with a dash or number."""
    return bool(BULLET.match(group[0].strip())) or sum(bool(BULLET.match(line.strip())) for line in group) > 1


def _block(words: str, *, bulleted: bool) -> Block:
    if bulleted:
        return Block("item", plain(BULLET.sub("", words, count=1)))
    text = plain(words)
    if CAPTION.match(text) and len(text) < 300:
        return Block("caption", text)
    if is_pull_quote(text, set_apart=False):
        return Block("quote", text, attribution=attributed(text))
    if is_credit(text):
        return Block("credit", text)
    return Block("paragraph", text)


def table_rows(group: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Read lines with tabs, bars or wide gaps as rows of cells; nothing if they are no table."""
    for divider in ("\t", "|", "  "):
        rows = [[plain(cell) for cell in _cells(line, divider)] for line in group]
        if divider == "|":
            rows = [row[1 if not row[0] else 0 : -1 if not row[-1] else None] for row in rows]
            rows = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?|=*", cell) for cell in row)]
        several = [row for row in rows if len(row) > 1]
        if len(several) >= 2 and len(several) >= 0.7 * len(rows):
            width = max(map(len, rows))
            return tuple(
                tuple([*[""] * (width - len(row) if len(row) > 1 else 0), *row, *[""] * width][:width]) for row in rows
            )
    return ()


def _cells(line: str, divider: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip()) if divider == "  " else line.split(divider)


def _headed(blocks: Sequence[Block]) -> list[Block]:
    """Turn short lone lines into headings, if there are several."""
    able = [index for index, block in enumerate(blocks) if _may_head(blocks, index)]
    if len(able) < 2:
        return list(blocks)
    heads = set(able)
    return [replace(block, kind="heading", level=1) if index in heads else block for index, block in enumerate(blocks)]


def _may_head(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if block.kind != "paragraph" or len(block.text) > _MAX_HEADING or not looks_like_heading(block.text):
        return False
    if block.text.endswith((":", "!")) and len(block.text) > 40:
        return False
    before = next((blocks[at] for at in range(index - 1, -1, -1) if blocks[at].kind not in _BETWEEN), None)
    cut = (
        before is not None
        and before.kind == "paragraph"
        and len(before.text) > 150
        and not TERMINAL.search(before.text)
    )
    return not cut and index + 1 < len(blocks)


def _joined(blocks: Sequence[Block], mender: Mender) -> list[Block]:
    """Join paragraphs that a break inside a sentence cut: the first does not end, the second does not begin."""
    joined: list[Block] = []
    last = -1
    for block in blocks:
        if block.kind == "paragraph" and last >= 0:
            held = joined[last]
            open_end = len(held.text) > _WRAPPED and not TERMINAL.search(held.text)
            if open_end and (not block.text[:1].isupper() or last < len(joined) - 1):
                joined[last] = replace(held, text=mender.join(held.text, block.text))
                continue
        joined.append(block)
        if block.kind in {"paragraph", "item"}:
            last = len(joined) - 1
        elif block.kind not in _BETWEEN:
            last = -1
    return joined
