"""``/digest post``: where it may be, and whom it pings."""

from __future__ import annotations

import asyncio

import discord
import pytest
from discord.ext import commands

from bot.store.records import GuildSettings
from tests.discord.conftest import Server, components, text_of
from tests.discord.test_digest import channel_without, declared, history, post, posts, use

# ------------------------------------------------------------------ where


async def test_a_digest_is_posted_here_when_no_channel_is_named(server: Server) -> None:
    await post(server)

    assert "**Recommendation: " in text_of(posts(server.channel)[0])


async def test_a_digest_is_posted_in_the_channel_that_is_named(server: Server) -> None:
    channel = server.guild.create_text_channel("digests")
    await post(server, channel=channel)

    assert (len(posts(channel)), len(posts(server.channel))) == (1, 0)


async def test_a_digest_is_posted_in_the_channel_of_the_settings(server: Server) -> None:
    channel = server.guild.create_text_channel("digests")
    await server.services.book.save(GuildSettings(server.guild.id, digest_channel=channel.id))
    await post(server)

    assert len(posts(channel)) == 1


async def test_a_digest_is_posted_in_a_thread(server: Server) -> None:
    await server.bot.get_channel(server.channel.id).create_thread(name="weekly", type=discord.ChannelType.public_thread)
    await server.settle()
    (thread,) = server.channel.threads
    await post(server, channel=thread)

    assert "**Recommendation: " in text_of(posts(thread)[-1])


async def test_readers_look_up_what_a_posted_digest_shows_after_a_restart(server: Server) -> None:
    await post(server)
    (message,) = posts(server.channel)
    await server.restart()
    first = next(one["custom_id"] for one in components(message) if one["type"] == 2)
    shown = await server.reader.click(message, custom_id=first)

    assert shown.ephemeral
    assert "Hansen (2016), Recommendations, para. 1" in text_of(shown)


async def test_consecutive_digests_differ(server: Server) -> None:
    for _ in range(3):
        await post(server)
    shown = [set(one.entries) for one in await history(server)]

    assert shown[0] != shown[1] != shown[2]


async def test_whoever_delivers_is_told_that_something_waits(server: Server) -> None:
    told = asyncio.Event()

    class Delivering(commands.Cog):
        def kick(self) -> None:
            told.set()

    await server.bot.add_cog(Delivering())
    await use(server, "post")

    assert told.is_set()


@pytest.mark.parametrize(
    ("denied", "said"),
    [
        ("view_channel", "I lack View Channel"),
        ("send_messages", "I lack Send Messages"),
        ("attach_files", "I lack Attach Files"),
        ("read_message_history", "I lack Read Message History"),
    ],
)
async def test_a_permission_that_i_lack_is_named(server: Server, denied: str, said: str) -> None:
    channel = channel_without(server, **{denied: False})

    assert said in text_of(await use(server, "post", channel=channel))
    assert await history(server) == []


async def test_no_file_is_attached_where_no_figure_is_shown(server: Server) -> None:
    channel = channel_without(server, attach_files=False)
    await post(server, channel=channel, figure=False)

    assert len(posts(channel)) == 1


async def test_a_moderator_posts_nowhere_where_he_may_not_write(server: Server) -> None:
    channel = channel_without(server, of="moderator", send_messages=False)

    assert "You may not write in" in text_of(await use(server, "post", channel=channel))
    assert await history(server) == []


async def test_a_voice_channel_takes_no_digest(server: Server) -> None:
    (posting,) = [one for one in declared(server)["options"] if one["name"] == "post"]
    (channel,) = [one for one in posting["options"] if one["name"] == "channel"]

    assert sorted(channel["channel_types"]) == [0, 5, 10, 11, 12]


# ------------------------------------------------------------------ whom it pings


async def test_a_role_that_anyone_may_mention_is_pinged_and_no_other(server: Server) -> None:
    role = server.guild.create_role("Readers", mentionable=True)
    other = server.guild.create_role("Others", mentionable=True)
    await post(server, role=role, title=f"<@&{other.id}>")
    (message,) = posts(server.channel)

    assert [one.id for one in message.role_mentions] == [role.id]
    assert not message.mention_everyone


async def test_a_role_is_not_pinged_for_who_may_not_mention_it(server: Server) -> None:
    role = server.guild.create_role("Readers")

    assert f"You may not ping <@&{role.id}>" in text_of(await use(server, "post", role=role))
    assert await history(server) == []


async def test_who_may_mention_everyone_may_have_any_role_pinged(server: Server) -> None:
    server.moderator = server.member("max", manage_messages=True, mention_everyone=True)
    role = server.guild.create_role("Readers")
    await post(server, role=role)

    assert [one.id for one in posts(server.channel)[0].role_mentions] == [role.id]


async def test_a_role_that_i_may_not_ping_is_not_promised(server: Server) -> None:
    server.moderator = server.member("max", manage_messages=True, mention_everyone=True)
    channel = channel_without(server, mention_everyone=False)
    shown = await use(server, "post", role=server.guild.create_role("Readers"), channel=channel)

    assert "I may not ping" in text_of(shown)


@pytest.mark.parametrize("command", ["preview", "post", "schedule"])
async def test_everyone_is_never_pinged(server: Server, command: str) -> None:
    server.moderator = server.member("max", manage_messages=True, mention_everyone=True)
    shown = await use(
        server, command, role=server.guild.default_role, **({"repeat": "daily"} if command == "schedule" else {})
    )

    assert "I never ping everyone" in text_of(shown)
