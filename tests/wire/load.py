"""Load: many players at once, in a closed loop or spread over a time, and how long they waited."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median, quantiles
from typing import TypeVar

from tests.wire.interactions import Interaction

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of interactions took: seconds each, seconds together, how many were never acknowledged."""

    latencies: tuple[float, ...]
    seconds: float
    unanswered: int = 0

    def __add__(self, other: Load) -> Load:
        seconds, unanswered = self.seconds + other.seconds, self.unanswered + other.unanswered
        return Load(self.latencies + other.latencies, seconds, unanswered)

    @property
    def median(self) -> float:
        """Give the middle latency."""
        return median(self.latencies)

    @property
    def p99(self) -> float:
        """Give the latency that one in a hundred exceeds."""
        return quantiles(self.latencies, n=100, method="inclusive")[98] if len(self.latencies) > 1 else self.median

    @property
    def per_second(self) -> float:
        """Give the acknowledged interactions in a second."""
        return len(self.latencies) / self.seconds


def summed_up(done: Sequence[Interaction], seconds: float) -> Load:
    """Sum interactions up."""
    latencies = tuple(one.latency for one in done if one.latency is not None)
    return Load(latencies, seconds, len(done) - len(latencies))


async def pour(act: Callable[[int], Awaitable[Interaction]], count: int, at_once: int) -> Load:
    """Act so many times, always so many at once: as one is acknowledged, the next begins."""
    numbers: Iterator[int] = iter(range(count))
    done: list[Interaction] = []

    async def keep_acting() -> None:
        for number in numbers:
            done.append(await act(number))  # noqa: PERF401 - as each ends, not at the end

    begun = time.perf_counter()
    await asyncio.gather(*(keep_acting() for _ in range(at_once)))
    return summed_up(done, time.perf_counter() - begun)


async def spread(acts: Sequence[Callable[[], Awaitable[T]]], seconds: float, rng: Random) -> list[T]:
    """Begin each act at a random moment of so many seconds, and give what came of them in the acts' order."""

    async def later(act: Callable[[], Awaitable[T]], delay: float) -> T:
        await asyncio.sleep(delay)
        return await act()

    return await asyncio.gather(*(later(act, rng.uniform(0, seconds)) for act in acts))
