"""What the repository of digests gives and takes. Times are aware and in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """A digest that comes again and again: active, paused, disabled (``why``) or ended.

    ``rule`` and ``setting`` are JSON objects that the caller makes and reads; ``next_due`` is the time of the digest
    that is open, which a paused or disabled schedule may have too.
    """

    id: int
    guild_id: int
    channel_id: int
    pack: str
    rule: Mapping[str, object]
    setting: Mapping[str, object]
    role_id: int | None
    author_id: int | None
    state: str
    resume_at: datetime | None
    why: str
    created: datetime
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A digest of one time: due, claimed, sent, missed, failed, skipped or withdrawn; no schedule: posted at once.

    ``claimed_since``: from when on a message may have gone out of which nothing is known; None: none can have. ``why``
    says what went wrong last; ``entries`` are the ids of what it shows. ``role_id`` and ``setting`` are its own where
    it was posted at once; with a schedule they are those that it was sent with, and empty before.
    """

    id: int
    schedule_id: int | None
    guild_id: int
    channel_id: int
    pack: str
    due: datetime
    state: str
    attempts: int
    next_try: datetime
    claimed_since: datetime | None
    message_id: int | None
    sent_at: datetime | None
    late: bool
    why: str
    entries: tuple[str, ...]
    number: int
    role_id: int | None = None
    setting: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that its claimer may work on until the lease ends, and the schedule as it was then."""

    delivery: Delivery
    schedule: Schedule | None
