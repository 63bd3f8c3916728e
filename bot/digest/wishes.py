"""Wishes: what a moderator types to make a schedule, read to a rule, or to one sentence for each thing that cannot be.

Blank wishes mean: days of the start date, 09:00, from today on, without end; ``repeat`` follows from the days. When a
schedule is edited, they mean what its rule says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from bot.digest.dates import read_date
from bot.digest.days import Days, read_days
from bot.digest.forms import NTH, WEEKDAYS, spoken_date
from bot.digest.hours import read_time
from bot.digest.rules import DAYS, LAST, Frequency, Rule, load_zone, next_slots
from bot.digest.unclear import Unclear, echoed, folded, likely

DEFAULT_TIME = dt.time(9)
MAX_YEARS_AHEAD = 10
_REPEATS = {
    word: frequency
    for frequency, words in {
        Frequency.DAILY: ("daily", "day", "every day", "each day", "everyday"),
        Frequency.WEEKLY: ("weekly", "week", "every week", "each week", "once a week"),
        Frequency.MONTHLY: ("monthly", "month", "every month", "each month", "once a month"),
    }.items()
    for word in words
}
_ENDLESS = {"never", "none", "no", "no end", "open", "-"}
_NO_PLACE = {"localtime", "Factory", "posixrules"}  # names of the database that stand for no place


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of ``/digest schedule`` and ``edit`` as typed, blank where they were left out."""

    repeat: str = ""
    days: str = ""
    time: str = ""
    zone: str = ""
    start: str = ""
    end: str = ""
    until_exhausted: bool | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What one option cannot mean, in a sentence with the mend."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Wishes that make no rule: at most one trouble for each option, in the order of the options."""

    troubles: tuple[Trouble, ...]

    def about(self, field: str) -> str:
        """Give the sentence about one option, or nothing."""
        return next((trouble.sentence for trouble in self.troubles if trouble.field == field), "")


def parse(wishes: Wishes, now: dt.datetime, zones: Collection[str], base: Rule | None = None) -> Rule | Refused:
    """Read wishes to a rule; ``zones``: the names of the IANA database; ``base``: the rule that is being edited."""
    return _Reader(_over(base, wishes) if base else wishes, now, zones, base).read()


def typed(rule: Rule) -> Wishes:
    """Give the wishes that make a rule, as one would type them."""
    days = " ".join(DAYS[day] for day in rule.weekdays)
    if rule.month_day is not None:
        days = "last" if rule.month_day == LAST else str(rule.month_day)
    if rule.nth is not None:
        days = f"{NTH[rule.nth.n]} {WEEKDAYS[rule.nth.weekday].lower()}"
    return Wishes(
        repeat=rule.frequency,
        days=days,
        time=f"{rule.at:%H:%M}",
        zone=rule.zone,
        start=rule.start.isoformat(),
        end=rule.end.isoformat() if rule.end else "",
        until_exhausted=rule.until_exhausted,
    )


def _over(base: Rule, wishes: Wishes) -> Wishes:
    """Lay wishes over what a rule says; new days make the rhythm, a new rhythm asks for its own days."""
    kept = typed(base)
    repeat, days = wishes.repeat.strip(), wishes.days.strip()
    turned = bool(repeat) and _REPEATS.get(folded(repeat)) is not base.frequency
    return Wishes(
        repeat=repeat or ("" if days else kept.repeat),
        days=days or ("" if turned else kept.days),
        time=wishes.time.strip() or kept.time,
        zone=wishes.zone.strip() or kept.zone,
        start=wishes.start.strip() or kept.start,
        end=wishes.end.strip() or kept.end,
        until_exhausted=kept.until_exhausted if wishes.until_exhausted is None else wishes.until_exhausted,
    )


