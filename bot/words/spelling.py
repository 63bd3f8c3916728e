"""Spelling: a word that nobody knows is repaired against words that somebody uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_REPAIRED = 4  # shorter words have too many neighbours to guess


@dataclass(frozen=True, slots=True)
class Repair:
    """A known word that an unknown one probably stands for, and how near it is (0 to 1)."""

    word: str
    likeness: float


class Speller:
    """Known words by length, ready to be searched by edit distance."""

    def __init__(self, known: Mapping[str, float] | Iterable[str], *, ranked: bool = False, shortest: int = 1) -> None:
        """Take the known words, as a mapping with a preference for each where several are equally near.

        The mapping is kept, not copied. The greater number is preferred; where words are ``ranked``, the smaller.
        Words of fewer letters than the ``shortest`` are left out.
        """
        self._preference = known if isinstance(known, Mapping) else dict.fromkeys(known, 1.0)
        self._sign = 1 if ranked else -1
        self._by_length: dict[int, list[str]] = {}
        for word in self._preference:
            if len(word) >= shortest:
                self._by_length.setdefault(len(word), []).append(word)

    def __contains__(self, word: str) -> bool:
        """Say whether the word is known as it stands."""
        return len(word) in self._by_length and word in self._preference

    def repair(self, word: str) -> Repair | None:
        """Find the nearest known word: one edit up to eight letters, two above; None when there is none.

        Digits are never repaired: 2014 is not a slip for 2015.
        """
        if len(word) < MIN_REPAIRED or any(char.isdigit() for char in word):
            return None
        allowed = 1 if len(word) <= 8 else 2
        best: tuple[float, float, str] | None = None
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for candidate, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=8
            ):
                # People seldom miss the first letter, and swap neighbours more often than they replace.
                cost = (
                    distance
                    + (0.7 if candidate[0] != word[0] else 0)
                    - (0.2 if sorted(candidate) == sorted(word) else 0)
                )
                key = (cost, self._sign * self._preference[candidate], candidate)
                if best is None or key < best:
                    best = key
        if best is None or best[0] > allowed + 0.8:
            return None
        return Repair(best[2], 1 - max(0.0, best[0]) / max(len(word), len(best[2])))

    def split(self, word: str) -> tuple[str, str] | None:
        """Split a word that two known words were run together to, or None."""
        for cut in range(MIN_REPAIRED, len(word) - MIN_REPAIRED + 1):
            if word[:cut] in self._preference and word[cut:] in self._preference:
                return word[:cut], word[cut:]
        return None
