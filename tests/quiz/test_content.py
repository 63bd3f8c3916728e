"""The quiz of the shipped pack: enough of it, true to its own index, and nothing that gives an answer away."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from bot.brief.pack import Pack
from bot.brief.quiz_items import Difficulty, ItemKind, QuizItem, faults
from bot.quiz.items import Item, Source
from bot.words.text import words


@pytest.fixture(scope="module")
def items(pack: Pack) -> tuple[QuizItem, ...]:
    return pack.quiz


@pytest.fixture(scope="module")
def choices(items: tuple[QuizItem, ...]) -> list[QuizItem]:
    return [item for item in items if item.kind is ItemKind.CHOICE]


def length_rank(item: QuizItem) -> float:
    """Give the right option's place by length, 0 for the shortest and 1 for the longest; ties share."""
    mine = len(str(item.answer))
    shorter = sum(len(text) < mine for text in item.wrong)
    equal = sum(len(text) == mine for text in item.wrong)
    return (shorter + equal / 2) / len(item.wrong)


def test_there_are_sixty_four_items_or_more(items: tuple[QuizItem, ...]) -> None:
    assert len(items) >= 64


def test_every_item_stands_within_the_bounds(items: tuple[QuizItem, ...]) -> None:
    assert [fault for item in items for fault in faults(item)] == []


def test_every_kind_is_there(items: tuple[QuizItem, ...]) -> None:
    assert {item.kind for item in items} == set(ItemKind)


def test_every_difficulty_has_at_least_fifteen_items(items: tuple[QuizItem, ...]) -> None:
    assert all(sum(item.difficulty is one for item in items) >= 15 for one in Difficulty)


def test_every_topic_has_enough_for_a_quiz_of_its_own(items: tuple[QuizItem, ...]) -> None:
    assert min(Counter(item.topic for item in items).values()) >= 10


def test_every_item_but_statements_has_three_wrong_answers(items: tuple[QuizItem, ...]) -> None:
    assert {len(item.wrong) for item in items if item.kind is not ItemKind.TRUE_FALSE} == {3}


def test_every_section_of_the_brief_is_asked_about(pack: Pack) -> None:
    asked = {place.section for item in pack.quiz for place in (item.place, *item.also) if place}

    assert asked == set(pack.outline)


def test_a_place_is_one_that_the_index_knows(pack: Pack) -> None:
    known = {entry.place for entry in pack.entries}

    assert {item.place for item in pack.quiz} <= known


def test_the_right_option_is_not_known_by_its_length(choices: list[QuizItem]) -> None:
    ranks = [length_rank(item) for item in choices]

    assert 0.4 <= sum(ranks) / len(ranks) <= 0.6


@pytest.mark.parametrize(("low", "high"), [*pairwise([0, 1 / 6, 1 / 2, 5 / 6, 1.01])])
def test_the_right_option_has_every_rank_by_length_about_equally_often(
    choices: list[QuizItem], low: float, high: float
) -> None:
    share = sum(low <= length_rank(item) < high for item in choices) / len(choices)

    assert 0.15 <= share <= 0.35


def test_no_option_is_much_longer_than_the_others(choices: list[QuizItem]) -> None:
    lengths = [sorted(map(len, (str(item.answer), *item.wrong))) for item in choices]

    assert all(found[-1] - found[0] <= 20 for found in lengths)


def test_the_right_option_is_never_the_one_that_begins_otherwise(choices: list[QuizItem]) -> None:
    told = [
        item.id
        for item in choices
        if len({_first(text) for text in item.wrong}) < len(item.wrong)
        and _first(str(item.answer)) not in {_first(text) for text in item.wrong}
    ]

    assert told == []


def _first(text: str) -> str:
    return words(text)[0]


def test_statements_are_true_about_as_often_as_false(items: tuple[QuizItem, ...]) -> None:
    held = [item.answer for item in items if item.kind is ItemKind.TRUE_FALSE]

    assert 0.35 <= sum(map(bool, held)) / len(held) <= 0.65


def test_a_number_of_a_figure_is_the_number_of_the_figure(pack: Pack) -> None:
    known = {value for figure in pack.figures for _, _, value, _ in figure.cells}
    asked = {item.answer for item in pack.quiz if item.kind is ItemKind.NUMBER and item.unit == "%"}

    assert asked <= known


def test_a_question_does_not_hold_its_answer(bank: tuple[Item, ...]) -> None:
    told = [
        item.id
        for item in bank
        if item.source is Source.CURATED
        and item.kind is ItemKind.TEXT
        and f" {' '.join(words(item.answer))} " in f" {' '.join(words(item.stem))} "
    ]

    assert told == []


def test_an_explanation_says_something_else_than_the_question(items: tuple[QuizItem, ...]) -> None:
    assert [item.id for item in items if words(item.explanation) == words(item.question)] == []
