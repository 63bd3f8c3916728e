"""The journal: what it was given is in the database when it returns, or is owed and goes with the next."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.discord.quizzes.journal import Journal
from bot.quiz.events import Row
from bot.quiz.rounds import begin
from bot.quiz.rules import Rules
from bot.store.database import Store, sqlite_url
from bot.store.faults import StoreFault
from bot.store.quiz_records import KeepAnswer
from tests.discord.test_quiz_live import choice

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    opened = await Store.open(sqlite_url(database))
    yield opened
    await opened.close()


@pytest.fixture
async def round_id(store: Store) -> int:
    return await store.rounds.open(81, 91, "rivers", "Rivers", 501, begin([choice(1)], Rules(), NOW), NOW)


def answer(round_id: int, player: int, given: int = 0, after: float = 0) -> KeepAnswer:
    at = NOW + dt.timedelta(seconds=after)
    row = Row(number=1, player=player, item="choice-1", given=given, right=True, at=at, elapsed=after, allowed=30.0)
    return KeepAnswer(round_id, row, f"player {player}")


async def answers(store: Store, round_id: int) -> dict[int, int | str]:
    kept = await store.rounds.find(81, round_id)
    assert kept is not None
    return {row.player: row.given for row in kept.state.rows}


async def test_what_was_written_is_in_the_database(store: Store, round_id: int) -> None:
    await Journal(store.rounds).write([answer(round_id, 1)])

    assert await answers(store, round_id) == {1: 0}


async def test_three_hundred_at_once_are_all_written(store: Store, round_id: int) -> None:
    journal = Journal(store.rounds)
    await asyncio.gather(*(journal.write([answer(round_id, player)]) for player in range(1, 301)))

    assert len(await answers(store, round_id)) == 300


async def test_of_two_answers_that_wait_together_the_later_stays(store: Store, round_id: int) -> None:
    journal = Journal(store.rounds)
    await asyncio.gather(journal.write([answer(round_id, 1, 2)]), journal.write([answer(round_id, 1, 3, after=1)]))

    assert await answers(store, round_id) == {1: 3}


async def test_nothing_to_write_writes_nothing(store: Store, round_id: int) -> None:
    journal = Journal(store.rounds)
    await journal.write(())

    assert not journal.owes


async def test_what_could_not_be_written_is_told_and_goes_with_the_next(
    store: Store, round_id: int, database: Path
) -> None:
    journal = Journal(store.rounds)
    other = sqlite3.connect(database)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFault):
        await journal.write([answer(round_id, 1)])
    owed = journal.owes
    other.rollback()
    other.close()
    await journal.write([answer(round_id, 2)])

    assert owed
    assert not journal.owes
    assert await answers(store, round_id) == {1: 0, 2: 0}


async def test_a_round_that_cannot_be_written_does_not_hold_up_the_others(store: Store, round_id: int) -> None:
    journal = Journal(store.rounds)
    results = await asyncio.gather(
        journal.write([answer(round_id, 1)]),
        journal.write([answer(round_id + 100, 1)]),  # there is no such round
        journal.write([answer(round_id, 2)]),
        return_exceptions=True,
    )
    await journal.write([answer(round_id, 3)])

    assert [isinstance(one, StoreFault) for one in results] == [False, True, False]
    assert sorted(await answers(store, round_id)) == [1, 2, 3]
    assert journal.owes


async def test_what_is_owed_can_be_written_by_itself(store: Store, round_id: int, database: Path) -> None:
    journal = Journal(store.rounds)
    other = sqlite3.connect(database)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFault):
        await journal.write([answer(round_id, 1, 2)])
    other.rollback()
    other.close()
    await journal.flush()

    assert await answers(store, round_id) == {1: 2}
