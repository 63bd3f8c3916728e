"""A class of 300 at a quiz, whose bot is killed and started again while it goes on."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from bot.quiz.items import Item
from bot.store.database import Store, sqlite_url
from tests.wire.bot_process import DATABASE, our_bot
from tests.wire.faults import Hold, Rule
from tests.wire.fixtures import Classroom, furnish, judge
from tests.wire.load import spread
from tests.wire.players import Player
from tests.wire.process import BotProcess
from tests.wire.quizzes import (
    Game,
    Given,
    Wall,
    choice,
    instructor,
    keep_set,
    members,
    numeric,
    open_game,
    true_false,
    worded,
)
from tests.wire.server import WireServer

MEMBERS, QUESTIONS, WITHIN = 300, 10, 2.0  # seconds in which all answer
SECONDS = 20  # that a question is open
KILLS = 3  # in a class
EARLY = 40  # members who join in the lobby
PATIENCE = 30.0  # seconds for one step on a busy machine
TYPED = ("Danube", "the danube", "Rhine", "2850", "2,850 km", "41")
LONGEST = 240.0  # seconds for a class: one that hangs is a fault


class Moment(StrEnum):
    """When the process is killed."""

    LOBBY = "members join in the lobby"
    LEADING = "the instructor moves on, and it is not acknowledged yet"
    POSTING = "a question is posted: before or after it stands"
    ANSWERING = "the class answers"
    TAKING_UP = "the class answers, and again within 3 s of being ready"
    REVEALING = "the answer is revealed: before or after it shows"
    BETWEEN = "a question is revealed, and the next not asked"
    ENDING = "the podium is posted: before or after it stands"


Plan = Mapping[int, Moment]  # by the question's number


@dataclass(eq=False)
class Lesson:
    """A class under way: its people, its process, and when that was killed and ready again."""

    room: Classroom
    store: Store
    bot: BotProcess
    members: Sequence[Player]
    rng: random.Random
    game: Game = field(init=False)
    killed: list[float] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)
    disturbed: set[int] = field(default_factory=set)
    short: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)

    @property
    def server(self) -> WireServer:
        """Give the server."""
        return self.room.server

    async def start(self) -> None:
        """Start the process, and wait until it has been told its servers."""
        before = len(self.server.gateway.identifies)
        await self.bot.start()
        await self.bot.while_alive(self.server.until(lambda: len(self.server.gateway.identifies) > before, PATIENCE))
        self.ready.append(time.perf_counter())

    async def kill(self) -> None:
        """Kill the process and start it again."""
        await self.bot.kill()
        self.killed.append(time.perf_counter())
        await self.start()

    async def play(self, plan: Plan) -> None:
        """Go from the lobby to the podium, with kills on the way; a step that never ends is a fault."""
        try:
            async with asyncio.timeout(LONGEST):
                await self._play(plan)
        except TimeoutError:
            last = self.game.wall.places[self.game.place][-1]
            self.hung.append(f"it did not come to its end; the last that was posted: {last.text[:80]!r}")

    async def _play(self, plan: Plan) -> None:
        await self._gather(plan.get(0))
        for number in range(1, QUESTIONS + 1):
            moment = plan.get(number)
            await self._ask(number, moment)
            await self._answer(number, moment)
            await self._reveal(number, moment)
        await self._end(plan.get(QUESTIONS + 1))

    async def _gather(self, moment: Moment | None) -> None:
        joining = spread([partial(self.game.join, player) for player in self.members[:EARLY]], 0.5, self.rng)
        if moment is Moment.LOBBY:
            await asyncio.gather(joining, self._kill_within(0.5))
        else:
            await joining

    async def _ask(self, number: int, moment: Moment | None) -> None:
        asking = self.game.ask(number, "Start" if number == 1 else "Next question")
        if moment is Moment.POSTING:
            self.disturbed.add(number)
            await self._killed_at(asking, self._hold("POST", f"Question {number} of "))
        elif moment is Moment.LEADING:
            self.disturbed.add(number)
            rule = self.server.faults.on("POST", "/interactions/*/*/callback", answer=Hold())
            await self._killed_at(asking, rule)
        else:
            await asking

    async def _answer(self, number: int, moment: Moment | None) -> None:
        answering = spread([partial(self._decide, player, number) for player in self.members], WITHIN, self.rng)
        if moment not in {Moment.ANSWERING, Moment.TAKING_UP}:
            await answering
            return
        self.disturbed.add(number)
        await asyncio.gather(answering, self._kill_open(number, twice=moment is Moment.TAKING_UP))

    async def _kill_open(self, number: int, *, twice: bool) -> None:
        """Kill the process while a question is open, and see that its time is given back."""
        await asyncio.sleep(self.rng.uniform(0, WITHIN))
        before = await self.server.until(lambda: self.game.deadline(number), PATIENCE)
        await self.kill()
        gone = self.ready[-1] - self.killed[-1]
        if twice:
            await asyncio.sleep(self.rng.uniform(0, 3))
            await self.kill()
        try:
            await self.server.until(lambda: self.game.deadline(number) - before >= int(gone), 10)
        except TimeoutError:
            given = self.game.deadline(number) - before
            self.short.append(f"question {number} was gone for {gone:.1f} s, and got {given} s back")

    async def _reveal(self, number: int, moment: Moment | None) -> None:
        revealing = self.game.reveal(number)
        if moment is Moment.REVEALING:
            await self._killed_at(revealing, self._hold("PATCH", "Right answer"))
        else:
            await revealing
        if moment is Moment.BETWEEN:
            await self._kill_within(1.0)

    async def _end(self, moment: Moment | None) -> None:
        ending = self.game.finish()
        if moment is Moment.ENDING:
            await self._killed_at(ending, self._hold("POST", "Result: "))
        else:
            await ending
        await self.server.until(lambda: "The quiz is over." in self.game.lobbies()[0].text, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while await self.store.rounds.running():  # noqa: ASYNC110 - another process settles it
                await asyncio.sleep(0.1)

    async def _decide(self, player: Player, number: int) -> None:
        """Answer, and perhaps think better of it."""
        await self.game.answer(player, number, self._given(number))
        if self.rng.random() < 0.1:
            await self.game.answer(player, number, self._given(number))

    def _given(self, number: int) -> Given:
        item = self.game.items[number - 1]
        options = range(len(item.options))
        choices: Sequence[Given] = TYPED if item.typed else (0, 0, *options)
        return self.rng.choice(choices)

    def _hold(self, method: str, text: str) -> Rule:
        """Hold the request that shows such a text, before or after it takes effect."""
        pattern = f"/channels/{self.game.place}/messages{'' if method == 'POST' else '/*'}"
        hold = Hold(after=self.rng.random() < 0.5)
        return self.server.faults.on(method, pattern, answer=hold, when=lambda call: text in str(call.json))

    async def _killed_at(self, doing: Awaitable[object], hold: Rule) -> None:
        """Kill the process while a request is held, which arrives before or after it is ready again."""
        done = asyncio.ensure_future(doing)
        await hold.reached(PATIENCE)
        await self.bot.kill()
        self.killed.append(time.perf_counter())
        if self.rng.random() < 0.5:
            hold.release()
        await self.start()
        asyncio.get_running_loop().call_later(self.rng.uniform(0, 4), hold.release)
        await done

    async def _kill_within(self, seconds: float) -> None:
        await asyncio.sleep(self.rng.uniform(0, seconds))
        await self.kill()

    def taken_up(self) -> list[float]:
        """Give the seconds from each time that the process was ready again to its first deed for the round."""
        answer = ("POST", "/interactions/*/*/callback")
        shown = [(method, f"/channels/{place}/messages/**") for method in ("POST", "PATCH") for place in self._places]
        deeds = [call.at for call in self.server.recorder.all if any(call.fits(*one) for one in (answer, *shown))]
        found = []
        for since, until in zip(self.ready[1:], [*self.killed[1:], float("inf")], strict=True):
            first = next((at for at in deeds if since <= at < until), None)
            if first is not None:
                found.append(first - since)
            elif until == float("inf") or until - since > 5:
                found.append(float("inf"))
        return found

    @property
    def _places(self) -> tuple[int, ...]:
        return self.game.place, self.game.lobby.id


def questions() -> list[Item]:
    """Make the questions: choices, and some that are typed."""
    made = [choice(number) for number in range(1, QUESTIONS + 1)]
    made[2], made[5], made[7] = worded(3), true_false(6), numeric(8)
    return made


@asynccontextmanager
async def lesson(seed: int, url: str = "") -> AsyncIterator[Lesson]:
    """Bring a class together at an open lobby, on SQLite or on the database of an address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        address = url or sqlite_url(folder / DATABASE)
        async with WireServer() as server:
            room, store = furnish(server), await Store.open(address)
            await keep_set(store, room.guild, questions())
            bot = our_bot(server, folder, log_level="WARNING", database={"url": address})
            held = Lesson(room, store, bot, members(room, MEMBERS), random.Random(seed))
            try:
                await held.start()
                held.game = await open_game(room, instructor(room), questions(), Wall(server), seconds=SECONDS)
                yield held
            finally:
                await bot.kill()
                await store.close()
        judge(server)
