"""Suggestions: curated questions for autocompletion, one for each answer, from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.answers.targets import Target, targets
from bot.brief.pack import MAX_LABEL, Fact, Overview, Pack, Passage
from bot.words.stopwords import FUNCTION
from bot.words.text import words

MAX_SUGGESTIONS = 25  # Discord's limit for the choices of one autocomplete
_FUZZY_FROM = 72


@dataclass(frozen=True, slots=True)
class _Label:
    """One suggestion: the question shown, its words, and the words of the questions that mean the same."""

    text: str
    folded: str
    words: tuple[str, ...]
    kin: frozenset[str]


class Suggester:
    """Suggests questions that a pack is sure to answer; a chosen one leads to exactly its answer."""

    def __init__(self, pack: Pack) -> None:
        """Take one label for every answer of the pack: the first question of each list."""
        self._labels: list[_Label] = []
        seen: set[str] = set()
        for target in targets(pack):
            if target.untreated:
                continue
            for group in _groups(target):
                label = next((question for question in group if len(question) <= MAX_LABEL), None)
                folded = " ".join(words(label)) if label else ""
                if label and label.casefold() not in seen:
                    seen.add(label.casefold())
                    kin = frozenset(word for question in group for word in words(question) if word not in FUNCTION)
                    self._labels.append(_Label(label, folded, tuple(folded.split()), kin))
        self._pinned = _pinned(pack, {label.text for label in self._labels})
        self._folded = [label.folded for label in self._labels]

    def suggest(self, typed: str, limit: int = MAX_SUGGESTIONS) -> tuple[str, ...]:
        """Suggest labels for what was typed so far: exact, beginning alike, with all its words, near in spelling.

        On empty input, the pinned ones. Labels are unique and at most 100 characters long.
        """
        wanted = words(typed[:200])
        limit = max(0, min(limit, MAX_SUGGESTIONS))
        if not wanted:
            return self._pinned[:limit]
        folded = " ".join(wanted)
        content = [word for word in wanted if word not in FUNCTION] or wanted
        ranked: list[tuple[int, int, int]] = []
        for number, label in enumerate(self._labels):
            tier = _tier(label, folded, wanted, content)
            if tier is not None:
                ranked.append((tier, len(label.text), number))
        found = [number for _, _, number in sorted(ranked)]
        if len(found) < limit:
            found += self._near(folded, limit - len(found), set(found))
        return tuple(self._labels[number].text for number in found[:limit])

    def _near(self, folded: str, count: int, found: set[int]) -> list[int]:
        hits = process.extract(
            folded,
            self._folded,
            scorer=fuzz.partial_token_sort_ratio,
            score_cutoff=_FUZZY_FROM,
            limit=count + len(found),
        )
        return [number for _, _, number in hits if number not in found][:count]


def _tier(label: _Label, folded: str, wanted: list[str], content: list[str]) -> int | None:
    """Rank a label: 0 the same, 1 begins so, 2 holds all words, 3 its kin do; None when neither."""
    if label.folded == folded:
        return 0
    if label.folded.startswith(folded):
        return 1
    last = wanted[-1]
    if all(word in label.words or (word == last and _begins(label.words, word)) for word in wanted):
        return 2
    if all(word in label.kin or (word == last and _begins(label.kin, word)) for word in content):
        return 3
    return None


def _begins(found: Sequence[str] | frozenset[str], prefix: str) -> bool:
    return any(word.startswith(prefix) for word in found)


def _groups(target: Target) -> list[list[str]]:
    """Part a target's questions by the answer that they share."""
    groups: dict[str, list[str]] = {}
    for question, answer in target.questions:
        groups.setdefault(answer, []).append(question)
    return list(groups.values())


def _pinned(pack: Pack, labels: set[str]) -> tuple[str, ...]:
    """Choose what an empty box shows: a few overviews, then one question for each passage, figure and quotation."""
    overviews = [entry for entry in pack.overviews if isinstance(entry, Overview)][:6]
    rest = [entry for entry in pack.entries if not isinstance(entry, Overview | Fact)]
    passages = [entry for entry in rest if isinstance(entry, Passage)]
    others = [entry for entry in rest if not isinstance(entry, Passage)]
    first = [entry.ask[0] for entry in (*overviews, *pack.figures, *passages, *others) if entry.ask]
    return tuple(question for question in dict.fromkeys(first) if question in labels)[:MAX_SUGGESTIONS]
