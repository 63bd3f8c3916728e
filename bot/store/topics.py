"""What was asked in public and answered, counted by the day; without who asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Select, delete, func, select

from bot.store.tables import topics
from bot.store.transactions import Transactions, insert_or

Count = tuple[int, str, str, int]  # server, pack, entry, how many asked


class Topics:
    """Keeps how many asked about each entry of a brief, for each server and day."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def add(self, counts: Sequence[Count], day: date) -> None:
        """Add to a day's counts."""
        total: Counter[tuple[int, str, str]] = Counter()
        for guild_id, pack, entry, askers in counts:
            total[guild_id, pack, entry] += askers
        rows = [
            {"guild_id": guild_id, "pack": pack, "day": day, "entry": entry, "askers": askers}
            for (guild_id, pack, entry), askers in sorted(total.items())  # the same order of locks in every process
        ]

        def work(connection: Connection) -> None:
            statement = insert_or(connection, topics)
            added = topics.c.askers + statement.excluded.askers
            key = list(topics.primary_key)
            connection.execute(statement.on_conflict_do_update(index_elements=key, set_={"askers": added}), rows)

        if rows:
            await self._transactions.write(work)

    async def most(self, guild_id: int, pack: str, since: date, limit: int = 5) -> list[tuple[str, int]]:
        """List what was asked most from a day on, with how many asked: the most asked first."""
        statement = asked(guild_id, pack, since).limit(limit)

        def work(connection: Connection) -> list[tuple[str, int]]:
            return [(row.entry, int(row.askers)) for row in connection.execute(statement)]

        return await self._transactions.read(work)

    async def forget(self, before: date) -> int:
        """Drop the counts from before a day; give how many there were."""
        statement = delete(topics).where(topics.c.day < before)
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount)


def asked(guild_id: int, pack: str, since: date) -> Select[*tuple[object, ...]]:
    """State what was asked from a day on."""
    total = func.sum(topics.c.askers).label("askers")
    here = (topics.c.guild_id == guild_id, topics.c.pack == pack, topics.c.day >= since)
    return select(topics.c.entry, total).where(*here).group_by(topics.c.entry).order_by(total.desc(), topics.c.entry)
