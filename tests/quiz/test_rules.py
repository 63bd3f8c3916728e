"""Times by the length of the text, and points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.items import Item
from bot.quiz.rules import Rules, Scoring, gap_for, pause_after, points, seconds_for, time_for
from tests.quiz.river_quiz import choice, text, true_false

SPEED = Scoring.SPEED
RIGHT_ONLY = Scoring.RIGHT_ONLY


def test_a_longer_question_is_open_longer() -> None:
    long = choice("long", stem="word " * 25, options=tuple(f"{one} {'word ' * 12}" for one in "abcd"))

    assert seconds_for(long) > seconds_for(choice())


def test_a_typed_answer_has_time_to_be_typed() -> None:
    assert seconds_for(text()) > seconds_for(true_false())


def test_every_time_lies_between_twenty_seconds_and_two_minutes(bank: tuple[Item, ...]) -> None:
    assert all(20 <= seconds_for(item) <= 120 for item in bank)


def test_a_reader_of_a_hundred_words_a_minute_can_read_every_question_before_half_time(bank: tuple[Item, ...]) -> None:
    words = {item.id: len(" ".join((item.stem, *(() if item.typed else item.options))).split()) for item in bank}

    assert all(words[item.id] * 60 / 100 <= seconds_for(item) for item in bank)


def test_a_reveal_is_shown_long_enough_to_be_read(bank: tuple[Item, ...]) -> None:
    assert all(len(item.explanation.split()) * 60 / 100 <= gap_for(item) for item in bank)


@pytest.mark.parametrize(
    ("rules", "time", "gap"),
    [
        (Rules(), 20, 15),
        (Rules(seconds=30), 30, 15),
        (Rules(seconds=30, gap=0), 30, None),
        (Rules(seconds=0), None, None),
        (Rules(seconds=0, gap=30), None, None),
    ],
)
def test_the_instructor_sets_the_times_or_moves_on(rules: Rules, time: int | None, gap: int | None) -> None:
    assert (time_for(choice(), rules), pause_after(choice(), rules)) == (time, gap)


@pytest.mark.parametrize("seconds", [-1, 5, 601])
def test_no_other_times_are_taken(seconds: int) -> None:
    with pytest.raises(ValueError, match="10 to 600"):
        Rules(seconds=seconds)


@pytest.mark.parametrize("elapsed", [0, 2, 15, 30, 99])
def test_by_default_a_right_answer_is_one_point_however_fast(elapsed: float) -> None:
    assert points(right=True, elapsed=elapsed, allowed=30, scoring=RIGHT_ONLY) == 1


@pytest.mark.parametrize(("elapsed", "scored"), [(0, 1000), (2, 1000), (16, 750), (30, 500), (45, 500)])
def test_the_speed_bonus_is_full_for_two_seconds_and_falls_to_half(elapsed: float, scored: int) -> None:
    assert points(right=True, elapsed=elapsed, allowed=30, scoring=SPEED) == scored


def test_without_a_deadline_speed_does_not_count() -> None:
    assert points(right=True, elapsed=500, allowed=None, scoring=SPEED) == 1000


def test_extra_time_slows_the_fall() -> None:
    assert points(right=True, elapsed=16, allowed=60, scoring=SPEED) > 750


@settings(deadline=None)
@given(st.sampled_from(Scoring), st.floats(0, 700), st.none() | st.floats(1, 600))
def test_a_wrong_answer_is_never_worth_anything(scoring: Scoring, elapsed: float, allowed: float | None) -> None:
    assert points(right=False, elapsed=elapsed, allowed=allowed, scoring=scoring) == 0


@settings(deadline=None)
@given(st.floats(0, 700), st.floats(0, 700), st.floats(1, 600))
def test_a_slower_answer_is_never_worth_more(one: float, other: float, allowed: float) -> None:
    fast, slow = (
        points(right=True, elapsed=elapsed, allowed=allowed, scoring=SPEED) for elapsed in sorted((one, other))
    )

    assert 500 <= slow <= fast <= 1000
