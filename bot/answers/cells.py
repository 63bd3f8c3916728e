"""Cells: when a number is asked for, the answer is the very cell, not the table or the paragraph around it."""

from __future__ import annotations

import numpy as np

from bot.answers.index import Cell, Index
from bot.answers.query import Query
from bot.answers.units import Floats
from bot.brief.pack import Figure

TELLING, MORE = 0.3, 1.3  # class weight from which a word tells rows apart, and how much more one must hold it
NEVER = 100.0  # what takes a cell out of the running
REACH = 5.0  # how far below the leader, in score, a cell may stand and still be what was asked for


def prefer_cell(query: Query, index: Index, scores: Floats) -> None:
    """Lift the best fitting cell to the top when a number of its figure is asked for; changes ``scores`` in place.

    A question that names one column never gets another column's number; one that names none of several, or compares
    them, gets none. Where nothing in the question tells one row from another, the whole figure leads.
    """
    if not len(index.cell_ids):
        return
    keys = {term.key for term in query.terms}
    why = query.asks_why
    wrong = [cell for cell, facts in index.cell_facts.items() if why or not _column_fits(facts, keys)]
    scores[wrong] -= NEVER
    answers = index.answer_ids
    leader = int(answers[scores[answers].argmax()])
    if index.cells[leader] and not _tells_rows_apart(query, index, leader):
        whole = index.whole_figures.get(index.cell_facts[leader].figure)
        if whole is not None:
            scores[whole] = float(scores[leader]) + 0.01
        return
    if not query.asks_amount:
        return
    for cell in index.cell_ids[np.argsort(-scores[index.cell_ids], kind="stable")].tolist():
        if scores[cell] < scores[leader] - REACH:
            return
        if _about(index, leader, cell) and _tells_rows_apart(query, index, cell):
            scores[cell] = max(float(scores[cell]), float(scores[leader]) + 0.01)
            return


def _tells_rows_apart(query: Query, index: Index, cell: int) -> bool:
    """Say whether a word of the question belongs to a cell's row more than to some other row of its figure."""
    facts = index.cell_facts[cell]
    rows = {other: one.row for other, one in index.cell_facts.items() if one.figure == facts.figure}
    if len(set(rows.values())) == 1:
        return True
    cells = np.array(list(rows), np.int64)
    for term in query.terms:
        if term.weight < TELLING or term.key in facts.columns:
            continue
        held: dict[str, float] = {}
        for row, weight in zip(rows.values(), index.postings(term.key).weights_of(cells), strict=True):
            held[row] = max(held.get(row, 0.0), weight)
        if held[facts.row] > MORE * min(held.values()):
            return True
    return False


def _about(index: Index, leader: int, cell: int) -> bool:
    """Say whether the leading target stands where the cell's figure does, or in a paragraph that tells the same."""
    target, figure = index.targets[leader], index.targets[cell].entry
    if not isinstance(figure, Figure):
        return False
    return bool({target.place, *target.also} & {figure.place, *figure.also})


def _column_fits(facts: Cell, keys: set[str]) -> bool:
    """Say whether a cell's column is the one the question names; none named, it must be the row's only one."""
    named = facts.columns & keys
    return facts.column in named if len(named) == 1 else facts.alone and not named
