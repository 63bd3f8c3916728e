"""The card of ``/recommendations``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discord import ui

from bot.brief.citations import cite
from bot.brief.pack import Recommendation
from bot.discord.cards.layout import Tone, body, button, card, heading, line, quiet
from bot.discord.cards.passages import recipient
from bot.discord.library import Volume

_PER_PAGE = 3
_ROOM_PAGE = 3_600
_ROOM_TITLE = 160
_ROOM_TEXT = 1_700


def recommendations_card(volume: Volume, page: int = 0, *, asker: int = 0) -> ui.LayoutView:
    """List the recommendations whole, each with horizon, addressee and citation."""
    pages = list(_pages(volume))
    page = max(0, min(page, len(pages) - 1))
    parts: list[ui.Item[Any]] = [ui.TextDisplay(heading(f"What “{volume.name}” recommends"))]
    if not pages:
        parts.append(ui.TextDisplay("This brief makes no recommendations."))
    for text in pages[page] if pages else ():
        parts += [line(), ui.TextDisplay(text)]
    parts += [line(), ui.TextDisplay(quiet(f"As of {volume.pack.as_of}", "our paraphrase"))]
    return card(Tone.ANSWER, parts, _row(volume, page, len(pages), asker))


def _pages(volume: Volume) -> Iterator[list[str]]:
    """Yield the recommendations page by page, as many on each as have room."""
    page: list[str] = []
    for number, entry in enumerate(volume.pack.recommendations, 1):
        text = _told(volume, number, entry)
        if page and (len(page) == _PER_PAGE or sum(map(len, page)) + len(text) > _ROOM_PAGE):
            yield page
            page = []
        page.append(text)
    if page:
        yield page


def _told(volume: Volume, number: int, entry: Recommendation) -> str:
    place = cite(volume.pack, entry.place, volume.pack.page_of(entry.place)).text
    lines = (
        f"**{number}. {body(entry.title, _ROOM_TITLE)}**",
        body(entry.summary, _ROOM_TEXT),
        recipient(entry),
        quiet(place, room=_ROOM_TITLE),
    )
    return "\n".join(filter(None, lines))


def _row(volume: Volume, page: int, pages: int, asker: int) -> Iterator[ui.Button[Any]]:
    if page > 0:
        yield button("Previous page", "advice", f"{volume.id_key}.{page - 1}")
    if page + 1 < pages:
        yield button(f"Next page ({page + 2} of {pages})", "advice", f"{volume.id_key}.{page + 1}")
    if asker:
        yield button("Take back", "remove", str(asker))
