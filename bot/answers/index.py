"""The index: which units of which targets hold a term, as numpy postings; sub-linear in the number of passages.

A query is matched against units by the rarity-weighted share of words that both have. A word may also be matched by
words that are near it (glossary, prefix), at a discount; what is near a word, and where it occurs, is merged once and
remembered.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers.analysis import Analyzer, Term
from bot.answers.targets import Target
from bot.answers.units import Floats, Ids, Units, gather
from bot.brief.pack import Figure
from bot.words.english import English
from bot.words.spelling import Speller
from bot.words.stems import stem
from bot.words.stopwords import ASKING, FRAME, FUNCTION
from bot.words.text import fold

Ints = NDArray[np.int32]

# What a near word is worth, and how much a common English word is discounted; chosen by cross-validation on the
# golden questions, flat within about 0.1 of these.
SYNONYM = 0.6
PART = 0.7
PREFIX = 0.4
COMMON = 0.3
SATURATION = 1.2
LENGTH_SHARE = 0.5
SMOOTHING = 5.0
REMEMBERED = 20_000
SPARSE = 200  # one unit in so many: below that, postings are merged one by one
DENSE = 8  # one unit in so many: from there on postings are kept dense, too
_RARE = math.log1p(8_000)  # the rank from which an English word counts as rare


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a word and its neighbours occur: ids (ascending) and how well (0 to 1).

    ``target_weights`` are saturated as BM25 does, at most 1; ``target_affinity`` tells how much more often than
    elsewhere.
    """

    units: Ids
    unit_weights: Floats
    targets: Ids
    target_weights: Floats
    target_affinity: Floats
    direct: bool  # some unit holds the very term
    dense: Floats | None = None  # the weights of all units, where so many hold it that a plain sum is faster


@dataclass(frozen=True, slots=True)
class Cell:
    """Which row and column a cell of a figure is; columns by their terms, ``alone`` when its row has no other."""

    figure: str
    row: str
    column: str
    columns: frozenset[str]
    alone: bool


_NO_IDS, _NO_FLOATS = np.zeros(0, np.int64), np.zeros(0, np.float32)
_NOWHERE = Postings(_NO_IDS, _NO_FLOATS, _NO_IDS, _NO_FLOATS, _NO_FLOATS, direct=False)


