"""What somebody typed and nobody can read: one sentence that says why and how to mend it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

MAX_TYPED = 80  # no wish is longer
_MAX_ECHO = 30


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text cannot be read, and what to type instead."""

    sentence: str


def folded(text: str) -> str:
    """Fold width, case and white space of what was typed."""
    return " ".join(unicodedata.normalize("NFKC", text[: MAX_TYPED * 2]).casefold().split())


def echoed(text: str) -> str:
    """Repeat what was typed in quotation marks: one short line, printable. Not escaped for any front end."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: MAX_TYPED * 2]).split())
    return f"“{line}”" if len(line) <= _MAX_ECHO else f"“{line[: _MAX_ECHO - 1].rstrip()}…”"


def likely(word: str, known: Collection[str]) -> str:
    """Give the known word that was probably meant, or nothing."""
    near = difflib.get_close_matches(word, known, 1, 0.7)
    return near[0] if near else ""
