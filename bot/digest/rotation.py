"""Rotation: what a digest showed before, and what is due to be shown next, the least recently shown first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Named(Protocol):
    """Anything that a digest can show: it has an id, unique over the pack."""

    @property
    def id(self) -> str:
        """Give the id."""


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Shown:
    """An earlier digest: the ids of what it showed, and how long ago that was."""

    ids: tuple[str, ...]
    ago: dt.timedelta


@dataclass(frozen=True, slots=True)
class History:
    """The earlier digests of a schedule, or of a server, the oldest first."""

    digests: tuple[Shown, ...] = ()

    def latest(self, entry_id: str) -> Shown | None:
        """Give the last digest that showed an entry."""
        return next((digest for digest in reversed(self.digests) if entry_id in digest.ids), None)

    def has_all(self, ids: Iterable[str]) -> bool:
        """Tell whether every one of these was shown."""
        return set(ids) <= {one for digest in self.digests for one in digest.ids}


def due(entries: Sequence[N], history: History, number: int, count: int = 1) -> tuple[N, ...]:
    """Choose the least recently shown entries, and of those the most seldom shown; give them in the pack's order.

    Where that leaves a choice, the digest's number decides where to begin, so that digests turn even without a history.
    """
    last: dict[str, int] = {}
    times: Counter[str] = Counter()
    for position, digest in enumerate(history.digests):
        last |= dict.fromkeys(digest.ids, position)
        times.update(digest.ids)
    begin = (number - 1) * count

    def rank(index: int) -> tuple[int, int, int]:
        name = entries[index].id
        return last.get(name, -1), times[name], (index - begin) % len(entries)

    chosen = sorted(sorted(range(len(entries)), key=rank)[:count])
    return tuple(entries[index] for index in chosen)
