"""Figures of a draft: the tables of a document that hold numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.brief.pack import MAX_TEXT, MAX_TITLE, Column, Figure, Row
from bot.brief.places import Place
from bot.ingest.document import Document, Table

_NUMBER = re.compile(r"-?\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_NUMBERED = re.compile(r"((?:figure|table|chart|exhibit)\s*\d+)\s*[:.–—|-]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_REASON = "as in the document; the draft was not checked"
_WHOLE = 100
_MAX_COLUMNS, _MAX_ROWS = 30, 300


def figures_of(document: Document, new_id: Callable[[str], str], new_title: Callable[[str], str]) -> Iterator[Figure]:
    """Make a figure of each table whose cells are mostly numbers."""
    for number, table in enumerate(document.tables, 1):
        grid = _grid(table)
        if not grid:
            continue
        labels, rows = grid
        match = _NUMBERED.match(_clean(table.caption))
        section = new_title(match[1].capitalize() if match else f"Table {number}")
        title = (match[2] if match else _clean(table.caption)) or section
        columns = tuple(_columns(labels))
        unit = "%" if _in_percent(table) else "as printed"
        built = tuple(_rows(columns, rows, unit))
        yield Figure(
            id=new_id(section),
            title=_short(title, MAX_TITLE),
            place=Place(section),
            source=_short(
                re.sub(r"^sources?\s*:[\s:]*", "", _clean(table.source), flags=re.IGNORECASE) or "not stated", 300
            ),
            unit=unit,
            summary=_short(f"{title}. A table of {len(built)} rows and {len(columns)} columns.", MAX_TEXT),
            columns=columns,
            rows=built,
            sums=_sums(columns, built) if unit == "%" else {},
        )


def _grid(table: Table) -> tuple[list[str], list[tuple[str, list[float | None]]]] | None:
    """Part a table into the labels of its columns, and its rows of label and numbers; None if it holds few numbers."""
    if not table.rows or not 2 <= len(table.rows[0]) <= _MAX_COLUMNS or len(table.rows) > _MAX_ROWS:
        return None
    values = [[_value(cell) for cell in row[1:]] for row in table.rows]
    body = next((at for at, row in enumerate(values) if any(value is not None for value in row)), len(values))
    if body == 0 and all(map(_is_year, filter(None, table.rows[0][1:]))) and len(values) > 1:
        body = 1
    cells = [value for row in values[body:] for value in row]
    if not cells or sum(value is not None for value in cells) < 0.6 * len(cells):
        return None
    heads = [
        " ".join(_clean(row[at]) for row in table.rows[:body] if row[at]).strip() for at in range(1, len(table.rows[0]))
    ]
    rows = [
        (_clean(row[0]) or f"row {number}", numbers)
        for number, (row, numbers) in enumerate(zip(table.rows[body:], values[body:], strict=True), 1)
        if any(value is not None for value in numbers)
    ]
    return heads, rows


def _value(cell: str) -> float | None:
    """Read the number of a cell that holds one and little else."""
    found = _NUMBER.findall(cell.replace("−", "-"))
    letters = sum(map(str.isalpha, cell))
    if len(found) != 1 or letters > 8:
        return None
    number = float(re.sub(r"[,\s]", "", found[0]))
    return number if abs(number) < 1e14 else None


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:1[89]|20)\d\d", cell.strip()))


def _in_percent(table: Table) -> bool:
    """Tell whether all numbers are percentages, by their signs or the caption's."""
    cells = [cell for row in table.rows for cell in row[1:] if _value(cell) is not None]
    signs = sum("%" in cell or "percent" in cell or "per cent" in cell for cell in cells)
    said = "%" in table.caption or "per cent" in table.caption.lower() or "percent" in table.caption.lower()
    fits = all(0 <= (_value(cell) or 0) <= _WHOLE for cell in cells)
    return fits and (signs >= 0.8 * len(cells) or said)


def _columns(labels: Sequence[str]) -> Iterator[Column]:
    for number, label in enumerate(labels, 1):
        yield Column(
            f"c{number}",
            _short((label.title() if label.isupper() and len(label) > 5 else label) or f"column {number}", 80),
            (),
        )


def _rows(columns: Sequence[Column], rows: Sequence[tuple[str, list[float | None]]], unit: str) -> Iterator[Row]:
    for number, (label, values) in enumerate(rows, 1):
        name = _short(_cased(label), 120)
        plain = name.replace("{", "(").replace("}", ")")
        sign = " %" if unit == "%" else ""
        yield Row(
            id=f"r{number}",
            label=name,
            values={column.id: value for column, value in zip(columns, values, strict=True)},
            sentence=f"{plain}, {{column}}: {{value}}{sign}.",
        )


def _sums(columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, str]:
    totals = {column.id: sum(row.values.get(column.id) or 0 for row in rows) for column in columns}
    return {name: _REASON for name, total in totals.items() if abs(total - _WHOLE) >= 1e-6}


def _cased(label: str) -> str:
    """Write capitals as a sentence does."""
    return label.capitalize() if label.isupper() and len(label) > 5 else label


def _clean(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
