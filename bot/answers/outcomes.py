"""Outcomes: what ``Answerer.ask`` returns, a closed union."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.answers.targets import Kind
from bot.brief.citations import Citation
from bot.brief.pack import Entry


class Why(StrEnum):
    """Why a question was refused."""

    EMPTY = "empty"
    GIBBERISH = "gibberish"
    LANGUAGE = "language"
    UNTREATED = "untreated"
    ABSENT = "absent"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Match:
    """A place that answers, or is nearest: best first, each place once.

    ``answer`` is the direct answer to the question as curated (empty: ``text`` is the answer); ``asked`` the curated
    question it was matched by.
    """

    id: str
    kind: Kind
    title: str
    text: str
    verbatim: bool
    value: float | None
    unit: str | None
    score: float
    citation: Citation
    answer: str = ""
    asked: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the engine decided as it did, for a curator."""

    words: tuple[tuple[str, str, float, bool], ...]  # as read, term, weight, whether the first match holds it
    repaired: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    signals: tuple[tuple[str, float], ...]
    candidates: tuple[tuple[str, float, tuple[tuple[str, float], ...]], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The brief answers: the matches, and whether the second is about as good as the first."""

    question: str
    confidence: float
    matches: tuple[Match, ...]
    tie: bool = False
    repaired: tuple[tuple[str, str], ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class NotInBrief:
    """The brief does not answer: a reason in a sentence, and the nearest passages as such."""

    question: str
    confidence: float
    why: Why
    reason: str
    nearest: tuple[Match, ...] = ()
    repaired: tuple[tuple[str, str], ...] = ()
    evidence: Evidence | None = None

    @property
    def matches(self) -> tuple[Match, ...]:
        """Give the nearest passages under the name that both outcomes share."""
        return self.nearest


Outcome = Answered | NotInBrief
