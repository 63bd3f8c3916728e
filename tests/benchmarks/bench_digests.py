"""Measure how many digests of the same minute arrive, how fast, and whether ``/ask`` stays as fast as it was meanwhile.

    python -m tests.benchmarks.bench_digests            # 10,000 schedules in 1,000 servers, ten minutes or so
    python -m tests.benchmarks.bench_digests --quick    # 500 in 50

Two processes, a shard each, share a PostgreSQL; a small Discord of this very process enforces Discord's limits: 50
requests a second for the bot, five messages in five seconds for a channel. ``/ask`` is asked at one pace, before the
minute and in it. Prints Markdown. The milliseconds are of this machine and its moment; the ratio tells.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from sqlalchemy import func, insert, select, text

from bot.brief.citations import cite
from bot.charts.charts import Charts
from bot.digest.forms import to_json
from bot.digest.rules import Frequency, Rule
from bot.files.library import shipped_packs
from bot.files.opening import open_asker
from bot.store.database import Store
from bot.store.digest_rows import new_delivery
from bot.store.tables import digest_deliveries, digest_schedules
from tests.benchmarks.bench_discord import QUESTIONS, machine
from tests.wire.crash_matrix import postgresql
from tests.wire.events import Event
from tests.wire.fixtures import Classroom, furnish
from tests.wire.model import Message
from tests.wire.process import BotProcess
from tests.wire.server import WireServer

NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
PACK = "hansen-2016"
PROCESSES = 2
PER_SERVER, CHANNELS = 10, 5  # schedules of a server, and the channels that they share
ASK_EVERY = (0.05, 0.35)  # seconds, any in between: at one beat it would keep step with the digests
AHEAD = 20.0  # seconds until the minute comes, in which /ask is asked as usual
KEPT = 200  # messages whose files the server keeps


@dataclass(eq=False)
class Post:
    """Counts what arrives, by nonce and by the second."""

    server: WireServer
    nonces: Counter[str] = field(default_factory=Counter)
    seconds: Counter[int] = field(default_factory=Counter)
    last: float = 0.0
    _latest: deque[Message] = field(default_factory=deque)

    def hear(self, event: Event) -> None:
        """Count a digest; answers to questions are no plain messages."""
        if event.name != "MESSAGE_CREATE" or "nonce" not in event.data or "interaction_metadata" in event.data:
            return
        self.last = time.time()
        self.nonces[event.data["nonce"]] += 1
        self.seconds[int(self.last)] += 1
        self._forget(event)

    def _forget(self, event: Event) -> None:
        """Drop the files of older messages: nobody looks at them, and they would fill this process."""
        world = self.server.world
        world.files.clear()
        self._latest.append(world.channels[int(event.data["channel_id"])].messages[int(event.data["id"])])
        if len(self._latest) > KEPT:
            self._latest.popleft().attachments = []


@dataclass(eq=False)
class Hall:
    """The servers, the database, the two processes, and what was measured."""

    server: WireServer
    store: Store
    url: str
    folder: Path
    rooms: list[Classroom]
    schedules: int
    post: Post
    bots: list[BotProcess] = field(default_factory=list)
    usual: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)
    unanswered: int = 0
    resident: list[tuple[float, float]] = field(default_factory=list)
    due: dt.datetime = NEVER

    async def fill(self) -> None:
        """Insert the schedules, all due at one moment, a while from now."""
        self.due = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=AHEAD)
        at = self.due.time().replace(second=0, microsecond=0)
        rule = to_json(Rule(frequency=Frequency.DAILY, at=at, zone="UTC", start=self.due.date()))
        made = {"rule": rule, "setting": {}, "state": "active", "why": "", "created": self.due, "user_id": 1}
        places = [(guild.id, channel) for guild in self.server.world.guilds.values() for channel in guild.channels]
        each = PER_SERVER // CHANNELS
        rows = [
            {"pack": PACK, "number": 1, "guild_id": guild, "channel_id": channel}
            for guild, channel in (places[number // each] for number in range(self.schedules))
        ]

        def work(connection: Any) -> None:
            for start in range(0, self.schedules, 1_000):
                part = list(enumerate(rows[start : start + 1_000], start + 1))
                connection.execute(insert(digest_schedules), [{"id": number} | row | made for number, row in part])
                opened = [new_delivery(self.due) | row | {"schedule_id": number} for number, row in part]
                connection.execute(insert(digest_deliveries), opened)
            connection.execute(text("ANALYZE"))

        await self.store._transactions.write(work)  # noqa: SLF001

    async def start(self) -> None:
        """Start the processes, a shard each, and wait until both answer; the charts are there already."""
        pack, charts = open_asker(shipped_packs()[0], self.folder).pack, Charts(self.folder / "charts")
        for figure in pack.figures:
            await charts.draw(figure, cite(pack, figure.place, pack.page_of(figure.place)).text)
        for shard in range(PROCESSES):
            known = self.server.configuration(shard_count=PROCESSES, shard_ids=[shard]) | {"log_level": "WARNING"}
            config = self.folder / f"config-{shard}.yaml"
            config.write_text(json.dumps(known), encoding="utf-8")
            command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
            environment = {"BRIEFBOT_DATA_DIR": str(self.folder), "BRIEFBOT_DATABASE_URL": self.url}
            self.bots.append(BotProcess(command, self.server.environment | environment))
            await self.bots[-1].start()
            await self.bots[-1].while_alive(self.server.gateway.ready(shard + 1, within=120))
        for number in range(40):  # to warm up
            await self.ask(number, [])

    async def ask(self, number: int, into: list[float]) -> None:
        """Ask one of the questions, of the processes in turn."""
        room = self.rooms[number % len(self.rooms)]
        question = QUESTIONS[number % len(QUESTIONS)]
        done = await room.anna.slash(room.general, "ask", question=question, wait=10)
        if done.latency is None:
            self.unanswered += 1
        else:
            into.append(done.latency)

    async def watch(self) -> None:
        """Ask at a steady pace, before the minute and until all is delivered, and read the memory."""
        number, rng = 0, Random(1)
        while len(self.post.nonces) < self.schedules:
            first = dt.datetime.now(dt.UTC) < self.due
            await self.ask(number, self.usual if first else self.meanwhile)
            if number % 20 == 0:
                self.resident.append((time.time(), sum(bot.resident_mib() for bot in self.bots) / PROCESSES))
            number += 1
            await asyncio.sleep(rng.uniform(*ASK_EVERY))
            if time.time() - self.due.timestamp() > 120 + self.schedules / 10:
                return

    async def recorded(self) -> dict[str, int]:
        """Count the deliveries by their states, once what arrived is written down."""
        counted = select(digest_deliveries.c.state, func.count()).group_by(digest_deliveries.c.state)
        async with asyncio.timeout(180):  # one that failed to be written down is found when its lease has ended
            while True:
                rows = await self.store._transactions.read(  # noqa: SLF001
                    lambda connection: connection.execute(counted).all()
                )
                found = {state: int(count) for state, count in rows}
                if "claimed" not in found:
                    return found
                await asyncio.sleep(0.1)


@asynccontextmanager
async def opened(schedules: int) -> AsyncIterator[Hall]:
    """Set up servers and database; the first rooms have people in them, one for each shard."""
    server = WireServer()
    server.recorder.keeping = False
    server.desk.interactions.capacity, server.messages.capacity = 500, 20
    with postgresql() as url, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with server:
            rooms = [furnish(server, shard=(shard, PROCESSES)) for shard in range(PROCESSES)]
            for number in range(PROCESSES, schedules // PER_SERVER):
                server.world.add_guild(f"server {number}", shard=(number % PROCESSES, PROCESSES))
            for guild in server.world.guilds.values():
                for number in range(len(guild.channels), CHANNELS):
                    server.world.add_channel(guild, f"channel-{number}")
            server.limits.enforce()
            post = Post(server)
            server.world.listeners.append(post.hear)
            store = await Store.open(url)
            hall = Hall(server, store, url, Path(folder), rooms, schedules, post)
            try:
                yield hall
            finally:
                for bot in hall.bots:
                    await bot.stop()
                await store.close()


def figures(hall: Hall, recorded: dict[str, int]) -> list[tuple[str, str, str]]:
    """Give what was measured: what, how much, and what it must reach."""
    took = hall.post.last - hall.due.timestamp()
    most = max(hall.post.seconds.values())
    usual, meanwhile = median(hall.usual), median(hall.meanwhile)
    tails = [quantiles(one, n=100, method="inclusive")[98] * 1000 for one in (hall.usual, hall.meanwhile)]
    under_way = [mib for at, mib in hall.resident if at > hall.due.timestamp() + took / 10]
    early, late = (under_way[0], under_way[-1]) if under_way else (0.0, 0.0)
    doubled = sum(count > 1 for count in hall.post.nonces.values())
    lost = hall.schedules - len(hall.post.nonces)
    asked = f"{len(hall.usual)}, {len(hall.meanwhile)}, {hall.unanswered}"
    resident = f"{hall.resident[0][1]:.0f}, {early:.0f}, {late:.0f}"
    return [
        ("digests that arrived", f"{len(hall.post.nonces):,}", f"{hall.schedules:,}"),
        ("lost, doubled", f"{lost}, {doubled}", "0, 0"),
        ("recorded as sent; next ones open", f"{recorded.get('sent', 0):,}; {recorded.get('due', 0):,}", "as many"),
        ("from the minute to the last, s", f"{took:.0f}", ""),
        ("in a second: mean, most", f"{hall.schedules / took:.1f}, {most}", "below 50"),
        ("requests over a limit", f"{hall.server.limits.refusals}", ""),
        ("`/ask` acknowledged, ms: usually, meanwhile", f"{usual * 1000:.1f}, {meanwhile * 1000:.1f}", ""),
        ("`/ask` meanwhile, times the usual (median)", f"{meanwhile / usual:.2f}", "at most 2"),
        ("`/ask` p99, ms: usually, meanwhile", f"{tails[0]:.1f}, {tails[1]:.1f}", ""),
        ("questions: usually, meanwhile, not answered", asked, ""),
        ("resident of a process, MiB: ready, a tenth of the way, at the end", resident, "flat"),
    ]


async def measure(schedules: int) -> bool:
    """Measure, print, and tell whether all arrived once."""
    async with opened(schedules) as hall:
        await hall.start()
        await hall.fill()
        await hall.watch()
        found = figures(hall, await hall.recorded())
        for bot in hall.bots:
            print(bot.output, file=sys.stderr)
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {machine()}, asyncpg {version('asyncpg')}")
    print("\n| what | measured | must be |\n| --- | --- | --- |")
    for row in found:
        print(f"| {' | '.join(row)} |")
    return len(hall.post.nonces) == schedules and max(hall.post.nonces.values()) == 1


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure how digests of the same minute arrive.")
    parser.add_argument("--schedules", type=int, default=10_000, help=f"{PER_SERVER} a server (default: 10,000)")
    parser.add_argument("--quick", action="store_true", help="500 schedules")
    options = parser.parse_args()
    sys.exit(0 if asyncio.run(measure(500 if options.quick else options.schedules)) else 1)


if __name__ == "__main__":
    main()
