"""Fit the ranker for documents without a pack, or judge it by cross-validation over articles.

    python -m tests.benchmarks.fit_plain ARTICLES.json            # cross-validated figures
    python -m tests.benchmarks.fit_plain ARTICLES.json --write    # refit, write plain_weights.py

Articles are cut to windows of about 35 paragraphs, as long as the documents that readers ask; the ranker is a listwise
softmax (conditional logit) over the twenty likeliest passages of clean questions and of questions with one slip; the
confidence is a logistic regression on own questions against those of other articles. Needs scipy.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.answers import plain_confidence
from bot.answers.plain import PlainIndex
from bot.answers.plain_features import COLUMN, CUES, FEATURES
from bot.answers.plain_question import Asked
from bot.files.english import common_english
from bot.words.stopwords import QUIET

Floats = NDArray[np.float64]

RIDGE = 2e-2
KEPT = 20
_ROUGH = ("bm25.weight", "letters", "sentence_letters_share")
FOLDS = 4
HEADER = '''"""Numbers of the ranker for documents without a pack, written by ``tests/benchmarks/fit_plain.py``.

``RANKING`` (a weight a feature) and ``CUES`` (added a kind of question: what its best sentence holds) are a ridged
listwise softmax over 4,557 questions on 13 Wikipedia articles (SQuAD v1.1, Rajpurkar et al. 2016), clean and mistyped,
whole and in windows of about 35 paragraphs. ``CONFIDENCE`` and ``INTERCEPT`` are a logistic regression on signs of the
first passage: own questions against other articles', so that 0.5 parts them.
"""
'''
TARGET = Path(__file__).parents[2] / "bot/answers/plain_weights.py"
_ROWS = enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm"))
_AT = {letter: (at + number / 2, number) for number, row in _ROWS for at, letter in enumerate(row)}
_BESIDE = {
    letter: "".join(other for other, (c, d) in _AT.items() if other != letter and abs(a - c) + abs(b - d) / 2 <= 1)
    for letter, (a, b) in _AT.items()
}
_CONTENT = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True, slots=True)
class Document:
    """A document to ask: its article, its index, and its questions with the passage that answers each."""

    article: int
    index: PlainIndex
    questions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One question to one document: features of its likeliest passages, and which of these answers (none: -1)."""

    article: int
    asked: int
    table: NDArray[np.float32]
    gold: int


def slip(word: str, rng: random.Random) -> str:
    """Mistype a word: a key beside, two letters swapped, one left out, one too many."""
    while True:
        at = rng.randrange(len(word))
        near = _BESIDE.get(word[at].lower(), "")
        kind = rng.randrange(4)
        if kind == 0 and near:
            typed = word[:at] + rng.choice(near) + word[at + 1 :]
        elif kind == 1:
            typed = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        elif kind == 2:
            typed = word[:at] + word[at + 1 :]
        else:
            typed = word[:at] + (rng.choice(near) if near else word[at]) + word[at:]
        if typed != word or len(set(word)) == 1:
            return typed


def mistype(question: str, slips: int, rng: random.Random) -> str:
    """Mistype so many content words of four letters or more."""
    content = [match for match in _CONTENT.finditer(question) if match[0].lower() not in QUIET]
    for match in sorted(rng.sample(content, min(slips, len(content))), key=lambda match: -match.start()):
        question = question[: match.start()] + slip(match[0], rng) + question[match.end() :]
    return question


def documents(articles: Sequence[dict[str, list[dict[str, list[str]]]]], seed: int | None) -> list[Document]:
    """Index the articles, whole (no seed) or cut to windows of 28 to 42 paragraphs."""
    rng = random.Random(seed)
    found = []
    for number, article in enumerate(articles):
        paragraphs = article["paragraphs"]
        size = len(paragraphs)
        parts = 1 if seed is None else max(1, round(size / rng.uniform(28, 42)))
        cuts = [0, *(round(size * (at + rng.uniform(-0.12, 0.12)) / parts) for at in range(1, parts)), size]
        for first, last in pairwise(cuts):
            window = paragraphs[first:last]
            asked = tuple((question, at) for at, paragraph in enumerate(window) for question in paragraph["questions"])
            found.append(
                Document(number, PlainIndex([("", str(part["text"])) for part in window], common_english()), asked)
            )
    return found


