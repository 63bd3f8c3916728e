"""What the repositories of quizzes give and take. Times are aware and in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.quiz.events import Row
from bot.quiz.items import Item
from bot.quiz.state import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRound:
    """A round as it is kept.

    ``leader_id``: None once erased. ``seen``: when a process last said that it looks after the round. ``state`` has all
    rows and players; who was erased has an id below 0, another one in each round. ``posts`` is plain JSON: which
    messages stand. ``names``: display names of players as last seen, without those of the erased.
    """

    id: int
    guild_id: int
    channel_id: int
    pack: str
    title: str
    leader_id: int | None
    opened: datetime
    ended: datetime | None
    seen: datetime
    state: Round
    posts: Mapping[str, Any]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """A round as one line of a list: how many took part, and how many questions were asked so far."""

    id: int
    guild_id: int
    channel_id: int
    pack: str
    title: str
    leader_id: int | None
    opened: datetime
    ended: datetime | None
    players: int
    questions: int


@dataclass(frozen=True, slots=True)
class KeepRound:
    """Keep a round's state, which messages stand, and its channel.

    Of the state, items, players, extra time and rows are not kept by this: items when the round is opened and regraded,
    the others by changes of their own. A state that has ended fixes the scores of all who took part. ``seen``: when
    a process looked after it, None to leave that as it is. ``settled``: its podium stands, or never will, so that
    nobody needs to look after it any more.
    """

    round_id: int
    state: Round
    posts: Mapping[str, Any]
    channel_id: int
    seen: datetime | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class KeepSeat:
    """Keep whether somebody takes part, their extra time in percent, and their name; an empty one keeps the old."""

    round_id: int
    player: int
    joined: bool
    extra: int
    name: str


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Keep an answer in place of one that is not later. Who has no seat yet takes one."""

    round_id: int
    row: Row
    name: str


@dataclass(frozen=True, slots=True)
class CountAsked:
    """Count that a server was asked an item."""

    guild_id: int
    pack: str
    item: str


Change = KeepRound | KeepSeat | KeepAnswer | CountAsked


@dataclass(frozen=True, slots=True)
class Score:
    """What somebody scored over several rounds: right answers of the questions that counted, and in how many rounds."""

    user_id: int
    right: int
    asked: int
    rounds: int


@dataclass(frozen=True, slots=True)
class KeptSet:
    """Questions that were saved under a name."""

    id: int
    name: str
    items: tuple[Item, ...]
    created: datetime
