"""The closed book: who plays looks nothing up with the bot until each reveal, wherever and however."""

from __future__ import annotations

from typing import Any

import discord
import pytest
import simcord

from bot.discord.actions import custom_id
from bot.discord.client import READS
from tests.discord.conftest import Server, act, click, text_of
from tests.discord.test_quiz_live import Class, pick, room

__all__ = ["room"]
WAITS = "You are in a closed-book quiz"
COMMANDS: dict[str, dict[str, Any]] = {
    "ask": {"question": "Why does Moscow distrust Clinton?"},
    "browse": {},
    "quote": {},
    "poll": {},
    "recommendations": {},
    "cite": {},
    "quiz practice": {},
}
every_command = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture
async def player(room: Class) -> simcord.MemberActor:
    """Give a player of a question that is open."""
    await room.begin()
    await pick(room.anna, room.question(), "A")
    return room.anna


@every_command
async def test_a_player_waits_in_the_server(room: Class, player: simcord.MemberActor, command: str) -> None:
    shown = await player.slash(room.server.channel, command, **COMMANDS[command])

    assert WAITS in text_of(shown)
    assert shown.response is not None
    assert shown.response.ephemeral


@every_command
async def test_a_player_waits_in_direct_messages(room: Class, player: simcord.MemberActor, command: str) -> None:
    assert WAITS in text_of(await player.user.slash(command, **COMMANDS[command]))


@every_command
async def test_who_does_not_play_looks_things_up(room: Class, player: simcord.MemberActor, command: str) -> None:
    shown = await room.ben.slash(room.server.channel, command, **COMMANDS[command])

    assert shown.acknowledged
    assert not shown.response or WAITS not in text_of(shown)


async def test_after_the_reveal_a_player_looks_things_up(room: Class, player: simcord.MemberActor) -> None:
    await room.pass_time()

    assert WAITS not in text_of(await player.slash(room.server.channel, "ask", **COMMANDS["ask"]))


async def test_the_next_question_closes_the_book_again(room: Class, player: simcord.MemberActor) -> None:
    await room.pass_time()
    await room.pass_time()

    assert WAITS in text_of(await player.slash(room.server.channel, "ask", **COMMANDS["ask"]))


async def test_who_leaves_is_free(room: Class, player: simcord.MemberActor) -> None:
    await click(player, room.posts()[0], "Leave")

    assert WAITS not in text_of(await player.slash(room.server.channel, "ask", **COMMANDS["ask"]))


async def test_who_leaves_and_looks_something_up_cannot_answer_that_question(
    room: Class, player: simcord.MemberActor
) -> None:
    await click(player, room.posts()[0], "Leave")
    await player.slash(room.server.channel, "ask", private=True, **COMMANDS["ask"])
    refused = await pick(player, room.question(), "B")
    await room.pass_time()
    await room.pass_time()

    assert "You looked something up while this question was open" in refused
    assert "Noted" in await pick(player, room.question(), "B")


async def test_who_looks_something_up_before_joining_waits_for_the_next_question(
    room: Class, player: simcord.MemberActor
) -> None:
    await room.ben.slash(room.server.channel, "ask", private=True, **COMMANDS["ask"])

    assert "You looked something up" in await pick(room.ben, room.question(), "B")


async def test_an_earlier_round_s_result_waits_too(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "A")
    await room.stop()
    podium = room.question()
    await room.begin()
    await pick(room.anna, room.question(), "A")

    assert WAITS in text_of(await act(room.anna, podium, "quiz-mine"))
    assert WAITS not in text_of(await act(room.ben, podium, "quiz-mine"))


async def test_an_open_book_closes_nothing(room: Class) -> None:
    await room.begin(book="open")
    await pick(room.anna, room.question(), "A")

    assert WAITS not in text_of(await room.anna.slash(room.server.channel, "ask", **COMMANDS["ask"]))


async def test_the_end_of_the_round_opens_the_book(room: Class, player: simcord.MemberActor) -> None:
    await room.stop()

    assert WAITS not in text_of(await player.slash(room.server.channel, "ask", **COMMANDS["ask"]))


async def test_a_mention_waits(room: Class, player: simcord.MemberActor) -> None:
    bot = room.server.bot.user
    assert bot is not None
    await player.send(room.server.channel, f"<@{bot.id}> Why does Moscow distrust Clinton?")
    await room.server.settle()

    assert WAITS in text_of(room.posts()[-1])


async def test_the_menu_of_a_message_waits(room: Class, player: simcord.MemberActor) -> None:
    said = await room.ben.send(room.server.channel, "Moscow distrusts Clinton")
    shown = await player.context_menu(room.server.channel, "Find in the brief", said)

    assert WAITS in text_of(shown)


async def test_the_buttons_of_old_cards_wait(room: Class, player: simcord.MemberActor) -> None:
    old = await room.ben.slash(room.server.channel, "ask", private=False, **COMMANDS["ask"])
    assert old.response is not None
    message = next(one for one in room.posts() if one.id == old.response.id)

    for label in ("More", "Context"):
        assert WAITS in text_of(await click(player, message, label))


async def test_suggestions_tell_a_player_nothing(room: Class, player: simcord.MemberActor) -> None:
    assert await player.autocomplete(room.server.channel, "quote", "speaker", "") == []
    assert await room.ben.autocomplete(room.server.channel, "quote", "speaker", "") != []


def test_every_command_and_action_that_shows_the_brief_is_marked(server: Server) -> None:
    bot = server.bot
    reading = {one.qualified_name for one in bot.tree.walk_commands() if one.extras.get("reads")}
    menus = bot.tree.get_commands(type=discord.AppCommandType.message)
    actions = {
        "show", "more", "around", "walk", "share", "outline", "contents", "outline-page", "section", "section-page",
        "visit", "chart", "advice",
    }  # fmt: skip

    assert READS == {"reads": True}
    assert reading == {*COMMANDS, "digest preview", "quiz preview"}
    assert all(menu.extras.get("reads") for menu in menus)
    assert all(bot.actions.reads(name) for name in actions)
    assert custom_id("show")  # the names above are those of custom ids
    assert not bot.actions.reads("quiz-pick")
