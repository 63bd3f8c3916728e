"""Queries: a question read, its slips repaired, its words weighed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.answers.analysis import Term, weigh
from bot.answers.index import REMEMBERED, Index
from bot.words.spelling import MIN_REPAIRED
from bot.words.stems import stem
from bot.words.stopwords import QUIET
from bot.words.text import normal_forms, raw_words, words

_AMOUNT = re.compile(
    r"\b(?:percent|share|proportion|rate|fraction|figures?|numbers?|majority|minority|half|third|quarter|percentage)\b"
    r"|\bhow (?:many|much|big|large|high|popular|unpopular|common)\b"
    r"|\b(?:what|which) (?:part|portion|amount|quantity)\b"
    r"|\b\d+ (?:in|out of) \d+\b|\b(?:most|all) russians?\b"
)

MAX_REPAIRS = 24  # unknown words of one question that are looked up; more are no question


@dataclass(frozen=True, slots=True)
class Query:
    """A question, ready to be matched.

    ``repairs`` maps a word as typed to what it was read as; ``strange`` lists words that neither the pack nor English
    knows; ``typed`` are the normal forms after repair; ``raw`` the lower-case words as they stood, accents kept, and
    ``shown`` maps a normal form to the word as it was typed.
    """

    text: str
    typed: tuple[str, ...]
    terms: tuple[Term, ...]
    repairs: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, float] = field(default_factory=dict)
    strange: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    shown: dict[str, str] = field(default_factory=dict)
    asks_amount: bool = False  # a number is asked for

    @property
    def content(self) -> list[Term]:
        """List the terms that carry the question."""
        return [term for term in self.terms if term.weight >= 1.0 and not term.phrase]

    @property
    def asks_why(self) -> bool:
        """Say whether a reason is asked for."""
        return "why" in self.typed or "explain" in self.typed[:3]

    @property
    def asks_other(self) -> bool:
        """Say whether a reason, a person, a time or a place is asked for: no number."""
        return bool({"why", "who", "when", "where"} & set(self.typed[:4])) and not self.asks_amount


def read(question: str, index: Index) -> Query:
    """Read a question against an index: split, repair what nobody knows, analyse."""
    found = words(question)
    repairs: dict[str, str] = {}
    doubts: dict[str, float] = {}
    strange: list[str] = []
    read_as: list[str] = []
    readings: dict[str, tuple[str, ...]] = {}
    for word in found:
        if word in readings:
            read_as.extend(readings[word])
            continue
        if _known(word, index):
            read_as.append(word)
            continue
        repaired = _remembered(word, index) if len(readings) < MAX_REPAIRS else None
        if not repaired:
            strange.append(word)
            readings[word] = (word,)
            read_as.append(word)
            continue
        replacement, likeness = repaired
        readings[word] = replacement
        repairs[word] = " ".join(replacement)
        for part in replacement:
            doubts[part] = likeness
        read_as.extend(replacement)
    terms = tuple(index.analyzer.of_words(read_as))
    typed = raw_words(question)
    shown = {form: word for word in typed for form in normal_forms(word)}
    raw = tuple(word.lower() for word in typed)
    asks_amount = _AMOUNT.search(" ".join(read_as)) is not None
    return Query(question, tuple(read_as), terms, repairs, doubts, tuple(strange), raw, shown, asks_amount)


def _known(word: str, index: Index) -> bool:
    return (
        word in index.speller
        or word in QUIET
        or word.isdigit()
        or stem(word) in index.terms
        or word in index.english
        or weigh(word) < 1.0
    )


def _remembered(word: str, index: Index) -> tuple[tuple[str, ...], float] | None:
    """Repair a word, or remember how it was repaired before: searching all words takes a millisecond and more."""
    if word not in index.repairs:
        if len(index.repairs) >= REMEMBERED:
            index.repairs.clear()
        index.repairs[word] = _repair(word, index)
    return index.repairs[word]


def _repair(word: str, index: Index) -> tuple[tuple[str, ...], float] | None:
    """Find what an unknown word probably stands for: the pack's words first, then common English."""
    if len(word) < MIN_REPAIRED:
        near = index.short_words.get("".join(sorted(word)))
        return ((near,), 0.8) if near else None
    own = index.speller.repair(word)
    if own is None or own.likeness < 0.8:
        english = index.english.speller.repair(word)
        if english and (own is None or english.likeness > own.likeness + 0.05):
            return (english.word,), english.likeness
    if own:
        return (own.word,), own.likeness
    apart = index.speller.split(word)
    return (apart, 0.9) if apart else None
