"""A figure in words: the alternative text of its picture, and sentences to stand beside it."""

from __future__ import annotations

from bot.brief.pack import Figure
from bot.charts.drawing import NO_FIGURE, Bars, Drawing, amount, drawing_of

_ELLIPSIS = "…"
_STOPS = (".", "!", "?", _ELLIPSIS)


def alt_text(figure: Figure, limit: int = 1024) -> str:
    """State every figure for those who do not see the picture, in at most ``limit`` characters.

    What does not fit is cut at a row, and the text ends with how many rows are left out.
    """
    drawing = drawing_of(figure, "")
    head = _head(drawing)
    rows = [_row(drawing, row) for row in drawing.rows]
    whole = _joined(head, rows, "")
    if len(whole) <= limit:
        return whole
    for kept in reversed(range(len(rows))):
        text = _joined(head, rows[:kept], _left_out(len(rows) - kept))
        if len(text) <= limit:
            return text
    ending = f"{_ELLIPSIS} {_left_out(len(rows))}"
    if len(ending) > limit:
        return _ELLIPSIS[: max(limit, 0)]
    return head[: limit - len(ending)].rstrip() + ending


def sentences(figure: Figure) -> tuple[str, ...]:
    """Give the sentence of every figure, row by row, without the source."""
    return tuple(sentence for _, _, _, sentence in figure.cells)


def _head(drawing: Drawing) -> str:
    several = len(drawing.columns) > 1
    parts = ["Grouped bar chart." if several else "Bar chart.", _sentence(drawing.title)]
    if not several:
        parts += [_sentence(label) for label in drawing.columns]
    return " ".join(filter(None, parts))


def _sentence(text: str) -> str:
    return text if text.endswith(_STOPS) or not text else f"{text}."


def _row(drawing: Drawing, row: Bars) -> str:
    amounts = [NO_FIGURE if value is None else amount(value, drawing.unit) for value in row.values]
    if len(drawing.columns) == 1:
        return f"{row.label}: {amounts[0]}"
    return f"{row.label}: " + ", ".join(f"{label} {text}" for label, text in zip(drawing.columns, amounts, strict=True))


def _joined(head: str, rows: list[str], ending: str) -> str:
    if not ending:
        return " ".join([head, *([_sentence("; ".join(rows))] if rows else [])])
    return " ".join([head, *([f"{'; '.join(rows)};"] if rows else []), _ELLIPSIS, ending])


def _left_out(rows: int) -> str:
    return f"{rows} row is left out." if rows == 1 else f"{rows} rows are left out."
