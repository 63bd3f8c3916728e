"""Small facts of the program itself, such as the hash of the commands that Discord was told."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.tables import facts
from bot.store.transactions import Transactions, put


class Facts:
    """Keeps one value under each key."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def get(self, key: str) -> str | None:
        """Give the value of a key, or None when there is none."""
        statement = select(facts.c.value).where(facts.c.key == key)
        return await self._transactions.read(lambda connection: connection.scalar(statement))

    async def set(self, key: str, value: str) -> None:
        """Keep a value, replacing an earlier one."""
        await self._transactions.write(lambda connection: put(connection, facts, {"key": key, "value": value}))
