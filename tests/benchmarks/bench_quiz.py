"""Measure quizzes in many servers at once: how late questions and reveals are, what gives way, memory, and ``/ask``.

    python -m tests.benchmarks.bench_quiz            # 200 rounds of 10 questions in 200 servers, seven minutes or so
    python -m tests.benchmarks.bench_quiz --quick    # 40 rounds of 3 questions

One process on SQLite; a small Discord of this very process enforces Discord's limits: 50 requests a second for the bot,
five messages and five edits in five seconds for a channel. Five players in each server answer every question at random
moments. All rounds are started at one moment, so that all have their questions and reveals at the same times. ``/ask``
is asked at one pace by somebody who does not play, before and meanwhile. Prints Markdown. The milliseconds are of this
machine and its moment.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles

from bot.files.library import shipped_packs
from bot.quiz.items import Item
from bot.quiz.rules import Rules, time_for
from bot.store.database import Store, sqlite_url
from tests.benchmarks.bench_discord import QUESTIONS, machine
from tests.wire.bot_process import DATABASE, bring_online, our_bot
from tests.wire.events import Event
from tests.wire.fixtures import Classroom, furnish
from tests.wire.players import Player
from tests.wire.process import BotProcess
from tests.wire.quizzes import Game, Wall, choice, instructor, is_public, keep_set, members, open_game, rows_of
from tests.wire.server import WireServer

PACK = "hansen-2016"
PLAYERS = 5  # of each round
ANSWERED = 0.75  # of a question's time, in which players answer
ASK_EVERY = (0.1, 0.3)  # seconds, any in between
USUALLY = 20.0  # seconds in which /ask is asked as usual
BUSY = 15  # requests in a second that have to be: from here on counts should be few
_NUMBER = re.compile(r"### Question (\d+) of ")
_NEXT = re.compile(r"(?:Next question|The result follows)[^<]*<t:(\d+):")


@dataclass(eq=False)
class Watch:
    """Reads what is posted and edited: how late it comes, and what it is."""

    server: WireServer
    seconds: float  # that a question is open
    begun: float = 0.0  # when all were started
    late: dict[str, list[float]] = field(default_factory=lambda: {"first": [], "posted": [], "revealed": []})
    needed: Counter[int] = field(default_factory=Counter)  # by the second
    counts: Counter[int] = field(default_factory=Counter)
    questions: Counter[tuple[int, int]] = field(default_factory=Counter)
    dated: set[int] = field(default_factory=set)  # messages that tell until when they are open
    stood: dict[int, float] = field(default_factory=dict)
    due: dict[int, float] = field(default_factory=dict)  # by channel
    asked: asyncio.Queue[tuple[int, int]] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        self.server.world.listeners.append(self.hear)

    def hear(self, event: Event) -> None:
        """Read a message of a round."""
        if event.name not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} or not is_public(event.data, self.bot):
            return
        now, place, message = time.time(), int(event.data["channel_id"]), int(event.data["id"])
        text = self.server.world.channels[place].messages[message].text
        if event.name == "MESSAGE_CREATE":
            self._posted(now, place, message, text)
        elif "Right answer" in text and message in self.stood:
            self.late["revealed"].append(now - self.stood.pop(message) - self.seconds)
            self.due[place] = float(told[1]) if (told := _NEXT.search(text)) else 0.0
            self.needed[int(now)] += 1
        elif message in self.dated and message in self.stood:
            self.counts[int(now)] += 1
        else:
            self.dated.add(message)
            self.needed[int(now)] += 1

    def _posted(self, now: float, place: int, message: int, text: str) -> None:
        self.needed[int(now)] += 1
        if due := self.due.pop(place, 0.0):
            self.late["posted"].append(now - due)
        if number := _NUMBER.search(text):
            if number[1] == "1":
                self.late["first"].append(now - self.begun)
            self.stood[message] = now
            self.questions[place, int(number[1])] += 1
            self.asked.put_nowait((place, int(number[1])))

    @property
    def bot(self) -> int:
        """Give the bot's id."""
        return self.server.world.bot.id


