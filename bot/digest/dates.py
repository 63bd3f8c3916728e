"""Dates as a moderator types them: ``2026-12-01``, ``tomorrow``, ``next monday``, ``1 Dec``, ``in 2 weeks``."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from dateutil.relativedelta import relativedelta

from bot.brief.publication import MONTHS
from bot.digest.days import WEEKDAYS_FOLDED, weekday_named
from bot.digest.unclear import MAX_TYPED, Unclear, echoed, folded, likely

_NAMED = {"yesterday": -1, "today": 0, "tonight": 0, "now": 0, "tomorrow": 1, "day after tomorrow": 2}
_MONTH_NAMES = {
    short: number
    for number, name in enumerate(MONTHS, 1)
    for short in {name.lower(), name[:3].lower(), name[:4].lower()}
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\.(?: ?([0-9]{4}))?")
_SLASHED = re.compile(r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?(?: of)? ?([a-z]+)\.?(?:,? ?([0-9]{4}))?")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (?:the )?([0-9]{1,2})(?:st|nd|rd|th)?(?:,? ([0-9]{4}))?")
_AHEAD = re.compile(r"in ([0-9]{1,3}|[a-z]+) (day|week|month)s?")
_EXAMPLES = "2026-12-01, 1 December, tomorrow or next monday"
_LEAP = 8  # years within which every day of the calendar comes once, even over a century's turn


def read_date(text: str, today: dt.date) -> dt.date | Unclear:
    """Read a date; a day without a year is the next one from ``today`` on, a weekday too, ``next`` after today."""
    line = folded(text).removeprefix("on ").removeprefix("the ")
    if len(text) > MAX_TYPED:
        return Unclear(f"That is too long for a date; write {_EXAMPLES}.")
    if line in _NAMED:
        return today + dt.timedelta(days=_NAMED[line])
    if match := _ISO.fullmatch(line):
        return _day(int(match[1]), int(match[2]), int(match[3]), today)
    if match := _DOTTED.fullmatch(line):
        return _day(int(match[3]) if match[3] else None, int(match[2]), int(match[1]), today)
    if _SLASHED.fullmatch(line):
        return Unclear(f"{echoed(text)} could be two dates; write it as 2026-12-01 or 1 December.")
    if match := _AHEAD.fullmatch(line):
        return _ahead(text, match[1], match[2], today)
    if match := _DAY_FIRST.fullmatch(line):
        return _named(text, match[2], int(match[1]), match[3], today)
    if match := _MONTH_FIRST.fullmatch(line):
        return _named(text, match[1], int(match[2]), match[3], today)
    return _weekday(text, line, today)


def _named(text: str, month: str, day: int, year: str | None, today: dt.date) -> dt.date | Unclear:
    if month not in _MONTH_NAMES:
        return _unknown(text, month, [name.lower() for name in MONTHS])
    return _day(int(year) if year else None, _MONTH_NAMES[month], day, today)


def _day(year: int | None, month: int, day: int, today: dt.date) -> dt.date | Unclear:
    if not 1 <= month <= 12:
        return Unclear(f"No year has a month {month}; write {_EXAMPLES}.")
    years = range(today.year, today.year + _LEAP + 1) if year is None else (year,)
    for one in years:
        if one and 1 <= day <= calendar.monthrange(one, month)[1]:
            found = dt.date(one, month, day)
            if year is not None or found >= today:
                return found
    named = f"{MONTHS[month - 1]} {year}" if year is not None else MONTHS[month - 1]
    return Unclear(f"{named} has no day {day}; correct the day.")


def _ahead(text: str, count: str, unit: str, today: dt.date) -> dt.date | Unclear:
    number = int(count) if count.isdigit() else _NUMBERS.get(count)
    if number is None:
        return Unclear(f"{echoed(text)} is no date; write the number in digits, such as “in 2 weeks”.")
    steps = {"day": relativedelta(days=number), "week": relativedelta(weeks=number)}
    return today + steps.get(unit, relativedelta(months=number))


def _weekday(text: str, line: str, today: dt.date) -> dt.date | Unclear:
    first, _, rest = line.rpartition(" ")
    wanted = weekday_named(rest.rstrip("."))
    if wanted is None or first not in {"", "this", "next", "coming", "the next"}:
        return _unknown(text, line, [*WEEKDAYS_FOLDED, *_NAMED])
    ahead = (wanted - today.weekday()) % 7
    return today + dt.timedelta(days=ahead or (7 if first in {"next", "the next"} else 0))


def _unknown(text: str, word: str, known: list[str]) -> Unclear:
    meant = likely(word, known)
    if meant:
        return Unclear(f"{echoed(text)} is no date; did you mean “{meant}”?")
    return Unclear(f"{echoed(text)} is no date; write {_EXAMPLES}.")
