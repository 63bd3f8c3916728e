"""The card of ``/poll``: the chart, the same in sentences, and the source."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot.brief.pack import Figure
from bot.charts.words import alt_text, sentences
from bot.discord.actions import custom_id
from bot.discord.cards.layout import Tone, body, button, card, heading, line, quiet, texts
from bot.discord.cards.passages import source_line
from bot.discord.library import Found, Volume
from bot.discord.markdown import shortened

MOST_OPTIONS = 25
_ROOM_SENTENCES = 2_200
_ROOM_LINE = 300
_ROOM_SUMS = 500


def figure_card(
    found: Found, figure: Figure, picture: Path | None, others: Sequence[Figure], *, asker: int, named: bool
) -> ui.LayoutView:
    """Show a figure; without a picture, the sentences still say everything."""
    volume = found.volume
    parts: list[ui.Item[Any]] = [ui.TextDisplay(heading(figure.title))]
    if picture is not None:
        item = discord.MediaGalleryItem(f"attachment://{picture.name}", description=alt_text(figure))
        parts.append(ui.MediaGallery(item))
    parts += texts([_in_words(figure, drawn=picture is not None)])
    parts += [line(), ui.TextDisplay(_foot(found, figure, drawn=picture is not None, named=named))]
    if others:
        parts.append(ui.ActionRow(_others(volume, others)))
    row = [button("Take back", "remove", str(asker))] if asker else []
    return card(Tone.ANSWER, parts, row)


def _in_words(figure: Figure, *, drawn: bool) -> str:
    """Say every number in a sentence, as many as have room."""
    said = sentences(figure)
    lines: list[str] = []
    room = _ROOM_SENTENCES
    for number, sentence in enumerate(said):
        text = f"- {body(sentence, _ROOM_LINE)}"
        if len(text) > room:
            where = "are in the picture" if drawn else "have no room here"
            lines.append(f"-# {len(said) - number} more numbers {where}.")
            break
        lines.append(text)
        room -= len(text) + 1
    return "\n".join(lines)


def _foot(found: Found, figure: Figure, *, drawn: bool, named: bool) -> str:
    names = {column.id: column.label for column in figure.columns}
    sums = " ".join(f"{names.get(column, column)}: {reason.rstrip('.')}." for column, reason in figure.sums.items())
    lines = [
        quiet(f"Source: {figure.source}", room=_ROOM_LINE),
        quiet(f"Sums. {sums}", room=_ROOM_SUMS) if sums else "",
        source_line(found.volume, found.match, named=named),
        "" if drawn else "-# The chart could not be drawn; the sentences say the same.",
    ]
    return "\n".join(filter(None, lines))


def _others(volume: Volume, figures: Sequence[Figure]) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=shortened(figure.title, 100), value=volume.keys.key_of(figure))
        for figure in figures[:MOST_OPTIONS]
    ]
    return ui.Select(custom_id=custom_id("chart"), placeholder="Other figures", options=options)
