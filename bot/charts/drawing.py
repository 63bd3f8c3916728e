"""A drawing: everything of a figure that is drawn, cleaned, as plain values; its digest names the picture."""

from __future__ import annotations

import hashlib
import json
import math
import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from bot.brief.pack import Figure

VERSION = 1  # of the way charts look: raise it, and every chart is drawn anew
MINUS = "\N{MINUS SIGN}"
NO_FIGURE = "no figure"

_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # of formatting characters, these alone belong to spelling
_MOST_ACCENTS = 4  # on one letter; more would stand on the line above
_NO_STEM = re.compile(r"[^a-z0-9]+")
_LONGEST_STEM = 60  # characters of a figure's id in a file's name
_SMALLEST, _LARGEST = 1e-9, 1e15  # beyond, numbers are written with a power of ten
_PAGE = ", p. "  # where a citation goes on with the page of the reader's copy


@dataclass(frozen=True, slots=True)
class Bars:
    """A row of a drawing: its label, and one value for each column, None where there is none."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn; ``rows`` hold as many values as there are ``columns``."""

    title: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[Bars, ...]
    source: str
    citation: str

    @property
    def digest(self) -> str:
        """Give 16 hexadecimal digits that change with everything that is drawn, and with the way it is drawn."""
        return _digest([VERSION, to_json(self)], 16)


def drawing_of(figure: Figure, citation: str) -> Drawing:
    """Take from a figure what is drawn; numbers that are none (NaN, infinity) count as missing."""
    return Drawing(
        clean(figure.title),
        clean(figure.unit),
        tuple(clean(column.label) for column in figure.columns),
        tuple(
            Bars(clean(row.label), tuple(_number(row.values.get(column.id)) for column in figure.columns))
            for row in figure.rows
        ),
        clean(figure.source),
        clean(citation),
    )


def stem_of(figure: Figure, citation: str) -> str:
    """Name a figure within a folder: the same for every state of it, another for another brief's.

    The page that a citation gains once a copy is ingested makes no other figure of it.
    """
    readable = _NO_STEM.sub("-", figure.id.lower()).strip("-")[:_LONGEST_STEM] or "figure"
    return f"{readable}-{_digest([figure.id, citation.partition(_PAGE)[0]], 8)}"


def number(value: float) -> str:
    """Write a number: ``60.5``, ``−1,200``."""
    written = f"{abs(value):,.10g}"
    if "e" in written and _SMALLEST < abs(value) < _LARGEST:
        written = f"{abs(value):,.10f}".rstrip("0").rstrip(".")
    return f"{MINUS}{written}" if value < 0 else written


def amount(value: float, unit: str) -> str:
    """Write a number with its unit: ``60.5 %``."""
    return f"{number(value)} {unit}".strip()


def clean(text: str) -> str:
    """Put a text on one line: no control or formatting characters, no half surrogate pairs, no towers of accents."""
    kept: list[str] = []
    accents = 0
    for character in text:
        fit = _fit(character)
        accents = accents + 1 if fit and unicodedata.category(fit) in {"Mn", "Me"} else accents * (not fit)
        if accents <= _MOST_ACCENTS:
            kept.append(fit)
    return " ".join("".join(kept).split())


def to_json(drawing: Drawing) -> dict[str, Any]:
    """Write a drawing as plain values."""
    return asdict(drawing)


def from_json(value: dict[str, Any]) -> Drawing:
    """Read a drawing from plain values; raises KeyError, TypeError or ValueError for any others."""
    return Drawing(
        title=str(value["title"]),
        unit=str(value["unit"]),
        columns=tuple(map(str, value["columns"])),
        rows=tuple(
            Bars(str(row["label"]), tuple(None if cell is None else float(cell) for cell in row["values"]))
            for row in value["rows"]
        ),
        source=str(value["source"]),
        citation=str(value["citation"]),
    )


def _number(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _fit(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case "Cf" if character not in _JOINERS:
            return ""
        case _:
            return character


def _digest(parts: list[Any], digits: int) -> str:
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
