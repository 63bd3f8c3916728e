"""Rounds of quizzes: their state, seats and answers while they run, and what became of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from bot.quiz.events import Row
from bot.quiz.regrading import Line
from bot.quiz.state import Phase, Round
from bot.store.quiz_personal import round_sections, unseat
from bot.store.quiz_records import Change, KeepSeat, KeptRound, RoundHead, Score
from bot.store.quiz_rows import dump_items, dump_state, heading, load, lock, state_of, to_head
from bot.store.quiz_writing import settle_scores, write_changes, write_seats, write_verdicts
from bot.store.tables import has_ended, is_running, is_unsettled
from bot.store.tables import quiz_record as records
from bot.store.tables import quiz_rounds as rounds
from bot.store.tables import quiz_seats as seats
from bot.store.transactions import Transactions

_log = logging.getLogger(__name__)


class QuizRounds:
    """Keeps the rounds of all servers for good; who played may be erased."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def open(
        self,
        guild_id: int,
        channel_id: int,
        pack: str,
        title: str,
        leader_id: int,
        state: Round,
        now: datetime,
        posts: Mapping[str, Any] | None = None,
    ) -> int:
        """Keep a new round, with its items and players; give its id."""
        row = {"guild_id": guild_id, "channel_id": channel_id, "pack": pack, "title": title, "user_id": leader_id}
        row |= {"opened": now, "seen": now, "settled": False, "posts": dict(posts or {}), "asked": state.number}
        row |= {"questions": dump_items(state), "state": dump_state(state)}

        def work(connection: Connection) -> int:
            made: int = connection.execute(insert(rounds).values(row).returning(rounds.c.id)).scalar_one()
            known = state.players | state.extra.keys()
            write_seats(
                connection,
                [KeepSeat(made, one, one in state.players, state.extra.get(one, 0), "") for one in sorted(known)],
            )
            return made

        return await self._transactions.write(work)

    async def write(self, changes: Sequence[Change]) -> None:
        """Write changes, all of them or none, as if one after another."""
        if changes:
            await self._transactions.write(lambda connection: write_changes(connection, changes))

    async def beat(self, round_ids: Sequence[int], now: datetime) -> None:
        """Say that somebody looks after these rounds."""
        statement = update(rounds).where(rounds.c.id.in_(sorted(round_ids))).values(seen=now)

        def work(connection: Connection) -> None:
            lock(connection, round_ids)
            connection.execute(statement)

        if round_ids:
            await self._transactions.write(work)

    async def running(self) -> list[KeptRound]:
        """Give the rounds of all servers that somebody has to look after, the oldest first.

        One that cannot be read is told in the log and left out, so that it does not hold up the others.
        """
        statement = unsettled()
        ids = await self._transactions.read(lambda connection: connection.scalars(statement).all())
        found: list[KeptRound] = []
        for round_id in ids:
            try:
                found += await self._load(select(rounds).where(rounds.c.id == round_id))
            except (KeyError, TypeError, ValueError) as error:
                _log.error("quiz %d cannot be read and is left out (%s)", round_id, type(error).__name__)
        return found

    async def find(self, guild_id: int, round_id: int) -> KeptRound | None:
        """Give a server's round, or None when it has no such."""
        found = await self._load(select(rounds).where(rounds.c.guild_id == guild_id, rounds.c.id == round_id))
        return found[0] if found else None

    async def recent(self, guild_id: int, limit: int = 25) -> list[RoundHead]:
        """List a server's rounds, the latest first."""
        return await self._heads(latest(guild_id).limit(limit))

    async def between(
        self, guild_id: int, since: datetime, until: datetime, pack: str | None = None
    ) -> list[KeptRound]:
        """Give a server's rounds, or those on a brief, that ended from a time up to another; the oldest first."""
        statement = ended_between(guild_id, since, until, pack)
        ids = await self._transactions.read(lambda connection: connection.scalars(statement).all())
        # One after another, so that other work has its turn between them.
        return [one for round_id in ids if (one := await self.find(guild_id, round_id))]

    async def leaderboard(self, guild_id: int, since: datetime | None) -> list[Score]:
        """Add up everybody's right answers in a server's rounds that ended since a time; most right first, then by id.

        Whoever was erased is left out, and whoever was asked nothing that counts.
        """
        statement = scoring(guild_id, since)

        def work(connection: Connection) -> list[Score]:
            found = connection.execute(statement)
            return [Score(row.user_id, int(row.right), int(row.asked), row.rounds) for row in found]

        return await self._transactions.read(work)

    async def regraded(self, round_id: int, state: Round, changed: Sequence[Row], line: Line) -> bool:
        """Keep a correction: a state's items and void questions, changed verdicts, scores, and a line in the record.

        False when the round is gone. A question that was voided meanwhile stays void.
        """

        def work(connection: Connection) -> bool:
            lock(connection, [round_id])
            kept = connection.scalar(select(rounds.c.state).where(rounds.c.id == round_id))
            if kept is None:
                return False
            items, kept = dump_items(state), {**kept, "void": sorted(state.void | set(kept["void"]))}
            connection.execute(update(rounds).where(rounds.c.id == round_id).values(questions=items, state=kept))
            write_verdicts(connection, round_id, changed)
            if kept["phase"] == Phase.ENDED:
                settle_scores(connection, round_id, state_of(connection, round_id, items, kept))
            row = {"round_id": round_id, "user_id": line.by, "at": line.at, "text": line.text}
            connection.execute(insert(records).values(row))
            return True

        return await self._transactions.write(work)

    async def record(self, round_id: int) -> list[Line]:
        """Give the lines of a round's record, the oldest first; ``by`` is 0 once the person was erased."""

        def work(connection: Connection) -> list[Line]:
            return [Line(row.at, row.user_id or 0, row.text) for row in connection.execute(recorded(round_id))]

        return await self._transactions.read(work)

    async def of_player(self, user_id: int) -> list[KeptRound]:
        """Give the rounds that have not ended in which somebody takes part, the oldest first."""
        return await self._load(playing(user_id))

    def kept(self, connection: Connection, user_id: int) -> Mapping[str, object]:
        """Give somebody's rounds, seats, answers and corrections, ready for JSON."""
        return round_sections(connection, user_id)

    def part(self, connection: Connection, user_id: int) -> int:
        """Take somebody's id from rounds, seats, answers and records; give how many there were."""
        return unseat(connection, user_id)

    async def _load(self, statement: Select[*tuple[object, ...]]) -> list[KeptRound]:
        return await self._transactions.read(lambda connection: load(connection, statement))

    async def _heads(self, statement: Select[*tuple[object, ...]]) -> list[RoundHead]:
        return await self._transactions.read(lambda connection: list(map(to_head, connection.execute(statement))))