class Index:
    """Postings over the units of a list of targets."""

    def __init__(self, targets: Sequence[Target], analyzer: Analyzer, english: English) -> None:
        """Index the targets; their order is kept and is what ids count."""
        self.targets = tuple(targets)
        self.analyzer = analyzer
        self.english = english
        units = gather(self.targets, analyzer)
        asked = units.blocks[0].end  # only curated questions are shown and compared by their wording
        self.texts, self.answers = units.texts[:asked], units.answers[:asked]
        self.wordings = [f" {wording} " for wording in units.wordings[:asked]]
        self.sorted_wordings = [" ".join(sorted(wording.split())) for wording in units.wordings[:asked]]
        self.lines = [f"|{'|'.join([key for key, weight in terms if weight >= 0.3])}|" for terms in units.terms[:asked]]
        self.owners = np.array(units.owners, np.int64)
        self.questions, self.titles, self.bodies, self.keywords = units.blocks
        self._post(units)
        self._weigh(units)
        self._sort_targets()
        self._near_parts: dict[str, list[str]] = defaultdict(list)
        for name, parts in analyzer.parts.items():
            for part in parts:
                self._near_parts[part].append(name)
        self._forget()

    def _forget(self) -> None:
        self._merged: dict[str, Postings] = {}
        self.repairs: dict[str, tuple[tuple[str, ...], float] | None] = {}

    def __getstate__(self) -> dict[str, object]:
        """Leave out what is shared between indexes (the English list) and what is only remembered."""
        return {name: value for name, value in self.__dict__.items() if name not in {"english", "_merged", "repairs"}}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Take the state; whoever loads an index gives it its English list."""
        self.__dict__.update(state)
        self._forget()

    def _post(self, units: Units) -> None:
        """Build the raw postings, and the words by which spelling is repaired."""
        by_unit: dict[str, list[int]] = defaultdict(list)
        by_target: dict[str, dict[int, int]] = defaultdict(dict)
        for unit, terms in enumerate(units.terms):
            owner = units.owners[unit]
            for key in {term.key for term in terms}:
                by_unit[key].append(unit)
                counts = by_target[key]
                counts[owner] = counts.get(owner, 0) + 1
        self._units = {key: np.array(found, np.int32) for key, found in by_unit.items()}
        self._counts = {
            key: (np.fromiter(found, np.int32, len(found)), np.fromiter(found.values(), np.float32, len(found)))
            for key, found in by_target.items()
        }
        self._ranks: dict[str, int] = {}
        for word in units.surfaces:
            rank = self.english.rank(word)
            if rank is not None:
                reduced = stem(word)
                self._ranks[reduced] = min(rank, self._ranks.get(reduced, rank))
        known = dict.fromkeys(self.analyzer.surfaces, 1.0) | {word: float(n) for word, n in units.surfaces.items()}
        known |= {word: known.get(word, 0.0) + 50 for word in FUNCTION | ASKING | FRAME if len(word) > 1}
        self.speller = Speller(known)
        self.short_words = {"".join(sorted(word)): word for word in sorted(FUNCTION | ASKING) if len(word) == 3}

    def _weigh(self, units: Units) -> None:
        """Fix every term's rarity and every unit's scale, one by the root of its mass."""
        total = max(1, len(self.targets))
        self.max_rarity = math.log(1 + (total + 0.5) / 0.5)
        self.rarity = {
            key: math.log(1 + (total - len(ids) + 0.5) / (len(ids) + 0.5)) * self.commonness(key)
            for key, (ids, _) in self._counts.items()
        }
        rarity = self.rarity
        masses = [max(1e-3, sum([weight * rarity[key] for key, weight in terms])) for terms in units.terms]
        self.scales: Floats = np.array(masses, np.float32) ** np.float32(-0.5)
        lengths = np.zeros(total, np.float32)
        for ids, counts in self._counts.values():
            lengths[ids] += counts
        self._norms = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(1e-6, float(lengths.mean()))
        self._sizes = np.bincount(self.owners, minlength=total).astype(np.float32)
        self._by_prefix: dict[str, list[str]] = defaultdict(list)
        for key in self._counts:
            if key[0] not in "@~" and len(key) >= 5:
                self._by_prefix[key[:5]].append(key)

    def _sort_targets(self) -> None:
        """Sort the targets by what they are (answers, cells, untreated subjects) and by place."""
        untreated = np.array([target.untreated is not None for target in self.targets], bool)
        self.untreated = untreated.astype(np.float32)
        self.untreated_ids: Ids = np.flatnonzero(untreated)
        self.answer_ids: Ids = np.flatnonzero(~untreated)
        self.cells = np.array([target.value is not None for target in self.targets], np.float32)
        self.cell_ids: Ids = np.flatnonzero(self.cells)
        self.cell_facts = {number: _cell(self.targets[number]) for number in self.cell_ids.tolist()}
        self.whole_figures = {
            target.id: number
            for number, target in enumerate(self.targets)
            if target.kind == "figure" and target.value is None
        }
        places: dict[object, int] = {}
        self.place_of: Ids = np.array(
            [
                places.setdefault(target.id if target.untreated else target.place, len(places))
                for target in self.targets
            ],
            np.int64,
        )
        self.place_count = len(places)
        self.answering = {key for key, (ids, _) in self._counts.items() if not untreated[ids].all()}

    def commonness(self, key: str) -> float:
        """Discount a word that is common in English anyway: 0.3 for the commonest, 1 for a rare one or a name."""
        rank = None if key[0] in "@~" else self._ranks.get(key, self.english.rank(key))
        return 1.0 if rank is None else COMMON + (1 - COMMON) * min(1.0, math.log1p(rank) / _RARE)

    def rarity_of(self, key: str) -> float:
        """Tell how rare a term is; one that is nowhere is as rare as can be."""
        found = self.rarity.get(key)
        return self.max_rarity * self.commonness(key) if found is None else found

    def mass(self, term: Term) -> float:
        """Weigh a term: its class times its rarity."""
        return term.weight * self.rarity_of(term.key)

    def postings(self, key: str) -> Postings:
        """Find where a term or a near one occurs, each unit and target once with its best weight."""
        found = self._merged.get(key)
        if found is None:
            if len(self._merged) >= REMEMBERED:
                self._merged.clear()
            found = self._merged[key] = self._merge(key)
        return found

    def near(self, key: str) -> dict[str, float]:
        """List the index's terms that may stand for a term, with what each is worth (1: the term itself)."""
        near: dict[str, float] = {}

        def offer(term: str, worth: float) -> None:
            if term in self._counts and worth > near.get(term, 0.0):
                near[term] = worth

        offer(key, 1.0)
        for member in self.analyzer.kin.get(key, ()):
            offer(member, SYNONYM)
        for part in self.analyzer.parts.get(key, ()):
            offer(part, PART)
        for name in self._near_parts.get(key, ()):
            offer(name, PART)
        if key[0] not in "@~":
            for other in self._by_prefix.get(key[:5], ()):
                shared = _shared_prefix(key, other)
                if shared >= 5 and shared / max(len(key), len(other)) >= 0.6:
                    offer(other, PREFIX)
        return near

    def _merge(self, key: str) -> Postings:
        near = self.near(key)
        if not near:
            return _NOWHERE
        rarity = self.rarity_of(key) or 1.0
        # The least worthy first, so that what is written last, where a unit holds several, is its best.
        worths = sorted((worth * min(1.0, self.rarity[term] / rarity), term) for term, worth in near.items())
        units, unit_weights = _best([(self._units[term], worth) for worth, term in worths], len(self.owners))
        saturated = np.zeros(len(self.targets), np.float32)
        soft = np.zeros(len(self.targets), np.float32)
        for worth, term in worths:
            ids, counts = self._counts[term]
            weights = worth * counts * (SATURATION + 1) / (counts + SATURATION * self._norms[ids])
            saturated[ids] = np.maximum(saturated[ids], weights)
            soft[ids] += worth * counts
        targets = np.flatnonzero(soft)
        sums = soft[targets]
        usual = float(sums.sum()) / len(self.owners)
        affinity = np.log((sums + SMOOTHING * usual) / (self._sizes[targets] + SMOOTHING) / usual)
        target_weights = np.minimum(saturated[targets], np.float32(1))
        dense = None
        if len(units) * DENSE > len(self.owners):
            dense = np.zeros(len(self.owners), np.float32)
            dense[units] = unit_weights
        return Postings(
            units,
            unit_weights,
            targets,
            target_weights,
            affinity.astype(np.float32),
            direct=key in self._counts,
            dense=dense,
        )


