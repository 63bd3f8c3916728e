"""Questions to a document without a pack: terms with what is known of each, and the kind of answer wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from bot.answers.plain_lexicon import Lexicon, Near
from bot.answers.plain_passages import capitals, letter_groups, spell
from bot.words.stems import stem
from bot.words.stopwords import FRAME, QUIET
from bot.words.text import MAX_QUESTION, words

Floats = NDArray[np.float32]

TERM_FEATURES = ("weight", "idf", "rarity", "one", "capital", "number", "frame", "asked", "repaired", "quiet")
MAX_TERMS = 48
MAX_GROUPS = 250


class Asked(IntEnum):
    """What kind of answer a question wants."""

    OTHER = 0
    WHO = 1
    WHEN = 2
    WHERE = 3
    COUNT = 4
    AMOUNT = 5
    WHY = 6
    NAMED = 7


_AMOUNTS = frozenset(
    stem(word)
    for word in (
        "percent percentage much far long large big high tall old fast deep cost price amount size height length "
        "distance area weight money revenue rate"
    ).split()
)
_TIMES = frozenset(stem(word) for word in "year date day month decade century time era period".split())
_PLACES = frozenset(
    stem(word)
    for word in "city country state place location town continent county region area street building stadium".split()
)
_PEOPLE = frozenset(stem(word) for word in "person man woman king president actor author writer player leader".split())
_NAMES = frozenset(
    stem(word)
    for word in "name title company organization group team book film network university language river war".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question's terms, in order, each once; ``table`` holds a row a term feature, a column a term."""

    terms: tuple[Near, ...]
    table: Floats
    groups: NDArray[np.int32]
    asked: Asked


def read(text: str, lexicon: Lexicon) -> Question:
    """Read a question against a document's words."""
    text = text[:MAX_QUESTION]
    found = words(text)
    capital = capitals(text)
    terms: dict[str, Near] = {}
    rows: list[tuple[float, ...]] = []
    asked_at = _asked_noun(found)
    spelt = list(found)
    for at, word in enumerate(found):
        if word in QUIET:
            near = lexicon.near_quiet(word)
            if near.direct and near.stem not in terms:
                terms[near.stem] = near
                rows.append((0.0,) * (len(TERM_FEATURES) - 1) + (near.idf,))
            continue
        near = lexicon.near(word)
        if near.repaired:
            spelt[at] = near.repaired
        if near.stem in terms or (near.repaired and near.repaired in QUIET):
            continue
        terms[near.stem] = near
        weight = near.idf * near.rarity
        rows.append((
            weight, near.idf, near.rarity, 1.0,
            weight if word in capital else 0.0,
            weight if word[0].isdigit() else 0.0,
            weight if word in FRAME else 0.0,
            weight if at == asked_at else 0.0,
            weight if near.repaired else 0.0,
            0.0,
        ))  # fmt: skip
        if len(rows) >= MAX_TERMS:
            break
    table = np.array(rows, np.float32).reshape(len(rows), len(TERM_FEATURES)).T
    groups = np.unique(letter_groups(np.frombuffer(spell(spelt), np.uint8)))[:MAX_GROUPS]
    return Question(tuple(terms.values()), table, groups, _kind(found))


def _asked_noun(found: list[str]) -> int:
    """Find the noun that is asked for: the word after what, which, whose or how many."""
    for at, word in enumerate(found[:-1]):
        if word in {"what", "which", "whose"} and found[at + 1] not in QUIET:
            return at + 1
        if word in {"many", "much"} and at and found[at - 1] == "how" and found[at + 1] not in QUIET:
            return at + 1
    return -1


def _kind(found: list[str]) -> Asked:
    for at, word in enumerate(found):
        following = {stem(other) for other in found[at + 1 : at + 4]}
        if word in {"who", "whom", "whose"}:
            return Asked.WHO
        if word == "when":
            return Asked.WHEN
        if word == "where":
            return Asked.WHERE
        if word == "why":
            return Asked.WHY
        if word == "how" and following:
            if found[at + 1] == "many":
                return Asked.COUNT
            if stem(found[at + 1]) in _AMOUNTS:
                return Asked.AMOUNT
        if word in {"what", "which"}:
            return _kind_of_noun(following)
    return Asked.OTHER


def _kind_of_noun(following: set[str]) -> Asked:
    for nouns, kind in (
        (_TIMES, Asked.WHEN),
        (_AMOUNTS, Asked.AMOUNT),
        ({"number"}, Asked.COUNT),
        (_PEOPLE, Asked.WHO),
        (_PLACES, Asked.WHERE),
        (_NAMES, Asked.NAMED),
    ):
        if following & nouns:
            return kind
    return Asked.OTHER
