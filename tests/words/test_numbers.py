"""Numbers, however they are written."""

from __future__ import annotations

import pytest

from bot.words.numbers import NUMBER_WORDS, join_numbers
from bot.words.text import words

TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@pytest.mark.parametrize("between", ["-", " ", "–"])
@pytest.mark.parametrize("tens", TENS)
def test_tens_and_units_are_one_number(tens: str, between: str) -> None:
    assert [words(f"{tens}{between}{unit}") for unit in UNITS] == [[str(TENS[tens] + n)] for n in range(1, 10)]


@pytest.mark.parametrize(("word", "digits"), [("zero", "0"), ("two", "2"), ("eleven", "11"), ("nineteen", "19")])
def test_a_number_word_is_its_digits(word: str, digits: str) -> None:
    assert words(word.title()) == [digits]


def test_one_alone_stays_a_pronoun() -> None:
    assert words("one of them") == ["one", "of", "them"]


def test_a_number_in_words_and_in_digits_is_the_same() -> None:
    assert words("sixty-one percent of thirty-seven") == words("61 % of 37")


@pytest.mark.parametrize(
    ("typed", "digits"), [("1st", "1"), ("2nd", "2"), ("3rd", "3"), ("16th", "16"), ("21ST", "21")]
)
def test_an_ordinal_in_digits_is_its_number(typed: str, digits: str) -> None:
    assert words(typed) == [digits]


@pytest.mark.parametrize("typed", ["first", "second", "third", "forthright", "4thly", "st", "th"])
def test_a_word_that_is_no_ordinal_in_digits_stays(typed: str) -> None:
    assert words(typed) == [typed]


@pytest.mark.parametrize(
    ("given", "joined"),
    [
        (["60", "one"], ["61"]),
        (["20", "3", "5"], ["23", "5"]),
        (["2", "20"], ["2", "20"]),
        (["20", "10"], ["20", "10"]),
        (["9", "11"], ["9", "11"]),
        (["2016", "1"], ["2016", "1"]),
        (["60", "percent", "one"], ["60", "percent", "one"]),
        ([], []),
    ],
)
def test_only_tens_before_units_are_joined(given: list[str], joined: list[str]) -> None:
    assert join_numbers(given) == joined


def test_a_year_stays_as_it_is() -> None:
    assert words("in 2014, 2015 and 2016") == ["in", "2014", "2015", "and", "2016"]


def test_number_words_are_all_below_a_hundred() -> None:
    assert {int(digits) for digits in NUMBER_WORDS.values()} <= set(range(100))
