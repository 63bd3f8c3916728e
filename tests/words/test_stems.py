"""Words to stems."""

from __future__ import annotations

import pytest

from bot.words.stems import stem


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("said", "say"), ("says", "say"), ("won", "win"), ("lost", "lose"), ("fought", "fight"), ("met", "meet"),
        ("left", "leave"), ("gave", "give"), ("took", "take"), ("taken", "take"), ("held", "hold"), ("stole", "steal"),
        ("chosen", "choose"), ("wrote", "write"), ("written", "write"), ("knew", "know"), ("saw", "see"),
        ("spoke", "speak"), ("went", "go"), ("became", "become"), ("fell", "fall"), ("rose", "rise"), ("led", "lead"),
        ("understood", "understand"), ("worse", "bad"), ("best", "good"), ("women", "woman"),
        ("countries", "country"), ("crises", "crisis"), ("analyses", "analysis"), ("allies", "ally"),
    ],
)  # fmt: skip
def test_an_irregular_form_has_the_stem_of_its_word(form: str, word: str) -> None:
    assert stem(form) == stem(word)


@pytest.mark.parametrize(
    "family",
    [("sanction", "sanctions", "sanctioned"), ("hope", "hopes", "hoped", "hoping"), ("election", "elections")],
)
def test_regular_forms_share_a_stem(family: tuple[str, ...]) -> None:
    assert len(set(map(stem, family))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("russia", "crimea"), ("trump", "trumpet"), ("nation", "nato"), ("putin", "put"), ("syria", "serbia")],
)
def test_words_of_different_meaning_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("number", ["61", "2016", "9"])
def test_a_number_is_its_own_stem(number: str) -> None:
    assert stem(number) == number


def test_nothing_has_no_stem() -> None:
    assert stem("") == ""
