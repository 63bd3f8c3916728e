"""Chunks: the rows of a column cut into paragraphs, headings and tables, by gaps, indents, short lines and style."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.ingest.columns import BULLETS, Region
from bot.ingest.rows import Row, rows_of
from bot.ingest.sheets import Style
from bot.ingest.tables import Grid, find_grids

TERMINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*$|[”»\"]$")
BULLET = re.compile(
    rf"(?:[{re.escape(BULLETS.replace('-', ''))}-]|\uf0b7|\uf0a7|o(?= [A-Z]))\s+|\(?(?:\d{{1,2}}|[a-z])[.)]\s+(?=\S)"
)
_LONG_QUOTE = 12  # lines; a quotation that is still open then is no pull quote
_DASHES = "⁃–—-*·"  # what may stand inside a sentence, too
_SIGNED = re.compile(rf"[{re.escape(''.join(sign for sign in BULLETS if sign not in _DASHES))}]\s")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that belong together; ``opens`` and ``closes`` its column; ``full``: its last line reaches the edge."""

    rows: tuple[Row, ...]
    sheet: int
    page: str
    boxed: bool
    opens: bool
    closes: bool
    full: bool
    indented: bool
    grid: Grid | None = None

    @property
    def style(self) -> Style:
        """Give the style of most of its letters."""
        weights: Counter[Style] = Counter()
        for row in self.rows:
            for cell in row.cells:
                weights[cell.style] += len(cell.text)
        return weights.most_common(1)[0][0]

    @property
    def text(self) -> str:
        """Give the words of its lines, joined plainly."""
        return " ".join(row.text for row in self.rows)


@dataclass(frozen=True, slots=True)
class Column:
    """A region of a page with its rows."""

    rows: tuple[Row, ...]
    sheet: int
    page: str
    boxed: bool


def column_of(region: Region, sheet: int, page: str) -> Column:
    """Put the pieces of a region to rows."""
    return Column(tuple(rows_of(region.pieces)), sheet, page, region.boxed)


def leadings(columns: Sequence[Column]) -> dict[float, float]:
    """Measure the usual distance of lines for each size of letters."""
    steps: defaultdict[float, Counter[float]] = defaultdict(Counter)
    for column in columns:
        for above, below in zip(column.rows, column.rows[1:], strict=False):
            step = below.baseline - above.baseline
            if above.style.size == below.style.size and 0.8 * above.style.size < step < 2.2 * above.style.size:
                steps[above.style.size][round(step * 4) / 4] += 1
    return {size: _usual(counts) for size, counts in steps.items()}


def _usual(counts: Counter[float]) -> float:
    """Take the commonest distance; of those that are nearly as common, the smallest."""
    most = counts.most_common(1)[0][1]
    return min(step for step, count in counts.items() if count >= 0.5 * most)


def chunks_of(column: Column, leading: dict[float, float]) -> list[Chunk]:
    """Cut a column into chunks."""
    grids = {grid.first: grid for grid in find_grids(column.rows)}
    parts: list[tuple[list[Row], Grid | None]] = []
    measure = _Measure(column.rows, leading)
    at = 0
    while at < len(column.rows):
        grid = grids.get(at)
        if grid:
            parts.append((list(column.rows[grid.first : grid.last + 1]), grid))
            at = grid.last + 1
            continue
        row = column.rows[at]
        if parts and parts[-1][1] is None and not measure.breaks(parts[-1][0], row):
            parts[-1][0].append(row)
        else:
            parts.append(([row], None))
        at += 1
    return [
        Chunk(
            tuple(rows), column.sheet, column.page, column.boxed, index == 0, index == len(parts) - 1,
            measure.is_full(rows[-1]), measure.is_indented(rows[0]), grid,
        )
        for index, (rows, grid) in enumerate(parts)
    ]  # fmt: skip


