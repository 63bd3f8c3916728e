"""Keys: short names for what an answer showed, so that a button finds it again after a restart.

A key is eight letters for the entry (or the cell of a figure) and, where a direct answer was given, three more for it:
``k3jq7wza.b5x``. It holds no text of anybody's question, and it stays the same as long as the pack keeps the id.
"""

from __future__ import annotations

import base64
import hashlib
import re

from bot.answers.outcomes import Match
from bot.answers.targets import kind_of
from bot.brief.citations import cite
from bot.brief.pack import Entry, Figure, Pack, Passage, Quote, Recommendation, Section
from bot.brief.places import Place

KEY = re.compile(r"[a-z2-7]{8}(?:\.[a-z2-7]{3})?")
LONGEST_KEY = 12


class Keys:
    """Turns the matches of one pack into keys, and keys into matches."""

    def __init__(self, pack: Pack) -> None:
        """Name every entry and every cell of the pack."""
        self._pack = pack
        self.pack_key = _short(pack.id, "")
        self._found: dict[str, tuple[Entry, str]] = {}
        self._short: dict[str, str] = {}
        for entry in pack.entries:
            self._name(entry, entry.id)
            if isinstance(entry, Figure):
                for row, column, _, _ in entry.cells:
                    self._name(entry, f"{entry.id}/{row.id}/{column.id}")

    def key(self, match: Match) -> str:
        """Name a match, with its direct answer."""
        short = self._short[match.id]
        return f"{short}.{_mark(match.answer)}" if match.answer else short

    def key_of(self, entry: Entry) -> str:
        """Name an entry as a whole."""
        return self._short[entry.id]

    def match(self, key: str) -> Match | None:
        """Find what a key names; None when the pack no longer has it."""
        short, _, mark = key.partition(".")
        known = self._found.get(short)
        if known is None:
            return None
        entry, name = known
        if isinstance(entry, Figure) and name != entry.id:
            return self._cell(entry, name)
        answer, asked = _point(entry, mark)
        return self._match(entry, answer, asked)

    def _name(self, entry: Entry, name: str) -> None:
        short = self._short.setdefault(name, _short(self._pack.id, name))
        self._found.setdefault(short, (entry, name))

    def _match(self, entry: Entry, answer: str = "", asked: str = "") -> Match:
        place = _cited_place(entry)
        return Match(
            id=entry.id,
            kind=kind_of(entry),
            title=entry.title,
            text=entry.text,
            verbatim=isinstance(entry, Quote) or bool(isinstance(entry, Passage | Recommendation) and entry.verbatim),
            value=None,
            unit=None,
            score=1.0,
            citation=cite(self._pack, place, self._pack.page_of(place)),
            answer=answer,
            asked=asked or next(iter(entry.ask), ""),
            entry=entry,
        )

    def _cell(self, figure: Figure, name: str) -> Match | None:
        for row, column, value, sentence in figure.cells:
            if name == f"{figure.id}/{row.id}/{column.id}":
                asked = next((template.format(column=column.label) for template in row.ask), "")
                return Match(
                    id=name,
                    kind="figure",
                    title=f"{row.label}: {column.label}",
                    text=f"{sentence} Source: {figure.source}.",
                    verbatim=False,
                    value=value,
                    unit=figure.unit or None,
                    score=1.0,
                    citation=cite(self._pack, figure.place, self._pack.page_of(figure.place)),
                    answer=sentence,
                    asked=asked,
                    entry=figure,
                )
        return None


def _cited_place(entry: Entry) -> Place:
    if isinstance(entry, Section) and entry.place.paragraph is None and entry.passages:
        return entry.passages[0].place
    return entry.place


def _point(entry: Entry, mark: str) -> tuple[str, str]:
    for point in entry.points if mark else ():
        if _mark(point.answer) == mark:
            return point.answer, point.ask[0]
    return "", ""


def _short(pack: str, name: str) -> str:
    return _letters(f"{pack}\0{name}", 5)


def _mark(answer: str) -> str:
    return _letters(answer, 2)[:3]


def _letters(text: str, size: int) -> str:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()
    return base64.b32encode(digest).decode().lower()
