"""Schedules of digests: what moderators do with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from bot.store.digest_records import Schedule
from bot.store.digest_rows import (
    drop_due,
    finish,
    follow,
    is_untouched,
    locked,
    move,
    open_delivery,
    scheduled,
    stop,
    to_schedule,
)
from bot.store.tables import digest_deliveries as deliveries
from bot.store.tables import digest_schedules as schedules
from bot.store.tables import is_open
from bot.store.transactions import Transactions


class DigestSchedules:
    """Keeps the schedules of each server; an active one has exactly one open delivery."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def create(
        self,
        guild_id: int,
        channel_id: int,
        pack: str,
        rule: Mapping[str, object],
        setting: Mapping[str, object],
        role_id: int | None,
        author_id: int,
        now: datetime,
        first_due: datetime,
    ) -> Schedule:
        """Keep a new schedule, and open its first delivery, which is number 1."""
        row = {"guild_id": guild_id, "channel_id": channel_id, "pack": pack, "rule": dict(rule)}
        row |= {"setting": dict(setting), "role_id": role_id, "user_id": author_id, "created": now}
        row |= {"state": "active", "why": "", "number": 1}

        def work(connection: Connection) -> Schedule:
            made = connection.execute(insert(schedules).values(row).returning(schedules)).one()
            open_delivery(connection, made, first_due)
            return to_schedule(made, first_due)

        return await self._transactions.write(work)

    async def get(self, guild_id: int, schedule_id: int) -> Schedule | None:
        """Give a server's schedule, or None when it has no such."""
        found = await self._read(listing(guild_id).where(schedules.c.id == schedule_id))
        return found[0] if found else None

    async def listed(self, guild_id: int) -> list[Schedule]:
        """List a server's schedules, the oldest first."""
        return await self._read(listing(guild_id))

    async def count(self, guild_id: int) -> int:
        """Count a server's schedules."""
        statement = select(func.count()).where(schedules.c.guild_id == guild_id)
        return await self._transactions.read(lambda connection: connection.execute(statement).scalar_one())

    async def edit(self, schedule: Schedule, next_due: datetime | None) -> bool:
        """Keep a schedule's channel, role, rule and setting; False when it is gone.

        The open delivery moves to ``next_due``; one that is under way stays, and the next one takes that time. Without
        ``next_due`` a schedule keeps its time where its rule is the same, and ends where the new rule has no time left.
        One that had ended goes on at ``next_due``; paused and disabled ones stay so.
        """
        values: dict[str, object] = {"channel_id": schedule.channel_id, "role_id": schedule.role_id}
        values |= {"rule": dict(schedule.rule), "setting": dict(schedule.setting)}

        def work(connection: Connection) -> bool:
            before = locked(connection, schedule.guild_id, schedule.id)
            if before is None:
                return False
            revived = {"state": "active"} if before.state == "ended" and next_due is not None else {}
            here = schedules.c.id == schedule.id
            changed = update(schedules).where(here).values(values | revived).returning(schedules)
            after = connection.execute(changed).one()
            if next_due is None and before.rule != after.rule:
                finish(connection, schedule.id)
            else:
                move(connection, after, next_due)
            return True

        return await self._transactions.write(work)

    async def pause(self, guild_id: int, schedule_id: int, resume_at: datetime | None) -> bool:
        """Let a schedule rest, for good or until a time; False unless it was active, or paused to another time."""
        here = (schedules.c.guild_id == guild_id, schedules.c.id == schedule_id)

        def work(connection: Connection) -> bool:
            return stop(connection, *here, state="paused", resume_at=resume_at)

        return await self._transactions.write(work)

    async def disable(self, schedule_id: int, why: str) -> None:
        """Stop a schedule that cannot be delivered, with the reason; a moderator may resume it."""
        here = schedules.c.id == schedule_id
        await self._transactions.write(lambda connection: stop(connection, here, state="disabled", why=why))

    async def resume(self, guild_id: int, schedule_id: int, next_due: datetime) -> bool:
        """Go on with a paused or disabled schedule at a time; False when it is neither."""
        here = (schedules.c.guild_id == guild_id, schedules.c.id == schedule_id)
        statement = update(schedules).where(*here, schedules.c.state.in_(["paused", "disabled"]))
        statement = statement.values(state="active", resume_at=None, why="")

        def work(connection: Connection) -> bool:
            resumed = connection.execute(statement.returning(schedules)).one_or_none()
            if resumed is not None:
                move(connection, resumed, next_due)
            return resumed is not None

        return await self._transactions.write(work)

    async def due_to_resume(self, now: datetime, limit: int) -> list[Schedule]:
        """List paused schedules of all servers whose time to go on has come."""
        return await self._read(resuming(now).limit(limit))

    async def end(self, schedule_id: int) -> None:
        """End a schedule; what is being delivered right now is its last."""
        await self._transactions.write(lambda connection: finish(connection, schedule_id))

    async def delete(self, guild_id: int, schedule_id: int) -> bool:
        """Delete a schedule and its open delivery; what it sent stays in the history. False when it is not there."""

        def work(connection: Connection) -> bool:
            if locked(connection, guild_id, schedule_id) is None:
                return False
            drop_due(connection, schedule_id)
            # One that is being delivered right now may still be recorded by its worker, but nobody else takes it up.
            alone = update(deliveries).where(deliveries.c.schedule_id == schedule_id, is_open)
            connection.execute(alone.values(wakes=None))
            connection.execute(delete(schedules).where(schedules.c.id == schedule_id))
            return True

        return await self._transactions.write(work)

    async def skip(self, guild_id: int, schedule_id: int, next_due: datetime | None) -> datetime | None:
        """Skip the open delivery and open the next one, which takes its number; without ``next_due`` the schedule ends.

        Gives the time that was skipped; None when the schedule is not there, or its delivery is under way.
        """
        statement = update(deliveries).where(deliveries.c.schedule_id == schedule_id, is_untouched, is_open)
        statement = statement.values(state="skipped", wakes=None)

        def work(connection: Connection) -> datetime | None:
            found = locked(connection, guild_id, schedule_id)
            if found is None:
                return None
            skipped: datetime | None = connection.scalar(statement.returning(deliveries.c.due))
            if skipped is not None:
                follow(connection, found, next_due, counts=False)
            return skipped

        return await self._transactions.write(work)

    def kept(self, connection: Connection, user_id: int) -> Mapping[str, object]:
        """Give the schedules that somebody made, ready for JSON."""
        mine = select(schedules).where(schedules.c.user_id == user_id).order_by(schedules.c.id)
        names = ("guild_id", "channel_id", "pack", "rule", "setting", "role_id")
        rows = connection.execute(mine).mappings()
        return {
            "digest_schedules": [
                {name: row[name] for name in names} | {"time": row["created"].isoformat()} for row in rows
            ]
        }

    def part(self, connection: Connection, user_id: int) -> int:
        """Take somebody's id from the schedules that they made; give how many there were."""
        mine = update(schedules).where(schedules.c.user_id == user_id).values(user_id=None)
        return connection.execute(mine).rowcount

    async def _read(self, statement: Select[*tuple[object, ...]]) -> list[Schedule]:
        def work(connection: Connection) -> list[Schedule]:
            return [to_schedule(row, row.next_due) for row in connection.execute(statement)]

        return await self._transactions.read(work)


def listing(guild_id: int) -> Select[*tuple[object, ...]]:
    """State a server's schedules, the oldest first."""
    return scheduled().where(schedules.c.guild_id == guild_id).order_by(schedules.c.id)


def resuming(now: datetime) -> Select[*tuple[object, ...]]:
    """State the paused schedules whose time to go on has come, the longest overdue first."""
    return scheduled().where(schedules.c.resume_at <= now).order_by(schedules.c.resume_at, schedules.c.id)
