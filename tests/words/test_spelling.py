"""Slips of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.words.spelling import MIN_REPAIRED, Speller

WORDS = (
    "clinton", "moscow", "sanctions", "ukraine", "syria", "which", "when", "isolationist", "sovereignty", "russia",
    "recommendations", "november", "full", "format", "geopolitical", "trump",
)  # fmt: skip


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(WORDS)


def read_as(speller: Speller, typed: str) -> str | None:
    repair = speller.repair(typed)
    return repair.word if repair else None


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("clitnon", "clinton"),
        ("mocsow", "moscow"),
        ("wehn", "when"),
        ("urkaine", "ukraine"),
    ],
)
def test_two_letters_swapped_are_swapped_back(speller: Speller, typed: str, word: str) -> None:
    assert read_as(speller, typed) == word


@pytest.mark.parametrize(("typed", "word"), [("clintn", "clinton"), ("wich", "which"), ("sanctons", "sanctions")])
def test_a_missing_letter_is_put_in(speller: Speller, typed: str, word: str) -> None:
    assert read_as(speller, typed) == word


@pytest.mark.parametrize(("typed", "word"), [("cllinton", "clinton"), ("syrria", "syria"), ("moscoww", "moscow")])
def test_a_letter_too_many_is_taken_out(speller: Speller, typed: str, word: str) -> None:
    assert read_as(speller, typed) == word


@pytest.mark.parametrize(("typed", "word"), [("clonton", "clinton"), ("ukreine", "ukraine")])
def test_a_wrong_letter_is_replaced(speller: Speller, typed: str, word: str) -> None:
    assert read_as(speller, typed) == word


@pytest.mark.parametrize(("typed", "word"), [("voscow", "moscow"), ("olinton", "clinton")])
def test_a_wrong_first_letter_is_replaced(speller: Speller, typed: str, word: str) -> None:
    assert read_as(speller, typed) == word


@pytest.mark.parametrize(
    ("typed", "word"), [("isolatoinst", "isolationist"), ("soveregnity", "sovereignty"), ("recomendatons", WORDS[10])]
)
def test_a_long_word_may_hold_two_slips(speller: Speller, typed: str, word: str) -> None:
    assert read_as(speller, typed) == word


@pytest.mark.parametrize("typed", ["cilntno", "mxsxow", "syrrrria"])
def test_a_short_word_may_not_hold_two_slips(speller: Speller, typed: str) -> None:
    assert read_as(speller, typed) is None


@pytest.mark.parametrize("typed", ["2014", "201x", "6l", "f0rmat", "n0vember", "61"])
def test_digits_are_never_repaired(typed: str) -> None:
    assert read_as(Speller(["2015", "2016", "format", "november", "60"]), typed) is None


@pytest.mark.parametrize("typed", ["", "a", "ful", "sya"])
def test_short_words_are_left_alone(speller: Speller, typed: str) -> None:
    assert read_as(speller, typed) is None


@pytest.mark.parametrize("typed", ["zzzzzz", "qwertz", "pizza"])
def test_a_word_like_no_other_stays_unknown(speller: Speller, typed: str) -> None:
    assert read_as(speller, typed) is None


def test_swapped_neighbours_go_before_a_replaced_letter() -> None:
    assert read_as(Speller(["form", "farm", "from"]), "fomr") == "form"


def test_of_equally_near_words_the_preferred_one_is_taken() -> None:
    assert read_as(Speller({"lost": 1.0, "list": 5.0}), "lust") == "list"


def test_a_word_that_begins_alike_goes_before_one_that_does_not() -> None:
    assert read_as(Speller({"bands": 9.0, "lanes": 1.0}), "lands") == "lanes"


def test_a_word_knows_whether_it_is_known(speller: Speller) -> None:
    assert ("clinton" in speller, "clitnon" in speller) == (True, False)


def test_words_run_together_are_parted(speller: Speller) -> None:
    assert speller.split("fullformat") == ("full", "format")


@pytest.mark.parametrize("typed", ["fullfarmat", "format", "", "syriafu"])
def test_what_is_not_two_known_words_is_not_parted(speller: Speller, typed: str) -> None:
    assert speller.split(typed) is None


def test_a_speller_without_words_repairs_nothing() -> None:
    assert read_as(Speller([]), "anything") is None


@settings(deadline=None)
@given(word=st.sampled_from(WORDS), at=st.integers(1, 30))
def test_any_one_letter_missing_is_put_in_again(speller: Speller, word: str, at: int) -> None:
    at = 1 + at % (len(word) - 1)
    typed = word[:at] + word[at + 1 :]

    assert len(typed) < MIN_REPAIRED or read_as(speller, typed) == word


@settings(deadline=None)
@given(typed=st.text(max_size=40))
def test_a_repair_is_a_known_word_and_its_likeness_a_share(speller: Speller, typed: str) -> None:
    repair = speller.repair(typed)

    assert repair is None or (repair.word in speller and 0 <= repair.likeness <= 1)
