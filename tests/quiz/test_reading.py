"""Numbers and dates as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.dates import Moment, read_date, whole_date
from bot.quiz.numerals import read_numbers

DAYS = st.dates()
MONTHS = "January February March April May June July August September October November December".split()


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("sixty-one", [61]),
        ("sixtyone", [61]),
        ("fourty four", [44]),
        ("two hundred and five", [205]),
        ("three thousand and twelve", [3012]),
        ("38 million", [38_000_000]),
        ("one million two hundred thousand", [1_200_000]),
        ("two three", [2, 3]),
        ("there are three", [3]),
        ("no number", []),
        ("61-65", [61, -65]),
        ("1,5", [1.5]),
    ],
)
def test_numbers_are_found(typed: str, numbers: list[float]) -> None:
    assert [min(found) for found in read_numbers(typed).numbers] == numbers


def test_a_comma_before_three_digits_is_read_in_both_ways() -> None:
    assert read_numbers("1,234").numbers == (frozenset({1.234, 1234.0}),)


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_a_whole_number_reads_as_itself(value: int) -> None:
    assert float(value) in read_numbers(str(value)).numbers[0]


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_text_can_be_searched_for_numbers_and_dates(typed: str) -> None:
    assert read_numbers(typed).numbers is not None
    assert read_date(typed).readings is not None


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("October 2016", Moment(2016, 10)),
        ("Sept. 2015", Moment(2015, 9)),
        ("09/2015", Moment(2015, 9)),
        ("2015-09", Moment(2015, 9)),
        ("the ninth of November 2016", Moment(2016, 11, 9)),
        ("Nov 9th", Moment(None, 11, 9)),
        ("2016-11-09", Moment(2016, 11, 9)),
        ("Ocotber 2016", Moment(2016, 10)),
        ("2015", Moment(2015)),
    ],
)
def test_dates_are_found(typed: str, moment: Moment) -> None:
    assert read_date(typed).readings == {moment}


def test_day_and_month_in_digits_may_stand_in_either_order() -> None:
    assert read_date("9/11/2016").readings == {Moment(2016, 11, 9), Moment(2016, 9, 11)}


@pytest.mark.parametrize("typed", ["", "Crimea", "March or May 2014", "13/13/2014", "9 10 November 2016"])
def test_what_is_no_single_date_has_no_reading(typed: str) -> None:
    assert read_date(typed).readings == frozenset()


@settings(deadline=None)
@given(DAYS)
def test_every_day_reads_as_itself(day: object) -> None:
    year, month, date = map(int, str(day).split("-"))

    assert Moment(year, month, date) in read_date(f"{date} {MONTHS[month - 1]} {year:04}").readings
    assert Moment(year, month, date) in read_date(str(day)).readings


@pytest.mark.parametrize("text", ["Crimea", "2016", "In the summer of March 2014", "9.11.2016"])
def test_an_accepted_answer_that_is_no_plain_date_is_judged_as_words(text: str) -> None:
    assert whole_date(text) is None
