"""Items about figures: a cell among others, the number of a cell, and which of two is higher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.brief.pack import Column, Figure, Row
from bot.brief.quiz_items import Difficulty, written
from bot.quiz.items import Item
from bot.quiz.making import Asked, Maker, fits
from bot.words.text import words

_GAP = "…"
MORE_LESS = ("More", "Less")  # often chosen, in a poll
HIGHER_LOWER = ("Higher", "Lower")
_POLLS = frozenset(("poll", "polls", "survey", "surveys"))
_FAR = 2  # times; so far apart, two cells are easily told


def about_figures(maker: Maker) -> Iterator[Item | None]:
    """Ask for every cell, and compare cells of a row and of a column."""
    for figure in maker.pack.figures:
        for row, column, value, sentence in figure.cells:
            yield from _cell(maker, figure, row, column, value, sentence)
        yield from _across(maker, figure)
        yield from _down(maker, figure)


def _cell(maker: Maker, figure: Figure, row: Row, column: Column, value: float, sentence: str) -> Iterator[Item | None]:
    gapped = row.sentence.format(value=_GAP, column=column.label)
    others = _others(figure, row, column, value)
    if _GAP not in gapped or not others:
        return
    name = f"{figure.id}-{row.id}-{column.id}"
    explanation = f"{sentence} Source: {figure.source}."
    asked = Asked(f"cell-{name}", f"cell:{name}", f"Which number is missing? {gapped}", explanation, Difficulty.MEDIUM)
    options = [written(other, figure.unit) for other in others[:3]]
    yield maker.choice(asked, figure, written(value, figure.unit), options)
    typed = replace(asked, id=f"fill-{name}", stem=f"Fill in the number: {gapped}", difficulty=Difficulty.HARD)
    yield maker.number(typed, figure, value, others, figure.unit)


def _others(figure: Figure, row: Row, column: Column, value: float) -> list[float]:
    """Give the values of other cells: of the same row first, then of the same column, then the rest."""
    ranked = sorted(
        ((other_row.id != row.id, other_column.id != column.id, index, other)
        for index, (other_row, other_column, other, _) in enumerate(figure.cells)),
    )  # fmt: skip
    return [other for other in dict.fromkeys(other for *_, other in ranked) if other != value]


def _across(maker: Maker, figure: Figure) -> Iterator[Item | None]:
    """Compare the columns of each row."""
    for row in figure.rows:
        told = [(column, value) for column in figure.columns if (value := row.values.get(column.id)) is not None]
        for (one, first), (other, second) in pairwise(told):
            if first == second:
                continue
            (mine, left), (theirs, right) = maker.rng.sample([(one, first), (other, second)], 2)
            stem = _between_columns(figure, row, mine, theirs)
            name = f"{figure.id}-{row.id}-{one.id}-{other.id}"
            yield _compare(maker, figure, name, stem, left, right)


def _down(maker: Maker, figure: Figure) -> Iterator[Item | None]:
    """Compare rows of each column that lie next to each other by size."""
    for column in figure.columns:
        told = [(row, value) for row in figure.rows if (value := row.values.get(column.id)) is not None]
        for (one, first), (other, second) in pairwise(sorted(told, key=lambda pair: pair[1])):
            if first == second:
                continue
            (mine, left), (theirs, right) = maker.rng.sample([(one, first), (other, second)], 2)
            stem = _between_rows(figure, column, mine, theirs)
            name = f"{figure.id}-{column.id}-{one.id}-{other.id}"
            yield _compare(maker, figure, name, stem, left, right)


def _between_columns(figure: Figure, row: Row, mine: Column, theirs: Column) -> str:
    """Ask which of two columns has more of a row; a title too long for a form is left out where the words allow it."""
    if not _is_poll(figure):
        return f"{figure.title}: is “{row.label}” higher or lower for {mine.label} than for {theirs.label}?"
    asked = f"was “{row.label}” more or less common for {mine.label} than for {theirs.label}?"
    titled = f"{figure.title}: {asked}"
    return titled if fits(titled) else f"Poll: {asked}"


def _between_rows(figure: Figure, column: Column, mine: Row, theirs: Row) -> str:
    """Ask which of two rows of a column is more; readers do not see the figure, so its number would say nothing."""
    if _is_poll(figure):
        return f"Poll on {column.label}: was “{mine.label}” chosen more or less often than “{theirs.label}”?"
    asked = f"is “{mine.label}” higher or lower than “{theirs.label}”"
    titled = f"{figure.title}: {asked} for {column.label}?"
    return titled if fits(titled) else f"{column.label}: {asked}?"


def _is_poll(figure: Figure) -> bool:
    return not _POLLS.isdisjoint(words(f"{figure.title} {figure.source}"))


def _compare(maker: Maker, figure: Figure, name: str, stem: str, left: float, right: float) -> Item | None:
    low, high = sorted((abs(left), abs(right)))
    difficulty = Difficulty.EASY if high >= _FAR * low else Difficulty.MEDIUM
    numbers = f"{written(left, figure.unit)} against {written(right, figure.unit)}"
    asked = Asked(f"more-{name}", f"more:{name}", stem, f"It is {numbers}. Source: {figure.source}.", difficulty)
    options = MORE_LESS if _is_poll(figure) else HIGHER_LOWER
    return maker.settled(asked, figure, options, 0 if left > right else 1)
