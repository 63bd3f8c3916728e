"""The card of a passage in its place: the one before it, itself, and the one after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discord import ui

from bot.answers.outline import around
from bot.brief.citations import cite
from bot.brief.pack import Entry, Passage, Recommendation
from bot.discord.cards.layout import Tone, body, button, card, heading, line, quiet
from bot.discord.library import Found, Volume

_ROOM_HERE = 1_300
_ROOM_BESIDE = 600
_ROOM_TITLE = 160


def around_card(found: Found) -> ui.LayoutView:
    """Show what stands around a match, with buttons to walk on."""
    volume, match = found.volume, found.match
    entry = match.entry
    if entry is None:
        raise ValueError("a match without an entry stands nowhere")
    before, after = around(volume.pack, entry.place)
    parts: list[ui.Item[Any]] = []
    for place in filter(None, (before, entry, after)):
        if parts:
            parts.append(line())
        parts.append(ui.TextDisplay(_told(volume, place, here=place is entry)))
    return card(Tone.QUIET, parts, _steps(volume, before, after))


def _told(volume: Volume, entry: Entry, *, here: bool) -> str:
    text = entry.summary if isinstance(entry, Passage | Recommendation) else entry.text
    title = heading(entry.title, _ROOM_TITLE) if here else f"**{body(entry.title, _ROOM_TITLE)}**"
    place = cite(volume.pack, entry.place, volume.pack.page_of(entry.place)).text
    return "\n".join(
        filter(None, (title, body(text, _ROOM_HERE if here else _ROOM_BESIDE), quiet(place, room=_ROOM_TITLE)))
    )


def _steps(volume: Volume, before: Entry | None, after: Entry | None) -> Iterator[ui.Button[Any]]:
    if before is not None:
        yield button("Earlier", "walk", volume.keys.key_of(before))
    if after is not None:
        yield button("Later", "walk", volume.keys.key_of(after))
