"""The card of ``/cite``: a reference ready to paste."""

from __future__ import annotations

from typing import Any

from discord import ui

from bot.brief.places import Place
from bot.brief.references import Reference, Style
from bot.brief.references_parts import link, tidy_publication
from bot.discord.cards.layout import Tone, button, card, heading, line, texts
from bot.discord.library import Volume
from bot.discord.markdown import referenced

_MOST_CHARACTERS = 1_300  # of a reference in the card; a longer one comes as a file only
_MOST_IN_TEXT = 700


def reference_card(
    volume: Volume, style: Style, place: Place | None, made: Reference, file: str, *, asker: int
) -> ui.LayoutView:
    """Show a reference as it looks and as it is pasted, and its in-text form; ``file``: the name of one attached."""
    of = f", {place.label}" if place else ""
    parts: list[ui.Item[Any]] = [ui.TextDisplay(heading(f"{style} reference for “{volume.name}”{of}"))]
    looks = "" if made.filename else referenced(made.markup, link(tidy_publication(volume.pack.publication)))
    if len(looks) <= _MOST_CHARACTERS:
        parts += texts([looks])
    if _is_copied(made.text, _MOST_CHARACTERS):
        parts.append(ui.TextDisplay(_block(made.text)))
    if _is_copied(made.in_text, _MOST_IN_TEXT):
        parts += [line(), ui.TextDisplay(f"In the text:\n{_block(made.in_text)}")]
    if file:
        parts.append(ui.File(f"attachment://{file}"))
    return card(Tone.QUIET, parts, [button("Take back", "remove", str(asker))] if asker else [])


def is_whole(made: Reference) -> bool:
    """Tell whether the card shows all of a reference, so that a file would add nothing."""
    return _is_copied(made.text, _MOST_CHARACTERS) and (not made.in_text or _is_copied(made.in_text, _MOST_IN_TEXT))


def _is_copied(text: str, most: int) -> bool:
    """Tell whether a text can be copied from a block as it is; three backticks would end the block."""
    return bool(text.strip()) and len(text) <= most and "```" not in text


def _block(text: str) -> str:
    lines = text.replace("\r\n", "\n").rstrip("\n")
    return f"```\n{lines}\n```"
