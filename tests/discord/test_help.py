from __future__ import annotations

import re
from collections.abc import Sequence

import discord
import pytest
import simcord
from simcord.backend import serializers

from bot.answers.askers import Asker
from bot.discord.library import Library
from bot.files.configuration import Configuration
from tests.discord.conftest import Server, Workshop, components, text_of

COMMAND = re.compile(r"</([a-z ]+):(\d+)>")
SOURCE = "https://example.org/briefbot"


@pytest.fixture
def configuration() -> Configuration:
    return Configuration(source_url=SOURCE, contact="The **library** desk @here", keep_unanswered_days=90)


async def help_of(server: Server) -> str:
    return text_of(await server.reader.slash(server.channel, "help"))


# ------------------------------------------------------------------ /help


async def test_help_is_shown_to_who_asks_for_it(server: Server) -> None:
    assert (await server.reader.slash(server.channel, "help")).ephemeral


async def test_every_command_that_is_mentioned_opens_by_a_click(server: Server) -> None:
    ids = {one.name: one.id for one in await server.bot.tree.fetch_commands()}
    offered = set(server.admin.available_commands(server.channel))
    offered |= set(server.moderator.available_commands(server.channel))
    mentioned = COMMAND.findall(await help_of(server))

    assert mentioned
    assert [name for name, found in mentioned if name not in offered or ids[name.split()[0]] != int(found)] == []


async def test_no_command_is_left_out(server: Server) -> None:
    text = await help_of(server)
    mentioned = {name.split()[0] for name, _ in COMMAND.findall(text)}
    commands = await server.bot.tree.fetch_commands()

    assert {one.name for one in commands if one.type is discord.AppCommandType.chat_input} - mentioned <= {"help"}
    assert all(one.name in text for one in commands if one.type is discord.AppCommandType.message)


async def test_help_names_the_brief_and_gives_questions_that_it_answers(server: Server) -> None:
    text = await help_of(server)
    examples = re.findall(r"^- ([^<*].*\?)$", text, re.MULTILINE)

    assert "**Geopolitical bromance or business-as-usual?" in text
    assert len(examples) == 3
    for question in examples:
        assert "nearest passages" not in text_of(await server.reader.slash(server.channel, "ask", question=question))


async def test_help_says_what_is_kept_and_how_long(server: Server) -> None:
    text = await help_of(server)

    assert "Kept for 90 days: questions that the brief did not answer, without who asked" in text
    assert "No message is kept" in text


async def test_help_leads_to_the_source_code_and_to_who_runs_it(server: Server) -> None:
    shown = await server.reader.slash(server.channel, "help")

    assert [one["url"] for one in components(shown) if "url" in one] == [SOURCE]
    assert "Run by The \\*\\*library\\*\\* desk \\@here." in text_of(shown)


@pytest.mark.parametrize(("contact", "asked"), [("Ada", "ask Ada for it."), ("", "ask them for it.")])
async def test_without_an_address_the_source_is_to_be_asked_for(
    server: Server, workshop: Workshop, contact: str, asked: str
) -> None:
    workshop.configuration = Configuration(contact=contact)
    await server.restart()
    shown = await server.reader.slash(server.channel, "help")

    assert [one for one in components(shown) if "url" in one] == []
    assert asked in text_of(shown)


async def test_direct_messages_have_no_commands_of_servers(server: Server) -> None:
    shown = await server.reader.user.slash("help")
    mentioned = {name for name, _ in COMMAND.findall(text_of(shown))}

    assert not shown.ephemeral
    assert mentioned <= {*server.reader.user.available_commands(), "privacy delete"}


@pytest.mark.two_briefs
async def test_help_names_every_brief_the_one_at_hand_first(server: Server) -> None:
    await server.reader.user.slash("ask", question="Do tests matter?", brief="tiny")
    text = text_of(await server.reader.user.slash("help"))

    assert text.index("**A tiny brief**") < text.index("**Geopolitical bromance")


async def test_a_library_of_many_briefs_fits(server: Server, shipped: Asker, tiny: Asker) -> None:
    await server.restart(Library([shipped, *[tiny] * 60]))

    assert "A tiny brief" in await help_of(server)


# ------------------------------------------------------------------ the first message in a server


async def join(server: Server, writable: Sequence[str], system: str = "") -> simcord.GuildHandle:
    """Let the bot be added to a server with three channels, of which it may write in some."""
    env = server.env
    guild = env.create_guild("Newcomers")
    silent = {guild.me: discord.PermissionOverwrite(send_messages=False)}
    for name in ("rules", "news", "talk"):
        channel = guild.create_text_channel(name, overwrites={} if name in writable else silent)
        if name == system:
            env.backend.edit_guild(guild.id, {"system_channel_id": channel.id})
    env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    env.backend.emit("GUILD_CREATE", payload(guild))
    await env.settle()
    return guild


def payload(guild: simcord.GuildHandle, **more: bool) -> dict[str, object]:
    """Describe a server as the gateway does to a bot that was just added: without a word on its being unavailable."""
    backend = guild._env.backend  # noqa: SLF001 - the handle leads nowhere else
    made = serializers.guild_create_payload(backend, backend.get_guild(guild.id))
    return {key: value for key, value in made.items() if key != "unavailable"} | more


def greetings(guild: simcord.GuildHandle) -> dict[str, int]:
    return {name: len(channel.history()) for name, channel in guild.channels.items() if channel.history()}


@pytest.mark.parametrize(
    ("writable", "system", "where"),
    [
        (["rules", "news", "talk"], "talk", {"talk": 1}),
        (["news", "talk"], "", {"news": 1}),
        (["news", "talk"], "rules", {"news": 1}),
        ([], "rules", {}),
        ([], "", {}),
    ],
)
async def test_a_new_server_is_greeted_once_where_the_bot_may_write(
    server: Server, writable: list[str], system: str, where: dict[str, int]
) -> None:
    assert greetings(await join(server, writable, system)) == where


async def test_the_greeting_says_what_it_does_and_where_to_go_on(server: Server) -> None:
    guild = await join(server, ["news"])
    text = text_of(guild.channels["news"].last_message)

    assert "**Geopolitical bromance or business-as-usual?" in text
    assert [name for name, _ in COMMAND.findall(text)] == ["ask", "help", "settings show"]


async def test_a_restart_greets_nobody_again(server: Server) -> None:
    guild = await join(server, ["news"])
    await server.restart()

    assert greetings(guild) == {"news": 1}


async def test_a_server_that_was_away_is_not_greeted_again(server: Server) -> None:
    guild = await join(server, ["news"])
    server.env.backend.emit("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})
    server.env.backend.emit("GUILD_CREATE", payload(guild, unavailable=False))
    await server.env.settle()

    assert greetings(guild) == {"news": 1}


async def test_a_greeting_that_discord_refuses_is_no_fault(server: Server) -> None:
    server.env.inject_error("POST", "/channels/*/messages", status=500)

    assert greetings(await join(server, ["news"])) == {}
