"""A page as it lies there: pieces of text with their place and style, before anything is read into them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set; ``size`` in points."""

    size: float
    bold: bool = False
    italic: bool = False
    color: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one baseline, in points from the page's top left."""

    x0: float
    x1: float
    baseline: float
    text: str
    style: Style

    @property
    def top(self) -> float:
        """Give the height of small letters, so that neighbouring lines never overlap."""
        return self.baseline - 0.6 * self.style.size


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle that is filled or outlined."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, piece: Piece) -> bool:
        """Tell whether a piece lies inside."""
        return self.x0 - 1 <= piece.x0 and piece.x1 <= self.x1 + 1 and self.top <= piece.baseline <= self.bottom + 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size, its label, its pieces and the frames behind them."""

    number: int
    label: str
    width: float
    height: float
    pieces: tuple[Piece, ...]
    frames: tuple[Frame, ...] = ()


def joined(left: Piece, right: Piece, *, space: bool) -> Piece:
    """Put two pieces of one line together; the longer one gives the style."""
    longer = left if len(left.text) >= len(right.text) else right
    between = " " if space and not left.text.endswith(" ") and not right.text.startswith(" ") else ""
    return Piece(left.x0, max(left.x1, right.x1), longer.baseline, left.text + between + right.text, longer.style)
