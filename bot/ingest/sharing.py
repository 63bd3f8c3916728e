"""Sharing: sentences of a pack that stand in its source word for word, which a published pack may not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.brief.pack import Entry, Figure, Pack, Passage, Quote, Recommendation
from bot.ingest.document import Document
from bot.words.text import sentences, words

RUN = 9  # consecutive words that a paraphrase and its source have in common by chance only in names and titles


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence of a pack, the entry it stands in, and the words in a row that the source has too."""

    entry: str
    sentence: str
    words: str


def shared(pack: Pack, document: Document) -> list[Shared]:
    """List the sentences of a pack that share a run of nine words with a document.

    Titles, quoted statements and figures may be carried over and are left out of the comparison.
    """
    allowed = _runs_of(_carried_over(pack))
    source = _runs_of(block.text for block in document.blocks) - allowed
    found = []
    for entry, text in _texts(pack):
        for sentence in sentences(text):
            spoken = words(sentence)
            for start in range(len(spoken) - RUN + 1):
                run = tuple(spoken[start : start + RUN])
                if run in source:
                    found.append(Shared(entry, sentence, " ".join(run)))
                    break
    return found


def _runs_of(texts: Iterator[str]) -> set[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for text in texts:
        for sentence in text.split("\n"):
            spoken = words(sentence)
            runs.update(tuple(spoken[start : start + RUN]) for start in range(len(spoken) - RUN + 1))
    return runs


def _carried_over(pack: Pack) -> Iterator[str]:
    yield pack.publication.title
    yield from pack.outline
    for quote in pack.quotes:
        yield quote.quoted
    for figure in pack.figures:
        yield f"{figure.title} {' '.join(column.label for column in figure.columns)}"
        yield " ".join(row.label for row in figure.rows)


def _texts(pack: Pack) -> Iterator[tuple[str, str]]:
    for entry in pack.entries:
        for text in _own_words(entry):
            yield entry.id, text
        for question, _ in entry.questions:
            yield entry.id, question
        for point in entry.points:
            yield entry.id, point.answer
    for subject in pack.untreated:
        for text in (subject.sentence, *subject.ask):
            yield subject.id, text


def _own_words(entry: Entry) -> Iterator[str]:
    match entry:
        case Quote():
            return
        case Passage() | Recommendation():
            yield from (entry.summary, entry.verbatim)
        case Figure():
            yield entry.summary
        case _:
            yield entry.text