def recorded(round_id: int) -> Select[*tuple[object, ...]]:
    """State the lines of a round's record, the oldest first."""
    return select(records).where(records.c.round_id == round_id).order_by(records.c.id)


def unsettled() -> Select[*tuple[int]]:
    """State the ids of the rounds of all servers that somebody has to look after, the oldest first."""
    return select(rounds.c.id).where(is_unsettled).order_by(rounds.c.id)


def latest(guild_id: int) -> Select[*tuple[object, ...]]:
    """State a server's rounds, the latest first."""
    return heading().where(rounds.c.guild_id == guild_id).order_by(rounds.c.opened.desc(), rounds.c.id.desc())


def ended_between(guild_id: int, since: datetime, until: datetime, pack: str | None) -> Select[*tuple[int]]:
    """State the ids of a server's rounds that ended from a time up to another, the oldest first."""
    here = [rounds.c.guild_id == guild_id, has_ended, rounds.c.ended >= since, rounds.c.ended < until]
    if pack is not None:
        here.append(rounds.c.pack == pack)
    return select(rounds.c.id).where(*here).order_by(rounds.c.ended, rounds.c.id)


def scoring(guild_id: int, since: datetime | None) -> Select[*tuple[object, ...]]:
    """State what everybody scored in a server's rounds that ended since a time."""
    here = [rounds.c.guild_id == guild_id, has_ended, seats.c.user_id > 0, seats.c.asked > 0]
    if since is not None:
        here.append(rounds.c.ended >= since)
    right = func.sum(seats.c.right_count)
    return (
        select(
            seats.c.user_id, right.label("right"), func.sum(seats.c.asked).label("asked"), func.count().label("rounds")
        )
        .select_from(rounds.join(seats))
        .where(*here)
        .group_by(seats.c.user_id)
        .order_by(right.desc(), seats.c.user_id)
    )


def playing(user_id: int) -> Select[*tuple[object, ...]]:
    """State the rounds that have not ended in which somebody takes part, the oldest first."""
    mine = (seats.c.user_id == user_id, seats.c.joined, is_running)
    return select(rounds).select_from(rounds.join(seats)).where(*mine).order_by(rounds.c.id)
