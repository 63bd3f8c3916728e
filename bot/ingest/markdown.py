"""Markdown in: # headings are sections, blank lines part paragraphs; lists, quotes, tables and notes are known."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Sequence

from bot.ingest.document import Block, Document
from bot.ingest.front import finished
from bot.ingest.hyphens import Mender
from bot.ingest.roles import CAPTION, attributed, is_credit, is_pull_quote
from bot.ingest.text import plain, table_rows

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ITEM = re.compile(r"\s{0,6}(?:[-*+•]|\d{1,3}[.)])\s+(.*)")
_QUOTED = re.compile(r" {0,3}> ?(.*)")
_NOTE = re.compile(r"\[\^[^\]]+\]:\s*(.*)")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]{1,60}\]")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
_LINK_TARGET = re.compile(r" {0,3}\[[^\]]+\]:\s*\S+.*")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,300}\]")
_CODE = re.compile(r"`{1,3}([^`\n]{1,500})`{1,3}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_UNDERSCORED = re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_STRUCK = re.compile(r"~~([^~\n]{1,500})~~")
_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(text: str, known: Collection[str] = frozenset()) -> Document:
    """Read Markdown; a front matter between lines of --- gives the properties."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    properties: dict[str, str] = {}
    matter = _MATTER.match(text)
    if matter:
        properties = _properties(matter[1])
        text = text[matter.end() :]
    text = _without_comments(text)
    lines = text.split("\n")
    mender = Mender([line.strip() for line in lines], known)
    blocks = [block for part in _parts(lines) for block in _blocks(part, mender)]
    return finished(blocks, properties)


def _properties(matter: str) -> dict[str, str]:
    """Read the plain ``key: value`` lines of a front matter."""
    pairs = (line.partition(":") for line in matter.splitlines() if not line.startswith((" ", "-", "#")))
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs if value.strip()}


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield headings and groups of lines between blank lines."""
    group: list[str] = []
    fence = ""
    for line in lines:
        opening = _FENCE.match(line)
        if opening and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opening[1]
        elif fence:
            group.append("    " + line if line.strip() else "")
        elif not line.strip() or (_RULE.fullmatch(line) and not (group and _UNDERLINE.fullmatch(line))):
            if group:
                yield group
            group = []
        elif _HEADING.fullmatch(line):
            if group:
                yield group
            yield [line]
            group = []
        elif len(group) == 1 and _UNDERLINE.fullmatch(line) and not _ITEM.match(group[0]) and "|" not in group[0]:
            yield [("# " if "=" in line else "## ") + group[0].strip()]
            group = []
        else:
            group.append(line)
    if group:
        yield group


def _blocks(part: Sequence[str], mender: Mender) -> Iterator[Block]:
    heading = _HEADING.fullmatch(part[0])
    if heading and len(part) == 1:
        text = _inline(heading[2] or "")
        if text:
            yield Block("caption" if CAPTION.match(text) and ":" in text else "heading", text, level=len(heading[1]))
        return
    quoted = [_QUOTED.match(line) for line in part]
    if all(quoted):
        yield from _quoted([match[1] for match in quoted if match], mender)
        return
    rows = (
        table_rows([_inline(line, keep_tabs=True) for line in part])
        if any("|" in line or "\t" in line for line in part)
        else ()
    )
    if rows:
        yield Block("table", "\n".join(" | ".join(row) for row in rows), rows=rows)
        return
    yield from _prose(part, mender)


def _quoted(lines: Sequence[str], mender: Mender) -> Iterator[Block]:
    """Read a block quote: a pull quote with its marks or its speaker, else paragraphs of their own."""
    for group in _split(lines):
        text = _inline(mender.run(group))
        if text:
            yield Block("quote", text, attribution=attributed(text))


def _split(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _prose(part: Sequence[str], mender: Mender) -> Iterator[Block]:
    runs: list[tuple[str, list[str]]] = []
    for line in part:
        item, note = _ITEM.match(line), _NOTE.match(line)
        if note:
            runs.append(("note", [note[1]]))
        elif item and not line.startswith("    "):
            runs.append(("item", [item[1]]))
        elif not _LINK_TARGET.fullmatch(line):
            if runs:
                runs[-1][1].append(line)
            else:
                runs.append(("paragraph", [line]))
    for kind, lines in runs:
        text = _inline(mender.run(lines))
        if text:
            yield _named(kind, text)


def _named(kind: str, text: str) -> Block:
    if kind == "note":
        return Block("note", text)
    if kind == "item":
        return Block("item", text)
    if CAPTION.match(text) and len(text) < 300:
        return Block("caption", text)
    if is_pull_quote(text, set_apart=False):
        return Block("quote", text, attribution=attributed(text))
    return Block("credit" if is_credit(text) else "paragraph", text)


def _without_comments(text: str) -> str:
    """Drop HTML comments; one that is never closed stays."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _inline(text: str, *, keep_tabs: bool = False) -> str:
    """Take Markdown's marks off a run of words."""
    text = _AUTOLINK.sub(r"\1", _IMAGE.sub("", _NOTE_MARK.sub("", text)))
    text = _TAG.sub(" " if "<br" in text else "", text)
    text = _STRUCK.sub(r"\1", _UNDERSCORED.sub(r"\1", _REFERENCE.sub(r"\1", _CODE.sub(r"\1", text))))
    if keep_tabs:
        return html.unescape(text)
    return _ESCAPE.sub(r"\1", html.unescape(plain(text)))
