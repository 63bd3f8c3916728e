"""Faults: what discord.py makes of refusals, broken answers and resets, and what has taken effect all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.wire.faults import Broken, Deny, Fault, Hold, Reset, Slow, TooMany
from tests.wire.fixtures import Classroom, Stage, StartBot, staged
from tests.wire.server import WireServer
from tests.wire.validation import Description

shared = pytest.mark.asyncio(loop_scope="module")
MESSAGES = "/channels/*/messages"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None) -> AsyncIterator[Stage]:
    async with staged(description) as one:
        yield one


async def outcome(stage: Stage, word: str, fault: Fault) -> tuple[bool, int]:
    """Let the bot send a word into a fault: does it think it has sent it, and how often does it stand there."""
    begun = len(stage.bot.lines)
    stage.server.faults.on("POST", MESSAGES, answer=fault)
    stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} send {word}")
    line = await stage.bot.says("^(?:did|failed) send", since=begun)
    stage.server.faults.clear()
    return line.startswith("did"), sum(one.content == word for one in stage.room.general.history)


@shared
async def test_429_is_retried(stage: Stage) -> None:
    assert await outcome(stage, "patient", TooMany(retry_after=0.05)) == (True, 1)


@shared
async def test_429_without_via_is_not_retried(stage: Stage) -> None:
    assert await outcome(stage, "banned", TooMany(via=False)) == (False, 0)


@shared
async def test_500_is_retried(stage: Stage) -> None:
    assert await outcome(stage, "again", Broken(500)) == (True, 1)


@shared
async def test_503_is_not_retried(stage: Stage) -> None:
    assert await outcome(stage, "never", Broken(503)) == (False, 0)


@shared
async def test_a_broken_answer_may_hide_that_it_is_done(stage: Stage) -> None:
    assert await outcome(stage, "hidden", Broken(503, after=True)) == (False, 1)


@shared
async def test_a_reset_before_the_effect_leaves_nothing(stage: Stage) -> None:
    assert await outcome(stage, "lost", Reset()) == (False, 0)


@shared
async def test_a_reset_after_the_effect_leaves_the_message(stage: Stage) -> None:
    assert await outcome(stage, "kept", Reset(after=True)) == (False, 1)


@shared
async def test_a_refusal_is_told(stage: Stage) -> None:
    assert await outcome(stage, "denied", Deny(403, 50013, "Missing Permissions")) == (False, 0)


@shared
async def test_a_slow_answer_is_waited_for(stage: Stage) -> None:
    assert await outcome(stage, "slow", Slow(0.05)) == (True, 1)


@shared
async def test_a_broken_acknowledgement_is_retried(stage: Stage) -> None:
    stage.server.faults.on("POST", "/interactions/**", answer=Broken(503))
    done = await stage.room.anna.slash(stage.room.general, "ask", question="why?")

    assert done.acknowledged


@shared
async def test_a_fault_lets_the_first_pass(stage: Stage) -> None:
    rule = stage.server.faults.on("POST", "/interactions/**", answer=TooMany(0.01), skip=1)
    for _ in range(2):
        await stage.room.anna.slash(stage.room.general, "ask", question="why?")

    assert rule.hits == 1


async def test_a_bot_can_be_killed_between_the_effect_and_the_answer(
    wire: WireServer, room: Classroom, start_bot: StartBot
) -> None:
    bot = await start_bot()
    held = wire.faults.on("POST", MESSAGES, answer=Hold(after=True))
    room.anna.say(room.general, f"{wire.world.bot.mention} send effect")
    await held.reached()
    await bot.kill()

    assert room.general.latest.content == "effect"
    assert "did send" not in bot.output


async def test_a_killed_bot_goes_on_when_it_is_started_again(
    wire: WireServer, room: Classroom, start_bot: StartBot
) -> None:
    bot = await start_bot()
    shown = await room.anna.slash(room.general, "press")
    await bot.kill()
    lost = await room.anna.click(shown.message, "press:*", wait=0.05)
    await start_bot()
    pressed = await room.anna.click(shown.message, "press:*")

    assert (lost.acknowledged, pressed.acknowledged) == (False, True)


async def test_a_stopped_bot_ends_well_and_gives_its_session_up(
    wire: WireServer, room: Classroom, start_bot: StartBot
) -> None:
    bot = await start_bot()

    assert await bot.stop() == 0
    assert await wire.until(lambda: not wire.gateway.sessions)
