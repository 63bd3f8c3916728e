"""Analysis: text to weighted terms, the same way for questions and for what is indexed.

A term is a stem, or ``@name`` for a thing of the glossary under whichever of its names it was written. Phrases of a
synonym group (``break in``) are terms of their own beside their words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from bot.brief.pack import Alias, Glossary, Pack
from bot.words.stems import stem
from bot.words.stopwords import ASKING, FRAME, FUNCTION
from bot.words.text import fold, words


class Weight:
    """How much a word counts, before its rarity."""

    CONTENT = 1.0
    FRAME = 0.3
    ASKING = 0.3
    FUNCTION = 0.05


class Term(NamedTuple):
    """One term of a text: its key in the index, the words it was written with, and how much it counts."""

    key: str
    surface: str
    weight: float
    phrase: bool = False  # a synonym phrase that stands beside its own words


_FUNCTION_STEMS = {stem(word) for word in FUNCTION}
_ASKING_STEMS = {stem(word) for word in ASKING}
_FRAME_STEMS = {stem(word) for word in FRAME}


@lru_cache(maxsize=8_192)
def weigh(word: str) -> float:
    """Tell how much a word counts: content, frame, asking or function word."""
    if word in ASKING:
        return Weight.ASKING
    if word in FUNCTION:
        return Weight.FUNCTION
    if word in FRAME:
        return Weight.FRAME
    reduced = stem(word)
    if reduced in _ASKING_STEMS:
        return Weight.ASKING
    if reduced in _FUNCTION_STEMS:
        return Weight.FUNCTION
    if reduced in _FRAME_STEMS:
        return Weight.FRAME
    return Weight.CONTENT


class Phrases:
    """A set of word sequences with a key each; finds the longest that starts at a word."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take (phrase, key) pairs; a phrase that stands twice keeps its first key."""
        self._keys: dict[str, str] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, key in phrases:
            stems = [stem(word) for word in words(phrase)]
            if stems:
                self._keys.setdefault(" ".join(stems), key)
                lengths.setdefault(stems[0], set()).add(len(stems))
        # The lengths are few: each combination is held once, however many words begin phrases of them.
        alike = {frozenset(found): tuple(sorted(found, reverse=True)) for found in lengths.values()}
        self._lengths = {first: alike[frozenset(found)] for first, found in lengths.items()}

    def at(self, stems: list[str], start: int) -> tuple[int, str] | None:
        """Find the longest phrase at a position: its length in words and its key."""
        for length in self._lengths.get(stems[start], ()):
            if start + length <= len(stems) and (key := self._keys.get(" ".join(stems[start : start + length]))):
                return length, key
        return None


class Analyzer:
    """Turns texts to terms by a pack's glossary."""

    def __init__(self, glossary: Glossary, frame: Iterable[str] = ()) -> None:
        """Prepare the glossary's names and phrases; ``frame`` lists names that only frame a question (the author)."""
        self._glossary = glossary
        self._spellings = {_key(alias.name): (alias.name, *alias.also) for alias in glossary.aliases}
        self._aliases = Phrases(
            (name, _key(alias.name)) for alias in glossary.aliases for name in (alias.name, *alias.also)
        )
        framing = {fold(name) for name in frame}
        self._framing = {key for key, (name, *_) in self._spellings.items() if fold(name) in framing}
        self.groups = tuple(
            tuple(dict.fromkeys(self._member(member) for member in group)) for group in glossary.synonyms
        )
        self._phrases = Phrases((key[1:], key) for group in self.groups for key in group if key.startswith("~"))
        self.kin: dict[str, tuple[str, ...]] = {}
        for group in self.groups:
            for member in group:
                known = self.kin.get(member)
                self.kin[member] = tuple(dict.fromkeys((*known, *group))) if known else group
        self.parts = {key: self._parts(name, key) for key, (name, *_) in self._spellings.items()}

    @property
    def surfaces(self) -> set[str]:
        """List the words of the glossary as they are written."""
        names = [name for alias in self._glossary.aliases for name in (alias.name, *alias.also)]
        return {word for text in chain(names, *self._glossary.synonyms) for word in words(text)}

    def _member(self, member: str) -> str:
        """Give the term of a synonym: an alias, a stem, or a phrase of its own."""
        found = words(member)
        stems = [stem(word) for word in found]
        alias = self._aliases.at(stems, 0) if stems else None
        if alias and alias[0] == len(stems):
            return alias[1]
        content = [stem(word) for word in found if weigh(word) >= Weight.FRAME]
        if len(stems) == 1 or len(content) == 1 == len(stems):
            return sys.intern(stems[0])
        return sys.intern("~" + " ".join(stems))

    def _parts(self, name: str, key: str) -> tuple[str, ...]:
        """List the terms inside a name: ``Eastern Ukraine`` holds ``@ukraine``."""
        inner: list[str] = []
        stems = [stem(word) for word in words(name)]
        for start in range(len(stems)):
            for end in range(start + 1, len(stems) + 1):
                found = self._aliases.at(stems[start:end], 0)
                if found and found[0] == end - start and found[1] != key:
                    inner.append(found[1])
            if weigh(stems[start]) == Weight.CONTENT:
                inner.append(stems[start])
        return tuple(dict.fromkeys(inner))

    def terms(self, text: str) -> list[Term]:
        """Analyse a text."""
        return list(self.of_words(words(text)))

    def spellings(self, key: str) -> tuple[str, ...]:
        """List every name of a thing of the glossary."""
        return self._spellings.get(key, ())

    def of_words(self, found: list[str]) -> Iterator[Term]:
        """Analyse words that were split and repaired already."""
        stems = [stem(word) for word in found]
        start, end = 0, len(stems)
        aliases, phrases = self._aliases, self._phrases
        while start < end:
            length = 1
            alias = aliases.at(stems, start)
            if alias:
                length, key = alias
                weight = Weight.FRAME if key in self._framing else Weight.CONTENT
                yield Term(key, " ".join(found[start : start + length]), weight)
            else:
                yield Term(stems[start], found[start], weigh(found[start]))
            phrase = phrases.at(stems, start)
            if phrase:
                yield Term(phrase[1], " ".join(found[start : start + phrase[0]]), Weight.CONTENT, phrase=True)
            start += length


def _key(name: str) -> str:
    """Name the term of a thing; interned, since it stands in many groups and postings."""
    return sys.intern(f"@{fold(name)}")


def glossary_of(pack: Pack) -> Glossary:
    """Give a pack's glossary with the names of its figures' columns and of its authors as aliases too."""
    aliases = {alias.name: alias for alias in pack.glossary.aliases}
    for figure in pack.figures:
        for column in figure.columns:
            known = aliases[column.label].also if column.label in aliases else ()
            aliases[column.label] = Alias(column.label, tuple(dict.fromkeys((*known, *column.names))))
    return Glossary(tuple(aliases.values()), pack.glossary.synonyms)
