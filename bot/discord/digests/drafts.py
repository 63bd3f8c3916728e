"""Drafts of digests: what a preview is of, so that its buttons work whatever was typed, and after a restart."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from bot.digest.contents import Setting
from bot.discord.digests.composing import setting_from
from bot.discord.drafting import DraftPlaces
from bot.store.facts import Facts


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
        self._places = DraftPlaces(facts, "digest-draft", places=13)

    async def keep(self, guild_id: int, draft: Draft) -> None:
        """Keep a draft, or what became of it."""
        await self._places.keep(guild_id, draft.token, asdict(draft))

    async def find(self, guild_id: int, token: str, now: dt.datetime) -> Draft | None:
        """Give a draft by its token; None when it is too old, or its place was taken."""
        kept = await self._places.find(guild_id, token, now)
        return _read(kept) if kept else None


def _read(kept: dict[str, Any]) -> Draft:
    """Read what ``keep`` wrote."""
    lists = {name: tuple(kept[name]) for name in ("approved", "ids")}
    return Draft(**{**kept, **lists, "setting": setting_from(kept["setting"])})
