"""Transactions: all or nothing, side by side, and survived by the next whatever happens to one."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import StatementError

from bot.store.database import Store, StoreFault, sqlite_url
from bot.store.records import Person
from bot.store.tables import facts, reports, unanswered
from bot.store.transactions import Transactions, put

QUESTION = "was Hillary lying to us"


def new(text: str, _known: object) -> None:
    return None


@pytest.fixture
def stopped(server: Any) -> Iterator[Callable[[], None]]:
    """Give what stops the server; it runs again when the test is over."""
    yield server.stop
    server.start()


async def test_work_that_fails_leaves_nothing_behind(store: Store, transactions: Transactions) -> None:
    def work(connection: Connection) -> None:
        put(connection, facts, {"key": "a", "value": "b"})
        raise LookupError

    with pytest.raises(LookupError):
        await transactions.write(work)

    assert await store.facts.get("a") is None


async def test_programs_that_read_first_and_then_write_lose_nothing(
    store: Store, transactions: Transactions, others: Transactions
) -> None:
    def add_one(connection: Connection) -> None:
        found = connection.scalar(select(facts.c.value).where(facts.c.key == "n").with_for_update())
        put(connection, facts, {"key": "n", "value": str(int(found or 0) + 1)})

    await store.facts.set("n", "0")
    await asyncio.gather(*(one.write(add_one) for one in (transactions, others) for _ in range(5)))

    assert await store.facts.get("n") == "10"


async def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.sqlite3"
    store = await Store.open(sqlite_url(path))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    assert await store.people.get(501) == Person(501)
    other.close()
    await store.close()


async def test_a_database_locked_for_too_long_is_a_fault_and_the_next_call_works(tmp_path: Path) -> None:
    path = tmp_path / "briefbot.sqlite3"
    store = await Store.open(f"{sqlite_url(path)}?timeout=0.05")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFault, match="locked by another program"):
        await store.facts.set("a", "b")
    other.close()
    await store.facts.set("a", "c")

    assert await store.facts.get("a") == "c"
    await store.close()


async def test_a_server_that_restarts_is_survived_by_the_next_call(
    postgresql_url: str, server: Any, stopped: Callable[[], None]
) -> None:
    store = await Store.open(postgresql_url)
    await store.facts.set("a", "b")
    await asyncio.to_thread(stopped)
    await asyncio.to_thread(server.start)

    assert await store.facts.get("a") == "b"
    await store.close()


async def test_a_server_that_is_away_is_a_fault_until_it_is_back(
    postgresql_url: str, server: Any, stopped: Callable[[], None]
) -> None:
    store = await Store.open(postgresql_url)
    await asyncio.to_thread(stopped)
    with pytest.raises(StoreFault, match="does not answer"):
        await store.facts.set("a", "b")
    await asyncio.to_thread(server.start)
    await store.facts.set("a", "c")

    assert await store.facts.get("a") == "c"
    await store.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_connection_that_ends_in_the_middle_is_a_fault(transactions: Transactions) -> None:
    end_itself = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(StoreFault, match=r"starting or stopping|lost its connection"):
        await transactions.write(lambda connection: connection.execute(end_itself))

    assert await transactions.read(lambda connection: connection.scalar(text("SELECT 1"))) == 1


async def test_a_call_is_carried_out_though_its_caller_was_cancelled(url: str, now: datetime) -> None:
    store = await Store.open(url)
    for ticks in range(1, 60, 3):
        caller = asyncio.create_task(store.unanswered.note(81, "hansen", "why", now, new))
        for _ in range(ticks):
            await asyncio.sleep(0)
        caller.cancel()
    await store.close()
    store = await Store.open(url)
    (one,) = await store.unanswered.listed(81)
    await store.close()

    assert one.count == 20


async def test_a_caller_who_is_cancelled_does_not_wait(store: Store, now: datetime) -> None:
    caller = asyncio.create_task(store.unanswered.note(81, "hansen", "why", now, new))
    await asyncio.sleep(0)
    caller.cancel()

    with pytest.raises(asyncio.CancelledError):
        await caller


async def test_closing_waits_for_what_is_running(url: str) -> None:
    store = await Store.open(url)
    running = [asyncio.create_task(store.facts.set(str(n), "here")) for n in range(5)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*running)
    store = await Store.open(url)
    found = [await store.facts.get(str(n)) for n in range(5)]
    await store.close()

    assert found == ["here"] * 5


async def test_a_closed_store_says_so(url: str) -> None:
    store = await Store.open(url)
    await store.close()

    with pytest.raises(StoreFault, match="is closed"):
        await store.facts.get("a")


async def test_no_thread_outlives_a_store(sqlite_file: Path) -> None:
    before = set(threading.enumerate())
    store = await Store.open(sqlite_url(sqlite_file))
    await asyncio.gather(*(store.facts.get("a") for _ in range(5)))
    await store.close()

    for thread in set(threading.enumerate()) - before:
        thread.join(5)

    assert set(threading.enumerate()) == before


@pytest.mark.parametrize("content", [b"", b"The minutes of Tuesday. " * 200])
def test_no_thread_outlives_a_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "briefbot.sqlite3"
    path.write_bytes(content) if content else path.mkdir()
    before = set(threading.enumerate())
    with pytest.raises(StoreFault):
        asyncio.run(Store.open(sqlite_url(path)))
    for thread in set(threading.enumerate()) - before:
        thread.join(5)

    assert set(threading.enumerate()) == before


async def test_no_log_repeats_a_question(store: Store, now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await store.unanswered.note(81, "hansen", QUESTION, now, new)
        await store.unanswered.listed(81)

    assert QUESTION not in caplog.text


async def test_no_fault_repeats_a_question(store: Store, transactions: Transactions) -> None:
    row = {"guild_id": 81, "pack": "hansen", "digest": QUESTION.encode(), "text": QUESTION, "asked": None}
    with pytest.raises(StoreFault) as caught:
        await transactions.write(lambda connection: connection.execute(insert(unanswered).values(row)))

    assert QUESTION not in "".join(traceback.format_exception(caught.value))


async def test_a_fault_names_the_statement(store: Store, transactions: Transactions) -> None:
    with pytest.raises(StoreFault) as caught:
        await transactions.read(lambda connection: connection.execute(text("SELECT 1 FROM nowhere")))

    assert "SELECT 1 FROM nowhere" in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=11))])
async def test_times_come_back_aware_and_in_utc(store: Store, zone: timezone) -> None:
    moment = datetime(2026, 3, 29, 1, 30, 0, 1, tzinfo=zone)
    await store.feedback.report(501, 81, "hansen", "russia-1", "wrong", moment)
    (one,) = await store.feedback.reports(81)

    assert (one.created, one.created.tzinfo) == (moment, UTC)


async def test_times_sort_by_the_moment_not_by_the_clock(store: Store, transactions: Transactions) -> None:
    east, west = timezone(timedelta(hours=9)), timezone(-timedelta(hours=8))
    for note, moment in (
        ("first", datetime(2026, 3, 1, 12, tzinfo=east)),
        ("second", datetime(2026, 3, 1, 4, tzinfo=west)),
    ):
        await store.feedback.report(501, 81, "hansen", "russia-1", note, moment)

    assert [one.note for one in await store.feedback.reports(81)] == ["second", "first"]


async def test_a_time_without_its_zone_is_a_mistake_of_the_caller(store: Store) -> None:
    with pytest.raises(StatementError, match="without its zone"):
        await store.feedback.report(501, 81, "hansen", "russia-1", "wrong", datetime(2026, 3, 1))  # noqa: DTZ001


async def test_the_largest_id_is_kept(store: Store, transactions: Transactions) -> None:
    largest = 2**63 - 1
    await store.feedback.report(largest, largest, "hansen", "russia-1", "wrong", datetime(2026, 3, 1, tzinfo=UTC))
    statement = select(reports.c.user_id, reports.c.guild_id)

    assert await transactions.read(lambda connection: tuple(connection.execute(statement).one())) == (largest, largest)
