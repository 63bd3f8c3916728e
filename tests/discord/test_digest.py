"""``/digest``: who may use it and where, and what the tests of its commands share."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from typing import Any

import discord
import pytest
import simcord
from discord import ui

from bot.discord.delivering.worker import Worker
from bot.discord.digests.desk import MOST_SCHEDULES
from bot.store.digest_records import Delivery, Schedule
from bot.store.guilds import Guilds
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, text_of

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # when the clock of the simulation begins: a Thursday
HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x`"
ESCAPED = "\\@everyone \\*\\*free\\*\\* \\[nitro\\](https\\://evil.example) \\<\\@1\\> \\`x\\`"
NOTHING = dict.fromkeys(("recommendations", "quote", "figure", "section", "discussion"), False)
COMMANDS: dict[str, dict[str, Any]] = {
    "preview": {},
    "post": {},
    "schedule": {"repeat": "daily"},
    "edit": {"schedule": "1", "time": "10"},
    "list": {},
    "skip": {"schedule": "1"},
    "pause": {"schedule": "1"},
    "resume": {"schedule": "1"},
    "delete": {"schedule": "1"},
    "history": {},
    "withdraw": {"digest": "1"},
    "correct": {"digest": "1"},
}
every_command = pytest.mark.parametrize("command", COMMANDS)


async def use(server: Server, command: str, **options: Any) -> simcord.InteractionResult:
    return await server.moderator.slash(server.channel, f"digest {command}", **options)


async def schedule(server: Server, **options: Any) -> Schedule:
    """Make a schedule by the command, and give it as it is kept."""
    shown = await use(server, "schedule", **({"days": "mon", "time": "9"} | options))
    assert "Scheduled" in text_of(shown), text_of(shown)
    return (await server.store.digests.listed(server.guild.id))[-1]


async def schedules(server: Server) -> list[Schedule]:
    return await server.store.digests.listed(server.guild.id)


async def history(server: Server) -> list[Delivery]:
    return await server.store.digests.history(server.guild.id, None)


async def deliver(server: Server, at: dt.datetime) -> None:
    """Let a worker post what is due by a time."""
    worker = Worker(server.services, server.bot, owner="a test", rng=random.Random(1))
    await worker.once(at)


async def later(server: Server, **span: float) -> None:
    """Turn the clock, without the many rounds of what works in the background."""
    for task in asyncio.all_tasks():
        if task.get_name().startswith("discord-ext-tasks"):
            task.cancel()
    await server.env.advance_time(dt.timedelta(**span).total_seconds())


async def post(server: Server, **options: Any) -> Delivery:
    """Post a digest by the command, and let it be delivered."""
    await use(server, "post", **options)
    await deliver(server, START + dt.timedelta(minutes=5))
    (latest, *_) = await history(server)
    return latest


def posts(channel: simcord.ChannelHandle) -> list[discord.Message]:
    """List what stands in a channel for all."""
    return [one for one in channel.history() if not one.flags.ephemeral]


def channel_without(server: Server, *, of: str = "me", **denied: bool) -> simcord.ChannelHandle:
    """Make a channel in which the bot, or the moderator, lacks permissions."""
    who = server.bot.user if of == "me" else server.moderator
    return server.guild.create_text_channel("elsewhere", overwrites={who: discord.PermissionOverwrite(**denied)})


async def offer_to(server: Server, member: simcord.MemberActor) -> None:
    """Let a server offer the command to somebody, as its admins can."""
    command = next(one for one in await server.bot.tree.fetch_commands() if one.name == "digest")
    server.guild.set_command_permissions(command, {member: True})


# ------------------------------------------------------------------ who may


async def test_a_moderator_is_offered_every_command(server: Server) -> None:
    offered = set(server.moderator.available_commands(server.channel))

    assert {f"digest {command}" for command in COMMANDS} <= offered


async def test_who_does_not_moderate_is_offered_none(server: Server) -> None:
    assert not [one for one in server.reader.available_commands(server.channel) if one.startswith("digest")]


@every_command
async def test_a_reader_who_is_offered_a_command_may_not_use_it(server: Server, command: str) -> None:
    await schedule(server)
    await offer_to(server, server.reader)
    before = (await schedules(server), await history(server))
    shown = await server.reader.slash(server.channel, f"digest {command}", **COMMANDS[command])

    assert "This is for moderators" in text_of(shown)
    assert (await schedules(server), await history(server)) == before


@every_command
async def test_the_moderator_role_may_use_every_command(server: Server, command: str) -> None:
    await schedule(server)
    role = server.guild.create_role("Moderators")
    await server.services.book.save(GuildSettings(server.guild.id, moderator_role=role.id))
    member = server.with_role("milo", role)
    await offer_to(server, member)
    shown = await member.slash(server.channel, f"digest {command}", **COMMANDS[command])

    assert "This is for moderators" not in (text_of(shown) if shown.modal is None else "")


@pytest.mark.parametrize(
    "state",
    [
        "digest-approve:1",
        "digest-post:1",
        "digest-when:1",
        "digest-begin:1",
        "digest-list:0",
        "digest-delete:1",
        "digest-correct:1",
    ],
)
async def test_no_button_obeys_a_reader(server: Server, state: str) -> None:
    made = await schedule(server)
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:{state}"))
    refused = await server.reader.click(forged, label="Press")

    assert "This is for moderators" in text_of(refused)
    assert await schedules(server) == [made]


@pytest.mark.parametrize(
    ("command", "option"),
    [("edit", "schedule"), ("skip", "schedule"), ("withdraw", "digest"), ("schedule", "days"), ("pause", "until")],
)
async def test_completion_tells_a_reader_nothing(server: Server, command: str, option: str) -> None:
    await schedule(server)
    await post(server)
    await offer_to(server, server.reader)
    filled = {"schedule": "1"} if option == "until" else {}

    assert await server.reader.autocomplete(server.channel, f"digest {command}", option, "", **filled) == []


async def test_a_role_that_cannot_be_read_lets_nobody_in(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.store.faults import StoreFault

    role = server.guild.create_role("Moderators")
    await server.store.guilds.save(GuildSettings(server.guild.id, moderator_role=role.id))
    member = server.with_role("milo", role)
    await offer_to(server, member)

    async def broken(*_: Any) -> GuildSettings:
        raise StoreFault("the database is away")

    monkeypatch.setattr(Guilds, "get", broken)

    assert "This is for moderators" in text_of(await member.slash(server.channel, "digest list"))


# ------------------------------------------------------------------ where


async def test_direct_messages_have_no_digests(server: Server) -> None:
    assert not [one for one in server.moderator.user.available_commands() if one.startswith("digest")]


async def test_the_command_is_for_servers_that_added_the_bot(server: Server) -> None:
    command = declared(server)

    assert (command["contexts"], command["integration_types"]) == ([0], [0])
    assert command["default_member_permissions"] == discord.Permissions(manage_messages=True).value


async def test_the_command_has_the_size_that_discord_takes(server: Server) -> None:
    assert size_of(declared(server)) <= 8_000


@every_command
async def test_every_answer_is_for_the_moderator_alone(server: Server, command: str) -> None:
    await schedule(server)
    shown = await use(server, command, **COMMANDS[command])

    assert shown.modal is not None or shown.ephemeral


@pytest.mark.parametrize("command", ["edit", "skip", "pause", "resume", "delete", "history", "preview"])
async def test_a_schedule_that_is_not_there_is_a_sentence(server: Server, command: str) -> None:
    assert "no such schedule" in text_of(await use(server, command, schedule="99"))


@pytest.mark.parametrize("typed", ["x", "", "-1", "9" * 40, "²"])
async def test_what_is_no_number_names_no_schedule(server: Server, typed: str) -> None:
    assert "by its number" in text_of(await use(server, "history", schedule=typed))


async def test_a_number_may_have_its_sign(server: Server) -> None:
    await schedule(server)

    assert "Skipped" in text_of(await use(server, "skip", schedule=" #1 "))


async def test_a_schedule_of_another_server_is_not_there(server: Server) -> None:
    made = await server.store.digests.create(1, 2, "hansen-2016", {}, {}, None, 3, START, START)

    assert "no such schedule" in text_of(await use(server, "skip", schedule=str(made.id)))


async def test_a_server_has_so_many_schedules_and_no_more(server: Server) -> None:
    for _ in range(MOST_SCHEDULES):
        await server.store.digests.create(
            server.guild.id, server.channel.id, "hansen-2016", {}, {}, None, 3, START, START
        )
    shown = await use(server, "schedule", repeat="daily")

    assert "A server may have 25 schedules" in text_of(shown)
    assert await server.store.digests.count(server.guild.id) == MOST_SCHEDULES


def declared(server: Server) -> dict[str, Any]:
    commands = next(one.json for one in server.env.http_requests if one.path.endswith("/commands"))
    return next(one for one in commands if one["name"] == "digest")


def size_of(node: dict[str, Any]) -> int:
    """Count the characters as Discord does: names, descriptions and values of a command and all its options."""
    choices = sum(len(one["name"]) + len(str(one["value"])) for one in node.get("choices") or ())
    return len(node["name"]) + len(node["description"]) + choices + sum(map(size_of, node.get("options") or ()))
