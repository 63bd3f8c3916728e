"""Candidates: the likeliest passages of a long document, found by postings, so that only they are looked at closely."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.answers.plain_passages import Passages
from bot.answers.plain_question import Question

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

K1 = 1.2
B = 0.6
ALIKE = 0.5


class Postings:
    """Which passages hold a stem, and how much: sub-linear in the number of passages."""

    def __init__(self, passages: Passages) -> None:
        """Sort the words of the passages by stem, then passage."""
        count = max(1, passages.count)
        owners = passages.sentence_passage[passages.token_sentence].astype(np.int64)
        cells, frequency = np.unique(passages.tokens.astype(np.int64) * count + owners, return_counts=True)
        self._passages = (cells % count).astype(np.int32)
        self._starts = np.searchsorted(cells, np.arange(len(passages.ids) + 1) * count)
        norms = K1 * (1 - B) + K1 * B / max(1.0, passages.mean_length) * passages.lengths
        self._impacts = (frequency / (frequency + norms[self._passages])).astype(np.float32)
        self._count = passages.count

    def best(self, question: Question, most: int) -> Ints:
        """Find the passages that hold most of a question's words, at most so many, in ascending order."""
        scores = np.zeros(self._count, np.float32)
        weights = question.table[0] if question.table[0].any() else question.table[-1]
        for term, weight in zip(question.terms, weights.tolist(), strict=True):
            for key, worth in (*term.direct, *((key, ALIKE * worth) for key, worth in term.soft)):
                first, last = self._starts[key], self._starts[key + 1]
                scores[self._passages[first:last]] += np.float32(weight * worth) * self._impacts[first:last]
        found = np.flatnonzero(scores)
        if len(found) > most:
            found = found[np.argpartition(scores[found], len(found) - most)[len(found) - most :]]
            found.sort()
        return found
