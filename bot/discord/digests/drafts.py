"""Drafts: what a preview is of, kept for a day, so that its buttons work whatever was typed, and after a restart.

A server has a few places for drafts, and each new one takes the place of an old one; a draft says nothing of its maker.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import Any

import discord

from bot.digest.contents import Setting
from bot.discord.digests.composing import setting_from
from bot.store.facts import Facts

_PLACES = 16
_HOLDS = dt.timedelta(days=1)
_TIME = 22  # bits of a snowflake below its time


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A digest in preview. ``token``: the id of the interaction that began it; ``ids``: what it showed last.

    ``approved`` are the ids of unanswered questions, ``schedule_id`` names the schedule whose next digest this is,
    ``delivery_id`` what was posted from it.
    """

    token: int
    pack: str
    setting: Setting
    channel_id: int
    role_id: int | None = None
    schedule_id: int | None = None
    number: int = 1
    approved: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    delivery_id: int | None = None


class Drafts:
    """Keeps the latest drafts of each server."""

    def __init__(self, facts: Facts) -> None:
        """Take where small facts are kept."""
        self._facts = facts

    async def keep(self, guild_id: int, draft: Draft) -> None:
        """Keep a draft, or what became of it."""
        await self._facts.set(_key(guild_id, draft.token), json.dumps(asdict(draft)))

    async def find(self, guild_id: int, token: str, now: dt.datetime) -> Draft | None:
        """Give a draft by its token; None when it is too old, or its place was taken."""
        if not (token.isascii() and token.isdigit()) or len(token) > 20:
            return None
        number = int(token)
        if not dt.timedelta(0) <= now - discord.utils.snowflake_time(number) <= _HOLDS:
            return None
        kept = json.loads(await self._facts.get(_key(guild_id, number)) or "{}")
        return _read(kept) if kept.get("token") == number else None


def _key(guild_id: int, token: int) -> str:
    return f"digest-draft:{guild_id}:{(token >> _TIME) % _PLACES}"


def _read(kept: dict[str, Any]) -> Draft:
    """Read what ``keep`` wrote."""
    lists = {name: tuple(kept[name]) for name in ("approved", "ids")}
    return Draft(**{**kept, **lists, "setting": setting_from(kept["setting"])})
