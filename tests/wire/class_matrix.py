"""Hold a class of 300 over and over, kill the bot's process three times in each, and count what was answered.

    python -m tests.wire.class_matrix --runs 20               # on SQLite
    python -m tests.wire.class_matrix --runs 20 --postgres    # on PostgreSQL

A class has ten questions; each member answers each within two seconds of its message standing, some change their mind.
The process is killed with SIGKILL at moments that chance draws, and started again; whoever got no acknowledgement
presses again. What was acknowledged is then held against the database, and what stands in the channels against it.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import platform
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from importlib.metadata import version
from statistics import median, quantiles

from tests.wire.crash_matrix import postgresql
from tests.wire.lessons import KILLS, QUESTIONS, Moment, Plan, lesson
from tests.wire.marking import Outcome, judged

_AT = {Moment.LOBBY: 0, Moment.ENDING: QUESTIONS + 1}


def drawn(rng: random.Random) -> Plan:
    """Draw the moments of a class, each at a question of its own."""
    moments = rng.sample(list(Moment), KILLS)
    numbers = rng.sample(range(1, QUESTIONS + 1), KILLS)
    return {_AT.get(moment, number): moment for moment, number in zip(moments, numbers, strict=True)}


async def hold_class(seed: int, plan: Plan, url: str = "") -> Outcome:
    """Hold a class with kills, and judge it."""
    async with lesson(seed, url) as held:
        await held.play(plan)
        return await judged(held)


def as_markdown(outcomes: Sequence[Outcome], moments: Counter[Moment]) -> str:
    """Write what was counted, and what went wrong."""
    waits = [one for outcome in outcomes for one in outcome.latencies]
    taken = [one for outcome in outcomes for one in outcome.taken_up]
    p99 = quantiles(waits, n=100, method="inclusive")[98]
    rows = [
        ("classes, kills", f"{len(outcomes)}, {sum(one.kills for one in outcomes)}"),
        ("answers acknowledged, presses without one", _sums(outcomes, "acknowledged", "again")),
        ("rows", f"{sum(one.rows for one in outcomes):,}"),
        ("acknowledged answers lost", f"{sum(len(one.lost) for one in outcomes)}"),
        ("messages doubled", f"{sum(len(one.doubled) for one in outcomes)}"),
        ("open questions without their lost time", f"{sum(len(one.short) for one in outcomes)}"),
        ("otherwise wrong", f"{sum(len(one.wrong) for one in outcomes)}"),
        (
            "acknowledged in undisturbed questions, ms: median, p99, worst",
            _milliseconds(median(waits), p99, max(waits)),
        ),
        ("from ready to taken up, s: median, worst", f"{median(taken):.1f}, {max(taken):.1f}"),
    ]
    lines = ["| what | measured |", "| --- | --- |", *(f"| {what} | {count} |" for what, count in rows), ""]
    lines += ["| killed when | kills |", "| --- | --- |", *(f"| {one} | {moments[one]} |" for one in Moment), ""]
    faults = [fault for one in outcomes for fault in (*one.lost, *one.doubled, *one.short, *one.wrong)]
    return "\n".join([*lines, *faults])


def _sums(outcomes: Sequence[Outcome], *names: str) -> str:
    return ", ".join(f"{sum(getattr(one, name) for one in outcomes):,}" for name in names)


def _milliseconds(*seconds: float) -> str:
    return ", ".join(f"{1000 * one:.0f}" for one in seconds)


async def measure(options: argparse.Namespace) -> bool:
    """Run, print, and tell whether all was well."""
    begun, outcomes, moments = time.perf_counter(), [], Counter[Moment]()
    with postgresql() if options.postgres else nullcontext("") as url:
        for seed in range(options.seed, options.seed + options.runs):
            plan, since = drawn(random.Random(seed)), time.perf_counter()
            moments.update(plan.values())
            outcomes.append(await hold_class(seed, plan, url))
            tell(outcomes[-1], f"# class {len(outcomes)} of {options.runs}, seed {seed}", time.perf_counter() - since)
    engine = "PostgreSQL" if options.postgres else f"SQLite {sqlite3.sqlite_version}"
    names = ("discord.py", "aiohttp", "SQLAlchemy", "asyncpg", "aiosqlite")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, seeds from {options.seed}, {engine}")
    print(f"Python {platform.python_version()}, {packages}\n\n{as_markdown(outcomes, moments)}")
    print(f"in {time.perf_counter() - begun:.0f} s")
    return all(one.sound for one in outcomes)


def tell(outcome: Outcome, name: str, seconds: float) -> None:
    """Print how a class went, as it ends."""
    waits = outcome.latencies
    p99 = quantiles(waits, n=100, method="inclusive")[98]
    taken = ", ".join(f"{one:.1f}" for one in outcome.taken_up)
    print(
        f"{name}: {outcome.kills} kills, {'sound' if outcome.sound else 'NOT SOUND'}, "
        f"median and p99 {_milliseconds(median(waits), p99)} ms, taken up after {taken} s; {seconds:.0f} s",
        file=sys.stderr,
        flush=True,
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Kill the bot in the middle of a class, and count the answers.")
    parser.add_argument("--runs", type=int, default=20, help="classes (default: 20)")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--seed", type=int, default=1, help="of the first class (default: 1)")
    sys.exit(0 if asyncio.run(measure(parser.parse_args())) else 1)


if __name__ == "__main__":
    main()
