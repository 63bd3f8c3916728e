"""Postings: where a word of a question occurs, it or what is near it, each unit and target once with its best worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.answers.packed import Ids
from bot.answers.terms import Terms
from bot.answers.units import Floats

# Chosen by cross-validation on the golden questions, flat within about 0.1 of these.
SATURATION = 1.2
SMOOTHING = 5.0
SPARSE = 200  # one unit in so many: below that, postings are merged one by one
DENSE = 8  # one unit in so many: from there on the weights of all units are held, for a plain sum is faster


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a word and its neighbours occur: ids (ascending) and how well (0 to 1).

    ``rarity`` is the word's own. ``unit_weights`` is one weight where it is the same for all. ``target_weights`` are
    saturated as BM25 does, at most 1; ``target_affinity`` tells how much more often than elsewhere.
    """

    rarity: float
    units: Ids
    unit_weights: Floats | np.float32
    targets: Ids
    target_weights: Floats
    target_affinity: Floats
    direct: bool  # some unit holds the very term
    answering: bool  # some unit of what answers does, not only of subjects that are not treated
    dense: Floats | None = None  # instead of ``units`` and their weights: the weights of all units

    def weights_of(self, targets: Ids) -> list[float]:
        """Tell how well some targets hold the word, 0 where one does not."""
        if not len(self.targets):
            return [0.0] * len(targets)
        at = np.minimum(self.targets.searchsorted(targets), len(self.targets) - 1)
        weights: list[float] = np.where(self.targets[at] == targets, self.target_weights[at], 0).tolist()
        return weights

    def held_by(self, target: int) -> bool:
        """Say whether a target holds the word."""
        at = int(self.targets.searchsorted(target))
        return at < len(self.targets) and bool(self.targets[at] == target)


_NO_IDS, _NO_FLOATS = np.zeros(0, np.int64), np.zeros(0, np.float32)
_NOWHERE = (_NO_IDS, _NO_FLOATS, _NO_IDS, _NO_FLOATS, _NO_FLOATS)


def nowhere(rarity: float) -> Postings:
    """Say that a word is nowhere, and nothing near it either."""
    return Postings(rarity, *_NOWHERE, direct=False, answering=False)


def merge(near: Mapping[str, float], rarity: float, terms: Terms, *, direct: bool, answering: bool) -> Postings:
    """Merge the occurrences of near terms, each with what it is worth; ``rarity`` is that of the word asked for."""
    # The least worthy first, so that what is written last, where a unit holds several, is its best.
    ordered = sorted(
        (worth * min(1.0, terms.rarity(number) / (rarity or 1.0)), number)
        for term, worth in near.items()
        if (number := terms.number(term)) is not None
    )
    numbers = [number for _, number in ordered]
    worths = np.array([worth for worth, _ in ordered], np.float32)
    units, unit_weights = _best(*terms.units(numbers), worths, terms.unit_count)
    ids, counts, lengths = terms.targets(numbers)
    worth = worths.repeat(lengths)
    held = worth * counts
    saturated = np.zeros(terms.target_count, np.float32)
    soft = np.zeros(terms.target_count, np.float32)
    np.maximum.at(saturated, ids, held * (SATURATION + 1) / (counts + SATURATION * terms.norms[ids]))
    np.add.at(soft, ids, held)
    targets = soft.nonzero()[0]
    sums = soft[targets]
    usual = float(sums.sum()) / terms.unit_count
    affinity = np.log((sums + SMOOTHING * usual) / (terms.sizes[targets] + SMOOTHING) / usual)
    dense = None
    if len(units) * DENSE > terms.unit_count:
        dense = np.zeros(terms.unit_count, np.float32)
        dense[units] = unit_weights
        units, unit_weights = _NO_IDS, _NO_FLOATS
    weights = np.minimum(saturated[targets], np.float32(1))
    found = (units, unit_weights, targets, weights, affinity)
    return Postings(rarity, *found, direct=direct, answering=answering, dense=dense)


def _best(units: Ids, lengths: list[int], worths: Floats, size: int) -> tuple[Ids, Floats | np.float32]:
    """Merge lists of units, worth more from list to list; a unit in several keeps its last worth."""
    if len(lengths) == 1:
        return units, worths[0]
    worth = worths.repeat(lengths)
    if len(units) * SPARSE < size:
        merged = dict(zip(units.tolist(), worth.tolist(), strict=True))
        ordered = sorted(merged)
        return np.array(ordered, np.int64), np.array([merged[number] for number in ordered], np.float32)
    everywhere = np.zeros(size, np.float32)
    everywhere[units] = worth
    found = everywhere.nonzero()[0]
    return found, everywhere[found]
