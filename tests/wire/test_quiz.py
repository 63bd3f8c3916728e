"""A quiz over the wire: from the lobby to the podium, several at once, answers in the database, the closed book."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from bot.store.database import Store, sqlite_url
from tests.wire.bot_process import ANSWER, ANSWERED, DATABASE, replied, staged_bot, visitor
from tests.wire.fixtures import Stage
from tests.wire.load import spread
from tests.wire.players import Player
from tests.wire.quizzes import Game, Wall, answers, choice, instructor, keep_set, open_game, worded
from tests.wire.validation import Description

pytestmark = pytest.mark.asyncio(loop_scope="module")

ITEMS = (choice(1), choice(2), worded(3))
WAITS = "You are in a closed-book quiz."
Begin = Callable[..., Awaitable[Game]]
Lock = Callable[[], AbstractContextManager[None]]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def store(shared_home: Path) -> AsyncIterator[Store]:
    opened = await Store.open(sqlite_url(shared_home / DATABASE))
    yield opened
    await opened.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None, shared_home: Path, store: Store) -> AsyncIterator[Stage]:
    async with staged_bot(description, shared_home) as one:
        await keep_set(store, one.room.guild, ITEMS)
        yield one


@pytest.fixture(scope="module")
def wall(stage: Stage) -> Wall:
    return Wall(stage.server)


@pytest_asyncio.fixture(loop_scope="module")
async def begin(stage: Stage, wall: Wall) -> AsyncIterator[Begin]:
    """Give what starts a round in a new channel, up to its first question; all are stopped in the end."""
    games: list[Game] = []

    async def make(*, place: str = "channel", starts: bool = True, **options: object) -> Game:
        number = wall.count
        channel = stage.server.world.add_channel(stage.room.guild, f"channel-{number}")
        leader = instructor(stage.room, f"ines {number}")
        game = await open_game(stage.room, leader, ITEMS, wall, channel=channel, place=place, **options)
        games.append(game)
        if starts:
            await game.start()
        return game

    yield make
    for game in [one for one in games if not one.lobby.deleted]:
        await game.lead("Stop…")
        await game.lead("Stop now")


@pytest.fixture
def locked(shared_home: Path) -> Lock:
    """Give what holds the database as another program does."""

    @contextmanager
    def hold() -> Iterator[None]:
        with closing(sqlite3.connect(shared_home / DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    return hold


@pytest.fixture
def player(stage: Stage) -> Player:
    return visitor(stage.room)


# ------------------------------------------------------------------ a round


@pytest.mark.parametrize("place", ["thread", "channel"])
async def test_a_round_goes_from_its_lobby_to_its_podium(
    stage: Stage, store: Store, begin: Begin, player: Player, place: str
) -> None:
    game = await begin(place=place, starts=False)
    await game.join(player)
    await game.start()
    for number in (1, 2, 3):
        await game.answer(player, number, 0 if number < 3 else "the Danubbe")
        await game.reveal(number)
        if number < 3:
            await game.ask(number + 1)
    podium = await game.finish()

    assert f"{player.user.mention}, 3 points" in podium.text
    assert (game.channel.is_thread, game.channel is game.lobby) == (place == "thread", place == "channel")
    assert [len(game.questions(number)) for number in (1, 2, 3)] == [1, 1, 1]
    assert await answers(store, game) == [
        (1, player.user.id, 0),
        (2, player.user.id, 0),
        (3, player.user.id, "the Danubbe"),
    ]


async def test_two_rounds_at_once_keep_apart(stage: Stage, store: Store, begin: Begin, player: Player) -> None:
    first, second = await begin(place="thread"), await begin(place="thread", book="open")
    await first.answer(player, 1, 2)
    await second.answer(player, 1, 0)
    await first.reveal(1)
    await first.ask(2)

    assert await answers(store, first) == [(1, player.user.id, 2)]
    assert await answers(store, second) == [(1, player.user.id, 0)]
    assert not second.revealed(1)
    assert second.question(2) is None
    assert first.place != second.place


async def test_a_button_of_another_round_s_channel_is_refused(
    stage: Stage, store: Store, begin: Begin, player: Player
) -> None:
    first, second = await begin(), await begin()
    body = {"components": first.message(1).components, "flags": 1 << 15}
    copied = stage.server.messages.post(second.lobby, stage.server.world.bot, body)
    done = await player.click(copied, f"bb:quiz-pick:{first.id}.1.0")

    assert "This round is over" in done.message.text
    assert await answers(store, first) == []


async def test_an_answer_that_is_given_twice_is_not_told_before_it_is_kept(
    stage: Stage, store: Store, begin: Begin, player: Player, locked: Lock
) -> None:
    game = await begin()
    with locked():
        pressed = [asyncio.create_task(game.press(player, 1, 0)) for _ in range(2)]
        await asyncio.sleep(0.5)
        early = [one.done() for one in pressed]
    told = [(await one).message.text for one in pressed]

    assert early == [False, False]
    assert all("Noted: A" in text for text in told)
    assert await answers(store, game) == [(1, player.user.id, 0)]


async def test_an_answer_that_cannot_be_kept_is_not_told_as_noted_and_can_be_given_again(
    stage: Stage, store: Store, begin: Begin, player: Player, locked: Lock
) -> None:
    game = await begin()
    with locked():
        done = await game.press(player, 1, 0)
    again = (await game.press(player, 1, 0)).message.text

    assert done.original is None or "Noted" not in done.original.text
    assert "Noted: A" in again
    assert await answers(store, game) == [(1, player.user.id, 0)]


async def test_who_is_erased_while_a_class_answers_costs_nobody_an_answer(
    stage: Stage, store: Store, begin: Begin, player: Player
) -> None:
    game, class_ = await begin(), [visitor(stage.room, f"pupil {number}") for number in range(40)]
    await game.answer(player, 1, 0)
    shown = await player.slash(stage.room.general, "privacy delete")

    async def erase() -> str:
        await asyncio.sleep(0.3)
        return (await player.click(shown.message, label="Delete now")).message.text

    erased, _ = await asyncio.gather(
        erase(), spread([partial(game.answer, one, 1, 0) for one in class_], 0.6, Random(1))
    )
    await game.reveal(1)
    kept = await answers(store, game)

    assert "deleted" in erased.lower()
    assert len(kept) == 1 + len(class_)
    assert {player for _, player, _ in kept if player > 0} == {one.user.id for one in class_}
    assert "41 of 41 answers were right." in game.message(1).text


# ------------------------------------------------------------------ the closed book


async def test_a_player_waits_in_direct_messages_too(stage: Stage, begin: Begin, player: Player) -> None:
    game = await begin()
    await game.answer(player, 1, 0)
    asked = await player.slash(player.direct(), "ask", question=ANSWERED)
    said = await replied(stage.server, player.say(player.direct(), ANSWERED))
    await game.reveal(1)
    revealed = await player.slash(player.direct(), "ask", question=ANSWERED)

    assert WAITS in asked.message.text
    assert WAITS in said.text
    assert ANSWER in revealed.message.text


async def test_a_player_s_mention_waits_and_somebody_else_s_is_answered(
    stage: Stage, begin: Begin, player: Player
) -> None:
    game = await begin()
    await game.answer(player, 1, 0)
    mention = f"{stage.server.world.bot.mention} {ANSWERED}"
    mine = await replied(stage.server, player.say(stage.room.general, mention))
    theirs = await replied(stage.server, visitor(stage.room).say(stage.room.general, mention))

    assert WAITS in mine.text
    assert ANSWER in theirs.text
