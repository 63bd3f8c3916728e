"""Lexicon: the words of a document without a pack, and which of them a question's word may stand for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.plain_synonyms import WORTH, synonyms
from bot.answers.plain_view import rescale
from bot.words.english import English
from bot.words.spelling import MIN_REPAIRED
from bot.words.stems import stem

GRAM = 3
MIN_LIKENESS = 0.45
PREFIX = 4
KNOWN_LIKENESS = 0.8
COMMONEST = 0.3
UNRANKED, ABSENT = 12_000, 22_000  # ranks of a form of a common word, and of a word that is not common
KNOWN_WORTH, REPAIR_WORTH = 0.5, 0.9
CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Near:
    """What a word may stand for: ids of stems with the worth of each, and what kind of match it is.

    ``word`` is what it was read as (``repaired``: if that differs from what was typed), ``direct`` are its stem or
    repairs, ``soft`` stems that only look alike; ``absent`` says that the document does not hold the word.
    """

    word: str
    stem: str
    direct: tuple[tuple[int, float], ...]
    soft: tuple[tuple[int, float], ...]
    idf: float
    rarity: float
    repaired: str | None
    absent: bool


class Lexicon:
    """Stems and surface words of a document, ready to be searched by likeness."""

    def __init__(
        self, ids: Mapping[str, int], surfaces: Mapping[str, int], counts: list[int], total: int, english: English
    ) -> None:
        """Take stems with ids, words with frequencies, and in how many of ``total`` passages each stem stands."""
        self._ids = ids
        self._counts = counts
        self._total = total
        self._scale = rescale(total)
        self._english = english
        self._surfaces = surfaces
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for surface in surfaces:
            if len(surface) >= MIN_REPAIRED - 1 and not any(char.isdigit() for char in surface):
                self._by_length[len(surface)].append(surface)
        self._grams: dict[str, list[str]] = defaultdict(list)
        for key in ids:
            for gram in _grams(key):
                self._grams[gram].append(key)
        self._synonyms = synonyms()
        self._cache: dict[str, Near] = {}

    def near(self, word: str) -> Near:
        """Look a question's word up: its stem, or what it was meant for, and stems that look like it."""
        found = self._cache.get(word)
        if found is None:
            found = self._look_up(word)
            if len(self._cache) >= CACHED:
                self._cache.clear()
            self._cache[word] = found
        return found

    def near_quiet(self, word: str) -> Near:
        """Look up a word that says little: only itself will do."""
        key = stem(word)
        number = self._ids.get(key)
        return Near(
            word, key, () if number is None else ((number, 1.0),), (), self.idf(key), 0.0, None, absent=number is None
        )

    def idf(self, key: str) -> float:
        """Tell how rare a stem is in the document."""
        number = self._ids.get(key)
        count = 0 if number is None else self._counts[number]
        return self._scale * math.log(1 + (self._total - count + 0.5) / (count + 0.5))

    def rarity(self, word: str) -> float:
        """Tell how rare a word is in English: 0.3 for the commonest, 1 for what is not common."""
        rank = self._english.rank(word)
        if rank is None:
            rank = UNRANKED if word in self._english else ABSENT
        return COMMONEST + (1 - COMMONEST) * min(1.0, math.log1p(rank) / math.log1p(ABSENT))

    def _look_up(self, word: str) -> Near:
        key = stem(word)
        number = self._ids.get(key)
        if number is not None:
            return Near(
                word, key, ((number, 1.0),), self._alike(key), self.idf(key), self.rarity(word), None, absent=False
            )
        known = word in self._english
        repairs = self._repairs(word, known=known)
        if not known and (not repairs or repairs[0][1] > 1):
            meant = self._english.speller.repair(word) if len(word) >= MIN_REPAIRED else None
            if meant and (
                not repairs or _cost(word, meant.word, OSA.distance(word, meant.word)) < repairs[0][1] - 0.25
            ):
                return self._read_as(meant.word)
        if not repairs:
            return Near(word, key, (), self._alike(key), self.idf(key), self.rarity(word), None, absent=True)
        worth = KNOWN_WORTH if known else REPAIR_WORTH
        stems: dict[int, float] = {}
        for surface, _ in repairs:
            stems.setdefault(self._ids[stem(surface)], worth)
        read = word if known else repairs[0][0]
        soft = tuple(pair for pair in self._alike(stem(read)) if pair[0] not in stems)
        rarity, nearest = self.rarity(read), repairs[0][0]
        return Near(
            read, stem(read), tuple(stems.items()), soft, self.idf(stem(nearest)), rarity, nearest, absent=known
        )

    def _read_as(self, meant: str) -> Near:
        key = stem(meant)
        number = self._ids.get(key)
        direct = () if number is None else ((number, REPAIR_WORTH),)
        return Near(
            meant, key, direct, self._alike(key), self.idf(key), self.rarity(meant), meant, absent=number is None
        )

    def _repairs(self, word: str, *, known: bool) -> list[tuple[str, float]]:
        """Find the document's words nearest to one that it lacks, with their costs, the nearest first."""
        size = len(word)
        if size < MIN_REPAIRED or any(char.isdigit() for char in word):
            return []
        allowed = 1 if size <= 5 or known else 2
        found: list[tuple[float, int, str]] = []
        for length in range(size - allowed, size + allowed + 1):
            for candidate, distance, _ in process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=6
            ):
                cost = _cost(word, candidate, distance)
                if not known or 1 - distance / max(size, length) >= KNOWN_LIKENESS:
                    found.append((cost, -self._surfaces[candidate], candidate))
        if not found:
            return []
        found.sort()
        least = found[0][0]
        if least > allowed + 0.5:
            return []
        return [(candidate, cost) for cost, _, candidate in found[:3] if cost <= least + 0.01]

    def _alike(self, key: str) -> tuple[tuple[int, float], ...]:
        """List stems of the document that may stand for one: synonyms, a shared beginning, shared letter groups."""
        others = [(WORTH, self._ids[other]) for other in self._synonyms.get(key, ()) if other in self._ids]
        if len(key) < PREFIX or key.isdigit():
            return tuple((number, worth) for worth, number in others)
        grams = _grams(key)
        shared: dict[str, int] = defaultdict(int)
        for gram in grams:
            for other in self._grams.get(gram, ()):
                shared[other] += 1
        found: list[tuple[float, int]] = []
        for other, count in shared.items():
            if other == key or count < 2:
                continue
            likeness = 2 * count / (len(grams) + len(other) - 1)
            if other.startswith(key) or (len(other) >= PREFIX and key.startswith(other)):
                likeness = max(likeness, 0.6)
            if likeness >= MIN_LIKENESS:
                found.append((likeness, self._ids[other]))
        found.sort(reverse=True)
        pairs = {number: likeness for likeness, number in found[:8]}
        for worth, number in others:
            pairs.setdefault(number, worth)
        return tuple(pairs.items())


def _cost(word: str, candidate: str, distance: float) -> float:
    """Cost a slip: people seldom miss the first letter, and swap neighbours more often than they replace."""
    return distance + (0.4 if candidate[0] != word[0] else 0) - (0.2 if sorted(candidate) == sorted(word) else 0)


def _grams(key: str) -> set[str]:
    """Split a stem into letter groups, its beginning marked."""
    padded = f"^{key}"
    return {padded[at : at + GRAM] for at in range(len(padded) - GRAM + 1)}
