"""Lists are read from an index, in its order."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Connection, Select, insert, select, text

from bot.store.database import Store
from bot.store.feedback import rating, reporting
from bot.store.tables import reports, unanswered, votes
from bot.store.transactions import Transactions
from bot.store.unanswered import listing

ROWS = 3_000
LISTS = {
    "unanswered": (listing(81).limit(20), "ix_unanswered_guild_id_asked_last_asked_id"),
    "reports": (reporting().where(reports.c.guild_id == 81).limit(20), "ix_reports_guild_id_created_id"),
    "ratings": (
        rating().where(votes.c.guild_id == 81),
        "uq_votes_guild_id_pack_entry_user_id|sqlite_autoindex_votes_1",
    ),
    "votes of a person": (select(votes).where(votes.c.user_id == 5), "ix_votes_user_id"),
    "reports of a person": (select(reports).where(reports.c.user_id == 5), "ix_reports_user_id"),
}


def fill(connection: Connection, now: datetime) -> None:
    base = {"pack": "hansen", "entry": "x", "note": "x", "text": "x", "helpful": True, "asked": 1}
    moments = dict.fromkeys(("first_asked", "last_asked", "voted", "created"), now)
    kinds = {table: {column.name for column in table.c} for table in (unanswered, votes, reports)}
    for table, names in kinds.items():
        rows = [
            {**base, **moments, "guild_id": 80 + n % 10, "user_id": n, "digest": n.to_bytes(4)} for n in range(ROWS)
        ]
        connection.execute(insert(table), [{name: row[name] for name in names & set(row)} for row in rows])
    connection.execute(text("ANALYZE"))


def plan(connection: Connection, statement: Select[*tuple[object, ...]]) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    spelled = statement.compile(connection, compile_kwargs={"literal_binds": True})
    return "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(f"{explain} {spelled}"))


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_found_by_its_index(store: Store, transactions: Transactions, now: datetime, name: str) -> None:
    statement, indexes = LISTS[name]
    await transactions.write(lambda connection: fill(connection, now))
    found = await transactions.read(lambda connection: plan(connection, statement))

    assert any(index in found for index in indexes.split("|")), found


@pytest.mark.parametrize("name", ["unanswered", "reports"])
async def test_a_list_is_not_sorted_again(store: Store, transactions: Transactions, now: datetime, name: str) -> None:
    await transactions.write(lambda connection: fill(connection, now))
    found = await transactions.read(lambda connection: plan(connection, LISTS[name][0]))

    assert ("TEMP B-TREE" in found, "Sort" in found) == (False, False)
