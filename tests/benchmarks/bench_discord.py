"""Measure our bot beside a no-op discord.py bot, both on a small Discord of this very process.

    python -m tests.benchmarks.bench_discord                # two minutes or so
    python -m tests.benchmarks.bench_discord --quick        # a quarter of a minute, rough
    python -m tests.benchmarks.bench_discord --ours "{python} -m tests.benchmarks.noop_bot"    # is the ratio about 1?

Each bot is a process with a server of its own; one process serves and asks. They take turns, A B, then B A, so that
what else the machine does falls on both. A command may name ``{python}`` and ``{config}``, a configuration that points
at the server; the environment holds the token, BRIEFBOT_DATA_DIR, and the addresses that the no-op bot reads.
Prints Markdown, or one object (``--json``). Ratios tell; the milliseconds are of this machine and its moment.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import shlex
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from tests.wire.fixtures import Classroom, furnish
from tests.wire.interactions import Interaction
from tests.wire.load import Load, pour
from tests.wire.process import BotProcess
from tests.wire.server import WireServer

OURS = "{python} -m bot run --config {config}"
NOOP = "{python} -m tests.benchmarks.noop_bot"
IN_FLIGHT = (1, 16, 64)
# What we promise: at most so many times the no-op bot's wait, and so on.
MEDIAN_AT_MOST, RATE_AT_LEAST, MIB_MORE, SECONDS_MORE = 1.3, 0.8, 60.0, 1.0
QUESTIONS = (
    "Why does Moscow distrust Clinton?",
    "What share of Russians thinks badly of Clinton?",
    "How do Russians see Trump?",
    "Who wrote the brief?",
    "What does the brief recommend to Europe?",
    "How many recommendations are there?",
    "What does it say about sanctions?",
    "Will the United States recognise Crimea?",
    "What did Putin say about Trump?",
    "Why is Trump hard to predict?",
    "What does Nato have to do with it?",
    "Which section talks about Ukraine?",
    "How large was the sample of the poll?",
    "What did Tillerson promise?",
    "What is the weather in Paris?",
    "sanctons agianst rusia",
    "Wie heißt der Präsident von Frankreich?",
)


@dataclass(slots=True)
class Bot:
    """One of the two: how it is started, where, and what was measured."""

    name: str
    command: str
    room: Classroom
    folder: Path
    process: BotProcess | None = None
    ready: list[float] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)
    loads: dict[int, list[Load]] = field(default_factory=dict)
    asked: int = 0
    cpu: float = 0.01  # the clock ticks in hundredths: it may stand still in a short load
    own_cpu: float = 0.0
    loaded_mib: float = 0.0
    sample: str = ""

    async def start(self) -> None:
        """Start it, and wait until it has acknowledged a question."""
        server = self.room.server
        config = self.folder / "config.yaml"
        config.write_text(json.dumps(server.configuration()), encoding="utf-8")  # JSON is YAML too
        command = [part.format(python=sys.executable, config=config) for part in shlex.split(self.command)]
        server.gateway.forget()
        self.process = BotProcess(command, server.environment | {"BRIEFBOT_DATA_DIR": str(self.folder)})
        await self.process.start()
        try:
            await self.process.while_alive(server.gateway.ready(within=60))
            await server.until(lambda: server.desk.commands.named("ask", 1, self.room.guild.id), 60)
            done = await self.ask(0)
        except TimeoutError:
            raise RuntimeError(f"{self.name} does not get ready:\n{self.process.output}") from None
        if done.latency is None:
            raise RuntimeError(f"{self.name} does not answer:\n{self.process.output}")
        self.ready.append(done.sent + done.latency - self.process.started)
        self.resident.append(self.process.resident_mib())

    async def ask(self, number: int) -> Interaction:
        """Ask one of the questions."""
        question = QUESTIONS[number % len(QUESTIONS)]
        return await self.room.anna.slash(self.room.general, "ask", question=question, wait=30)

    async def pour(self, count: int, at_once: int) -> Load:
        """Ask so many questions, so many at once, and note what it cost both sides in processor time."""
        assert self.process is not None
        bot, own = self.process.cpu_seconds(), time.process_time()
        load = await pour(self.ask, count, at_once)
        if load.unanswered:
            raise RuntimeError(f"{self.name} left {load.unanswered} unanswered:\n{self.process.output[-3000:]}")
        self.asked += count
        self.cpu += self.process.cpu_seconds() - bot
        self.own_cpu += time.process_time() - own
        return load

    async def stop(self) -> None:
        """Ask it to end, and see to it that it has."""
        if self.process is not None:
            self.loaded_mib = self.process.resident_mib()
            await self.process.stop()


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both bots, and their ratio or difference: the rounds' median and its middle half."""

    what: str
    ours: float
    noop: float
    compared: float
    least: float
    most: float
    promise: str = ""
    held: bool | None = None


