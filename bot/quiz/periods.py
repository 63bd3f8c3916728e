"""Periods: several rounds together, who took part in which of them, and how each question went in all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.quiz.results import Person, Played, Question, per_person, per_question


class Period(StrEnum):
    """How far back one looks."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    @property
    def days(self) -> int:
        """Give its days; 0 for no bound."""
        return {Period.WEEK: 7, Period.MONTH: 30, Period.ALL: 0}[self]

    @property
    def told(self) -> str:
        """Name it in a heading."""
        return f"the last {self.days} days" if self.days else "all rounds so far"

    def since(self, until: dt.datetime) -> dt.datetime | None:
        """Give its first instant; None for no bound."""
        return until - dt.timedelta(days=self.days) if self.days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A round of a period: its number, its title, when it was opened, and its results."""

    id: int
    title: str
    opened: dt.datetime
    game: Played


@dataclass(frozen=True, slots=True)
class Attendance:
    """How somebody did in each round of a period, in their order; None where nothing was answered."""

    player: int
    rounds: tuple[Person | None, ...]

    @property
    def played(self) -> int:
        """Count the rounds with an answer."""
        return sum(one is not None for one in self.rounds)

    @property
    def missed(self) -> int:
        """Count the rounds without one."""
        return len(self.rounds) - self.played

    @property
    def right(self) -> int:
        """Count the right answers."""
        return sum(one.right for one in self.rounds if one)

    @property
    def asked(self) -> int:
        """Count the questions that counted in the rounds that were played."""
        return sum(one.right + one.wrong + one.unanswered for one in self.rounds if one)


def attendance(sittings: Sequence[Sitting], expected: Iterable[int] = ()) -> tuple[Attendance, ...]:
    """Tell how everybody did, most right answers first; those expected are there though they answered nothing.

    An erased participant has a line for each round: nobody can tell who is the same.
    """
    found: dict[tuple[int, int], list[Person | None]] = {
        (player, 0): [None] * len(sittings) for player in expected if player > 0
    }
    for index, sitting in enumerate(sittings):
        for person in per_person(sitting.game):
            if any(person.answers):
                key = (person.player, index if person.player < 0 else 0)
                found.setdefault(key, [None] * len(sittings))[index] = person
    people = [Attendance(player, tuple(rounds)) for (player, _), rounds in found.items()]
    return tuple(sorted(people, key=lambda one: (-one.right, one.player < 0, abs(one.player))))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in all the rounds in which it counted; the sums have its place in the list as their number."""

    rounds: int
    sums: Question


def asked(sittings: Iterable[Sitting]) -> tuple[Asked, ...]:
    """Tell how each question went in all, the smallest share of right answers first."""
    found: dict[str, list[Question]] = {}
    for sitting in sittings:
        for question in per_question(sitting.game):
            if not question.void:
                found.setdefault(question.item.id, []).append(question)
    sums = sorted(map(_added, found.values()), key=_hardness)
    return tuple(Asked(len(found[one.item.id]), replace(one, number=place)) for place, one in enumerate(sums, 1))


def _hardness(one: Question) -> tuple[float, int, str]:
    return (2.0 if one.share is None else one.share, -one.answered, one.item.id)


def _added(questions: Sequence[Question]) -> Question:
    """Add up a question's rounds; its text is that of the last."""
    last = questions[-1]
    counts: dict[str, tuple[str, int]] = {}
    for text, count in (one for question in reversed(questions) for one in question.counts):
        folded = " ".join(text.casefold().split()) if last.item.typed else text
        shown, before = counts.get(folded, (text, 0))
        counts[folded] = (shown, before + count)
    told = list(counts.values())
    if last.item.typed:
        told.sort(key=lambda one: -one[1])
    return replace(
        last,
        answered=sum(one.answered for one in questions),
        right=sum(one.right for one in questions),
        unanswered=sum(one.unanswered for one in questions),
        counts=tuple(told),
    )
