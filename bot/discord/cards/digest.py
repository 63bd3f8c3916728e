"""The card of a digest, as it is posted and as the preview shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot.brief.pack import Figure
from bot.charts.words import alt_text
from bot.digest.contents import Digest, Item, Kind
from bot.discord.cards.layout import Tone, beside, body, button, card, large, line, quiet
from bot.discord.library import Volume
from bot.discord.markdown import plain, tame

ROOM = 3_450  # characters of a card; what is left of 4,000 is for the notes of a preview, or a longer title
_ROOM_HEAD = 1_000  # a title and an opening line at their longest, every character of them escaped
_ROOM_FOOT = 240
_LEAST = 50  # characters that no text is cut below
_SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)

Fit = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Block:
    """A text of the card; ``key``: what its button shows; ``figure``: what is drawn under it."""

    text: str
    key: str = ""
    figure: Figure | None = None


def digest_card(
    volume: Volume,
    digest: Digest,
    *,
    mark: str = "",
    mention: str = "",
    late: str = "",
    picture: Path | None = None,
    named: bool = False,
) -> ui.LayoutView:
    """Show a digest. ``mention``: of the role to ping; ``late``: the note that it is; ``named``: there are more briefs.

    ``mark`` is the code by which the message is found again; ``picture`` is the chart of its figure, sent as a file.
    """
    foot = _foot(volume, mark, late, named=named or bool(digest.title != volume.name))
    blocks = _fitting(volume, digest, ROOM - len(foot) - len(mention))
    parts: list[ui.Item[Any]] = []
    for number, block in enumerate(blocks):
        parts += [line()] if number else []
        shown = ui.TextDisplay[Any](block.text)
        parts.append(beside(block.text, button("Show", "show", block.key)) if block.key else shown)
        if block.figure is not None and picture is not None:
            parts.append(_gallery(block.figure, picture))
    view = card(Tone.ANSWER, [*parts, line(), ui.TextDisplay(foot)])
    return _mentioning(view, mention) if mention else view


def head_of(title: str, opening: str, room: int = _ROOM_HEAD) -> str:
    """Write the head of a card, its first text; both are what a moderator typed."""
    first = large(title, room)
    under = body(opening, room - len(first) - 1) if opening.strip() and room - len(first) > _LEAST else ""
    return f"{first}\n{under}" if under else first


def _mentioning(view: ui.LayoutView, mention: str) -> ui.LayoutView:
    """Set a mention above the card; a ping counts only where the sender allows it."""
    made = ui.LayoutView(timeout=None)
    made.add_item(ui.TextDisplay(mention))
    for item in tuple(view.children):
        view.remove_item(item)
        made.add_item(item)
    return made


def _fitting(volume: Volume, digest: Digest, room: int) -> list[_Block]:
    """Make the blocks, every longer text cut to the largest share of itself with which all have room."""
    blocks: list[_Block] = []
    for share in _SHARES:
        blocks = list(_blocks(volume, digest, _cutting(share)))
        if sum(len(block.text) for block in blocks) <= room:
            break
    return blocks


def _cutting(share: float) -> Fit:
    """Make the function that escapes a text, cut to a share of itself."""

    def fit(text: str) -> str:
        whole = len(plain(tame(text)))
        return body(text, whole if share == 1 else max(min(whole, _LEAST), int(whole * share)))

    return fit


def _blocks(volume: Volume, digest: Digest, fit: Fit) -> Iterator[_Block]:
    """Yield the texts of a digest from its head on."""
    yield _Block(head_of(digest.title, digest.opening))
    entries = {entry.id: entry for entry in volume.pack.entries}
    for item in digest.items:
        entry = entries.get(item.id)
        shown = entry is not None and item.kind in {Kind.RECOMMENDATION, Kind.QUOTE}
        key = volume.keys.key_of(entry) if entry is not None and shown else ""
        yield _Block(_told(item, fit), key, entry if isinstance(entry, Figure) else None)
    if digest.topics:
        counted = (f"- {fit(title)} (asked by {count})" for title, count in digest.topics)
        yield _Block("\n".join(["**Asked most since the last digest**", *counted]))
    if digest.unanswered:
        asked = (f"- {fit(question)}" for question in digest.unanswered)
        yield _Block("\n".join(["**Asked, and not answered by the brief**", *asked]))


def _told(item: Item, fit: Fit) -> str:
    place = f"-# {fit(item.citation.text)}"
    match item.kind:
        case Kind.RECOMMENDATION:
            known = ((label, text) for label, text in (("Horizon", item.horizon), ("For whom", item.addressee)) if text)
            facts = [f"**{label}:** {fit(text)}" for label, text in known]
            lines = [f"**Recommendation: {fit(item.title)}**", fit(item.text), *facts]
        case Kind.QUOTE:
            lines = [f"> {fit(f'“{item.text}”')}", f"— {fit(item.said)}" if item.said else ""]
        case Kind.FIGURE:
            lines = [f"**Figure: {fit(item.title)}**", fit(item.text)]
        case Kind.SECTION:
            lines = [f"**Section: {fit(item.title)}**", *(f"- {fit(point)}" for point in item.points)]
        case Kind.DISCUSSION:
            place = f"-# {fit('; '.join((item.citation.text, *item.also)))}"
            lines = ["**To discuss**", fit(item.text)]
    return "\n".join(filter(None, (*lines, place)))


def _gallery(figure: Figure, picture: Path) -> ui.MediaGallery[Any]:
    item = discord.MediaGalleryItem(f"attachment://{picture.name}", description=alt_text(figure))
    return ui.MediaGallery(item)


def _foot(volume: Volume, mark: str, late: str, *, named: bool) -> str:
    brief = f"From “{volume.name}”" if named else ""
    known = quiet(brief, f"As of {volume.pack.as_of}", "our paraphrase, except for quotations", room=_ROOM_FOOT)
    return "\n".join(filter(None, (known, f"-# {late}" if late else "", f"-# {mark}" if mark else "")))
