"""Opening the database: first starts, urls, and whatever may be wrong with it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.store.addresses import parse_address
from bot.store.database import Store, StoreFault, sqlite_url
from bot.store.transactions import Transactions, lock_number

KNOCK = """
import asyncio, sys
from bot.store.database import Store

async def main():
    store = await Store.open(sys.argv[1])
    await store.facts.set(sys.argv[2], "here")
    await store.close()

print("ready", flush=True)
input()
asyncio.run(main())
"""


async def refused(url: str, patience: float = 0.1) -> str:
    """Give the sentence with which a database is refused."""
    with pytest.raises(StoreFault) as caught:
        await Store.open(url, patience=patience)
    return str(caught.value)


def open_and_close(url: str) -> None:
    async def once() -> None:
        await (await Store.open(url)).close()

    asyncio.run(once())


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Be nobody in particular: an administrator may write everywhere."""
    if os.name == "nt":
        pytest.skip("Windows has other rights")
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_the_first_start_makes_the_folder_and_the_file(sqlite_file: Path) -> None:
    open_and_close(sqlite_url(sqlite_file))

    assert sqlite_file.is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_nobody_else_may_read_the_file(sqlite_file: Path) -> None:
    open_and_close(sqlite_url(sqlite_file))

    assert [stat.S_IMODE(path.stat().st_mode) for path in (sqlite_file, sqlite_file.parent)] == [0o600, 0o700]


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("busy_timeout", 2000), ("foreign_keys", 1), ("synchronous", 1)]
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_connections_to_sqlite_are_set_up(
    store: Store, transactions: Transactions, pragma: str, value: object
) -> None:
    assert await transactions.read(lambda connection: connection.scalar(text(f"PRAGMA {pragma}"))) == value


@pytest.mark.parametrize("name", ["plain.sqlite3", "100 %25 odd?name#1.db", "ünï.db", "a@b:c.db"])
def test_any_path_can_be_written_as_a_url(tmp_path: Path, name: str) -> None:
    open_and_close(sqlite_url(tmp_path / name))

    assert (tmp_path / name).is_file()


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite"])
def test_urls_of_sqlite_open(sqlite_file: Path, scheme: str) -> None:
    open_and_close(sqlite_url(sqlite_file).replace("sqlite", scheme, 1))

    assert sqlite_file.is_file()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
async def test_urls_of_postgresql_open(postgresql_url: str, scheme: str) -> None:
    store = await Store.open(postgresql_url.replace("postgresql", scheme, 1))
    await store.facts.set("a", "b")

    assert await store.facts.get("a") == "b"
    await store.close()


def test_the_word_of_libpq_for_encryption_is_translated() -> None:
    assert dict(parse_address("postgres://ann@db/briefbot?sslmode=require").url.query) == {"ssl": "require"}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://ann:s3cret@db/x", "mysql:// is no database that this program knows"),
        ("postgresql+psycopg://ann:s3cret@db/x", "postgresql+psycopg:// is no database"),
        ("data/briefbot.sqlite3", "database.url cannot be read; write sqlite:///"),
        ("postgresql://ann:s3cret@db:port/x", "database.url cannot be read"),
        ("", "database.url cannot be read"),
        ("sqlite://", "three slashes and the path of a file"),
        ("sqlite:///:memory:", "three slashes and the path of a file"),
        ("sqlite://briefbot.sqlite3", "three slashes and the path of a file"),
        ("sqlite:///file:x?mode=memory&uri=true", "three slashes and the path of a file"),
        ("sqlite:///x.sqlite3?timeout=long", "timeout takes a number"),
    ],
)
async def test_a_url_that_cannot_be_is_refused_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    found = await refused(url)

    assert (sentence in found, "s3cret" in found) == (True, False)


async def test_a_server_that_is_not_there_is_refused_without_the_password(unused_tcp_port: int) -> None:
    place, password = f"127.0.0.1:{unused_tcp_port}/briefbot", "s3cret"
    with pytest.raises(StoreFault, match=f"the database {place} does not answer") as caught:
        await Store.open(f"postgresql://ann:{password}@{place}")

    assert password not in "".join(traceback.format_exception(caught.value))


async def test_a_database_that_the_server_lacks_is_refused(server: Any) -> None:
    assert "is not on that server; create it" in await refused(server.get_uri(database="elsewhere"))


