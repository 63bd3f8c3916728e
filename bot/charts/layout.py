"""Where everything of a chart stands: bars lie, grouped by row under the row's label, for a phone 400 pixels wide."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.drawing import NO_FIGURE, Bars, Drawing, amount, number
from bot.charts.palette import INK, QUIET, RIM, TRACK, colour_of
from bot.charts.sheet import ELLIPSIS, Block, Face, Mark, Measure, Rule, Sheet, Side, Words, balance, wrap

WIDTH = 1080  # pixels, shown at 370 to 550
MARGIN = 48.0
TALLEST = 3_200  # pixels, from which on further rows are left to the words beside the picture

_TITLE = Face(46, bold=True)
_KEY = Face(34)
_NOTE = Face(27)
_SWATCH = 30.0
_INNER = WIDTH - 2 * MARGIN
_AIR = 14.0  # between a bar and its number
_SHORT = 3  # characters of a unit that is set like its number
_SLIVER = 3.0  # pixels of the shortest bar: what is not nought is seen
_FEW = 3  # columns that a key explains; of more, each bar bears its own label
_WHOLE = 100.0  # per cent
_FINEST = 1e300  # pixels that one takes at most: infinitely many times nought would be no place
_SHARES = 40.0  # per cent, from which on shares are drawn as parts of the whole


@dataclass(frozen=True, slots=True)
class _Make:
    """The measures of the bars: few thick ones, or many thin ones with labels of their own."""

    bar: float
    gap: float
    apart: float  # between groups
    row: Face
    value: Face
    unit: Face
    name: Face


_THICK = _Make(48, 8, 34, Face(34), Face(34, bold=True), Face(30), _KEY)
_THIN = _Make(34, 6, 34, Face(31, bold=True), Face(29, bold=True), Face(27), Face(29))


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to places: where nought is, how many pixels one takes, and the length of the whole, if shown."""

    nought: float
    one: float
    whole: float | None


def lay_out(drawing: Drawing, measure: Measure) -> Sheet:
    """Lay a drawing out; the height follows from what it holds."""
    return _Layout(drawing, measure).sheet()


