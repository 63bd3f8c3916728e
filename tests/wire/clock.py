"""Time and ids as the server has them: a clock that tests turn, and snowflakes that follow it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

EPOCH_MS = 1_420_070_400_000  # the first second of 2015, where snowflakes begin
T = TypeVar("T")


@dataclass(slots=True)
class Clock:
    """The machine's time, and by how many seconds tests have turned it."""

    turned: float = 0.0

    def now(self) -> float:
        """Tell the time in seconds since 1970."""
        return time.time() + self.turned

    def stamp(self) -> str:
        """Tell the time as Discord writes it."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    def advance(self, seconds: float) -> None:
        """Turn the clock forward; the bot's own clock stays as it is."""
        self.turned += seconds


@dataclass(slots=True)
class Snowflakes:
    """Ids that grow, each carrying the time when it was made."""

    clock: Clock
    last: int = 0

    def make(self) -> int:
        """Make the next id; later ones are always greater."""
        self.last = max(self.last + 1, snowflake(self.clock.now()))
        return self.last

    def make_at(self, when: float) -> int:
        """Make an id of another time, as a delayed interaction carries."""
        self.last += 1
        return snowflake(when) | (self.last & 0xFFF)


def snowflake(when: float) -> int:
    """Give the least snowflake of a time in seconds since 1970."""
    return (int(when * 1000) - EPOCH_MS) << 22


@dataclass(slots=True)
class Changes:
    """Wakes whoever waits for something to have happened on the server."""

    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def notify(self) -> None:
        """Let all waiters look again."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, holds: Callable[[], T | None], within: float = 5.0) -> T:
        """Wait until the condition gives something true, and return it; TimeoutError after so many seconds."""
        return await asyncio.wait_for(self._held(holds), within)

    async def _held(self, holds: Callable[[], T | None]) -> T:
        while True:
            value = holds()
            if value:
                return value
            await self._event.wait()