class _Reader:
    """Reads one set of wishes; troubles gather, and the first about an option stays."""

    def __init__(self, wishes: Wishes, now: dt.datetime, zones: Collection[str], base: Rule | None) -> None:
        self.wishes = wishes
        self.now = now
        self.zones = zones
        self.base = base
        self.troubles: dict[str, str] = {}

    def read(self) -> Rule | Refused:
        """Read every option, then what they are together."""
        zone = self._zone()
        today = self.now.astimezone(load_zone(zone) or dt.UTC).date()
        repeat = self._repeat()
        days = self._days()
        at = self._time()
        start, end = self._dates(today)
        frequency = None if "repeat" in self.troubles else self._frequency(repeat, days)
        if frequency is not None and days is not None:
            days = _filled(frequency, days, start)
            self._fit(frequency, days)
        if self.troubles or frequency is None or days is None:
            return self._refused()
        rule = Rule(
            frequency=frequency,
            at=at,
            zone=zone,
            start=start,
            end=end,
            weekdays=days.weekdays,
            month_day=days.month_day,
            nth=days.nth,
            until_exhausted=bool(self.wishes.until_exhausted),
        )
        if not next_slots(rule, self.now, 1):
            self._trouble("end", "Nothing would be due before the end; choose a later end, or none.")
            return self._refused()
        return rule

    def _refused(self) -> Refused:
        order = ("repeat", "days", "time", "zone", "start", "end")
        return Refused(tuple(Trouble(field, self.troubles[field]) for field in order if field in self.troubles))

    def _trouble(self, field: str, sentence: str) -> None:
        self.troubles.setdefault(field, sentence)

    def _zone(self) -> str:
        found = read_zone(self.wishes.zone, self.zones)
        if isinstance(found, Unclear):
            self._trouble("zone", found.sentence)
            return "UTC"
        return found

    def _repeat(self) -> Frequency | None:
        typed_repeat = folded(self.wishes.repeat)
        found = _REPEATS.get(typed_repeat)
        if typed_repeat and found is None:
            meant = likely(typed_repeat, [frequency.value for frequency in Frequency])
            mend = f"did you mean {meant}?" if meant else "choose daily, weekly or monthly."
            self._trouble("repeat", f"{echoed(self.wishes.repeat)} is no rhythm here; {mend}")
        return found

    def _days(self) -> Days | None:
        if not self.wishes.days.strip():
            return Days()
        found = read_days(self.wishes.days)
        if isinstance(found, Unclear):
            self._trouble("days", found.sentence)
            return None
        return found

    def _time(self) -> dt.time:
        if not self.wishes.time.strip():
            return DEFAULT_TIME
        found = read_time(self.wishes.time)
        if isinstance(found, Unclear):
            self._trouble("time", found.sentence)
            return DEFAULT_TIME
        return found

    def _dates(self, today: dt.date) -> tuple[dt.date, dt.date | None]:
        start = self._date("start", self.wishes.start, today) or today
        end = None if folded(self.wishes.end) in _ENDLESS else self._date("end", self.wishes.end, today)
        if end and end < start and "start" not in self.troubles:
            self._trouble("end", f"The end lies before the start, {spoken_date(start)}; choose a later end.")
        return start, end

    def _date(self, field: str, text: str, today: dt.date) -> dt.date | None:
        if not text.strip():
            return None
        found = read_date(text, today)
        if isinstance(found, Unclear):
            self._trouble(field, found.sentence)
            return None
        if found < today and not (field == "start" and self.base and found == self.base.start):
            self._trouble(field, f"That date is in the past; today is {spoken_date(today)}.")
        if found > today + relativedelta(years=MAX_YEARS_AHEAD):
            self._trouble(field, f"That date is more than {MAX_YEARS_AHEAD} years away; choose a nearer one.")
        return found

    def _frequency(self, repeat: Frequency | None, days: Days | None) -> Frequency | None:
        """Take the rhythm that was typed, or the one that the days make; days of the week make daily ones weekly."""
        weekly = Frequency.WEEKLY if days and len(days.weekdays) < len(DAYS) else Frequency.DAILY
        if days and days.weekdays and repeat is not Frequency.MONTHLY:
            return weekly
        if repeat is None and days and (days.month_day is not None or days.nth):
            return Frequency.MONTHLY
        if repeat is None and days is not None:
            self._trouble("repeat", "Say how often: daily, weekly or monthly.")
        return repeat

    def _fit(self, frequency: Frequency, days: Days) -> None:
        if frequency is Frequency.MONTHLY and days.weekdays:
            name = WEEKDAYS[days.weekdays[0]].lower()
            self._trouble("days", f"Say which {WEEKDAYS[days.weekdays[0]]} of the month, such as “first {name}”.")
        if frequency is not Frequency.MONTHLY and (days.month_day is not None or days.nth):
            fitting = "no day of the month" if frequency is Frequency.DAILY else "days of the week, such as “mon thu”"
            self._trouble("days", f"A {frequency} digest takes {fitting}; or choose monthly.")


def _filled(frequency: Frequency, days: Days, start: dt.date) -> Days:
    """Fill in the start date's own day where no day was named."""
    if frequency is Frequency.WEEKLY and days == Days():
        return Days(weekdays=(start.weekday(),))
    if frequency is Frequency.MONTHLY and days == Days():
        return Days(month_day=start.day)
    return replace(days, weekdays=()) if frequency is Frequency.DAILY else days


def read_zone(text: str, zones: Collection[str]) -> str | Unclear:
    """Find a zone by its name, whatever its case and spaces, or by its city where only one zone has it."""
    wanted = folded(text).replace(" ", "_")
    if not wanted:
        return Unclear("Name a time zone, such as Europe/Copenhagen.")
    names = [name for name in zones if name not in _NO_PLACE]
    found = [name for name in names if name.casefold() == wanted]
    cities = {name: name.rpartition("/")[2].casefold() for name in names if "/" in name}
    found = found or sorted(name for name, city in cities.items() if city == wanted)
    found = [name for name in found if load_zone(name)]
    if len(found) == 1:
        return found[0]
    if found:
        return Unclear(f"{echoed(text)} is the name of several zones; write {' or '.join(found[:3])}.")
    if wanted.startswith(("utc", "gmt")) or wanted[:1] in {"+", "-"}:
        return Unclear(f"{echoed(text)} knows no summer time; name a place, such as Europe/Copenhagen.")
    meant = likely(wanted.rpartition("/")[2], sorted(set(cities.values())))
    named = next((name for name, city in sorted(cities.items()) if city == meant), "")
    if named:
        return Unclear(f"{echoed(text)} is no time zone; did you mean {named}?")
    return Unclear(f"{echoed(text)} is no time zone; name one such as Europe/Copenhagen.")
