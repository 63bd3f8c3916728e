"""The parts that cards are made of: headings, quiet lines, buttons, and the colours of an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

import discord
from discord import ui

from bot.discord.actions import custom_id
from bot.discord.markdown import fitted, plain, shortened

Part = ui.Item[Any]
_LARGE = 90  # characters up to which a direct answer is set in the larger heading
_MAX_LABEL = 38  # characters that a phone shows on a button
_NOTHING = "…"  # in the place of a text without a visible character: Discord takes no empty one


class Tone(Enum):
    """The colour at a card's side; the words say the same."""

    ANSWER = 0x3B7DD8
    REFUSAL = 0x9A6A00
    QUIET = 0x6D6F78


def card(tone: Tone, parts: Iterable[Part], *rows: Iterable[ui.Button[Any]]) -> ui.LayoutView:
    """Put parts in a frame, and rows of buttons under it; empty rows are left out."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=tone.value))
    for row in rows:
        buttons = tuple(row)
        if buttons:
            view.add_item(ui.ActionRow(*buttons))
    return view


def notice(sentence: str, tone: Tone = Tone.QUIET) -> ui.LayoutView:
    """Make a card of one sentence of ours."""
    return card(tone, (ui.TextDisplay(sentence),))


def large(text: str, room: int) -> str:
    """Set what others wrote as a heading, the larger the shorter."""
    text = fitted(text, room) or _NOTHING
    return f"{'##' if len(text) <= _LARGE else '###'} {plain(text)}"


def heading(text: str, room: int = 200) -> str:
    """Set a title."""
    return f"### {plain(fitted(text, room)) or _NOTHING}"


def quiet(*texts: str, room: int = 400) -> str:
    """Set what others wrote in a quiet line, its parts apart by dots."""
    return f"-# {plain(fitted(' · '.join(filter(None, texts)), room))}"


def body(text: str, room: int) -> str:
    """Set what others wrote as running text."""
    return plain(fitted(text, room))


def button(
    label: str, action: str, state: str = "", style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> ui.Button[Any]:
    """Make a button that does an action."""
    return ui.Button(label=shortened(label, _MAX_LABEL), style=style, custom_id=custom_id(action, state))


def texts(blocks: Iterable[str]) -> Iterator[ui.TextDisplay[Any]]:
    """Show blocks one under the other, without those that hold nothing to see."""
    return (ui.TextDisplay(block) for block in blocks if block.strip())


def beside(text: str, part: ui.Button[Any]) -> ui.Section[Any]:
    """Set a text with a button at its side."""
    return ui.Section(ui.TextDisplay(text), accessory=part)


def line() -> ui.Separator[Any]:
    """Draw a thin line."""
    return ui.Separator(visible=True, spacing=discord.SeparatorSpacing.small)
