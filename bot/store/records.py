"""What the repositories give and take. Times are aware and in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What the admins of a server chose; without an entry of its own a server has these defaults."""

    guild_id: int
    pack: str = ""
    channel_packs: Mapping[int, str] = field(default_factory=dict)
    ask_channels: frozenset[int] = frozenset()
    private: bool = False
    count_private: bool = False
    instructor_role: int | None = None
    moderator_role: int | None = None
    digest_channel: int | None = None
    log_channel: int | None = None
    feedback: bool = True
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody chose: the brief of their direct messages, and whether boards leave their name out."""

    user_id: int
    pack: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question that a brief did not answer, and how often it was asked; no server: direct messages, or several."""

    id: int
    guild_id: int | None
    pack: str
    text: str
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody's note that an answer is wrong; ``entry`` is the id of the match, such as ``figure/row/column``."""

    id: int
    guild_id: int | None
    pack: str
    entry: str
    note: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Rating:
    """The votes on an answer since they were last dismissed."""

    id: int
    guild_id: int | None
    pack: str
    entry: str
    helpful: int
    unhelpful: int
    last: datetime
