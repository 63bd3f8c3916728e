"""Questions of quizzes: saved sets, a server's own questions, what was asked how often, and practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, Table, delete, func, insert, select, update

from bot.brief.places import Place
from bot.brief.quiz_items import Difficulty, ItemKind, QuizItem
from bot.quiz.items import Item
from bot.quiz.practice import Result
from bot.quiz.records import dump_item, load_item
from bot.store.digest_rows import AnyRow
from bot.store.quiz_records import KeptSet
from bot.store.quiz_writing import many
from bot.store.tables import quiz_extra as extra
from bot.store.tables import quiz_own as own
from bot.store.tables import quiz_practice as practice
from bot.store.tables import quiz_seen as seen
from bot.store.tables import quiz_sets as sets
from bot.store.transactions import Transactions, insert_or, put, serialise

_REMEMBERED = 5  # results of an item: more right ones in a row make no difference to when it comes back


class Quizzes:
    """Keeps the questions of each server and brief; and how people fared with questions when they practised."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def save_set(
        self, guild_id: int, pack: str, name: str, items: Sequence[Item], user_id: int, now: datetime
    ) -> bool:
        """Keep questions under a name, in place of those of that name; True when there were any.

        Capitals and spaces make no other name.
        """
        row = {"name": name, "questions": [dump_item(item) for item in items], "user_id": user_id, "created": now}

        def work(connection: Connection) -> bool:
            serialise(connection, "quiz_sets", guild_id, pack)
            if connection.execute(update(sets).where(*_named(guild_id, pack, name)).values(row)).rowcount:
                return True
            place = {"guild_id": guild_id, "pack": pack, "folded": _folded(name)}
            connection.execute(insert(sets).values(row | place))
            return False

        return await self._transactions.write(work)

    async def sets(self, guild_id: int, pack: str) -> list[KeptSet]:
        """List a server's sets on a brief, in the order of their first saving."""
        here = (sets.c.guild_id == guild_id, sets.c.pack == pack)
        return await self._sets(select(sets).where(*here).order_by(sets.c.id))

    async def count_sets(self, guild_id: int) -> int:
        """Count a server's sets."""
        return await self._count(sets, guild_id)

    async def find_set(self, guild_id: int, pack: str, name: str) -> KeptSet | None:
        """Give the set of a name, or None when there is none."""
        found = await self._sets(select(sets).where(*_named(guild_id, pack, name)))
        return found[0] if found else None

    async def delete_set(self, guild_id: int, pack: str, name: str) -> bool:
        """Delete the set of a name; False when there is none."""
        statement = delete(sets).where(*_named(guild_id, pack, name))
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def add_own(self, guild_id: int, pack: str, items: Sequence[QuizItem], user_id: int, now: datetime) -> int:
        """Keep a server's own questions, in place of those of the same ids; give how many were new."""
        here = (own.c.guild_id == guild_id, own.c.pack == pack)
        ids = {item.id for item in items}
        rows: list[dict[str, Any]] = [
            {"guild_id": guild_id, "pack": pack, "item": item.id, "record": asdict(item)}
            | {"user_id": user_id, "created": now}
            for item in items
        ]

        def work(connection: Connection) -> int:
            serialise(connection, "quiz_own", guild_id, pack)
            known = connection.scalar(select(func.count()).where(*here, own.c.item.in_(sorted(ids)))) or 0
            statement = insert_or(connection, own)
            new = {name: statement.excluded[name] for name in ("record", "user_id", "created")}
            upsert = statement.on_conflict_do_update(index_elements=["guild_id", "pack", "item"], set_=new)
            many(connection, upsert, rows)
            return len(ids) - known

        return await self._transactions.write(work)

    async def own(self, guild_id: int, pack: str) -> list[QuizItem]:
        """List a server's own questions on a brief, in the order in which they first came."""
        here = (own.c.guild_id == guild_id, own.c.pack == pack)
        statement = select(own.c.record).where(*here).order_by(own.c.id)
        return await self._transactions.read(lambda connection: list(map(_question, connection.scalars(statement))))

    async def count_own(self, guild_id: int) -> int:
        """Count a server's own questions."""
        return await self._count(own, guild_id)

    async def delete_own(self, guild_id: int, pack: str, item_id: str) -> bool:
        """Delete one of a server's own questions; False when it is not there."""
        statement = delete(own).where(own.c.guild_id == guild_id, own.c.pack == pack, own.c.item == item_id)
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def seen(self, guild_id: int, pack: str) -> dict[str, int]:
        """Tell how often a server was asked each item of a brief, by their ids."""
        statement = select(seen.c.item, seen.c.asked).where(seen.c.guild_id == guild_id, seen.c.pack == pack)

        def work(connection: Connection) -> dict[str, int]:
            return {row.item: row.asked for row in connection.execute(statement)}

        return await self._transactions.read(work)

    async def keep_extra(self, guild_id: int, user_id: int, percent: int) -> None:
        """Keep how much more time a server gives somebody, in percent; 0 is not kept."""
        row = {"guild_id": guild_id, "user_id": user_id, "percent": percent}
        gone = delete(extra).where(extra.c.guild_id == guild_id, extra.c.user_id == user_id)

        def work(connection: Connection) -> None:
            if percent:
                put(connection, extra, row)
            else:
                connection.execute(gone)

        await self._transactions.write(work)

    async def extra_times(self, guild_id: int) -> dict[int, int]:
        """Give the members to whom a server gives more time, with how much in percent."""
        statement = select(extra.c.user_id, extra.c.percent).where(extra.c.guild_id == guild_id)

        def work(connection: Connection) -> dict[int, int]:
            return {row.user_id: row.percent for row in connection.execute(statement)}

        return await self._transactions.read(work)

    async def practised(self, user_id: int, pack: str) -> list[Result]:
        """Give how somebody answered the items of a brief, the oldest first: of each item the latest results."""
        mine = (practice.c.user_id == user_id, practice.c.pack == pack)
        statement = select(practice).where(*mine).order_by(practice.c.at, practice.c.item)

        def work(connection: Connection) -> list[Result]:
            return [Result(row.item, row.right, row.at) for row in connection.execute(statement)]

        return await self._transactions.read(work)

    async def keep_practice(self, user_id: int, pack: str, results: Sequence[Result]) -> None:
        """Keep how somebody answered items; of each item only the latest results."""
        rows = [
            {"user_id": user_id, "pack": pack, "item": one.item, "at": one.at, "right": one.right} for one in results
        ]
        mine = (practice.c.user_id == user_id, practice.c.pack == pack)
        latest = practice.c.item.in_(sorted({one.item for one in results})), practice.c.at < _oldest_remembered()

        def work(connection: Connection) -> None:
            statement = insert_or(connection, practice)
            again = {"right": statement.excluded.right}
            upsert = statement.on_conflict_do_update(index_elements=list(practice.primary_key), set_=again)
            many(connection, upsert, rows)
            connection.execute(delete(practice).where(*mine, *latest))

        if rows:
            await self._transactions.write(work)

    def kept(self, connection: Connection, user_id: int) -> Mapping[str, object]:
        """Give the questions that somebody saved, and how they practised, ready for JSON."""
        mine = select(practice).where(practice.c.user_id == user_id).order_by(*practice.primary_key)
        more = select(extra).where(extra.c.user_id == user_id).order_by(extra.c.guild_id)
        return {
            "quiz_sets": [
                _place(row) | {"name": row.name, "items": row.questions}
                for row in connection.execute(_of(sets, user_id))
            ],
            "quiz_own": [_place(row) | {"question": row.record} for row in connection.execute(_of(own, user_id))],
            "quiz_extra": [{"guild_id": row.guild_id, "percent": row.percent} for row in connection.execute(more)],
            "quiz_practice": [
                {"pack": row.pack, "item": row.item, "right": row.right, "time": row.at.isoformat()}
                for row in connection.execute(mine)
            ],
        }

    def part(self, connection: Connection, user_id: int) -> int:
        """Take somebody's id from sets and own questions, drop practice and extra time; give the number of rows."""
        mine = (update(table).where(table.c.user_id == user_id).values(user_id=None) for table in (sets, own))
        gone = (delete(table).where(table.c.user_id == user_id) for table in (practice, extra))
        return sum(connection.execute(statement).rowcount for statement in (*mine, *gone))

    async def _sets(self, statement: Select[*tuple[object, ...]]) -> list[KeptSet]:
        return await self._transactions.read(lambda connection: list(map(_set, connection.execute(statement))))

    async def _count(self, table: Table, guild_id: int) -> int:
        statement = select(func.count()).where(table.c.guild_id == guild_id)
        return await self._transactions.read(lambda connection: connection.execute(statement).scalar_one())


