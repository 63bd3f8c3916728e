"""Shelf: several documents without a pack asked together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from bot.answers.plain import PlainIndex, PlainRanking
from bot.words.english import English


@dataclass(frozen=True, slots=True)
class ShelfRanking:
    """Which document answers (None when none holds a word of the question), and what it says."""

    document: int | None
    ranking: PlainRanking


class PlainShelf:
    """Documents in a row: all passages together choose the document, the document alone ranks its passages."""

    def __init__(self, documents: Sequence[Sequence[tuple[str, str]]], english: English) -> None:
        """Index documents, each a sequence of passages (heading, text)."""
        self._together = PlainIndex(list(chain.from_iterable(documents)), english)
        self._alone = tuple(PlainIndex(document, english) for document in documents)
        self._ends = list(accumulate(len(document) for document in documents))

    def rank(self, question: str) -> ShelfRanking:
        """Find the document that answers, and rank its passages."""
        together = self._together.rank(question)
        if not together.order:
            return ShelfRanking(None, together)
        document = bisect_right(self._ends, together.order[0])
        return ShelfRanking(document, self._alone[document].rank(question))
