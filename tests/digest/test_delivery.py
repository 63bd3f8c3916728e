"""What becomes of a slot: sent, waited for, missed; and the marks by which its message is known."""

from __future__ import annotations

import datetime as dt
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.delivery import (
    MAX_NONCE,
    Decision,
    Missed,
    Send,
    State,
    Wait,
    decide,
    late_note,
    mark,
    may_move,
    nonce,
    quiet_until,
    spoken_span,
)

SLOT = dt.datetime(2026, 11, 24, 8, 0, tzinfo=dt.UTC)  # 09:00 in Copenhagen
NIGHT = (dt.time(22), dt.time(7))
COPENHAGEN = "Europe/Copenhagen"
MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001


def span(text: str) -> dt.timedelta:
    hours, minutes = text.split(":")
    return dt.timedelta(hours=int(hours), minutes=int(minutes))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


ON_TIME = Send(dt.timedelta(0), ping=True)


@pytest.mark.parametrize(
    ("late", "decision"),
    [
        ("-1:00", Wait(SLOT)),
        ("0:00", ON_TIME),
        ("0:10", ON_TIME),
        ("0:11", Send(span("0:11"), ping=False)),
        ("5:59", Send(span("5:59"), ping=False)),
        ("6:00", Send(span("6:00"), ping=False)),
        ("6:01", Missed("It would have been 6 h 1 min late; the grace time is 6 h.")),
        ("800:00", Missed("It would have been 33 days 8 h late; the grace time is 6 h.")),
    ],
)
def test_a_slot_is_sent_on_time_or_late_without_a_ping_or_missed(late: str, decision: Decision) -> None:
    assert decide(SLOT, SLOT + span(late)) == decision


@pytest.mark.parametrize(
    ("slot", "now", "decision"),
    [
        ("2026-11-24T21:30", "2026-11-24T21:35", ON_TIME),
        ("2026-11-24T19:00", "2026-11-24T20:30", Send(span("1:30"), ping=False)),
        ("2026-11-25T02:00", "2026-11-25T03:00", Wait(utc("2026-11-25T06:00"))),
        ("2026-11-25T00:10", "2026-11-25T03:00", Wait(utc("2026-11-25T06:00"))),
        (
            "2026-11-25T00:09",
            "2026-11-25T03:00",
            Missed("It was 2 h 51 min late, and quiet hours last beyond the grace time."),
        ),
        (
            "2026-11-24T20:00",
            "2026-11-24T22:00",
            Missed("It was 2 h late, and quiet hours last beyond the grace time."),
        ),
        ("2026-11-25T02:00", "2026-11-25T06:00", Send(span("4:00"), ping=False)),
    ],
)
def test_what_is_late_waits_for_the_end_of_quiet_hours_within_the_grace_time(
    slot: str, now: str, decision: Decision
) -> None:
    assert decide(utc(slot), utc(now), quiet=NIGHT, zone=COPENHAGEN) == decision


def test_a_grace_time_may_be_short() -> None:
    assert isinstance(decide(SLOT, SLOT + span("1:01"), grace=span("1:00")), Missed)


@given(MOMENTS, st.timedeltas(dt.timedelta(-1), dt.timedelta(1)), st.tuples(st.times(), st.times()))
def test_nothing_late_is_sent_in_quiet_hours(
    slot: dt.datetime, late: dt.timedelta, quiet: tuple[dt.time, dt.time]
) -> None:
    decision = decide(slot, slot + late, quiet=quiet, zone=COPENHAGEN)

    if isinstance(decision, Send) and decision.late:
        assert quiet_until(slot + late, quiet, COPENHAGEN) is None


@given(MOMENTS, st.timedeltas(dt.timedelta(-1), dt.timedelta(1)), st.tuples(st.times(), st.times()))
def test_who_has_waited_is_sent(slot: dt.datetime, late: dt.timedelta, quiet: tuple[dt.time, dt.time]) -> None:
    decision = decide(slot, slot + late, quiet=quiet, zone=COPENHAGEN)

    if isinstance(decision, Wait):
        assert decision.until > slot + late
        assert isinstance(decide(slot, decision.until, quiet=quiet, zone=COPENHAGEN), Send)


