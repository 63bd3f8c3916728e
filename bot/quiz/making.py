"""Making items of what a pack holds: topics, citations, stems that fit, and statements about which nothing is said."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.brief.citations import cite
from bot.brief.pack import Entry, Figure, Pack, Passage, Recommendation, Section
from bot.brief.places import Place
from bot.brief.quiz_items import MAX_EXPLANATION, MAX_OPTION, MAX_STEM, Difficulty, ItemKind, parted
from bot.quiz.items import TRUE_FALSE, Exactly, Item, Pick, Source, numbered
from bot.words.stems import stem
from bot.words.stopwords import FUNCTION
from bot.words.text import words


@dataclass(frozen=True, slots=True)
class Asked:
    """What a generated item is about: its id, the fact it asks for, and where that stands."""

    id: str
    about: str
    stem: str
    explanation: str
    difficulty: Difficulty


class Maker:
    """Makes items of one pack; chance settles the order of options."""

    def __init__(self, pack: Pack, rng: random.Random) -> None:
        """Take the pack, and the chance that settles what is open."""
        self.pack = pack
        self.rng = rng
        self._topics = _topics(pack)
        self._said = tuple(_stems(text) for text in _texts(pack))

    def choice(self, asked: Asked, entry: Entry, answer: str, wrong: Sequence[str]) -> Item | None:
        """Make a choice of the answer and up to three wrong ones, or None where it does not fit."""
        options = tuple(dict.fromkeys((answer, *wrong)))[:4]
        if len(options) < 2 or any(len(option) > MAX_OPTION for option in options):
            return None
        options = tuple(self.rng.sample(options, len(options)))
        return self._item(asked, entry, ItemKind.CHOICE, options, Pick(options.index(answer)))

    def settled(self, asked: Asked, entry: Entry, options: tuple[str, ...], right: int) -> Item | None:
        """Make a choice of options whose order says something: ``Higher``, ``Lower``."""
        return self._item(asked, entry, ItemKind.CHOICE, options, Pick(right))

    def statement(self, asked: Asked, entry: Entry, *, holds: bool) -> Item | None:
        """Make a statement that is true or false."""
        return self._item(asked, entry, ItemKind.TRUE_FALSE, TRUE_FALSE, Pick(0 if holds else 1))

    def number(self, asked: Asked, entry: Entry, value: float, others: Sequence[float], unit: str) -> Item | None:
        """Make a question for a number that is typed."""
        others = [other for other in dict.fromkeys(others) if other != value][:3]
        options = numbered(value, others, unit) if others else ()
        return self._item(asked, entry, ItemKind.NUMBER, options, Exactly(value, unit))

    def says(self, statement: str) -> bool:
        """Tell whether some text of the pack holds all words of a statement, so that it might be true after all."""
        mine = _stems(statement)
        return any(mine <= said for said in self._said)

    def _item(
        self, asked: Asked, entry: Entry, kind: ItemKind, options: tuple[str, ...], right: Pick | Exactly
    ) -> Item | None:
        if not fits(asked.stem):
            return None
        return Item(
            id=asked.id,
            kind=kind,
            stem=asked.stem,
            options=options,
            right=right,
            explanation=asked.explanation if len(asked.explanation) <= MAX_EXPLANATION else "",
            place=entry.place,
            also=entry.also,
            citation=cite(self.pack, entry.place, self.pack.page_of(entry.place)).text,
            topic=self._topics.get(entry.place, entry.place.section),
            difficulty=asked.difficulty,
            source=Source.GENERATED,
            about=asked.about,
        )


def fits(text: str) -> bool:
    """Tell whether a stem fits a form."""
    return len(text) <= MAX_STEM and parted(text) is not None


def _topics(pack: Pack) -> dict[Place, str]:
    """Give each place the topic that most curated items about it have."""
    counts: dict[Place, Counter[str]] = {}
    for item in pack.quiz:
        for place in (item.place, *item.also):
            if place is not None:
                counts.setdefault(place, Counter())[item.topic] += 1 if place in item.also else 2
    return {place: min(found, key=lambda topic: (-found[topic], topic)) for place, found in counts.items()}


def _texts(pack: Pack) -> list[str]:
    """Give what the pack says, a paragraph with all its points as one text."""
    texts = [
        " ".join((entry.title, entry.summary, *(point.answer for point in entry.points))) for entry in _summed_up(pack)
    ]
    texts += [sentence for figure in pack.figures for *_, sentence in figure.cells]
    return texts


def _summed_up(pack: Pack) -> Iterator[Section | Passage | Recommendation | Figure]:
    yield from pack.sections
    yield from pack.passages
    yield from pack.recommendations
    yield from pack.figures


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in FUNCTION)
