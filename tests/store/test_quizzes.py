"""Questions of quizzes: saved sets, a server's own ones, what was asked, and practice."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.brief.places import Place
from bot.brief.quiz_items import Answer, Difficulty, ItemKind, QuizItem
from bot.quiz.practice import Result, page, progress
from bot.store.database import Store
from bot.store.quiz_records import CountAsked, KeptSet
from tests.store.quiz_host import ANN, BEN, GUILD, ITEMS, NOON, PACK, item, moment

OWN = QuizItem(
    id="own-1",
    kind=ItemKind.CHOICE,
    topic="Last week",
    difficulty=Difficulty.EASY,
    question="Which city?",
    answer="Bergen",
    wrong=("Aarhus", "Turku"),
    explanation="Ærlig talt 😀.",
    place=Place("Summary", 1),
    also=(Place("Figure 1"), Place("Summary", 2)),
)


# --- sets


async def save(store: Store, name: str, *, guild: int = GUILD, pack: str = PACK, size: int = 4) -> bool:
    return await store.quizzes.save_set(guild, pack, name, ITEMS[:size], ANN, NOON)


async def named(store: Store) -> list[tuple[str, int]]:
    return [(one.name, len(one.items)) for one in await store.quizzes.sets(GUILD, PACK)]


async def test_a_set_is_given_back_as_it_was_saved(store: Store) -> None:
    await save(store, "Week 3")
    (found,) = await store.quizzes.sets(GUILD, PACK)

    assert found == KeptSet(found.id, "Week 3", ITEMS, NOON)


async def test_a_new_set_replaces_none(store: Store) -> None:
    assert [await save(store, "Week 3"), await save(store, "Week 4")] == [False, False]


@pytest.mark.parametrize("name", ["Week 3", "WEEK 3", "  week   3 "])
async def test_a_set_of_the_same_name_is_replaced(store: Store, name: str) -> None:
    await save(store, "Week 3")

    assert await save(store, name, size=2)
    assert await named(store) == [(name, 2)]


@pytest.mark.parametrize("name", ["Straße", "STRASSE", "strasse"])
async def test_a_set_is_found_whatever_its_capitals(store: Store, name: str) -> None:
    await save(store, "Strasse")
    found = await store.quizzes.find_set(GUILD, PACK, name)

    assert found is not None
    assert found.name == "Strasse"


async def test_a_set_of_another_server_or_brief_is_another(store: Store) -> None:
    for guild, pack in ((GUILD, "other"), (82, PACK)):
        await save(store, "Week 3", guild=guild, pack=pack)

    assert (await store.quizzes.find_set(GUILD, PACK, "Week 3"), await named(store)) == (None, [])


async def test_sets_stay_in_the_order_of_their_first_saving(store: Store) -> None:
    for name in ("b", "a", "B"):
        await save(store, name)

    assert await named(store) == [("B", 4), ("a", 4)]


async def test_a_set_is_deleted_by_its_name(store: Store) -> None:
    await save(store, "Week 3")
    await save(store, "Week 4")

    assert [await store.quizzes.delete_set(GUILD, PACK, "week 3") for _ in range(2)] == [True, False]
    assert await named(store) == [("Week 4", 4)]


async def test_a_server_s_sets_count_whatever_their_brief(store: Store) -> None:
    for guild, pack in ((GUILD, PACK), (GUILD, "other"), (82, PACK)):
        await save(store, "Week 3", guild=guild, pack=pack)

    assert await store.quizzes.count_sets(GUILD) == 2


async def test_a_set_saved_twice_at_once_is_one(url: str, store: Store) -> None:
    other = await Store.open(url)
    replaced = await asyncio.gather(*(save((store, other)[n % 2], "Week 3") for n in range(8)))
    await other.close()

    assert (sum(replaced), await named(store)) == (7, [("Week 3", 4)])


async def test_a_set_outlives_whoever_saved_it(store: Store) -> None:
    await save(store, "Week 3")
    await store.people.erase(ANN)

    assert await named(store) == [("Week 3", 4)]


# --- own questions


async def add(store: Store, *items: QuizItem, guild: int = GUILD, pack: str = PACK) -> int:
    return await store.quizzes.add_own(guild, pack, items, ANN, NOON)


@pytest.mark.parametrize(
    ("kind", "answer", "more"),
    [
        (ItemKind.CHOICE, "Bergen", {}),
        (ItemKind.TRUE_FALSE, True, {"wrong": ()}),
        (ItemKind.TRUE_FALSE, False, {"wrong": (), "place": None, "also": ()}),
        (ItemKind.NUMBER, 61.5, {"wrong": ("20", "30"), "unit": "%"}),
        (ItemKind.TEXT, "Kari Aune", {"accept": ("Aune", "K. Aune")}),
    ],
)
async def test_an_own_question_is_given_back_as_it_was(
    store: Store, kind: ItemKind, answer: Answer, more: dict[str, object]
) -> None:
    question = replace(OWN, kind=kind, answer=answer, **more)  # type: ignore[arg-type]
    await add(store, question)
    (found,) = await store.quizzes.own(GUILD, PACK)

    assert (found, type(found.answer)) == (question, type(answer))


async def test_own_questions_come_in_the_order_in_which_they_were_added(store: Store) -> None:
    questions = [replace(OWN, id=name) for name in ("c", "a", "b")]
    await add(store, *questions)
    await add(store, replace(OWN, id="a"))

    assert await store.quizzes.own(GUILD, PACK) == questions


async def test_an_own_question_replaces_that_of_its_id(store: Store) -> None:
    await add(store, OWN)

    assert await add(store, replace(OWN, answer="Oslo"), replace(OWN, id="own-2")) == 1
    assert [one.answer for one in await store.quizzes.own(GUILD, PACK)] == ["Oslo", "Bergen"]


async def test_the_same_question_twice_is_one_new_one(store: Store) -> None:
    assert await add(store, OWN, replace(OWN, answer="Oslo")) == 1
    assert [one.answer for one in await store.quizzes.own(GUILD, PACK)] == ["Oslo"]


async def test_no_questions_are_none_new(store: Store) -> None:
    assert await add(store) == 0


async def test_own_questions_of_other_servers_and_briefs_are_theirs(store: Store) -> None:
    for guild, pack in ((GUILD, "other"), (82, PACK)):
        await add(store, OWN, guild=guild, pack=pack)

    assert (await store.quizzes.own(GUILD, PACK), await add(store, OWN)) == ([], 1)


async def test_a_server_s_own_questions_count_whatever_their_brief(store: Store) -> None:
    for guild, pack in ((GUILD, PACK), (GUILD, "other"), (82, PACK)):
        await add(store, OWN, replace(OWN, id="own-2"), guild=guild, pack=pack)

    assert await store.quizzes.count_own(GUILD) == 4


async def test_an_own_question_is_deleted_by_its_id(store: Store) -> None:
    await add(store, OWN, replace(OWN, id="own-2"))

    assert [await store.quizzes.delete_own(GUILD, PACK, "own-1") for _ in range(2)] == [True, False]
    assert [one.id for one in await store.quizzes.own(GUILD, PACK)] == ["own-2"]


async def test_questions_added_twice_at_once_are_new_once(url: str, store: Store) -> None:
    other = await Store.open(url)
    questions = [replace(OWN, id=f"own-{n}") for n in range(20)]
    new = await asyncio.gather(*(add((store, other)[n % 2], *questions[:: 1 if n % 2 else -1]) for n in range(8)))
    await other.close()

    assert (sum(new), await store.quizzes.count_own(GUILD)) == (20, 20)


async def test_an_own_question_outlives_whoever_added_it(store: Store) -> None:
    await add(store, OWN)
    await store.people.erase(ANN)

    assert await store.quizzes.own(GUILD, PACK) == [OWN]


# --- what was asked


async def test_what_was_asked_is_counted_by_server_and_brief(store: Store) -> None:
    asked = [("a", GUILD, PACK), ("b", GUILD, PACK), ("a", GUILD, PACK), ("a", 82, PACK), ("a", GUILD, "other")]
    await store.rounds.write([CountAsked(guild, pack, name) for name, guild, pack in asked])
    await store.rounds.write([CountAsked(GUILD, PACK, "b"), CountAsked(GUILD, PACK, "c")])

    assert await store.quizzes.seen(GUILD, PACK) == {"a": 2, "b": 2, "c": 1}


# --- practice


async def practised(store: Store, *results: Result) -> list[Result]:
    await store.quizzes.keep_practice(ANN, PACK, results)
    return await store.quizzes.practised(ANN, PACK)


async def test_results_of_practice_are_given_back_the_oldest_first(store: Store) -> None:
    results = [Result("b", True, moment(2)), Result("a", False, moment(1.000_001)), Result("a", True, moment(3))]

    assert await practised(store, *results) == sorted(results, key=lambda one: one.at)


async def test_results_of_others_and_of_other_briefs_are_theirs(store: Store) -> None:
    await store.quizzes.keep_practice(BEN, PACK, [Result("a", True, NOON)])
    await store.quizzes.keep_practice(ANN, "other", [Result("a", True, NOON)])

    assert await store.quizzes.practised(ANN, PACK) == []


async def test_a_page_that_is_sent_twice_counts_once(store: Store) -> None:
    await practised(store, Result("a", False, NOON))

    assert await practised(store, Result("a", True, NOON)) == [Result("a", True, NOON)]


async def test_no_results_change_nothing(store: Store) -> None:
    assert await practised(store) == []


async def test_of_each_question_only_the_latest_results_are_kept(store: Store) -> None:
    for n in range(9):
        await practised(store, Result("a", True, moment(n)), Result("b", False, moment(10 - n)))

    assert [(one.item, one.at) for one in await practised(store)] == [
        *(("a", moment(n)) for n in (4, 5)),
        *((name, moment(n)) for n in (6, 7, 8) for name in ("a", "b")),
        *(("b", moment(n)) for n in (9, 10)),
    ]


async def test_forgetting_older_results_changes_nothing_for_whoever_practises(store: Store) -> None:
    rng = random.Random(7)
    bank = [item(f"item {n}", ItemKind.TRUE_FALSE, ITEMS[1].right) for n in range(12)]
    every: list[Result] = []
    now: datetime = NOON
    same = []
    for _ in range(60):
        now += timedelta(days=rng.choice([0.1, 1, 3, 20]))
        results = [Result(one.id, rng.random() < 0.8, now) for one in rng.sample(bank, 5)]
        every += results
        kept = await practised(store, *results)
        same.append(
            page(bank, kept, random.Random(3), now) == page(bank, every, random.Random(3), now)
            and progress(bank, kept, now) == progress(bank, every, now)
        )

    assert (same, len(kept) < len(every)) == ([True] * 60, True)


async def test_erasing_somebody_drops_their_practice(store: Store) -> None:
    await practised(store, Result("a", True, NOON))
    await store.people.erase(ANN)

    assert await practised(store) == []
