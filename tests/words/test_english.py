"""What is common English, and how common."""

from __future__ import annotations

import pytest

from bot.files.english import common_english
from bot.words.english import English


@pytest.fixture(scope="module")
def english() -> English:
    return common_english()


@pytest.mark.parametrize("word", ["the", "question", "bicycle", "running", "walked", "bananas"])
def test_a_word_or_a_form_of_one_is_known(english: English, word: str) -> None:
    assert word in english


@pytest.mark.parametrize("word", ["", "xqzt", "clitnon", "hvorfor"])
def test_what_is_no_word_is_not_known(english: English, word: str) -> None:
    assert word not in english


def test_a_commoner_word_has_a_lower_rank(english: English) -> None:
    ranks = [english.rank(word) for word in ("the", "question", "sovereignty")]

    assert ranks == sorted(rank for rank in ranks if rank is not None)


def test_an_unknown_word_has_no_rank(english: English) -> None:
    assert english.rank("clitnon") is None


def test_the_commoner_of_two_near_words_is_taken() -> None:
    repair = English(["lost", "mist", "list"]).speller.repair("lsit")

    assert repair is not None
    assert repair.word == "list"


def test_words_of_two_letters_are_no_repair() -> None:
    assert "of" not in English(["of", "often"]).speller


@pytest.mark.parametrize("word", ["house", "friend", "brief", "Russia".lower(), "their"])
def test_a_real_word_is_never_a_slip(english: English, word: str) -> None:
    assert word in english
