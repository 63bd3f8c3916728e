"""What was asked in public, counted by the day."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

from bot.store.database import Store

DAY = date(2026, 3, 1)


async def add(store: Store, counts: Sequence[tuple[str, int]], days: int = 0, guild: int = 81) -> None:
    rows = [(guild, "hansen", entry, askers) for entry, askers in counts]
    await store.topics.add(rows, DAY + timedelta(days=days))


async def test_nothing_was_asked_at_first(store: Store) -> None:
    assert await store.topics.most(81, "hansen", DAY) == []


async def test_the_most_asked_come_first(store: Store) -> None:
    await add(store, [("a", 2), ("b", 5), ("c", 3)])

    assert await store.topics.most(81, "hansen", DAY, 2) == [("b", 5), ("c", 3)]


async def test_what_was_asked_equally_often_is_sorted_by_its_id(store: Store) -> None:
    await add(store, [("b", 2), ("a", 2)])

    assert await store.topics.most(81, "hansen", DAY) == [("a", 2), ("b", 2)]


async def test_counts_of_a_day_add_up(store: Store) -> None:
    await add(store, [("a", 2), ("a", 1)])
    await add(store, [("a", 4)])

    assert await store.topics.most(81, "hansen", DAY) == [("a", 7)]


async def test_counts_of_several_days_add_up_from_a_day_on(store: Store) -> None:
    for days in range(4):
        await add(store, [("a", 10**days)], days)

    assert await store.topics.most(81, "hansen", DAY + timedelta(days=2)) == [("a", 1_100)]


async def test_servers_and_briefs_count_apart(store: Store) -> None:
    await store.topics.add([(81, "hansen", "a", 1), (82, "hansen", "a", 2), (81, "other", "a", 4)], DAY)

    assert [await store.topics.most(*place, DAY) for place in ((81, "hansen"), (82, "hansen"), (81, "other"))] == [
        [("a", 1)],
        [("a", 2)],
        [("a", 4)],
    ]


async def test_nothing_to_add_is_no_fault(store: Store) -> None:
    await store.topics.add([], DAY)

    assert await store.topics.most(81, "hansen", DAY) == []


async def test_programs_that_add_at_once_lose_nothing(url: str) -> None:
    stores = [await Store.open(url) for _ in range(3)]
    orders = ["abcdef", "fedcba", "cafebd"]
    await asyncio.gather(
        *(add(store, [(entry, 1) for entry in order]) for store, order in zip(stores, orders, strict=True))
    )
    found = await stores[0].topics.most(81, "hansen", DAY, 10)
    for store in stores:
        await store.close()

    assert found == [(entry, 3) for entry in "abcdef"]


async def test_counts_from_before_a_day_are_forgotten(store: Store) -> None:
    for days in range(3):
        await add(store, [("a", 1), ("b", 1)], days)
    gone = await store.topics.forget(DAY + timedelta(days=2))

    assert (gone, await store.topics.most(81, "hansen", DAY)) == (4, [("a", 1), ("b", 1)])
