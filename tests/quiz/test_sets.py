"""Sets: chosen by what a server has seen least, without items that go badly together."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief.places import Place
from bot.brief.quiz_items import Difficulty
from bot.quiz.items import Item, Source, as_choice, clash, reordered
from bot.quiz.records import dump_item, load_item
from bot.quiz.sets import choose, fitting, swap, topics
from tests.quiz.river_quiz import choice, number, text, true_false

HERE = Place("Summary", 1)
RIVER = tuple(choice(f"item{index}", topic=f"Topic {index % 3}") for index in range(12))


def test_the_same_seed_chooses_the_same_set(bank: tuple[Item, ...]) -> None:
    assert choose(bank, 10, random.Random(4)) == choose(bank, 10, random.Random(4))


def test_the_order_of_the_bank_does_not_matter(bank: tuple[Item, ...]) -> None:
    assert choose(bank, 10, random.Random(4)) == choose(bank[::-1], 10, random.Random(4))


@settings(deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 30))
def test_a_set_has_as_many_items_as_wanted_and_none_clash(bank: tuple[Item, ...], seed: int, count: int) -> None:
    chosen = choose(bank, count, random.Random(seed))

    assert len(chosen) == count
    assert not any(clash(one, other) for one, other in combinations(chosen, 2))


def test_nothing_repeats_before_the_bank_is_through() -> None:
    seen: Counter[str] = Counter()
    for seed in range(4):
        seen.update(item.id for item in choose(RIVER, 3, random.Random(seed), seen=seen))

    assert set(seen.values()) == {1}
    assert len(seen) == len(RIVER)


def test_after_that_it_begins_anew() -> None:
    seen = dict.fromkeys((item.id for item in RIVER), 1) | {RIVER[0].id: 0}

    assert RIVER[0] in choose(RIVER, 3, random.Random(1), seen=seen)
    assert len(choose(RIVER, 3, random.Random(1), seen=seen)) == 3


def test_the_shipped_bank_lasts_for_eight_quizzes_of_ten(bank: tuple[Item, ...]) -> None:
    seen: Counter[str] = Counter()
    for seed in range(8):
        seen.update(item.id for item in choose(bank, 10, random.Random(seed), seen=seen))

    assert max(seen.values()) == 1


def test_a_set_spreads_over_the_topics(bank: tuple[Item, ...]) -> None:
    chosen = choose(bank, 8, random.Random(3))

    assert len({item.topic for item in chosen}) == 8


def test_a_set_of_a_topic_and_difficulty_holds_nothing_else(bank: tuple[Item, ...]) -> None:
    chosen = choose(bank, 5, random.Random(1), topic="Polls in Russia", difficulty=Difficulty.HARD)

    assert {(item.topic, item.difficulty) for item in chosen} == {("Polls in Russia", Difficulty.HARD)}


def test_easy_items_come_first(bank: tuple[Item, ...]) -> None:
    order = [item.difficulty for item in choose(bank, 15, random.Random(2))]

    assert order == sorted(order, key=[Difficulty.EASY, Difficulty.MEDIUM, Difficulty.HARD].index)


def test_a_small_bank_gives_a_small_set() -> None:
    assert len(choose(RIVER[:2], 5, random.Random(1))) == 2


def test_an_unknown_topic_gives_nothing(bank: tuple[Item, ...]) -> None:
    assert fitting(bank, "Cooking") == ()


def test_topics_are_counted() -> None:
    assert topics(RIVER) == {"Topic 0": 4, "Topic 1": 4, "Topic 2": 4}


@settings(deadline=None)
@given(seed=st.integers(0, 1_000), at=st.integers(0, 9))
def test_a_swapped_item_is_another_one_that_goes_with_the_rest(bank: tuple[Item, ...], seed: int, at: int) -> None:
    chosen = choose(bank, 10, random.Random(1))

    swapped = swap(chosen, at, bank, random.Random(seed))

    assert swapped is not None
    assert [one == other for one, other in zip(chosen, swapped, strict=True)].count(False) == 1
    assert swapped[at].id != chosen[at].id
    assert not any(clash(one, other) for one, other in combinations(swapped, 2))


def test_a_swapped_item_is_of_the_same_topic_and_difficulty_where_there_is_one() -> None:
    alike = choice("alike", topic="Topic 0", difficulty=Difficulty.HARD)
    old = choice("old", topic="Topic 0", difficulty=Difficulty.HARD)

    assert swap((old,), 0, (*RIVER, alike, old), random.Random(1)) == (alike,)


def test_what_was_dropped_does_not_come_back() -> None:
    swapped = swap(RIVER[:2], 0, RIVER[:4], random.Random(1), dropped=frozenset({"item2"}))

    assert swapped is not None
    assert swapped[0].id == "item3"


def test_a_bank_without_another_item_cannot_swap() -> None:
    assert swap(RIVER[:2], 0, RIVER[:2], random.Random(1)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (choice("a"), choice("a", stem="Another stem?")),
        (choice("a", about="cell:x"), choice("b", about="cell:x")),
        (choice("a", stem="Who?"), choice("b", stem="Who?")),
        (choice("a", place=HERE, options=("Fish", "Mills")), choice("b", place=HERE, options=("Fish", "Boats"))),
        (choice("a", place=HERE, options=("Mills", "Boats")), choice("b", place=HERE, stem="Whose are the mills?")),
    ],
    ids=["id", "fact", "stem", "answer", "answer in a stem"],
)
def test_items_clash_that_ask_the_same_or_give_an_answer_away(one: Item, other: Item) -> None:
    assert clash(one, other)
    assert clash(other, one)


def test_items_of_different_places_do_not_clash_by_a_word() -> None:
    assert not clash(text("a", "Crimea"), choice("b", stem="What of Crimea?", place=Place("Summary", 1)))


def test_statements_do_not_clash_because_both_are_true() -> None:
    assert not clash(true_false("a"), true_false("b"))


@pytest.mark.parametrize("item", [choice(), true_false(), number(), text(wrong=("Lars Holm",))], ids=lambda one: one.id)
def test_an_item_survives_as_data(item: Item) -> None:
    assert load_item(dump_item(item)) == item


def test_the_whole_bank_survives_as_json(bank: tuple[Item, ...]) -> None:
    import json

    assert tuple(load_item(json.loads(json.dumps(dump_item(item)))) for item in bank) == bank


@pytest.mark.parametrize("item", [choice(), text(wrong=("Lars Holm", "Ole Bull"))], ids=lambda one: one.id)
def test_the_options_of_an_authors_item_can_change_their_order(item: Item) -> None:
    found = [reordered(item, random.Random(seed)) for seed in range(20)]

    assert len({one.options for one in found}) > 1
    assert {one.answer for one in found} == {item.answer}


def test_the_order_of_higher_and_lower_stays(bank: tuple[Item, ...]) -> None:
    item = next(item for item in bank if item.id.startswith("more-"))

    assert reordered(item, random.Random(1)) == item


def test_every_shipped_item_can_be_picked_in_practice(bank: tuple[Item, ...]) -> None:
    picked = [as_choice(item) for item in bank]

    assert None not in picked
    assert [item.answer for item in picked if item] == [item.answer for item in bank]


def test_a_typed_item_without_options_cannot_be_picked() -> None:
    assert as_choice(text()) is None


def test_curated_items_are_told_from_generated_ones(bank: tuple[Item, ...]) -> None:
    assert {item.source for item in bank} == {Source.CURATED, Source.GENERATED}
