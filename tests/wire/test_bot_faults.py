"""Our bot over the wire when Discord does not take what it sends: the reader still gets an answer or a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.bot_process import ANSWER, ANSWERED, is_sound, replied, replies_to, staged_bot, visitor
from tests.wire.faults import Broken, Fault, Hold, Reset, Slow, TooMany
from tests.wire.fixtures import Stage
from tests.wire.interactions import Interaction
from tests.wire.model import Message
from tests.wire.validation import Description

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALLBACK = "/interactions/*/*/callback"
MESSAGES = "/channels/*/messages"
NOT_TAKEN = "Discord did not take my answer; please try again in a moment."


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None, shared_home: Path) -> AsyncIterator[Stage]:
    async with staged_bot(description, shared_home) as one:
        yield one


async def ask(stage: Stage, fault: Fault | None = None) -> Interaction:
    """Ask, and let the first answer meet with a fault."""
    if fault is not None:
        stage.server.faults.on("POST", CALLBACK, answer=fault)
    return await stage.room.anna.slash(stage.room.general, "ask", question=ANSWERED)


def mention(stage: Stage, fault: Fault) -> Message:
    """Ask by a message, and let the first reply meet with a fault."""
    stage.server.faults.on("POST", MESSAGES, answer=fault)
    return visitor(stage.room).say(stage.room.general, f"{stage.server.world.bot.mention} {ANSWERED}")


# ------------------------------------------------------------------ answers to commands


@pytest.mark.parametrize("fault", [Broken(500), Broken(503), TooMany(0.05)])
async def test_an_answer_that_discord_does_not_take_at_once_is_sent_again(stage: Stage, fault: Fault) -> None:
    assert ANSWER in (await ask(stage, fault)).message.text


@pytest.mark.parametrize("fault", [TooMany(via=False), Reset()])
async def test_an_answer_that_is_not_taken_at_all_is_apologised_for(stage: Stage, fault: Fault) -> None:
    done = await ask(stage, fault)

    assert done.message.text.startswith(f"{NOT_TAKEN} Reference: ")
    assert done.message.ephemeral


@pytest.mark.parametrize("fault", [Broken(500, after=True), Reset(after=True), Slow(0.2, after=True), Slow(0.2)])
async def test_an_answer_that_was_taken_all_the_same_stays_the_only_one(stage: Stage, fault: Fault) -> None:
    done = await ask(stage, fault)
    await ask(stage)

    assert ANSWER in done.message.text
    assert done.followups == []


async def test_an_answer_that_comes_too_late_is_no_fault(stage: Stage) -> None:
    begun = len(stage.bot.lines)
    rule = stage.server.faults.on("POST", CALLBACK, answer=Hold())
    done = await stage.room.anna.slash(stage.room.general, "ask", question=ANSWERED, wait=0)
    await rule.reached()
    done.created -= 4.0  # seconds ago
    rule.release()
    await stage.bot.says("the interaction was gone", since=begun)

    assert not done.acknowledged
    assert not any("Traceback" in line for line in stage.bot.lines[begun:])


async def test_a_button_whose_answer_is_not_taken_is_apologised_for(stage: Stage) -> None:
    shown = await ask(stage)
    stage.server.faults.on("POST", CALLBACK, answer=Reset())
    pressed = await stage.room.anna.click(shown.message, "bb:around:*")

    assert pressed.message.text.startswith(NOT_TAKEN)


async def test_a_vote_is_counted_once_though_its_answer_was_not_taken(stage: Stage) -> None:
    shown = await ask(stage)
    stage.server.faults.on("POST", CALLBACK, answer=Reset())
    await stage.room.anna.click(shown.message, "bb:up:*")
    again = await stage.room.anna.click(shown.message, "bb:up:*")

    assert "as you said before" in again.message.text


async def test_a_completion_that_is_not_taken_costs_nothing_else(stage: Stage) -> None:
    stage.server.faults.on("POST", CALLBACK, answer=Reset())
    await stage.room.anna.autocomplete(stage.room.general, "ask", "question", "do", wait=0.3)

    assert is_sound(await ask(stage))


# ------------------------------------------------------------------ replies to mentions


@pytest.mark.parametrize("fault", [Broken(500), TooMany(0.05), Slow(0.2), Slow(0.2, after=True)])
async def test_a_reply_that_discord_does_not_take_at_once_is_sent_again(stage: Stage, fault: Fault) -> None:
    assert ANSWER in (await replied(stage.server, mention(stage, fault))).text


@pytest.mark.parametrize("fault", [Broken(503), TooMany(via=False), Reset()])
async def test_a_reply_that_is_not_taken_at_all_is_apologised_for(stage: Stage, fault: Fault) -> None:
    said = await replied(stage.server, mention(stage, fault))

    assert "Reference: " in said.text


@pytest.mark.parametrize("fault", [Broken(500, after=True), Broken(503, after=True), Reset(after=True)])
async def test_a_reply_that_was_taken_all_the_same_stays_the_only_one(stage: Stage, fault: Fault) -> None:
    said = mention(stage, fault)
    sent = len(stage.server.recorder.calls("POST", MESSAGES))
    await replied(stage.server, said)
    await stage.server.until(lambda: len(stage.server.recorder.calls("POST", MESSAGES)) >= sent + 2)

    assert [ANSWER in one.text for one in replies_to(said)] == [True]


async def test_a_question_whose_channel_is_deleted_costs_nothing_else(stage: Stage) -> None:
    channel = stage.server.world.add_channel(stage.room.guild, "doomed")
    rule = stage.server.faults.on("POST", MESSAGES, answer=Hold())
    visitor(stage.room).say(channel, f"{stage.server.world.bot.mention} {ANSWERED}")
    await rule.reached()
    stage.server.world.delete_channel(channel)
    rule.release()

    assert is_sound(await ask(stage))


async def test_an_answer_that_hangs_does_not_keep_it_longer_than_ten_seconds_from_stopping(stage: Stage) -> None:
    rule = stage.server.faults.on("POST", CALLBACK, answer=Hold())
    await stage.room.anna.slash(stage.room.general, "ask", question=ANSWERED, wait=0)
    await rule.reached()

    assert await stage.bot.stop(10.0) == 0
