"""Terms: the keys that an index holds, numbered in order, and where and how often each occurs."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from bot.answers.packed import Ids, Runs
from bot.answers.units import Floats, Units

LENGTH_SHARE = 0.5
PREFIX_LETTERS = 5


class Terms:
    """The terms of some units, by key and by number."""

    def __init__(self, units: Units, owners: Ids, targets: int, commonness: Callable[[str], float]) -> None:
        """Give each term a number; ``commonness`` tells by how much to discount a key's rarity."""
        in_units: dict[str, list[int]] = defaultdict(list)
        in_targets: dict[str, dict[int, int]] = defaultdict(dict)
        for unit, terms in enumerate(units.terms):
            owner = units.owners[unit]
            for key in {term.key for term in terms}:
                in_units[key].append(unit)
                counts = in_targets[key]
                counts[owner] = counts.get(owner, 0) + 1
        self.keys = sorted(map(sys.intern, in_units))
        self._numbers = {key: number for number, key in enumerate(self.keys)}
        self._units = Runs([in_units[key] for key in self.keys])
        self._targets = Runs([in_targets[key] for key in self.keys])
        self._counts = Runs([in_targets[key].values() for key in self.keys])
        self.unit_count, self.target_count = len(owners), targets
        self.rarest = self._rarity(0)
        self._rarities = np.array([self._rarity(len(in_targets[key])) * commonness(key) for key in self.keys])
        lengths = np.zeros(targets, np.float32)
        for number in range(len(self.keys)):
            lengths[self._targets[number]] += self._counts[number]
        average = max(1e-6, float(lengths.mean()))
        self.norms: Floats = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / average
        self.sizes: Floats = np.bincount(owners, minlength=targets).astype(np.float32)

    def _rarity(self, holding: int) -> float:
        return math.log(1 + (self.target_count - holding + 0.5) / (holding + 0.5))

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    def number(self, key: str) -> int | None:
        """Give a term's number, or None for one that is nowhere."""
        return self._numbers.get(key)

    def rarity(self, number: int) -> float:
        """Tell how rare a term is."""
        return float(self._rarities[number])

    def units(self, numbers: Sequence[int]) -> tuple[Ids, list[int]]:
        """List the units that hold each of some terms, ascending, end to end, and how many hold each."""
        return self._units.take(numbers)

    def targets(self, numbers: Sequence[int]) -> tuple[Ids, Floats, list[int]]:
        """List the targets that hold each of some terms, how many units of each target do, and how many targets."""
        targets, lengths = self._targets.take(numbers)
        return targets, self._counts.take(numbers)[0].astype(np.float32), lengths

    def all_targets(self) -> Iterator[Ids]:
        """Yield the targets that hold each term, by number."""
        return map(self._targets.__getitem__, range(len(self.keys)))

    def alike(self, key: str) -> Iterator[str]:
        """Yield the words that begin with the same letters."""
        prefix = key[:PREFIX_LETTERS]
        if len(prefix) == PREFIX_LETTERS and prefix[0] not in "@~":
            at = bisect_left(self.keys, prefix)
            while at < len(self.keys) and self.keys[at].startswith(prefix):
                yield self.keys[at]
                at += 1