def _named(guild_id: int, pack: str, name: str) -> tuple[ColumnElement[bool], ...]:
    return sets.c.guild_id == guild_id, sets.c.pack == pack, sets.c.folded == _folded(name)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _oldest_remembered() -> ScalarSelect[datetime]:
    """State the time of the oldest result of an item that still makes a difference; none where there are few."""
    other = practice.alias()
    names = ("user_id", "pack", "item")
    same = select(other.c.at).where(*(other.c[name] == practice.c[name] for name in names))
    return same.order_by(other.c.at.desc()).limit(1).offset(_REMEMBERED - 1).correlate(practice).scalar_subquery()


def _of(table: Table, user_id: int) -> Select[*tuple[object, ...]]:
    return select(table).where(table.c.user_id == user_id).order_by(table.c.id)


def _place(row: AnyRow) -> dict[str, object]:
    return {"guild_id": row.guild_id, "pack": row.pack, "time": row.created.isoformat()}


def _set(row: AnyRow) -> KeptSet:
    return KeptSet(row.id, row.name, tuple(map(load_item, row.questions)), row.created)


def _question(record: Mapping[str, Any]) -> QuizItem:
    """Make an author's item of its data."""
    place, also = record["place"], record["also"]
    lists = {name: tuple(record[name]) for name in ("wrong", "accept")}
    places = {"place": Place(**place) if place else None, "also": tuple(Place(**one) for one in also)}
    kinds = {"kind": ItemKind(record["kind"]), "difficulty": Difficulty(record["difficulty"])}
    return QuizItem(**{**record, **lists, **places, **kinds})
