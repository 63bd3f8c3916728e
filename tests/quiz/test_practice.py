"""Practice: five questions on a page, the ones that went wrong first, and progress in sentences."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from bot.brief.quiz_items import MAX_DESCRIPTION, MAX_LABEL, MAX_OPTION, ItemKind
from bot.quiz.items import TRUE_FALSE, Item
from bot.quiz.practice import Result, mark, page, progress, results_of
from tests.quiz.river_quiz import NOON, choice, number, text

BANK = tuple(choice(f"item{index}", topic=f"Topic {index % 2}") for index in range(8))


def result(name: str, *, right: bool, days: float = 1) -> Result:
    return Result(name, right, NOON - dt.timedelta(days=days))


def asked(*results: Result, seed: int = 1, topic: str = "") -> list[str]:
    return [field.item.id for field in page(BANK, results, random.Random(seed), NOON, topic)]


def test_a_page_has_five_questions(bank: tuple[Item, ...]) -> None:
    assert len(page(bank, (), random.Random(1), NOON)) == 5


@pytest.mark.parametrize("seed", range(30))
def test_every_page_fits_a_form(bank: tuple[Item, ...], seed: int) -> None:
    for field in page(bank, (), random.Random(seed), NOON):
        assert 1 <= len(field.label) <= MAX_LABEL
        assert len(field.description) <= MAX_DESCRIPTION
        assert 2 <= len(field.item.options) <= 10
        assert all(1 <= len(option) <= MAX_OPTION for option in field.item.options)


def test_label_and_description_are_the_whole_question(bank: tuple[Item, ...]) -> None:
    for field in page(bank, (), random.Random(1), NOON):
        assert f"{field.label} {field.description}".strip() == field.item.stem


def test_options_are_in_another_order_each_time() -> None:
    item = choice("fish")
    orders = [page((item,), (), random.Random(seed), NOON)[0].order for seed in range(20)]

    assert len(set(orders)) > 5
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2, 3)}


@pytest.mark.parametrize(
    "item",
    [
        number(),
        replace(choice("rain"), kind=ItemKind.TRUE_FALSE, options=TRUE_FALSE),
        replace(choice("poll"), options=("More", "Less")),
        replace(choice("trade"), options=("Higher", "Lower")),
    ],
    ids=lambda item: item.id,
)
def test_an_order_that_says_something_stays(item: Item) -> None:
    assert {page((item,), (), random.Random(seed), NOON)[0].order for seed in range(20)} == {()}


def test_the_same_seed_gives_the_same_page(bank: tuple[Item, ...]) -> None:
    assert page(bank, (), random.Random(3), NOON) == page(bank, (), random.Random(3), NOON)


def test_what_went_wrong_comes_back_first_the_longest_ago_before_the_others() -> None:
    found = asked(result("item3", right=False, days=1), result("item5", right=False, days=2))

    assert found[:2] == ["item5", "item3"]


def test_what_was_right_since_does_not_come_back_as_wrong() -> None:
    found = asked(result("item3", right=False, days=0.6), result("item3", right=True, days=0.5))

    assert "item3" not in found


def test_the_latest_result_counts_whatever_order_results_come_in() -> None:
    found = asked(result("item3", right=True, days=0.5), result("item3", right=False, days=0.6))

    assert "item3" not in found


def test_what_is_due_again_comes_before_what_was_never_asked() -> None:
    assert asked(result("item6", right=True, days=1.5))[0] == "item6"


def test_what_was_right_twice_waits_longer() -> None:
    twice = (result("item6", right=True, days=3), result("item6", right=True, days=1.5))

    assert "item6" not in asked(*twice)


def test_what_is_not_due_comes_when_nothing_else_is_left() -> None:
    results = [result(f"item{index}", right=True, days=0.1) for index in range(6)]

    assert {"item6", "item7"} <= set(asked(*results))
    assert len(asked(*results)) == 5


def test_a_page_of_a_topic_holds_nothing_else() -> None:
    assert set(asked(topic="Topic 1")) <= {"item1", "item3", "item5", "item7"}


def test_a_question_without_options_is_left_out() -> None:
    assert page((text(),), (), random.Random(1), NOON) == ()


def test_a_page_is_marked() -> None:
    fields = page(BANK, (), random.Random(1), NOON)
    picked = {fields[0].item.id: 0, fields[1].item.id: 1}

    assert [(one.picked, one.right) for one in mark(fields, picked)][:3] == [(0, True), (1, False), (None, False)]


def test_what_was_left_out_is_no_result() -> None:
    fields = page(BANK, (), random.Random(1), NOON)
    marked = mark(fields, {fields[0].item.id: 0})

    assert results_of(marked, NOON) == (Result(fields[0].item.id, right=True, at=NOON),)


def test_a_page_that_went_wrong_is_the_next_page() -> None:
    fields = page(BANK, (), random.Random(1), NOON)
    results = results_of(mark(fields, {field.item.id: 1 for field in fields}), NOON)
    later = page(BANK, results, random.Random(2), NOON + dt.timedelta(minutes=1))

    assert {field.item.id for field in later} == {field.item.id for field in fields}


def test_who_has_not_practised_is_told_so() -> None:
    assert progress(BANK, (), NOON) == ("You have not practised yet.",)


def test_progress_is_told_by_topic_the_weakest_first() -> None:
    results = [result("item0", right=True, days=0.1), result("item2", right=True, days=2), result("item1", right=False)]

    assert progress(BANK, results, NOON) == (
        "You have tried 3 of 8 questions; 2 of them were right the last time.",
        "Topic 1: 1 of 4 tried, 0 right the last time, 1 comes back next.",
        "Topic 0: 2 of 4 tried, 2 right the last time, 1 comes back next.",
    )


def test_topics_that_were_not_begun_are_named() -> None:
    assert progress(BANK, [result("item0", right=True, days=0.1)], NOON)[-1] == "Not begun yet: Topic 1."
