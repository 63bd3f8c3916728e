"""Rules in writing: as JSON for the database, as one canonical line for logs, and as a sentence's part for people."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from bot.brief.publication import MONTHS
from bot.digest.rules import DAYS, LAST, BadRule, Frequency, Nth, Rule

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_KEYS = {"frequency", "time", "zone", "start", "end", "weekdays", "month_day", "nth", "until_exhausted"}
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNTIL_EXHAUSTED = "until-exhausted"


def to_json(rule: Rule) -> dict[str, object]:
    """Write a rule as a JSON object; what a rule has not is left out."""
    written: dict[str, object] = {"frequency": rule.frequency.value}
    if rule.weekdays:
        written["weekdays"] = [DAYS[day] for day in rule.weekdays]
    if rule.month_day is not None:
        written["month_day"] = rule.month_day
    if rule.nth is not None:
        written["nth"] = [rule.nth.n, DAYS[rule.nth.weekday]]
    written |= {"time": f"{rule.at:%H:%M}", "zone": rule.zone, "start": rule.start.isoformat()}
    if rule.end is not None:
        written["end"] = rule.end.isoformat()
    if rule.until_exhausted:
        written["until_exhausted"] = True
    return written


def from_json(written: object) -> Rule:
    """Read a rule from a JSON object; raises BadRule for anything that ``to_json`` does not write."""
    if not isinstance(written, Mapping) or not set(written) <= _KEYS:
        raise BadRule("a rule is an object with the keys of a rule")
    weekdays, month_day, nth = written.get("weekdays", []), written.get("month_day"), written.get("nth")
    exhausted, zone = written.get("until_exhausted", False), written.get("zone")
    if not isinstance(weekdays, list) or not isinstance(exhausted, bool) or not isinstance(zone, str):
        raise BadRule("weekdays are a list, until_exhausted is true or false, the zone is text")
    if month_day is not None and type(month_day) is not int:
        raise BadRule("the day of the month is a whole number")
    return Rule(
        frequency=_frequency(written.get("frequency")),
        at=_time(written.get("time")),
        zone=zone,
        start=_date(written.get("start")),
        end=None if written.get("end") is None else _date(written.get("end")),
        weekdays=tuple(_day(day) for day in weekdays),
        month_day=month_day,
        nth=None if nth is None else _nth(nth),
        until_exhausted=exhausted,
    )


def to_text(rule: Rule) -> str:
    """Write a rule as one line: ``weekly mon,thu 09:00 Europe/Copenhagen 2026-11-30..2027-01-31 until-exhausted``."""
    days = ",".join(DAYS[day] for day in rule.weekdays)
    if rule.month_day is not None:
        days = "last" if rule.month_day == LAST else str(rule.month_day)
    if rule.nth is not None:
        days = f"{NTH[rule.nth.n]}-{DAYS[rule.nth.weekday]}"
    span = f"{rule.start}..{rule.end or ''}"
    until = _UNTIL_EXHAUSTED if rule.until_exhausted else ""
    return " ".join(filter(None, (rule.frequency, days, f"{rule.at:%H:%M}", rule.zone, span, until)))


def from_text(line: str) -> Rule:
    """Read a rule from its canonical line; raises BadRule."""
    words = line.split(" ")
    exhausted = words[-1] == _UNTIL_EXHAUSTED
    words = words[: len(words) - exhausted]
    days = words.pop(1) if len(words) == 5 else ""
    if len(words) != 4 or ".." not in words[3]:
        raise BadRule("a rule is a line of frequency, days, time, zone and dates")
    frequency, time, zone, span = words
    start, _, end = span.partition("..")
    written: dict[str, object] = {"frequency": frequency, "time": time, "zone": zone, "start": start}
    if end:
        written["end"] = end
    if exhausted:
        written["until_exhausted"] = True
    rule = from_json(written | _written_days(frequency, days))
    if to_text(rule) != line:
        raise BadRule("a rule has one way only to be written as a line")
    return rule


def spoken(rule: Rule) -> str:
    """Say a rule: ``every Monday and Thursday at 09:00 (Europe/Copenhagen), until 31 January 2027``."""
    ends = []
    if rule.end is not None:
        ends.append(f"until {spoken_date(rule.end)}")
    if rule.until_exhausted:
        ends.append("until everything has been shown")
    when = f"{_spoken_days(rule)} at {rule.at:%H:%M} ({rule.zone})"
    return f"{when}, {' or '.join(ends)}" if ends else when


def spoken_date(day: dt.date) -> str:
    """Write a date for a reader: ``30 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def headline(rule: Rule) -> str:
    """Say a rule in a few words, without its zone: ``Mondays 09:00``, ``Last Friday of the month 09:00``."""
    return f"{_head_days(rule)} {rule.at:%H:%M}"


