"""Readers' votes on answers, and their reports of wrong ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Row, Select, Table, delete, func, insert, select, tuple_, update

from bot.store.records import Rating, Report
from bot.store.tables import reports, votes
from bot.store.transactions import Transactions, insert_or


class Feedback:
    """Keeps votes and reports under the ids of those who gave them, until they are erased, dismissed or too old."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def vote(
        self,
        user_id: int,
        guild_id: int | None,
        pack: str,
        entry: str,
        helpful: bool,  # noqa: FBT001
        now: datetime,
    ) -> bool:
        """Keep somebody's vote on an answer in place of an earlier one; False when the same vote stood already."""
        row = {"guild_id": guild_id, "pack": pack, "entry": entry, "user_id": user_id}

        def work(connection: Connection) -> bool:
            statement = insert_or(connection, votes).values(row | {"helpful": helpful, "voted": now})
            changed = statement.on_conflict_do_update(
                index_elements=list(row),
                set_={"helpful": statement.excluded.helpful, "voted": statement.excluded.voted},
                where=votes.c.helpful != statement.excluded.helpful,
            )
            return connection.execute(changed.returning(votes.c.id)).one_or_none() is not None

        return await self._transactions.write(work)

    async def report(self, user_id: int, guild_id: int | None, pack: str, entry: str, note: str, now: datetime) -> int:
        """Keep somebody's report of a wrong answer; give its id."""
        row = {"guild_id": guild_id, "pack": pack, "entry": entry, "note": note, "user_id": user_id, "created": now}
        statement = insert(reports).values(row).returning(reports.c.id)
        return await self._transactions.write(lambda connection: connection.execute(statement).scalar_one())

    async def ratings(self, guild_id: int | None, limit: int = 100, offset: int = 0) -> list[Rating]:
        """List the ratings of a server: the least helpful first, then the latest."""
        statement = rating().where(votes.c.guild_id == guild_id).limit(limit).offset(offset)
        return await self._transactions.read(lambda connection: list(map(_rating, connection.execute(statement))))

    async def reports(self, guild_id: int | None, limit: int = 100, offset: int = 0) -> list[Report]:
        """List the reports of a server: the latest first."""
        statement = reporting().where(reports.c.guild_id == guild_id).limit(limit).offset(offset)
        return await self._transactions.read(lambda connection: list(map(_report, connection.execute(statement))))

    async def everywhere(self) -> tuple[list[Rating], list[Report]]:
        """List the ratings and the reports of all servers, in the same orders."""

        def work(connection: Connection) -> tuple[list[Rating], list[Report]]:
            return list(map(_rating, connection.execute(rating()))), list(map(_report, connection.execute(reporting())))

        return await self._transactions.read(work)

    async def dismiss_report(self, guild_id: int | None, report_id: int) -> bool:
        """Take a report off a server's list; False when it is not there."""
        statement = delete(reports).where(reports.c.guild_id == guild_id, reports.c.id == report_id)
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def dismiss_rating(self, guild_id: int | None, rating_id: int) -> bool:
        """Drop the votes of a rating, so that it starts anew; False when it is not there."""
        here = votes.c.guild_id == guild_id
        meant = select(votes.c.pack, votes.c.entry).where(here, votes.c.id == rating_id)
        statement = delete(votes).where(here, tuple_(votes.c.pack, votes.c.entry).in_(meant))
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def forget(self, before: datetime) -> int:
        """Drop the votes and reports from before a time; give how many there were."""

        def work(connection: Connection) -> int:
            old = delete(votes).where(votes.c.voted < before), delete(reports).where(reports.c.created < before)
            return sum(connection.execute(statement).rowcount for statement in old)

        return await self._transactions.write(work)

    def kept(self, connection: Connection, user_id: int) -> Mapping[str, object]:
        """Give somebody's votes and reports, ready for JSON."""
        return {
            "votes": [
                _place(row) | {"helpful": row.helpful, "time": row.voted.isoformat()}
                for row in connection.execute(_of(votes, user_id))
            ],
            "reports": [
                _place(row) | {"note": row.note, "time": row.created.isoformat()}
                for row in connection.execute(_of(reports, user_id))
            ],
        }

    def part(self, connection: Connection, user_id: int) -> int:
        """Take somebody's id from their votes and reports; give how many there were."""
        mine = (update(table).where(table.c.user_id == user_id).values(user_id=None) for table in (votes, reports))
        return sum(connection.execute(statement).rowcount for statement in mine)


def rating() -> Select[*tuple[object, ...]]:
    """State the ratings: the votes on each answer, counted. The first vote's id stands for all of them."""
    first, latest = func.min(votes.c.id), func.max(votes.c.voted)
    unhelpful = func.count().filter(~votes.c.helpful)
    return (
        select(
            first.label("id"),
            votes.c.guild_id,
            votes.c.pack,
            votes.c.entry,
            func.count().filter(votes.c.helpful).label("helpful"),
            unhelpful.label("unhelpful"),
            latest.label("last"),
        )
        .group_by(votes.c.guild_id, votes.c.pack, votes.c.entry)
        .order_by(unhelpful.desc(), latest.desc(), first.desc())
    )


def reporting() -> Select[*tuple[object, ...]]:
    """State the reports, the latest first."""
    return select(reports).order_by(reports.c.created.desc(), reports.c.id.desc())


def _of(table: Table, user_id: int) -> Select[*tuple[object, ...]]:
    return select(table).where(table.c.user_id == user_id).order_by(table.c.id)


def _rating(row: Row[*tuple[object, ...]]) -> Rating:
    return Rating(row.id, row.guild_id, row.pack, row.entry, row.helpful, row.unhelpful, row.last)


def _report(row: Row[*tuple[object, ...]]) -> Report:
    return Report(row.id, row.guild_id, row.pack, row.entry, row.note, row.created)


def _place(row: Row[*tuple[object, ...]]) -> dict[str, object]:
    return {"guild_id": row.guild_id, "pack": row.pack, "entry": row.entry}
