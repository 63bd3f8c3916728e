"""The tally: unanswered questions on their way to the database, equal ones together when many come at once."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections import deque
from dataclasses import dataclass

from bot.answers.unanswered import same_question
from bot.store.database import Store
from bot.store.unanswered import Asked

_AT_ONCE = 4  # writes within the span that nobody waits for; beyond, questions are gathered
_SPAN = 4.0  # seconds


@dataclass(slots=True)
class _Waiting:
    """Equal questions that are not written yet."""

    now: dt.datetime
    times: int = 0


class Tally:
    """Counts questions; each count is in the database when the call returns."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing waiting."""
        self._store = store
        self._waiting: dict[tuple[int | None, str, str], _Waiting] = {}
        self._written: asyncio.Future[None] | None = None
        self._writes: deque[float] = deque(maxlen=_AT_ONCE)
        self._later: asyncio.TimerHandle | None = None
        self._hurried = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def note(self, guild_id: int | None, pack: str, text: str, now: dt.datetime) -> None:
        """Count a question, already normalised; raises StoreFault."""
        waiting = self._waiting.setdefault((guild_id, pack, text), _Waiting(now))
        waiting.now = max(waiting.now, now)
        waiting.times += 1
        if self._written is None:
            loop = asyncio.get_running_loop()
            self._written = loop.create_future()
            pause = self._pause()
            if pause:
                self._later = loop.call_later(pause, self._start)
            else:
                self._start()
        await asyncio.shield(self._written)

    def hurry(self) -> None:
        """Write what waits, and whatever still comes, without a pause: the program is about to end."""
        self._hurried = True
        if self._later is not None:
            self._later.cancel()
            self._start()

    def _pause(self) -> float:
        """Give the seconds until the next write may begin."""
        if self._hurried or len(self._writes) < _AT_ONCE:
            return 0.0
        return max(0.0, self._writes[0] + _SPAN - time.monotonic())

    def _start(self) -> None:
        self._later = None
        task = asyncio.get_running_loop().create_task(self._write(), name="tally")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write(self) -> None:
        waiting, self._waiting = self._waiting, {}
        written, self._written = self._written, None
        self._writes.append(time.monotonic())
        asked = [Asked(*key, one.now, one.times) for key, one in waiting.items()]
        if written is None:
            return
        try:
            await self._store.unanswered.note_all(asked, same_question)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is for those who wait
            written.set_exception(fault)
        else:
            written.set_result(None)
