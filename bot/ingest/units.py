"""Units: the sentences of a document that alignment hands out to places, with the breaks between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.ingest.chunks import TERMINAL
from bot.ingest.document import Block
from bot.words.text import sentences

Break = Literal["none", "weak", "doubtful", "strong"]
_INLINE_BULLET = re.compile(r"\s+[■•▪●□◦►]\s+(?=[A-Z“\"])|(?<=[.;])\s+[-–]\s+(?=[A-Z])")
_ASIDE = frozenset({"credit", "note", "quote", "caption", "title", "heading"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: its block, its offsets in the block's text, the break before it, and the section it stands under."""

    block: int
    start: int
    end: int
    text: str
    before: Break
    section: str
    aside: bool
    item: bool


def units_of(
    blocks: Sequence[Block], taken: frozenset[int], headings: dict[int, str], *, asides: bool = False
) -> list[Unit]:
    """Cut the blocks that are not yet taken to sentences; ``headings``: sections by the block that heads them.

    ``asides``: also what hardly is running text, such as credits, notes and lone headings.
    """
    units: list[Unit] = []
    section = ""
    last: Block | None = None
    before_this: Block | None = None
    for index, block in enumerate(blocks):
        if index in headings:
            section = headings[index]
            last = None
            continue
        aside = block.kind in _ASIDE
        if index in taken or block.kind in {"table", "front"} or (aside and not asides):
            before_this = before_this if index in taken else block
            continue
        first = True
        for start, end, bulleted in _spans(block.text):
            text = block.text[start:end]
            before: Break = "strong" if bulleted else "none"
            if first:
                before = _break(last, block)
                if before == "doubtful" and before_this is not last:
                    before = "strong"
            units.append(Unit(index, start, end, text, before, section, aside, block.kind == "item" or bulleted))
            first = False
        before_this = block
        if not aside:
            last = block
    return units


def _break(last: Block | None, block: Block) -> Break:
    if last is None or last.kind != block.kind or block.kind in _ASIDE:
        return "strong"
    if not TERMINAL.search(last.text) and len(last.text) > 25:
        return "weak" if block.kind == "paragraph" else "strong"
    if block.kind == "paragraph" and block.text[:1].islower():
        return "weak"
    return "doubtful" if block.doubtful else "strong"


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the offsets of sentences, and whether a bullet stands before them."""
    start = 0
    pieces: list[tuple[int, int]] = []
    for match in _INLINE_BULLET.finditer(text):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(text)))
    for number, (begin, end) in enumerate(pieces):
        at = begin
        for order, sentence in enumerate(sentences(text[begin:end])):
            head = sentence.split(" ", 1)[0]
            found = text.find(head, at, end)
            first = at if found < 0 else found
            last = min(end, first + len(sentence))
            yield first, _grown(text, last, end), number > 0 and order == 0
            at = last


def _grown(text: str, at: int, end: int) -> int:
    """Move the end of a sentence over the closing marks that stand after it."""
    while at < end and not text[at].isspace():
        at += 1
    return at
