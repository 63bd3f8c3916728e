from __future__ import annotations

import discord
import pytest
import simcord

from bot.store.records import GuildSettings
from tests.discord.conftest import Installs, Server, act, actions, message_of, text_of

MENU = "Find in the brief"
SPEAKS = "I think Moscow distrusts Clinton. And 61 % of Russians had a negative impression of Clinton! Lunch was good."


async def find(server: Server, content: str) -> simcord.InteractionResult:
    message = await server.moderator.send(server.channel, content)
    return await server.reader.context_menu(server.channel, MENU, message)


async def test_the_passages_that_speak_to_a_message_are_shown_privately(server: Server) -> None:
    shown = await find(server, SPEAKS)

    assert shown.ephemeral
    assert "The view from Russia, para. 3" in text_of(shown)
    assert "61 % of the Russian respondents had a negative impression" in text_of(shown)


async def test_each_of_them_can_be_opened(server: Server) -> None:
    shown = await find(server, SPEAKS)
    posted = message_of(shown)
    ids = [one["accessory"]["custom_id"] for one in posted.components[0]["components"] if "accessory" in one]

    assert 1 <= len(ids) <= 5
    for custom_id in ids:
        assert text_of(await server.reader.click(posted, custom_id=custom_id)).startswith("##")


@pytest.mark.parametrize(
    "content",
    [
        "Lunch was good.",
        "Wie wird das Wetter morgen in Rom?",
        "asdfgh",
        "42",
        "🤔",
        "@everyone",
        "https://example.org/x",
    ],
)
async def test_nothing_found_is_said(server: Server, content: str) -> None:
    shown = await find(server, content)

    assert shown.ephemeral
    assert text_of(shown).startswith("Nothing in “")


async def test_a_message_without_text_gets_a_sentence(server: Server) -> None:
    message = await server.moderator.send(server.channel, "", attachments=[("cat.png", b"cat")])
    shown = await server.reader.context_menu(server.channel, MENU, message)

    assert text_of(shown) == "This message has no text that I could look up in the brief."


async def test_a_card_of_its_own_has_no_text_either(server: Server) -> None:
    card = await server.reader.slash(server.channel, "ask", question="Who wrote the brief?")
    shown = await server.reader.context_menu(server.channel, MENU, message_of(card))

    assert "no text" in text_of(shown)


async def test_the_longest_message_is_looked_up(server: Server) -> None:
    shown = await find(server, f"{'I had lunch and it was good. ' * 30}\n{SPEAKS}"[:2_000])

    assert shown.ephemeral
    assert text_of(shown)


async def test_a_message_of_one_long_word_is_looked_up(server: Server) -> None:
    assert text_of(await find(server, "sanctions" * 222)).startswith("Nothing in “")


async def test_nothing_of_a_lookup_is_kept(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, count_private=True))
    await find(server, "What is the sample size of the poll in Zimbabwe?")

    assert await server.store.unanswered.everywhere() == []
    assert "Zimbabwe" not in caplog.text


async def test_what_was_found_can_be_shared(server: Server) -> None:
    shown = await find(server, "Moscow distrusts Clinton.")
    posted = message_of(shown)
    custom_id = posted.components[0]["components"][1]["accessory"]["custom_id"]
    opened = await server.reader.click(posted, custom_id=custom_id)
    shared = await act(server.reader, opened, "share")

    assert not shared.ephemeral
    assert "remove" in actions(shared)


async def test_a_hostile_message_is_not_repeated(server: Server) -> None:
    shown = await find(server, "@everyone **Moscow distrusts Clinton** [x](https://evil.example)")

    assert "everyone" not in text_of(shown)
    assert "evil" not in text_of(shown)


@pytest.mark.two_briefs
async def test_a_channel_is_looked_up_in_its_own_brief(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, channel_packs={server.channel.id: "tiny"}))

    assert "in “A tiny brief”" in text_of(await find(server, "Do tests matter?"))


async def test_a_member_brings_the_menu_to_any_server(server: Server, installs: Installs) -> None:
    installs.server, installs.member = False, True

    assert (await find(server, SPEAKS)).ephemeral


async def test_the_menu_is_the_only_one(server: Server) -> None:
    menus = [one for one in await server.bot.tree.fetch_commands() if one.type is discord.AppCommandType.message]

    assert [one.name for one in menus] == [MENU]
