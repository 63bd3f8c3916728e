"""A PDF's pages to a document: furniture out, columns in order, chunks named, and paragraphs joined over breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.ingest.chunks import BULLET, TERMINAL, Chunk, all_chunks, column_of
from bot.ingest.columns import regions
from bot.ingest.document import Block, Document
from bot.ingest.front import finished
from bot.ingest.furniture import without_furniture
from bot.ingest.hyphens import Mender, without_soft
from bot.ingest.roles import Body, attributed, is_pull_quote, lone_attribution, role_of
from bot.ingest.sheets import Sheet

_BETWEEN = frozenset({"table", "caption", "note", "quote", "credit"})  # what may stand inside a paragraph


def document_of(sheets: Sequence[Sheet], properties: dict[str, str], known: Collection[str] = frozenset()) -> Document:
    """Read sheets as a document; ``known``: words of the language, for hyphens at the ends of lines."""
    clean = without_furniture(sheets, _body_size(sheets))
    columns = [column_of(region, sheet.number, sheet.label) for sheet in clean for region in regions(sheet)]
    body = Body.of(columns)
    chunks = list(all_chunks(columns))
    mender = Mender([row.text for column in columns for row in column.rows], known)
    blocks = _blocks(chunks, body, mender)
    return finished(tuple(blocks), properties, pages=len(sheets))


def _body_size(sheets: Sequence[Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            sizes[piece.style.size] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


@dataclass(slots=True)
class _Open:
    """The last block of running text, and whether it may go on."""

    at: int
    chunk: Chunk


def _blocks(chunks: Sequence[Chunk], body: Body, mender: Mender) -> list[Block]:
    blocks: list[Block] = []
    open_ends: dict[bool, _Open] = {}  # in boxes, and outside
    indents = _uses_indents(chunks, body)
    levels = _levels(chunks, body)
    for chunk in chunks:
        block = _block(chunk, body, mender, levels)
        if _completes(blocks, block, chunk, mender):
            continue
        last = open_ends.get(block.boxed)
        if last is None or (block.text[:1].islower() and blocks and blocks[-1].kind in {"paragraph", "item"}):
            last = next((end for end in open_ends.values() if end.at == len(blocks) - 1), last)
        if block.kind == "paragraph" and last is not None:
            held = blocks[last.at]
            if _goes_on(held, last.chunk, block, chunk, adjacent=last.at == len(blocks) - 1):
                blocks[last.at] = _continued(held, block, mender)
                open_ends[held.boxed] = _Open(last.at, chunk)
                continue
            if chunk.opens and last.chunk.closes and last.chunk.full and not (indents and chunk.indented):
                block = replace(block, doubtful=True)
        blocks.append(block)
        if block.kind in {"paragraph", "item"}:
            open_ends[block.boxed] = _Open(len(blocks) - 1, chunk)
        elif block.kind not in _BETWEEN:
            open_ends.pop(block.boxed, None)
    return blocks


def _completes(blocks: list[Block], block: Block, chunk: Chunk, mender: Mender) -> bool:
    """Put a speaker to the quotation above, the rest to a heading or credit; tell whether that was done."""
    if not blocks:
        return False
    above = blocks[-1]
    if block.kind == "paragraph" and above.kind == "quote" and not above.attribution:
        who = lone_attribution(block.text)
        if who:
            blocks[-1] = replace(above, text=f"{above.text} {block.text}", attribution=who)
        return bool(who)
    if block.kind == "paragraph" and above.kind == "credit" and chunk.opens and not TERMINAL.search(above.text):
        blocks[-1] = replace(above, text=mender.join(above.text, block.text))
        return True
    if block.kind == "heading" and _same_heading(above, block, chunk):
        blocks[-1] = replace(above, text=mender.join(above.text, block.text))
        return True
    return False


def _block(chunk: Chunk, body: Body, mender: Mender, levels: dict[float, int]) -> Block:
    if chunk.grid:
        text = "\n".join(" | ".join(row) for row in chunk.grid.cells)
        return Block("table", text, chunk.page, boxed=chunk.boxed, rows=chunk.grid.cells)
    text = " ".join(without_soft(mender.run([row.text for row in chunk.rows])).split())
    kind = role_of(chunk, body, text)
    if kind == "item":
        text = BULLET.sub("", text, count=1) if not text[:1].isalnum() else text
    return Block(
        kind,
        text,
        chunk.page,
        level=levels.get(chunk.style.size, 1) if kind == "heading" else 0,
        boxed=chunk.boxed,
        attribution=attributed(text) if kind == "quote" else "",
    )


def _levels(chunks: Sequence[Chunk], body: Body) -> dict[float, int]:
    """Rank the sizes of headings, the largest first."""
    sizes = {chunk.style.size for chunk in chunks if not chunk.grid and role_of(chunk, body, chunk.text) == "heading"}
    return {size: rank for rank, size in enumerate(sorted(sizes, reverse=True), 1)}


def _same_heading(before: Block, block: Block, chunk: Chunk) -> bool:
    """Tell whether two lines of one heading were cut: same level, and the first one cannot end there."""
    if before.kind != "heading" or before.level != block.level or chunk.opens:
        return False
    words = before.text.split()
    return before.text.endswith("-") or words[-1].casefold() in {"and", "or", "of", "the", "in", "for", "to", "a", "on"}


def _uses_indents(chunks: Sequence[Chunk], body: Body) -> bool:
    """Tell whether paragraphs begin with an indent in this document."""
    text = [chunk for chunk in chunks if chunk.style.size == body.style.size and len(chunk.rows) > 1]
    return sum(chunk.indented for chunk in text) > 0.4 * len(text)


def _goes_on(held: Block, before: Chunk, block: Block, chunk: Chunk, *, adjacent: bool) -> bool:
    """Tell whether a paragraph is the rest of the one before a break of column or page, a figure or a box."""
    if TERMINAL.search(held.text) or (held.boxed != block.boxed and not (adjacent and block.text[:1].islower())):
        return False
    if adjacent and not (chunk.opens or before.closes):
        return block.text[:1].islower() and len(held.text) > 60
    if abs(before.style.size - chunk.style.size) > 0.6 or before.style.bold != chunk.style.bold:
        return False
    return len(held.text) > 25 or block.text[:1].islower()


def _continued(held: Block, block: Block, mender: Mender) -> Block:
    text = mender.join(held.text, block.text)
    turns = held.turns
    if block.page != (turns[-1][1] if turns else held.page):
        turns = (*turns, (len(text) - len(block.text), block.page))
    if held.kind == "paragraph" and is_pull_quote(text, set_apart=False):
        return replace(held, kind="quote", text=text, turns=turns, attribution=attributed(text))
    return replace(held, text=text, turns=turns)