def ratio(what: str, ours: Sequence[float], noop: Sequence[float], scale: float = 1.0) -> Row:
    """Compare by the ratio: the rounds' median, since a round's two loads share what else the machine did."""
    each = [mine / theirs for mine, theirs in zip(ours, noop, strict=True)]
    return Row(what, median(ours) * scale, median(noop) * scale, median(each), *middle_half(each))


def difference(what: str, ours: Sequence[float], noop: Sequence[float], most: float) -> Row:
    """Compare by the difference, which may be so much at most."""
    each = [mine - theirs for mine, theirs in zip(ours, noop, strict=True)]
    row = Row(what, median(ours), median(noop), median(each), *middle_half(each))
    return replace(row, promise=f"≤ +{most:g}", held=row.compared <= most)


def middle_half(each: Sequence[float]) -> tuple[float, float]:
    """Give the quartiles."""
    if len(each) == 1:
        return each[0], each[0]
    least, _, most = quantiles(each, n=4, method="inclusive")
    return least, most


def rows(ours: Bot, noop: Bot) -> list[Row]:
    """Compare everything that was measured."""
    found: list[Row] = []
    for at_once, mine in ours.loads.items():
        theirs = noop.loads[at_once]
        where = f"{at_once} in flight"
        row = ratio(f"median acknowledgement, ms, {where}", [x.median for x in mine], [x.median for x in theirs], 1000)
        found.append(replace(row, promise=f"≤ {MEDIAN_AT_MOST:g}×", held=row.compared <= MEDIAN_AT_MOST))
        found.append(ratio(f"p99, ms, {where}", [x.p99 for x in mine], [x.p99 for x in theirs], 1000))
        row = ratio(f"interactions/s, {where}", [x.per_second for x in mine], [x.per_second for x in theirs])
        found.append(replace(row, promise=f"≥ {RATE_AT_LEAST:g}×", held=row.compared >= RATE_AT_LEAST))
    found += [
        ratio("the bot's processor time for one, ms", [ours.cpu / ours.asked], [noop.cpu / noop.asked], 1000),
        difference("resident when ready, MiB", ours.resident, noop.resident, MIB_MORE),
        difference("resident after the load, MiB", [ours.loaded_mib], [noop.loaded_mib], MIB_MORE),
        difference("from start to the first acknowledgement, s", ours.ready, noop.ready, SECONDS_MORE),
    ]
    return found


async def race(ours: Bot, noop: Bot, options: argparse.Namespace) -> None:
    """Start both in turn a few times, then ask both in turn, round after round."""
    for turn in range(options.starts + 1):
        for bot in (ours, noop) if turn % 2 else (noop, ours):
            await bot.stop()
            await bot.start()
            if not turn:  # the first start may index, migrate, register: it is not the one that is measured
                bot.ready.clear()
                bot.resident.clear()
    for bot in (ours, noop):
        await bot.pour(options.count, 16)  # to warm up
    for turn in range(options.rounds):
        print(f"# round {turn + 1} of {options.rounds}", file=sys.stderr, flush=True)
        for at_once in options.in_flight:
            count = max(options.count, 8 * at_once)
            mine, theirs = await alternate(ours, noop, count, at_once, turn)
            ours.loads.setdefault(at_once, []).append(mine)
            noop.loads.setdefault(at_once, []).append(theirs)
    for bot in (ours, noop):
        bot.sample = (await bot.ask(0)).message.text.partition("\n")[0][:100]
        await bot.stop()


