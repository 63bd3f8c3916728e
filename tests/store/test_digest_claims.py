"""Claims by several programs at once: never one delivery to two of them, and never one to none."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.store.database import Store
from bot.store.digest_records import Claim, Delivery
from bot.store.digest_rows import new_delivery
from bot.store.tables import digest_deliveries, digest_schedules, is_open
from bot.store.transactions import Transactions

Later = Callable[[float], datetime]
MANY = 2_000
CLAIM_ALL = """
import asyncio, sys
from datetime import datetime
from bot.store.database import Store

async def main(url, owner, now, until):
    store = await Store.open(url)
    print("ready", flush=True)
    sys.stdin.readline()
    while claims := await store.digests.claim(datetime.fromisoformat(now), owner, datetime.fromisoformat(until), 20):
        print(*(one.delivery.id for one in claims))
    await store.close()

asyncio.run(main(*sys.argv[1:]))
"""


def fill(connection: Connection, now: datetime, count: int = MANY) -> None:
    """Make schedules whose first digests are all due at once."""
    schedules, deliveries = [], []
    for n in range(1, count + 1):
        here = {"guild_id": 80 + n, "channel_id": n, "pack": "hansen", "number": 1}
        schedule = here | {"id": n, "state": "active", "why": "", "created": now, "rule": {}, "setting": {}}
        delivery = here | new_delivery(now) | {"schedule_id": n}
        schedules.append(schedule)
        deliveries.append(delivery)
    connection.execute(insert(digest_schedules), schedules)
    connection.execute(insert(digest_deliveries), deliveries)


@pytest.fixture
async def full(store: Store, transactions: Transactions, now: datetime) -> Store:
    """Give a store with many digests due at once."""
    await transactions.write(lambda connection: fill(connection, now))
    return store


@asynccontextmanager
async def opened(url: str, count: int) -> AsyncIterator[list[Store]]:
    """Open several stores on the same database, as several programs do."""
    async with AsyncExitStack() as stack:
        stores = [await Store.open(url) for _ in range(count)]
        for store in stores:
            stack.push_async_callback(store.close)
        yield stores


async def claim_all(store: Store, owner: str, now: datetime, until: datetime, batch: int = 50) -> list[Delivery]:
    found: list[Claim] = []
    while some := await store.digests.claim(now, owner, until, batch):
        found += some
    return [one.delivery for one in found]


async def test_of_many_at_once_each_is_claimed_exactly_once(full: Store, url: str, later: Later) -> None:
    async with opened(url, 4) as stores:
        shares = await asyncio.gather(
            *(claim_all(store, str(n), later(0), later(1)) for n, store in enumerate(stores)),
        )
    claimed = [one.id for share in shares for one in share]

    assert (len(claimed), len(set(claimed))) == (MANY, MANY)


async def test_several_callers_within_a_program_share_the_work(full: Store, later: Later) -> None:
    shares = await asyncio.gather(*(claim_all(full, str(n), later(0), later(1)) for n in range(6)))
    claimed = Counter(one.id for share in shares for one in share)

    assert (len(claimed), set(claimed.values())) == (MANY, {1})


async def test_several_processes_claim_each_exactly_once(full: Store, url: str, later: Later) -> None:
    times = later(0).isoformat(), later(1).isoformat()
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", CLAIM_ALL, url, name, *times, stdin=pipe, stdout=pipe
        )
        for name in ("one", "two", "three")
    ]
    for process in processes:
        assert process.stdout
        await process.stdout.readline()
    told = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    claimed = b"".join(out for out, _ in told).split()

    assert (len(claimed), len(set(claimed))) == (MANY, MANY)


async def test_what_a_lost_program_had_claimed_is_shared_out_once_its_lease_ended(
    full: Store, url: str, later: Later
) -> None:
    lost = await claim_all(full, "lost", later(0), later(1), 500)
    async with opened(url, 3) as stores:
        shares = await asyncio.gather(
            *(claim_all(store, str(n), later(1), later(2)) for n, store in enumerate(stores)),
        )
    claimed = sorted((one for share in shares for one in share), key=lambda one: one.id)

    assert claimed == [replace(one, attempts=2) for one in sorted(lost, key=lambda one: one.id)]


async def test_only_one_of_two_who_hold_the_same_delivery_can_record_it(full: Store, url: str, later: Later) -> None:
    lost = await claim_all(full, "lost", later(0), later(1), 500)
    await claim_all(full, "heir", later(1), later(2), 500)
    calls = [
        store.digests.sent(one.id, owner, 7, later(1), False, [], later(24))
        for one in lost[:40]
        for store, owner in ((full, "lost"), (full, "heir"))
    ]

    assert Counter(await asyncio.gather(*calls)) == {True: 40, False: 40}


async def test_moderators_and_workers_at_once_neither_stop_each_other_nor_lose_a_digest(
    store: Store, transactions: Transactions, url: str, later: Later
) -> None:
    await transactions.write(lambda connection: fill(connection, later(0), 12))
    async with opened(url, 4) as stores:
        await asyncio.gather(
            *(work(one, later, random.Random(n)) for n, one in enumerate(stores[:2])),
            *(moderate(one, later, random.Random(n)) for n, one in enumerate(stores[2:])),
        )
    opened_now = select(func.count()).where(digest_deliveries.c.schedule_id == digest_schedules.c.id, is_open)
    active = select(opened_now.scalar_subquery()).where(digest_schedules.c.state == "active")

    assert set(await transactions.read(lambda connection: connection.scalars(active).all())) == {1}


async def work(store: Store, later: Later, rng: random.Random) -> None:
    """Claim and close, as a worker does."""
    for hour in range(25):
        owner = f"{id(store)}"
        for one in await store.digests.claim(later(hour), owner, later(hour + 1), 4):
            number, due = one.delivery.id, later(hour + rng.randint(1, 3))
            match rng.randrange(6):
                case 0:
                    await store.digests.again(number, owner, due, "busy", clean=rng.random() < 0.5)
                case 1:
                    await store.digests.missed(number, owner, "late", due)
                case 2:
                    await store.digests.failed(number, owner, "gone", rng.choice([due, None]))
                case _:
                    await store.digests.sent(number, owner, 7, later(hour), False, [], due)


async def moderate(store: Store, later: Later, rng: random.Random) -> None:
    """Change what is there, as moderators do."""
    for hour in range(60):
        schedules = await store.digests.listed(81 + rng.randrange(12))
        due = later(hour / 3) + timedelta(hours=rng.randint(0, 2))
        for one in schedules:
            match rng.randrange(5):
                case 0:
                    await store.digests.edit(replace(one, channel_id=rng.randrange(9)), due)
                case 1:
                    await store.digests.skip(one.guild_id, one.id, due)
                case 2:
                    await store.digests.pause(one.guild_id, one.id, due)
                case 3:
                    await store.digests.disable(one.id, "gone")
                case _:
                    await store.digests.resume(one.guild_id, one.id, due)
