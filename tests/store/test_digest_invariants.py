"""What holds of schedules and deliveries whatever moderators and workers do, in whatever order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Row, delete, select

from bot.store.addresses import parse_address
from bot.store.database import Store
from bot.store.digest_records import Delivery, Schedule
from bot.store.digests import Digests
from bot.store.engine import open_engine
from bot.store.tables import digest_deliveries, digest_schedules
from bot.store.transactions import Transactions

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
OPEN = {"due", "claimed"}
Moderating = Callable[[Digests, Schedule, datetime], Awaitable[object]]
Working = Callable[[Digests, str, Delivery, datetime], Awaitable[object]]
MODERATORS: dict[str, Moderating] = {
    "edit": lambda digests, one, at: digests.edit(replace(one, channel_id=at.hour), one.next_due),
    "edit rule": lambda digests, one, at: digests.edit(replace(one, channel_id=at.hour, rule={"x": at.hour}), at),
    "edit rule to none": lambda digests, one, at: digests.edit(replace(one, rule={"end": at.hour}), None),
    "pause": lambda digests, one, at: digests.pause(81, one.id, at),
    "resume": lambda digests, one, at: digests.resume(81, one.id, at),
    "disable": lambda digests, one, _: digests.disable(one.id, "gone"),
    "end": lambda digests, one, _: digests.end(one.id),
    "skip": lambda digests, one, at: digests.skip(81, one.id, at),
    "skip last": lambda digests, one, _: digests.skip(81, one.id, None),
    "delete": lambda digests, one, _: digests.delete(81, one.id),
}
WORKERS: dict[str, Working] = {
    "sent": lambda digests, owner, one, at: digests.sent(one.id, owner, 7, at, False, ["r-1"], at),
    "sent last": lambda digests, owner, one, at: digests.sent(one.id, owner, 7, at, False, ["r-1"], None),
    "again": lambda digests, owner, one, at: digests.again(one.id, owner, at, "busy"),
    "again, clean": lambda digests, owner, one, at: digests.again(one.id, owner, at, "busy", clean=True),
    "missed": lambda digests, owner, one, at: digests.missed(one.id, owner, "late", at),
    "failed": lambda digests, owner, one, _: digests.failed(one.id, owner, "gone"),
    "failed alone": lambda digests, owner, one, at: digests.failed(one.id, owner, "filtered", at),
}
OFTEN = ["claim"] * 6 + ["sent"] * 3 + ["resume"] * 2
steps = st.lists(
    st.tuples(st.sampled_from([*OFTEN, *MODERATORS, *WORKERS]), st.integers(0, 3)), min_size=5, max_size=30
)
Rows = list[Row[tuple[object, ...]]]


@dataclass(slots=True)
class World:
    """A server with a schedule or two, and what its workers believe to hold."""

    store: Store
    now: datetime = BEGIN
    held: list[tuple[str, Delivery]] = field(default_factory=list)

    async def act(self, name: str, pick: int) -> None:
        """Do one thing, an hour after the one before."""
        self.now += timedelta(hours=1)
        later = self.now + timedelta(hours=pick)
        digests = self.store.digests
        if name == "claim":
            claims = await digests.claim(self.now, str(pick), later, 3)
            self.held += [(str(pick), one.delivery) for one in claims]
        elif name in MODERATORS:
            for schedule in (await digests.listed(81))[pick % 2 :][:1]:
                await MODERATORS[name](digests, schedule, later)
        elif self.held:
            await WORKERS[name](digests, *self.held[pick % len(self.held)], later)


def everything(connection: Connection) -> tuple[Rows, Rows]:
    tables = (digest_schedules, digest_deliveries)
    schedules, deliveries = (list(connection.execute(select(table).order_by(table.c.id))) for table in tables)
    return schedules, deliveries


def broken(schedules: Rows, deliveries: Rows) -> list[str]:
    """Say what does not hold."""
    found = []
    opened = defaultdict(list)
    for one in deliveries:
        if one.state in OPEN and one.schedule_id is not None:
            opened[one.schedule_id].append(one)
    for schedule in schedules:
        here = opened[schedule.id]
        if len(here) > 1 or (schedule.state == "active" and not here):
            found.append(f"{len(here)} open of a schedule that is {schedule.state}")
        rests = schedule.state in {"paused", "disabled"}
        found += ["due, and asleep or awake wrongly" for one in here if one.state == "due" and rests == bool(one.wakes)]
        found += ["ended, and yet to begin" for one in here if schedule.state == "ended" and not one.attempts]
        numbers = [one.number for one in deliveries if one.schedule_id == schedule.id and one.state == "sent"]
        times = [one.due for one in deliveries if one.schedule_id == schedule.id and one.state in {"sent", *OPEN}]
        if len(times) > len(set(times)):
            found.append("two of the same time")
        if numbers != list(range(1, schedule.number)):
            found.append(f"sent {numbers}, next {schedule.number}")
    for one in deliveries:
        if one.state not in OPEN and (one.wakes, one.owner, one.leased_until, one.claimed_since) != (None,) * 4:
            found.append("closed, and still held")
        if one.state == "claimed" and (one.schedule_id is None) == bool(one.wakes):
            found.append("claimed, and found again wrongly")
    return found


def moved(before: Rows, after: Rows) -> bool:
    """Tell whether a delivery of which a message may be out has another time or channel now."""
    now = {one.id: one for one in after}
    unresolved = [one for one in before if one.claimed_since is not None and one.id in now]
    return any(
        (one.due, one.channel_id) != (now[one.id].due, now[one.id].channel_id) and now[one.id].claimed_since is not None
        for one in unresolved
    )


async def play(url: str, acts: list[tuple[str, int]]) -> list[str]:
    """Play acts on an empty database; give what did not hold, and after which of them."""
    store, transactions = await Store.open(url), Transactions(open_engine(parse_address(url)), "the same")
    try:
        await clear(transactions)
        for hours in (0, 2):
            await store.digests.create(81, 1, "hansen", {}, {}, None, 501, BEGIN, BEGIN + timedelta(hours=hours))
        world = World(store)
        _, before = await transactions.read(everything)
        for name, pick in acts:
            await world.act(name, pick)
            schedules, after = await transactions.read(everything)
            if found := broken(schedules, after) + ["moved though under way"] * moved(before, after):
                return [name, *found]
            before = after
        return []
    finally:
        await transactions.close()
        await store.close()


async def clear(transactions: Transactions) -> None:
    def work(connection: Connection) -> None:
        for table in (digest_deliveries, digest_schedules):
            connection.execute(delete(table))

    await transactions.write(work)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happens_an_active_schedule_has_one_digest_open_and_none_is_counted_twice(
    url: str, acts: list[tuple[str, int]]
) -> None:
    assert asyncio.run(play(url, acts)) == []
