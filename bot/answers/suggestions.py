"""Suggestions: curated questions for autocompletion, one for each answer, from memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.answers.packed import Runs, Strings
from bot.answers.targets import curated
from bot.brief.pack import MAX_LABEL, Fact, Overview, Pack, Passage, Point
from bot.words.stopwords import FUNCTION
from bot.words.text import words

MAX_SUGGESTIONS = 25  # Discord's limit for the choices of one autocomplete
_FUZZY_FROM = 72
_NO_TIER = 9


@dataclass(frozen=True, slots=True)
class _Label:
    """One suggestion: the question shown, and its words."""

    text: str
    folded: str


class _Words:
    """Which labels hold a word, or a word that begins so."""

    def __init__(self, labels: Iterable[AbstractSet[str]]) -> None:
        """Take the words of each label."""
        holding: dict[str, list[int]] = {}
        self._count = 0
        for found in labels:
            for word in found:
                holding.setdefault(word, []).append(self._count)
            self._count += 1
        known = sorted(holding)
        self._known = Strings(known)
        self._labels = Runs([holding[word] for word in known])

    def holding(self, wanted: list[str], prefix: str) -> NDArray[np.bool_]:
        """Say of each label whether it holds all of the words; the one that is ``prefix`` only has to begin so."""
        found = np.ones(self._count, bool)
        for word in wanted:
            first, last = self._known.beginning(word)
            if word != prefix:
                last = first + 1 if first < last and self._known[first] == word else first
            holds = np.zeros(self._count, bool)
            holds[self._labels.between(first, last)] = True
            found &= holds
        return found


class Suggester:
    """Suggests questions that a pack is sure to answer; a chosen one leads to exactly its answer."""

    def __init__(self, pack: Pack, split: Callable[[str], list[str]] = words) -> None:
        """Take one label for every answer of the pack: the first question of each list.

        ``split`` gives the words of a question, for who has them already.
        """
        chosen = _chosen(curated(pack))
        self._labels = tuple(_Label(text, " ".join(split(text))) for text in chosen)
        self._pinned = _pinned(pack, set(chosen))
        self._words = _Words(frozenset(label.folded.split()) for label in self._labels)
        self._kin = _Words(
            {word for question in group for word in split(question)} - FUNCTION for group in chosen.values()
        )
        self._lengths = np.array([len(label.text) for label in self._labels], np.int64)
        self._sorted = [_sorted(label.folded) for label in self._labels]

    def suggest(self, typed: str, limit: int = MAX_SUGGESTIONS) -> tuple[str, ...]:
        """Suggest labels for what was typed so far: exact, beginning alike, with all its words, near in spelling.

        On empty input, the pinned ones. Labels are unique and at most 100 characters long.
        """
        wanted = words(typed[:200])
        limit = max(0, min(limit, MAX_SUGGESTIONS))
        if not wanted:
            return self._pinned[:limit]
        tiers = self._tiers(wanted)
        order = np.lexsort((self._lengths, tiers))
        found: list[int] = order[tiers[order] < _NO_TIER][:limit].tolist()
        if len(found) < limit:
            found += self._near(" ".join(wanted), limit - len(found), set(found))
        return tuple(self._labels[number].text for number in found)

    def _tiers(self, wanted: list[str]) -> NDArray[np.int8]:
        """Rank each label: 0 the same, 1 begins so, 2 holds all words, 3 its kin do."""
        folded = " ".join(wanted)
        content = [word for word in wanted if word not in FUNCTION] or wanted
        tiers = np.full(len(self._labels), _NO_TIER, np.int8)
        tiers[self._kin.holding(content, wanted[-1])] = 3
        tiers[self._words.holding(wanted, wanted[-1])] = 2
        for number, label in enumerate(self._labels):
            if label.folded.startswith(folded):
                tiers[number] = 0 if label.folded == folded else 1
        return tiers

    def _near(self, folded: str, count: int, found: set[int]) -> list[int]:
        hits = process.extract(
            _sorted(folded),
            self._sorted,
            scorer=fuzz.partial_ratio,
            score_cutoff=_FUZZY_FROM,
            limit=count + len(found),
        )
        return [number for _, _, number in hits if number not in found][:count]


def _sorted(folded: str) -> str:
    return " ".join(sorted(folded.split()))


def _chosen(found: Iterable[tuple[Point, ...]]) -> dict[str, list[str]]:
    """Choose a label for every answer, the first question that fits, with all questions that have this answer."""
    chosen: dict[str, list[str]] = {}
    seen: set[str] = set()
    for points in found:
        for group in _groups(points):
            label = next((question for question in group if len(question) <= MAX_LABEL), None)
            if label and label.casefold() not in seen:
                seen.add(label.casefold())
                chosen[label] = group
    return chosen


def _groups(points: tuple[Point, ...]) -> list[list[str]]:
    """Part a target's questions by the answer that they share."""
    groups: dict[str, list[str]] = {}
    for point in points:
        groups.setdefault(point.answer, []).extend(point.ask)
    return list(groups.values())


def _pinned(pack: Pack, labels: set[str]) -> tuple[str, ...]:
    """Choose what an empty box shows: a few overviews, then one question for each passage, figure and quotation."""
    overviews = [entry for entry in pack.overviews if isinstance(entry, Overview)][:6]
    rest = [entry for entry in pack.entries if not isinstance(entry, Overview | Fact)]
    passages = [entry for entry in rest if isinstance(entry, Passage)]
    others = [entry for entry in rest if not isinstance(entry, Passage)]
    first = [entry.ask[0] for entry in (*overviews, *pack.figures, *passages, *others) if entry.ask]
    return tuple(question for question in dict.fromkeys(first) if question in labels)[:MAX_SUGGESTIONS]
