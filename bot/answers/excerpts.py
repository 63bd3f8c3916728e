"""Excerpts: of an author's paragraph the one sentence that may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.words.text import sentences

MOST_WORDS = 40  # of an author's words in one answer, whatever is asked for
MOST_CHARACTERS = 300  # so that a "word" without an end is cut too
_WORD = re.compile(r"\S+")
_OPEN = " ,;:–—-(“‘\"'"  # what a cut sentence may not end with


def excerpt(text: str, spans: Sequence[tuple[int, int]], words: int = MOST_WORDS) -> str:
    """Take the sentence with most of the marked words, the first of equals, at most ``words`` (and 40) words of it.

    A sentence is cut at its end only: who claims something mostly stands at its beginning.
    """
    most = max(0, min(words, MOST_WORDS))
    marked = list(_marked(text, spans))
    best, most_marked, start = "", -1, 0
    for sentence in sentences(" ".join(text.split())):
        end = start + len(sentence.split())
        held = sum(marked[start:end])
        if held > most_marked:
            best, most_marked = sentence, held
        start = end
    return _cut(best.split(), most)


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[bool]:
    """Tell for each word of a text whether any part of it is marked."""
    ordered = sorted(span for span in spans if span[0] < span[1])
    reach, following = 0, 0
    for word in _WORD.finditer(text):
        while following < len(ordered) and ordered[following][0] < word.end():
            reach = max(reach, ordered[following][1])
            following += 1
        yield reach > word.start()


def _cut(found: Sequence[str], most: int) -> str:
    whole = " ".join(found)
    if not most or (len(found) <= most and len(whole) <= MOST_CHARACTERS):
        return whole if most else ""
    kept = " ".join(found[:most])
    if len(kept) >= MOST_CHARACTERS:
        border = kept.rfind(" ", 0, MOST_CHARACTERS)
        kept = kept[: border if border > 0 else MOST_CHARACTERS - 1]
    return f"{kept.rstrip(_OPEN)}…"
