"""The figures of ``eval`` as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from bot.cli.evaluate import Asked, Figures

_ROWS = (
    ("right place first", "first"),
    ("right place in the first three", "in_three"),
    ("mean reciprocal rank", "reciprocal_rank"),
    ("answerable, but refused", "refused"),
    ("exact value", "value"),
    ("not in the brief: refused", "near_refused"),
    ("off-topic: refused", "off_topic_refused"),
)


def show_measures(found: list[Figures], failures: list[Asked]) -> None:
    """Print the figures, then the failures."""
    console = Console()
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for one in found:
        table.add_column(one.name, justify="right")
    for label, name in _ROWS:
        table.add_row(label, *(_figure(name, getattr(one, name)) for one in found))
    for label, name in (
        ("questions with an answer", "answerable"),
        ("without", "unanswerable"),
        ("off topic", "off_topic"),
    ):
        table.add_row(Text(label, style="dim"), *(str(getattr(one, name)) for one in found))
    console.print(table)
    if failures:
        console.print()
        console.print(_failures(failures))


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if name == "reciprocal_rank" else f"{100 * value:.1f} %"


def _failures(failures: list[Asked]) -> Table:
    table = Table(box=None, pad_edge=False, title=f"{len(failures)} failures", title_justify="left")
    for column in ("id", "question", "what", "wanted", "found first"):
        table.add_column(column, overflow="fold")
    for one in failures:
        table.add_row(
            one.golden.id,
            Text(one.text),
            one.failure,
            Text(", ".join(map(str, one.golden.gold)) or "a refusal"),
            Text(str(one.places[0]) if one.places else "–"),
        )
    return table
