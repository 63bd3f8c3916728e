"""Questions that a brief did not answer, counted; without who asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from bot.store.records import UnansweredQuestion
from bot.store.tables import unanswered
from bot.store.transactions import Transactions, serialise

Same = Callable[[str, Sequence[str]], str | None]

_COMPARED = 1_000  # the latest ones of a brief in a server: what a new question is held against

_columns = unanswered.c


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to count: asked so many times, the last time ``now``."""

    guild_id: int | None
    pack: str
    text: str
    now: datetime
    times: int = 1


class Unanswered:
    """Keeps the questions of each server and brief, nearly equal ones as one."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def note(self, guild_id: int | None, pack: str, text: str, now: datetime, same: Same) -> None:
        """Count a question, already normalised, under the known one that ``same`` finds among the texts, or as new."""
        await self.note_all([Asked(guild_id, pack, text, now)], same)

    async def note_all(self, asked: Sequence[Asked], same: Same) -> None:
        """Count many questions at once."""
        ordered = sorted(asked, key=lambda one: (one.guild_id or 0, one.pack))  # the same order of locks everywhere

        def work(connection: Connection) -> None:
            for one in ordered:
                serialise(connection, "unanswered", one.guild_id, one.pack)
                _note(connection, one, same)

        await self._transactions.write(work)

    async def listed(self, guild_id: int | None, limit: int = 100, offset: int = 0) -> list[UnansweredQuestion]:
        """List a server's questions: the most asked first, then the latest."""
        statement = listing(guild_id).limit(limit).offset(offset)
        return await self._transactions.read(lambda connection: list(map(_question, connection.execute(statement))))

    async def asked_since(
        self, guild_id: int | None, pack: str, since: datetime, limit: int
    ) -> list[UnansweredQuestion]:
        """List a server's questions about a brief that were asked since a time, as ``listed`` orders them."""
        here = (_columns.pack == pack, _columns.last_asked >= since)
        statement = listing(guild_id).where(*here).limit(limit)
        return await self._transactions.read(lambda connection: list(map(_question, connection.execute(statement))))

    async def count(self, guild_id: int | None) -> int:
        """Count a server's questions."""
        statement = select(func.count()).where(_columns.guild_id == guild_id)
        return await self._transactions.read(lambda connection: connection.execute(statement).scalar_one())

    async def everywhere(self) -> list[UnansweredQuestion]:
        """List the questions of all servers, equal ones of a brief as one, as ``listed`` orders them."""
        asked, latest = func.sum(_columns.asked), func.max(_columns.last_asked)
        statement = (
            select(
                func.min(_columns.id).label("id"),
                _columns.pack,
                _columns.text,
                asked.label("asked"),
                func.min(_columns.first_asked).label("first_asked"),
                latest.label("last_asked"),
            )
            .group_by(_columns.pack, _columns.digest, _columns.text)
            .order_by(asked.desc(), latest.desc(), func.min(_columns.id).desc())
        )
        return await self._transactions.read(lambda connection: list(map(_question, connection.execute(statement))))

    async def dismiss(self, guild_id: int | None, question_id: int) -> bool:
        """Take a question off a server's list; False when it is not there. Asked again, it counts from 1."""
        statement = delete(unanswered).where(_columns.guild_id == guild_id, _columns.id == question_id)
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount > 0)

    async def forget(self, before: datetime) -> int:
        """Drop what was last asked before a time; give how many there were."""
        statement = delete(unanswered).where(_columns.last_asked < before)
        return await self._transactions.write(lambda connection: connection.execute(statement).rowcount)


def listing(guild_id: int | None) -> Select[*tuple[object, ...]]:
    """State the list of a server's questions in its order, which is that of an index read backwards."""
    order = (_columns.asked.desc(), _columns.last_asked.desc(), _columns.id.desc())
    return select(unanswered).where(_columns.guild_id == guild_id).order_by(*order)


def _find(connection: Connection, guild_id: int | None, pack: str, text: str, same: Same) -> int | None:
    here = select(_columns.id, _columns.text).where(_columns.guild_id == guild_id, _columns.pack == pack)
    exact: int | None = connection.scalar(here.where(_columns.digest == _digest(text)))
    if exact is not None:
        return exact
    latest = connection.execute(here.order_by(_columns.last_asked.desc()).limit(_COMPARED))
    known: dict[str, int] = {row.text: row.id for row in latest}
    nearest = same(text, list(known)) if known else None
    return None if nearest is None else known.get(nearest)


def _note(connection: Connection, asked: Asked, same: Same) -> None:
    known = _find(connection, asked.guild_id, asked.pack, asked.text, same)
    if known is None:
        connection.execute(insert(unanswered).values(_new(asked)))
    else:
        again = update(unanswered).where(_columns.id == known)
        connection.execute(again.values(asked=_columns.asked + asked.times, last_asked=asked.now))


def _new(asked: Asked) -> dict[str, object]:
    return {
        "guild_id": asked.guild_id,
        "pack": asked.pack,
        "digest": _digest(asked.text),
        "text": asked.text,
        "asked": asked.times,
        "first_asked": asked.now,
        "last_asked": asked.now,
    }


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _question(row: Row[*tuple[object, ...]]) -> UnansweredQuestion:
    one = row._mapping  # noqa: SLF001 - this is how a row is read by names, some of which it may lack
    return UnansweredQuestion(
        one["id"],
        one.get("guild_id"),
        one["pack"],
        one["text"],
        int(one["asked"]),
        one["first_asked"],
        one["last_asked"],
    )
