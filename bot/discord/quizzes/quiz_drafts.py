"""Drafts of quizzes: a set in preview, or what was typed and is not done yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.discord.drafting import DraftPlaces
from bot.quiz.items import Item
from bot.quiz.records import Record, dump_item, load_item
from bot.store.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDraft:
    """A set in preview. ``token``: the id of the interaction that began it; ``pack``: the brief's id.

    ``dropped`` are the ids of items that were swapped out; ``name`` is that of the saved set, empty before it is saved.
    """

    token: int
    pack: str
    title: str
    items: tuple[Item, ...]
    dropped: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """What was typed into a form, by field, as it was typed; ``edits``: the id of the question that it changes."""

    token: int
    pack: str
    fields: Mapping[str, str]
    edits: str = ""


class SetDrafts:
    """Keeps the latest sets in preview of each server."""

    def __init__(self, facts: Facts) -> None:
        """Take where small facts are kept."""
        self._places = DraftPlaces(facts, "quiz-set")

    async def keep(self, guild_id: int, draft: SetDraft) -> None:
        """Keep a draft, or what became of it."""
        record = {
            "pack": draft.pack,
            "title": draft.title,
            "items": [dump_item(item) for item in draft.items],
            "dropped": draft.dropped,
            "name": draft.name,
        }
        await self._places.keep(guild_id, draft.token, record)

    async def find(self, guild_id: int, token: str, now: dt.datetime) -> SetDraft | None:
        """Give a draft by its token; None when it is too old, its place was taken, or another version kept it."""
        record = await self._places.find(guild_id, token, now)
        try:
            return _set(int(token), record) if record else None
        except (KeyError, ValueError):
            return None


class FormDrafts:
    """Keeps the latest things that were typed in each server and wait for another word, of one sort."""

    def __init__(self, facts: Facts, sort: str = "quiz-form") -> None:
        """Take where small facts are kept, and the sort: questions that could not be kept as they were typed."""
        self._places = DraftPlaces(facts, sort)

    async def keep(self, guild_id: int, draft: FormDraft) -> None:
        """Keep what was typed."""
        record = {"pack": draft.pack, "fields": dict(draft.fields), "edits": draft.edits}
        await self._places.keep(guild_id, draft.token, record)

    async def find(self, guild_id: int, token: str, now: dt.datetime) -> FormDraft | None:
        """Give what was typed by its token; None when it is too old, or its place was taken."""
        record = await self._places.find(guild_id, token, now)
        if not record:
            return None
        edits = record.get("edits", "")
        return FormDraft(token=int(token), pack=record["pack"], fields=record["fields"], edits=edits)


def _set(token: int, record: Record) -> SetDraft:
    """Read what ``keep`` wrote; raises KeyError or ValueError for data of another sort."""
    return SetDraft(
        token=token,
        pack=record["pack"],
        title=record["title"],
        items=tuple(load_item(item) for item in record["items"]),
        dropped=tuple(record["dropped"]),
        name=record["name"],
    )
