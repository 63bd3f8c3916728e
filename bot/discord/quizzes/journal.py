"""The journal: what happens in rounds on its way to the database, everybody's of one moment in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.store.faults import StoreFault
from bot.store.quiz_records import Change, CountAsked, KeepAnswer, KeepRound, KeepSeat
from bot.store.quiz_rounds import QuizRounds

Key = tuple[object, ...]


class Journal:
    """Writes changes; what a call gave is in the database when it returns.

    While one transaction runs, the changes that come in wait for the next, together. What could not be written is owed
    and goes with the next one: a later change of the same thing takes its place.
    """

    def __init__(self, rounds: QuizRounds) -> None:
        """Begin with nothing to write."""
        self._rounds = rounds
        self._waiting: dict[Key, Change] = {}
        self._written: asyncio.Future[None] | None = None
        self._under_way: asyncio.Future[None] | None = None
        self._writer: asyncio.Task[None] | None = None

    @property
    def owes(self) -> bool:
        """Tell whether something waits that could not be written."""
        return bool(self._waiting) and self._writer is None

    async def write(self, changes: Iterable[Change]) -> None:
        """Write changes; raises StoreFault, and then they are owed.

        Without any, wait for those that are being written: an answer given twice is told twice, and kept before either.
        """
        for change in changes:
            self._waiting.pop(key := _key(change), None)
            self._waiting[key] = change
        if not self._waiting:
            if self._under_way is not None:
                await asyncio.shield(self._under_way)
            return
        if self._written is None:
            self._written = asyncio.get_running_loop().create_future()
            self._written.add_done_callback(_look)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write(), name="journal")
        await asyncio.shield(self._written)

    async def flush(self) -> None:
        """Write what is owed; raises StoreFault."""
        await self.write(())

    async def _write(self) -> None:
        while self._written is not None:
            written, self._written = self._written, None
            self._under_way = written
            taken, self._waiting = self._waiting, {}
            try:
                await self._rounds.write(sorted(taken.values(), key=_rank))
            except StoreFault as fault:
                self._waiting = taken | self._waiting
                written.set_exception(fault)
            except BaseException as error:
                written.set_exception(error if isinstance(error, Exception) else StoreFault("writing was interrupted"))
                self._writer = self._under_way = None
                raise
            else:
                written.set_result(None)
        self._writer = self._under_way = None


def _key(change: Change) -> Key:
    match change:
        case KeepRound():
            return ("round", change.round_id)
        case KeepSeat():
            return ("seat", change.round_id, change.player)
        case KeepAnswer():
            return ("answer", change.round_id, change.row.number, change.row.player)
        case CountAsked():
            return ("asked", change.guild_id, change.pack, change.item)


def _rank(change: Change) -> int:
    """Put rounds last: a round that ends adds up the answers."""
    return 1 if isinstance(change, KeepRound) else 0


def _look(written: asyncio.Future[None]) -> None:
    """Have looked at what went wrong, though nobody waits for it any more."""
    if not written.cancelled():
        written.exception()
