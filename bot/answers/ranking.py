"""Ranking: several weak views of how well a target answers a query, weighed together.

Two thirds of the views look at a target's curated questions (its best ones, how many are near, how they are worded),
the rest at its sentences and at all its words. ``bot.answers.fitting`` fits the weights on labelled questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz.fuzz import ratio

from bot.answers.index import Index
from bot.answers.packed import Ids
from bot.answers.query import Query
from bot.answers.units import Floats

FEATURES = (
    "question", "place", "title", "keywords", "body", "coverage", "affinity", "fuzzy", "bigrams",
    "neighbours", "amount", "untreated",
)  # fmt: skip
NEAR = 0.4  # of the nearest question's likeness: from there on a question counts as near
COUNTED = 256  # of the near questions, the nearest
COMPARED = 28  # curated questions whose whole wording is compared
CROWD = 4_000  # targets: of more than that only the likeliest are looked at
CLOSE = 512  # of them, by the share of the question's words that they hold
NOT_SEEN = -1e9  # score of a target that was not looked at
LINKED = 0.3  # class weight from which a term may be a neighbour of another
SHARPNESS = 12.0  # of the kernel that counts how many questions are near; fitted by hand between 6 and 20


@dataclass(frozen=True, slots=True)
class Views:
    """The views of every target: ``features`` (targets, len(FEATURES)), and what the query's words came to.

    ``best`` is each target's best question as a unit, -1 where none is near; ``held`` the share of the query's mass
    that a target holds; ``missing`` the content words that no unit holds.
    """

    features: Floats
    best: Ids
    held: Floats
    mass: float
    missing: tuple[str, ...]
    ids: Ids | None = None  # the targets that were looked at, ascending; None: all of them

    def view(self, name: str) -> Floats:
        """Give one view of all targets."""
        column: Floats = self.features[:, FEATURES.index(name)]
        return column if self.ids is None else self._everywhere(column, 0.0)

    def row(self, target: int) -> Floats:
        """Give all views of one target that was looked at."""
        row: Floats = self.features[target if self.ids is None else int(np.searchsorted(self.ids, target))]
        return row

    def scores(self, weights: tuple[float, ...]) -> Floats:
        """Weigh the views to one score a target."""
        scores: Floats = self.features @ np.array(weights, np.float32)
        return scores if self.ids is None else self._everywhere(scores, NOT_SEEN)

    def _everywhere(self, values: Floats, default: float) -> Floats:
        found = np.full(len(self.held), default, np.float32)
        found[self.ids] = values
        return found


@dataclass(slots=True)
class _Hits:
    """Sums over the query's terms: by unit, and two by target."""

    units: Floats
    covered: Floats
    affinity: Floats
    mass: float = 0.0
    missing: tuple[str, ...] = ()


def look(query: Query, index: Index) -> Views:
    """Look at every target of the index from every side."""
    hits = _match(query, index)
    if len(index.targets) > CROWD:
        return _look_closely(query, hits, index)
    table = np.zeros((len(FEATURES), len(index.targets)), np.float32)
    column = dict(zip(FEATURES, table, strict=True))
    mass = np.float32(hits.mass)
    # The cosine of two bags of words, but for words that only stand near: shared / sqrt(query's mass * unit's mass).
    likeness: Floats = hits.units * index.scales
    likeness *= np.float32(hits.mass**-0.5)
    questions = likeness[: index.questions.end]
    leading = _leading(questions)
    best = _questions(questions, leading, index, column)
    index.titles.most(likeness[index.titles.start : index.titles.end], column["title"])
    bodies = slice(index.bodies.start, index.bodies.end)
    both = np.float32(0.7) / mass * hits.units[bodies] + np.float32(0.3) * likeness[bodies]
    index.bodies.most(both, column["body"])
    index.keywords.most(hits.units[index.keywords.start :] / mass, column["keywords"])
    np.minimum(hits.covered / mass, 1, out=column["coverage"])
    column["affinity"][:] = hits.affinity / 10
    column["untreated"][:] = index.untreated
    if query.asks_amount:
        column["amount"][:] = index.cells
    elif query.asks_other:
        column["amount"][:] = -index.cells
    _compare(query, leading, index.owners[leading], index, column)
    return Views(table.T, best, hits.covered / mass, hits.mass, hits.missing)


