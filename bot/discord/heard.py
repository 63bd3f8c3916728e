"""What was asked in public and answered, on its way to the database: how many asked, and never who."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from bot.store.database import Store

_MOST_KNOWN = 50_000  # askers remembered in memory to count each of them once a day


class Heard:
    """Counts each asker of a passage once a day; who it was is known in memory only, and only that day."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing heard."""
        self._store = store
        self._day: dt.date | None = None
        self._known: set[int] = set()
        self._counts: Counter[tuple[int, str, str]] = Counter()

    async def note(self, guild_id: int, pack: str, entry: str, user_id: int, now: dt.datetime) -> None:
        """Count an asker; raises StoreFault when yesterday's counts cannot be written."""
        if now.date() != self._day:
            await self.write()
            self._day = now.date()
            self._known.clear()
        asker = hash((guild_id, pack, entry, user_id))
        if asker in self._known:
            return
        if len(self._known) < _MOST_KNOWN:
            self._known.add(asker)
        self._counts[guild_id, pack, entry] += 1

    async def write(self) -> None:
        """Write what was counted since the last time; raises StoreFault, and then nothing is lost."""
        if not self._counts or self._day is None:
            return
        counts, self._counts = self._counts, Counter()
        try:
            await self._store.topics.add([(*key, askers) for key, askers in counts.items()], self._day)
        except BaseException:
            self._counts += counts
            raise