@dataclass(eq=False)
class Hall:
    """The servers, the process, and what was measured."""

    server: WireServer
    store: Store
    bot: BotProcess
    rooms: Sequence[Classroom]
    items: Sequence[Item]
    watch: Watch
    wall: Wall
    bystander: Player
    rng: Random = field(default_factory=lambda: Random(1))
    games: dict[int, Game] = field(default_factory=dict)  # by channel
    players: dict[int, list[Player]] = field(default_factory=dict)
    usual: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)
    unanswered: int = 0
    resident: list[float] = field(default_factory=list)

    async def open(self) -> None:
        """Open all the lobbies, some at once."""
        for start in range(0, len(self.rooms), 10):
            await asyncio.gather(*map(self._open, self.rooms[start : start + 10]))

    async def _open(self, room: Classroom) -> None:
        game = await open_game(room, instructor(room), self.items, self.wall)
        self.games[game.place], self.players[game.place] = game, members(room, PLAYERS)

    async def play(self) -> None:
        """Start all rounds at one moment, let everybody answer, and wait for the podiums."""
        self.resident.append(self.bot.resident_mib())
        answering = asyncio.create_task(self._answer())
        self.watch.begun = time.time()
        await asyncio.gather(*(game.lead("Start", wait=10) for game in self.games.values()))
        longest = len(self.items) * (2 * self.watch.seconds + 30)
        await self.server.until(self._over, longest)
        answering.cancel()
        self.resident.append(self.bot.resident_mib())

    def _over(self) -> bool:
        return all(game.podiums() for game in self.games.values())

    async def _answer(self) -> None:
        async with asyncio.TaskGroup() as acting:
            while True:
                place, number = await self.watch.asked.get()
                for player in self.players[place]:
                    acting.create_task(self._answer_one(self.games[place], player, number))
                if number > 1 and place == next(iter(self.games)):
                    self.resident.append(self.bot.resident_mib())

    async def _answer_one(self, game: Game, player: Player, number: int) -> None:
        await asyncio.sleep(self.rng.uniform(0.3, self.watch.seconds * ANSWERED))
        await game.answer(player, number, self.rng.randrange(4))

    async def ask(self, into: list[float], seconds: float) -> None:
        """Ask at a steady pace."""
        until, number = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            question = QUESTIONS[number % len(QUESTIONS)]
            done = await self.bystander.slash(self.rooms[0].general, "ask", question=question, wait=10)
            if done.latency is None:
                self.unanswered += 1
            else:
                into.append(done.latency)
            number += 1
            await asyncio.sleep(self.rng.uniform(*ASK_EVERY))


@asynccontextmanager
async def opened(rounds: int, questions: int) -> AsyncIterator[Hall]:
    """Set up the servers, a set of questions in each, and the process."""
    server, items = WireServer(), [choice(number) for number in range(1, questions + 1)]
    server.recorder.keeping = False
    server.desk.interactions.capacity = 2_000
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        async with server:
            store = await Store.open(sqlite_url(folder / DATABASE))
            rooms = [furnish(server) for _ in range(rounds)]
            for room in rooms:
                await keep_set(store, room.guild, items, PACK)
            bot = our_bot(server, folder, log_level="WARNING", packs=[str(shipped_packs()[0])])
            watch = Watch(server, float(time_for(items[0], Rules()) or 0))
            hall = Hall(server, store, bot, rooms, items, watch, Wall(server), rooms[0].anna)
            try:
                await bring_online(server, bot)
                server.limits.enforce()
                yield hall
            finally:
                await bot.stop()
                await store.close()


