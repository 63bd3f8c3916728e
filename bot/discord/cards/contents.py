"""The cards of ``/browse``: the outline, a section page by page, and one place in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.answers.outline import amounts, around, entries_in
from bot.brief.citations import cite
from bot.brief.pack import Entry, Figure, Passage, Recommendation
from bot.discord.actions import custom_id
from bot.discord.cards.answer import Frame
from bot.discord.cards.layout import Tone, body, button, card, heading, line, quiet, texts
from bot.discord.cards.passages import described, in_our_words, source_line
from bot.discord.library import Found, Volume
from bot.discord.markdown import shortened

MOST_OPTIONS = 25
_PER_PAGE = 5
_ROOM_TITLE = 120
_ROOM_TEXT = 160  # enough to choose by; a place that is opened is shown whole
_ROOM_SUMMARY = 1_200
_ROOM_OUTLINE = 3_300


def outline_card(volume: Volume, page: int = 0) -> ui.LayoutView:
    """List the sections, with a select that opens one."""
    titles = list(enumerate(volume.pack.outline))
    pages = max(1, -(-len(titles) // MOST_OPTIONS))
    page = max(0, min(page, pages - 1))
    shown = titles[page * MOST_OPTIONS : (page + 1) * MOST_OPTIONS]
    options = [discord.SelectOption(label=shortened(title, 100), value=str(number)) for number, title in shown]
    choose: ui.Select[Any] = ui.Select(
        custom_id=custom_id("section", volume.id_key), placeholder="Open a section", options=options
    )
    publication = volume.pack.publication
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay(f"{heading(publication.title)}\n{quiet(publication.short_authors, volume.pack.as_of)}"),
        ui.TextDisplay("\n".join(_listed(volume, [title for _, title in shown]))),
        ui.ActionRow(choose),
    ]
    steps = list(_pages("outline-page", volume.id_key, page, pages))
    return card(Tone.QUIET, parts, steps)


def section_card(volume: Volume, number: int, page: int = 0) -> ui.LayoutView:
    """Show a section: its summary and, page by page, what stands in it, with a select that opens a place."""
    title = volume.pack.outline[number]
    entries = entries_in(volume.pack, title)
    page = max(0, min(page, (len(entries) - 1) // _PER_PAGE))
    shown = entries[page * _PER_PAGE : (page + 1) * _PER_PAGE]
    summary = next((one.summary for one in volume.pack.sections if one.title == title), "") if not page else ""
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay("\n".join(filter(None, (heading(title), body(summary, _ROOM_SUMMARY)))))
    ]
    for entry in shown:
        parts += [line(), ui.TextDisplay(_told(volume, entry))]
    parts.append(line())
    if shown:
        parts.append(ui.TextDisplay(quiet(f"As of {volume.pack.as_of}; our paraphrase where nothing else is said.")))
        parts.append(ui.ActionRow(_open(volume, shown)))
    else:
        parts.append(ui.TextDisplay("Nothing is indexed in this section."))
    state = f"{volume.id_key}.{number}"
    steps = [
        *_pages("section-page", state, page, -(-len(entries) // _PER_PAGE)),
        button("Contents", "contents", volume.id_key),
    ]
    return card(Tone.QUIET, parts, steps)


def place_card(found: Found, frame: Frame) -> ui.LayoutView:
    """Show one place, with the ways to the one before, the one after, its section, and to share it."""
    volume, match = found.volume, found.match
    parts: list[ui.Item[Any]] = [*texts(described(volume, match))]
    parts += [line(), ui.TextDisplay(source_line(volume, in_our_words(match), named=frame.named))]
    return card(Tone.QUIET, parts, _ways(found, frame))


def _ways(found: Found, frame: Frame) -> Iterator[ui.Button[Any]]:
    volume, entry = found.volume, found.match.entry
    if entry is None:
        return
    before, after = around(volume.pack, entry.place)
    if before is not None:
        yield button("Earlier", "visit", volume.keys.key_of(before))
    if after is not None:
        yield button("Later", "visit", volume.keys.key_of(after))
    if entry.place.section in volume.pack.outline:
        number = volume.pack.outline.index(entry.place.section)
        yield button("Its section", "section-page", f"{volume.id_key}.{number}.0")
    if isinstance(entry, Figure):
        yield button("Chart", "chart", volume.keys.key_of(entry))
    if frame.shareable:
        yield button("Share here", "share", volume.keys.key_of(entry), discord.ButtonStyle.primary)


def _open(volume: Volume, entries: Sequence[Entry]) -> ui.Select[Any]:
    options = {
        volume.keys.key_of(entry): discord.SelectOption(
            label=shortened(entry.title, 100), value=volume.keys.key_of(entry)
        )
        for entry in entries
    }
    return ui.Select(custom_id=custom_id("visit"), placeholder="Open a place", options=list(options.values()))


def _told(volume: Volume, entry: Entry) -> str:
    text = entry.summary if isinstance(entry, Passage | Recommendation) else entry.text
    place = cite(volume.pack, entry.place, volume.pack.page_of(entry.place)).text
    return "\n".join(
        filter(None, (f"**{body(entry.title, _ROOM_TITLE)}**", body(text, _ROOM_TEXT), quiet(place, room=_ROOM_TITLE)))
    )


def _listed(volume: Volume, titles: Sequence[str]) -> Iterator[str]:
    """Yield a line for each section: its title, and how much stands in it."""
    for title in titles:
        found = amounts(volume.pack, title)
        amount = f" ({found})" if found else ""
        yield f"- {body(title, _ROOM_OUTLINE // MOST_OPTIONS - len(amount) - 3)}{amount}"


def _pages(action: str, state: str, page: int, count: int) -> Iterator[ui.Button[Any]]:
    if page > 0:
        yield button("Previous page", action, f"{state}.{page - 1}")
    if page + 1 < count:
        yield button(f"Next page ({page + 2} of {count})", action, f"{state}.{page + 1}")
