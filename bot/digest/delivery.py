"""The rules of delivery: one message for each slot, never two, never none. The worker does the reading and sending.

The row of a due slot is claimed with a lease, the message sent with a nonce that is the same at every try, then the row
is marked sent. Discord gives the first message back for a nonce that it still remembers; an older claim that nobody
resolved is therefore first looked for in the channel's history, by the mark that stands in the card.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.digest.rules import instant, load_zone

GRACE = dt.timedelta(hours=6)  # how late a slot may still be posted
PUNCTUAL = dt.timedelta(minutes=10)  # up to here a slot is on time: a queue of many takes minutes
LEASE = dt.timedelta(minutes=2)
NONCE_HOLDS = dt.timedelta(minutes=1)  # Discord says "the past few minutes"; this is well inside
TO_SEND = dt.timedelta(seconds=20)  # what must be left of a lease to begin sending
MAX_NONCE = 25
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: nothing that can be misread
_FIRST_WAIT = 2.0  # seconds
_LONGEST_WAIT = 300.0


class State(StrEnum):
    """Where a slot stands."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    MISSED = "missed"
    FAILED = "failed"
    SKIPPED = "skipped"


_MOVES: Mapping[State, frozenset[State]] = {
    State.DUE: frozenset({State.CLAIMED, State.MISSED, State.SKIPPED}),
    # An expired lease is claimed anew; a claim goes back to due when it waits, for a retry or for quiet hours to end.
    State.CLAIMED: frozenset({State.CLAIMED, State.DUE, State.SENT, State.MISSED, State.FAILED}),
}


def may_move(before: State, after: State) -> bool:
    """Tell whether a slot may go from one state to another; sent, missed, failed and skipped are final."""
    return after in _MOVES.get(before, frozenset())


@dataclass(frozen=True, slots=True)
class Send:
    """Post it now. ``late`` is zero for what is on time; ``ping``: the schedule's role may be mentioned."""

    late: dt.timedelta
    ping: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Post it, but not before ``until``."""

    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """Never post it; ``why`` is a sentence for the history."""

    why: str


Decision = Send | Wait | Missed


def decide(
    slot: dt.datetime,
    now: dt.datetime,
    *,
    grace: dt.timedelta = GRACE,
    quiet: tuple[dt.time, dt.time] | None = None,
    zone: str = "UTC",
    punctual: dt.timedelta = PUNCTUAL,
) -> Decision:
    """Decide what becomes of a slot now; instants are aware, ``quiet`` is from-to on the wall clock of ``zone``.

    What is on time is sent even in quiet hours: its hour was asked for. What is late waits for their end, if at least
    ``punctual`` of the grace time is left then; it pings nobody.
    """
    late = now - slot
    if late < dt.timedelta(0):
        return Wait(slot)
    if late <= punctual:
        return Send(dt.timedelta(0), ping=True)
    if late > grace:
        return Missed(f"It would have been {spoken_span(late)} late; the grace time is {spoken_span(grace)}.")
    until = quiet_until(now, quiet, zone) if quiet else None
    if until is None:
        return Send(late, ping=False)
    if until + punctual > slot + grace:
        return Missed(f"It was {spoken_span(late)} late, and quiet hours last beyond the grace time.")
    return Wait(until)


def quiet_until(now: dt.datetime, quiet: tuple[dt.time, dt.time], zone: str) -> dt.datetime | None:
    """Give the instant at which the present quiet hours end, or None outside of them; equal times mean none.

    Raises ValueError for an unknown zone.
    """
    clock = load_zone(zone)
    if clock is None:
        raise ValueError(f"the time zone {zone!r} is unknown")
    begin, end = quiet
    wall = now.astimezone(clock).replace(tzinfo=None, fold=0)
    over_midnight = begin > end
    since, until = wall.time() >= begin, wall.time() < end
    if not (since or until if over_midnight else since and until):
        return None
    day = wall.date() + dt.timedelta(days=1 if over_midnight and since else 0)
    ends = dt.datetime.combine(day, end)
    found = instant(ends, clock)
    # In an hour that comes twice, the first end may have passed already.
    return found if found > now else ends.replace(tzinfo=clock, fold=1).astimezone(dt.UTC)


def late_note(late: dt.timedelta) -> str:
    """Say under a late digest that it is late; nothing when it is on time."""
    return f"Posted {spoken_span(late)} late." if late > dt.timedelta(0) else ""


def spoken_span(span: dt.timedelta) -> str:
    """Write a span for a reader, in its two largest units: ``2 h 10 min``, ``3 days 4 h``."""
    minutes = max(1, round(span.total_seconds() / 60))
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    named = [f"{days} day{'s' if days > 1 else ''}" if days else "", f"{hours} h" if hours else ""]
    if not days and minutes:
        named.append(f"{minutes} min")
    return " ".join(filter(None, named))


def nonce(schedule_id: int | str, slot: dt.datetime) -> str:
    """Give the nonce of a slot's message: the same at every try, in every process; at most 25 characters."""
    return _code("nonce", schedule_id, slot, MAX_NONCE - 1)