def figures(hall: Hall, took: float, rows: int) -> list[tuple[str, str, str]]:
    """Give what was measured: what, how much, and what it must reach."""
    watch, games = hall.watch, hall.games.values()
    asked = len(games) * len(hall.items)
    waits = [one for game in games for waits in game.latencies.values() for one in waits]
    most = max((watch.needed + watch.counts).values())
    mean = sum((watch.needed + watch.counts).values()) / took
    busy = [watch.counts[second] for second, count in watch.needed.items() if count >= BUSY]
    calm = sum(watch.counts.values()) - sum(busy)
    told = sum(game.acknowledged for game in games)
    doubled = sum(count > 1 for count in watch.questions.values())
    return [
        ("rounds, questions asked, podiums", f"{len(games)}, {len(watch.questions):,}, {len(games)}", f"{asked:,}"),
        ("questions doubled", f"{doubled}", "0"),
        ("answers acknowledged, rows", f"{told:,}, {rows:,}", "as many"),
        ("answers acknowledged, ms: median, p99", _milliseconds(waits), "p99 below 1,000"),
        ("requests over a limit", f"{hall.server.limits.refusals}", "0"),
        ("messages and edits in a second: mean, most", f"{mean:.1f}, {most}", "below 50"),
        ("from the start of all to the first question posted, s: median, p99", _seconds(watch.late["first"]), ""),
        ("from due to the next question posted, s: median, p99", _seconds(watch.late["posted"]), ""),
        ("from the deadline to the reveal, s: median, p99", _seconds(watch.late["revealed"]), ""),
        ("edits of counts", f"{sum(watch.counts.values()):,}", ""),
        (f"of them in the {len(busy)} seconds with {BUSY} other requests or more", f"{sum(busy)}", "few"),
        ("in the other seconds", f"{calm:,}", ""),
        ("resident, MiB: lobbies, first questions, last ones, end", _memory(hall.resident), "flat"),
        ("`/ask` acknowledged, ms, median, p99: usually", _milliseconds(hall.usual), ""),
        ("`/ask` acknowledged, ms, median, p99: meanwhile", _milliseconds(hall.meanwhile), ""),
        ("questions to `/ask` without an answer", f"{hall.unanswered}", "0"),
    ]


def _milliseconds(waits: Sequence[float]) -> str:
    return f"{median(waits) * 1000:.1f}, {_p99(waits) * 1000:.1f}"


def _seconds(waits: Sequence[float]) -> str:
    return f"{median(waits):.1f}, {_p99(waits):.1f}"


def _p99(waits: Sequence[float]) -> float:
    return quantiles(waits, n=100, method="inclusive")[98]


def _memory(resident: Sequence[float]) -> str:
    return ", ".join(f"{resident[place]:.0f}" for place in (0, min(1, len(resident) - 1), -2, -1))


async def measure(rounds: int, questions: int) -> bool:
    """Measure, print, and tell whether every round went to its end and no answer was lost."""
    async with opened(rounds, questions) as hall:
        await hall.ask(hall.usual, USUALLY)
        await hall.open()
        begun = time.perf_counter()
        asking = asyncio.create_task(hall.ask(hall.meanwhile, 10_000))
        await hall.play()
        asking.cancel()
        took = time.perf_counter() - begun
        rows = sum([len(await rows_of(hall.store, game.id)) for game in hall.games.values()])
        found = figures(hall, took, rows)
        print(hall.bot.output, file=sys.stderr)
        told = sum(game.acknowledged for game in hall.games.values())
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {machine()}, in {took:.0f} s")
    print("\n| what | measured | must be |\n| --- | --- | --- |")
    for row in found:
        print(f"| {' | '.join(row)} |")
    return told == rows == rounds * questions * PLAYERS and max(hall.watch.questions.values()) == 1


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure quizzes in many servers at once.")
    parser.add_argument("--rounds", type=int, default=200, help="rounds, each in a server of its own (default: 200)")
    parser.add_argument("--questions", type=int, default=10, help="questions of each (default: 10)")
    parser.add_argument("--quick", action="store_true", help="40 rounds of 3 questions")
    options = parser.parse_args()
    rounds, questions = (40, 3) if options.quick else (options.rounds, options.questions)
    sys.exit(0 if asyncio.run(measure(rounds, questions)) else 1)


if __name__ == "__main__":
    main()
