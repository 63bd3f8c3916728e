"""Our bot over the wire when its connection is cut: nobody goes without an answer, and nothing is done twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answers.unanswered import same_question
from bot.store.database import Store, sqlite_url
from bot.store.unanswered import Asked
from tests.wire.bot_process import ANSWER, ANSWERED, DATABASE, is_sound, replied, replies_to, staged_bot, visitor
from tests.wire.fixtures import Stage
from tests.wire.model import Message
from tests.wire.validation import Description

pytestmark = pytest.mark.asyncio(loop_scope="module")

OLD = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None, shared_home: Path) -> AsyncIterator[Stage]:
    async with staged_bot(description, shared_home) as one:
        yield one


def mention(stage: Stage) -> Message:
    return visitor(stage.room).say(stage.room.general, f"{stage.server.world.bot.mention} {ANSWERED}")


def resumes(stage: Stage) -> int:
    return next(iter(stage.server.gateway.sessions.values())).resumes


# ------------------------------------------------------------------ a session that is taken up again


@pytest.mark.parametrize("code", [4000, 1001, None])
async def test_what_is_asked_while_the_socket_is_down_is_answered_once(stage: Stage, code: int | None) -> None:
    before = resumes(stage)
    await stage.server.gateway.drop(code=code)
    said = mention(stage)
    done = await stage.room.anna.slash(stage.room.general, "ask", question=ANSWERED)
    await replied(stage.server, said)
    assert is_sound(await stage.room.anna.slash(stage.room.general, "ask", question=ANSWERED))

    assert ANSWER in done.message.text
    assert len(replies_to(said)) == 1
    assert resumes(stage) == before + 1


async def test_what_was_answered_before_the_socket_fell_is_not_answered_again(stage: Stage) -> None:
    said = mention(stage)
    await replied(stage.server, said)
    await stage.server.gateway.drop()
    await replied(stage.server, mention(stage))

    assert len(replies_to(said)) == 1


async def test_a_bot_that_is_asked_to_reconnect_answers_on(stage: Stage) -> None:
    stage.server.gateway.ask_to_reconnect()

    assert ANSWER in (await replied(stage.server, mention(stage))).text


async def test_a_resumable_invalid_session_is_taken_up_again(stage: Stage) -> None:
    before = resumes(stage)
    stage.server.gateway.invalidate(resumable=True)

    assert ANSWER in (await replied(stage.server, mention(stage))).text
    assert resumes(stage) == before + 1


# ------------------------------------------------------------------ a session that is lost


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def anew(stage: Stage, shared_home: Path) -> AsyncIterator[Store]:
    """Lose the session, wait until the bot is ready anew, and give its database, where something old was put."""
    store = await Store.open(sqlite_url(shared_home / DATABASE))
    await store.unanswered.note_all([Asked(stage.room.guild.id, "tiny", "an old question", OLD, 1)], same_question)
    await stage.bot.says("ready as")
    begun = len(stage.bot.lines)
    stage.server.gateway.invalidate()
    await stage.bot.says("ready as", since=begun)
    yield store
    await store.close()


async def test_a_lost_session_is_begun_anew(stage: Stage, anew: Store) -> None:
    assert ANSWER in (await replied(stage.server, mention(stage))).text


async def test_a_new_session_tells_no_commands_again(stage: Stage, anew: Store) -> None:
    assert len(stage.server.recorder.calls("PUT", "/applications/*/commands")) == 1


async def test_a_new_session_begins_no_job_again(stage: Stage, anew: Store) -> None:
    assert await anew.unanswered.count(stage.room.guild.id) == 1


async def test_a_new_session_greets_nobody_again(stage: Stage, anew: Store) -> None:
    said = [one for one in stage.room.general.history if one.author.bot]

    assert [one for one in said if one.reply_to is None and one.interaction is None] == []


async def test_a_gateway_that_is_away_for_a_while_is_tried_again(stage: Stage) -> None:
    begun = len(stage.bot.lines)
    stage.server.gateway.refusing = True
    await stage.server.gateway.drop(code=None)
    await stage.bot.says("Attempting a reconnect", since=begun)
    stage.server.gateway.refusing = False
    await stage.server.gateway.ready()

    assert ANSWER in (await replied(stage.server, mention(stage))).text


async def test_a_token_that_was_changed_meanwhile_ends_it_with_a_sentence(stage: Stage) -> None:
    await stage.server.gateway.drop(code=4004)

    assert await stage.bot.ended() == 1
    assert stage.bot.lines[-1] == "Discord does not accept the token; copy it again from the portal."
