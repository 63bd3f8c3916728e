"""Lists are read from an index, in its order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import ClauseElement, Connection, insert, select, text

from bot.store.database import Store
from bot.store.digest_deliveries import claiming, past, showing, waking
from bot.store.digest_schedules import listing as schedules_of
from bot.store.digest_schedules import resuming
from bot.store.feedback import rating, reporting
from bot.store.quiz_personal import of_person
from bot.store.quiz_rounds import ended_between, latest, playing, recorded, scoring, unsettled
from bot.store.quiz_rows import answers_of
from bot.store.tables import (
    digest_deliveries,
    digest_schedules,
    quiz_answers,
    quiz_record,
    quiz_rounds,
    quiz_seats,
    reports,
    topics,
    unanswered,
    votes,
)
from bot.store.topics import asked
from bot.store.transactions import Transactions
from bot.store.unanswered import listing

ROWS = 3_000
NOW = datetime(2026, 3, 1, tzinfo=UTC)
WEEK = timedelta(days=7)
REFERRED = (digest_schedules, quiz_rounds, quiz_seats)  # by others of their feature
LISTS: dict[str, tuple[ClauseElement, str]] = {
    "unanswered": (listing(81).limit(20), "ix_unanswered_guild_id_asked_last_asked_id"),
    "reports": (reporting().where(reports.c.guild_id == 81).limit(20), "ix_reports_guild_id_created_id"),
    "ratings": (
        rating().where(votes.c.guild_id == 81),
        "uq_votes_guild_id_pack_entry_user_id|sqlite_autoindex_votes_1",
    ),
    "votes of a person": (select(votes).where(votes.c.user_id == 5), "ix_votes_user_id"),
    "reports of a person": (select(reports).where(reports.c.user_id == 5), "ix_reports_user_id"),
    "claim": (claiming(NOW, "one", NOW, 20), "ix_digest_deliveries_wakes_id"),
    "next try": (waking().limit(1), "ix_digest_deliveries_wakes_id"),
    "history": (past(81, None).limit(20), "ix_digest_deliveries_guild_id_due_id"),
    "history of a schedule": (past(81, 5).limit(20), "ix_digest_deliveries_schedule_id_due_id"),
    "shown": (showing(81, "hansen").limit(20), "ix_digest_deliveries_guild_id_pack_sent_at_id"),
    "schedules": (schedules_of(81), "ix_digest_schedules_guild_id_id"),
    "open deliveries of schedules": (schedules_of(81), "ix_digest_deliveries_schedule_id"),
    "to be resumed": (resuming(NOW), "ix_digest_schedules_resume_at"),
    "schedules of a person": (
        select(digest_schedules).where(digest_schedules.c.user_id == 5),
        "ix_digest_schedules_user_id",
    ),
    "rounds": (latest(81).limit(20), "ix_quiz_rounds_guild_id_opened_id"),
    "rounds to look after": (unsettled(), "ix_quiz_rounds_id"),
    "rounds of a period": (ended_between(81, NOW - WEEK, NOW, None), "ix_quiz_rounds_guild_id_ended_id"),
    "leaderboard": (scoring(81, NOW - WEEK), "ix_quiz_rounds_guild_id_ended_id"),
    "rounds of a player": (playing(5), "ix_quiz_seats_user_id|ix_quiz_rounds_guild_id_id"),
    "seats of a person": (of_person(quiz_seats, 5), "ix_quiz_seats_user_id"),
    "answers of a person": (of_person(quiz_answers, 5), "ix_quiz_answers_user_id"),
    "corrections of a person": (of_person(quiz_record, 5), "ix_quiz_record_user_id"),
    "rounds of a leader": (select(quiz_rounds).where(quiz_rounds.c.user_id == 5), "ix_quiz_rounds_user_id"),
    "answers of a round": (answers_of([5]), "pk_quiz_answers|sqlite_autoindex_quiz_answers_1"),
    "record of a round": (recorded(5), "ix_quiz_record_round_id_id"),
    "topics": (asked(81, "hansen", NOW.date()), "pk_topics|sqlite_autoindex_topics_1"),
}
SORTED = ["unanswered", "reports", "claim", "next try", "history", "shown", "rounds"]


def fill(connection: Connection, name: str) -> None:
    """Fill the tables that a list is read from."""
    base: dict[str, object] = dict.fromkeys(("entry", "note", "text", "why", "title", "name", "item"), "x")
    base |= {"pack": "hansen", "helpful": True, "late": False, "joined": True, "right": True}
    times = ("first_asked", "last_asked", "voted", "created", "due", "next_try", "sent_at", "opened", "seen", "at")
    moments = dict.fromkeys(times, NOW)
    numbers = dict.fromkeys(("asked", "askers", "attempts", "number", "extra", "right_count", "score", "elapsed"), 1)
    objects: dict[str, object] = {"rule": {}, "setting": {}, "entries": [], "day": NOW.date(), "given": 0}
    objects |= {"questions": [], "posts": {}}
    read = str(LISTS[name][0])
    tables = (unanswered, votes, reports, digest_schedules, digest_deliveries, topics)
    tables += (quiz_rounds, quiz_seats, quiz_answers, quiz_record)
    referred = {one for one in REFERRED if one.name.split("_")[0] in read}
    for table in (one for one in tables if one.name in read or one in referred):
        rows = []
        for n in range(1, ROWS + 1):
            ids = dict.fromkeys(("channel_id", "schedule_id", "user_id", "round_id"), n)
            ids |= {"guild_id": 80 + n % 10, "digest": n.to_bytes(4)}
            row = base | moments | numbers | objects | ids | {"entry": f"{n}", "state": "sent"}
            if table is digest_deliveries and n % 3 == 0:
                row |= {"state": "due", "wakes": NOW, "sent_at": None}
            row |= {"ended": NOW - timedelta(hours=n) if n % 50 else None, "settled": n % 50 > 0}
            rows.append({"wakes": None, "resume_at": NOW if n % 50 == 0 else None, **row})
        names = {column.name for column in table.c} & set(rows[0])
        connection.execute(insert(table), [{name: row[name] for name in names} for row in rows])
    connection.execute(text("ANALYZE"))


def plan(connection: Connection, statement: ClauseElement) -> str:
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    spelled = statement.compile(connection, compile_kwargs={"literal_binds": True})
    return "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(f"{explain} {spelled}"))


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_found_by_its_index(store: Store, transactions: Transactions, name: str) -> None:
    statement, indexes = LISTS[name]
    await transactions.write(lambda connection: fill(connection, name))
    found = await transactions.read(lambda connection: plan(connection, statement))

    assert any(index in found for index in indexes.split("|")), found


@pytest.mark.parametrize("name", SORTED)
async def test_a_list_is_not_sorted_again(store: Store, transactions: Transactions, name: str) -> None:
    await transactions.write(lambda connection: fill(connection, name))
    found = await transactions.read(lambda connection: plan(connection, LISTS[name][0]))

    assert ("TEMP B-TREE" in found, "Sort" in found) == (False, False)
