"""Our bot as a process that starts: what stops it is told in a sentence, and what it told Discord once stays told."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.bot_process import (
    ANSWER,
    ANSWERED,
    DATABASE,
    StartOurs,
    bring_online,
    check_discretion,
    our_bot,
    replied,
)
from tests.wire.faults import Reset
from tests.wire.fixtures import Classroom, furnish, served
from tests.wire.interactions import Interaction
from tests.wire.process import BotProcess
from tests.wire.server import WireServer
from tests.wire.validation import Description

COMMANDS = "/applications/*/commands"
WRONG = "MTIz.another.secret"


async def ended(bot: BotProcess) -> tuple[int, str]:
    """Wait until a bot ends by itself, and give its status and the sentence that it ends with."""
    status = await bot.ended(30)
    assert "Traceback" not in bot.output
    return status, bot.lines[-1]


@pytest.fixture
def locked(home: Path) -> Iterator[Path]:
    """Give a data folder whose new database another program holds."""
    path = home / DATABASE
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield home


# ------------------------------------------------------------------ what stops it


async def test_a_pack_that_cannot_be_used_is_told_with_all_its_problems(
    wire: WireServer, home: Path, start_ours: StartOurs
) -> None:
    pack = home / "broken"
    pack.mkdir()
    (pack / "pack.yaml").write_text("publicatoin: {}\nrights: no\n", "utf-8")
    (pack / "quotes.yaml").write_text("quotes: [{id: a, speeker: b}]\n", "utf-8")
    bot = await start_ours(online=False, packs=[str(pack)])
    status, _ = await ended(bot)

    assert (status, wire.recorder.all, wire.gateway.identifies) == (2, [], [])
    assert [name for name in ("publicatoin", "rights", "speeker") if name not in bot.output] == []


async def test_no_token_is_told(wire: WireServer, start_ours: StartOurs) -> None:
    status, said = await ended(await start_ours(online=False, environment={"DISCORD_TOKEN": ""}))

    assert (status, wire.recorder.all) == (2, [])
    assert said.startswith("DISCORD_TOKEN: is not set;")


async def test_a_wrong_token_is_told_and_not_repeated(start_ours: StartOurs) -> None:
    bot = await start_ours(online=False, environment={"DISCORD_TOKEN": WRONG})
    status, said = await ended(bot)

    assert (status, said) == (1, "Discord does not accept the token; copy it again from the portal.")
    assert WRONG not in bot.output


async def test_shards_that_discord_does_not_accept_are_told(wire: WireServer, start_ours: StartOurs) -> None:
    bot = await start_ours()
    await wire.gateway.drop(code=4011)
    status, said = await ended(bot)

    assert (status, said) == (1, "Discord asks for other shards than discord.shard_count and discord.shard_ids name.")


async def test_a_discord_that_is_not_there_is_told(start_ours: StartOurs) -> None:
    nowhere = {"api_base": "http://127.0.0.1:9/api/v10"}
    status, said = await ended(await start_ours(online=False, discord=nowhere))

    assert status == 1
    assert said == "Discord could not be reached; check the network, or discord.api_base, and start again."


async def test_a_gateway_that_is_away_at_the_start_keeps_nobody_from_stopping(
    wire: WireServer, start_ours: StartOurs
) -> None:
    wire.gateway.refusing = True
    bot = await start_ours(online=False)
    await bot.says("Failed to connect")

    assert await bot.stop(5.0) == 0


async def test_a_database_that_is_locked_at_the_start_is_told(locked: Path, start_ours: StartOurs) -> None:
    url = f"sqlite:///{locked / DATABASE}?timeout=0.3"
    status, said = await ended(await start_ours(online=False, database={"url": url}))

    assert (status, said) == (
        1,
        f"the database {locked / DATABASE} has been locked by another program for too long; end that program, then"
        " try again",
    )


async def test_a_database_that_is_locked_for_writing_at_the_start_is_no_hindrance(
    wire: WireServer, room: Classroom, home: Path, start_ours: StartOurs
) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as other:
        other.execute("BEGIN EXCLUSIVE")
        await start_ours(database={"url": f"sqlite:///{home / DATABASE}?timeout=0.3"})
        done = await room.anna.slash(room.general, "ask", question=ANSWERED)

    assert ANSWER in done.message.text


# ------------------------------------------------------------------ what it tells Discord


async def test_commands_that_discord_does_not_take_are_no_hindrance(
    wire: WireServer, room: Classroom, start_ours: StartOurs
) -> None:
    wire.faults.on("PUT", COMMANDS, answer=Reset())
    await start_ours()
    said = room.anna.say(room.general, f"{wire.world.bot.mention} {ANSWERED}")

    assert ANSWER in (await replied(wire, said)).text


# ------------------------------------------------------------------ killed, and started again


@dataclass(frozen=True, slots=True)
class Killed:
    """A bot that was killed after its first start, in an empty folder, and started again; a card from before."""

    room: Classroom
    shown: Interaction
    folder: Path


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def again(description: Description | None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Killed]:
    folder = tmp_path_factory.mktemp("killed")
    async with served(description) as server:
        room = furnish(server)
        first, second = our_bot(server, folder), our_bot(server, folder)
        try:
            await bring_online(server, first)
            shown = await room.anna.slash(room.general, "ask", question=ANSWERED)
            await first.kill()
            await bring_online(server, second)
            yield Killed(room, shown, folder)
        finally:
            for bot in (first, second):
                await bot.kill()
                check_discretion(server, bot)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_first_start_makes_the_database(again: Killed) -> None:
    assert (again.folder / DATABASE).exists()


@pytest.mark.asyncio(loop_scope="module")
async def test_commands_that_did_not_change_are_told_once(again: Killed) -> None:
    assert len(again.room.server.recorder.calls("PUT", COMMANDS)) == 1


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("action", ["bb:around:*", "bb:up:*", "bb:remove:*"])
async def test_buttons_from_before_a_kill_work_after_it(again: Killed, action: str) -> None:
    pressed = await again.room.anna.click(again.shown.message, action)

    assert pressed.acknowledged
    assert "another version" not in (pressed.original.text if pressed.original else "")
