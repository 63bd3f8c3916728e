"""Settling one slot: decided, looked for where its message may stand already, sent, and recorded."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from bot.digest.delivery import (
    GRACE,
    PUNCTUAL,
    TO_SEND,
    Decision,
    Fault,
    Missed,
    Send,
    Wait,
    decide,
    may_send,
    must_look,
    retry,
)
from bot.discord.delivering.courier import Courier, Letter, Posted, Refused
from bot.discord.delivering.making import Made, is_last, make
from bot.discord.delivering.notices import Notices
from bot.discord.delivering.slot import Slot
from bot.discord.services import Services
from bot.store.database import StoreFault

Clock = Callable[[], dt.datetime]

QUIET = (dt.time(22), dt.time(7))  # on the schedule's clock: when nothing late is posted
_GIVE_UP = GRACE + dt.timedelta(days=1)  # how late it is still asked whether a message stands
_QUIET = "It is late, and waits for the end of quiet hours."
_UNKNOWN = "I could not tell whether it had been posted."


class Settler:
    """Settles slots that its owner has claimed. Raises StoreFault; a claim is then left to its lease."""

    def __init__(self, services: Services, courier: Courier, notices: Notices, owner: str, rng: random.Random) -> None:
        """Take what it works with."""
        self._services = services
        self._digests = services.store.digests
        self._courier = courier
        self._notices = notices
        self._owner = owner
        self._rng = rng

    async def settle(self, slot: Slot, clock: Clock) -> bool:
        """Bring a slot to its end; False when it has to wait, or is another's by now."""
        if slot.broken:
            return await self._fail(slot, Refused(Fault.FORBIDDEN, slot.broken))
        now = clock()
        decision = await self._decide(slot, now)
        if slot.doubtful and (must_look(slot.first_claimed, now) or not isinstance(decision, Send)):
            within = slot.until - now - TO_SEND
            match await self._courier.find(slot.address, {slot.mark}, slot.first_claimed, within):
                case Posted() as found:
                    return await self._found(slot, found, clock())
                case Refused() as refused if refused.fault is Fault.TRANSIENT and now > slot.delivery.due + _GIVE_UP:
                    return await self._miss(slot, _UNKNOWN)
                case Refused() as refused:
                    return await self._fail_or_wait(slot, refused, clock())
        match decision:
            case Send(late, ping):
                return await self._send(slot, late, slot.role_id if ping else None, clock)
            case Wait(until):
                return await self._wait(slot, until, _QUIET, clean=not slot.doubtful)
            case Missed(why):
                return await self._miss(slot, why)

    async def let_go(self, slot: Slot, now: dt.datetime, *, begun: bool) -> None:
        """Give a claim back for others to take up at once."""
        await self._wait(slot, now, slot.delivery.why, clean=not (begun or slot.doubtful))

    async def _decide(self, slot: Slot, now: dt.datetime) -> Decision:
        settings = None if slot.rule else await self._services.book.settings(slot.delivery.guild_id)
        zone = settings.timezone if settings else slot.rule.zone if slot.rule else "UTC"
        return decide(slot.delivery.due, now, quiet=QUIET, zone=zone)

    async def _send(self, slot: Slot, late: dt.timedelta, role_id: int | None, clock: Clock) -> bool:
        made = await self._make(slot, clock())
        if isinstance(made, Refused):
            return await self._fail_or_wait(slot, made, clock(), clean=not slot.doubtful)
        if made.digest.empty:
            return await self._miss(slot, "There was nothing to show.")
        if not may_send(slot.until, clock()):
            await self.let_go(slot, clock(), begun=False)
            return False
        outcome = await self._post(slot, made, late, role_id, clock)
        if isinstance(outcome, Refused):
            return await self._fail_or_wait(slot, outcome, clock())
        return await self._record(slot, outcome.message_id, clock(), made, late=bool(late))

    async def _make(self, slot: Slot, now: dt.datetime) -> Made | Refused:
        try:
            made = await make(self._services, slot, now)
        except StoreFault:
            raise
        except Exception as error:  # noqa: BLE001 - what cannot be made now may be made by the next release
            reference = self._services.faults.note(error, f"making digest {slot.delivery.id}")
            return Refused(Fault.TRANSIENT, f"Something went wrong on my side (reference {reference}).")
        if made is None:
            return Refused(Fault.FORBIDDEN, f"The brief {slot.delivery.pack} is not in my library any more.")
        return made

    async def _post(
        self, slot: Slot, made: Made, late: dt.timedelta, role_id: int | None, clock: Clock
    ) -> Posted | Refused:
        """Post with the picture, or without where no files may be attached; as long as the lease holds."""
        for one in (made, made.pictureless) if made.picture else (made,):
            letter = Letter(one.card(late, role_id), slot.nonce, one.picture, role_id)
            outcome = await self._courier.send(slot.address, letter, slot.until - clock())
            if isinstance(outcome, Posted) or outcome.fault is not Fault.FORBIDDEN:
                break
        return outcome

    async def _found(self, slot: Slot, found: Posted, now: dt.datetime) -> bool:
        """Record a message that an earlier claim left; what it shows is what is composed again for its slot."""
        made = await self._make(slot, now)
        late = found.at - slot.delivery.due > PUNCTUAL
        return await self._record(slot, found.message_id, found.at, made, late=late)

    async def _record(self, slot: Slot, message_id: int, at: dt.datetime, made: Made | Refused, *, late: bool) -> bool:
        entries, next_due = made.digest.ids if isinstance(made, Made) else (), slot.next_due()
        if isinstance(made, Made) and await is_last(self._services, slot, made, at):
            next_due = None
        return await self._digests.sent(slot.delivery.id, self._owner, message_id, at, late, entries, next_due)

    async def _fail_or_wait(self, slot: Slot, refused: Refused, now: dt.datetime, *, clean: bool = False) -> bool:
        if refused.fault is not Fault.TRANSIENT:
            return await self._fail(slot, refused)
        # Without an end: what is too late at the next try is looked for, and then recorded as missed.
        wait = retry(slot.delivery.attempts, self._rng, left=dt.timedelta.max, told=refused.told)
        return await self._wait(slot, now + (wait or refused.told), refused.why, clean=clean)

    async def _fail(self, slot: Slot, refused: Refused) -> bool:
        next_due = slot.next_due() if refused.fault is Fault.REJECTED else None
        failed = await self._digests.failed(slot.delivery.id, self._owner, refused.why, next_due)
        if failed and refused.fault is Fault.REJECTED and next_due is None and slot.claim.schedule:
            await self._digests.end(slot.claim.schedule.id)
        if failed:
            await self._notices.tell(slot, refused)
        return failed

    async def _miss(self, slot: Slot, why: str) -> bool:
        return await self._digests.missed(slot.delivery.id, self._owner, why, slot.next_due())

    async def _wait(self, slot: Slot, until: dt.datetime, why: str, *, clean: bool) -> bool:
        await self._digests.again(slot.delivery.id, self._owner, until, why, clean=clean)
        return False
