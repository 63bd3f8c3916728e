"""The gateway: what happens to a bot whose connection is cut, and that it misses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from tests.wire.events import Intent
from tests.wire.fixtures import Classroom, Stage, StartBot, furnish, staged
from tests.wire.model import Message
from tests.wire.process import TINY_BOT, BotProcess
from tests.wire.server import WireServer
from tests.wire.validation import Description

shared = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None) -> AsyncIterator[Stage]:
    async with staged(description) as one:
        yield one


async def answered(stage: Stage, word: str) -> Message:
    """Mention the bot and wait for its echo."""
    stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} {word}")
    return await stage.server.until(
        lambda: next((one for one in stage.room.general.history if f"{word} / Anna" in one.text), None)
    )


async def resumed_after(stage: Stage) -> int:
    """Wait until the session has a socket again, and tell how often it was resumed."""
    await stage.server.gateway.ready()
    return next(iter(stage.server.gateway.sessions.values())).resumes


@shared
async def test_a_bot_beats_at_once(stage: Stage) -> None:
    assert stage.server.gateway.heartbeats >= 1


@shared
async def test_a_bot_asks_for_no_privileged_intents(stage: Stage) -> None:
    asked = Intent(stage.server.gateway.identifies[0]["intents"])

    assert not asked & Intent.MESSAGE_CONTENT


@shared
@pytest.mark.parametrize("code", [4000, 1001, None])
async def test_what_a_bot_missed_is_replayed_when_it_resumes(stage: Stage, code: int | None) -> None:
    before = await resumed_after(stage)
    await stage.server.gateway.drop(code=code)
    echo = await answered(stage, f"missed-{code}")

    assert echo.author is stage.server.world.bot
    assert await resumed_after(stage) == before + 1


@shared
async def test_a_bot_that_is_asked_to_reconnect_resumes(stage: Stage) -> None:
    before = await resumed_after(stage)
    stage.server.gateway.ask_to_reconnect()
    await answered(stage, "reconnected")

    assert await resumed_after(stage) == before + 1


@shared
async def test_a_resumable_invalid_session_is_resumed(stage: Stage) -> None:
    before = await resumed_after(stage)
    stage.server.gateway.invalidate(resumable=True)
    await answered(stage, "resumable")

    assert await resumed_after(stage) == before + 1


@shared
async def test_an_invalid_session_is_identified_anew(stage: Stage) -> None:
    before, begun = len(stage.server.gateway.identifies), len(stage.bot.lines)
    stage.server.gateway.invalidate()
    await stage.bot.says("^ready", since=begun)

    assert len(stage.server.gateway.identifies) == before + 1


@shared
async def test_a_session_that_is_forgotten_cannot_be_resumed(stage: Stage) -> None:
    before, begun = len(stage.server.gateway.identifies), len(stage.bot.lines)
    sockets = [one.socket for one in stage.server.gateway.connected]
    stage.server.gateway.forget()
    for socket in sockets:
        assert socket is not None
        await socket.close(4000)
    await stage.bot.says("^ready", since=begun)

    assert len(stage.server.gateway.identifies) == before + 1


@shared
async def test_a_bot_learns_that_it_joined_a_guild(stage: Stage) -> None:
    stage.server.world.add_guild("Another group")

    assert await stage.bot.says("joined Another group")


@shared
async def test_a_bot_learns_that_a_channel_is_gone(stage: Stage) -> None:
    stage.server.world.delete_channel(stage.server.world.add_channel(stage.room.guild, "doomed"))

    assert await stage.bot.says("deleted doomed")


@shared
async def test_words_without_a_mention_stay_hidden_from_a_bot(stage: Stage) -> None:
    told: list[str] = []
    session = stage.server.gateway.connected[0]
    stage.room.anna.say(stage.room.general, "a secret")
    told += [text for _, text in session.told]

    assert not any("a secret" in text for text in told)


async def test_two_processes_serve_a_shard_each(wire: WireServer, start_bot: StartBot) -> None:
    rooms = [furnish(wire, shard=(number, 2)) for number in (0, 1)]
    await asyncio.gather(*(start_bot(environment={"TINY_BOT": f"shard={number}"}) for number in (0, 1)))
    done = [await room.anna.slash(room.general, "ask", question="which?") for room in rooms]

    assert sorted(one.shard for one in wire.gateway.connected) == [(0, 2), (1, 2)]
    assert all(one.acknowledged for one in done)


async def test_one_process_serves_two_shards(wire: WireServer, start_bot: StartBot) -> None:
    rooms = [furnish(wire, shard=(number, 2)) for number in (0, 1)]
    bot = await start_bot(environment={"TINY_BOT": "shard=0 shard=1"})
    done = [await room.anna.slash(room.general, "ask", question="which?") for room in rooms]

    assert "ready [0, 1] 2 guilds" in bot.output
    assert all(one.acknowledged for one in done)


async def test_a_wrong_token_is_turned_away(wire: WireServer) -> None:
    bot = BotProcess(TINY_BOT, wire.environment | {"DISCORD_TOKEN": "wrong"})
    await bot.start()

    assert await bot.ended() != 0
    assert "LoginFailure" in bot.output


async def test_privileged_intents_are_refused(wire: WireServer, room: Classroom) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(wire.gateway_url) as socket:
        await socket.receive_json()
        asked = {"token": wire.token, "intents": int(Intent.MESSAGE_CONTENT)}
        await socket.send_json({"op": 2, "d": asked})
        await socket.receive()

    assert socket.close_code == 4014
