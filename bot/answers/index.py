"""The index: which units of which targets hold a term, as numpy postings; sub-linear in the number of passages.

A query is matched against units by the rarity-weighted share of words that both have. A word may also be matched by
words that are near it (glossary, prefix), at a discount; what is near a word, and where it occurs, is merged once and
remembered.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answers.analysis import Analyzer, Term
from bot.answers.packed import Ids, Strings
from bot.answers.postings import Postings, merge, nowhere
from bot.answers.targets import Target
from bot.answers.terms import PREFIX_LETTERS, Terms
from bot.answers.units import Floats, Units, gather
from bot.brief.pack import Figure
from bot.words.english import English
from bot.words.spelling import Speller
from bot.words.stems import stem
from bot.words.stopwords import ASKING, FRAME, FUNCTION
from bot.words.text import fold

# What a near word is worth, and how much a common English word is discounted; chosen by cross-validation on the
# golden questions, flat within about 0.1 of these.
SYNONYM = 0.6
PART = 0.7
PREFIX = 0.4
COMMON = 0.3
REMEMBERED = 4_000  # words whose postings, and words whose repairs, are kept at hand: up to 2 MB for a brief
_RARE = math.log1p(8_000)  # the rank from which an English word counts as rare


@dataclass(frozen=True, slots=True)
class Cell:
    """Which row and column a cell of a figure is; columns by their terms, ``alone`` when its row has no other."""

    figure: str
    row: str
    column: str
    columns: frozenset[str]
    alone: bool


class Index:
    """Postings over the units of a list of targets."""

    def __init__(self, targets: Sequence[Target], analyzer: Analyzer, english: English) -> None:
        """Index the targets; their order is kept and is what ids count."""
        self.targets = tuple(targets)
        self.analyzer = analyzer
        self.english = english
        units = gather(self.targets, analyzer)
        self.owners = np.array(units.owners, np.int64)
        self.questions, self.titles, self.bodies, self.keywords = units.blocks
        self._first_questions = dict(zip(self.questions.targets.tolist(), self.questions.starts.tolist(), strict=True))
        asked = self.questions.end  # only curated questions are compared by their wording
        self.wordings = Strings(f" {wording} " for wording in units.wordings[:asked])
        self.sorted_wordings = Strings(" ".join(sorted(wording.split())) for wording in units.wordings[:asked])
        self.lines = Strings(
            f"|{'|'.join([key for key, weight in terms if weight >= 0.3])}|" for terms in units.terms[:asked]
        )
        self._ranks = self._stem_ranks(units)
        self.terms = Terms(units, self.owners, max(1, len(self.targets)), self._commonness)
        # Terms know how rare they are; what is looked up from here on are words that stand nowhere.
        self._ranks = {key: rank for key, rank in self._ranks.items() if key not in self.terms}
        self.max_rarity = self.terms.rarest
        rarity = {key: self.terms.rarity(number) for number, key in enumerate(self.terms.keys)}
        masses = [max(1e-3, sum([weight * rarity[key] for key, weight in terms])) for terms in units.terms]
        self.scales: Floats = np.array(masses, np.float32) ** np.float32(-0.5)  # of a unit: one by the root of its mass
        self._sort_targets()
        self._learn_spelling(units)
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

    def _stem_ranks(self, units: Units) -> dict[str, int]:
        """Tell how common stems are: as common as the commonest of their words."""
        ranks: dict[str, int] = {}
        for word in units.surfaces:
            rank = self.english.rank(word)
            if rank is not None:
                reduced = stem(word)
                ranks[reduced] = min(rank, ranks.get(reduced, rank))
        return ranks

    def _learn_spelling(self, units: Units) -> None:
        """Learn the words by which spelling is repaired, and how often each occurs."""
        known = dict.fromkeys(self.analyzer.surfaces, 1) | units.surfaces
        known |= {word: known.get(word, 0) + 50 for word in FUNCTION | ASKING | FRAME if len(word) > 1}
        # Interned, a word and a term that read the same are one string, on the shelf too.
        self.speller = Speller({sys.intern(word): count for word, count in known.items()})
        self.short_words = {"".join(sorted(word)): word for word in sorted(FUNCTION | ASKING) if len(word) == 3}

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
        self._answering = np.array([not untreated[ids].all() for ids in self.terms.all_targets()], bool)

    def _commonness(self, key: str) -> float:
        """Discount a word that is common in English anyway: 0.3 for the commonest, 1 for a rare one or a name."""
        rank = None if key[0] in "@~" else self._ranks.get(key, self.english.rank(key))
        return 1.0 if rank is None else COMMON + (1 - COMMON) * min(1.0, math.log1p(rank) / _RARE)

    @property
    def texts(self) -> list[str]:
        """List the curated questions as they are written, by unit."""
        return [question for target in self.targets for question, _ in target.questions]

    def asked(self, unit: int) -> tuple[str, str]:
        """Give a curated question as it is written, and its direct answer."""
        owner = int(self.owners[unit])
        return self.targets[owner].question(unit - self._first_questions[owner])

    def mass(self, term: Term) -> float:
        """Weigh a term: its class times its rarity; one that is nowhere is as rare as can be."""
        return term.weight * self.postings(term.key).rarity

    def postings(self, key: str) -> Postings:
        """Find where a term or a near one occurs, each unit and target once with its best weight."""
        found = self._merged.get(key)
        if found is None:
            if len(self._merged) >= REMEMBERED:
                self._merged.clear()
            found = self._merged[key] = self._merge(key)
        return found

    def _merge(self, key: str) -> Postings:
        number = self.terms.number(key)
        rarity = self.max_rarity * self._commonness(key) if number is None else self.terms.rarity(number)
        near = self.near(key)
        if not near:
            return nowhere(rarity)
        answering = number is not None and bool(self._answering[number])
        return merge(near, rarity, self.terms, direct=number is not None, answering=answering)

    def near(self, key: str) -> dict[str, float]:
        """List the index's terms that may stand for a term, with what each is worth (1: the term itself)."""
        near: dict[str, float] = {}

        def offer(term: str, worth: float) -> None:
            if term in self.terms and worth > near.get(term, 0.0):
                near[term] = worth

        offer(key, 1.0)
        for member in self.analyzer.kin.get(key, ()):
            offer(member, SYNONYM)
        for part in self.analyzer.parts.get(key, ()):
            offer(part, PART)
        for name in self._near_parts.get(key, ()):
            offer(name, PART)
        for other in self.terms.alike(key):
            shared = _shared_prefix(key, other)
            if shared >= PREFIX_LETTERS and shared / max(len(key), len(other)) >= 0.6:
                offer(other, PREFIX)
        return near


def _cell(target: Target) -> Cell:
    figure, row, column = target.id.split("/")
    if not isinstance(target.entry, Figure):
        return Cell(figure, row, column, frozenset(), alone=True)
    columns = {one.id: f"@{fold(one.label)}" for one in target.entry.columns}
    values = next(one.values for one in target.entry.rows if one.id == row)
    alone = sum(value is not None for value in values.values()) == 1
    return Cell(figure, row, columns[column], frozenset(columns.values()), alone)


def _shared_prefix(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length