class _Layout:
    def __init__(self, drawing: Drawing, measure: Measure) -> None:
        self.drawing = drawing
        self.measure = measure
        self.marks: list[Mark] = []
        self.y = MARGIN
        self.keyed = len(drawing.columns) <= _FEW
        self.make = _THICK if self.keyed else _THIN
        self.names = [() if self.keyed else self._name(label) for label in drawing.columns]
        widths = [measure(line, self.make.name) for lines in self.names for line in lines]
        self.left = MARGIN + (22 + max(widths) if widths else 0)
        self.scale = self._scale()

    def sheet(self) -> Sheet:
        """Put everything from top to bottom."""
        self._write(self.drawing.title, _TITLE, INK, most=4)
        self.y += 22
        if self.keyed:
            self._key()
            self.y += 30
        left_out = len(self.drawing.rows) - self._rows()
        if left_out:
            self._write(f"… and more, left to the words beside this picture (rows: {left_out}).", _NOTE, INK, most=2)
            self.y += 20
        self._foot()
        return Sheet(WIDTH, round(self.y + MARGIN - 8), tuple(self.marks))

    def _name(self, label: str) -> tuple[str, ...]:
        return wrap(label, self.make.name, _INNER * 0.36, most=2, measure=self.measure)

    def _scale(self) -> _Scale:
        """Choose the largest scale at which every bar fits, with its number to the right of it or of nought."""
        values = [value for row in self.drawing.rows for value in row.values]
        known = [value for value in values if value is not None]
        low, high = min([0.0, *known]), max([0.0, *known])
        room = WIDTH - MARGIN - self.left
        fits = [(room - self._beside(value), max(value, 0.0) - low) for value in known]
        if None in values:
            fits.append((room - _AIR - self.measure(NO_FIGURE, Face(self.make.value.size)), -low))
        share = self.drawing.unit == "%" and low >= 0 and _SHARES <= high <= _WHOLE
        if share:
            fits.append((room, _WHOLE))
        one = min([_FINEST, *(max(pixels, 0.0) / length for pixels, length in fits if length)])
        return _Scale(self.left - low * one, one, _WHOLE * one if share else None)

    def _beside(self, value: float) -> float:
        return sum(_AIR + self.measure(text, face) for text, face in self._texts(value))

    def _texts(self, value: float) -> list[tuple[str, Face]]:
        """Give what stands beside a bar: a short unit is set like the number, a long one smaller than it."""
        unit = self.drawing.unit
        if len(unit) <= _SHORT:
            return [(amount(value, unit), self.make.value)]
        written, face = number(value), self.make.value
        room = WIDTH - MARGIN - self.left - self.measure(written, face) - 3 * _AIR
        clipped = wrap(unit, self.make.unit, min(room, _INNER * 0.36), most=1, measure=self.measure)
        return [(written, face), (clipped[0], self.make.unit)]

    def _write(self, text: str, face: Face, colour: str, most: int) -> None:
        for line in balance(text, face, _INNER, most, self.measure):
            self.marks.append(Words(line, MARGIN, self.y + face.ascent, face, colour))
            self.y += face.line

    def _key(self) -> None:
        """Explain the colours of the columns, side by side where they fit."""
        x, inset = MARGIN, _SWATCH + 16
        for position, label in enumerate(self.drawing.columns):
            lines = wrap(label, _KEY, _INNER - inset, most=2, measure=self.measure)
            width = inset + max(self.measure(line, _KEY) for line in lines)
            if position and x + width > WIDTH - MARGIN:
                x = MARGIN
                self.y += _KEY.line + 8
            top = self.y + (_KEY.line - _SWATCH) / 2
            self.marks.append(Block(x, top, _SWATCH, _SWATCH, colour_of(position)))
            for step, line in enumerate(lines):
                baseline = self.y + step * _KEY.line + _KEY.ascent
                self.marks.append(Words(line, x + inset, baseline, _KEY, INK))
            self.y += (len(lines) - 1) * _KEY.line
            x += width + 44
        self.y += _KEY.line

    def _rows(self) -> int:
        """Put the groups of bars, and tell how many rows there was room for."""
        for position, row in enumerate(self.drawing.rows):
            if position and self.y > TALLEST:
                return position
            self._write(row.label, self.make.row, INK, most=3)
            self.y += 6
            top = self.y
            self._group(row)
            if self.scale.whole is None:
                self.marks.append(Rule(self.scale.nought, top - 4, self.scale.nought, self.y + 4, QUIET))
            self.y += self.make.apart
        return len(self.drawing.rows)

    def _group(self, row: Bars) -> None:
        make = self.make
        for position, value in enumerate(row.values):
            lines = self.names[position]
            height = max(make.bar, len(lines) * make.name.line)
            top = self.y + (height - len(lines) * make.name.line) / 2
            for step, line in enumerate(lines):
                baseline = top + step * make.name.line + make.name.ascent
                self.marks.append(Words(line, MARGIN, baseline, make.name, INK))
            self._bar(position, value, self.y + (height - make.bar) / 2)
            self.y += height + (make.gap if position + 1 < len(row.values) else 0)

    def _bar(self, position: int, value: float | None, top: float) -> None:
        make, nought = self.make, self.scale.nought
        baseline = top + make.bar / 2 + make.value.size * 0.36  # half the height of a capital below the middle
        if value is None:
            text, face = self._missing(position)
            self.marks.append(Words(text, nought + _AIR, baseline, face, QUIET))
            return
        if self.scale.whole is not None:
            self.marks.append(Block(nought, top, self.scale.whole, make.bar, TRACK, Side.RIGHT))
        length = max(abs(value) * self.scale.one, _SLIVER) if value else 0.0
        if value:
            x, side = (nought - length, Side.LEFT) if value < 0 else (nought, Side.RIGHT)
            self.marks.append(Block(x, top, length, make.bar, colour_of(position), side))
        x = nought + max(length, 0.0) * (value > 0)
        for text, face in self._texts(value):
            x += _AIR
            self.marks.append(Words(text, x, baseline, face, INK))
            x += self.measure(text, face)

    def _missing(self, position: int) -> tuple[str, Face]:
        """Say that there is no figure, and for which column where else only a colour would tell it."""
        face = Face(self.make.value.size)
        if not self.keyed or len(self.drawing.columns) == 1:
            return NO_FIGURE, face
        ending = f": {NO_FIGURE}"
        room = WIDTH - MARGIN - self.scale.nought - _AIR - self.measure(ending, face)
        name = wrap(self.drawing.columns[position], face, room, most=1, measure=self.measure)[0]
        return (NO_FIGURE if name in {"", ELLIPSIS} else name + ending), face

    def _foot(self) -> None:
        self.marks.append(Rule(MARGIN, self.y, WIDTH - MARGIN, self.y, RIM))
        self.y += 20
        if self.drawing.source:
            self._write(f"Source: {self.drawing.source}", _NOTE, QUIET, most=6)
        if self.drawing.citation:
            self._write(self.drawing.citation, _NOTE, QUIET, most=3)
