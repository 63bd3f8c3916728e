"""The state of a round, and what can be told from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.quiz.events import Row
from bot.quiz.items import Item
from bot.quiz.rules import Rules

GRACE = dt.timedelta(seconds=1)  # answers given in time may arrive so much later before the reveal
_PATIENCE = dt.timedelta(minutes=1)  # what should happen by itself binds nobody for longer
IDLE = dt.timedelta(hours=1)  # a round that waits so long for its instructor ends, and binds nobody


class Phase(StrEnum):
    """Where a round stands."""

    LOBBY = "lobby"
    POSTING = "posting"  # the question's message does not stand yet
    OPEN = "open"
    REVEALED = "revealed"
    ENDED = "ended"


class Halt(StrEnum):
    """Why the clock stands still."""

    PAUSE = "pause"
    LOST = "lost"  # the message was deleted and does not stand again yet


@dataclass(frozen=True, slots=True)
class Break:
    """A time that does not count for the open question; in a pause nobody can answer."""

    begin: dt.datetime
    end: dt.datetime
    pause: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round. Numbers of questions count from 1; 0 is the lobby.

    ``touched``: when something last happened. ``stood``, ``planned`` (seconds), ``deadline``, ``breaks`` and
    ``current`` (rows by player) belong to the present question; ``deadline`` is that of players without extra time.
    ``closed``: when it was revealed; ``due``: when the next one follows. Nothing is due, and there is no deadline,
    where the instructor moves on.
    """

    items: tuple[Item, ...]
    rules: Rules
    touched: dt.datetime
    phase: Phase = Phase.LOBBY
    number: int = 0
    players: frozenset[int] = frozenset()
    extra: Mapping[int, int] = field(default_factory=dict)
    stood: dt.datetime | None = None
    planned: int | None = None
    deadline: dt.datetime | None = None
    halted: dt.datetime | None = None
    halt: Halt | None = None
    breaks: tuple[Break, ...] = ()
    closed: dt.datetime | None = None
    due: dt.datetime | None = None
    current: Mapping[int, Row] = field(default_factory=dict)
    earlier: tuple[Row, ...] = ()
    void: frozenset[int] = frozenset()
    why: str = ""

    @property
    def item(self) -> Item:
        """Give the present question; raises IndexError in the lobby."""
        if not self.number:
            raise IndexError("there is no question yet")
        return self.items[self.number - 1]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give all answers."""
        return (*self.earlier, *self.current.values())

    def extra_time(self, player: int) -> dt.timedelta:
        """Give a player's extra time for the present question."""
        return dt.timedelta(seconds=(self.planned or 0) * self.extra.get(player, 0) / 100)

    def deadline_of(self, player: int) -> dt.datetime | None:
        """Give a player's own deadline."""
        return self.deadline + self.extra_time(player) if self.deadline else None

    def allowed(self, player: int) -> float | None:
        """Give the seconds that a player has from the start, without what an instructor adds."""
        return None if self.planned is None else self.planned + self.extra_time(player).total_seconds()

    @property
    def last_deadline(self) -> dt.datetime | None:
        """Give the deadline after which nobody can answer; extra time counts of players who have not answered."""
        if self.deadline is None:
            return None
        waited = (self.extra_time(player) for player in self.extra if player in self.players - self.current.keys())
        return self.deadline + max(waited, default=dt.timedelta(0))

    def elapsed(self, at: dt.datetime) -> float:
        """Give the seconds since the question stood, breaks left out."""
        if self.stood is None:
            return 0.0
        lost = sum((min(one.end, at) - one.begin for one in self.breaks if one.begin < at), dt.timedelta(0))
        return max(0.0, (at - self.stood - lost - self.halting(at)).total_seconds())

    def halting(self, at: dt.datetime) -> dt.timedelta:
        """Give how long the clock has stood still by then, in the halt that still lasts."""
        return max(at - self.halted, dt.timedelta(0)) if self.halted else dt.timedelta(0)


def bound(state: Round, player: int, now: dt.datetime) -> bool:
    """Tell whether a member must wait with looking things up: a closed book, and a question not yet revealed.

    Nobody is bound by a round that its instructor left, or that should have posted or revealed long ago.
    """
    if not state.rules.closed_book or player not in state.players or state.phase not in {Phase.POSTING, Phase.OPEN}:
        return False
    late = state.halted is None and state.last_deadline is not None and now > state.last_deadline + _PATIENCE
    return not late and now - state.touched < (_PATIENCE if state.phase is Phase.POSTING else IDLE)


def next_tick(state: Round) -> dt.datetime | None:
    """Give the instant at which ``Ticked`` has something to do; None when the round has ended."""
    if state.phase is Phase.ENDED:
        return None
    idle = state.touched + IDLE
    if state.halted is not None:
        return idle
    if state.phase is Phase.OPEN and state.last_deadline:
        return state.last_deadline + GRACE
    if state.phase is Phase.REVEALED and state.due:
        return state.due
    return idle
