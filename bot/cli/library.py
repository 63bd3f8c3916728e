"""Opening packs for a command: names to answerers, with one sentence for what is wrong."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.askers import Asker
from bot.cli.exits import WRONG, Failed
from bot.files.library import data_dir, find_pack, shipped_packs
from bot.files.opening import open_asker
from bot.files.problems import ContentError


def pack_folders(names: Sequence[str], data: Path | None = None) -> list[Path]:
    """Find the folders of packs; without a name, the first that ships."""
    try:
        if names:
            return list({folder.resolve(): folder for folder in (find_pack(name, data) for name in names)}.values())
        shipped = shipped_packs()
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
    if not shipped:
        raise Failed("No pack ships with this installation; name one with --pack.", WRONG)
    return [shipped[0]]


def open_askers(names: Sequence[str]) -> list[Asker]:
    """Open the packs that a command names, or fail with every problem they have."""
    return open_packs(names, data_dir())


def open_packs(names: Sequence[str], data: Path) -> list[Asker]:
    """Open packs with what a data folder adds to them, or fail with every problem they have."""
    gc.disable()  # an index is many objects that stay: collecting while they are made is wasted time
    try:
        askers = [open_asker(folder, data) for folder in pack_folders(names, data)]
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
    gc.freeze()
    gc.enable()
    return askers


def open_curated(name: str | None) -> Answerer:
    """Open one pack that has curated questions."""
    (found,) = open_askers([name] if name else [])
    if not isinstance(found, Answerer):
        raise Failed(f"{found.pack.id} has no curated questions; this needs a curated pack.", WRONG)
    return found
