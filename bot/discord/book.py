"""The book: servers' settings and people's choices, read from the database once and kept in memory."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import replace

from bot.store.database import Store, StoreFault
from bot.store.records import GuildSettings, Person

_log = logging.getLogger(__name__)
_MOST_PEOPLE = 10_000
_PATIENCE = 1.5  # seconds to read, of the three that Discord waits for an answer
_NOWHERE = frozenset({0})  # no channel has this id
SAVING = "saving a choice"  # how the tasks are called that an orderly stop waits for


class Book:
    """Remembers what the database says; what is saved here is saved there first."""

    def __init__(self, store: Store) -> None:
        """Begin empty."""
        self._store = store
        self._guilds: dict[int, GuildSettings] = {}
        self._people: OrderedDict[int, Person] = OrderedDict()
        self._saving: set[asyncio.Task[None]] = set()

    async def settings(self, guild_id: int) -> GuildSettings:
        """Give a server's settings; while the database cannot be read, the most careful ones: nothing is public."""
        known = self._guilds.get(guild_id)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(_PATIENCE):
                known = await self._store.guilds.get(guild_id)
        except (StoreFault, TimeoutError) as fault:
            _log.warning("settings of server %s could not be read: %s", guild_id, str(fault) or "it takes too long")
            return GuildSettings(guild_id, ask_channels=_NOWHERE, private=True, feedback=False)
        return self._guilds.setdefault(guild_id, known)

    async def save(self, settings: GuildSettings) -> None:
        """Keep a server's settings; raises StoreFault."""
        await self._store.guilds.save(settings)
        self._guilds[settings.guild_id] = settings

    async def person(self, user_id: int) -> Person:
        """Give what somebody chose."""
        return await self._read(user_id) or Person(user_id)

    async def choose_pack(self, user_id: int, pack: str) -> None:
        """Keep which brief somebody asked last in direct messages; no answer waits for the database, or fails with it.

        Where the rest of the choices cannot be read, nothing is kept: it would overwrite them.
        """
        person = await self._read(user_id)
        if person is not None and person.pack != pack:
            task = asyncio.create_task(self._save(self._remember(replace(person, pack=pack))), name=SAVING)
            self._saving.add(task)
            task.add_done_callback(self._saving.discard)

    async def keep(self, person: Person) -> None:
        """Keep somebody's choices; raises StoreFault."""
        await self._store.people.save(person)
        self._remember(person)

    def forget(self, user_id: int) -> None:
        """Drop what is in memory about somebody."""
        self._people.pop(user_id, None)

    async def _read(self, user_id: int) -> Person | None:
        known = self._people.get(user_id)
        if known is not None:
            self._people.move_to_end(user_id)
            return known
        try:
            async with asyncio.timeout(_PATIENCE):
                known = await self._store.people.get(user_id)
        except (StoreFault, TimeoutError) as fault:
            _log.warning("a person's choices could not be read: %s", str(fault) or "it takes too long")
            return None
        return self._people.get(user_id) or self._remember(known)  # chosen anew while this was being read

    async def _save(self, person: Person) -> None:
        try:
            await self._store.people.save(person)
        except StoreFault as fault:
            _log.warning("a person's choice is kept in memory only: %s", fault)

    def _remember(self, person: Person) -> Person:
        self._people[person.user_id] = person
        self._people.move_to_end(person.user_id)
        if len(self._people) > _MOST_PEOPLE:
            self._people.popitem(last=False)
        return person
