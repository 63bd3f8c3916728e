"""A content pack: everything that is known about one brief, as frozen records.

Every record that a question may lead to is an ``Entry``: it has an id, a title, a place that it cites, keywords, and
the questions that it answers. Packs are built by ``bot.files`` (curated) or ``bot.ingest`` (drafts), and only read
after.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.brief.places import Place
from bot.brief.publication import PartialDate, Publication
from bot.brief.quiz_items import QuizItem
from bot.brief.tuning import Tuning

MAX_LABEL = 100  # Discord's limit for the name of an autocomplete choice
MAX_ASK = 140
MAX_TITLE = 80
MAX_TEXT = 1_500
MAX_ANSWER = 220
MAX_DISCUSSION = 300


@dataclass(frozen=True, slots=True)
class Point:
    """One finer question that an entry answers, with the direct answer in a sentence."""

    answer: str
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(ABC):
    """What every record of a pack has in common.

    ``also`` lists further places that the entry rests on; an answer cites the one that fits the question best.
    """

    id: str
    title: str
    place: Place
    also: tuple[Place, ...] = ()
    keywords: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    @abstractmethod
    def text(self) -> str:
        """Write the entry as plain text, the way ``ask --json`` shows it."""

    @property
    def questions(self) -> Iterator[tuple[str, str]]:
        """Yield every curated question with its direct answer (empty: the entry's text is the answer)."""
        for question in self.ask:
            yield question, ""
        for point in self.points:
            for question in point.ask:
                yield question, point.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Entry):
    """A paragraph: our summary, and the author's words and page where the reader's copy was ingested."""

    summary: str
    verbatim: str = ""
    page: str = ""

    @property
    def text(self) -> str:
        """Give the author's paragraph where it is known, else our summary."""
        return self.verbatim or self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Entry):
    """A section as a whole; its place is the paragraph that carries it best, or the section itself."""

    summary: str
    passages: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """Give our summary of the section."""
        return self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Entry):
    """A public statement that the brief quotes, word for word."""

    speaker: str
    quoted: str
    date: PartialDate | None = None
    occasion: str = ""

    @property
    def text(self) -> str:
        """Write the statement with its speaker, date and occasion."""
        when = self.date.spoken if self.date else ""
        said = ", ".join(filter(None, (self.speaker, self.occasion, when)))
        return f"“{self.quoted}” ({said})"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a figure, and the names under which readers ask for it."""

    id: str
    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a figure: its values by column id, a sentence for each cell, and templates of questions."""

    id: str
    label: str
    values: dict[str, float | None]
    sentence: str
    keywords: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Entry):
    """A table of numbers with its source."""

    source: str
    unit: str
    summary: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sums: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Write every cell as a sentence, and the source."""
        return " ".join([*(text for _, _, _, text in self.cells), f"Source: {self.source}."])

    @property
    def cells(self) -> Iterator[tuple[Row, Column, float, str]]:
        """Yield every cell that has a value: row, column, value, and the sentence that states it."""
        for row in self.rows:
            for column in self.columns:
                value = row.values.get(column.id)
                if value is not None:
                    yield row, column, value, row.sentence.format(value=f"{value:,.10g}", column=column.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Entry):
    """A recommendation in our words, its horizon, and whom it addresses."""

    summary: str
    horizon: str
    addressee: str
    verbatim: str = ""
    page: str = ""

    @property
    def text(self) -> str:
        """Give the author's bullet where it is known, else our summary."""
        return self.verbatim or self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview(Entry):
    """An answer about the brief as a whole, or about something that runs through it."""

    body: str

    @property
    def text(self) -> str:
        """Give the answer."""
        return self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Entry):
    """Our own short definition of a term that the brief uses without defining it."""

    term: str
    body: str

    @property
    def text(self) -> str:
        """Give the definition."""
        return self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Entry):
    """A fact about the publication: author, date, rights."""

    body: str

    @property
    def text(self) -> str:
        """Give the fact."""
        return self.body


@dataclass(frozen=True, slots=True)
class Untreated:
    """A subject that readers ask for and the brief does not treat, with the sentence to say."""

    id: str
    subject: str
    sentence: str
    keywords: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discussion:
    """An open question for a seminar: it has no answer of ours, only places to argue from."""

    id: str
    question: str
    place: Place
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """One thing under several names."""

    name: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Names that are one thing, and words that are near in meaning in this brief."""

    aliases: tuple[Alias, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A labelled question: the places that properly answer it, none when the brief does not."""

    id: str
    question: str
    gold: tuple[Place, ...]
    kind: str = ""
    typo: str = ""
    value: float | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """One brief: its publication, its entries in reading order, and what it does not treat."""

    id: str
    publication: Publication
    rights: str
    outline: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    overviews: tuple[Overview, ...] = ()
    terms: tuple[Term, ...] = ()
    facts: tuple[Fact, ...] = ()
    untreated: tuple[Untreated, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    quiz: tuple[QuizItem, ...] = ()
    glossary: Glossary = Glossary()
    golden: tuple[GoldenQuestion, ...] = ()
    vocabulary: frozenset[str] = frozenset()
    publishable: bool = True
    short: str = ""
    language: str = "en"
    tuning: Tuning | None = None
    copy_pages: Mapping[Place, str] = field(default_factory=dict)

    @property
    def passages(self) -> Iterator[Passage]:
        """Yield every paragraph in reading order."""
        for section in self.sections:
            yield from section.passages

    @property
    def entries(self) -> Iterator[Entry]:
        """Yield everything that can be an answer, passages first."""
        yield from self.passages
        yield from self.recommendations
        yield from self.quotes
        yield from self.figures
        yield from self.sections
        yield from self.overviews
        yield from self.terms
        yield from self.facts

    @property
    def frame_names(self) -> tuple[str, ...]:
        """Name the author and the publisher: with them readers frame a question, they are not what it is about."""
        names = {name.full for name in self.publication.author} | {self.publication.publisher}
        framing = {alias.name for alias in self.glossary.aliases if names & {alias.name, *alias.also}}
        return tuple(sorted(names | framing))

    @property
    def pages(self) -> dict[Place, str]:
        """Map each place to the page on which it begins, as far as the reader's copy told it."""
        found = {passage.place: passage.page for passage in self.passages}
        found |= {recommendation.place: recommendation.page for recommendation in self.recommendations}
        return {place: page for place, page in found.items() if page} | dict(self.copy_pages)

    def with_copy(self, words: Mapping[Place, tuple[str, str]]) -> Pack:
        """Add what a reader's own copy holds: the author's words and the page of each place that was found."""
        return replace(
            self,
            sections=tuple(
                replace(section, passages=tuple(_with_words(passage, words) for passage in section.passages))
                for section in self.sections
            ),
            recommendations=tuple(_with_words(one, words) for one in self.recommendations),
            copy_pages={place: page for place, (_, page) in words.items() if page},
        )

    def page_of(self, place: Place) -> str:
        """Tell the page on which a place begins, or nothing when it is unknown."""
        return self.pages.get(place, "")

    @property
    def as_of(self) -> str:
        """Say as of when the brief speaks: ``November 2016``."""
        return "an unknown date" if self.publication.undated else self.publication.issued.spoken


_Worded = TypeVar("_Worded", Passage, Recommendation)


def _with_words(entry: _Worded, words: Mapping[Place, tuple[str, str]]) -> _Worded:
    text, page = words.get(entry.place, ("", ""))
    return replace(entry, verbatim=text, page=page) if text else entry
