"""What autocompletion shows while somebody types a schedule."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.preview import MAX_PREVIEW, offers, preview
from bot.digest.rules import Rule
from bot.digest.wishes import Wishes, parse
from tests.digest.drawing import ZONES

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)  # a Tuesday
FIELDS = ("repeat", "days", "time", "zone", "start", "end")


def shown(typing: str = "", **wishes: str) -> str:
    return preview(Wishes(**({"zone": "Europe/Copenhagen"} | wishes)), NOW, ZONES, typing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wishes", "line"),
    [
        ({"days": "mon"}, "Mondays 09:00 → Mon 30 Nov, Mon 7 Dec, Mon 14 Dec"),
        ({"days": "mon thu", "time": "18"}, "Mon, Thu 18:00 → Thu 26 Nov, Mon 30 Nov, Thu 3 Dec"),
        ({"repeat": "daily"}, "Daily 09:00 → Wed 25 Nov, Thu 26 Nov, Fri 27 Nov"),
        ({"days": "15"}, "15th of the month 09:00 → Tue 15 Dec, Fri 15 Jan 2027, Mon 15 Feb"),
        ({"days": "last fri"}, "Last Friday of the month 09:00 → Fri 27 Nov, Fri 25 Dec, Fri 29 Jan 2027"),
        ({"days": "mon", "end": "7 dec"}, "Mondays 09:00 → Mon 30 Nov, Mon 7 Dec, then it ends"),
        (
            {"repeat": "daily", "time": "2:30", "start": "27 mar"},
            "Daily 02:30 → Sat 27 Mar 2027, Sun 28 Mar 03:00, Mon 29 Mar",
        ),
    ],
    ids=str,
)
def test_a_preview_shows_when_the_next_three_are_due(wishes: dict[str, str], line: str) -> None:
    assert shown(**wishes) == line


def test_a_preview_says_why_what_is_typed_cannot_be() -> None:
    assert shown("start", repeat="daily", start="yesterday") == "That date is in the past; today is 24 November 2026."


def test_a_preview_speaks_of_what_is_being_typed_first() -> None:
    assert shown("time", repeat="yearly", time="25") == "“25” is no time of day: hours end at 23, minutes at 59."


def test_a_preview_names_the_option_that_is_wrong_elsewhere() -> None:
    assert shown("time", time="18") == "repeat: Say how often: daily, weekly or monthly."


def test_a_preview_of_an_edit_starts_from_the_rule() -> None:
    base = parse(Wishes(days="mon", zone="UTC"), NOW, ZONES)
    assert isinstance(base, Rule)

    assert preview(Wishes(time="18"), NOW, ZONES, "time", base).startswith("Mondays 18:00 → ")


@given(st.fixed_dictionaries({field: st.text(max_size=90) for field in FIELDS}), st.sampled_from(FIELDS))
def test_a_preview_fits_into_a_choice(wishes: dict[str, str], typing: str) -> None:
    assert 1 <= len(preview(Wishes(**wishes), NOW, ZONES, typing)) <= MAX_PREVIEW  # type: ignore[arg-type]


@pytest.mark.parametrize("days", ["mon tue wed thu sat sun", "second wednesday", "weekdays", "last day"])
def test_the_longest_previews_fit_into_a_choice(days: str) -> None:
    line = shown(days=days, time="02:30", start="2027-03-20")

    assert len(line) <= MAX_PREVIEW
    assert "→" in line


@pytest.mark.parametrize("field", ["repeat", "days", "time", "start", "end"])
def test_what_is_offered_can_be_chosen(field: str) -> None:
    chosen = [{"repeat": "daily"} | ({"repeat": ""} if field == "days" else {}) | {field: one} for one in offers(field)]

    assert chosen
    assert all("→" in shown(field, **wishes) for wishes in chosen)


def test_zones_are_too_many_to_offer() -> None:
    assert offers("zone") == ()
