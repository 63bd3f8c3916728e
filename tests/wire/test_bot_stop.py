"""Our bot as a process that is told to stop: what is begun is ended, nothing new is begun, and it leaves in time."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.bot_process import (
    ANSWERED,
    DATABASE,
    StartOurs,
    replies_to,
    staged_bot,
    visitor,
)
from tests.wire.faults import Hold
from tests.wire.interactions import Interaction
from tests.wire.model import Message
from tests.wire.server import WireServer
from tests.wire.validation import Description

THINGS = (
    "badgers",
    "volcanoes",
    "cellos",
    "carpets",
    "tundras",
    "harpsichords",
    "lichens",
)  # more than are written one by one
RESTARTING = "I am restarting; please try again in a minute."
IN_TIME = 10.0  # seconds
shared = pytest.mark.asyncio(loop_scope="module")


def kept(folder: Path) -> int:
    """Tell how often questions without an answer were counted in a database."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        (count,) = database.execute("SELECT coalesce(sum(asked), 0) FROM unanswered").fetchone()
    return int(count)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A bot that was told to stop while it waited to count questions, and what was wanted of it meanwhile."""

    status: int
    seconds: float
    counted: int
    asked_late: Interaction
    pressed_late: Interaction
    said_late: Message
    closed: list[int | None]


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=[signal.SIGTERM, signal.SIGINT])
async def stopped(
    request: pytest.FixtureRequest, description: Description | None, shared_home: Path
) -> AsyncIterator[Stopped]:
    async with staged_bot(description, shared_home) as stage:
        room, bot = stage.room, stage.bot
        before = kept(shared_home)
        with closing(sqlite3.connect(shared_home / DATABASE)) as other:
            other.execute("BEGIN IMMEDIATE")
            for thing in THINGS:
                asked = await room.anna.slash(room.general, "ask", question=f"How heavy are {thing} in the Danube?")
            begun = time.monotonic()
            bot.process.send_signal(request.param)
            await bot.says("stopping")
            late = await room.ben.slash(room.general, "ask", question=ANSWERED)
            pressed = await room.ben.click(asked.message, "bb:outline:*")
            said = visitor(room).say(room.general, f"{stage.server.world.bot.mention} {ANSWERED}")
            assert kept(shared_home) == before
        status = await bot.ended(IN_TIME)
        seconds = time.monotonic() - begun
        counted = kept(shared_home) - before
        yield Stopped(status, seconds, counted, late, pressed, said, stage.server.gateway.closes)


@shared
async def test_a_bot_that_is_told_to_stop_ends_well(stopped: Stopped) -> None:
    assert stopped.status == 0


@shared
async def test_it_does_not_wait_to_gather_questions(stopped: Stopped) -> None:
    assert stopped.seconds < 3.5


@shared
async def test_questions_that_are_being_counted_are_kept(stopped: Stopped) -> None:
    assert stopped.counted == len(THINGS)


@shared
async def test_who_asks_while_it_stops_is_told_so(stopped: Stopped) -> None:
    assert stopped.asked_late.message.text == RESTARTING
    assert stopped.asked_late.message.ephemeral


@shared
async def test_who_presses_while_it_stops_is_told_so(stopped: Stopped) -> None:
    assert stopped.pressed_late.message.text == RESTARTING


@shared
async def test_who_mentions_it_while_it_stops_is_not_answered(stopped: Stopped) -> None:
    assert replies_to(stopped.said_late) == []


@shared
async def test_it_gives_its_session_up(stopped: Stopped) -> None:
    assert stopped.closed == [1000]


# ------------------------------------------------------------------ when something does not want to end


async def test_it_can_be_stopped_before_it_is_connected(wire: WireServer, start_ours: StartOurs) -> None:
    held = wire.faults.on("PUT", "/applications/**", answer=Hold())
    bot = await start_ours(online=False)
    await held.reached(30)

    assert await bot.stop() == 0
    assert "Traceback" not in bot.output
