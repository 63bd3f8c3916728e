"""The shelf: the packs of a session, indexed, and loaded again when their files change."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from bot.answers.askers import Asker, Askers
from bot.answers.outcomes import Outcome
from bot.answers.suggestions import Suggester
from bot.brief.pack import Pack
from bot.files.opening import open_asker
from bot.files.problems import ContentError, Problem
from bot.words.english import English

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Reloaded:
    """A pack was loaded again."""

    pack: Pack


@dataclass(frozen=True, slots=True)
class Broken:
    """A pack's files cannot be used; the old pack stays."""

    folder: Path
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Copy:
    """One pack as it was last loaded."""

    folder: Path
    asker: Asker
    suggester: Suggester


class Shelf:
    """Holds packs; a pack is replaced as a whole, so that a question sees either the old or the new one."""

    def __init__(self, folders: Sequence[Path], data: Path, english: English) -> None:
        """Load and index packs; raises ContentError."""
        self._data = data
        self._english = english
        self._seen = [stamp(folder) for folder in folders]
        self._copies = [self._load(folder) for folder in folders]
        self._askers = self._together()
        self._news: deque[Reloaded | Broken] = deque()
        self._loading = Lock()

    @property
    def packs(self) -> tuple[Pack, ...]:
        """List the packs in the order they were named."""
        return tuple(copy.asker.pack for copy in self._copies)

    def ask(self, question: str, limit: int) -> Outcome:
        """Ask all packs together."""
        return self._askers.ask(question, limit)

    def suggest(self, typed: str, limit: int = 25) -> tuple[str, ...]:
        """Suggest questions of all packs in turn, each once."""
        lists = [copy.suggester.suggest(typed, limit) for copy in self._copies]
        longest = max(map(len, lists), default=0)
        mixed = (one[rank] for rank in range(longest) for one in lists if rank < len(one))
        return tuple(dict.fromkeys(mixed))[:limit]

    def changed(self) -> bool:
        """Say whether any pack's files are in another state than when they were last looked at."""
        return any(stamp(copy.folder) != seen for copy, seen in zip(self._copies, self._seen, strict=True))

    def refresh(self) -> None:
        """Load again every pack whose files changed since they were last looked at; may run in a thread."""
        with self._loading:
            for number, copy in enumerate(self._copies):
                now = stamp(copy.folder)
                if now != self._seen[number]:
                    self._seen[number] = now
                    self._replace(number, copy)

    def news(self) -> Iterator[Reloaded | Broken]:
        """Hand out what ``refresh`` did, each piece once."""
        while self._news:
            yield self._news.popleft()

    def _replace(self, number: int, old: _Copy) -> None:
        try:
            fresh = self._load(old.folder)
        except ContentError as error:
            self._news.append(Broken(old.folder, error.problems))
        else:
            self._copies[number] = fresh
            self._askers = self._together()
            self._news.append(Reloaded(fresh.asker.pack))

    def _together(self) -> Askers:
        return Askers([copy.asker for copy in self._copies], self._english)

    def _load(self, folder: Path) -> _Copy:
        asker = open_asker(folder, self._data)
        return _Copy(folder, asker, asker.suggester)


def stamp(folder: Path) -> Stamp:
    """Take the names, times and sizes of a pack's files; empty when the folder cannot be read."""
    try:
        with os.scandir(folder) as entries:
            files = [(entry.name, entry.stat()) for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return ()
    return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in files))
