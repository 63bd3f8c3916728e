from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import os
import signal
from collections.abc import AsyncIterator

import discord
import pytest
import pytest_asyncio
import yarl
from aiohttp import web
from discord import app_commands
from discord.ext import commands

from bot.answers.unanswered import same_question
from bot.discord.client import BriefBot, CogMaker, Interaction, point_at
from bot.discord.cogs.all import COGS
from bot.discord.delivery import tell
from bot.discord.library import Library
from bot.discord.running import Ended, Withholding, run
from bot.files.configuration import Configuration, DiscordOptions
from tests.discord.conftest import Server, Workshop, act, text_of

QUESTION = "Why does Moscow distrust Clinton?"
APPLICATION = {
    **dict.fromkeys(("id", "name", "username", "discriminator", "description", "verify_key"), "1"),
    **dict.fromkeys(("icon", "avatar")),
    **dict.fromkeys(("bot_public", "bot_require_code_grant", "bot"), True),
    "flags": 0,
    "owner": {"id": "2", "username": "o", "discriminator": "0", "avatar": None},
}
RESTARTING = "I am restarting; please try again in a minute."


class Extra(commands.Cog):
    """A cog of a later version: a command that takes as long as one lets it."""

    def __init__(self, bot: BriefBot) -> None:
        self.gate = asyncio.Event()
        self.bot = bot

    @app_commands.command(description="Wait until the gate opens")
    async def wait(self, interaction: Interaction) -> None:
        await self.bot.simulation.external_wait(self.gate.wait(), reason="the gate")
        await tell(interaction, "It opened.")


async def start(server: Server, *more: CogMaker) -> BriefBot:
    """Start the bot anew on the same database, with more cogs."""
    bot = BriefBot((await server.workshop.build(server.library)).services, (*COGS, *more))
    bot.simulation = server.env
    await server.env.restart_bot(bot)
    return bot


def told(server: Server) -> list[str]:
    """List where the bot sent its commands."""
    return [one.path for one in server.env.http_requests if one.method == "PUT" and one.path.endswith("/commands")]


# ------------------------------------------------------------------ what it asks of Discord


async def test_no_privileged_intent_is_asked_for(server: Server) -> None:
    intents = server.bot.intents

    assert [intents.members, intents.presences, intents.message_content] == [False] * 3


async def test_no_message_pings_anybody_unless_it_says_so(server: Server) -> None:
    assert server.bot.allowed_mentions.to_dict() == {"parse": []}


@pytest.mark.parametrize(("ids", "shards"), [((1, 3), [1, 3]), (None, None)])
async def test_shards_are_those_of_the_configuration(
    workshop: Workshop, server: Server, ids: tuple[int, ...] | None, shards: list[int] | None
) -> None:
    workshop.configuration = Configuration(discord=DiscordOptions(shard_count=4, shard_ids=ids))
    bot = await workshop.build(server.library)

    assert (bot.shard_count, bot.shard_ids) == (4, shards)


def test_other_addresses_than_discords_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(discord.Asset, "BASE", discord.Asset.BASE)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL())
    point_at(DiscordOptions(api_base="http://a/api/v10", gateway_url="ws://b", cdn_base="http://c"))

    assert discord.http.Route.BASE == "http://a/api/v10"
    assert yarl.URL("ws://b") == discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    assert discord.Asset.BASE == "http://c"


# ------------------------------------------------------------------ commands


async def test_a_first_start_tells_discord_the_commands_once(server: Server) -> None:
    assert told(server) == [f"/applications/{server.bot.application_id}/commands"]


async def test_a_restart_without_a_change_tells_it_nothing(server: Server) -> None:
    await server.restart()
    await start(server)

    assert len(told(server)) == 1


async def test_a_changed_command_is_told_once(server: Server) -> None:
    await start(server, Extra)
    await start(server, Extra)

    assert len(told(server)) == 2


async def test_a_command_can_be_mentioned_after_a_restart_without_asking_discord(server: Server) -> None:
    before = server.bot.mention_of("settings show")
    await server.restart()

    assert server.bot.mention_of("settings show") == before
    assert before.startswith("</settings show:")


async def test_a_command_that_nobody_knows_is_named_plainly(server: Server) -> None:
    assert server.bot.mention_of("sing loudly") == "`/sing loudly`"


async def test_one_server_can_have_the_commands_for_itself(server: Server) -> None:
    options = DiscordOptions(dev_guild_id=server.guild.id)
    server.workshop.configuration = Configuration(discord=options)
    await server.restart()
    await server.restart()

    application = f"/applications/{server.bot.application_id}"

    assert told(server)[1:] == [f"{application}/commands", f"{application}/guilds/{server.guild.id}/commands"]
    assert await server.bot.tree.fetch_commands() == []
    assert not (await server.reader.slash(server.channel, "ask", question=QUESTION)).ephemeral


@pytest.mark.faulty
async def test_commands_that_discord_does_not_take_are_told_at_the_next_start(server: Server) -> None:
    server.env.inject_error("PUT", "/applications/*/commands", status=500)
    bot = await start(server, Extra)
    assert bot.mention_of("ask").startswith("</ask:")
    assert "para. 3" in text_of(await server.reader.slash(server.channel, "ask", question=QUESTION))

    await start(server, Extra)
    assert "wait" in server.reader.available_commands(server.channel)


