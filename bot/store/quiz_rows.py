"""Rows of rounds, read as records and made of them.

Whoever changes something in rounds locks these first, in the order of their ids, so that nobody waits in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, or_, select

from bot.quiz.events import Row, SavePlayer
from bot.quiz.records import Record, dump_item
from bot.quiz.saving import dump_round, load_round
from bot.quiz.state import Round
from bot.store.digest_rows import AnyRow
from bot.store.quiz_records import KeptRound, RoundHead
from bot.store.tables import quiz_answers as answers
from bot.store.tables import quiz_rounds as rounds
from bot.store.tables import quiz_seats as seats

_KEPT_APART = frozenset(("items", "players", "extra"))


def lock(connection: Connection, round_ids: Iterable[int]) -> None:
    """Let nobody else change these rounds, or anything in them, until the transaction ends."""
    meant = select(rounds.c.id).where(rounds.c.id.in_(sorted(set(round_ids)))).order_by(rounds.c.id)
    connection.execute(meant.with_for_update(key_share=True)).all()


def dump_items(state: Round) -> list[Record]:
    """Give a round's items as they are kept."""
    return [dump_item(item) for item in state.items]


def dump_state(state: Round) -> Record:
    """Give what is kept of a round's state with each change."""
    return {name: value for name, value in dump_round(state).items() if name not in _KEPT_APART}


def dump_answer(round_id: int, row: Row) -> Record:
    """Give an answer as it is kept."""
    return {
        "round_id": round_id,
        "user_id": row.player,
        "number": row.number,
        "item": row.item,
        "given": row.given,
        "right": row.right,
        "at": row.at,
        "elapsed": row.elapsed,
        "allowed": row.allowed,
    }


def to_answer(row: AnyRow) -> Row:
    """Read a row of answers."""
    return Row(
        number=row.number,
        player=row.user_id,
        item=row.item,
        given=row.given,
        right=row.right,
        at=row.at,
        elapsed=row.elapsed,
        allowed=row.allowed,
    )


def load(connection: Connection, statement: Select[*tuple[object, ...]]) -> list[KeptRound]:
    """Give the rounds that a statement selects, with everything in them."""
    found = connection.execute(statement).all()
    if not found:
        return []
    ids = [row.id for row in found]
    sat, given = _by_round(connection, _seats_of(ids)), _by_round(connection, answers_of(ids))
    return [_to_round(row, sat.get(row.id, ()), given.get(row.id, ())) for row in found]


def state_of(connection: Connection, round_id: int, items: Sequence[Record], kept: Mapping[str, Any]) -> Round:
    """Make a round's state of its data, with the seats and answers that are kept by now."""
    sat, given = connection.execute(_seats_of([round_id])), connection.execute(answers_of([round_id]))
    return _to_state(items, kept, sat, given)


def heading() -> Select[*tuple[object, ...]]:
    """State the rounds as lines of a list; who answered took part, even who left later."""
    answered = exists().where(answers.c.round_id == seats.c.round_id, answers.c.user_id == seats.c.user_id)
    there = and_(seats.c.round_id == rounds.c.id, or_(seats.c.joined, answered))
    players = select(func.count()).select_from(seats).where(there).scalar_subquery()
    names = ("id", "guild_id", "channel_id", "pack", "title", "user_id", "opened", "ended", "asked")
    return select(*(rounds.c[name] for name in names), players.label("players"))


def to_head(row: AnyRow) -> RoundHead:
    """Read a line of a list."""
    return RoundHead(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        pack=row.pack,
        title=row.title,
        leader_id=row.user_id,
        opened=row.opened,
        ended=row.ended,
        players=row.players,
        questions=row.asked,
    )


def _seats_of(round_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    names = ("round_id", "user_id", "joined", "extra", "name")
    return select(*(seats.c[name] for name in names)).where(seats.c.round_id.in_(round_ids))


def answers_of(round_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    """State the answers of rounds, each round's in their order."""
    order = (answers.c.round_id, answers.c.number, answers.c.at, answers.c.user_id)
    return select(answers).where(answers.c.round_id.in_(round_ids)).order_by(*order)


def _by_round(connection: Connection, statement: Select[*tuple[object, ...]]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.round_id, []).append(row)
    return found


def _to_round(row: AnyRow, sat: Sequence[AnyRow], given: Sequence[AnyRow]) -> KeptRound:
    return KeptRound(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        pack=row.pack,
        title=row.title,
        leader_id=row.user_id,
        opened=row.opened,
        ended=row.ended,
        seen=row.seen,
        state=_to_state(row.questions, row.state, sat, given),
        posts=row.posts,
        names={seat.user_id: seat.name for seat in sat if seat.name},
    )


def _to_state(
    items: Sequence[Record], kept: Mapping[str, Any], sat: Iterable[AnyRow], given: Iterable[AnyRow]
) -> Round:
    whole = {**kept, "items": items, "players": [], "extra": []}
    return load_round(whole, map(to_answer, given), (SavePlayer(seat.user_id, seat.joined, seat.extra) for seat in sat))
