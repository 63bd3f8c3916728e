"""What completion says of a schedule that is being typed: always short, never twice the same, never a fault."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.rules import Frequency, Rule
from bot.digest.wishes import Wishes
from bot.discord.digests.timing import MAX_NAME, resuming, suggest, suggest_resuming

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
ZONES = tuple(sorted(zoneinfo.available_timezones()))
MONDAYS = Rule(
    frequency=Frequency.WEEKLY, weekdays=(0,), at=dt.time(9), zone="Europe/Copenhagen", start=dt.date(2026, 1, 1)
)
TYPED = st.text(max_size=120) | st.sampled_from(["mon", "in 3 weeks", "2026-02-30", "9:00", "last", "1 de", "  "])


@given(st.sampled_from(["days", "time", "start", "end"]), TYPED, TYPED, st.sampled_from(["", "daily", "monthly"]))
def test_whatever_is_typed_there_is_a_short_answer(field: str, typed: str, days: str, repeat: str) -> None:
    wishes = Wishes(repeat=repeat, days=days, zone="Europe/Copenhagen")
    found = suggest(field, typed, wishes, NOW, ZONES, None)

    assert len(found) <= 25
    assert all(0 < len(name) <= MAX_NAME and len(value) <= MAX_NAME for name, value in found.items())


@given(TYPED)
def test_whatever_is_typed_as_the_end_of_a_pause_there_is_a_short_answer(typed: str) -> None:
    found = suggest_resuming(typed, MONDAYS, NOW)

    assert all(0 < len(name) <= MAX_NAME and len(value) <= MAX_NAME for name, value in found.items())


def test_a_pause_ends_as_its_date_begins_in_the_zone_of_the_schedule() -> None:
    assert resuming("2 February", MONDAYS, NOW) == dt.datetime(2026, 2, 1, 23, tzinfo=dt.UTC)


def test_what_is_due_in_the_first_moment_of_that_date_is_posted() -> None:
    midnight = Rule(frequency=Frequency.DAILY, at=dt.time(0), zone="UTC", start=NOW.date(), end=dt.date(2026, 2, 2))

    assert resuming("2 February", midnight, NOW) == dt.datetime(2026, 2, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["1 January", "yesterday", "2026-01-01"])
def test_a_pause_does_not_end_before_tomorrow(text: str) -> None:
    assert isinstance(resuming(text, MONDAYS, NOW), str)