# ------------------------------------------------------------------ jobs


async def test_what_was_kept_long_enough_goes_day_by_day(server: Server) -> None:
    server.workshop.configuration = Configuration(keep_unanswered_days=2)
    await server.restart()
    now = server.env.now()
    for hours in (0, 36):
        when = now - dt.timedelta(hours=hours)
        await server.store.unanswered.note(server.guild.id, "hansen-2016", f"{hours} hours", when, same_question)
    server.bot.get_cog("Deliver").rounds.cancel()  # every two seconds of a day would take minutes
    server.bot.get_cog("Quiz").ticks.cancel()
    await server.env.advance_time(36 * 60 * 60)

    assert [one.text for one in await server.store.unanswered.listed(server.guild.id)] == ["0 hours"]


async def test_a_job_runs_once_however_often_discord_is_reached_again(server: Server) -> None:
    task = server.bot.get_cog("Housekeeping").daily.get_task()
    server.bot.dispatch("ready")
    server.bot.dispatch("ready")
    await server.env.settle()

    assert server.bot.get_cog("Housekeeping").daily.get_task() is task
    assert not task.done()


# ------------------------------------------------------------------ stopping


async def test_while_it_stops_no_command_is_begun(server: Server) -> None:
    server.bot.stopping = True
    shown = await server.reader.slash(server.channel, "ask", question=QUESTION)

    assert shown.ephemeral
    assert text_of(shown) == RESTARTING


async def test_while_it_stops_no_button_does_anything(server: Server) -> None:
    shown = await server.reader.slash(server.channel, "ask", question=QUESTION)
    server.bot.stopping = True

    assert text_of(await act(server.reader, shown, "up")) == RESTARTING
    assert await server.store.feedback.ratings(server.guild.id) == []


async def test_while_it_stops_nothing_is_suggested(server: Server) -> None:
    server.bot.stopping = True

    assert await server.reader.autocomplete(server.channel, "ask", "question", "") == []


async def test_work_that_runs_is_ended_before_it_leaves(server: Server) -> None:
    bot = await start(server, Extra)
    running = await server.reader.slash(server.channel, "wait")
    assert not running.acknowledged

    stopping = asyncio.create_task(bot.stop())
    await asyncio.sleep(0)
    bot.get_cog("Extra").gate.set()
    await stopping

    assert text_of(running) == "It opened."
    assert bot.is_closed()


async def test_work_that_does_not_end_is_left(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    bot = await start(server, Extra)
    await server.reader.slash(server.channel, "wait")
    await bot.stop(grace=0.01)

    assert bot.is_closed()
    assert "1 pieces of work did not end in time" in caplog.text


async def test_the_next_process_takes_over(server: Server) -> None:
    await server.bot.stop()
    await server.restart()

    assert not (await server.reader.slash(server.channel, "ask", question=QUESTION)).ephemeral


@pytest_asyncio.fixture
async def unreachable(request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """Serve a Discord that takes connections and never answers, or one whose gateway alone is away."""
    reached, over = asyncio.Event(), asyncio.Event()

    async def answer(called: web.Request) -> web.Response:
        if called.path == "/" or request.param == "silent":
            reached.set()
        if request.param == "silent":
            await over.wait()
        body = json.dumps(APPLICATION if called.method == "GET" else []).encode()
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"127.0.0.1:{runner.addresses[0][1]}", reached
    over.set()
    await runner.cleanup()


@pytest.mark.parametrize("unreachable", ["silent", "no gateway"], indirect=True)
async def test_it_stops_at_once_where_discord_does_not_answer(
    workshop: Workshop, library: Library, monkeypatch: pytest.MonkeyPatch, unreachable: tuple[str, asyncio.Event]
) -> None:
    address, reached = unreachable
    for owner, name in ((discord.http.Route, "BASE"), (discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    options = DiscordOptions(api_base=f"http://{address}/api/v10", gateway_url=f"ws://{address}", shard_count=1)
    point_at(options)
    workshop.configuration = Configuration(discord=options)
    running = asyncio.create_task(run(await workshop.build(library), "MTIz.secret"))
    await asyncio.wait_for(reached.wait(), 5)
    os.kill(os.getpid(), signal.SIGTERM)

    assert await asyncio.wait_for(running, 3) is Ended.STOPPED


# ------------------------------------------------------------------ the log


@pytest.mark.parametrize("text", ["using token %s", "failed: %s\nagain"])
def test_the_log_withholds_the_token(text: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, "x", 1, text, ("MTIz.secret",), None)
    written = Withholding(("MTIz.secret", "")).format(record)

    assert "[withheld]" in written
    assert "secret" not in written


def test_the_log_withholds_the_token_in_a_traceback_too() -> None:
    error = ValueError("MTIz.secret")
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "failed", (), (ValueError, error, None))

    assert "ValueError: [withheld]" in Withholding(("MTIz.secret",)).format(record)
