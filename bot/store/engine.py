"""The engine: connections to SQLite or PostgreSQL, set up alike for every repository."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from sqlalchemy import AsyncAdaptedQueuePool, Connection, Engine, create_engine, event

from bot.store.addresses import Address
from bot.store.faults import StoreFault, fault
from bot.store.indexes import prepare_for_postgresql
from bot.store.tables import metadata

_LOCKED_SECONDS = 2.0  # how long SQLite waits for another program: Discord gives an answer three seconds
_RETRY_SECONDS = 0.02
_SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
_POSTGRESQL: dict[str, object] = {
    "timeout": 10,  # seconds to connect
    "command_timeout": 30,  # seconds for one statement: a server that hangs is a server that is lost
    "server_settings": {"application_name": "briefbot"},
}


class _Driver(Protocol):
    async def executescript(self, sql_script: str) -> object: ...

    async def close(self) -> None: ...


class _Adapted(Protocol):
    def run_async(self, fn: Callable[[_Driver], Awaitable[None]]) -> None: ...


def open_engine(address: Address) -> Engine:
    """Make the engine of a database; it connects when it is first used. Raises StoreFault."""
    try:
        return _sqlite(address) if address.is_sqlite else _postgresql(address)
    except ImportError as error:
        raise StoreFault(f"PostgreSQL takes the package {error.name}: pip install asyncpg") from None
    except sqlite3.Error as error:
        raise fault(address.name, error) from None
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise StoreFault(f"the database {address.name} cannot be made ({reason}); check its folder's rights") from None


def begin_options(*, writes: bool = False, rebuilds: float | None = None) -> dict[str, object]:
    """Say how a transaction is to begin.

    ``writes``: SQLite takes the lock at once, because one that begins by reading cannot wait for it later.
    ``rebuilds``: as many seconds SQLite waits for the lock, and lets foreign keys rest, so that dropping a table that
    is rebuilt does not empty those that refer to it.
    """
    begin = ["BEGIN IMMEDIATE" if writes else "BEGIN"]
    if rebuilds is not None:
        begin = ["PRAGMA foreign_keys = OFF", f"PRAGMA busy_timeout = {int(rebuilds * 1000)}", *begin]
    return {"begin": begin}


def _sqlite(address: Address) -> Engine:
    address.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not address.path.exists():
        address.path.touch(mode=0o600)  # it holds what people wrote; SQLite gives its side files the same rights
    sqlite3.connect(address.path).close()  # where this fails, the driver would leave a thread behind
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # below, it logs each statement with what people wrote
    seconds = address.number("timeout", _LOCKED_SECONDS)
    engine = _engine(
        address,
        pool_size=3,
        max_overflow=0,
        connect_args={"timeout": seconds, "isolation_level": None},  # the driver begins no transactions of its own
    )

    def connected(connection: _Adapted, _record: object) -> None:
        connection.run_async(lambda driver: _settle(driver, seconds))

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(address: Address) -> Engine:
    given = {name: value for name, value in _POSTGRESQL.items() if name not in address.url.query}
    prepare_for_postgresql(metadata)
    return _engine(
        address,
        pool_size=4,
        max_overflow=4,
        pool_pre_ping=True,  # a server that was restarted is noticed before a call needs it
        isolation_level="READ COMMITTED",  # whoever waited for a lock sees what the one before wrote
        connect_args=given,
    )


def _engine(address: Address, **options: Any) -> Engine:  # noqa: ANN401 - they are create_engine's
    return create_engine(
        address.url,
        hide_parameters=True,  # a question's text stays out of messages
        poolclass=AsyncAdaptedQueuePool,
        pool_timeout=10,
        **options,
    )


async def _settle(driver: _Driver, seconds: float) -> None:
    """Set a connection up, or close it. SQLite does not wait by itself while another one turns the file to WAL."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    while True:
        try:
            await driver.executescript(_SETTINGS)
        except sqlite3.Error as error:
            if not _is_busy(error) or clock() > deadline:
                await driver.close()
                raise
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            return


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _begin(connection: Connection) -> None:
    for statement in connection.get_execution_options()["begin"]:
        connection.exec_driver_sql(statement)
