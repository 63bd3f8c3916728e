"""Transactions: the one place where they begin, end and fail."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import TypeVar

from sqlalchemy import Connection, Engine, Table, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.util.concurrency import greenlet_spawn

from bot.store.engine import begin_options
from bot.store.faults import StoreFault, fault

T = TypeVar("T")


class Transactions:
    """Runs work in transactions: plain functions of a connection, which wait for the database without blocking others.

    SQLAlchemy's own ``ext.asyncio`` does the same, but imports the whole ORM: 6 MB and 50 ms that nothing here uses.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        """Take the engine and the database's name for messages."""
        self._engine = engine
        self._name = name
        # SQLite has one writer; whoever waits in line here need not ask again and again there.
        self._turn = asyncio.Lock() if _is_sqlite(engine) else None
        self._running: set[asyncio.Task[object]] = set()
        self._closed = False

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run work that only reads; raises StoreFault."""
        return await self._run(work, begin_options(), turn=None)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run work that writes, all of it or nothing; raises StoreFault."""
        return await self._run(work, begin_options(writes=True), turn=self._turn)

    async def rebuild(self, work: Callable[[Connection], T], patience: float) -> T:
        """Run work that changes tables, waiting for others as many seconds as ``patience``; raises StoreFault."""
        return await self._run(work, begin_options(writes=True, rebuilds=patience), turn=self._turn, apart=True)

    async def close(self) -> None:
        """Wait for what is running, then close every connection."""
        self._closed = True
        while self._running:
            await asyncio.wait(self._running)
        await greenlet_spawn(self._engine.dispose)

    async def _run(
        self,
        work: Callable[[Connection], T],
        options: dict[str, object],
        *,
        turn: asyncio.Lock | None,
        apart: bool = False,
    ) -> T:
        """Run work to its end even when nobody waits for it any more: half a call would cost its connection."""

        async def run() -> T:
            async with turn or nullcontext():
                try:
                    return await greenlet_spawn(self._within, work, options, apart=apart)
                except (DBAPIError, PoolTimeoutError, OSError) as error:
                    raise fault(self._name, error) from None  # the driver's own error may repeat values

        if self._closed:
            raise StoreFault(f"the database {self._name} is closed")
        task = asyncio.create_task(run())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    def _within(self, work: Callable[[Connection], T], options: dict[str, object], *, apart: bool) -> T:
        with self._connect() as connection:
            connection.execution_options(**options)
            if apart:
                connection.detach()  # its settings are not for others
            with connection.begin():
                return work(connection)

    def _connect(self) -> Connection:
        try:
            return self._engine.connect()
        except Exception as error:  # noqa: BLE001 - drivers raise what they like when they connect
            raise fault(self._name, error) from None


def put(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Insert a row, or replace the one with its primary key."""
    statement = insert_or(connection, table).values(row)
    key = list(table.primary_key)
    changed = {name: statement.excluded[name] for name in row if table.c[name] not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))


def insert_or(connection: Connection, table: Table) -> sqlite.Insert:
    """Begin an INSERT that knows ON CONFLICT, which both databases spell alike."""
    if _is_sqlite(connection):
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - imported by now; SQLite does without

    return postgresql.insert(table)  # type: ignore[return-value]  # the methods are the same


def serialise(connection: Connection, *names: object) -> None:
    """Let transactions of the same names run one after another, until each ends; on SQLite all writing ones do."""
    if not _is_sqlite(connection):
        connection.execute(select(func.pg_advisory_xact_lock(lock_number(*names))))


def lock_number(*names: object) -> int:
    """Give the number by which PostgreSQL knows the lock of these names."""
    return int.from_bytes(hashlib.sha256(repr(names).encode()).digest()[:8], signed=True)


def _is_sqlite(bound: Engine | Connection) -> bool:
    return bound.dialect.name == "sqlite"
