"""Time zones: the names of the IANA database, found by what people type."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

COMMON = (
    "UTC",
    "Europe/Copenhagen",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "Europe/Paris",
    "Europe/Stockholm",
    "Europe/Oslo",
    "Europe/Helsinki",
    "Europe/Amsterdam",
    "Europe/Madrid",
    "Europe/Rome",
    "Europe/Warsaw",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Europe/Moscow",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Toronto",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
_REGIONS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)
_LONGEST = 100
_NEAR = 72  # RapidFuzz ratio from which a city may be the one that was typed with a slip
_FUZZY_FROM = 4  # letters


def complete_zone(typed: str, names: Sequence[str], limit: int = 25) -> list[str]:
    """List the zones that what was typed so far may mean: common ones first, old names (``US/Eastern``) last.

    ``names`` are those that the system knows, sorted; on empty input the common ones lead.
    """
    wanted = _folded(typed)
    common = {name: number for number, name in enumerate(COMMON)}
    ordered = sorted(dict.fromkeys(names), key=lambda name: (_is_old(name), common.get(name, len(common))))
    if wanted:
        ranked = [(tier, name) for name in ordered if (tier := _tier(_folded(name), wanted)) is not None]
        ranked.sort(key=lambda one: (one[0] > 0 and _is_old(one[1]), one[0]))
        ordered = [name for _, name in ranked] or _near(wanted, ordered)
    return ordered[: max(0, limit)]


def known_zone(typed: str, names: Sequence[str]) -> str | None:
    """Find a zone by its name, whatever its case and spaces, or by its city where only one zone has it."""
    wanted = _folded(typed)
    if not wanted:
        return None
    for name in names:
        if _folded(name) == wanted:
            return name
    cities = [name for name in names if _folded(_city(name)) == wanted and not _is_old(name)]
    return cities[0] if len(cities) == 1 else None


def _tier(name: str, wanted: str) -> int | None:
    """Rank a zone: 0 the same, 1 its city is, 2 either begins so, 3 a word of it does, 4 it holds it."""
    city = _city(name)
    if wanted in (name, city):
        return 0 if wanted == name else 1
    if name.startswith(wanted) or city.startswith(wanted):
        return 2
    if f" {wanted}" in f" {name.replace('/', ' ')}":
        return 3
    return 4 if wanted in name else None


def _near(wanted: str, names: Sequence[str]) -> list[str]:
    if len(wanted) < _FUZZY_FROM:
        return []
    cities = [_folded(_city(name)) for name in names]
    near = process.extract(_city(wanted), cities, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None)
    return [names[number] for _, _, number in near]


def _is_old(name: str) -> bool:
    """Say whether a name is kept by the database for old programs only."""
    return name != "UTC" and name.partition("/")[0] not in _REGIONS


def _city(name: str) -> str:
    return name.rpartition("/")[2]


def _folded(text: str) -> str:
    return "/".join(" ".join(part.replace("_", " ").casefold().split()) for part in text[:_LONGEST].split("/"))
