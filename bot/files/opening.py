"""Opening packs: from the shelf where a current copy lies, else loaded, joined with the reader's copy and indexed."""

from __future__ import annotations

from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.askers import Asker, asker
from bot.brief.pack import Pack
from bot.files.copies import load_copy
from bot.files.english import common_english
from bot.files.shelf import shelve, shelved


def open_pack(folder: Path, data: Path) -> Pack:
    """Load a pack with the words and pages of the reader's own copy; raises ContentError."""
    from bot.files.packs import load_pack  # noqa: PLC0415 - a pack from the shelf needs no YAML

    pack = load_pack(folder)
    copy = load_copy(data, pack.id, pack.outline) if pack.publishable else None
    return pack.with_copy(copy.words) if copy else pack


def open_asker(folder: Path, data: Path) -> Asker:
    """Make a pack ready to be asked; raises ContentError."""
    if folder.is_dir() and (ready := shelved(folder, data)):
        return ready
    made = asker(open_pack(folder, data), common_english())
    if isinstance(made, Answerer):
        shelve(folder, data, made)
    return made
