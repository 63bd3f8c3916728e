"""A picture of a drawing, by matplotlib: only the drawing process imports this."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from pathlib import Path as FilePath

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from bot.charts.drawing import Bars, Drawing
from bot.charts.layout import WIDTH, lay_out
from bot.charts.palette import CARD, RIM
from bot.charts.png import Colour, encode
from bot.charts.sheet import Block, Face, Rule, Sheet, Side, Words

_DPI = 72  # so that a point is a pixel
_CORNER = 28.0
_MOST_BYTES = 97_000  # of a picture, where fewer colours can reach it
_FONTS = FilePath(mpl.get_data_path()) / "fonts" / "ttf"  # matplotlib's own: everywhere the same picture
_PICTOGRAPHS = {"So", "Sk", "Mn", "Me", "Cn", "Co"}  # what is left away where the font does not know it


def paint(drawing: Drawing) -> bytes:
    """Draw a PNG; the same drawing gives the same bytes."""
    mpl.rcdefaults()
    sheet = lay_out(_legible(drawing), _Measure())
    figure = _figure(sheet.width, sheet.height)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(sheet.height, 0)
    _card(axes, sheet)
    for mark in sheet.marks:
        match mark:
            case Words():
                _words(axes, mark)
            case Block():
                axes.add_patch(PathPatch(_outline(mark), facecolor=mark.colour, linewidth=0))
            case Rule():
                axes.add_line(Line2D([mark.x0, mark.x1], [mark.y0, mark.y1], color=mark.colour, linewidth=mark.width))
    pixels = io.BytesIO()
    figure.savefig(pixels, format="rgba", dpi=_DPI)
    return encode(pixels.getvalue(), sheet.width, _exact(sheet), _MOST_BYTES)


class _Measure:
    """Measures texts as Agg will draw them."""

    def __init__(self) -> None:
        self._text = _figure(WIDTH, WIDTH).text(0, 0, "", parse_math=False)

    def __call__(self, text: str, face: Face) -> float:
        """Give the width in pixels of a text on one line."""
        self._text.set_text(text)
        self._text.set_fontproperties(_font(face))
        return float(self._text.get_window_extent().width)


def _figure(width: int, height: int) -> Figure:
    figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor="none")
    FigureCanvasAgg(figure)
    return figure


def _exact(sheet: Sheet) -> tuple[Colour, ...]:
    """List the colours that are to stay as they are: those of the marks, and those of the card's soft corners."""
    named = dict.fromkeys([CARD, RIM, *(mark.colour for mark in sheet.marks)])
    solid = [_rgba(colour, 255) for colour in named]
    return (*solid, (255, 255, 255, 0), *(_rgba(RIM, opacity) for opacity in (64, 128, 192)))


def _rgba(colour: str, opacity: int) -> Colour:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue, opacity


def _font(face: Face) -> FontProperties:
    name = "DejaVuSans-Bold.ttf" if face.bold else "DejaVuSans.ttf"
    return FontProperties(fname=_FONTS / name, size=face.size)


def _card(axes: Axes, sheet: Sheet) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (1, 1),
            sheet.width - 2,
            sheet.height - 2,
            boxstyle=f"round,pad=0,rounding_size={_CORNER}",
            facecolor=CARD,
            edgecolor=RIM,
            linewidth=2,
        )
    )


def _words(axes: Axes, mark: Words) -> None:
    axes.text(
        mark.x,
        mark.y,
        mark.text,
        color=mark.colour,
        fontproperties=_font(mark.face),
        horizontalalignment="left",
        verticalalignment="baseline",
        parse_math=False,  # a dollar sign in a pack is a dollar sign
    )


def _outline(block: Block) -> Path:
    """Walk around a block clockwise from its upper left corner, rounding the ends that are rounded."""
    radius = min(block.radius, block.width, block.height / 2)
    left = radius if block.rounded in {Side.LEFT, Side.BOTH} else 0.0
    right = radius if block.rounded in {Side.RIGHT, Side.BOTH} else 0.0
    x0, y0, x1, y1 = block.x, block.y, block.x + block.width, block.y + block.height
    steps = [
        (Path.MOVETO, (x0 + left, y0)),
        (Path.LINETO, (x1 - right, y0)),
        (Path.CURVE3, (x1, y0)),
        (Path.CURVE3, (x1, y0 + right)),
        (Path.LINETO, (x1, y1 - right)),
        (Path.CURVE3, (x1, y1)),
        (Path.CURVE3, (x1 - right, y1)),
        (Path.LINETO, (x0 + left, y1)),
        (Path.CURVE3, (x0, y1)),
        (Path.CURVE3, (x0, y1 - left)),
        (Path.LINETO, (x0, y0 + left)),
        (Path.CURVE3, (x0, y0)),
        (Path.CURVE3, (x0 + left, y0)),
        (Path.CLOSEPOLY, (x0 + left, y0)),
    ]
    return Path([place for _, place in steps], [code for code, _ in steps])


def _legible(drawing: Drawing) -> Drawing:
    """Leave pictographs away that the font does not know; letters that it does not know stay, as boxes."""
    known = get_font(_FONTS / "DejaVuSans.ttf").get_charmap()

    def legible(text: str) -> str:
        kept = "".join(c for c in text if ord(c) in known or unicodedata.category(c) not in _PICTOGRAPHS)
        return " ".join(kept.split()) or text

    return replace(
        drawing,
        title=legible(drawing.title),
        unit=legible(drawing.unit),
        columns=tuple(map(legible, drawing.columns)),
        rows=tuple(Bars(legible(row.label), row.values) for row in drawing.rows),
        source=legible(drawing.source),
        citation=legible(drawing.citation),
    )
