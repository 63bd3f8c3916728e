"""Packed lists: many short strings or lists of numbers held as one, since each alone costs more than what it holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

_AFTER_ALL = "\U0010ffff"  # stands in no word, and sorts behind every letter


class Strings(Sequence[str]):
    """A list of strings that never changes, end to end in one."""

    __slots__ = ("_all", "_bounds")

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the strings in their order."""
        found = list(texts)
        self._all = "".join(found)
        self._bounds = _bounds(found)

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return self.take(np.arange(*at.indices(len(self)), dtype=np.int64))
        at = range(len(self))[at]
        return self._all[self._bounds[at] : self._bounds[at + 1]]

    def __iter__(self) -> Iterator[str]:
        return iter(self[:])

    def take(self, numbers: Ids) -> list[str]:
        """List the strings of some numbers, for a small part of what taking one after the other costs."""
        text = self._all
        starts, ends = self._bounds[numbers].tolist(), self._bounds[1:][numbers].tolist()
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]

    def beginning(self, prefix: str) -> tuple[int, int]:
        """Find the strings that begin so, where all stand in order: the first, and the one after the last."""
        first = bisect_left(self, prefix)
        return first, bisect_left(self, prefix + _AFTER_ALL, lo=first)


class Runs:
    """Lists of whole numbers from 0 that never change, end to end in the smallest type that holds them."""

    __slots__ = ("_all", "_bounds")

    def __init__(self, lists: Collection[Collection[int]]) -> None:
        """Take the lists in their order."""
        together = np.fromiter(chain.from_iterable(lists), np.int64)
        self._all = together.astype(np.min_scalar_type(int(together.max(initial=0))))
        self._bounds = _bounds(lists)

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, at: int) -> Ids:
        return self.between(at, at + 1)

    def between(self, first: int, last: int) -> Ids:
        """Give some lists that stand one behind the other as one, without the last; as int64, numpy's fastest index."""
        return self._all[self._bounds[first] : self._bounds[last]].astype(np.int64)

    def take(self, numbers: Sequence[int]) -> tuple[Ids, list[int]]:
        """Give some lists as one, in the order of their numbers, and how long each is."""
        bounds = self._bounds
        parts = [self._all[bounds[number] : bounds[number + 1]] for number in numbers]
        return np.concatenate(parts, dtype=np.int64), [len(part) for part in parts]


class Finder:
    """Finds where a text stands in a list: by checksums in order, a small part of the size of a dictionary."""

    __slots__ = ("_sums", "_where")

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts in their order."""
        sums = np.fromiter(map(_sum, texts), np.uint32)
        where = np.argsort(sums, kind="stable")
        self._where = where.astype(np.min_scalar_type(len(where)))
        self._sums = sums[where]

    def candidates(self, text: str) -> Iterator[int]:
        """Yield where the text may stand, in order; another text may have the same checksum."""
        wanted = _sum(text)
        sums = self._sums.data  # a memoryview gives Python's own numbers, which bisect compares fastest
        at = bisect_left(sums, wanted)
        while at < len(sums) and sums[at] == wanted:
            yield int(self._where[at])
            at += 1


def _bounds(parts: Collection[Collection[object]]) -> NDArray[np.unsignedinteger]:
    """Give where each part begins in all of them together, and where the last one ends."""
    ends = np.cumsum([0, *map(len, parts)])
    return ends.astype(np.min_scalar_type(int(ends[-1])))


def _sum(text: str) -> int:
    return crc32(text.encode(errors="replace"))
