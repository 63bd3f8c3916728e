"""When a rule comes due: the wall time asked for, in every zone, none skipped, none doubled."""

from __future__ import annotations

import datetime as dt
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.rules import LATEST, BadRule, Frequency, Nth, Rule, instant, next_slots, slots
from tests.digest.drawing import ZONES, dates_of, expected, rules, shows

DAY = dt.timedelta(days=1)
COPENHAGEN = "Europe/Copenhagen"


def daily(hour: int, minute: int, zone: str, start: str, **more: object) -> Rule:
    return Rule(
        frequency=Frequency.DAILY,
        at=dt.time(hour, minute),
        zone=zone,
        start=dt.date.fromisoformat(start),
        **more,  # type: ignore[arg-type]
    )


def monthly(start: str, **days: object) -> Rule:
    return Rule(
        frequency=Frequency.MONTHLY,
        at=dt.time(9),
        zone="UTC",
        start=dt.date.fromisoformat(start),
        **days,  # type: ignore[arg-type]
    )


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def before(rule: Rule) -> dt.datetime:
    """Give a moment before every slot of a rule."""
    return dt.datetime.combine(rule.start, dt.time(0), dt.UTC) - 2 * DAY


def over_two_years(rule: Rule) -> list[dt.datetime]:
    end = before(rule) + 732 * DAY
    return list(takewhile(lambda slot: slot < end, slots(rule, before(rule))))


def days(rule: Rule, count: int) -> list[str]:
    return [slot.date().isoformat() for slot in islice(slots(rule, before(rule)), count)]


@settings(deadline=None)
@given(rules())
def test_over_two_years_none_is_skipped_and_none_doubled(rule: Rule) -> None:
    found = over_two_years(rule)

    wanted = expected(rule, rule.start, rule.start + 735 * DAY)
    assert found == wanted[: len(found)]
    assert len(wanted) - len(found) <= 8  # the oracle looks a few days further


@settings(deadline=None)
@given(rules())
def test_a_slot_shows_the_time_asked_for_or_is_the_first_moment_after_a_gap(rule: Rule) -> None:
    zone, second = ZoneInfo(rule.zone), dt.timedelta(seconds=1)
    for slot in over_two_years(rule):
        wall = shows(slot, zone)
        jumped = wall - shows(slot - second, zone) > second

        assert wall.time() == rule.at or jumped


@settings(deadline=None)
@given(rules())
def test_slots_strictly_increase(rule: Rule) -> None:
    assert all(first < second for first, second in pairwise(over_two_years(rule)))


@settings(deadline=None)
@given(rules(), st.integers(0, 800 * 24 * 60))
def test_slots_can_be_joined_at_any_moment(rule: Rule, minutes: int) -> None:
    moment = before(rule) + dt.timedelta(minutes=minutes)
    later = [slot for slot in over_two_years(rule) if slot > moment]

    assert list(islice(slots(rule, moment), len(later))) == later


@settings(deadline=None)
@given(rules())
def test_slots_come_in_utc(rule: Rule) -> None:
    assert {slot.tzinfo for slot in over_two_years(rule)} <= {dt.UTC}


@pytest.mark.parametrize("part", range(8))
def test_in_every_zone_half_past_two_comes_once_a_day(part: int) -> None:
    for name in ZONES[part::8]:
        rule = daily(2, 30, name, "2026-01-01", end=dt.date(2027, 12, 31))
        found = list(slots(rule, before(rule)))

        assert [shows(slot, ZoneInfo(name)).date() for slot in found] == list(dates_of(rule, rule.start, LATEST)), name


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        (COPENHAGEN, "2027-03-28T01:59", "2027-03-28T00:59"),
        (COPENHAGEN, "2027-03-28T02:00", "2027-03-28T01:00"),
        (COPENHAGEN, "2027-03-28T02:30", "2027-03-28T01:00"),
        (COPENHAGEN, "2027-03-28T03:00", "2027-03-28T01:00"),
        (COPENHAGEN, "2026-10-25T02:30", "2026-10-25T00:30"),
        (COPENHAGEN, "2026-10-25T03:00", "2026-10-25T02:00"),
        ("America/New_York", "2027-03-14T02:15", "2027-03-14T07:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        ("America/Sao_Paulo", "2018-11-04T00:30", "2018-11-04T03:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:30"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00"),
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00"),
        ("Asia/Kathmandu", "2026-01-01T09:00", "2026-01-01T03:15"),
        ("UTC", "2026-01-01T09:00", "2026-01-01T09:00"),
    ],
)
def test_an_hour_that_is_missing_or_doubled_has_one_moment(zone: str, wall: str, moment: str) -> None:
    assert instant(dt.datetime.fromisoformat(wall), ZoneInfo(zone)) == utc(moment)


