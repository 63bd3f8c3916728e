"""What a moderator types, and the rule that it makes or the sentence that says why it makes none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.digest.rules import LAST, Frequency, Nth, Rule, next_slots
from bot.digest.wishes import Refused, Wishes, parse, typed
from tests.digest.drawing import ZONES, rules

NOW = dt.datetime(2026, 11, 24, 10, 0, tzinfo=dt.UTC)  # a Tuesday
TODAY = NOW.date()
FIELDS = ("repeat", "days", "time", "zone", "start", "end")


def read(base: Rule | None = None, **wishes: str) -> Rule | Refused:
    zone = "" if base else "Europe/Copenhagen"
    return parse(Wishes(**({"zone": zone} | wishes)), NOW, ZONES, base)  # type: ignore[arg-type]


def made(base: Rule | None = None, **wishes: str) -> Rule:
    outcome = read(base, **wishes)
    assert isinstance(outcome, Rule), outcome
    return outcome


def refused(base: Rule | None = None, **wishes: str) -> dict[str, str]:
    outcome = read(base, **wishes)
    assert isinstance(outcome, Refused), outcome
    return {trouble.field: trouble.sentence for trouble in outcome.troubles}


def test_all_wishes_make_a_rule() -> None:
    outcome = parse(
        Wishes(
            repeat="weekly",
            days="mon thu",
            time="9.30",
            zone="copenhagen",
            start="next monday",
            end="31 jan",
            until_exhausted=True,
        ),
        NOW,
        ZONES,
    )

    assert outcome == Rule(
        frequency=Frequency.WEEKLY,
        at=dt.time(9, 30),
        zone="Europe/Copenhagen",
        start=dt.date(2026, 11, 30),
        end=dt.date(2027, 1, 31),
        weekdays=(0, 3),
        until_exhausted=True,
    )


@pytest.mark.parametrize(
    ("wishes", "frequency"),
    [
        ({"days": "mon"}, Frequency.WEEKLY),
        ({"days": "15"}, Frequency.MONTHLY),
        ({"days": "last fri"}, Frequency.MONTHLY),
        ({"days": "every day"}, Frequency.DAILY),
        ({"repeat": "daily", "days": "weekdays"}, Frequency.WEEKLY),
        ({"repeat": "weekly", "days": "every day"}, Frequency.DAILY),
        ({"repeat": "Every Month", "days": "15"}, Frequency.MONTHLY),
    ],
    ids=str,
)
def test_the_rhythm_follows_from_the_days(wishes: dict[str, str], frequency: Frequency) -> None:
    assert made(None, **wishes).frequency is frequency


def test_a_weekly_digest_without_days_takes_the_day_on_which_it_starts() -> None:
    assert made(repeat="weekly", start="next friday").weekdays == (4,)


def test_a_monthly_digest_without_days_takes_the_day_on_which_it_starts() -> None:
    assert made(repeat="monthly", start="2026-12-15").month_day == 15


def test_blank_wishes_mean_nine_o_clock_from_today_without_end() -> None:
    rule = made(repeat="daily")

    assert (rule.at, rule.start, rule.end, rule.until_exhausted) == (dt.time(9), TODAY, None, False)


def test_today_is_the_day_of_the_zone() -> None:
    late = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
    outcome = parse(Wishes(repeat="daily", zone="Asia/Tokyo"), late, ZONES)

    assert isinstance(outcome, Rule)
    assert outcome.start == dt.date(2026, 11, 25)


@pytest.mark.parametrize("word", ["never", "None", "no end"])
def test_a_schedule_need_not_end(word: str) -> None:
    assert made(repeat="daily", end=word).end is None


@pytest.mark.parametrize(
    ("wishes", "troubles"),
    [
        ({}, {"repeat": "Say how often: daily, weekly or monthly."}),
        ({"repeat": "yearly"}, {"repeat": "“yearly” is no rhythm here; choose daily, weekly or monthly."}),
        ({"repeat": "wekly"}, {"repeat": "“wekly” is no rhythm here; did you mean weekly?"}),
        (
            {"repeat": "daily", "days": "15"},
            {"days": "A daily digest takes no day of the month; or choose monthly."},
        ),
        (
            {"repeat": "weekly", "days": "last"},
            {"days": "A weekly digest takes days of the week, such as “mon thu”; or choose monthly."},
        ),
        (
            {"repeat": "monthly", "days": "friday"},
            {"days": "Say which Friday of the month, such as “first friday”."},
        ),
        (
            {"repeat": "daily", "start": "yesterday"},
            {"start": "That date is in the past; today is 24 November 2026."},
        ),
        (
            {"repeat": "daily", "start": "1 dec", "end": "30 nov"},
            {"end": "The end lies before the start, 1 December 2026; choose a later end."},
        ),
        (
            {"repeat": "daily", "end": "today"},
            {"end": "Nothing would be due before the end; choose a later end, or none."},
        ),
        (
            {"repeat": "weekly", "days": "mon", "end": "friday"},
            {"end": "Nothing would be due before the end; choose a later end, or none."},
        ),
        (
            {"repeat": "daily", "start": "1 Dec 2036"},
            {"start": "That date is more than 10 years away; choose a nearer one."},
        ),
        ({"repeat": "daily", "zone": ""}, {"zone": "Name a time zone, such as Europe/Copenhagen."}),
    ],
    ids=str,
)
def test_wishes_that_cannot_be_say_why(wishes: dict[str, str], troubles: dict[str, str]) -> None:
    assert refused(None, **wishes) == troubles


def test_every_option_that_cannot_be_says_so_at_once() -> None:
    found = refused(repeat="yearly", days="xyz", time="25", zone="Mars", start="soon", end="later")

    assert list(found) == ["repeat", "days", "time", "zone", "start", "end"]


@given(st.fixed_dictionaries({field: st.text(max_size=120) for field in FIELDS}))
def test_whatever_is_typed_there_is_a_rule_or_a_reason(wishes: dict[str, str]) -> None:
    outcome = parse(Wishes(**wishes), NOW, ZONES)  # type: ignore[arg-type]

    assert isinstance(outcome, Rule) or outcome.troubles


@given(rules())
def test_a_rule_that_is_typed_again_is_the_same_rule(rule: Rule) -> None:
    now = dt.datetime.combine(rule.start, dt.time(0), dt.UTC) - dt.timedelta(days=2)
    assume(rule.zone not in {"Factory", "localtime"} and next_slots(rule, now, 1))

    assert parse(typed(rule), now, ZONES) == rule


WEEKLY = Rule(
    frequency=Frequency.WEEKLY,
    at=dt.time(9),
    zone="Europe/Copenhagen",
    start=dt.date(2026, 9, 1),
    end=dt.date(2027, 6, 30),
    weekdays=(0, 3),
    until_exhausted=True,
)


def test_an_edit_without_wishes_changes_nothing() -> None:
    assert made(WEEKLY) == WEEKLY


@pytest.mark.parametrize(
    ("wishes", "changed"),
    [
        ({"time": "18"}, {"at": dt.time(18)}),
        ({"days": "fri"}, {"weekdays": (4,)}),
        ({"repeat": "weekly"}, {}),
        ({"days": "last fri"}, {"frequency": Frequency.MONTHLY, "weekdays": (), "nth": Nth(LAST, 4)}),
        ({"repeat": "daily"}, {"frequency": Frequency.DAILY, "weekdays": ()}),
        ({"end": "never"}, {"end": None}),
        ({"zone": "Oslo"}, {"zone": "Europe/Oslo"}),
    ],
    ids=str,
)
def test_an_edit_changes_only_what_is_typed(wishes: dict[str, str], changed: dict[str, object]) -> None:
    rule = made(WEEKLY, **wishes)

    assert {name: getattr(rule, name) for name in changed} == changed
    assert {name for name in Rule.__slots__ if getattr(rule, name) != getattr(WEEKLY, name)} == set(changed)


def test_an_edit_cannot_move_the_start_into_another_past() -> None:
    assert set(refused(WEEKLY, start="2026-09-02")) == {"start"}


def test_an_edit_can_give_up_the_end_with_the_last_digest() -> None:
    outcome = parse(Wishes(until_exhausted=False), NOW, ZONES, WEEKLY)

    assert isinstance(outcome, Rule)
    assert not outcome.until_exhausted