@pytest.mark.parametrize(
    ("now", "quiet", "until"),
    [
        ("2026-11-24T21:30", NIGHT, "2026-11-25T06:00"),
        ("2026-11-24T21:00", NIGHT, "2026-11-25T06:00"),
        ("2026-11-25T05:59", NIGHT, "2026-11-25T06:00"),
        ("2026-11-25T06:00", NIGHT, None),
        ("2026-11-24T20:59", NIGHT, None),
        ("2026-11-24T12:30", (dt.time(13), dt.time(14)), "2026-11-24T13:00"),
        ("2026-11-24T13:00", (dt.time(13), dt.time(14)), None),
        ("2026-11-24T12:00", (dt.time(9), dt.time(9)), None),
        ("2027-03-27T23:00", (dt.time(22), dt.time(2, 30)), "2027-03-28T01:00"),
        ("2026-10-25T00:15", (dt.time(22), dt.time(2, 30)), "2026-10-25T00:30"),
        ("2026-10-25T01:15", (dt.time(22), dt.time(2, 30)), "2026-10-25T01:30"),
    ],
)
def test_quiet_hours_end_on_the_clock_of_their_zone(
    now: str, quiet: tuple[dt.time, dt.time], until: str | None
) -> None:
    assert quiet_until(utc(now), quiet, COPENHAGEN) == (utc(until) if until else None)


def test_quiet_hours_need_a_zone_that_exists() -> None:
    with pytest.raises(ValueError, match="Atlantis"):
        quiet_until(SLOT, NIGHT, "Europe/Atlantis")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "1 min"),
        (1, "1 min"),
        (59, "59 min"),
        (60, "1 h"),
        (130, "2 h 10 min"),
        (1500, "1 day 1 h"),
        (2880, "2 days"),
    ],
)
def test_a_span_is_said_in_two_units(minutes: int, said: str) -> None:
    assert spoken_span(dt.timedelta(minutes=minutes)) == said


def test_a_late_digest_says_so() -> None:
    assert late_note(span("2:10")) == "Posted 2 h 10 min late."


def test_a_punctual_digest_does_not_speak_of_its_time() -> None:
    assert late_note(dt.timedelta(0)) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *product([State.DUE], [State.CLAIMED, State.MISSED, State.SKIPPED]),
        *product([State.CLAIMED], [State.CLAIMED, State.DUE, State.SENT, State.MISSED, State.FAILED]),
    ],
)
def test_a_slot_may_move(before: State, after: State) -> None:
    assert may_move(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [*product([State.SENT, State.MISSED, State.FAILED, State.SKIPPED], State), (State.DUE, State.SENT)],
)
def test_a_slot_that_is_settled_stays_so(before: State, after: State) -> None:
    assert not may_move(before, after)


SCHEDULES = st.one_of(st.integers(0, 2**63), st.text(max_size=40))


@given(SCHEDULES, MOMENTS)
def test_a_nonce_fits_and_a_mark_can_be_read(schedule: int | str, slot: dt.datetime) -> None:
    assert len(nonce(schedule, slot)) <= MAX_NONCE
    assert re.fullmatch(r"Digest [0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}", mark(schedule, slot))


def test_nonce_and_mark_are_the_same_in_every_process_and_release() -> None:
    assert (nonce(7, SLOT), mark(7, SLOT)) == ("xfbs0tbv2z7a51535e7dpt8c", "Digest d5yw-717q")


def test_one_instant_has_one_nonce_in_whatever_zone_it_is_written() -> None:
    elsewhere = SLOT.astimezone(dt.timezone(dt.timedelta(hours=5)))

    assert (nonce(7, elsewhere), mark(7, elsewhere)) == (nonce(7, SLOT), mark(7, SLOT))


def test_every_slot_of_every_schedule_has_its_own_nonce_and_mark() -> None:
    slots = [(schedule, SLOT + dt.timedelta(days=day)) for schedule in range(100) for day in range(100)]

    assert len({nonce(*one) for one in slots}) == len(slots)
    assert len({mark(*one) for one in slots}) == len(slots)


def test_a_slot_without_zone_has_no_nonce() -> None:
    with pytest.raises(ValueError, match="aware"):
        nonce(7, SLOT.replace(tzinfo=None))
