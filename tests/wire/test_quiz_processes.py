"""A quiz over the wire whose process is killed while it begins, asked to end, or one of two."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from bot.store.database import Store, sqlite_url
from tests.wire.bot_process import ANSWER, ANSWERED, DATABASE, StartOurs, bring_online, replied
from tests.wire.faults import Hold
from tests.wire.fixtures import Classroom
from tests.wire.load import spread
from tests.wire.process import BotProcess
from tests.wire.quizzes import Game, Wall, choice, instructor, keep_set, members, open_game, rows_of
from tests.wire.server import WireServer
from tests.wire.test_bot_store import rooms, url

__all__ = ["rooms", "url"]
ITEMS = (choice(1), choice(2), choice(3))
WAITS = "You are in a closed-book quiz."


@pytest_asyncio.fixture
async def store(home: Path, room: Classroom) -> AsyncIterator[Store]:
    """Give the database of a process, with the set in it."""
    opened = await Store.open(sqlite_url(home / DATABASE))
    await keep_set(opened, room.guild, ITEMS)
    yield opened
    await opened.close()


async def given(store: Store, game: Game) -> dict[tuple[int, int], int | str]:
    return {(row.user_id, row.number): row.given for row in await rows_of(store, game.id)}


# ------------------------------------------------------------------ one process


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("pattern", ["/channels/*/messages", "/channels/*/messages/*/threads"])
async def test_a_round_whose_process_dies_while_it_opens_is_led_on(
    wire: WireServer, room: Classroom, store: Store, start_ours: StartOurs, pattern: str, after: bool
) -> None:
    bot, leader, wall = await start_ours(), instructor(room), Wall(wire)
    held = wire.faults.on("POST", pattern, answer=Hold(after=after))
    await leader.slash(room.general, "quiz start", set="rivers")
    await held.reached()
    await bot.kill()
    await bring_online(wire, bot)
    await wire.until(lambda: wall.telling("A quiz on “", room.general.id))
    held.release()
    done = await leader.slash(room.general, "quiz next")
    game = Game(room, leader, ITEMS, wall, done.message)
    await wire.until(lambda: game.question(1))
    await game.answer(room.anna, 1, 2)
    await game.reveal(1)

    assert len(game.lobbies()) == 1
    assert await given(store, game) == {(room.anna.user.id, 1): 2}


async def test_an_orderly_stop_in_the_middle_of_a_question_loses_nothing(
    wire: WireServer, room: Classroom, store: Store, start_ours: StartOurs
) -> None:
    bot, players, wall = await start_ours(), members(room, 60), Wall(wire)
    game = await open_game(room, instructor(room), ITEMS, wall)
    await game.start()

    async def stop() -> int:
        await asyncio.sleep(0.5)
        status = await bot.stop()
        await bring_online(wire, bot)
        return status

    answering = spread([partial(game.answer, one, 1, number % 4) for number, one in enumerate(players)], 1.0, Random(1))
    status, _ = await asyncio.gather(stop(), answering)
    told = dict(game.given)
    kept = await given(store, game)
    for number, one in enumerate(players):
        await game.answer(one, 1, number % 4)
    await game.reveal(1)
    await game.ask(2)

    assert status == 0
    assert told.items() <= kept.items()
    assert all("I am restarting" in sentence for sentence in game.refused)
    assert len(await given(store, game)) == len(players)
    assert [len(game.questions(number, deleted=True)) for number in (1, 2)] == [1, 1]


# ------------------------------------------------------------------ two processes, a shard each


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def pair(rooms: list[tuple[Classroom, BotProcess]], url: str) -> AsyncIterator[list[tuple[Game, BotProcess]]]:
    """Start a round in a server of each shard, and answer its first question."""
    server = rooms[0][0].server
    wall, store = Wall(server), await Store.open(url)
    found = []
    for room, bot in rooms:
        await keep_set(store, room.guild, ITEMS)
        game = await open_game(room, instructor(room), ITEMS, wall, seconds=300)
        await game.start()
        await server.until(partial(game.deadline, 1))
        await game.answer(room.anna, 1, 0)
        found.append((game, bot))
    yield found
    await store.close()


def touched(game: Game) -> int:
    """Count what was posted and edited in the channel of a round."""
    return len([one for one in game.server.recorder.all if f"/channels/{game.place}/" in one.path])


@pytest.mark.asyncio(loop_scope="module")
async def test_the_book_is_closed_in_direct_messages_that_arrive_at_the_other_process(
    pair: list[tuple[Game, BotProcess]],
) -> None:
    (_, _), (game, _) = pair
    anna, ben = game.room.anna, game.room.ben
    asked = await anna.slash(anna.direct(), "ask", question=ANSWERED)
    said = await replied(game.server, anna.say(anna.direct(), ANSWERED))
    other = await ben.slash(ben.direct(), "ask", question=ANSWERED)

    assert WAITS in asked.message.text
    assert WAITS in said.text
    assert ANSWER in other.message.text


@pytest.mark.asyncio(loop_scope="module")
async def test_each_process_takes_up_the_rounds_of_its_own_servers(pair: list[tuple[Game, BotProcess]]) -> None:
    (first, one), (second, other) = pair
    server = first.server
    await asyncio.gather(one.kill(), other.kill())
    before, deadlines = [touched(first), touched(second)], [first.deadline(1), second.deadline(1)]
    await asyncio.sleep(1.1)  # what is given back is told in whole seconds
    await bring_online(server, other)
    await server.until(lambda: second.deadline(1) > deadlines[1], 10)
    await second.answer(second.room.ben, 1, 1)
    left = touched(first)
    await bring_online(server, one)
    await server.until(lambda: first.deadline(1) > deadlines[0], 10)
    await first.answer(first.room.ben, 1, 1)

    assert left == before[0]
    assert touched(second) > before[1]
    assert len(first.questions(1, deleted=True)) == len(second.questions(1, deleted=True)) == 1
