"""Typed answers: kind to spelling and wording, hard on other answers, numbers, dates and second thoughts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief.pack import Pack
from bot.quiz.items import Item
from bot.quiz.judging import MAX_TYPED, judge
from bot.quiz.verdicts import Outcome
from bot.quiz.wording import Lexicon
from bot.words.text import words
from tests.quiz.river_quiz import choice, number, text

Variants = dict[str, dict[str, dict[str, list[str]]]]


def read(name: str) -> Variants:
    found: Variants = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return found


VARIANTS = read("variants.yaml")
BLIND = read("variants_blind.yaml")
NINTH = text("day", "9 November 2016", "9 November")


@pytest.fixture(scope="module")
def items(bank: tuple[Item, ...]) -> dict[str, Item]:
    return {item.id: item for item in bank}


def misjudged(
    part: str, expected: str, items: dict[str, Item], lexicon: Lexicon, of: Variants = VARIANTS
) -> list[tuple[str, str]]:
    return [
        (name, typed)
        for name, variants in of[part].items()
        for typed in variants[expected]
        if judge(items[name], typed, lexicon).right != (expected == "right")
    ]


def count(part: str) -> int:
    return sum(len(variants["right"]) + len(variants["wrong"]) for variants in VARIANTS[part].values())


def test_the_variants_are_as_many_as_promised() -> None:
    assert count("tune") >= 150
    assert count("held-back") >= 300


def test_no_variant_was_looked_at_and_held_back() -> None:
    seen = {(name, typed) for name, found in VARIANTS["tune"].items() for kind in found.values() for typed in kind}
    held = {(name, typed) for name, found in VARIANTS["held-back"].items() for kind in found.values() for typed in kind}

    assert seen & held == set()


@pytest.mark.parametrize("part", ["tune", "held-back"])
def test_at_most_one_variant_in_a_hundred_is_wrongly_accepted(
    part: str, items: dict[str, Item], lexicon: Lexicon
) -> None:
    assert len(misjudged(part, "wrong", items, lexicon)) <= 0.01 * count(part)


@pytest.mark.parametrize("part", list(VARIANTS))
def test_at_most_five_variants_in_a_hundred_are_wrongly_refused(
    part: str, items: dict[str, Item], lexicon: Lexicon
) -> None:
    assert len(misjudged(part, "right", items, lexicon)) <= 0.05 * count(part)


def test_at_most_two_fresh_variants_in_a_hundred_are_wrongly_accepted(items: dict[str, Item], lexicon: Lexicon) -> None:
    assert len(misjudged("fresh", "wrong", items, lexicon)) <= 0.02 * count("fresh")


def blind(expected: str) -> int:
    return sum(len(variants[expected]) for part in BLIND.values() for variants in part.values())


def test_the_blind_variants_cover_every_typed_item(bank: tuple[Item, ...]) -> None:
    assert set(BLIND["first"]) == {item.id for item in bank if item.typed}
    assert blind("right") + blind("wrong") >= 360


@pytest.mark.parametrize(("expected", "share"), [("wrong", 0.01), ("right", 0.05)])
def test_few_of_the_blind_variants_are_misjudged(
    expected: str, share: float, items: dict[str, Item], lexicon: Lexicon
) -> None:
    found = [one for part in BLIND for one in misjudged(part, expected, items, lexicon, BLIND)]

    assert len(found) <= share * blind(expected), found


def test_every_right_answer_is_right(bank: tuple[Item, ...], lexicon: Lexicon) -> None:
    assert [item.id for item in bank if item.typed and not judge(item, item.answer, lexicon).right] == []


def test_every_wrong_option_is_wrong(bank: tuple[Item, ...], lexicon: Lexicon) -> None:
    taken = [
        (item.id, option)
        for item in bank
        if item.typed
        for option in item.options
        if option != item.answer and judge(item, option, lexicon).right
    ]

    assert taken == []


def test_a_negated_right_answer_is_wrong(bank: tuple[Item, ...], lexicon: Lexicon) -> None:
    taken = [
        item.id
        for item in bank
        if item.typed and "not" not in words(item.stem) and judge(item, f"not {item.answer}", lexicon).right
    ]

    assert taken == []


def test_a_right_answer_with_a_wrong_one_beside_it_is_wrong(bank: tuple[Item, ...], lexicon: Lexicon) -> None:
    taken = [
        (item.id, option)
        for item in bank
        if item.typed
        for option in item.options
        if option != item.answer and judge(item, f"{item.answer} or {option}", lexicon).right
    ]

    assert taken == []


def test_a_right_answer_in_capitals_with_marks_around_it_is_right(bank: tuple[Item, ...], lexicon: Lexicon) -> None:
    refused = [item.id for item in bank if item.typed and not judge(item, f"“{item.answer.upper()}”!", lexicon).right]

    assert refused == []


def test_a_slip_is_told(lexicon: Lexicon) -> None:
    assert judge(text("speaker", "Libya"), "Libia", lexicon).reason == "It is spelled “Libya”."


@pytest.mark.parametrize(
    ("accepted", "typed", "reason"),
    [
        ("Secretary of State", "Secretary", "Part of it is missing."),
        ("October 2016", "October", "Part of the date is missing."),
        ("Interventionist", "Intarwentyonist", "It is close; check the spelling."),
        ("Kari Aune", "Kari Maria Aune", "There is more in it than was asked for."),
    ],
)
def test_a_near_miss_is_told_and_does_not_count(accepted: str, typed: str, reason: str, lexicon: Lexicon) -> None:
    verdict = judge(text("speaker", accepted), typed, lexicon)

    assert (verdict.outcome, verdict.reason) == (Outcome.NEAR, reason)


@pytest.mark.parametrize("typed", ["60", "62", "16", "0.61"])
def test_a_number_that_is_only_near_does_not_count(typed: str) -> None:
    assert judge(number(value=61), typed).outcome is Outcome.NEAR


@pytest.mark.parametrize("typed", ["61", "61 %", "61%", "61 percent", "sixty-one per cent", "61.0", "61,0", "６１"])
def test_a_number_may_be_written_in_many_ways(typed: str) -> None:
    assert judge(number(value=61), typed).right


@pytest.mark.parametrize(
    "typed", ["61-65", "not 61", "61 or 62", "more than 61", ">61", "-61", "61 million", "61st", "six one", "61 apples"]
)
def test_a_number_with_something_that_changes_it_does_not_count(typed: str) -> None:
    assert not judge(number(value=61), typed).right


@pytest.mark.parametrize("typed", ["sixty-oen", "sixty one", "61 procent", "61 %, I'm sure", "like 61", "61 (61 %)"])
def test_a_slip_or_a_phrase_around_a_number_does_no_harm(typed: str, lexicon: Lexicon) -> None:
    assert judge(number(value=61), typed, lexicon).right


@pytest.mark.parametrize("typed", ["2016", "twenty sixteen", "two thousand and sixteen", "2O16"])
def test_a_year_may_be_written_in_many_ways(typed: str) -> None:
    assert judge(number(value=2016, unit=""), typed).right


@pytest.mark.parametrize("typed", ["tree", "sixt", "isn't 3", "thirteen"])
def test_a_word_that_may_be_another_number_is_no_slip(typed: str, lexicon: Lexicon) -> None:
    assert not judge(number(value=3, unit=""), typed, lexicon).right


@pytest.mark.parametrize(
    "typed",
    ["Wednesday 9 November 2016", "the ninth of november twenty sixteen", "9.11.", "Nov 9th, '16", "9 nov 2O16"],
)
def test_a_date_may_be_written_in_many_ways(typed: str) -> None:
    assert judge(NINTH, typed).right


@pytest.mark.parametrize("typed", ["twenty-ninth of November", "9.12.", "November", "9 November '15"])
def test_another_date_does_not_count(typed: str) -> None:
    assert not judge(NINTH, typed).right


@pytest.mark.parametrize("typed", ["1234.5", "1,234.5", "1.234,5", "1'234.5", "1234,5"])
def test_thousands_may_be_parted_as_in_any_country(typed: str) -> None:
    assert judge(number(value=1234.5, unit=""), typed).right


def test_a_count_is_no_percentage() -> None:
    assert not judge(number(value=3, unit=""), "3 %").right


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "?!"])
def test_nothing_is_wrong(typed: str) -> None:
    assert judge(text(), typed).outcome is Outcome.WRONG


def test_word_order_articles_and_accents_do_not_count(lexicon: Lexicon) -> None:
    assert judge(text("speaker", "The Board of Rivers"), "ríver boards", lexicon).right


def test_a_word_of_the_language_is_no_slip_of_another(lexicon: Lexicon) -> None:
    assert not judge(text("place", "Crimea"), "crime", lexicon).right


def test_a_number_in_words_is_not_exchanged_for_another(lexicon: Lexicon) -> None:
    assert not judge(text("year", "Summit of 2015"), "Summit of 2016", lexicon).right


def test_names_of_the_glossary_count(lexicon: Lexicon) -> None:
    assert judge(text("side", "NATO"), "the North Atlantic Treaty Organisation", lexicon).right


def test_the_name_of_something_else_is_no_kind_wording(lexicon: Lexicon) -> None:
    assert not judge(text("place", "Syria"), "the Syrian president", lexicon).right


@pytest.mark.parametrize(
    ("stem", "accepted", "typed"),
    [
        ("Which Syrian president is meant?", ("Bashar al-Assad",), "the president of Syria"),  # the question again
        ("Which country is meant?", ("Syria",), "Damascus"),
        ("Which group is meant?", ("Islamic State", "IS"), "terrorists"),  # of IS terrorists
        ("Which country is meant?", ("Georgia",), "Georgia in America"),
    ],
)
def test_a_name_that_does_not_answer_the_question_does_not_count(
    stem: str, accepted: tuple[str, ...], typed: str, lexicon: Lexicon
) -> None:
    assert not judge(replace(text("thing", *accepted), stem=stem), typed, lexicon).right


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("Secretary of State", "Sec. of State"),
        ("NATO", "NAT0"),
        ("Islamic State", "Islamic State of Iraq and Syria"),
        ("Libya", "it was Libya, wasn't it"),
        ("Libya", "Lyibia"),
        ("Georgia", "georgia in the caucasus"),
        ("Bashar al-Assad", "Bachar el-Assad"),
        ("Vladimir Putin", "Vladimir Vladimirovich Putin"),
    ],
)
def test_a_short_form_or_a_remark_does_no_harm(accepted: str, typed: str, lexicon: Lexicon) -> None:
    assert judge(text("thing", accepted), typed, lexicon).right


def test_an_answer_that_is_picked_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="picked"):
        judge(choice(), "fish swims")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_gets_a_verdict(typed: str) -> None:
    for item in (text(), number(), text("day", "9 November 2016")):
        assert judge(item, typed).outcome in Outcome


@settings(deadline=None)
@given(st.text(max_size=60))
def test_what_stands_beyond_the_longest_answer_is_not_read(beyond: str) -> None:
    padded = "Kari Aune".ljust(MAX_TYPED)

    assert judge(text(), padded + "x" + beyond) == judge(text(), padded)


def test_own_questions_are_judged_without_a_glossary(pack: Pack) -> None:
    assert pack.glossary.aliases
    assert judge(text("speaker", "Kari Aune"), "kari aunne").right
