"""Kill the process in the middle of a question of many rounds, and measure how soon each is taken up.

    python -m tests.benchmarks.bench_takeup            # 200 rounds in 200 servers
    python -m tests.benchmarks.bench_takeup --rounds 20

One process on SQLite, started again at once; Discord's limits are enforced. As soon as it is ready, one player of each
round answers: that has to be acknowledged before all messages are edited, which takes turns. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import sys
import time
from collections.abc import Sequence
from statistics import median

from sqlalchemy import func, select

from bot.store.tables import quiz_rounds
from tests.benchmarks.bench_discord import machine
from tests.benchmarks.bench_quiz import Hall, opened
from tests.wire.bot_process import bring_online
from tests.wire.quizzes import Game

WITHIN = 5.0  # seconds from being ready
PATIENCE = 60.0  # seconds


async def kept(hall: Hall, since: float) -> float:
    """Wait until the database tells of all rounds that somebody looks after them again; give the seconds."""
    oldest, begun = select(func.min(quiz_rounds.c.seen)), time.perf_counter()
    while time.perf_counter() - begun < PATIENCE:
        seen = await hall.store._transactions.read(  # noqa: SLF001
            lambda connection: connection.execute(oldest).scalar_one()
        )
        if seen.timestamp() > since:
            break
        await asyncio.sleep(0.05)
    return time.perf_counter() - begun


async def shown(hall: Hall, game: Game, before: int) -> float:
    """Wait until a round's message tells its new time; give the seconds."""
    begun = time.perf_counter()
    await hall.server.until(lambda: game.revealed(1) or game.deadline(1) > before, PATIENCE)
    return time.perf_counter() - begun


async def answered(hall: Hall, game: Game) -> float:
    """Let a player answer, and give the seconds until that is acknowledged."""
    begun = time.perf_counter()
    await game.answer(hall.players[game.place][0], 1, 0)
    return time.perf_counter() - begun


async def measure(rounds: int) -> bool:
    """Measure, print, and tell whether all were taken up in time."""
    async with opened(rounds, 3) as hall:
        await hall.open()
        games = list(hall.games.values())
        await asyncio.gather(*(game.lead("Start", wait=10) for game in games))
        await hall.server.until(lambda: all(game.deadline(1) for game in games), PATIENCE)
        before = [game.deadline(1) for game in games]
        await hall.bot.kill()
        await bring_online(hall.server, hall.bot)
        looked, told, answers = await asyncio.gather(
            kept(hall, time.time()),
            asyncio.gather(*(shown(hall, game, old) for game, old in zip(games, before, strict=True))),
            asyncio.gather(*(answered(hall, game) for game in games)),
        )
        refused = [sentence for game in games for sentence in game.refused]
        limits = hall.server.limits.refusals
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {machine()}")
    print(f"\n| {rounds} rounds, seconds from ready | measured | must be |\n| --- | --- | --- |")
    print(f"| all are looked after again | {looked:.1f} | {WITHIN:.0f} |")
    print(f"| an answer to each is acknowledged: median, last | {_spread(answers)} | {WITHIN:.0f} |")
    print(f"| each message tells its new time: median, last | {_spread(told)} | |")
    print(f"| answers refused, requests over a limit | {len(refused)}, {limits} | 0, 0 |")
    return max(looked, *answers) < WITHIN and not refused


def _spread(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.1f}, {max(seconds):.1f}"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure how soon many rounds are taken up after a kill.")
    parser.add_argument("--rounds", type=int, default=200, help="each in a server of its own (default: 200)")
    sys.exit(0 if asyncio.run(measure(parser.parse_args().rounds)) else 1)


if __name__ == "__main__":
    main()
