"""Page furniture: running headers, footers and page numbers are found by their place and repetition, and left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.ingest.sheets import Piece, Sheet

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_FOLIO = re.compile(
    r"(?:[-–—|·•\s]*(?:page|p\.|seite|side)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|af)\s*\d{1,4})?[-–—|·•\s]*)",
    re.IGNORECASE,
)
_ZONE = 0.13  # of the page's height, at top and bottom
_LINE = 3.0  # points within which baselines are one


def without_furniture(sheets: Sequence[Sheet], body_size: float) -> list[Sheet]:
    """Drop what repeats in the margins of pages, page numbers, and small lone lines at the very edge."""
    margins = [list(_margin_rows(sheet)) for sheet in sheets]
    texts: Counter[tuple[bool, str]] = Counter()
    slots: defaultdict[tuple[bool, int, float], set[int]] = defaultdict(set)
    for sheet, rows in zip(sheets, margins, strict=True):
        for top, row in rows:
            texts[top, _pattern(row)] += 1
            slots[(top, *_slot(row))].add(sheet.number)
    enough = max(2, round(0.2 * len(sheets)))
    cleaned = []
    for sheet, rows in zip(sheets, margins, strict=True):
        dropped: set[int] = set()
        for top, row in rows:
            small = max(piece.style.size for piece in row) < 0.95 * body_size
            slot = slots[(top, *_slot(row))]
            if (
                texts[top, _pattern(row)] >= 2
                or _FOLIO.fullmatch(_text(row))
                or (small and len(slot) >= enough and _lonely(row, sheet))
                or (small and _lonely(row, sheet) and len(_text(row)) < 90 and _outermost(row, sheet))
            ):
                dropped.update(id(piece) for piece in row)
        cleaned.append(replace(sheet, pieces=tuple(piece for piece in sheet.pieces if id(piece) not in dropped)))
    return cleaned


def _margin_rows(sheet: Sheet) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield the rows near the top (True) and bottom (False) edge of a page."""
    low, high = sheet.height * _ZONE, sheet.height * (1 - _ZONE)
    rows: list[list[Piece]] = []
    for piece in sorted(sheet.pieces, key=lambda piece: (piece.baseline, piece.x0)):
        if rows and abs(rows[-1][0].baseline - piece.baseline) <= _LINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        if row[0].baseline <= low or row[0].baseline >= high:
            yield row[0].baseline <= low, row


def _text(row: Sequence[Piece]) -> str:
    return " ".join(piece.text.strip() for piece in sorted(row, key=lambda piece: piece.x0)).strip()


def _pattern(row: Sequence[Piece]) -> str:
    """Write a row with its numbers blotted out, and its place, so that only furniture repeats."""
    words = " ".join(_DIGITS.sub("#", _text(row)).casefold().split())
    return f"{words} @{round(row[0].baseline / _LINE)}" if len(words) > 3 else f"{words}@{row[0].baseline:.0f}"


def _slot(row: Sequence[Piece]) -> tuple[int, float]:
    return round(row[0].baseline / _LINE), max(piece.style.size for piece in row)


def _lonely(row: Sequence[Piece], sheet: Sheet) -> bool:
    """Tell whether a row stands well apart from the text towards the middle of the page."""
    middle = sheet.height / 2
    own = row[0].baseline
    sizes = max(piece.style.size for piece in row)
    inner = [
        abs(piece.baseline - own)
        for piece in sheet.pieces
        if abs(piece.baseline - own) > _LINE and (piece.baseline > own) == (own < middle)
    ]
    return not inner or min(inner) > 1.9 * sizes


def _outermost(row: Sequence[Piece], sheet: Sheet) -> bool:
    own = row[0].baseline
    if own < sheet.height / 2:
        return own < 0.08 * sheet.height and own <= min(piece.baseline for piece in sheet.pieces) + _LINE
    return own > 0.92 * sheet.height and own >= max(piece.baseline for piece in sheet.pieces) - _LINE
