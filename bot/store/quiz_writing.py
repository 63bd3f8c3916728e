"""Changes of rounds, in one transaction: equal statements together, and the scores after the answers they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, update
from sqlalchemy.sql.dml import Delete, Insert, Update

from bot.quiz.events import Row
from bot.quiz.results import played, standings
from bot.quiz.state import Phase, Round
from bot.store.columns import Moment
from bot.store.quiz_records import Change, CountAsked, KeepAnswer, KeepRound, KeepSeat
from bot.store.quiz_rows import dump_answer, dump_state, lock, state_of
from bot.store.tables import is_running
from bot.store.tables import quiz_answers as answers
from bot.store.tables import quiz_rounds as rounds
from bot.store.tables import quiz_seats as seats
from bot.store.tables import quiz_seen as seen
from bot.store.transactions import insert_or

Values = dict[str, Any]


def write_changes(connection: Connection, changes: Sequence[Change]) -> None:
    """Write changes as if one after another: each kind has its order, and no two kinds write the same."""
    kept = [one for one in changes if isinstance(one, KeepRound)]
    taken = [one for one in changes if isinstance(one, KeepSeat)]
    given = [one for one in changes if isinstance(one, KeepAnswer)]
    lock(connection, [one.round_id for one in kept] + [one.round_id for one in taken] + [one.round_id for one in given])
    write_seats(connection, taken)
    _write_answers(connection, given)
    _count(connection, [one for one in changes if isinstance(one, CountAsked)])
    _write_rounds(connection, kept)


def write_seats(connection: Connection, taken: Iterable[KeepSeat]) -> None:
    """Keep seats."""
    statement = insert_or(connection, seats)
    new = statement.excluded
    values = {"joined": new.joined, "extra": new.extra, "name": case((new.name != "", new.name), else_=seats.c.name)}
    upsert = statement.on_conflict_do_update(index_elements=list(seats.primary_key), set_=values)
    many(connection, upsert, [_seat(one.round_id, one.player, one.joined, one.extra, one.name) for one in taken])


def settle_scores(connection: Connection, round_id: int, state: Round) -> None:
    """Write what everybody scored on the seats of a round."""
    here = (seats.c.round_id == round_id, seats.c.user_id == bindparam("player"))
    values: Values = {name: bindparam(f"new_{name}") for name in ("right_count", "asked", "score")}
    scores = [
        {"player": one.player, "new_right_count": one.right, "new_asked": one.asked, "new_score": one.score}
        for one in standings(played(state))
    ]
    many(connection, update(seats).where(*here).values(values), scores)


def write_verdicts(connection: Connection, round_id: int, changed: Iterable[Row]) -> None:
    """Write whether answers are right, as a correction found."""
    here = (
        answers.c.round_id == round_id,
        answers.c.user_id == bindparam("player"),
        answers.c.number == bindparam("question"),
    )
    statement = update(answers).where(*here).values(right=bindparam("verdict"))
    verdicts = [{"player": row.player, "question": row.number, "verdict": row.right} for row in changed]
    many(connection, statement, verdicts)


def many(connection: Connection, statement: Insert | Update | Delete, rows: Sequence[Values]) -> None:
    """Run a statement for each of several rows, if there are any."""
    if rows:
        connection.execute(statement, rows)


def _seat(round_id: int, player: int, joined: bool, extra: int, name: str) -> Values:  # noqa: FBT001
    row = {"round_id": round_id, "user_id": player, "joined": joined, "extra": extra, "name": name}
    return row | {"right_count": 0, "asked": 0, "score": 0}


def _write_answers(connection: Connection, given: Sequence[KeepAnswer]) -> None:
    seating = insert_or(connection, seats)
    name = seating.excluded.name
    seated = seating.on_conflict_do_update(
        index_elements=list(seats.primary_key), set_={"name": name}, where=name.not_in(["", seats.c.name])
    )
    many(connection, seated, [_seat(one.round_id, one.row.player, True, 0, one.name) for one in given])
    statement = insert_or(connection, answers)
    key, new = list(answers.primary_key), statement.excluded
    later = statement.on_conflict_do_update(
        index_elements=key,
        set_={column.name: new[column.name] for column in answers.c if column not in key},
        where=new.at >= answers.c.at,
    )
    many(connection, later, [dump_answer(one.round_id, one.row) for one in given])


def _count(connection: Connection, asked: Sequence[CountAsked]) -> None:
    """Count what was asked, in the same order of locks everywhere."""
    once = insert_or(connection, seen).values(asked=1)
    again = once.on_conflict_do_update(index_elements=list(seen.primary_key), set_={"asked": seen.c.asked + 1})
    found = sorted((one.guild_id, one.pack, one.item) for one in asked)
    many(connection, again, [{"guild_id": guild, "pack": pack, "item": item} for guild, pack, item in found])


def _write_rounds(connection: Connection, kept: Sequence[KeepRound]) -> None:
    """Keep states; once a round has ended, only another state that has ended replaces its own."""
    latest = {one.round_id: one for one in sorted(kept, key=_has_ended)}
    rows = [_state(one) for one in latest.values()]
    names = ("channel_id", "posts", "state", "asked")
    values = {name: bindparam(f"new_{name}", type_=rounds.c[name].type) for name in names}
    seen = func.coalesce(bindparam("new_seen", type_=Moment()), rounds.c.seen)
    statement = update(rounds).where(rounds.c.id == bindparam("round")).values(values | {"seen": seen})
    many(connection, statement.where(is_running), [row for row in rows if row["ends"] is None])
    over = [row for row in rows if row["ends"] is not None and _keep_void(connection, row)]
    ends = bindparam("ends", type_=Moment())
    many(connection, statement.values(ended=func.coalesce(rounds.c.ended, ends), settled=bindparam("done")), over)
    for row in over:
        items = connection.scalar(select(rounds.c.questions).where(rounds.c.id == row["round"])) or []
        settle_scores(connection, row["round"], state_of(connection, row["round"], items, row["new_state"]))


def _keep_void(connection: Connection, row: Values) -> bool:
    """Leave void what a correction voided meanwhile; False when the round is gone."""
    kept = connection.scalar(select(rounds.c.state).where(rounds.c.id == row["round"]))
    if kept is not None:
        row["new_state"]["void"] = sorted({*row["new_state"]["void"], *kept["void"]})
    return kept is not None


def _state(change: KeepRound) -> Values:
    return {
        "round": change.round_id,
        "new_channel_id": change.channel_id,
        "new_posts": dict(change.posts),
        "new_state": dump_state(change.state),
        "new_asked": change.state.number,
        "new_seen": change.seen,
        "done": change.settled,
        "ends": change.state.touched if _has_ended(change) else None,
    }


def _has_ended(change: KeepRound) -> bool:
    return change.state.phase is Phase.ENDED
