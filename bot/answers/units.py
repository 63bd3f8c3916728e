"""Units: every text by which a target can be found, in blocks by role and within a block by target.

A unit is one curated question, title, sentence or list of keywords. Standing in blocks, a target's best unit of a role
is one ``reduceat`` over a slice, without copying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answers.analysis import Analyzer
from bot.answers.packed import Ids
from bot.answers.targets import Target
from bot.words.text import words

Floats = NDArray[np.float32]


class Role(IntEnum):
    """What a unit is to its target."""

    QUESTION = 0
    TITLE = 1
    BODY = 2
    KEYWORDS = 3


class Block(NamedTuple):
    """The units of one role: a slice of all units, and where each target's part begins in it."""

    start: int
    end: int
    starts: Ids
    targets: Ids

    def most(self, values: Floats, into: Floats) -> None:
        """Write each target's greatest value; ``values`` are the block's own."""
        if len(self.starts):
            into[self.targets] = np.maximum.reduceat(values, self.starts)

    def of(self, chosen: Ids) -> tuple[Ids, Ids, Ids]:
        """List the units of some targets (ascending), where each target's part begins in it, and which have any."""
        if not len(self.targets):
            return self.targets, self.targets, self.targets
        at = np.minimum(np.searchsorted(self.targets, chosen), len(self.targets) - 1)
        which = np.flatnonzero(self.targets[at] == chosen)
        starts = self.starts[at[which]]
        lengths = np.append(self.starts, self.end - self.start)[at[which] + 1] - starts
        begins = np.cumsum(lengths) - lengths
        units = np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum()))
        return units + self.start, begins, which


class UnitTerm(NamedTuple):
    """A term of a unit: its key and its class weight; phrases beside their words weigh nothing."""

    key: str
    weight: float


@dataclass(slots=True)
class Units:
    """All units of an index; lists run parallel."""

    wordings: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    terms: list[list[UnitTerm]] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    surfaces: dict[str, int] = field(default_factory=dict)
    term: Callable[[str, float], UnitTerm] = field(  # each once: a library holds millions
        default_factory=lambda: lru_cache(maxsize=131_072)(UnitTerm)
    )


def gather(targets: Sequence[Target], analyzer: Analyzer) -> Units:
    """Analyse every text of every target."""
    units = Units()
    blocks: list[Block] = []
    for role in Role:
        start = len(units.owners)
        starts: list[int] = []
        owners: list[int] = []
        for number, target in enumerate(targets):
            first = len(units.owners)
            for text in _texts(target, role):
                _add(units, analyzer, number, text)
            if len(units.owners) > first:
                starts.append(first - start)
                owners.append(number)
        blocks.append(Block(start, len(units.owners), np.array(starts, np.int64), np.array(owners, np.int64)))
    units.blocks = tuple(blocks)
    return units


def _add(units: Units, analyzer: Analyzer, owner: int, text: str) -> None:
    found = words(text)
    for word in found:
        units.surfaces[word] = units.surfaces.get(word, 0) + 1
    units.wordings.append(" ".join(found))
    units.owners.append(owner)
    units.terms.append([units.term(term.key, 0 if term.phrase else term.weight) for term in analyzer.of_words(found)])


def _texts(target: Target, role: Role) -> Iterator[str]:
    match role:
        case Role.QUESTION:
            yield from (question for question, _ in target.questions)
        case Role.TITLE:
            yield target.title
        case Role.BODY:
            yield from target.sentences
        case Role.KEYWORDS:
            if target.keywords:
                yield "; ".join(target.keywords)