def ordinal(number: int) -> str:
    """Write ``1st``, ``22nd``, ``13th``."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number % 100 in {11, 12, 13} else endings.get(number % 10, "th")
    return f"{number}{ending}"


def listed(words: list[str]) -> str:
    """Join words as a sentence does: ``Monday, Tuesday and Friday``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _spoken_days(rule: Rule) -> str:
    if rule.nth is not None:
        return f"on the {NTH[rule.nth.n]} {WEEKDAYS[rule.nth.weekday]} of each month"
    if rule.month_day == LAST:
        return "on the last day of each month"
    if rule.month_day is not None:
        short = ", or its last day if it is shorter," if rule.month_day > 28 else ""
        return f"on the {ordinal(rule.month_day)} of each month{short}"
    if rule.frequency is Frequency.DAILY or len(rule.weekdays) == len(WEEKDAYS):
        return "every day"
    if rule.weekdays == MONDAY_TO_FRIDAY:
        return "from Monday to Friday"
    return f"every {listed([WEEKDAYS[day] for day in rule.weekdays])}"


def _head_days(rule: Rule) -> str:
    if rule.nth is not None:
        return f"{NTH[rule.nth.n].capitalize()} {WEEKDAYS[rule.nth.weekday]} of the month"
    if rule.month_day == LAST:
        return "Last day of the month"
    if rule.month_day is not None:
        return f"{ordinal(rule.month_day)} of the month"
    if rule.frequency is Frequency.DAILY or len(rule.weekdays) == len(WEEKDAYS):
        return "Daily"
    if rule.weekdays == MONDAY_TO_FRIDAY:
        return "Weekdays"
    names = [WEEKDAYS[day] for day in rule.weekdays]
    return f"{names[0]}s" if len(names) == 1 else ", ".join(name[:3] for name in names)


def _written_days(frequency: str, days: str) -> dict[str, object]:
    if not days:
        return {}
    if frequency != Frequency.MONTHLY:
        return {"weekdays": days.split(",")}
    if days == "last":
        return {"month_day": LAST}
    if re.fullmatch(r"[1-9][0-9]?", days):
        return {"month_day": int(days)}
    name, _, day = days.partition("-")
    return {"nth": [next((n for n, word in NTH.items() if word == name), 0), day]}


def _frequency(written: object) -> Frequency:
    for frequency in Frequency:
        if frequency.value == written:
            return frequency
    raise BadRule("the frequency is daily, weekly or monthly")


def _time(written: object) -> dt.time:
    match = _TIME.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise BadRule("the time is hours and minutes, such as 09:00")
    return dt.time(int(match[1]), int(match[2]))


def _date(written: object) -> dt.date:
    if isinstance(written, str) and _DATE.fullmatch(written):
        try:
            return dt.date.fromisoformat(written)
        except ValueError:
            pass
    raise BadRule("a date is a day of the calendar, such as 2026-11-30")


def _day(written: object) -> int:
    if written in DAYS:
        return DAYS.index(str(written))
    raise BadRule(f"a weekday is one of {', '.join(DAYS)}")


def _nth(written: object) -> Nth:
    if isinstance(written, list) and len(written) == 2 and type(written[0]) is int:
        return Nth(written[0], _day(written[1]))
    raise BadRule("the n-th weekday is a number and a weekday")
