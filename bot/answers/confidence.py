"""Confidence: how sure the engine is that the brief answers a question at all, between 0 and 1.

A logistic regression over what the ranker saw, fitted by ``bot.answers.fitting`` on questions that the brief answers
and on questions that it does not (about its subject, and about anything else).
"""

from __future__ import annotations

import math

from bot.answers.index import Index
from bot.answers.query import Query
from bot.answers.ranking import FEATURES, Views
from bot.answers.units import Floats

SIGNALS = (
    "score", "lead", "over_untreated", "untreated_wins", "question", "fuzzy", "body", "keywords", "coverage", "place",
    "untreated_question", "missing", "foreign", "unheld", "strange", "few_words",
)  # fmt: skip
_COLUMN = {name: number for number, name in enumerate(FEATURES)}


def signals(query: Query, index: Index, views: Views, scores: Floats) -> dict[str, float]:
    """Read the signals off a ranking, all of them about 0 to 1."""
    answers = index.answer_ids
    best = int(answers[scores[answers].argmax()]) if len(answers) else 0
    row = views.row(best)
    seen = answers if views.ids is None else views.ids[index.untreated[views.ids] == 0]
    others = seen[index.place_of[seen] != index.place_of[best]]
    rival = float(scores[others].max()) if len(others) else 0.0
    untreated = index.untreated_ids
    against = float(scores[untreated].max()) if len(untreated) else 0.0
    against_question = float(views.view("question")[untreated].max()) if len(untreated) else 0.0
    content = query.content
    found = [index.postings(term.key) for term in content]
    masses = [term.weight * postings.rarity for term, postings in zip(content, found, strict=True)]
    total = sum(masses) or 1.0
    missing = foreign = unheld = 0.0
    for postings, mass in zip(found, masses, strict=True):
        if not postings.answering:
            missing += mass
            foreign += 0.0 if len(postings.targets) else mass
        if mass > unheld and not postings.held_by(best):
            unheld = mass
    top = float(scores[best])
    return {
        "score": top / 20,
        "lead": math.tanh((top - rival) / 3),
        "over_untreated": math.tanh((top - against) / 4),
        "untreated_wins": float(against > top),
        "question": float(row[_COLUMN["question"]]),
        "fuzzy": float(row[_COLUMN["fuzzy"]]),
        "body": float(row[_COLUMN["body"]]),
        "keywords": float(row[_COLUMN["keywords"]]),
        "coverage": float(row[_COLUMN["coverage"]]),
        "place": float(row[_COLUMN["place"]]),
        "untreated_question": against_question,
        "missing": missing / total,
        "foreign": foreign / total,
        "unheld": unheld / index.max_rarity,
        "strange": float(bool(query.strange)),
        "few_words": float(len(content) <= 1),
    }


def confidence(read: dict[str, float], weights: tuple[float, ...]) -> float:
    """Turn signals to a probability; the bias stands last among the weights."""
    total = weights[-1] + sum(weight * read[name] for weight, name in zip(weights, SIGNALS, strict=False))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
