"""A sheet: the marks of a laid-out chart, in pixels from the upper left corner, and how texts are broken to fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

Measure: TypeAlias = "Callable[[str, Face], float]"  # width in pixels of a text on one line

ELLIPSIS = "…"
_ROOM = 1.28  # height of a line, in sizes of its type
_ASCENT = 0.95  # from the top of a line to the feet of its letters, in sizes of its type


@dataclass(frozen=True, slots=True)
class Face:
    """How a text is set: its size in pixels, and its weight."""

    size: int
    bold: bool = False

    @property
    def line(self) -> float:
        """Give the height of a line."""
        return self.size * _ROOM

    @property
    def ascent(self) -> float:
        """Give the way from the top of a line to its baseline."""
        return self.size * _ASCENT


class Side(Enum):
    """Which ends of a block are rounded."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: ``x`` is its left edge, ``y`` its baseline."""

    text: str
    x: float
    y: float
    face: Face
    colour: str


@dataclass(frozen=True, slots=True)
class Block:
    """A filled shape."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    rounded: Side = Side.BOTH
    radius: float = 6.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    width: float = 2.0


Mark: TypeAlias = Words | Block | Rule


@dataclass(frozen=True, slots=True)
class Sheet:
    """A laid-out chart."""

    width: int
    height: int
    marks: tuple[Mark, ...]


def wrap(text: str, face: Face, width: float, most: int, measure: Measure) -> tuple[str, ...]:
    """Break a text into lines no wider than ``width``, at spaces where it can; at most ``most``, then an ellipsis."""
    lines: list[str] = []
    line = ""
    for piece, apart in _pieces(text, face, width, measure):
        longer = f"{line} {piece}" if line and apart else line + piece
        if line and measure(longer, face) > width:
            lines.append(line)
            longer = piece
        line = longer
        if len(lines) > most:
            break
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _ended(lines[most - 1], face, width, measure))


def balance(text: str, face: Face, width: float, most: int, measure: Measure) -> tuple[str, ...]:
    """Break a text into as few lines as ``wrap`` does, and into lines of about the same length."""
    lines = wrap(text, face, width, most, measure)
    if len(lines) == 1 or lines[-1].endswith(ELLIPSIS):
        return lines
    low, high = max(measure(word, face) for word in text.split(" ")), width
    while high - low > face.size / 2:
        middle = (low + high) / 2
        if len(narrower := wrap(text, face, middle, most + 1, measure)) > len(lines):
            low = middle
        else:
            lines, high = narrower, middle
    return lines


def _pieces(text: str, face: Face, width: float, measure: Measure) -> Iterator[tuple[str, bool]]:
    """Yield the words, those too wide in parts; tell of each whether a space parts it from the one before."""
    for word in text.split(" "):
        rest, apart = word, True
        while len(rest) > 1 and measure(rest, face) > width:
            fits = _fitting(rest, face, width, measure)
            yield rest[:fits], apart
            rest, apart = rest[fits:], False
        yield rest, apart


def _fitting(text: str, face: Face, width: float, measure: Measure) -> int:
    """Tell how many characters fit, at least one."""
    low, high = 1, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle], face) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _ended(line: str, face: Face, width: float, measure: Measure) -> str:
    while line and measure(line + ELLIPSIS, face) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
