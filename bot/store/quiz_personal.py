"""What rounds of quizzes keep under somebody's id: to show, and to part from the person."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Select, Table, case, func, select, update

from bot.quiz.items import Item
from bot.quiz.records import load_item
from bot.quiz.results import shown
from bot.store.digest_rows import AnyRow
from bot.store.quiz_rows import lock
from bot.store.tables import quiz_answers as answers
from bot.store.tables import quiz_record as records
from bot.store.tables import quiz_rounds as rounds
from bot.store.tables import quiz_seats as seats


def round_sections(connection: Connection, user_id: int) -> Mapping[str, object]:
    """Give the rounds that somebody led, played and corrected, ready for JSON.

    While a round has not ended, nothing tells which answers are right: the book may be closed.
    """
    led = select(rounds).where(rounds.c.user_id == user_id).order_by(rounds.c.id)
    wrote, sat = of_person(records, user_id), of_person(seats, user_id)
    return {
        "quiz_rounds": [
            {"round": row.id, **_place(row), "channel_id": row.channel_id, "time": row.opened.isoformat()}
            for row in connection.execute(led)
        ],
        "quiz_seats": [{"round": row.round_id, **_place(row), **_seat(row)} for row in connection.execute(sat)],
        "quiz_answers": _answered(connection, user_id),
        "quiz_record": [
            {"round": row.round_id, **_place(row), "text": row.text, "time": row.at.isoformat()}
            for row in connection.execute(wrote)
        ],
    }


def unseat(connection: Connection, user_id: int) -> int:
    """Take somebody's id from rounds; give how many rows there were.

    In each round the seat, and with it the answers, get a number below 0 that nobody else has there.
    """
    named = (rounds.c.id, seats.c.round_id, records.c.round_id)
    concerned = [select(column).where(column.table.c.user_id == user_id) for column in named]
    lock(connection, [found for statement in concerned for found in connection.scalars(statement)])
    count = connection.scalar(select(func.count()).where(answers.c.user_id == user_id)) or 0
    here = seats.alias()
    lowest = select(func.min(here.c.user_id)).where(here.c.round_id == seats.c.round_id).scalar_subquery()
    below = case((lowest < 0, lowest - 1), else_=-1)
    leave = update(seats).where(seats.c.user_id == user_id).values(user_id=below, name="", extra=0)
    count += connection.execute(leave).rowcount
    for table in (rounds, records):
        count += connection.execute(update(table).where(table.c.user_id == user_id).values(user_id=None)).rowcount
    return count


def of_person(table: Table, user_id: int) -> Select[*tuple[object, ...]]:
    """State somebody's rows, each with its round."""
    names = ("guild_id", "pack", "title", "ended")
    both = table.join(rounds, rounds.c.id == table.c.round_id)
    statement = select(table, *(rounds.c[name] for name in names)).select_from(both)
    return statement.where(table.c.user_id == user_id).order_by(*table.primary_key)


def _place(row: AnyRow) -> dict[str, object]:
    return {"guild_id": row.guild_id, "pack": row.pack, "title": row.title}


def _seat(row: AnyRow) -> dict[str, object]:
    seat = {"name": row.name, "joined": row.joined, "extra": row.extra}
    return seat | ({} if row.ended is None else {"right": row.right_count, "asked": row.asked, "score": row.score})


def _answered(connection: Connection, user_id: int) -> list[dict[str, object]]:
    found = connection.execute(of_person(answers, user_id)).all()
    asked = select(rounds.c.id, rounds.c.questions).where(rounds.c.id.in_({row.round_id for row in found}))
    items = {row.id: [load_item(record) for record in row.questions] for row in connection.execute(asked)}
    return [_answer(row) | _wording(row, items[row.round_id][row.number - 1]) for row in found]


def _answer(row: AnyRow) -> dict[str, object]:
    answer = {"round": row.round_id, **_place(row), "number": row.number, "item": row.item, "time": row.at.isoformat()}
    answer |= {"seconds": row.elapsed, "allowed": row.allowed}
    return answer | ({} if row.ended is None else {"right": row.right})


def _wording(row: AnyRow, item: Item) -> dict[str, object]:
    return {"question": item.stem, "answer": shown(item, row.given)}
