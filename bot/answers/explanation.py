"""Explanations: what the engine saw, for a curator who wants to know why."""

from __future__ import annotations

import numpy as np

from bot.answers.confidence import signals
from bot.answers.index import Index
from bot.answers.outcomes import Evidence
from bot.answers.query import Query
from bot.answers.ranking import FEATURES, NOT_SEEN, Views
from bot.answers.units import Floats
from bot.answers.weights import Weights

SHOWN = 5


def explain(query: Query, index: Index, views: Views, scores: Floats, weights: Weights) -> Evidence:
    """Write down the words, repairs, gaps, signals and leading candidates of one question."""
    seen = np.flatnonzero(scores > NOT_SEEN)
    order = seen[np.argsort(-scores[seen], kind="stable")][:SHOWN]
    first = int(order[0])
    held = []
    for term in query.terms:
        held_by_first = index.postings(term.key).held_by(first)
        held.append((term.surface, term.key, round(index.mass(term), 2), held_by_first))
    candidates = []
    for number in order:
        parts = [
            (name, round(float(value) * weight, 2))
            for name, value, weight in zip(FEATURES, views.row(int(number)), weights.ranking, strict=True)
            if abs(float(value) * weight) >= 0.05
        ]
        candidates.append((index.targets[number].id, round(float(scores[number]), 2), tuple(parts)))
    return Evidence(
        words=tuple(held),
        repaired=tuple(query.repairs.items()),
        missing=views.missing,
        signals=tuple((name, round(value, 2)) for name, value in signals(query, index, views, scores).items()),
        candidates=tuple(candidates),
    )