def mark(schedule_id: int | str, slot: dt.datetime) -> str:
    """Give the quiet code that stands in a slot's card, by which it is found again: ``Digest 7f3a-2k9d``."""
    code = _code("mark", schedule_id, slot, 8)
    return f"Digest {code[:4]}-{code[4:]}"


def _code(purpose: str, schedule_id: int | str, slot: dt.datetime, length: int) -> str:
    if slot.tzinfo is None:
        raise ValueError("a slot is an aware instant")
    named = f"{purpose}|{schedule_id}|{slot.astimezone(dt.UTC).isoformat()}"
    number = int.from_bytes(hashlib.blake2b(named.encode(), digest_size=32).digest(), "big")
    return "".join(_ALPHABET[number >> 5 * step & 31] for step in range(length))


class Fault(StrEnum):
    """Why a message could not be sent.

    Transient faults are retried; ``gone`` and ``forbidden`` disable the schedule; ``rejected`` fails the slot alone.
    """

    TRANSIENT = "transient"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    REJECTED = "rejected"


_GONE = frozenset({10003, 10004, 50008, 50024})  # unknown channel, unknown server; no longer a channel for messages
_FORBIDDEN = frozenset({50001, 50013, 50083, 160005})  # no access, no permission; thread archived, thread locked
_CONTENT = frozenset({20009, 200000, 200001, 240000})  # Discord's or the server's filters dislike the text
_PASSING = frozenset({20016, 20028, 40006, 110000, 130000})  # slow mode, write limit; switched off or overloaded
_STATUS_PASSING = frozenset({401, 408, 425, 429})


def fault(status: int | None, code: int = 0) -> Fault:
    """Classify a failed request by its HTTP status (None: no answer came) and Discord's error code (0: none).

    A 401 is the token's fault, and a 403 without Discord's code comes from before Discord (a proxy, a ban of the
    address): neither is the channel's, so no schedule is to be disabled for it.
    """
    if status is None or status >= 500 or status in _STATUS_PASSING or code in _PASSING:
        return Fault.TRANSIENT
    if code in _GONE:
        return Fault.GONE
    if code in _FORBIDDEN:
        return Fault.FORBIDDEN
    if status == 403 and code not in _CONTENT:
        return Fault.FORBIDDEN if code else Fault.TRANSIENT
    return Fault.REJECTED


def retry(
    attempt: int,
    rng: random.Random,
    *,
    left: dt.timedelta = GRACE,
    told: dt.timedelta = dt.timedelta(0),
) -> dt.timedelta | None:
    """Give the wait before the next try, or None when the grace time that is ``left`` ends before it.

    Exponential backoff with full jitter: anything up to 2, 4, 8 … 300 seconds after the first, second, third failed
    ``attempt``, on top of what the server ``told`` (Retry-After).
    """
    ceiling = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(max(attempt, 1) - 1, 16))
    wait = told + dt.timedelta(seconds=rng.uniform(0, ceiling))
    return wait if wait < left else None


def lease(now: dt.datetime, holds: dt.timedelta = LEASE) -> dt.datetime:
    """Give the instant until which a claim made now is its owner's."""
    return now + holds


def may_send(until: dt.datetime, now: dt.datetime, needs: dt.timedelta = TO_SEND) -> bool:
    """Tell whether enough of a lease is left to begin sending; else it is claimed anew first."""
    return until - now >= needs


def must_look(claim_since: dt.datetime, now: dt.datetime, nonce_holds: dt.timedelta = NONCE_HOLDS) -> bool:
    """Tell whether an unresolved claim is too old to rely on its nonce: look in the history before sending.

    ``claim_since``: when the slot was first claimed, the earliest moment of a message. A moment in the future, from
    another machine's clock, proves nothing, so it is looked for as well.
    """
    return not dt.timedelta(0) <= now - claim_since < nonce_holds
