"""Making texts fit: cut at a word or a sentence, share room among several, and find a section's key points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.brief.pack import Passage, Section

MAX_POINT = 180
_MOST_POINTS = 4
_LEAST_POINTS = 2
_ELLIPSIS = "…"
_END = re.compile(r"(?<=[.!?])[\"”’)]{0,2}\s+(?=[\"“‘(]?[A-Z0-9])")
_NO_END = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|No|[Ff]ig|vs|e\.g|i\.e|cf)\.$")


def one_line(text: str) -> str:
    """Bring a text to one line without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def clipped(text: str, room: int) -> str:
    """Cut a text, brought to one line, to at most ``room`` characters, at a word, with an ellipsis."""
    line = one_line(text)
    if len(line) <= room:
        return line
    cut = line[: max(0, room - 1)]
    at_word = cut.rpartition(" ")[0] if line[len(cut) : len(cut) + 1] != " " else cut
    return f"{(at_word or cut).rstrip(' ,;:–—')}{_ELLIPSIS}"


def trimmed(text: str, room: int) -> str:
    """Cut a text to at most ``room`` characters at the end of a sentence, else at a word; an ellipsis tells of it."""
    line = one_line(text)
    if len(line) <= room:
        return line
    kept = ""
    for sentence in split_sentences(line):
        longer = f"{kept} {sentence}".lstrip()
        if len(longer) + 2 > room:
            break
        kept = longer
    return f"{kept} {_ELLIPSIS}" if len(kept) * 2 > room else clipped(line, room)


def split_sentences(text: str) -> list[str]:
    """Split a paragraph of ours into sentences, minding initials and a few short forms."""
    found: list[str] = []
    begin = 0
    for match in _END.finditer(text):
        if not _NO_END.search(text[begin : match.start()]):
            found.append(text[begin : match.end()].strip())
            begin = match.end()
    return [*found, text[begin:].strip()]


def share_room(wants: Sequence[int], room: int) -> list[int]:
    """Share room fairly: who wants little gets it all, the others get equal parts of what is left."""
    given = [0] * len(wants)
    left = max(0, room)
    order = sorted(range(len(wants)), key=lambda index: (wants[index], index))
    for position, index in enumerate(order):
        given[index] = min(wants[index], left // (len(order) - position))
        left -= given[index]
    return given


def key_points(section: Section) -> tuple[str, ...]:
    """Give two to four short points of a section, in our words, or none where it has too little to say.

    A paragraph's point is the first sentence of its summary, or its title where that sentence is long.
    """
    told = [passage for passage in section.passages if passage.summary]
    if len(told) == 1:
        points = [clipped(sentence, MAX_POINT) for sentence in split_sentences(one_line(told[0].summary))]
    else:
        points = [_point(passage) for passage in told]
    if len(points) > _MOST_POINTS:
        last = len(points) - 1
        points = [points[step * last // (_MOST_POINTS - 1)] for step in range(_MOST_POINTS)]
    return tuple(points) if len(points) >= _LEAST_POINTS else ()


def _point(passage: Passage) -> str:
    sentence = split_sentences(one_line(passage.summary))[0]
    return sentence if len(sentence) <= MAX_POINT else passage.title
