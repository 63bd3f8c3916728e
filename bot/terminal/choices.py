"""Choices: what a reader meant by a name typed loosely."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

_LIKE = 75  # RapidFuzz ratio from which a name is taken for a slip of another
_MEANT = 60  # from which it is worth a question
_MAX_NAME = 200


def choose(typed: str, names: Sequence[str]) -> int | None:
    """Find the name that was meant: the same, its number from 1, its only beginning or part, or a slip of it."""
    wanted = _folded(typed)
    folded = [_folded(name) for name in names]
    if not wanted:
        return None
    if wanted in folded:
        return folded.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) <= len(names):
        return int(wanted[:6]) - 1
    for fits in (str.startswith, str.__contains__):
        found = [number for number, name in enumerate(folded) if fits(name, wanted)]
        if len(found) == 1:
            return found[0]
    best = process.extractOne(wanted, folded, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return best[2] if best else None


def guess(typed: str, names: Sequence[str]) -> str | None:
    """Find the name that was perhaps meant, to ask back."""
    best = process.extractOne(_folded(typed), names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_MEANT)
    return best[0] if best else None


def _folded(text: str) -> str:
    return " ".join(text[:_MAX_NAME].casefold().split())
