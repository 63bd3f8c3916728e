"""Marks: which words of a passage are those that the question turned on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answers.analysis import Analyzer, Weight
from bot.words.text import tokens, words

Span = tuple[int, int]
_MOST_TEXTS = 1_000


class Locator:
    """Knows where the terms of a pack stand in its texts; each text is read once."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Begin with no text read."""
        self.analyzer = analyzer
        self._read: dict[str, tuple[tuple[int, int, str], ...]] = {}

    def terms(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Give start, end and key of every term in a text."""
        known = self._read.get(text)
        if known is None:
            if len(self._read) >= _MOST_TEXTS:
                self._read.clear()
            known = self._read[text] = tuple(self._locate(text))
        return known

    def _locate(self, text: str) -> Iterator[tuple[int, int, str]]:
        found = tokens(text)
        start = following = 0
        for term in self.analyzer.of_words([token.word for token in found]):
            longer = term.surface.count(" ")
            if not term.phrase:  # a synonym phrase starts where the term before it did
                start = following
                following += longer + 1
            yield found[start].start, found[start + longer].end, term.key


class Marker:
    """Finds the words of a question in texts of a pack, under any of their names and forms."""

    def __init__(self, locator: Locator, question: str, repaired: Sequence[tuple[str, str]] = ()) -> None:
        """Read a question, with the spelling that the engine repaired."""
        self._locator = locator
        analyzer = locator.analyzer
        instead = dict(repaired)
        asked = [part for word in words(question) for part in instead.get(word, word).split()]
        keys = {term.key for term in analyzer.of_words(asked) if term.weight >= Weight.CONTENT}
        self._keys = keys.union(*(analyzer.kin.get(key, ()) for key in keys))

    def spans(self, text: str) -> list[Span]:
        """Find the deciding words: sorted character spans, one for words with nothing but a space between them."""
        joined: list[Span] = []
        for start, end in self.word_spans(text):
            if joined and text[joined[-1][1] : start] in {"", " "}:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined

    def word_spans(self, text: str) -> list[Span]:
        """Find the deciding words, each name and each word by itself: sorted, none overlapping another."""
        apart: list[Span] = []
        for start, end in sorted({(start, end) for start, end, key in self._locator.terms(text) if key in self._keys}):
            if apart and start < apart[-1][1]:
                apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
            else:
                apart.append((start, end))
        return apart
