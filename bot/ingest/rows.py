"""Rows: the pieces of a column put together to lines of text, or to the cells of a line of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest.columns import BULLETS
from bot.ingest.sheets import Piece, Style, joined


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its cells (one for a line of text), from left to right."""

    cells: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Give the line's words."""
        return " ".join(" ".join(cell.text for cell in self.cells).split())

    @property
    def x0(self) -> float:
        """Give the left edge."""
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        """Give the right edge."""
        return self.cells[-1].x1

    @property
    def style(self) -> Style:
        """Give the style of most of the line."""
        return max(self.cells, key=lambda cell: len(cell.text)).style

    @property
    def baseline(self) -> float:
        """Give the height of the line's foot."""
        return max(self.cells, key=lambda cell: len(cell.text)).baseline


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Put pieces to rows, from top to bottom; drop caps go to the line that they begin."""
    pieces, initials = _initials(pieces)
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        last = rows[-1] if rows else None
        if last and abs(last[-1].baseline - piece.baseline) < 0.35 * min(last[-1].style.size, piece.style.size):
            last.append(piece)
        else:
            rows.append([piece])
    built = [Row(tuple(_merged(sorted(row, key=lambda piece: piece.x0)))) for row in rows]
    for initial in initials:
        built = _begun(built, initial)
    return built


def _merged(row: Sequence[Piece]) -> list[Piece]:
    """Join neighbours of a line that no gap as wide as a table's parts."""
    merged: list[Piece] = []
    for piece in row:
        if merged:
            gap = piece.x0 - merged[-1].x1
            mark = merged[-1].text.strip()
            if gap < 0.9 * piece.style.size or (len(mark) == 1 and mark in BULLETS):
                merged[-1] = joined(merged[-1], piece, space=gap > 0.12 * piece.style.size)
                continue
        merged.append(piece)
    return merged


def _initials(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part drop caps from text: a letter or two, at least twice as large as most of the column."""
    sizes = sorted(piece.style.size for piece in pieces for _ in piece.text)
    usual = sizes[len(sizes) // 2]
    initials = [
        piece
        for piece in pieces
        if piece.style.size > 1.9 * usual and piece.text.strip().isalpha() and len(piece.text.strip()) <= 2
    ]
    held = {id(piece) for piece in initials}
    return [piece for piece in pieces if id(piece) not in held], initials


def _begun(rows: list[Row], initial: Piece) -> list[Row]:
    """Put a drop cap in front of the first line beside it."""
    top = initial.baseline - 0.9 * initial.style.size
    for index, row in enumerate(rows):
        if top <= row.baseline <= initial.baseline + 2 and row.x0 >= initial.x0:
            first = row.cells[0]
            word = Piece(initial.x0, first.x1, first.baseline, initial.text.strip() + first.text.lstrip(), first.style)
            return [*rows[:index], Row((word, *row.cells[1:])), *rows[index + 1 :]]
    return [Row((initial,)), *rows]
