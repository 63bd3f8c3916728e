"""Faults that a test declares: which requests meet with what, how often, before or after they take effect."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.wire.calls import Call


@dataclass(frozen=True, slots=True)
class TooMany:
    """429; without ``via`` as Cloudflare's ban answers, which discord.py does not retry."""

    retry_after: float = 0.1
    via: bool = True
    everywhere: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A 5xx answer; with ``after`` the request has taken effect all the same."""

    status: int = 500
    after: bool = False


@dataclass(frozen=True, slots=True)
class Reset:
    """A TCP reset instead of an answer; with ``after`` the request has taken effect."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The usual answer, so many seconds late; with ``after`` the effect is not late."""

    seconds: float
    after: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """The usual answer, once the test lets it go: the moment for killing a bot."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Deny:
    """Any other refusal."""

    status: int
    code: int
    message: str
    after: bool = False


Fault = TooMany | Broken | Reset | Slow | Hold | Deny


@dataclass(slots=True, eq=False)
class Rule:
    """One declared fault; ``hits`` counts the requests that met with it."""

    method: str
    pattern: str
    answer: Fault
    times: int | None
    skip: int
    when: Callable[[Call], bool] | None
    hits: int = 0
    _reached: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    async def reached(self, within: float = 5.0) -> None:
        """Wait until a request has met with it."""
        async with asyncio.timeout(within):
            await self._reached.wait()

    def release(self) -> None:
        """Let held requests go."""
        self._released.set()

    async def wait(self) -> None:
        """Do what a fault of waiting does, and tell that a request has come."""
        self._reached.set()
        match self.answer:
            case Slow(seconds):
                await asyncio.sleep(seconds)
            case Hold():
                await self._released.wait()
            case _:
                pass


@dataclass(slots=True, eq=False)
class Faults:
    """The declared faults, first come first served."""

    rules: list[Rule] = field(default_factory=list)

    def on(
        self,
        method: str,
        pattern: str,
        *,
        answer: Fault,
        times: int | None = 1,
        skip: int = 0,
        when: Callable[[Call], bool] | None = None,
    ) -> Rule:
        """Declare a fault for so many requests that fit (None: all), after letting ``skip`` of them pass."""
        rule = Rule(method, pattern, answer, times, skip, when)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        """Forget all faults and let held requests go."""
        for rule in self.rules:
            rule.release()
        self.rules.clear()

    def take(self, call: Call) -> Rule | None:
        """Find the fault that a request meets with, and count it."""
        for rule in self.rules:
            if not call.fits(rule.method, rule.pattern) or (rule.when and not rule.when(call)):
                continue
            if rule.skip:
                rule.skip -= 1
            elif rule.times is None or rule.hits < rule.times:
                rule.hits += 1
                return rule
        return None