def _look_closely(query: Query, hits: _Hits, index: Index) -> Views:
    """Look only at targets that hold most of the question's words or own a near question, and at untreated subjects."""
    mass, norm = np.float32(hits.mass), np.float32(hits.mass**-0.5)
    end = index.questions.end
    questions: Floats = hits.units[:end] * index.scales[:end]
    questions *= norm
    leading = _leading(questions)
    owners, near = index.owners[leading], questions[leading]
    held = hits.covered / mass
    likely = np.flatnonzero(held > held.max() / 2)
    likely = likely[np.argsort(-held[likely], kind="stable")[:CLOSE]]
    ids: Ids = np.unique(np.concatenate((likely, owners, index.untreated_ids)))
    table = np.zeros((len(FEATURES), len(ids)), np.float32)
    column = dict(zip(FEATURES, table, strict=True))
    blocks = (("title", index.titles, 0), ("body", index.bodies, 0.7), ("keywords", index.keywords, 1))
    for name, block, share in blocks:
        units, begins, which = block.of(ids)
        if len(units):
            worth = np.float32(share) / mass + np.float32(1 - share) * norm * index.scales[units]
            column[name][which] = np.maximum.reduceat(worth * hits.units[units], begins)
    best = np.full(len(index.targets), -1, np.int64)
    best[owners[::-1]] = leading[::-1]
    local = np.searchsorted(ids, owners)
    column["question"][local[::-1]] = near[::-1]
    kernel = np.expm1(np.float32(SHARPNESS) * near)
    by_place = np.bincount(index.place_of[owners], weights=kernel, minlength=index.place_count)
    column["place"][:] = np.log1p(by_place[index.place_of[ids]]) / SHARPNESS
    np.minimum(held[ids], 1, out=column["coverage"])
    column["affinity"][:] = hits.affinity[ids] / 10
    column["untreated"][:] = index.untreated[ids]
    if query.asks_amount:
        column["amount"][:] = index.cells[ids]
    elif query.asks_other:
        column["amount"][:] = -index.cells[ids]
    _compare(query, leading, local, index, column)
    return Views(table.T, best, held, hits.mass, hits.missing, ids)


def _match(query: Query, index: Index) -> _Hits:
    count = len(index.targets)
    hits = _Hits(
        np.zeros(len(index.owners), np.float32),
        np.zeros(count, np.float32),
        np.zeros(count, np.float32),
    )
    light = len(query.content) > 1
    missing: list[str] = []
    for term in {term.key: term for term in query.terms}.values():  # a word that is said twice asks no more
        if light and term.weight < 0.1:
            continue
        postings = index.postings(term.key)
        weight = np.float32(term.weight * query.doubts.get(term.surface, 1.0))
        mass = weight * np.float32(postings.rarity)
        if not term.phrase:
            hits.mass += float(mass)
        if not postings.direct and term.weight >= 1 and not term.phrase:
            missing.append(term.surface)
        if len(postings.targets):
            if postings.dense is None:
                hits.units[postings.units] += mass * postings.unit_weights
            else:
                hits.units += mass * postings.dense
            hits.covered[postings.targets] += mass * postings.target_weights
            hits.affinity[postings.targets] += weight * postings.target_affinity
    hits.mass = max(hits.mass, 1e-3)
    hits.missing = tuple(missing)
    return hits


def _questions(questions: Floats, leading: Ids, index: Index, column: dict[str, Floats]) -> Ids:
    """Fill the views over curated questions: the nearest of each target, and how many are near of each place."""
    best = np.full(len(index.targets), -1, np.int64)
    owners, likeness = index.owners[leading], np.minimum(questions[leading], 1)
    kernel = np.expm1(np.float32(SHARPNESS) * likeness)
    by_place = np.bincount(index.place_of[owners], weights=kernel, minlength=index.place_count)
    column["place"][:] = np.log1p(by_place)[index.place_of] / SHARPNESS
    backwards = slice(None, None, -1)  # so that the nearest, which stands first, is written last
    best[owners[backwards]] = leading[backwards]
    column["question"][owners[backwards]] = likeness[backwards]
    return best


def _leading(questions: Floats) -> Ids:
    """Find the nearest curated questions, the nearest first; what is not half as near as the nearest does not count."""
    if not len(questions):
        return np.zeros(0, np.int64)
    found = (questions >= max(float(questions.max()) * NEAR, 1e-6)).nonzero()[0]
    result: Ids = found[(-questions[found]).argsort(kind="stable")[:COUNTED]]
    return result


def _compare(query: Query, leading: Ids, owners: Ids, index: Index, column: dict[str, Floats]) -> None:
    """Compare the wording with the nearest curated questions: by RapidFuzz, by pairs of words, by pairs of terms."""
    typed = " ".join(sorted(query.typed))
    pairs = [f" {left} {right} " for left, right in pairwise(query.typed)]
    keys = [term.key for term in query.terms if term.weight >= LINKED]
    links = [(f"|{left}|{right}|", f"|{right}|{left}|") for left, right in pairwise(keys) if left != right]
    nearest, targets = leading[:COMPARED], owners[:COMPARED].tolist()
    _most(column["fuzzy"], targets, [ratio(typed, one) for one in index.sorted_wordings.take(nearest)], 100)
    if pairs:
        common: list[int] = []
        for wording in index.wordings.take(nearest):
            count = 0
            for pair in pairs:
                if pair in wording:
                    count += 1
            common.append(count)
        _most(column["bigrams"], targets, common, len(pairs))
    if links:
        shared: list[int] = []
        for line in index.lines.take(nearest):
            count = 0
            for one, other in links:
                if one in line or other in line:
                    count += 1
            shared.append(count)
        _most(column["neighbours"], targets, shared, len(links))


def _most(column: Floats, targets: list[int], counts: Sequence[float], whole: int) -> None:
    """Write each target's greatest count as a share of the whole."""
    best: dict[int, float] = {}
    for target, count in zip(targets, counts, strict=True):
        if count > best.get(target, 0):
            best[target] = count
    for target, count in best.items():
        column[target] = count / whole
