"""Confidence: how sure it is that the passage ranked first answers, from how well it holds the question."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bot.answers.plain_features import COLUMN, Evidence
from bot.answers.plain_question import TERM_FEATURES, Question

Floats = NDArray[np.float32]

_TAKEN = (
    "coverage", "sentence_coverage", "window_coverage", "missing", "letters_share", "sentence_letters_share",
    "letters_normed",
)  # fmt: skip
_SHARED = ("pairs", "sentence_pairs", "gapped")
SIGNS = (
    *_TAKEN, *_SHARED, "certainty", "margin", "terms", "absent", "most_absent", "repaired", "capital_lacking",
    "number_lacking", "rarity", "weak",
)  # fmt: skip
_TAKEN_ROWS = [COLUMN[name] for name in _TAKEN]
_SHARED_ROWS = [COLUMN[name] for name in _SHARED]
_REPAIRED, _CAPITAL, _NUMBER = (TERM_FEATURES.index(name) for name in ("repaired", "capital", "number"))


def signs(question: Question, evidence: Evidence, scores: Floats) -> list[float]:
    """List the signs (see ``SIGNS``) of the passage that scores best; the question has a term at least."""
    top = int(scores.argmax())
    weights = question.table[0].tolist()
    total = sum(weights) + 1e-6
    best = float(scores[top])
    odds = np.exp(scores - best)
    second = float(np.partition(scores, -2)[-2]) if len(scores) > 1 else best - 4
    absent = [weight for term, weight in zip(question.terms, weights, strict=True) if not term.direct]
    lacking = 1 - evidence.present[:, top]
    rarity = total / max(1, sum(1 for weight in weights if weight))
    cover = float(evidence.table[COLUMN["coverage"], top])
    return [
        *evidence.table[_TAKEN_ROWS, top].tolist(),
        *(evidence.table[_SHARED_ROWS, top] / total).tolist(),
        1 / float(odds.sum()),
        min(4.0, best - second),
        math.log(1 + len(weights)),
        sum(absent) / total,
        max(absent, default=0.0) / total,
        float(question.table[_REPAIRED].sum()) / total,
        float(question.table[_CAPITAL] @ lacking) / total,
        float(question.table[_NUMBER] @ lacking) / total,
        rarity,
        max(0.0, 0.5 - cover),
    ]


def probability(values: list[float], weights: list[float], intercept: float) -> float:
    """Turn signs to a probability by a logistic regression."""
    logit = intercept + sum(value * weight for value, weight in zip(values, weights, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
