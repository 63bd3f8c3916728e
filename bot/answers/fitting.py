"""Fitting: the weights of ranking and of confidence from labelled questions.

Ranking is a listwise softmax (conditional logit) over all targets of an index; confidence is a logistic regression.
Both are fitted by Adam with a ridge penalty, the views on one scale; deterministic.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bot.answers.analysis import Analyzer
from bot.answers.confidence import SIGNALS, signals
from bot.answers.index import Index
from bot.answers.query import read
from bot.answers.ranking import FEATURES, look
from bot.answers.targets import Target
from bot.answers.units import Floats
from bot.brief.pack import Point
from bot.brief.places import Place
from bot.words.english import English

_RIDGE_RANKING = 0.0003
_RIDGE_CONFIDENCE = 0.0005
# Added to the bias: a question that has an answer is refused less willingly than one that has none is answered with
# the nearest passages named. 0.15 moves the threshold from 0.50 to 0.46; chosen on the golden questions.
_LEAN = 0.15
# No view may speak against a target but the prior of untreated subjects: the views overlap, and free signs overfit.
_FLOOR = np.array([-np.inf if name == "untreated" else 0.0 for name in FEATURES], np.float32)


@dataclasses.dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the places that answer it (none: the brief does not), and how much it counts."""

    question: str
    gold: tuple[Place, ...]
    weight: float = 1.0


def own_questions(
    targets: Sequence[Target], analyzer: Analyzer, english: English, folds: int = 5, seed: int = 1
) -> Iterator[tuple[Labelled, Index]]:
    """Yield a pack's own curated questions, each with an index that was built without it and its fold."""
    rng = random.Random(seed)
    fold_of = {(target.id, question): rng.randrange(folds) for target in targets for question, _ in target.questions}
    for fold in range(folds):
        kept = [
            dataclasses.replace(
                target,
                asked=tuple(
                    Point(point.answer, tuple(one for one in point.ask if fold_of[target.id, one] != fold))
                    for point in target.asked
                ),
            )
            for target in targets
        ]
        index = Index(kept, analyzer, english)
        for target in targets:
            for question, _ in target.questions:
                if fold_of[target.id, question] == fold:
                    gold = () if target.untreated else (target.place, *target.also)
                    yield Labelled(question, gold), index


def fit_ranking(examples: Sequence[tuple[Labelled, Index]]) -> tuple[float, ...]:
    """Fit the ranker's weights on the examples that have an answer."""
    rows = [row for labelled, index in examples if (row := _contest(labelled, index)) is not None]
    table = np.stack([row[0] for row in rows])
    gold = np.stack([row[1] for row in rows])
    weights = np.array([row[2] for row in rows], np.float32)
    importance = weights / weights.sum()
    spread = np.maximum(table.reshape(-1, len(FEATURES)).std(0), 1e-3)
    scaled = table / spread

    def gradient(w: Floats) -> Floats:
        scores = scaled @ w
        odds = np.exp(scores - scores.max(1, keepdims=True))
        everywhere = odds / odds.sum(1, keepdims=True)
        right = odds * gold
        right /= np.maximum(right.sum(1, keepdims=True), 1e-12)
        difference = (everywhere - right) * importance[:, None]
        result: Floats = difference.reshape(-1) @ scaled.reshape(-1, len(FEATURES)) + _RIDGE_RANKING * w
        return result

    found = _descend(gradient, np.full(len(FEATURES), 0.3, np.float32), rate=0.03, floor=_FLOOR) / spread
    return tuple(round(float(x), 3) for x in found)


def _contest(labelled: Labelled, index: Index) -> tuple[Floats, Floats, float] | None:
    gold = np.array([_right(target, labelled.gold) for target in index.targets])
    if not gold.any():
        return None
    features = look(read(labelled.question, index), index).features
    return features, gold.astype(np.float32), labelled.weight


def _right(target: Target, gold: tuple[Place, ...]) -> bool:
    return target.untreated is None and any(place in gold for place in (target.place, *target.also))


def fit_confidence(examples: Sequence[tuple[Labelled, Index]], ranking: tuple[float, ...]) -> tuple[float, ...]:
    """Fit the confidence's weights on all examples; the bias stands last."""
    rows: list[list[float]] = []
    labels: list[float] = []
    weights: list[float] = []
    for labelled, index in examples:
        query = read(labelled.question, index)
        if not query.terms:
            continue
        views = look(query, index)
        found = signals(query, index, views, views.scores(ranking))
        rows.append([*(found[name] for name in SIGNALS), 1.0])
        labels.append(float(bool(labelled.gold)))
        weights.append(labelled.weight)
    table, wanted = np.array(rows, np.float32), np.array(labels, np.float32)
    importance = np.array(weights, np.float32) / np.float32(sum(weights))

    def gradient(w: Floats) -> Floats:
        odds = 1 / (1 + np.exp(-(table @ w)))
        result: Floats = ((odds - wanted) * importance) @ table + _RIDGE_CONFIDENCE * np.append(w[:-1], 0)
        return result

    fitted = _descend(gradient, np.zeros(len(SIGNALS) + 1, np.float32), rate=0.05)
    fitted[-1] += _LEAN
    return tuple(round(float(x), 3) for x in fitted)


def _descend(
    gradient: Callable[[Floats], Floats], start: Floats, rate: float, steps: int = 700, floor: Floats | None = None
) -> Floats:
    """Follow a gradient by Adam (Kingma and Ba 2015), the rate falling to nothing over the steps."""
    w = start.astype(np.float32)
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        slope = gradient(w)
        mean = np.float32(0.9) * mean + np.float32(0.1) * slope
        square = np.float32(0.99) * square + np.float32(0.01) * slope**2
        corrected = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
        w = (w - rate * (1 - step / (steps + 1)) * corrected).astype(np.float32)
        if floor is not None:
            w = np.maximum(w, floor)
    return w
