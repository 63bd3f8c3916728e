"""Choices: what a reader meant by a name typed loosely."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.words.text import fold

_LIKE = 75  # RapidFuzz ratio from which a name is taken for a slip of another
_MEANT = 60  # from which it is worth a question
_NEAR = 72  # from which a part of a name may be what somebody is typing
_FUZZY_FROM = 3  # letters; fewer are near to everything
_MAX_NAME = 200
_GAPS = re.compile(r"[\W_]+")


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


def complete(typed: str, names: Sequence[str], limit: int = 25) -> list[str]:
    """List the names that what was typed so far may become, each once; the first ones when nothing was typed.

    First the same, then those that begin so, have a word that does, hold it, are near in spelling; as given among even.
    """
    unique = [name for name in dict.fromkeys(names) if name.strip()]
    limit = max(0, limit)
    wanted = _bare(typed)
    if not wanted:
        return unique[:limit]
    bare = [_bare(name) for name in unique]
    ranked = sorted((tier, number) for number, name in enumerate(bare) if (tier := _tier(name, wanted)) is not None)
    found = [number for _, number in ranked]
    if len(found) < limit and len(wanted) >= _FUZZY_FROM:
        found += _near(wanted, bare, set(found))
    return [unique[number] for number in found[:limit]]


def _tier(name: str, wanted: str) -> int | None:
    """Rank a name: 0 the same, 1 begins so, 2 a word does, 3 all words typed begin words of it, 4 holds it."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    spaced = f" {name}"
    if f" {wanted}" in spaced:
        return 2
    if all(f" {word}" in spaced for word in wanted.split()):
        return 3
    return 4 if wanted in name else None


def _near(wanted: str, names: Sequence[str], known: set[int]) -> list[int]:
    """Find names with a part like what was typed; a name that is shorter must be like all of it."""
    rest = {number: name for number, name in enumerate(names) if number not in known}
    longer = {number: name for number, name in rest.items() if len(name) > len(wanted)}
    shorter = {number: name for number, name in rest.items() if number not in longer}
    near = [
        *process.extract(wanted, longer, scorer=fuzz.partial_ratio, score_cutoff=_NEAR, limit=None),
        *process.extract(wanted, shorter, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None),
    ]
    return [number for _, _, number in sorted(near, key=lambda hit: (-hit[1], hit[2]))]


def _folded(text: str) -> str:
    return " ".join(text[:_MAX_NAME].casefold().split())


def _bare(text: str) -> str:
    """Fold a text to its words: case, accents and punctuation do not count, unless there is nothing else."""
    folded = fold(text[:_MAX_NAME])
    return _GAPS.sub(" ", folded).strip() or " ".join(folded.split())