async def alternate(ours: Bot, noop: Bot, count: int, at_once: int, turn: int) -> tuple[Load, Load]:
    """Ask both in small slices, A B B A, so that a busy moment of the machine falls on both."""
    size = max(count // 20, 2 * at_once)
    mine, theirs = Load((), 0.0), Load((), 0.0)
    for number in range(turn, turn + count // size):
        if number % 2:
            theirs += await noop.pour(size, at_once)
        mine += await ours.pour(size, at_once)
        if not number % 2:
            theirs += await noop.pour(size, at_once)
    return mine, theirs


def light_server() -> WireServer:
    """Give a server that records, checks and limits nothing: the bots are to be measured, and not the server."""
    server = WireServer()
    server.recorder.keeping = False
    server.desk.interactions.ack_within = None
    server.desk.interactions.capacity = 500
    server.messages.capacity = 100
    server.messages.checking = False
    return server


async def measure(options: argparse.Namespace) -> tuple[Bot, Bot]:
    """Measure both bots."""
    async with light_server() as one, light_server() as other:
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as second:
            ours = Bot("ours", options.ours, furnish(one), Path(folder))
            noop = Bot("no-op", options.noop, furnish(other), Path(second))
            try:
                await race(ours, noop, options)
            finally:
                for bot in (ours, noop):
                    if bot.process is not None and bot.process.alive:
                        await bot.process.kill()
    return ours, noop


def machine() -> str:
    """Name the machine and the versions."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("discord.py", "aiohttp"))
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    return f"{model}, {cores}, {platform.system()}, Python {platform.python_version()}, {packages}"


def as_markdown(ours: Bot, noop: Bot, found: Sequence[Row]) -> str:
    """Write the report."""
    own = (ours.own_cpu + noop.own_cpu) / (ours.asked + noop.asked) * 1000
    lines = [
        f"Measured with {machine()}. Serving and asking took {own:.2f} ms of processor time for each interaction.",
        "",
        "| what | ours | no-op | ours / no-op | middle half of the rounds | promise | held |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in found:
        sign = "+" if row.promise.startswith("≤ +") else ""
        held = {None: "", True: "yes", False: "**no**"}[row.held]
        spread = f"{row.least:{sign}.2f} to {row.most:{sign}.2f}"
        cells = (row.what, f"{row.ours:.3g}", f"{row.noop:.3g}", f"{row.compared:{sign}.2f}", spread, row.promise, held)
        lines.append(f"| {' | '.join(cells)} |")
    samples = (f"{bot.name} answers {QUESTIONS[0]!r} with {bot.sample!r}." for bot in (ours, noop))
    return "\n".join([*lines, "", *samples])


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure our bot beside a no-op discord.py bot.")
    parser.add_argument("--ours", default=OURS, metavar="COMMAND", help=f"our bot (default: {OURS})")
    parser.add_argument("--noop", default=NOOP, metavar="COMMAND", help=f"the other (default: {NOOP})")
    parser.add_argument("--rounds", type=int, help="rounds of all loads (default: 15)")
    parser.add_argument("--count", type=int, help="questions in a load (default: 300)")
    parser.add_argument("--starts", type=int, help="measured starts of each (default: 5)")
    parser.add_argument("--in-flight", type=int, nargs="+", default=IN_FLIGHT, metavar="N", help="(default: 1 16 64)")
    parser.add_argument("--quick", action="store_true", help="3 rounds of 100 questions, 1 start")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    usual = {"rounds": 3, "count": 100, "starts": 1} if options.quick else {"rounds": 15, "count": 300, "starts": 5}
    for name, value in usual.items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = options_of(arguments)
    ours, noop = asyncio.run(measure(options))
    found = rows(ours, noop)
    if options.json:
        print(json.dumps({"machine": machine(), "rows": [asdict(row) for row in found]}))
    else:
        print(as_markdown(ours, noop, found))


if __name__ == "__main__":
    main()