def test_a_day_that_a_zone_left_out_makes_no_second_slot() -> None:
    rule = daily(0, 0, "Pacific/Apia", "2011-12-29")

    assert [f"{shows(slot, ZoneInfo(rule.zone)):%d %H:%M}" for slot in next_slots(rule, before(rule))] == [
        "29 00:00",
        "31 00:00",
        "01 00:00",
    ]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (monthly("2027-01-01", month_day=31), ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        (monthly("2028-01-01", month_day=30), ["2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30"]),
        (monthly("2027-02-15", month_day=29), ["2027-02-28", "2027-03-29", "2027-04-29", "2027-05-29"]),
        (monthly("2027-01-31", month_day=-1), ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        (monthly("2027-01-16", month_day=15), ["2027-02-15", "2027-03-15", "2027-04-15", "2027-05-15"]),
        (monthly("2026-11-24", nth=Nth(-1, 4)), ["2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26"]),
        (monthly("2026-11-24", nth=Nth(1, 0)), ["2026-12-07", "2027-01-04", "2027-02-01", "2027-03-01"]),
        (monthly("2026-11-24", nth=Nth(4, 1)), ["2026-11-24", "2026-12-22", "2027-01-26", "2027-02-23"]),
    ],
    ids=["31st", "30th", "29th", "last day", "15th", "last Friday", "first Monday", "fourth Tuesday"],
)
def test_a_monthly_rule_falls_on_these_days(rule: Rule, found: list[str]) -> None:
    assert days(rule, 4) == found


def test_the_last_day_is_included() -> None:
    assert days(daily(9, 0, "UTC", "2026-11-24", end=dt.date(2026, 11, 25)), 9) == ["2026-11-24", "2026-11-25"]


def test_a_slot_is_not_after_itself() -> None:
    rule = daily(9, 0, "UTC", "2026-11-24")

    assert next_slots(rule, utc("2026-11-24T09:00"), 1) == (utc("2026-11-25T09:00"),)


def test_a_rule_that_has_ended_has_no_slots() -> None:
    assert next_slots(daily(9, 0, "UTC", "2026-11-24", end=dt.date(2026, 11, 25)), utc("2027-01-01T00:00")) == ()


def test_an_old_rule_is_joined_without_walking_its_past() -> None:
    rule = daily(9, 0, "UTC", "2000-01-01")

    assert next_slots(rule, utc("2990-01-01T10:00"), 1) == (utc("2990-01-02T09:00"),)


def test_a_skipped_date_is_left_out() -> None:
    rule = daily(9, 0, "UTC", "2026-11-24")

    assert days(rule, 2) == ["2026-11-24", "2026-11-25"]
    assert next_slots(rule, before(rule), 2, {utc("2026-11-25T09:00")}) == (
        utc("2026-11-24T09:00"),
        utc("2026-11-26T09:00"),
    )


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        next(slots(daily(9, 0, "UTC", "2026-11-24"), dt.datetime(2026, 11, 24)))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weekdays": (0,)}, "daily ones none"),
        ({"frequency": Frequency.WEEKLY}, "weekly rules have weekdays"),
        ({"frequency": Frequency.MONTHLY}, "monthly ones a day"),
        ({"frequency": Frequency.MONTHLY, "month_day": 1, "nth": Nth(1, 1)}, "monthly ones a day"),
        ({"frequency": Frequency.WEEKLY, "weekdays": (1, 0)}, "ascending"),
        ({"frequency": Frequency.WEEKLY, "weekdays": (0, 0)}, "each once"),
        ({"frequency": Frequency.WEEKLY, "weekdays": (7,)}, "from 0"),
        ({"frequency": Frequency.MONTHLY, "month_day": 0}, "1 to 31"),
        ({"frequency": Frequency.MONTHLY, "month_day": 32}, "1 to 31"),
        ({"frequency": Frequency.MONTHLY, "nth": Nth(5, 1)}, "1 to 4"),
        ({"frequency": Frequency.MONTHLY, "nth": Nth(1, 7)}, "weekday"),
        ({"at": dt.time(9, 0, 1)}, "hours and minutes"),
        ({"at": dt.time(9, 0, tzinfo=dt.UTC)}, "without a zone"),
        ({"end": dt.date(2026, 11, 23)}, "no later than the end"),
        ({"start": dt.date(1999, 12, 31)}, "2000-01-01"),
        ({"zone": "Europe/Atlantis"}, "unknown"),
        ({"zone": "Europe"}, "unknown"),
        ({"zone": "../../etc/passwd"}, "unknown"),
        ({"zone": ""}, "unknown"),
        ({"zone": "a\0b"}, "unknown"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    whole = {"frequency": Frequency.DAILY, "at": dt.time(9), "zone": "UTC", "start": dt.date(2026, 11, 24)} | changes

    with pytest.raises(BadRule, match=message):
        Rule(**whole)  # type: ignore[arg-type]
