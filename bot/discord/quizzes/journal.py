"""The journal: what happens in rounds on its way to the database, everybody's of one moment in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.store.faults import StoreFault
from bot.store.quiz_records import Change, CountAsked, KeepAnswer, KeepRound, KeepSeat
from bot.store.quiz_rounds import QuizRounds

_log = logging.getLogger(__name__)
_PATIENCE = 2  # failures one after the other, of which the database is to blame and no single round
Key = tuple[object, ...]
Faults = dict[Key, Exception]


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """Somebody who waits until changes are in the database."""

    keys: frozenset[Key]
    written: asyncio.Future[None]


class Journal:
    """Writes changes; what a call gave is in the database when it returns.

    While one transaction runs, the changes that come in wait for the next, together. What could not be written is owed
    and goes with the next one: a later change of the same thing takes its place.
    """

    def __init__(self, rounds: QuizRounds) -> None:
        """Begin with nothing to write."""
        self._rounds = rounds
        self._changes: dict[Key, Change] = {}
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    @property
    def owes(self) -> bool:
        """Tell whether something waits that could not be written."""
        return bool(self._changes) and self._writer is None

    async def write(self, changes: Iterable[Change]) -> None:
        """Write changes; raises what kept them from being written, and then they are owed."""
        given = {_key(change): change for change in changes}
        for key, change in given.items():
            self._changes.pop(key, None)
            self._changes[key] = change
        if given:
            await self._wait(frozenset(given))

    async def flush(self) -> None:
        """Write what is owed, and wait for what is being written; raises what kept it from being written."""
        if self._changes or self._writer is not None:
            await self._wait(frozenset(self._changes))

    async def _wait(self, keys: frozenset[Key]) -> None:
        waiting = _Waiting(keys, asyncio.get_running_loop().create_future())
        waiting.written.add_done_callback(_look)
        self._waiting.append(waiting)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write(), name="journal")
        await asyncio.shield(waiting.written)

    async def _write(self) -> None:
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, []
                taken, self._changes = self._changes, {}
                faults = await self._write_all(taken)
                self._changes = {key: taken[key] for key in faults} | self._changes
                for one in waiting:
                    _tell(one, faults)
        finally:
            self._writer = None

    async def _write_all(self, taken: Mapping[Key, Change]) -> Faults:
        """Write everything together, or, where that fails, each round by itself: one cannot hold up the others."""
        fault = await self._try(taken)
        if fault is None:
            return {}
        groups: dict[object, dict[Key, Change]] = {}
        for key, change in taken.items():
            groups.setdefault(key[1], {})[key] = change
        faults: Faults = {}
        row = 0
        for group in groups.values():
            if row < _PATIENCE and len(groups) > 1:
                fault = await self._try(group)
                row = row + 1 if fault else 0
            if fault is not None:
                faults |= dict.fromkeys(group, fault)
        return faults

    async def _try(self, changes: Mapping[Key, Change]) -> Exception | None:
        try:
            await self._rounds.write(sorted(changes.values(), key=_rank))
        except StoreFault as fault:
            return fault
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait have to be told
            _log.error("rounds of quizzes could not be written (%s)", type(error).__name__)
            return error
        return None


def _key(change: Change) -> Key:
    """Name what a change is of: after its kind, its round, or its server where it belongs to no round."""
    match change:
        case KeepRound():
            return ("round", change.round_id)
        case KeepSeat():
            return ("seat", change.round_id, change.player)
        case KeepAnswer():
            return ("answer", change.round_id, change.row.number, change.row.player)
        case CountAsked():
            return ("asked", -change.guild_id, change.pack, change.item)


def _rank(change: Change) -> int:
    """Put rounds last: a round that ends adds up the answers."""
    return 1 if isinstance(change, KeepRound) else 0


def _tell(waiting: _Waiting, faults: Faults) -> None:
    fault = next((faults[key] for key in waiting.keys if key in faults), None)
    if waiting.written.done():
        return
    if fault is None:
        waiting.written.set_result(None)
    else:
        waiting.written.set_exception(fault)


def _look(written: asyncio.Future[None]) -> None:
    """Have looked at what went wrong, though nobody waits for it any more."""
    if not written.cancelled():
        written.exception()
