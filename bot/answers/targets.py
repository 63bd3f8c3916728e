"""Targets: what a question may lead to, with every text by which it can be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.brief.pack import (
    Column,
    Entry,
    Fact,
    Figure,
    Pack,
    Passage,
    Point,
    Quote,
    Recommendation,
    Row,
    Section,
    Untreated,
)
from bot.brief.places import Place
from bot.words.text import sentences

Kind = Literal["passage", "quote", "figure", "recommendation", "publication", "overview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something a question may lead to: an entry, a cell of a figure, or a subject that is not treated.

    ``asked`` holds the curated questions by the direct answer that they share (empty: ``text`` is the answer);
    ``untreated`` marks what must be refused.
    """

    id: str
    kind: Kind
    title: str
    text: str
    place: Place
    also: tuple[Place, ...] = ()
    asked: tuple[Point, ...]
    keywords: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    page: str = ""
    verbatim: bool = False
    value: float | None = None
    unit: str | None = None
    entry: Entry | None = None
    untreated: Untreated | None = None

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Pair every curated question with its direct answer."""
        return tuple((question, point.answer) for point in self.asked for question in point.ask)

    def question(self, number: int) -> tuple[str, str]:
        """Give one curated question with its direct answer, without listing all."""
        for point in self.asked:
            if number < len(point.ask):
                return point.ask[number], point.answer
            number -= len(point.ask)
        raise IndexError(number)


def targets(pack: Pack) -> list[Target]:
    """List everything a question about a pack may lead to, its untreated subjects last."""
    found: list[Target] = []
    for entry in pack.entries:
        if isinstance(entry, Figure):
            found.extend(_cells(entry))
        found.append(_target(entry))
    found.extend(_untreated(subject) for subject in pack.untreated)
    return found


def curated(pack: Pack) -> Iterator[tuple[Point, ...]]:
    """Yield the curated questions of every target that answers, in the order of ``targets``, without making these."""
    for entry in pack.entries:
        if isinstance(entry, Figure):
            yield from ((_asked_of_cell(row, column, sentence),) for row, column, _, sentence in entry.cells)
        yield _asked(entry)


def kind_of(entry: Entry) -> Kind:
    """Name the kind of an entry as ``ask --json`` does."""
    match entry:
        case Passage():
            return "passage"
        case Quote():
            return "quote"
        case Figure():
            return "figure"
        case Recommendation():
            return "recommendation"
        case Fact():
            return "publication"
        case _:
            return "overview"


def _asked(entry: Entry) -> tuple[Point, ...]:
    return Point("", entry.ask), *entry.points


def _asked_of_cell(row: Row, column: Column, sentence: str) -> Point:
    return Point(sentence, tuple(dict.fromkeys(template.format(column=column.label) for template in row.ask)))


def _target(entry: Entry) -> Target:
    place, also = entry.place, entry.also
    if isinstance(entry, Section) and place.paragraph is None and entry.passages:
        place, *rest = (passage.place for passage in entry.passages)
        also = tuple(rest)
    verbatim = ""
    page = ""
    bodies = [entry.text]
    if isinstance(entry, Passage | Recommendation):
        verbatim, page = entry.verbatim, entry.page
        bodies = [entry.summary, verbatim]
    elif isinstance(entry, Quote):
        bodies = [entry.quoted, f"{entry.speaker} {entry.occasion} {entry.date.spoken if entry.date else ''}"]
    elif isinstance(entry, Figure):
        bodies = [entry.summary]
    answers = [point.answer for point in entry.points]
    return Target(
        id=entry.id,
        kind=kind_of(entry),
        title=entry.title,
        text=entry.text,
        place=place,
        also=also,
        asked=_asked(entry),
        keywords=entry.keywords,
        sentences=tuple(sentence for body in (*bodies, *answers) for sentence in sentences(body)),
        page=page,
        verbatim=bool(verbatim) or isinstance(entry, Quote),
        entry=entry,
    )


def _cells(figure: Figure) -> list[Target]:
    return [
        Target(
            id=f"{figure.id}/{row.id}/{column.id}",
            kind="figure",
            title=f"{row.label}: {column.label}",
            text=f"{sentence} Source: {figure.source}.",
            place=figure.place,
            asked=(_asked_of_cell(row, column, sentence),),
            keywords=row.keywords,
            sentences=(sentence,),
            value=value,
            unit=figure.unit or None,
            entry=figure,
        )
        for row, column, value, sentence in figure.cells
    ]


def _untreated(subject: Untreated) -> Target:
    return Target(
        id=subject.id,
        kind="overview",
        title=subject.subject,
        text=subject.sentence,
        place=Place(""),
        asked=(Point("", subject.ask),),
        keywords=subject.keywords,
        untreated=subject,
    )