class _Measure:
    """The edges of a column, and what counts as a break in it."""

    def __init__(self, rows: Sequence[Row], leading: dict[float, float]) -> None:
        self._leading = leading
        lefts = Counter(round(row.x0) for row in rows)
        most = max(lefts.values(), default=0)
        self._left = min((x0 for x0, count in lefts.items() if count >= 0.3 * most), default=0)
        rights: defaultdict[float, list[float]] = defaultdict(list)
        for row in rows:
            rights[row.style.size].append(row.x1)
        self._rights = {size: sorted(edges)[int(0.9 * (len(edges) - 1))] for size, edges in rights.items()}

    def is_full(self, row: Row) -> bool:
        """Tell whether a row reaches the right edge."""
        return row.x1 > self._edge(row) - 3.5 * row.style.size

    def is_indented(self, row: Row) -> bool:
        """Tell whether a row begins a little to the right of the others."""
        return 0.6 * row.style.size < row.x0 - self._left < 4.5 * row.style.size

    def _edge(self, row: Row) -> float:
        return max(self._rights.get(row.style.size, 0), row.x1)

    def breaks(  # one return for each sign
        self, above: Sequence[Row], row: Row
    ) -> bool:
        """Tell whether a row begins something new below the rows above."""
        last = above[-1]
        step = row.baseline - last.baseline
        usual = self._leading.get(last.style.size, 1.2 * last.style.size)
        if _restyled(above, row):
            return not (row.text[:1].islower() and not TERMINAL.search(last.text) and last.style.size == row.style.size)
        if step > usual + max(0.18 * last.style.size, 1.2):
            return True
        if step < 0.5 * last.style.size:  # beside, not below: what is left of a table
            return True
        if _SIGNED.match(row.text) or (BULLET.match(row.text) and (_ends(last.text) or _same_sign(above[0], row))):
            return True
        if not _ends(last.text) or _is_quoting(above):
            return False
        if BULLET.match(above[0].text):  # an item ends where the text comes back to the left edge
            return row.x0 < above[-1].x0 - 2 and len(above) > 1
        if self.is_indented(row) and last.x0 < row.x0 - 0.5 * row.style.size:
            return True
        return self._had_room(last, row)

    def _had_room(self, last: Row, row: Row) -> bool:
        """Tell whether the first word of a row would have fitted on the line above."""
        word = row.text.split(" ", 1)[0]
        width = (row.x1 - row.x0) / max(len(row.text), 1) * (len(word) + 1.5)
        begins = not row.text[:1].islower()
        return begins and self._edge(last) - last.x1 > max(width, 2.0 * row.style.size)


def _same_sign(first: Row, row: Row) -> bool:
    """Tell whether two rows begin with the same dash, as items without full stops do."""
    return row.text[:1] in _DASHES and row.text[:2] == first.text[:2]


def _is_quoting(rows: Sequence[Row]) -> bool:
    """Tell whether rows begin with a quotation that has not come to its end."""
    return (
        rows[0].text[:1] in "“„«" and len(rows) < _LONG_QUOTE and not any("”" in r.text or "»" in r.text for r in rows)
    )


def _ends(text: str) -> bool:
    return bool(TERMINAL.search(text))


def _restyled(above: Sequence[Row], row: Row) -> bool:
    """Tell whether a row is set otherwise than the lines above: larger, bolder, in another colour."""
    style, last = row.style, above[-1].style
    if abs(style.size - last.size) > 0.6:
        return True
    if (style.bold, style.color) == (last.bold, last.color):
        return False
    return _uniform(row) and _uniform(above[-1])


def _uniform(row: Row) -> bool:
    return len({(cell.style.bold, cell.style.color) for cell in row.cells}) == 1


def all_chunks(columns: Sequence[Column]) -> Iterator[Chunk]:
    """Cut all columns of a document, in their order."""
    leading = leadings(columns)
    for column in columns:
        if column.rows:
            yield from chunks_of(column, leading)
