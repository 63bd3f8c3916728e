"""The library: every brief that this bot answers from, ready in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.answerer import Answerer
from bot.answers.askers import Asker
from bot.answers.keys import Keys
from bot.answers.marks import Locator, Marker
from bot.answers.outcomes import Match, Outcome
from bot.answers.suggestions import Suggester
from bot.brief.pack import Pack
from bot.discord.memory import Memory

MATCHES = 6  # the answer, and as many others as one custom id has room for
_MOST_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Volume:
    """One brief: who answers, what is suggested, and whether its author's words may be shown here."""

    asker: Asker
    suggester: Suggester
    keys: Keys
    verbatim: bool
    locator: Locator | None
    memory: Memory[str, Outcome]

    @property
    def pack(self) -> Pack:
        """Give the pack."""
        return self.asker.pack

    @property
    def id(self) -> str:
        """Give the pack's id."""
        return self.asker.pack.id

    @property
    def id_key(self) -> str:
        """Give the id in the short form that a custom id has room for."""
        return self.keys.pack_key

    @property
    def name(self) -> str:
        """Name the brief to readers."""
        return self.pack.short or self.pack.publication.title

    def ask(self, question: str) -> Outcome:
        """Ask the brief; what a class asks again and again is remembered."""
        return self.memory.get(question, lambda: self.asker.ask(question, MATCHES))

    def marker(self, question: str, repaired: Sequence[tuple[str, str]] = ()) -> Marker | None:
        """Find the deciding words of a question; None for a document without curated words."""
        return Marker(self.locator, question, repaired) if self.locator else None


@dataclass(frozen=True, slots=True)
class Found:
    """A match that a key led to, and the brief it is from."""

    volume: Volume
    match: Match


class Library:
    """The volumes in the order of the configuration; the first is the default."""

    def __init__(self, askers: Sequence[Asker], verbatim: Iterable[str] = ()) -> None:
        """Take the packs ready to be asked, and the ids of those whose author's words may be shown."""
        shown = frozenset(verbatim)
        self.volumes = tuple(_volume(one, shown) for one in askers)
        if not self.volumes:
            raise ValueError("a library needs a pack")
        self._by_key = {volume.id_key: volume for volume in self.volumes}
        self._by_id = {volume.id: volume for volume in self.volumes}

    @property
    def default(self) -> Volume:
        """Give the first volume."""
        return self.volumes[0]

    @property
    def many(self) -> bool:
        """Tell whether an answer must name its brief."""
        return len(self.volumes) > 1

    def get(self, name: str) -> Volume | None:
        """Find a volume by its id or by the name readers see."""
        found = self._by_id.get(name)
        if found is None and name:
            wanted = name.casefold().strip()
            found = next((one for one in self.volumes if wanted in (one.id.casefold(), one.name.casefold())), None)
        return found

    def keyed(self, key: str) -> Volume | None:
        """Find a volume by the short form of its id."""
        return self._by_key.get(key)

    def first_of(self, *names: str) -> Volume:
        """Give the first of these volumes that is there, else the default."""
        return next((volume for name in names if name and (volume := self._by_id.get(name))), self.default)

    def find(self, key: str) -> Found | None:
        """Find what a key names in any volume; None when no pack has it any more."""
        for volume in self.volumes:
            match = volume.keys.match(key)
            if match is not None:
                return Found(volume, match)
        return None


def _volume(asker: Asker, shown: frozenset[str]) -> Volume:
    locator = Locator(asker.index.analyzer) if isinstance(asker, Answerer) else None
    return Volume(asker, asker.suggester, Keys(asker.pack), asker.pack.id in shown, locator, Memory(_MOST_REMEMBERED))