async def test_a_user_that_the_server_does_not_know_is_refused(server: Any) -> None:
    assert "refuses the user or the password" in await refused(server.get_uri().replace("postgres:", "nobody_here:"))


async def test_a_word_that_the_driver_does_not_know_is_named(postgresql_url: str) -> None:
    assert "'colour'" in await refused(f"{postgresql_url}&colour=blue")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("The minutes of Tuesday. " * 200, encoding="utf-8")
    with pytest.raises(StoreFault, match="is not a database of SQLite"):
        open_and_close(sqlite_url(path))

    assert path.read_text(encoding="utf-8") == "The minutes of Tuesday. " * 200


def test_a_damaged_file_is_refused(sqlite_file: Path) -> None:
    open_and_close(sqlite_url(sqlite_file))
    content = sqlite_file.read_bytes()
    sqlite_file.write_bytes(content[:100] + b"\x07" * (len(content) - 100))

    with pytest.raises(StoreFault, match="is damaged"):
        open_and_close(sqlite_url(sqlite_file))


async def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in await refused(sqlite_url(tmp_path))


async def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")

    assert "cannot be made" in await refused(sqlite_url(tmp_path / "data" / "briefbot.sqlite3"))


@pytest.mark.usefixtures("unprivileged")
async def test_a_folder_that_may_not_be_written_is_refused() -> None:
    assert "cannot be made (permission denied)" in await refused(sqlite_url(Path("/usr/briefbot.sqlite3")))


async def test_a_file_that_another_program_keeps_locked_is_refused(sqlite_file: Path) -> None:
    sqlite_file.parent.mkdir()
    with sqlite3.connect(sqlite_file, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        found = await refused(f"{sqlite_url(sqlite_file)}?timeout=0.1")
        other.execute("ROLLBACK")

    assert "locked by another program" in found
    other.close()


async def test_a_file_that_another_program_migrates_for_too_long_is_refused(sqlite_file: Path) -> None:
    sqlite_file.parent.mkdir()
    with sqlite3.connect(sqlite_file, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        found = await refused(sqlite_url(sqlite_file), patience=0.1)
        other.execute("ROLLBACK")

    assert "locked by another program" in found
    other.close()


async def test_a_file_that_another_program_just_writes_is_waited_for(sqlite_file: Path) -> None:
    sqlite_file.parent.mkdir()
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    asyncio.get_running_loop().call_later(0.1, other.execute, "ROLLBACK")
    store = await Store.open(sqlite_url(sqlite_file))
    other.close()

    assert await store.facts.get("a") is None
    await store.close()


async def test_a_server_on_which_another_program_migrates_for_too_long_is_refused(postgresql_url: str) -> None:
    import asyncpg

    other = await asyncpg.connect(postgresql_url)
    await other.fetchval("SELECT pg_advisory_lock($1)", lock_number("upgrade"))
    found = await refused(postgresql_url, patience=0.1)
    await other.close()

    assert "locked by another program" in found


async def test_a_database_newer_than_the_program_is_refused(store: Store, transactions: Transactions, url: str) -> None:
    await transactions.write(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num='9999'"))
    )

    assert "is newer than this program (its tables are at 9999," in await refused(url)


async def test_tasks_that_open_a_new_database_at_once_both_succeed(url: str) -> None:
    stores = await asyncio.gather(*(Store.open(url) for _ in range(3)))
    await asyncio.gather(*(store.facts.set(str(n), "here") for n, store in enumerate(stores)))
    found = [await stores[0].facts.get(str(n)) for n in range(3)]
    await asyncio.gather(*(store.close() for store in stores))

    assert found == ["here"] * 3


def test_programs_that_open_a_new_database_at_once_all_succeed(url: str) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", KNOCK, url, str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for n in range(3)
    ]
    for program in programs:
        assert program.stdout
        program.stdout.readline()
    for program in programs:
        assert program.stdin
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        program.communicate()

    assert ([program.returncode for program in programs], asyncio.run(found(url))) == ([0] * 3, ["here"] * 3)


async def found(url: str) -> list[str | None]:
    store = await Store.open(url)
    try:
        return [await store.facts.get(str(n)) for n in range(3)]
    finally:
        await store.close()
