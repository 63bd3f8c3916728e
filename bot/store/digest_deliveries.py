"""Deliveries of digests: claimed with a lease by one worker at a time, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, case, delete, func, insert, literal, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.store.columns import Moment
from bot.store.digest_records import Claim, Delivery
from bot.store.digest_rows import AnyRow, follow, move, new_delivery, schedule_of, stop, to_delivery, to_schedule, wakes
from bot.store.tables import digest_deliveries as deliveries
from bot.store.tables import digest_schedules as schedules
from bot.store.tables import is_awake, is_open, is_sent
from bot.store.transactions import Transactions

_columns = deliveries.c
_LET_GO: dict[str, object] = dict.fromkeys(("owner", "leased_until", "wakes", "claimed_since"))


class DigestDeliveries:
    """Keeps the deliveries of all servers: of the schedules, and what was posted at once."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def claim(self, now: datetime, owner: str, until: datetime, limit: int) -> list[Claim]:
        """Take up what is to be tried by now, and what others took up whose lease has ended; the longest waiting first.

        No two owners are given the same while a lease holds. ``claimed_since`` tells of an earlier claim of which
        nobody knows what became.
        """
        statement = claiming(now, owner, until, limit)

        def work(connection: Connection) -> list[Claim]:
            found = sorted(map(to_delivery, connection.execute(statement)), key=lambda one: (one.due, one.id))
            # Read after the locks are held, so that a schedule is as whoever edited its delivery last has left it.
            named = schedules.c.id.in_([one.schedule_id for one in found if one.schedule_id is not None])
            known = {row.id: row for row in connection.execute(select(schedules).where(named))} if found else {}
            return [_claim(one, known.get(one.schedule_id)) for one in found]

        return await self._transactions.write(work)

    async def sent(
        self,
        delivery_id: int,
        owner: str,
        message_id: int,
        at: datetime,
        late: bool,  # noqa: FBT001
        entries: Sequence[str],
        next_due: datetime | None,
    ) -> bool:
        """Record the message and open the next delivery, or end the schedule; False when the lease is another's."""
        values = {"state": "sent", "message_id": message_id, "sent_at": at, "late": late, "entries": list(entries)}
        return await self._close(delivery_id, owner, values | {"why": ""}, next_due)

    async def missed(self, delivery_id: int, owner: str, why: str, next_due: datetime | None) -> bool:
        """Give a delivery up for being too late; the next one takes its number, or the schedule ends.

        False when the lease is another's.
        """
        return await self._close(delivery_id, owner, {"state": "missed", "why": why}, next_due)

    async def failed(self, delivery_id: int, owner: str, why: str, next_due: datetime | None = None) -> bool:
        """Give a delivery up that cannot be, and disable its schedule; with ``next_due`` only this one fails.

        False when the lease is another's.
        """
        values = {"state": "failed", "why": why}
        return await self._close(delivery_id, owner, values, next_due, disables=next_due is None)

    async def again(self, delivery_id: int, owner: str, next_try: datetime, why: str, *, clean: bool = False) -> bool:
        """Put a delivery back until a time; False when the lease is another's.

        ``clean``: no message can have gone out. Then the next claim need not look for one, and an edit that came
        meanwhile takes effect.
        """
        # Of a schedule that was deleted meanwhile nothing is delivered any more.
        values = _LET_GO | {"state": case((is_awake, "due"), else_="missed"), "next_try": next_try, "why": why}
        if not clean:
            values["claimed_since"] = case((is_awake, _columns.claimed_since))
        awake = {"wakes": case((is_awake, literal(next_try, Moment())))}

        def work(connection: Connection) -> bool:
            schedule = schedule_of(connection, delivery_id)
            waits = schedule is not None and not wakes(schedule)
            held = update(deliveries).where(*_held(delivery_id, owner)).values(values if waits else values | awake)
            if not connection.execute(held).rowcount:
                return False
            if clean and schedule is not None:
                move(connection, schedule, schedule.moved_to)
            return True

        return await self._transactions.write(work)

    async def post(
        self,
        guild_id: int,
        channel_id: int,
        pack: str,
        role_id: int | None,
        setting: Mapping[str, object],
        due: datetime,
        entries: Sequence[str],
        number: int = 1,
    ) -> Delivery:
        """Open the delivery of a digest without a schedule, which a worker claims as any other."""
        row = new_delivery(due) | {"guild_id": guild_id, "channel_id": channel_id, "pack": pack, "number": number}
        row |= {"role_id": role_id, "setting": dict(setting), "entries": list(entries)}
        statement = insert(deliveries).values(row).returning(deliveries)
        return await self._transactions.write(lambda connection: to_delivery(connection.execute(statement).one()))

    async def history(self, guild_id: int, schedule_id: int | None, limit: int = 25) -> list[Delivery]:
        """List a server's deliveries, or those of a schedule, the latest first, without what waits for its time."""
        statement = past(guild_id, schedule_id).limit(limit)
        return await self._transactions.read(lambda connection: list(map(to_delivery, connection.execute(statement))))

    async def find(self, guild_id: int, delivery_id: int) -> Delivery | None:
        """Give a server's delivery, or None when it has no such."""
        statement = select(deliveries).where(_columns.guild_id == guild_id, _columns.id == delivery_id)
        row = await self._transactions.read(lambda connection: connection.execute(statement).one_or_none())
        return None if row is None else to_delivery(row)

    async def withdrawn(self, guild_id: int, delivery_id: int) -> bool:
        """Record that a sent digest was taken back; False when it was not there to be."""
        return await self._change(guild_id, delivery_id, {"state": "withdrawn"})

    async def corrected(
        self, guild_id: int, delivery_id: int, setting: Mapping[str, object], entries: Sequence[str]
    ) -> bool:
        """Record what a sent digest shows after it was corrected; False when it was not there to be."""
        return await self._change(guild_id, delivery_id, {"setting": dict(setting), "entries": list(entries)})

    async def posted(self, guild_id: int, pack: str, limit: int = 60) -> list[tuple[datetime, tuple[str, ...]]]:
        """List when digests of a brief were sent in a server, and the ids of what each shows: the oldest first."""
        statement = showing(guild_id, pack).limit(limit)

        def work(connection: Connection) -> list[tuple[datetime, tuple[str, ...]]]:
            return [(row.sent_at, tuple(row.entries)) for row in connection.execute(statement)][::-1]

        return await self._transactions.read(work)

    async def shown(self, guild_id: int, pack: str, limit: int = 60) -> list[tuple[str, ...]]:
        """List the ids of what the digests of a brief in a server show: the oldest first."""
        return [entries for _, entries in await self.posted(guild_id, pack, limit)]

    async def last_sent(self, guild_id: int, pack: str) -> datetime | None:
        """Give when the last digest of a brief was sent in a server."""
        found = await self.posted(guild_id, pack, 1)
        return found[0][0] if found else None

    async def overdue(self, now: datetime) -> int:
        """Count what could be claimed."""
        statement = select(func.count()).select_from(deliveries).where(_columns.wakes <= now)
        return await self._transactions.read(lambda connection: connection.execute(statement).scalar_one())

    async def next_try(self, now: datetime) -> datetime | None:
        """Give the time from which on something can be claimed, which is not before now; None when nothing is open."""
        statement = waking().limit(1)
        first = await self._transactions.read(lambda connection: connection.execute(statement).one_or_none())
        return None if first is None else max(first.wakes, now)

    async def forget(self, before: datetime) -> int:
        """Drop the history from before a time; give how many deliveries there were."""
        over = or_(~is_open, _columns.schedule_id.is_(None))
        statement = delete(deliveries).where(_columns.due < before, ~is_awake, over)
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount)

    async def _close(
        self,
        delivery_id: int,
        owner: str,
        values: Mapping[str, object],
        next_due: datetime | None,
        *,
        disables: bool = False,
    ) -> bool:
        def work(connection: Connection) -> bool:
            schedule = schedule_of(connection, delivery_id)
            sent = values["state"] == "sent"
            row = {**_LET_GO, **values}
            if schedule is not None and sent:
                row |= {"setting": schedule.setting, "role_id": schedule.role_id}
            held = update(deliveries).where(*_held(delivery_id, owner)).values(row)
            if not connection.execute(held).rowcount:
                return False
            if schedule is not None and disables:
                stop(connection, schedules.c.id == schedule.id, state="disabled", why=values["why"])
            elif schedule is not None:
                follow(connection, schedule, next_due, counts=sent)
            return True

        return await self._transactions.write(work)

    async def _change(self, guild_id: int, delivery_id: int, values: Mapping[str, object]) -> bool:
        here = (_columns.guild_id == guild_id, _columns.id == delivery_id, is_sent)
        statement = update(deliveries).where(*here).values(values)
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount > 0)


