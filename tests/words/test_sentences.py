"""Paragraphs to sentences."""

from __future__ import annotations

import pytest

from bot.words.text import sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Putin spoke.",
        "Dr. Hansen and Prof. Krag met.",
        "F. S. Hansen wrote it.",
        "U.S. policy is new.",
        "See Fig. 1 and para. 3.",
        "DIIS Policy Brief, Vol. 2016, No. November.",
        "It is no. 7 of the series.",
        "They rose by 3.5 points.",
        "Neighbours, e.g. Georgia, pay.",
        "It was 61 % vs. 20 %.",
        "Hansen et al. agree.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} He left.") == [sentence, "He left."]


@pytest.mark.parametrize("end", ["?", "!", ".", "…", "?!"])
def test_a_mark_ends_a_sentence(end: str) -> None:
    assert sentences(f"Will it last{end} Nobody knows.") == [f"Will it last{end}", "Nobody knows."]


@pytest.mark.parametrize("closed", ['"Good."', "“Good.”", "(He left.)", "[So he says.]", "“It was (really.)”"])
def test_a_closing_mark_stays_with_its_sentence(closed: str) -> None:
    assert sentences(f"{closed} They spoke.") == [closed, "They spoke."]


@pytest.mark.parametrize("opened", ["“Good.”", '"Good."', "(He left.)", "‘Good.’", "61 % agree."])
def test_an_opening_mark_begins_a_sentence(opened: str) -> None:
    assert sentences(f"They spoke. {opened}") == ["They spoke.", opened]


def test_no_at_the_end_of_a_sentence_ends_it() -> None:
    assert sentences("He said no. Then he left.") == ["He said no.", "Then he left."]


def test_a_small_letter_does_not_begin_a_sentence() -> None:
    assert sentences("NATO is obsolete ... or so he says.") == ["NATO is obsolete ... or so he says."]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_a_text_without_a_full_stop_is_one_sentence() -> None:
    assert sentences("  the view from Russia ") == ["the view from Russia"]


def test_sentences_across_lines_are_parted() -> None:
    assert sentences("It began.\nIt ended.") == ["It began.", "It ended."]