def examples(found: Sequence[Document], slips: int, seed: int, kept: int = KEPT) -> Iterator[Example]:
    """Ask every document its questions."""
    rng = random.Random(seed)
    for document in found:
        for question, gold in document.questions:
            look = document.index.look(mistype(question, slips, rng))
            if look is None:
                continue
            table = look.evidence.table
            rough = np.sum([_standard(table[COLUMN[name]]) for name in _ROUGH], axis=0)
            rough[gold] = np.inf
            best = np.sort(np.argsort(-rough)[:kept])
            yield Example(document.article, look.question.asked, table[:, best], int(np.searchsorted(best, gold)))


def _standard(row: NDArray[np.float32]) -> NDArray[np.float32]:
    return (row - row.mean()) / (row.std() + np.float32(1e-6))


def design(example: Example) -> NDArray[np.float32]:
    """Lay an example out for the linear fit: features, then what sentences hold once for each kind of question."""
    cues = np.zeros((len(Asked), CUES.stop - CUES.start, example.table.shape[1]), np.float32)
    cues[example.asked] = example.table[CUES]
    return np.concatenate((example.table, cues.reshape(-1, example.table.shape[1]))).T


def fit_ranking(found: Sequence[Example]) -> NDArray[np.float64]:
    """Fit the weights (a row a kind of question, a column a feature) by a listwise softmax with a ridge."""
    rows = np.concatenate([design(example) for example in found])
    sizes = np.array([example.table.shape[1] for example in found])
    starts = np.cumsum(sizes) - sizes
    gold = starts + np.array([example.gold for example in found])
    owner = np.repeat(np.arange(len(sizes)), sizes)
    spread = rows.std(axis=0) + np.float32(1e-6)
    rows = (rows - rows.mean(axis=0)) / spread

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights.astype(np.float32)
        top = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - top[owner])
        sums = np.add.reduceat(odds, starts)
        wrong = odds / sums[owner]
        wrong[gold] -= 1
        value = float((top + np.log(sums) - scores[gold]).mean()) + RIDGE * float(weights @ weights)
        return value, (rows.T @ wrong).astype(np.float64) / len(sizes) + 2 * RIDGE * weights

    best = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x / spread
    table = np.tile(best[: len(FEATURES)], (len(Asked), 1))
    table[:, CUES] += best[len(FEATURES) :].reshape(len(Asked), -1)
    return table


