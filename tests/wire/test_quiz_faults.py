"""A quiz over the wire when channels, permissions, messages, requests and connections go: what stands stands once."""

from __future__ import annotations

import asyncio

import pytest

from bot.quiz.state import Phase
from bot.store.database import Store
from bot.store.quiz_records import KeptRound
from tests.wire.bot_process import ANSWERED, is_sound
from tests.wire.faults import Broken, Fault, Hold, Reset, TooMany
from tests.wire.fixtures import Stage
from tests.wire.permissions import Permission
from tests.wire.players import Player
from tests.wire.quizzes import Game, answers
from tests.wire.test_quiz import Begin, begin, player, stage, store, wall

__all__ = ["begin", "player", "stage", "store", "wall"]
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def settled(store: Store, game: Game) -> KeptRound:
    """Wait until nobody looks after a round any more, and read it."""
    async with asyncio.timeout(10):
        while any(one.id == game.id for one in await store.rounds.running()):  # noqa: ASYNC110 - another process's
            await asyncio.sleep(0.05)
    found = await store.rounds.find(game.room.guild.id, game.id)
    assert found is not None
    return found


async def told(game: Game, sentence: str) -> str:
    """Look at the private card until it tells something."""
    async with asyncio.timeout(10):
        while sentence not in game.controls.text:
            await game.lead("Refresh")
            await asyncio.sleep(0.1)
    return game.controls.text


# ------------------------------------------------------------------ channels, permissions, messages


@pytest.mark.parametrize("thread", [True, False])
async def test_a_channel_that_is_deleted_ends_the_round_and_keeps_the_rows(
    stage: Stage, store: Store, begin: Begin, player: Player, thread: bool
) -> None:
    game = await begin(place="thread")
    await game.answer(player, 1, 1)
    stage.server.world.delete_channel(game.channel if thread else game.lobby)
    state = (await settled(store, game)).state

    assert state.phase is Phase.ENDED
    assert await answers(store, game) == [(1, player.user.id, 1)]
    assert is_sound(await stage.room.anna.slash(stage.room.general, "ask", question=ANSWERED))


async def test_a_permission_that_is_lost_is_told_and_waited_for(
    stage: Stage, store: Store, begin: Begin, player: Player
) -> None:
    game = await begin()
    await game.answer(player, 1, 0)
    await game.reveal(1)
    role = stage.room.guild.role(stage.server.world.bot.name)
    stage.server.world.set_overwrite(game.lobby, role, deny=Permission.SEND_MESSAGES)
    await game.lead("Next question")
    said = await told(game, "I lack Send Messages")
    tried = len(stage.server.recorder.calls("POST", f"/channels/{game.place}/messages"))
    stage.server.world.set_overwrite(game.lobby, role)
    await stage.server.until(lambda: game.question(2), 20)
    await game.answer(player, 2, 3)
    still = await told(game, "Question 2 of 3 is open")

    assert "is being posted" in said
    assert tried <= 4  # lobby, a question, the one that is forbidden, and at most one more try
    assert "I lack" not in still
    assert [row[:1] + row[2:] for row in await answers(store, game)] == [(1, 0), (2, 3)]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", [Broken, Reset, TooMany])
async def test_a_question_whose_request_fails_stands_once(
    stage: Stage, begin: Begin, player: Player, kind: type[Broken | Reset | TooMany], after: bool
) -> None:
    fault: Fault = TooMany(via=False, after=after) if kind is TooMany else kind(after=after)
    game = await begin(starts=False)
    stage.server.faults.on("POST", f"/channels/{game.place}/messages", answer=fault)
    await game.start()
    await stage.server.until(lambda: game.deadline(1), 10)
    await game.answer(player, 1, 0)
    await game.reveal(1)

    assert len(game.questions(1, deleted=True)) == 1


async def test_who_answers_before_the_bot_knows_that_the_question_stands_is_counted(
    stage: Stage, store: Store, begin: Begin, player: Player
) -> None:
    game = await begin(starts=False)
    stage.server.faults.on("POST", f"/channels/{game.place}/messages", answer=Reset(after=True))
    held = stage.server.faults.on("POST", f"/channels/{game.place}/messages", answer=Hold())
    await game.start()
    await game.answer(player, 1, 0)
    await held.reached(10)
    held.release()
    await stage.server.until(lambda: "1 answer so far" in game.message(1).text, 10)

    assert len(game.questions(1, deleted=True)) == 1
    assert await answers(store, game) == [(1, player.user.id, 0)]


async def test_a_question_that_a_moderator_deletes_comes_back_once(
    stage: Stage, store: Store, begin: Begin, player: Player
) -> None:
    game = await begin()
    await game.answer(player, 1, 1)
    gone = game.message(1)
    stage.server.messages.delete(gone)
    await stage.server.until(lambda: game.question(1))
    await game.answer(player, 1, 0)
    await game.reveal(1)

    assert [one.deleted for one in game.questions(1, deleted=True)] == [True, False]
    assert await answers(store, game) == [(1, player.user.id, 0)]


async def test_a_question_that_is_deleted_in_a_pause_comes_back_paused(
    stage: Stage, begin: Begin, player: Player
) -> None:
    game = await begin()
    await told(game, "is open until")
    await game.lead("Pause")
    await stage.server.until(lambda: "Paused." in game.message(1).text)
    stage.server.messages.delete(game.message(1))
    again = await stage.server.until(lambda: game.question(1))
    paused = again.text
    await game.lead("Resume")
    await stage.server.until(lambda: game.deadline(1))
    await game.answer(player, 1, 0)

    assert "Paused." in paused
    assert [one.deleted for one in game.questions(1, deleted=True)] == [True, False]


# ------------------------------------------------------------------ connections


async def test_what_is_answered_while_the_socket_is_down_counts(
    stage: Stage, store: Store, begin: Begin, player: Player
) -> None:
    game = await begin(seconds=60)
    before = await stage.server.until(lambda: game.deadline(1))
    await stage.server.gateway.drop()
    await game.answer(player, 1, 2)
    await game.reveal(1)

    assert game.unanswered == 0
    assert before > 0
    assert await answers(store, game) == [(1, player.user.id, 2)]


async def test_a_question_gets_the_time_back_for_which_the_gateway_was_away(
    stage: Stage, begin: Begin, player: Player
) -> None:
    game = await begin(seconds=60)
    before = await stage.server.until(lambda: game.deadline(1))
    stage.server.gateway.refusing = True
    await stage.server.gateway.drop(code=None)
    await asyncio.sleep(2)
    stage.server.gateway.refusing = False
    await stage.server.gateway.ready()
    await stage.server.until(lambda: game.deadline(1) > before, 10)

    assert 1 <= game.deadline(1) - before < 20
