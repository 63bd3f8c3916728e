"""Readers' own copies: the author's words and pages of a pack's places, kept in the data folder only."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.brief.places import Place, parse_place

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Copy:
    """What ingest found in a reader's copy: the file's name, and for each place its words and its page."""

    source: str
    words: Mapping[Place, tuple[str, str]]


def copy_path(data: Path, pack_id: str) -> Path:
    """Name the file that keeps a pack's copy."""
    return data / "ingested" / f"{pack_id}.json"


def save_copy(data: Path, pack_id: str, copy: Copy) -> Path:
    """Keep a copy, replacing an earlier one in one step; give the file's path."""
    path = copy_path(data, pack_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    places = [{"place": str(place), "page": page, "text": text} for place, (text, page) in copy.words.items()]
    content = {"format": FORMAT, "source": copy.source, "places": places}
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def load_copy(data: Path, pack_id: str, sections: tuple[str, ...]) -> Copy | None:
    """Take a pack's copy, or None when there is none, or none that this program can read."""
    try:
        content = json.loads(copy_path(data, pack_id).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            return None
        words = {
            place: (str(one["text"]), str(one["page"]))
            for one in content["places"]
            if (place := parse_place(str(one["place"]), sections))
        }
        return Copy(str(content["source"]), words)
    except (OSError, ValueError, KeyError, TypeError):
        return None
