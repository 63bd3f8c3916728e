"""Rules in writing: for the database, for logs, for people."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given

from bot.digest.forms import from_json, from_text, headline, spoken, to_json, to_text
from bot.digest.rules import BadRule, Frequency, Nth, Rule
from tests.digest.drawing import rules

START = dt.date(2026, 11, 30)
WHOLE = Rule(
    frequency=Frequency.WEEKLY,
    at=dt.time(9),
    zone="Europe/Copenhagen",
    start=START,
    end=dt.date(2027, 1, 31),
    weekdays=(0, 3),
    until_exhausted=True,
)


def rule(frequency: str, **days: object) -> Rule:
    return Rule(frequency=Frequency(frequency), at=dt.time(9), zone="UTC", start=START, **days)  # type: ignore[arg-type]


SORTS = {
    "daily": rule("daily"),
    "one day": rule("weekly", weekdays=(0,)),
    "two days": rule("weekly", weekdays=(0, 3)),
    "three days": rule("weekly", weekdays=(0, 2, 4)),
    "weekdays": rule("weekly", weekdays=(0, 1, 2, 3, 4)),
    "15th": rule("monthly", month_day=15),
    "31st": rule("monthly", month_day=31),
    "last": rule("monthly", month_day=-1),
    "nth": rule("monthly", nth=Nth(2, 1)),
    "last friday": rule("monthly", nth=Nth(-1, 4)),
}


@given(rules())
def test_a_rule_survives_json(rule: Rule) -> None:
    assert from_json(json.loads(json.dumps(to_json(rule)))) == rule


@given(rules())
def test_a_rule_survives_its_line(rule: Rule) -> None:
    assert from_text(to_text(rule)) == rule


def test_json_keeps_only_what_a_rule_has() -> None:
    assert to_json(SORTS["nth"]) == {
        "frequency": "monthly",
        "nth": [2, "tue"],
        "time": "09:00",
        "zone": "UTC",
        "start": "2026-11-30",
    }


def test_the_line_of_a_rule() -> None:
    assert to_text(WHOLE) == "weekly mon,thu 09:00 Europe/Copenhagen 2026-11-30..2027-01-31 until-exhausted"


@pytest.mark.parametrize(
    "changes",
    [
        {"frequency": "yearly"},
        {"frequency": None},
        {"time": "9:00"},
        {"time": "24:00"},
        {"time": 9},
        {"zone": None},
        {"zone": "Europe/Atlantis"},
        {"start": "2026-02-30"},
        {"start": "20261130"},
        {"start": None},
        {"end": "2026-11-29"},
        {"end": ""},
        {"weekdays": "mon"},
        {"weekdays": ["mon", "noday"]},
        {"weekdays": [0]},
        {"weekdays": []},
        {"month_day": 1},
        {"month_day": True},
        {"nth": [1, "mon"]},
        {"nth": "first"},
        {"until_exhausted": 1},
        {"color": "red"},
    ],
    ids=str,
)
def test_json_of_no_rule_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadRule):
        from_json(to_json(WHOLE) | changes)


@pytest.mark.parametrize("written", [None, [], "weekly", 7, {}])
def test_what_is_no_object_is_no_rule(written: object) -> None:
    with pytest.raises(BadRule):
        from_json(written)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "daily",
        "daily 09:00 UTC",
        "daily 09:00 UTC 2026-11-30",
        "daily  09:00 UTC 2026-11-30..",
        "monthly fifth-mon 09:00 UTC 2026-11-30..",
        "monthly 015 09:00 UTC 2026-11-30..",
        "weekly mon,,tue 09:00 UTC 2026-11-30..",
        "weekly mon 09:00 UTC 2026-11-30.. until-exhausted until-exhausted",
    ],
)
def test_a_line_of_no_rule_is_refused(line: str) -> None:
    with pytest.raises(BadRule):
        from_text(line)


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("daily", "every day"),
        ("one day", "every Monday"),
        ("two days", "every Monday and Thursday"),
        ("three days", "every Monday, Wednesday and Friday"),
        ("weekdays", "from Monday to Friday"),
        ("15th", "on the 15th of each month"),
        ("31st", "on the 31st of each month, or its last day if it is shorter,"),
        ("last", "on the last day of each month"),
        ("nth", "on the second Tuesday of each month"),
        ("last friday", "on the last Friday of each month"),
    ],
)
def test_a_rule_is_said_in_a_sentence(sort: str, said: str) -> None:
    assert spoken(SORTS[sort]) == f"{said} at 09:00 (UTC)"


def test_a_sentence_says_when_it_ends() -> None:
    assert spoken(WHOLE) == (
        "every Monday and Thursday at 09:00 (Europe/Copenhagen), "
        "until 31 January 2027 or until everything has been shown"
    )


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("daily", "Daily"),
        ("one day", "Mondays"),
        ("two days", "Mon, Thu"),
        ("weekdays", "Weekdays"),
        ("15th", "15th of the month"),
        ("31st", "31st of the month"),
        ("last", "Last day of the month"),
        ("last friday", "Last Friday of the month"),
    ],
)
def test_a_rule_has_a_headline(sort: str, said: str) -> None:
    assert headline(SORTS[sort]) == f"{said} 09:00"
