"""What can go wrong in a round: messages and channels deleted, permissions lost, the bot started again."""

from __future__ import annotations

import asyncio

import pytest

from bot.discord.quizzes.hosting import Hosting
from bot.quiz.state import Phase
from tests.discord.conftest import click, labels, text_of
from tests.discord.test_digest import later
from tests.discord.test_quiz_live import THREE, Class, pick, room

__all__ = ["room"]


async def test_a_deleted_question_is_posted_again_and_gets_its_time_back(room: Class) -> None:
    await room.begin(seconds=30)
    first, deadline = room.question(), room.live.state.deadline
    await pick(room.anna, first, "A")
    await room.instructor.delete(first)
    await room.server.env.advance_time(2)
    await room.server.settle()
    again = room.question()

    assert again.id != first.id
    assert "Question 1 of 3" in text_of(again)
    assert "1 answer so far" in text_of(again)
    assert room.live.state.phase is Phase.OPEN
    assert room.live.state.deadline is not None
    assert deadline is not None
    assert room.live.state.deadline >= deadline
    assert "Noted" in await pick(room.ben, again, "B")


async def test_a_deleted_reveal_is_posted_again(room: Class) -> None:
    await room.begin()
    await room.pass_time()
    revealed = room.question()
    await room.instructor.delete(revealed)
    await room.server.settle()

    assert room.question().id != revealed.id
    assert "Right answer" in text_of(room.question())


async def test_a_deleted_lobby_comes_back_before_the_first_question(room: Class) -> None:
    await room.start()
    lobby = room.posts()[0]
    await room.instructor.delete(lobby)
    await room.server.settle()

    assert [labels(one) for one in room.posts()] == [["Join", "Leave"]]


async def test_a_deleted_channel_ends_the_round_and_keeps_its_answers(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "A")
    await room.channel.delete()
    await room.server.settle()
    kept = await room.kept()

    assert kept.state.phase is Phase.ENDED
    assert [row.player for row in kept.state.rows] == [room.anna.id]
    assert room.cog.host.running(room.server.guild.id) == []
    assert await room.server.store.rounds.running() == []


async def test_a_lost_permission_is_told_to_the_instructor_and_waited_for(room: Class) -> None:
    await room.begin(seconds=0)
    await pick(room.anna, room.question(), "A")
    await room.channel.set_permissions(room.channel.guild.me, send_messages=False)
    shown = await room.lead("next")
    shown = await click(room.instructor, shown, "Next question")
    await room.server.settle()
    told = text_of(await click(room.instructor, shown, "Refresh"))
    posted = len(room.posts())
    await room.channel.set_permissions(room.channel.guild.me, send_messages=True)
    await room.server.env.advance_time(20)
    await room.server.settle()

    assert "I lack Send Messages" in told
    assert len(room.posts()) == posted + 1
    assert room.live.state.phase is Phase.OPEN


@pytest.mark.parametrize("away", [5, 3_000])
async def test_a_restart_takes_up_a_round_and_gives_the_lost_time_back(room: Class, away: int) -> None:
    await room.begin(seconds=30)
    await pick(room.anna, room.question(), "A")
    deadline = room.live.state.deadline
    await room.server.env.advance_time(4)
    before = len(room.posts())
    await later(room.server, seconds=away)
    await room.server.restart()
    await room.server.settle()
    taken = room.live.state

    assert taken.phase is Phase.OPEN
    assert taken.deadline is not None
    assert deadline is not None
    assert away <= (taken.deadline - deadline).total_seconds() <= away + 6
    assert len(room.posts()) == before
    assert "Noted" in await pick(room.ben, room.question(), "B")
    assert [row.player for row in await room.rows()] == [room.anna.id, room.ben.id]


async def test_restarts_in_a_row_give_the_lost_time_back_once(room: Class) -> None:
    await room.begin(seconds=30)
    deadline = room.live.state.deadline
    await later(room.server, seconds=60)
    for _ in range(3):
        await room.server.restart()
        await room.server.settle()

    assert deadline is not None
    assert room.live.state.deadline is not None
    assert 60 <= (room.live.state.deadline - deadline).total_seconds() <= 66


async def test_a_restart_right_after_a_pause_gives_the_pause_back_once(room: Class) -> None:
    await room.begin(seconds=30)
    deadline = room.live.state.deadline
    await room.lead("pause")
    await later(room.server, seconds=600)
    await room.lead("pause")
    await room.server.restart()
    await room.server.settle()

    assert deadline is not None
    assert room.live.state.deadline is not None
    assert 600 <= (room.live.state.deadline - deadline).total_seconds() <= 606


async def test_a_skip_while_the_question_is_on_its_way_leaves_no_open_buttons(room: Class) -> None:
    await room.begin()
    await room.lead("skip")
    await room.lead("skip")
    await room.server.env.advance_time(3)

    assert [labels(message) for message in room.posts()[1:3]] == [[], []]


async def test_a_round_goes_on_to_its_podium_after_a_restart_in_every_phase(room: Class) -> None:
    controls = await room.start()
    await room.server.restart()
    await click(room.instructor, controls, "Start")
    await room.server.settle()
    for _ in range(THREE):
        await room.server.restart()
        await room.server.settle()
        await pick(room.anna, room.question(), "A")
        await room.pass_time()
        await room.server.restart()
        await room.server.settle()
        await room.pass_time()

    assert "My result" in labels(room.question())
    assert len(room.posts()) == 1 + THREE + 1
    assert len(await room.rows()) == THREE


async def test_an_erased_player_is_known_no_longer_and_totals_stay(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "A")
    asked = await room.anna.slash(room.server.channel, "privacy delete")
    await click(room.anna, asked, "Delete now")
    await room.server.settle()
    await room.pass_time()
    (row,) = await room.rows()

    assert row.player < 0
    assert row.right
    assert all(player < 0 for player in room.live.state.players)
    assert "1 of 1" in text_of(room.question()) or "1 person, 100 %" in text_of(room.question())


async def test_a_round_that_nobody_leads_ends_after_an_hour(room: Class) -> None:
    await room.begin(seconds=0)
    live = room.live
    await later(room.server, seconds=3_605)
    with room.server.env.time_context():
        await room.cog.host.once(room.server.env.now())
    with room.server.env.time_context():
        await room.cog.host.once(room.server.env.now())
        while live.worker is not None:
            await asyncio.wait({live.worker})

    assert "waited for an hour" in text_of(room.question())


async def test_a_disconnected_shard_gives_its_time_back(room: Class) -> None:
    await room.begin(seconds=30)
    deadline = room.live.state.deadline
    cog = room.cog
    assert isinstance(cog, Hosting)
    await cog.on_shard_disconnect(0)
    await room.server.env.advance_time(60)
    held = room.live.state.phase
    await cog.on_shard_resumed(0)
    await room.server.settle()

    assert held is Phase.OPEN
    assert deadline is not None
    assert room.live.state.deadline is not None
    assert (room.live.state.deadline - deadline).total_seconds() == pytest.approx(60, abs=2)