def claimable(now: datetime, limit: int) -> Select[*tuple[object, ...]]:
    """State what may be claimed, in the order of an index that holds nothing else."""
    return select(_columns.id).where(_columns.wakes <= now).order_by(_columns.wakes, _columns.id).limit(limit)


def claiming(now: datetime, owner: str, until: datetime, limit: int) -> ReturningUpdate[*tuple[object, ...]]:
    """State a claim: lock what nobody else has locked, then take it up."""
    free = claimable(now, limit).with_for_update(skip_locked=True).cte("free")
    values = {"state": "claimed", "owner": owner, "leased_until": until, "wakes": until}
    values |= {"attempts": _columns.attempts + 1}
    values |= {"claimed_since": func.coalesce(_columns.claimed_since, literal(now, Moment()))}
    return update(deliveries).where(_columns.id.in_(select(free.c.id))).values(values).returning(deliveries)


def waking() -> Select[*tuple[object, ...]]:
    """State when things may be claimed, the first one first."""
    return select(_columns.wakes).where(is_awake).order_by(_columns.wakes)


def past(guild_id: int, schedule_id: int | None) -> Select[*tuple[object, ...]]:
    """State what was sent or tried in a server, or for one of its schedules, the latest first."""
    tried = or_(_columns.state != "due", _columns.attempts > 0, _columns.schedule_id.is_(None))
    statement = select(deliveries).where(_columns.guild_id == guild_id, tried)
    if schedule_id is not None:
        statement = statement.where(_columns.schedule_id == schedule_id)
    return statement.order_by(_columns.due.desc(), _columns.id.desc())


def showing(guild_id: int, pack: str) -> Select[*tuple[object, ...]]:
    """State what digests of a brief in a server show, the latest first."""
    statement = select(_columns.sent_at, _columns.entries).where(
        _columns.guild_id == guild_id, _columns.pack == pack, is_sent
    )
    return statement.order_by(_columns.sent_at.desc(), _columns.id.desc())


def _held(delivery_id: int, owner: str) -> tuple[ColumnElement[bool], ...]:
    """Say which delivery is meant, as long as its lease is not another's by now."""
    return _columns.id == delivery_id, _columns.owner == owner, _columns.state == "claimed"


def _claim(delivery: Delivery, schedule: AnyRow | None) -> Claim:
    return Claim(delivery, None if schedule is None else to_schedule(schedule, delivery.due))
