"""The card of ``/quote``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.brief.pack import Quote
from bot.discord.actions import custom_id
from bot.discord.cards.layout import Tone, button, card, line
from bot.discord.cards.passages import quotation, source_line
from bot.discord.library import Found, Volume
from bot.discord.markdown import shortened

MOST_OPTIONS = 25


def quote_card(found: Found, quote: Quote, others: Sequence[Quote], *, asker: int, named: bool) -> ui.LayoutView:
    """Show a statement with speaker, date, occasion and citation; ``others`` can be chosen from a select."""
    volume = found.volume
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay(quotation(quote, large_words=True)),
        line(),
        ui.TextDisplay(source_line(volume, found.match, named=named)),
    ]
    if others:
        parts.append(ui.ActionRow(_others(volume, others)))
    row = [button("Context", "around", volume.keys.key_of(quote))]
    if asker:
        row.append(button("Take back", "remove", str(asker)))
    return card(Tone.ANSWER, parts, row)


def _others(volume: Volume, quotes: Sequence[Quote]) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=shortened(f"{quote.speaker}: {quote.quoted}", 100),
            value=volume.keys.key_of(quote),
            description=shortened(quote.title, 100),
        )
        for quote in quotes[:MOST_OPTIONS]
    ]
    return ui.Select(custom_id=custom_id("show"), placeholder="Other quotations", options=options)
