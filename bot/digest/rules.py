"""When a digest is due: recurrence on the wall clock of a time zone, and the instants that follow from it.

A slot is an aware instant in UTC. What a calendar or a clock does not have is settled here, once:

- a month that is too short for its day: the last day of the month;
- an hour that does not exist, as clocks go forward: the first moment after the gap (02:30 becomes 03:00);
- an hour that comes twice, as clocks go back: once, the first time;
- a whole day that a zone left out (Samoa, 30 December 2011): the first moment after it, and only one slot there.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EARLIEST = dt.date(2000, 1, 1)
LATEST = dt.date(2999, 12, 31)
LAST = -1  # the last day of a month, or the last such weekday
_SAFE_DAY = 28  # every month has it
_LOOK_BACK = dt.timedelta(days=2)  # more than a zone can lie apart from UTC, or leave out
_BEGINNING = dt.datetime(1999, 1, 1, tzinfo=dt.UTC)


class Frequency(StrEnum):
    """How often a rule comes round."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class BadRule(ValueError):  # noqa: N818 - it says what it is
    """A rule that cannot be; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th such weekday of a month: ``n`` is 1 to 4, or -1 for the last; Monday is 0."""

    n: int
    weekday: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence: ``at`` on the wall clock of ``zone``, on dates from ``start`` to ``end``, both included.

    Weekly rules have ``weekdays`` (Monday is 0, ascending); monthly ones ``month_day`` (1 to 31, or -1 for the last)
    or ``nth``. ``until_exhausted`` ends the schedule when a digest has nothing new to show; it makes no slots.
    """

    frequency: Frequency
    at: dt.time
    zone: str
    start: dt.date
    end: dt.date | None = None
    weekdays: tuple[int, ...] = ()
    month_day: int | None = None
    nth: Nth | None = None
    until_exhausted: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be; raises BadRule."""
        _check_days(self)
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise BadRule("the time of day is hours and minutes, without a zone")
        end = LATEST if self.end is None else self.end
        if not EARLIEST <= self.start <= end <= LATEST:
            raise BadRule(f"the start is no later than the end, and both lie between {EARLIEST} and {LATEST}")
        if load_zone(self.zone) is None:
            raise BadRule(f"the time zone {self.zone!r} is unknown")


def _check_days(rule: Rule) -> None:
    has_weekdays, has_day, has_nth = bool(rule.weekdays), rule.month_day is not None, rule.nth is not None
    wanted = {
        Frequency.DAILY: not (has_weekdays or has_day or has_nth),
        Frequency.WEEKLY: has_weekdays and not (has_day or has_nth),
        Frequency.MONTHLY: has_day != has_nth and not has_weekdays,
    }
    if not wanted[rule.frequency]:
        raise BadRule("weekly rules have weekdays, monthly ones a day or the n-th weekday, daily ones none of them")
    if list(rule.weekdays) != sorted(set(rule.weekdays)) or not set(rule.weekdays) <= set(range(7)):
        raise BadRule("weekdays are numbers from 0 (Monday) to 6, each once and ascending")
    if rule.month_day is not None and rule.month_day not in {LAST, *range(1, 32)}:
        raise BadRule("the day of the month is 1 to 31, or -1 for the last")
    if rule.nth is not None and (rule.nth.n not in {LAST, 1, 2, 3, 4} or rule.nth.weekday not in range(7)):
        raise BadRule("the n-th weekday is 1 to 4, or -1 for the last, of a weekday from 0 (Monday) to 6")


def load_zone(name: str) -> ZoneInfo | None:
    """Give a zone of the IANA database that Python knows, or None."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; malformed; a folder of the database
        return None


def slots(rule: Rule, after: dt.datetime, skips: Collection[dt.datetime] = frozenset()) -> Iterator[dt.datetime]:
    """Yield the instants after ``after`` at which a rule is due, in UTC, strictly increasing, without ``skips``.

    Raises ValueError for a naive ``after``.
    """
    if after.tzinfo is None:
        raise ValueError("a slot is looked for after an aware instant")
    zone = ZoneInfo(rule.zone)
    last = after
    for wall in _walls(rule, after):
        slot = instant(wall, zone)
        if slot > last:
            last = slot
            if slot not in skips:
                yield slot


def next_slots(
    rule: Rule, now: dt.datetime, count: int = 3, skips: Collection[dt.datetime] = frozenset()
) -> tuple[dt.datetime, ...]:
    """Give the next slots, fewer than ``count`` where the rule ends."""
    return tuple(islice(slots(rule, now, skips), count))


def instant(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Give the instant in UTC at which a clock of a zone first shows a time, or the first moment after its gap."""
    found = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    return _after_gap(wall, zone)


def _after_gap(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Find the transition: the instant from which the new offset holds, to the second."""
    early = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)  # read with the offset after the gap: before it
    late = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    offset = late.astimezone(zone).utcoffset()
    seconds = range(int((late - early).total_seconds()) + 1)

    def over(second: int) -> bool:
        return (early + dt.timedelta(seconds=second)).astimezone(zone).utcoffset() == offset

    return early + dt.timedelta(seconds=bisect_left(seconds, 1, key=over))


def _walls(rule: Rule, after: dt.datetime) -> Iterator[dt.datetime]:
    """Yield the naive local times of a rule, from a little before ``after``; steps of one need no older anchor."""
    first = max(rule.start, max(after.astimezone(dt.UTC), _BEGINNING).date() - _LOOK_BACK)
    start = dt.datetime.combine(first, rule.at)
    until = dt.datetime.combine(rule.end or LATEST, rule.at)
    if start > until:
        return iter(())
    if rule.nth is not None:
        return iter(rrule.rrule(rrule.MONTHLY, start, until=until, byweekday=_weekday(rule.nth)))
    if rule.month_day is not None:
        # The last existing one of the days 28 to 31, as far as asked for: a short month gives its last day.
        day = rule.month_day
        days = range(_SAFE_DAY, day + 1) if day > _SAFE_DAY else (day,)
        return iter(rrule.rrule(rrule.MONTHLY, start, until=until, bymonthday=tuple(days), bysetpos=LAST))
    if rule.weekdays:
        return iter(rrule.rrule(rrule.WEEKLY, start, until=until, byweekday=rule.weekdays))
    return iter(rrule.rrule(rrule.DAILY, start, until=until))


def _weekday(nth: Nth) -> rrule.weekday:
    return (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)[nth.weekday](nth.n)