def sign_rows(
    found: Sequence[Document], weights: Floats, seed: int, slips: Sequence[int] = (0,)
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
    """List the signs of own questions and of as many questions of other articles: rows, own or not, articles."""
    rng = random.Random(seed)
    rows, own, articles = [], [], []
    for document in found:
        others = [question for other in found if other.article != document.article for question, _ in other.questions]
        mine = [question for question, _ in document.questions]
        for question, is_own in [*((q, True) for q in mine), *((q, False) for q in rng.sample(others, len(mine)))]:
            look = document.index.look(mistype(question, rng.choice(slips), rng))
            if look is None:
                continue
            scores = (weights[look.question.asked] @ look.evidence.table).astype(np.float32)
            rows.append(plain_confidence.signs(look.question, look.evidence, scores))
            own.append(is_own)
            articles.append(document.article)
    return np.array(rows), np.array(own), np.array(articles)


def fit_confidence(rows: Floats, own: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Fit a logistic regression: weights and intercept on the signs as they are."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    inputs = np.column_stack(((rows - middle) / spread, np.ones(len(rows))))
    sign = np.where(own, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        reach = sign * (inputs @ weights)
        slope = -sign / (1 + np.exp(np.clip(reach, -30, 30)))
        ridge = 1e-3 * np.append(weights[:-1], 0)
        return float(np.logaddexp(0, -reach).mean() + 0.5 * ridge @ weights), inputs.T @ slope / len(rows) + ridge

    best = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    scaled = best[:-1] / spread
    return scaled, float(best[-1] - scaled @ middle)


def balanced(rows: Floats, own: NDArray[np.bool_], fitted: tuple[Floats, float]) -> float:
    """Measure balanced accuracy at 0.5."""
    right = (rows @ fitted[0] + fitted[1] >= 0) == own
    return float(right[own].mean() + right[~own].mean()) / 2


def ranks(found: Sequence[Example], weights: Floats) -> NDArray[np.int64]:
    """Tell at which rank (from 0) each example's right passage comes."""
    places = []
    for example in found:
        scores = weights[example.asked] @ example.table
        better = int((scores > scores[example.gold]).sum()) + int(
            (scores[: example.gold] == scores[example.gold]).sum()
        )
        places.append(better)
    return np.array(places)


def cross_validate(articles: Sequence[dict[str, list[dict[str, list[str]]]]]) -> None:
    """Print figures of articles that took no part in the fit."""
    whole, windows, others = documents(articles, None), documents(articles, 1), documents(articles, 2)
    train = [*examples(windows, 0, 1), *examples(windows, 1, 2), *examples(whole, 0, 3)]
    judged = {
        f"{name}, {slips} slips": list(examples(found, slips, 7, kept=10_000))
        for name, found in (("whole articles", whole), ("windows", others))
        for slips in (0, 1, 2)
    }
    places: dict[str, list[int]] = {name: [] for name in judged}
    accuracy: dict[str, list[float]] = {"windows, clean": [], "windows, 2 slips": [], "whole articles, clean": []}
    for fold in range(FOLDS):
        held = {number for number in range(len(articles)) if number % FOLDS == fold}
        weights = fit_ranking([example for example in train if example.article not in held])
        for name, found in judged.items():
            places[name] += ranks([example for example in found if example.article in held], weights).tolist()
        kept = [document for document in windows if document.article not in held]
        rows, own, _ = sign_rows(kept, weights, 5, (0, 0, 0, 1))
        fitted = fit_confidence(rows, own)
        for name, found, slips in (
            ("windows, clean", others, 0),
            ("windows, 2 slips", others, 2),
            ("whole articles, clean", whole, 0),
        ):
            test, mine, owner = sign_rows(found, weights, 6, (slips,))
            chosen = np.isin(owner, list(held))
            accuracy[name].append(balanced(test[chosen], mine[chosen], fitted))
    for name, found_places in places.items():
        at = np.array(found_places)
        print(f"{name:28} hit@1 {100 * (at == 0).mean():5.2f}  hit@3 {100 * (at < 3).mean():5.2f}  ({len(at)})")
    for name, values in accuracy.items():
        print(f"{name:28} balanced accuracy {100 * np.mean(values):5.2f}")


def write(articles: Sequence[dict[str, list[dict[str, list[str]]]]]) -> None:
    """Refit on all articles and write the module of numbers."""
    whole, windows, others = documents(articles, None), documents(articles, 1), documents(articles, 2)
    train = [*examples(windows, 0, 1), *examples(windows, 1, 2), *examples(whole, 0, 3)]
    weights = fit_ranking([*train, *examples(others, 0, 4), *examples(others, 2, 5)])
    shared = weights.mean(axis=0)
    rows, own, _ = sign_rows([*windows, *others], weights, 5, (0, 0, 0, 1))
    fitted, intercept = fit_confidence(rows, own)
    lines = [
        HEADER,
        *_mapping("RANKING", FEATURES, shared.tolist()),
        "CUES: dict[str, tuple[float, ...]] = {",
        *(  # a kind a line
            f'    "{kind.name}": ({", ".join(f"{value:.5g}" for value in weights[kind, CUES] - shared[CUES])}),'
            for kind in Asked
        ),
        "}",
        *_mapping("CONFIDENCE", plain_confidence.SIGNS, fitted.tolist()),
        f"INTERCEPT = {intercept:.5g}",
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _mapping(name: str, keys: Sequence[str], values: Sequence[float]) -> list[str]:
    return [
        f"{name}: dict[str, float] = {{",
        *(f'    "{key}": {value:.5g},' for key, value in zip(keys, values, strict=True)),
        "}",
    ]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--write", action="store_true", help="refit on all articles and write the numbers")
    options = parser.parse_args()
    (write if options.write else cross_validate)(json.loads(options.articles.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
