"""The pace of requests: evenly spaced, so that a full hour neither meets Discord's limit nor holds up an answer."""

from __future__ import annotations

import asyncio

PER_SECOND = 20.0  # of the 50 that Discord allows a bot in all its processes, answers to interactions not counted


class Pace:
    """Lets so many pass in a second, one at a time."""

    def __init__(self, per_second: float = PER_SECOND) -> None:
        """Begin with nobody waiting."""
        self._gap = 1.0 / per_second
        self._next = 0.0

    @property
    def idle(self) -> bool:
        """Tell whether nobody waits."""
        return self._next <= asyncio.get_running_loop().time()

    async def wait(self) -> None:
        """Wait for one's turn."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next)
        self._next = turn + self._gap
        if turn > now:
            await asyncio.sleep(turn - now)
