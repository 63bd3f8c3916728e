"""Correcting: a posted card with another head; everything else in it stays as it was.

Discord lists no file of a message that its components show, so that none can be kept: the picture is sent again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot.discord.cards.digest import head_of

_MOST_TEXT = 4_000


def corrected(message: discord.Message, title: str, opening: str, picture: Path | None) -> ui.LayoutView | None:
    """Make a message's card anew with another title and opening line; None for what is no card of a digest."""
    view = ui.LayoutView.from_message(message, timeout=None)
    if not isinstance(view, ui.LayoutView):
        return None
    view.stop()  # its buttons carry their state
    frame = next((item for item in view.children if isinstance(item, ui.Container)), None)
    head = next((item for item in frame.children if isinstance(item, ui.TextDisplay)), None) if frame else None
    if head is None:
        return None
    head.content = head_of(title, opening, _MOST_TEXT - view.content_length() + len(head.content))
    for item in frame.children if frame else ():
        if isinstance(item, ui.MediaGallery):
            _show(item, frame, picture)
    return view


def _show(gallery: ui.MediaGallery[Any], frame: ui.Container[Any] | None, picture: Path | None) -> None:
    """Let a gallery show the picture that is sent along; without one, it goes."""
    if picture is not None:
        described = gallery.items[0].description
        gallery.items = [discord.MediaGalleryItem(f"attachment://{picture.name}", description=described)]
    elif frame is not None:
        frame.remove_item(gallery)
