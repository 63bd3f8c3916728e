"""Tables without ruling lines: rows whose cells stand under each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.ingest.rows import Row
from bot.ingest.sheets import Piece

_NUMBER = re.compile(
    r"[-–+±<>~]?\s*[$€£]?\s*\d[\d.,\s]*\s*(?:%|percent|per cent|pct|pp|[kmbn]{1,2}|million|billion)?[*†]?",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[-–—.…]|n/?a", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:figure|fig\.|table|chart|graph|diagram|map|exhibit|box|source|sources|note|notes)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as found: its cells by row and column, and the range of rows that it takes."""

    cells: tuple[tuple[str, ...], ...]
    first: int
    last: int


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number, with its unit perhaps, or the sign for none."""
    return bool(_NUMBER.fullmatch(text.strip()) or _EMPTY.fullmatch(text.strip()))


def find_grids(rows: Sequence[Row]) -> list[Grid]:
    """Find the tables of a column of rows."""
    grids: list[Grid] = []
    at = 0
    while at < len(rows):
        grid = _grid(rows, at) if len(rows[at].cells) > 1 else None
        if grid:
            grids.append(grid)
            at = grid.last + 1
        else:
            at += 1
    return grids


def _grid(rows: Sequence[Row], start: int) -> Grid | None:
    """Grow a table downwards from a row with several cells, past lines that only continue a cell."""
    last = start
    for index in range(start + 1, len(rows)):
        row = rows[index]
        step = row.baseline - rows[index - 1].baseline
        if step > 4.5 * row.style.size:
            break
        if len(row.cells) > 1:
            last = index
        elif index - last >= 2 or _CAPTION.match(row.text) or len(row.text) > 60:
            break
    strips = _strips([row for row in rows[start : last + 1] if len(row.cells) > 1])
    if len(strips) < 2 or not _convincing([row for row in rows[start : last + 1] if len(row.cells) > 1]):
        return None
    first = start
    while first > 0 and _adjoins(rows[first - 1], rows[first], strips):
        first -= 1
    if last + 1 < len(rows) and _adjoins(rows[last + 1], rows[last], strips):
        last += 1
    logical = _logical([_fill(row, strips) for row in rows[first : last + 1]], rows[first : last + 1])
    return Grid(tuple(logical), first, last)


def _strips(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Find the columns: what the cells of all rows cover together, parted by white space that runs through."""
    size = median(row.style.size for row in rows)
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted((cell.x0, cell.x1) for row in rows for cell in row.cells):
        if merged and x0 - merged[-1][1] < 0.7 * size:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _convincing(rows: Sequence[Row]) -> bool:
    """Tell a table from a text with wide gaps: numbers in most cells after the first, or short cells in many rows."""
    cells = [cell.text.strip() for row in rows for cell in row.cells[1:]]
    numbers = sum(map(is_number, cells))
    if len(rows) < 2 or not cells:
        return False
    if numbers >= 2 and numbers >= 0.4 * len(cells):
        return True
    short = sum(len(cell) <= 40 for cell in cells) >= 0.8 * len(cells)
    return len(rows) >= 3 and short and _flush(rows)


def _flush(rows: Sequence[Row]) -> bool:
    """Tell whether the second cells begin at one edge, as in a table; in justified text they stand anywhere."""
    edges = sorted(row.cells[1].x0 for row in rows)
    middle = edges[len(edges) // 2]
    return sum(abs(edge - middle) < 2 for edge in edges) >= 0.8 * len(edges)


def _adjoins(row: Row, neighbour: Row, strips: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a single-cell row continues a cell of the row beside it."""
    if len(row.cells) != 1 or abs(row.baseline - neighbour.baseline) > 1.4 * row.style.size:
        return False
    if _CAPTION.match(row.text) or len(row.text) > 40 or row.text.endswith((".", ";")):
        return False
    if abs(row.style.size - neighbour.style.size) > 0.6:
        return False
    return any(x0 - 2 <= row.x0 and row.x1 <= x1 + 2 for x0, x1 in strips)


def _fill(row: Row, strips: Sequence[tuple[float, float]]) -> list[str]:
    cells = [""] * len(strips)
    for cell in row.cells:
        at = _column(cell, strips)
        cells[at] = f"{cells[at]} {' '.join(cell.text.split())}".strip()
    return cells


def _column(cell: Piece, strips: Sequence[tuple[float, float]]) -> int:
    middle = (cell.x0 + cell.x1) / 2
    return min(range(len(strips)), key=lambda at: max(strips[at][0] - middle, middle - strips[at][1], 0.0))


def _logical(cells: Sequence[list[str]], rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """Put lines together that are one row of the table: wrapped headings, wrapped labels."""
    steps = [below.baseline - above.baseline for above, below in pairwise(rows)]
    merged = [list(cells[0])]
    for index in range(1, len(cells)):
        above, here = merged[-1], cells[index]
        tight = steps[index - 1] < 1.45 * rows[index].style.size
        following = cells[index + 1] if index + 1 < len(cells) else None
        if tight and _continues(above, here, following, steps, index):
            merged[-1] = [f"{left} {right}".strip() for left, right in zip(above, here, strict=True)]
        else:
            merged.append(list(here))
    return [tuple(row) for row in merged]


def _continues(
    above: Sequence[str], here: Sequence[str], following: Sequence[str] | None, steps: Sequence[float], index: int
) -> bool:
    label_above, label_here = bool(above[0]), bool(here[0])
    values_above, values_here = any(above[1:]), any(here[1:])
    if not label_here and not label_above:
        return not any(map(is_number, filter(None, here[1:])))  # headings on two lines
    if not label_here:
        return not values_above  # a label's first line, then its values half a line lower
    if not values_here:
        # A lone line of a label ends the row above, unless it is nearer to the row below.
        nearer_below = bool(
            following and any(following[1:]) and index < len(steps) and steps[index] < steps[index - 1] - 0.5
        )
        return label_above and values_above and not nearer_below
    return label_above and not values_above and steps[index - 1] < 0.85 * max(steps)
