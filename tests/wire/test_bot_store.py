"""Our bot over the wire while its database is locked, hangs or is away: answers come all the same."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
import pytest_asyncio

from tests.store.conftest import command
from tests.wire.bot_process import (
    ANSWER,
    ANSWERED,
    DATABASE,
    UNANSWERED,
    bring_online,
    check_discretion,
    is_sound,
    our_bot,
    staged_bot,
)
from tests.wire.fixtures import Classroom, Stage, furnish, served
from tests.wire.interactions import Interaction
from tests.wire.model import Channel
from tests.wire.process import BotProcess
from tests.wire.validation import Description

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUSY = "My memory is busy just now; please try again in a moment."
KEPT = "Kept for the curators"


async def ask(room: Classroom, question: str = ANSWERED, channel: Channel | None = None) -> Interaction:
    return await room.anna.slash(channel or room.general, "ask", question=question)


def elsewhere(stage: Stage) -> Channel:
    """Make another guild, of which the bot has not read any settings yet."""
    guild = stage.server.world.add_guild("Another group", shard=(0, 2))
    stage.server.world.add_member(guild, stage.room.anna.user)
    return stage.server.world.add_channel(guild, "general")


# ------------------------------------------------------------------ SQLite, locked by another program


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None, shared_home: Path) -> AsyncIterator[Stage]:
    url = f"sqlite:///{shared_home / DATABASE}?timeout=0.3"
    async with staged_bot(description, shared_home, database={"url": url}) as one:
        yield one


@pytest.fixture
def locked(shared_home: Path) -> Iterator[sqlite3.Connection]:
    """Hold the database as another program does, for as long as the test takes."""
    with closing(sqlite3.connect(shared_home / DATABASE)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other


async def test_a_question_is_answered_while_the_database_is_locked(stage: Stage, locked: sqlite3.Connection) -> None:
    assert ANSWER in (await ask(stage.room)).message.text


async def test_a_question_is_answered_in_a_new_server_meanwhile(stage: Stage, locked: sqlite3.Connection) -> None:
    assert ANSWER in (await ask(stage.room, channel=elsewhere(stage))).message.text


async def test_nobody_is_told_that_a_question_was_kept_which_was_not(stage: Stage, locked: sqlite3.Connection) -> None:
    message = (await ask(stage.room, UNANSWERED)).message
    assert KEPT in message.text
    await stage.server.until(lambda: message.edits)

    assert KEPT not in message.text


async def test_a_vote_that_cannot_be_kept_is_told(stage: Stage, locked: sqlite3.Connection) -> None:
    shown = await ask(stage.room)
    pressed = await stage.room.anna.click(shown.message, "bb:up:*")

    assert pressed.message.text.startswith(BUSY)


async def test_a_setting_that_cannot_be_kept_is_told(stage: Stage, locked: sqlite3.Connection) -> None:
    shown = await stage.room.admin.slash(stage.room.general, "settings show")
    pressed = await stage.room.admin.click(shown.message, "bb:set-switch:private.1")

    assert pressed.message.text.startswith(BUSY)
    assert not (await ask(stage.room)).message.ephemeral


async def test_all_is_well_once_the_lock_is_gone(stage: Stage) -> None:
    shown = await ask(stage.room)

    assert "Noted as helpful" in (await stage.room.anna.click(shown.message, "bb:up:*")).message.text


# ------------------------------------------------------------------ PostgreSQL, and two processes that share it


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def url(server: Any) -> AsyncIterator[str]:
    """Give the url of a new database on the tests' server."""
    name = f"t{secrets.token_hex(6)}"
    await command(server, f"CREATE DATABASE {name}")
    yield str(server.get_uri(database=name))
    await command(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def rooms(
    description: Description | None, url: str, first_start: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[list[tuple[Classroom, BotProcess]]]:
    """Run two processes of one shard each on one database, and give a guild on each shard with its process."""
    async with served(description) as served_by:
        found = []
        for number in (0, 1):
            shard = {"shard_count": 2, "shard_ids": [number]}
            folder = shutil.copytree(first_start, tmp_path_factory.mktemp("shard") / "data")
            bot = our_bot(served_by, folder, discord=shard, database={"url": url})
            found.append((furnish(served_by, shard=(number, 2)), bot))
        try:
            await bring_online(served_by, *(bot for _, bot in found))
            yield found
        finally:
            for _, bot in found:
                await bot.kill()
                check_discretion(served_by, bot)


@pytest.fixture(scope="module")
def shared(rooms: list[tuple[Classroom, BotProcess]]) -> Stage:
    """Give the first of the two."""
    return Stage(*rooms[0])


@asynccontextmanager
async def held(url: str, table: str) -> AsyncIterator[None]:
    """Hold a table as a backup or an upgrade may."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()


async def count(url: str) -> int:
    connection = await asyncpg.connect(url)
    found = await connection.fetchval("SELECT coalesce(sum(asked), 0) FROM unanswered")
    await connection.close()
    return int(found)


async def counted(url: str, wanted: int) -> int:
    """Wait until so many are counted: that follows the answer."""
    async with asyncio.timeout(5):
        while await count(url) < wanted:
            pass  # each look takes a connection of its own, and a while
    return await count(url)


async def test_questions_are_counted_on_postgresql(shared: Stage, url: str) -> None:
    before = await count(url)
    await ask(shared.room, UNANSWERED)
    await ask(shared.room, f"{UNANSWERED}\0")
    await ask(shared.room)

    assert await counted(url, before + 2) == before + 2


async def test_a_table_that_hangs_keeps_nobody_waiting_for_an_answer(shared: Stage, url: str) -> None:
    async with held(url, "guilds, people"):
        done = await ask(shared.room, channel=elsewhere(shared))
        alone = await ask(shared.room, channel=shared.room.anna.direct())

    assert ANSWER in done.message.text
    assert ANSWER in alone.message.text


async def test_a_server_that_is_stopped_keeps_nobody_from_an_answer(shared: Stage, server: Any, url: str) -> None:
    await asyncio.to_thread(server.stop)
    try:
        done = [await ask(shared.room), await ask(shared.room, channel=elsewhere(shared))]
        refused = (await ask(shared.room, UNANSWERED)).message
        await shared.server.until(lambda: refused.edits)
    finally:
        await asyncio.to_thread(server.ensure_postgres_running)

    assert [is_sound(one) and ANSWER in one.message.text for one in done] == [True, True]
    assert KEPT not in refused.text


async def test_questions_are_counted_again_when_the_server_is_back(shared: Stage, url: str) -> None:
    before = await count(url)
    message = (await ask(shared.room, UNANSWERED)).message

    assert await counted(url, before + 1) == before + 1
    assert KEPT in message.text


@contextmanager
def frozen(bot: BotProcess) -> Iterator[None]:
    """Let a process stand still: what is answered meanwhile, another one answers."""
    bot.freeze()
    try:
        yield
    finally:
        bot.thaw()


@pytest.mark.parametrize("number", [0, 1])
async def test_a_process_answers_the_servers_of_its_shard_alone(
    rooms: list[tuple[Classroom, BotProcess]], number: int
) -> None:
    room, _ = rooms[number]
    _, other = rooms[1 - number]
    with frozen(other):
        done = await ask(room)

    assert ANSWER in done.message.text


async def test_direct_messages_are_answered_by_shard_0(rooms: list[tuple[Classroom, BotProcess]]) -> None:
    room, other = rooms[1]
    with frozen(other):
        done = await ask(room, channel=room.anna.direct())

    assert ANSWER in done.message.text


async def test_nobody_is_answered_twice(rooms: list[tuple[Classroom, BotProcess]]) -> None:
    room, _ = rooms[0]
    for one, _ in rooms:
        await ask(one)
    answers = room.server.recorder.calls("POST", "/interactions/**")

    assert len(answers) == len(room.server.desk.interactions.by_token)


async def test_a_table_that_hangs_keeps_it_no_longer_than_ten_seconds_from_stopping(shared: Stage, url: str) -> None:
    async with held(url, "unanswered"):
        await ask(shared.room, UNANSWERED)

        assert await shared.bot.stop(10.0) == 0
