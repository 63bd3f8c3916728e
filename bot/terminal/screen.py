"""The screen: paragraphs, headings and columns on a terminal with Rich, or as plain text anywhere else."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.terminal.safety import safe

UNWRAPPED = 1_000_000  # columns of a pipe: a paragraph stays one line, so that it can be searched
READABLE = 100  # columns: longer lines lose the eye
_NARROWEST = 10
_BESIDE = 24  # columns that the last column needs to stand beside the others


class Style:
    """How things look where there is colour; Rich's names."""

    LEAD = "bold"
    MARK = "bold"
    QUIET = "dim"
    HEADING = "bold cyan"
    COMMAND = "cyan"
    WARNING = "yellow"


def is_plain() -> bool:
    """Say whether standard output wants plain text: piped, ``NO_COLOR``, or a dumb terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        return True
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM", "") in {"dumb", "unknown"}


def open_console() -> Console:
    """Open standard output as it wants to be written to."""
    if not is_plain():
        return Console(highlight=False, markup=False, emoji=False)
    terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal or os.environ.get("COLUMNS") else UNWRAPPED
    return Console(
        width=width, force_terminal=False, color_system=None, no_color=True, highlight=False, markup=False, emoji=False
    )


class Screen:
    """Writes blocks of text, wrapped to the width; strings are made safe, ``Text`` is taken as it is."""

    def __init__(self, console: Console | None = None) -> None:
        """Take a console, or standard output."""
        self.console = console or open_console()
        self.plain = self.console.color_system is None
        wide = self.console.width >= UNWRAPPED
        self.width = UNWRAPPED if wide else max(_NARROWEST, min(READABLE, self.console.width))

    def put(
        self, text: str | Text, style: str = "", indent: int = 0, hang: int = 0, before: Text | None = None
    ) -> None:
        """Write a paragraph, indented; lines after the first hang, beside ``before`` where that is given."""
        body = text if isinstance(text, Text) else Text(safe(text))
        if style:
            body = body.copy()
            body.stylize_before(style)
        hang = before.cell_len if before else hang
        room = max(_NARROWEST, self.width - indent - hang)
        lines = body.wrap(self.console, room, overflow="fold", no_wrap=False)
        for number, line in enumerate(lines):
            start = Text(" " * (indent + (hang if number else 0)))
            line = start + before + line if before and not number else start + line  # noqa: PLW2901
            line.rstrip()
            self._line(line)

    def gap(self) -> None:
        """Leave a line empty."""
        self._line(Text())

    def verbatim(self, text: str) -> None:
        """Write lines as they are, for pasting: what is too long is left to the terminal to break."""
        for line in text.splitlines():
            self._line(Text(safe(line)))

    def heading(self, text: str) -> None:
        """Write a heading."""
        self.put(text, Style.HEADING)

    def columns(self, rows: Sequence[Sequence[str | Text]], indent: int = 2, right: Sequence[int] = ()) -> None:
        """Write rows as columns, those numbered in ``right`` aligned right; the last column wraps."""
        texts = [[cell if isinstance(cell, Text) else Text(safe(cell)) for cell in row] for row in rows]
        if not texts:
            return
        last = len(texts[0]) - 1
        widths = [max(row[number].cell_len for row in texts) for number in range(last)]
        room = self.width - indent - sum(widths) - 2 * last
        beside = room >= min(_BESIDE, max(row[-1].cell_len for row in texts))
        for row in texts:
            line = Text()
            for number, cell in enumerate(row[:-1]):
                padding = Text(" " * (widths[number] - cell.cell_len))
                line += (padding + cell if number in right else cell + padding) + Text("  ")
            if beside:
                self.put(row[-1], indent=indent, before=line)
            else:
                self.put(line, indent=indent)
                self.put(row[-1], indent=indent + 2)

    def _line(self, line: Text) -> None:
        self.console.print(line, soft_wrap=True)