def _cell(target: Target) -> Cell:
    figure, row, column = target.id.split("/")
    if not isinstance(target.entry, Figure):
        return Cell(figure, row, column, frozenset(), alone=True)
    columns = {one.id: f"@{fold(one.label)}" for one in target.entry.columns}
    values = next(one.values for one in target.entry.rows if one.id == row)
    alone = sum(value is not None for value in values.values()) == 1
    return Cell(figure, row, columns[column], frozenset(columns.values()), alone)


def _best(found: list[tuple[Ints, float]], size: int) -> tuple[Ids, Floats]:
    """Merge lists of ids, worth more from list to list; an id in several keeps its last worth."""
    if len(found) == 1:
        ids, worth = found[0]
        return ids.astype(np.int64), np.full(len(ids), worth, np.float32)  # numpy indexes fastest by int64
    if sum(len(ids) for ids, _ in found) * SPARSE < size:
        merged = {number: worth for ids, worth in found for number in ids.tolist()}
        ordered = sorted(merged)
        return np.array(ordered, np.int64), np.array([merged[number] for number in ordered], np.float32)
    everywhere = np.zeros(size, np.float32)
    for ids, worth in found:
        everywhere[ids] = worth
    merged_ids = np.flatnonzero(everywhere)
    return merged_ids, everywhere[merged_ids]


def _shared_prefix(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length
