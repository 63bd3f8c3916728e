"""Items as they are asked: from a pack, generated, or an instructor's own, with their options in a settled order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.brief.citations import cite
from bot.brief.pack import Pack
from bot.brief.places import Place
from bot.brief.quiz_items import Difficulty, ItemKind, QuizItem, decimal, written
from bot.words.text import words

TRUE_FALSE = ("True", "False")
_TELLING = 4  # letters of an answer that may give it away inside another question


class Source(StrEnum):
    """Where an item comes from."""

    CURATED = "curated"
    GENERATED = "generated"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Pick:
    """The right option, by its index."""

    index: int


@dataclass(frozen=True, slots=True)
class Exactly:
    """The right number, and its unit."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Worded:
    """The right texts, at least one; the first is shown."""

    texts: tuple[str, ...]


Right = Pick | Exactly | Worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question as it is asked.

    ``options`` are in the order in which they are shown; number and text items have them (or none) for being shown as a
    choice. ``about`` names the fact that a generated item asks for. ``citation`` is empty where there is no place.
    """

    id: str
    kind: ItemKind
    stem: str
    options: tuple[str, ...]
    right: Right
    explanation: str = ""
    place: Place | None = None
    also: tuple[Place, ...] = ()
    citation: str = ""
    topic: str
    difficulty: Difficulty
    source: Source
    about: str = ""

    @property
    def answer(self) -> str:
        """Write the right answer as a reveal shows it."""
        match self.right:
            case Pick(index):
                return self.options[index]
            case Exactly(value, unit):
                return written(value, unit)
            case Worded(texts):
                return texts[0]

    @property
    def typed(self) -> bool:
        """Tell whether the answer is typed, not picked."""
        return not isinstance(self.right, Pick)


def as_choice(item: Item) -> Item | None:
    """Give the item as one whose answer is picked, or None where it has no options."""
    if not item.typed:
        return item
    if len(item.options) < 2 or item.answer not in item.options:
        return None
    return replace(item, kind=ItemKind.CHOICE, right=Pick(item.options.index(item.answer)))


def reordered(item: Item, rng: random.Random) -> Item:
    """Give the item with its options in another order, where that order says nothing: those of an author's item."""
    if item.source is Source.GENERATED or item.kind not in {ItemKind.CHOICE, ItemKind.TEXT}:
        return item
    options = tuple(rng.sample(item.options, len(item.options)))
    right = Pick(options.index(item.answer)) if isinstance(item.right, Pick) else item.right
    return replace(item, options=options, right=right)


def curated(pack: Pack, rng: random.Random) -> tuple[Item, ...]:
    """Give the pack's items, their options in an order that chance settles."""
    return tuple(settle(item, Source.CURATED, rng, pack) for item in pack.quiz)


def settle(item: QuizItem, source: Source, rng: random.Random, pack: Pack | None = None) -> Item:
    """Turn an author's item into one that can be asked; ``pack`` writes its citation."""
    right, options = _right(item), _options(item)
    if item.kind in {ItemKind.CHOICE, ItemKind.TEXT}:
        options = tuple(rng.sample(options, len(options)))
    if item.kind is ItemKind.CHOICE:
        right = Pick(options.index(str(item.answer)))
    return Item(
        id=item.id,
        kind=item.kind,
        stem=item.question,
        options=options,
        right=right,
        explanation=item.explanation,
        place=item.place,
        also=item.also,
        citation=cite(pack, item.place, pack.page_of(item.place)).text if pack and item.place else "",
        topic=item.topic,
        difficulty=item.difficulty,
        source=source,
    )


def _right(item: QuizItem) -> Right:
    if item.kind is ItemKind.TRUE_FALSE:
        return Pick(0 if item.answer is True else 1)
    if item.kind is ItemKind.NUMBER:
        return Exactly(float(item.answer), item.unit)
    return Worded((str(item.answer), *item.accept))


def _options(item: QuizItem) -> tuple[str, ...]:
    if item.kind is ItemKind.TRUE_FALSE:
        return TRUE_FALSE
    if not item.wrong:
        return ()
    if item.kind is ItemKind.NUMBER:
        return numbered(
            float(item.answer), [value for text in item.wrong if (value := decimal(text)) is not None], item.unit
        )
    return (str(item.answer), *item.wrong)


def numbered(value: float, others: Iterable[float], unit: str) -> tuple[str, ...]:
    """Write numbers as options, in ascending order."""
    return tuple(written(number, unit) for number in sorted({value, *others}))


def clash(one: Item, other: Item) -> bool:
    """Tell whether two items should not stand in one set: they ask the same, or one gives the other's answer away."""
    if one.id == other.id or one.stem == other.stem or (one.about and one.about == other.about):
        return True
    if not {one.place, *one.also} & {other.place, *other.also} - {None}:
        return False
    if one.kind is not ItemKind.TRUE_FALSE and words(one.answer) == words(other.answer):
        return True
    return _told(one, other) or _told(other, one)


def _told(answered: Item, asked: Item) -> bool:
    """Tell whether a stem holds the answer of another item."""
    answer = words(answered.answer)
    if answered.kind is ItemKind.TRUE_FALSE or sum(map(len, answer)) < _TELLING:
        return False
    stem = words(asked.stem)
    return any(stem[start : start + len(answer)] == answer for start in range(len(stem) - len(answer) + 1))
