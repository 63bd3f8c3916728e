"""Figures: every number as a bar, and the same as sentences."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from bot.brief.pack import Figure, Row
from bot.terminal.safety import safe
from bot.terminal.screen import READABLE, Screen, Style

_COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "red")
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LONGEST = 40  # columns of the longest bar
_SHORTEST = 8  # columns: below, a bar shows nothing
_INDENT = 2


def number(value: float, unit: str) -> str:
    """Write a number with its unit: ``60.5 %``."""
    return f"{value:,.10g} {unit}".rstrip()


def put_bars(screen: Screen, figure: Figure, only: Row | None = None, column: str = "") -> None:
    """Draw a figure's rows as groups of bars; ``only`` one row, with the cell that was asked for emphasised."""
    rows = [row for row in figure.rows if only is None or row is only]
    values = [value for row in figure.rows for value in row.values.values() if value is not None]
    full = 100.0 if figure.unit == "%" else max(values, default=0.0)
    labels = max(cell_len(safe(one.label)) for one in figure.columns)
    amounts = max((len(number(value, figure.unit)) for value in values), default=0)
    room = min(_LONGEST, min(screen.width, READABLE) - _INDENT - labels - amounts - 4)
    for row in rows:
        if only is None:
            screen.put(row.label, Style.LEAD)
        for position, one in enumerate(figure.columns):
            value = row.values.get(one.id)
            if value is None:
                continue
            line = Text(safe(one.label))
            line.append(" " * (labels - line.cell_len + 2))
            line.append(number(value, figure.unit).rjust(amounts))
            if one.id == column:
                line.stylize(Style.MARK)
            if room >= _SHORTEST:
                line.append("  ")
                line.append(_bar(value / full if full else 0.0, room, screen), _COLOURS[position % len(_COLOURS)])
            screen.put(line, indent=_INDENT)


def put_figure(screen: Screen, figure: Figure) -> None:
    """Show a whole figure: bars, the same as sentences, its source, and why its columns sum as they do."""
    screen.heading(figure.title)
    screen.gap()
    put_bars(screen, figure)
    screen.gap()
    screen.put("In words", Style.LEAD)
    for _, _, _, sentence in figure.cells:
        screen.put(sentence, indent=_INDENT, hang=2)
    screen.gap()
    screen.put(f"Source: {figure.source}", Style.QUIET)
    names = {one.id: one.label for one in figure.columns}
    for column, reason in figure.sums.items():
        screen.put(f"Sum for {names.get(column, column)}: {reason}", Style.QUIET)


def _bar(share: float, room: int, screen: Screen) -> str:
    eighths = round(max(0.0, min(1.0, share)) * room * 8)
    if screen.plain:
        return "#" * max(round(eighths / 8), 1 if eighths else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
