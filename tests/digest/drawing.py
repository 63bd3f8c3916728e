"""Rules of every sort in every zone, and an oracle for them that knows neither rrule nor fold."""

from __future__ import annotations

import calendar
import datetime as dt
import zoneinfo
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.digest.rules import Frequency, Nth, Rule

ZONES = tuple(sorted(zoneinfo.available_timezones()))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1, max_size=6).map(lambda days: tuple(sorted(days)))
NTHS = st.builds(Nth, st.sampled_from([-1, 1, 2, 3, 4]), st.integers(0, 6))
MONTH_DAYS = st.sampled_from([-1, *range(1, 32)])
TIMES = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
STARTS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a rule in any zone."""
    days: dict[str, object] = draw(
        st.one_of(
            st.just({"frequency": Frequency.DAILY}),
            WEEKDAYS.map(lambda days: {"frequency": Frequency.WEEKLY, "weekdays": days}),
            MONTH_DAYS.map(lambda day: {"frequency": Frequency.MONTHLY, "month_day": day}),
            NTHS.map(lambda nth: {"frequency": Frequency.MONTHLY, "nth": nth}),
        )
    )
    start = draw(STARTS)
    end = draw(st.none() | st.integers(0, 900).map(lambda ahead: start + dt.timedelta(days=ahead)))
    zone = draw(st.sampled_from(ZONES))
    return Rule(at=draw(TIMES), zone=zone, start=start, end=end, until_exhausted=draw(st.booleans()), **days)  # type: ignore[arg-type]


def dates_of(rule: Rule, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Walk the calendar, and yield the dates of a rule."""
    first, last = max(first, rule.start), min(last, rule.end or last)
    for ahead in range((last - first).days + 1):
        day = first + dt.timedelta(days=ahead)
        if _falls_on(rule, day):
            yield day


def _falls_on(rule: Rule, day: dt.date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.nth is not None:
        in_time = day.day > length - 7 if rule.nth.n == -1 else (day.day - 1) // 7 + 1 == rule.nth.n
        return in_time and day.weekday() == rule.nth.weekday
    if rule.month_day is not None:
        return day.day == (length if rule.month_day == -1 else min(rule.month_day, length))
    return rule.frequency is Frequency.DAILY or day.weekday() in rule.weekdays


def first_moment(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Find when clocks first show a time, trying every offset around it; a gap is walked minute by minute."""
    read = wall.replace(tzinfo=dt.UTC)
    around = (read + dt.timedelta(hours=hours) for hours in (-27, -12, -6, 0, 6, 12, 27))
    offsets = {moment.astimezone(zone).utcoffset() or dt.timedelta(0) for moment in around}
    shown = [read - offset for offset in offsets if shows(read - offset, zone) == wall]
    if shown:
        return min(shown)
    moment = read - dt.timedelta(hours=27)
    while shows(moment, zone) < wall:
        moment += dt.timedelta(minutes=1)
    return moment


def shows(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Read the clock of a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def expected(rule: Rule, first: dt.date, last: dt.date) -> list[dt.datetime]:
    """List the instants of a rule, from the calendar and the clock alone; two in one whole-day gap are one."""
    zone = ZoneInfo(rule.zone)
    moments = (first_moment(dt.datetime.combine(day, rule.at), zone) for day in dates_of(rule, first, last))
    return list(dict.fromkeys(moments))
