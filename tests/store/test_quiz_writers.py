"""Rounds that several programs write at once: nobody waits in a circle, nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.quiz.events import Joined, Row
from bot.store.database import Store
from bot.store.quiz_records import Change, CountAsked, KeepAnswer, KeepRound, KeepSeat
from tests.store.quiz_host import CHANNEL, GUILD, ITEMS, NOON, PACK, Host, moment


@pytest.fixture
async def both(url: str, store: Store) -> AsyncIterator[tuple[Store, Store]]:
    """Give the stores of two programs on one database."""
    other = await Store.open(url)
    yield store, other
    await other.close()


def answer(host: Host, player: int, seconds: int) -> KeepAnswer:
    row = Row(
        number=1,
        player=player,
        item=ITEMS[0].id,
        given=seconds % 3,
        right=seconds % 3 == 0,
        at=moment(seconds),
        elapsed=seconds,
        allowed=30,
    )
    return KeepAnswer(host.id, row, f"Player {player}")


async def test_two_programs_that_write_the_same_rounds_in_other_orders_lose_nothing(both: tuple[Store, Store]) -> None:
    hosts = [await Host.open(both[0]) for _ in range(4)]

    def changes(seconds: int) -> list[Change]:
        ordered = hosts if seconds % 2 else hosts[::-1]
        found: list[Change] = []
        for host in ordered:
            found.append(KeepRound(host.id, host.state, {"at": seconds}, CHANNEL))
            found += [answer(host, player, seconds) for player in (range(1, 9) if seconds % 2 else range(8, 0, -1))]
            found += [KeepSeat(host.id, player, True, 0, "") for player in range(9, 12)]
        return found + [CountAsked(GUILD, PACK, name) for name in ("abc" if seconds % 2 else "cba")]

    await asyncio.gather(*(both[seconds % 2].rounds.write(changes(seconds)) for seconds in range(20)))
    found = await both[1].rounds.running()

    assert [{(row.player, row.at) for row in one.state.rows} for one in found] == [
        {(player, moment(19)) for player in range(1, 9)}
    ] * 4
    assert await both[1].quizzes.seen(GUILD, PACK) == {"a": 20, "b": 20, "c": 20}


async def test_beats_erasures_and_answers_do_not_stand_in_one_anothers_way(both: tuple[Store, Store]) -> None:
    hosts = [await Host.open(both[0]) for _ in range(4)]
    ids = [host.id for host in hosts]
    for host in hosts:
        await host.happen(*(Joined(player, NOON) for player in range(1, 21)))
    work = [both[0].rounds.beat(ids[::-1], moment(n)) for n in range(10)]
    work += [both[1].rounds.write([answer(host, n + 1, n) for host in hosts[::-1]]) for n in range(10)]
    work += [both[n % 2].people.erase(n) for n in range(11, 21)]  # type: ignore[misc]
    await asyncio.gather(*work)

    assert [one.state.players for one in await both[0].rounds.running()] == [
        frozenset([*range(-10, 0), *range(1, 11)])
    ] * 4


async def test_counts_of_the_same_items_in_other_orders_all_count(both: tuple[Store, Store]) -> None:
    names = [f"item {n}" for n in range(30)]

    def counts(n: int) -> list[Change]:
        return [CountAsked(GUILD, PACK, name) for name in names[:: 1 if n % 2 else -1]]

    await asyncio.gather(*(both[n % 2].rounds.write(counts(n)) for n in range(20)))

    assert await both[0].quizzes.seen(GUILD, PACK) == dict.fromkeys(names, 20)
