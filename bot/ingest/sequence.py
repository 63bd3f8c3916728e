"""Sequence: units handed out to places in their order, by dynamic programming over both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest.units import Unit

_STAY = {"none": 0.0, "weak": 0.0, "doubtful": 1.5, "strong": 5.0}
_MOVE = {"none": 8.0, "weak": 8.0, "doubtful": 0.5, "strong": 0.0}
_MISS = 9.0  # for a place that is not found
_PASS = 1.5  # for a paragraph that belongs to no place
_ACROSS = 25.0  # for a place that reaches over a heading of the pack
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in line: its section, whether the document has that section's heading, and whether it is the first."""

    section: str
    headed: bool
    first: bool


@dataclass(slots=True)
class _Row:
    """The best scores after a unit: inside each place, between places, and where each came from."""

    inside: list[float]
    between: list[float]
    from_inside: list[int]
    from_between: list[int]


def assign(units: Sequence[Unit], slots: Sequence[Slot], scores: Sequence[Sequence[float]]) -> list[int]:
    """Give each unit the index of its slot, or -1; slots come in order, each takes one run of units."""
    count = len(slots)
    if not units or not count:
        return [-1] * len(units)
    rows: list[_Row] = []
    headed = frozenset(slot.section for slot in slots if slot.headed)
    inside = [_NEVER] * count
    between = [0.0] + [_NEVER] * count
    for position, unit in enumerate(units):
        ready, origins = _ready(inside, between)
        crossing = position > 0 and units[position - 1].section != unit.section
        row = _Row([_NEVER] * count, [_NEVER] * (count + 1), [0] * count, origins)
        move, stay = _MOVE[unit.before], _STAY[unit.before] + (_ACROSS if crossing else 0.0)
        if unit.aside:
            stay += 6.0
        for at, slot in enumerate(slots):
            enter = ready[at] - move + _entry(unit, slot, crossing=crossing)
            remain = inside[at] - stay
            row.from_inside[at] = 1 if remain >= enter else 0
            row.inside[at] = max(enter, remain) + scores[position][at] - _stray(unit, slot, headed)
        passed = 0.0 if unit.before == "none" or unit.aside else _PASS
        for at in range(count + 1):
            cut = move if origins[at] % 2 else 0.0  # leaving a place in the middle of a paragraph
            row.between[at] = ready[at] - passed - cut
        inside, between = row.inside, row.between
        rows.append(row)
    return _traced(rows, inside, between, count)


def _ready(inside: Sequence[float], between: Sequence[float]) -> tuple[list[float], list[int]]:
    """Give for each place the best score of being done with all places before it.

    Origins: 2k for "between" before place k, 2k + 1 for "inside" place k - 1; larger steps missed the places between.
    """
    ready: list[float] = []
    origins: list[int] = []
    for at in range(len(between)):
        best, origin = between[at], 2 * at
        if at and inside[at - 1] > best:
            best, origin = inside[at - 1], 2 * at + 1
        if at and ready[at - 1] - _MISS > best:
            best, origin = ready[at - 1] - _MISS, origins[at - 1]
        ready.append(best)
        origins.append(origin)
    return ready, origins


def _entry(unit: Unit, slot: Slot, *, crossing: bool) -> float:
    """Judge a place's beginning at a unit by the headings."""
    if slot.headed and unit.section != slot.section:
        return -12.0
    if slot.headed and crossing:
        return 6.0 if slot.first else -2.0
    return -6.0 if unit.aside else 0.0


def _stray(unit: Unit, slot: Slot, headed: frozenset[str]) -> float:
    """Charge a unit under another section's heading."""
    if slot.headed:
        return 2.5 if unit.section != slot.section else 0.0
    return 1.5 if unit.section in headed else 0.0


def _traced(rows: Sequence[_Row], inside: Sequence[float], between: Sequence[float], count: int) -> list[int]:
    """Walk back from the best end."""
    _, origins = _ready(inside, between)
    state = origins[count]
    given = [-1] * len(rows)
    for position in range(len(rows) - 1, -1, -1):
        row = rows[position]
        if state % 2:
            at = state // 2 - 1
            given[position] = at
            if row.from_inside[at]:
                continue
            state = row.from_between[at]
        else:
            state = row.from_between[state // 2]
    return given
