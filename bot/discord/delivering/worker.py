"""The worker: takes up what is due and settles it, each slot once.

Any number of workers share the work: what one has claimed no other gets while the lease holds. A worker that dies
leaves its claims to whoever claims them next, who first looks whether the message stands.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import random
from collections import deque
from typing import TYPE_CHECKING

from bot.digest.delivery import lease
from bot.digest.forms import from_json
from bot.digest.rules import BadRule, next_slots
from bot.discord.delivering.courier import Courier
from bot.discord.delivering.notices import Notices
from bot.discord.delivering.pace import Pace
from bot.discord.delivering.settling import Clock, Settler
from bot.discord.delivering.slot import Slot, slot_of
from bot.discord.services import Services
from bot.store.database import StoreFault
from bot.store.digest_records import Schedule

if TYPE_CHECKING:
    from bot.discord.client import BriefBot

_log = logging.getLogger(__name__)
_BATCH = 40  # claims: two seconds' worth
_AT_ONCE = 8
_IN_A_ROUND = 400  # claims, a third of a minute: then whatever else is due of a round has its turn
_RESUMED = 50  # schedules that go on by themselves in one round
_AT_IT = dt.timedelta(microseconds=1)


class Worker:
    """Settles what is due, in rounds; ``owner``: a name that no other worker has."""

    def __init__(self, services: Services, bot: BriefBot, *, owner: str, rng: random.Random) -> None:
        """Take the services and the bot, whose REST side is used alone: no gateway is needed to deliver."""
        self._pace = Pace()
        self._digests = services.store.digests
        self._faults = services.faults
        self._owner = owner
        self._rng = rng
        self._settler = Settler(services, Courier(bot, self._pace), Notices(bot, self._pace), owner, rng)
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[bool]] = set()
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Tell whether a round is under way."""
        return self._turn.locked()

    async def once(self, now: dt.datetime) -> int:
        """Settle what is due, a few slots at a time; give how many came to their end. Raises StoreFault."""
        async with self._turn:
            clock = _clock_from(now)
            await self._resume(clock())
            waiting: deque[Slot] = deque()
            try:
                return await self._round(waiting, clock)
            finally:
                await self._give_back(waiting, clock)

    async def stop(self, grace: float) -> None:
        """Take nothing new; what is being sent may end within ``grace`` seconds, and the rest is given back."""
        self._stopping = True
        if self._running:
            await asyncio.wait(self._running, timeout=grace)
        for task in self._running:
            task.cancel()
        with contextlib.suppress(TimeoutError):  # a database that hangs holds nobody up
            async with asyncio.timeout(max(grace, 1.0)), self._turn:
                pass

    async def _round(self, waiting: deque[Slot], clock: Clock) -> int:
        settled, room = 0, _IN_A_ROUND
        while True:
            if room > 0 and not waiting and not self._stopping:
                waiting.extend(await self._claim(clock()))
                room = room - len(waiting) if waiting else 0
            while waiting and len(self._running) < _AT_ONCE and not self._stopping:
                await self._pace.wait()  # before a digest is made, so that no eight are made in a row
                self._running.add(asyncio.create_task(self._settle(waiting.popleft(), clock), name="digest"))
            if not self._running:
                return settled
            done, _ = await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            self._running -= done
            settled += sum(task.result() for task in done if not task.cancelled())

    async def _claim(self, now: dt.datetime) -> list[Slot]:
        """Claim a batch, shuffled: neighbours are often of one channel, which has a limit of its own."""
        until = lease(now)
        claims = await self._digests.claim(now, self._owner, until, _BATCH)
        self._rng.shuffle(claims)
        return [slot_of(claim, now, until) for claim in claims]

    async def _settle(self, slot: Slot, clock: Clock) -> bool:
        try:
            return await self._settler.settle(slot, clock)
        except asyncio.CancelledError:
            await self._let_go(slot, clock, begun=True)
        except StoreFault as fault:
            _log.warning("digest %d is left to the end of its lease: %s", slot.delivery.id, fault)
        except Exception as error:  # noqa: BLE001 - one that cannot be settled does not hold up the others
            self._faults.note(error, f"digest {slot.delivery.id}")
        return False

    async def _give_back(self, waiting: deque[Slot], clock: Clock) -> None:
        """Leave a round: nothing runs on, and nothing stays claimed that was not begun."""
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
            self._running.clear()
        for slot in waiting:
            await self._let_go(slot, clock, begun=False)

    async def _let_go(self, slot: Slot, clock: Clock, *, begun: bool) -> None:
        try:
            await self._settler.let_go(slot, clock(), begun=begun)
        except StoreFault as fault:
            _log.warning("digest %d is left to the end of its lease: %s", slot.delivery.id, fault)

    async def _resume(self, now: dt.datetime) -> None:
        """Let paused schedules go on whose day has come."""
        for schedule in await self._digests.due_to_resume(now, _RESUMED):
            await self._go_on(schedule, schedule.resume_at or now)

    async def _go_on(self, schedule: Schedule, at: dt.datetime) -> None:
        try:
            found = next_slots(from_json(schedule.rule), at - _AT_IT, 1)
        except BadRule as problem:
            await self._digests.disable(schedule.id, f"I cannot read when it is due: {problem}.")
            return
        if found:
            await self._digests.resume(schedule.guild_id, schedule.id, found[0])
        else:
            await self._digests.end(schedule.id)


def _clock_from(now: dt.datetime) -> Clock:
    """Give a clock that shows ``now`` and goes on as time passes."""
    time = asyncio.get_running_loop().time
    begun = time()
    return lambda: now + dt.timedelta(seconds=time() - begun)
