"""A bot as its own process: started, watched, stopped, killed."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.wire.clock import Changes

ROOT = Path(__file__).parents[2]
T = TypeVar("T")
TINY_BOT = (sys.executable, "-m", "tests.wire.tiny_bot")


class EndedError(Exception):
    """The process ended while something was awaited of it."""


@dataclass(slots=True, eq=False, repr=False)
class BotProcess:
    """One process; ``started`` is a reading of ``perf_counter``, ``lines`` is all that it printed."""

    command: Sequence[str]
    environment: Mapping[str, str]
    cwd: Path = ROOT
    started: float = 0.0
    lines: list[str] = field(default_factory=list)
    _changes: Changes = field(default_factory=Changes)
    _process: asyncio.subprocess.Process | None = None
    _reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the process."""
        self.started = time.perf_counter()
        self._process = await asyncio.create_subprocess_exec(
            *self.command,
            cwd=self.cwd,
            env=os.environ | {"PYTHONUNBUFFERED": "1"} | dict(self.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        stream = self.process.stdout
        while stream is not None and (line := await stream.readline()):
            self.lines.append(line.decode(errors="replace").rstrip())
            self._changes.notify()
        self._changes.notify()

    @property
    def process(self) -> asyncio.subprocess.Process:
        """Give the running process."""
        if self._process is None:
            raise LookupError("the bot has not been started")
        return self._process

    @property
    def pid(self) -> int:
        """Give the process id."""
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._process is not None and self._process.returncode is None

    @property
    def output(self) -> str:
        """Give all that it printed."""
        return "\n".join(self.lines)

    async def says(self, pattern: str, within: float = 15.0, *, since: int = 0) -> str:
        """Wait for a line, after so many, that has this in it; TimeoutError with what was printed instead."""
        wanted = re.compile(pattern)
        line = self._changes.until(lambda: next(filter(wanted.search, self.lines[since:]), ""), within)
        try:
            return await self.while_alive(line)
        except TimeoutError:
            raise TimeoutError(f"no line with {pattern!r} in:\n{self.output}") from None

    async def while_alive(self, wanted: Awaitable[T]) -> T:
        """Wait for something, and give up with what was printed as soon as the process has ended."""
        assert self._reader is not None
        waiting = asyncio.ensure_future(wanted)
        await asyncio.wait({waiting, self._reader}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({waiting}, timeout=0.1 if self._reader.done() else 0)
        if not waiting.done():
            waiting.cancel()
            raise EndedError(f"the bot has ended:\n{self.output}")
        return await waiting

    async def kill(self) -> int:
        """End it at once, as SIGKILL does: nothing is flushed, nothing closed."""
        return await self._end(signal.SIGKILL)

    async def stop(self, within: float = 10.0) -> int:
        """Ask it to end, as an operator does, and give its exit status; it is killed when it does not."""
        if self.alive:
            self.process.send_signal(signal.SIGTERM)
        return await self.ended(within)

    async def ended(self, within: float = 10.0) -> int:
        """Wait until it ends by itself and give its exit status; it is killed when it does not."""
        try:
            async with asyncio.timeout(within):
                await self.process.wait()
        except TimeoutError:
            return await self._end(signal.SIGKILL)
        return await self._end(None)

    def freeze(self) -> None:
        """Stop it where it stands, as a swapped-out machine does."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    async def _end(self, by: signal.Signals | None) -> int:
        if by is not None and self.alive:
            self.process.send_signal(by)
        status = await self.process.wait()
        if self._reader is not None:
            await self._reader
        return status

    def resident_mib(self) -> float:
        """Tell how much memory it and its children hold, in MiB; from ``/proc``."""
        return sum(_resident_mib(pid) for pid in _family(self.pid))

    def cpu_seconds(self) -> float:
        """Tell how much processor time it has used; from ``/proc``."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        children = task / "children"
        if children.exists():
            for child in children.read_text("ascii").split():
                found += _family(int(child))
    return found


def _resident_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii", errors="replace").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
