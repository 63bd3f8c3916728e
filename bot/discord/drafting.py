"""Drafting: what is not done yet, kept for a day under the interaction that began it, so that buttons outlive restarts.

A server has a few places for each sort, and a new draft takes the place of an old one; a draft says nothing of its
maker.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import discord

from bot.store.facts import Facts

_HOLDS = dt.timedelta(days=1)


class DraftPlaces:
    """Keeps the latest records of a sort in each server; ``token``: the id of the interaction that began one."""

    def __init__(self, facts: Facts, sort: str, places: int = 61) -> None:
        """Take where small facts are kept, the sort, and how many places: a prime, so that all bits of a token tell."""
        self._facts = facts
        self._sort = sort
        self._places = places

    async def keep(self, guild_id: int, token: int, record: Mapping[str, Any]) -> None:
        """Keep a record that JSON can hold."""
        await self._facts.set(self._key(guild_id, token), json.dumps({**record, "token": token}))

    async def find(self, guild_id: int, token: str, now: dt.datetime) -> dict[str, Any] | None:
        """Give a record by its token; None when it is too old, or its place was taken."""
        if not (token.isascii() and token.isdigit()) or len(token) > 19:
            return None
        number = int(token)
        if not dt.timedelta(0) <= now - discord.utils.snowflake_time(number) <= _HOLDS:
            return None
        kept: dict[str, Any] = json.loads(await self._facts.get(self._key(guild_id, number)) or "{}")
        return kept if kept.get("token") == number else None

    def _key(self, guild_id: int, token: int) -> str:
        return f"{self._sort}:{guild_id}:{token % self._places}"
