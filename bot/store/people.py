"""People's choices; and everything kept under somebody's id, to show or to erase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection, delete, select

from bot.store.records import Person
from bot.store.tables import people
from bot.store.transactions import Transactions, put


class Personal(Protocol):
    """A repository that keeps rows under people's ids."""

    def kept(self, connection: Connection, user_id: int) -> Mapping[str, object]:
        """Give what is kept under an id, ready for JSON, by the names of the sections of an export."""

    def part(self, connection: Connection, user_id: int) -> int:
        """Take an id from all rows; give how many there were."""


class People:
    """Keeps what people chose, and speaks for all repositories that keep something under their ids."""

    def __init__(self, transactions: Transactions, personal: Sequence[Personal]) -> None:
        """Take the database's transactions and the repositories that keep personal rows."""
        self._transactions = transactions
        self._personal = personal

    async def get(self, user_id: int) -> Person:
        """Give what somebody chose: the defaults when they never did."""
        return await self._transactions.read(lambda connection: _find(connection, user_id)) or Person(user_id)

    async def save(self, person: Person) -> None:
        """Keep what somebody chose, replacing earlier choices."""
        row = {"user_id": person.user_id, "pack": person.pack, "hidden": person.hidden}
        await self._transactions.write(lambda connection: put(connection, people, row))

    async def hidden(self, user_ids: Iterable[int]) -> frozenset[int]:
        """Give those of these people whose names boards leave out."""
        statement = select(people.c.user_id).where(people.c.user_id.in_(sorted(set(user_ids))), people.c.hidden)
        return await self._transactions.read(lambda connection: frozenset(connection.scalars(statement)))

    async def export(self, user_id: int) -> dict[str, object]:
        """Give everything that is kept under an id, ready for JSON."""

        def work(connection: Connection) -> dict[str, object]:
            person = _find(connection, user_id)
            kept: dict[str, object] = {
                "user_id": user_id,
                "choices": person and {"pack": person.pack, "hidden": person.hidden},
            }
            for repository in self._personal:
                kept.update(repository.kept(connection, user_id))
            return kept

        return await self._transactions.read(work)

    async def erase(self, user_id: int) -> int:
        """Erase a person: choices go, all other rows lose the id, totals stay. Gives the number of rows."""

        def work(connection: Connection) -> int:
            gone = connection.execute(delete(people).where(people.c.user_id == user_id)).rowcount
            return gone + sum(repository.part(connection, user_id) for repository in self._personal)

        return await self._transactions.write(work)


def _find(connection: Connection, user_id: int) -> Person | None:
    row = connection.execute(select(people).where(people.c.user_id == user_id)).one_or_none()
    return None if row is None else Person(row.user_id, row.pack, row.hidden)
