"""Answering from documents that nobody curated: the same questions in, the same outcomes out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.outcomes import Answered, Match, NotInBrief, Outcome, Why
from bot.answers.plain import ANSWERED, PlainIndex, PlainRanking
from bot.answers.plain_shelf import PlainShelf
from bot.answers.refusal import ENGLISH_EVIDENCE, NO_WORDS
from bot.answers.suggestions import Suggester
from bot.answers.targets import Kind, kind_of
from bot.brief.citations import cite
from bot.brief.pack import Entry, Pack, Passage, Quote, Section
from bot.words.english import English
from bot.words.languages import foreign_language
from bot.words.text import raw_words

_STEEP = 2.0  # how fast a match's score falls with its distance from the first, in the ranker's units


class PlainAnswerer:
    """Answers questions about a pack without curated questions: a draft, as ingest makes it."""

    def __init__(self, pack: Pack, english: English) -> None:
        """Index the draft's paragraphs, quotations and figures."""
        self.pack = pack
        self.entries = entries_of(pack)
        self.index = PlainIndex(passages_of(self.entries), english)
        self.suggester = Suggester(pack)  # a draft may hold questions to its quotations or terms
        self._pages = pack.pages

    def ask(self, question: str, limit: int = 3, *, explained: bool = False) -> Outcome:
        """Answer a question, or say honestly that no passage does; never raises for any text."""
        del explained  # a draft has no curated words to explain
        refused = _unreadable(question)
        return refused or self.outcome(question, self.index.rank(question), limit)

    def outcome(self, question: str, ranking: PlainRanking, limit: int) -> Outcome:
        """Turn a ranking of this draft's passages into an outcome."""
        matches = tuple(self._matches(ranking, limit))
        if ranking.confidence >= ANSWERED and matches:
            return Answered(question, ranking.confidence, matches)
        return NotInBrief(question, ranking.confidence, Why.UNSURE, _reason(ranking), matches)

    def _matches(self, ranking: PlainRanking, limit: int) -> Sequence[Match]:
        if not ranking.order:
            return []
        best = float(ranking.scores[ranking.order[0]])
        found = []
        for rank, number in enumerate(ranking.order[:limit]):
            entry = self.entries[number]
            near = 1 / (1 + _STEEP * max(0.0, best - float(ranking.scores[number])))
            sentence = ranking.best_sentences[rank] if rank < len(ranking.best_sentences) else ""
            found.append(self._match(entry, round(ranking.confidence * near, 4), sentence))
        return found

    def _match(self, entry: Entry, score: float, sentence: str) -> Match:
        kind: Kind = kind_of(entry)
        verbatim = isinstance(entry, Passage | Quote)
        return Match(
            id=entry.id,
            kind=kind,
            title=entry.title,
            text=entry.text,
            verbatim=verbatim,
            value=None,
            unit=None,
            score=score,
            citation=cite(self.pack, entry.place, self._pages.get(entry.place, "")),
            answer=sentence if verbatim and sentence != entry.text else "",
            entry=entry,
        )


class PlainLibrary:
    """Several drafts asked together: all passages choose the document, the document ranks its own."""

    def __init__(self, answerers: Sequence[PlainAnswerer], english: English) -> None:
        """Index the drafts side by side."""
        self.answerers = tuple(answerers)
        self._shelf = PlainShelf([passages_of(one.entries) for one in answerers], english)

    def ask(self, question: str, limit: int = 3, *, explained: bool = False) -> Outcome:
        """Answer from the draft that fits best."""
        del explained  # see PlainAnswerer.ask
        refused = _unreadable(question)
        if refused:
            return refused
        found = self._shelf.rank(question)
        number = 0 if found.document is None else found.document
        return self.answerers[number].outcome(question, found.ranking, limit)


def entries_of(pack: Pack) -> tuple[Entry, ...]:
    """List what a draft can answer with: its paragraphs, quotations and figures, each place once."""
    found: dict[object, Entry] = {}
    for entry in (*pack.passages, *pack.quotes, *pack.figures):
        found.setdefault(entry.place, entry)
    return tuple(found.values())


def passages_of(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Pair each entry's text with the heading above it."""
    return [("" if isinstance(entry, Section) else entry.place.section, entry.text) for entry in entries]


def _unreadable(question: str) -> NotInBrief | None:
    if not question.strip():
        return NotInBrief(question, 0.0, Why.EMPTY, "There is no question; type one.")
    raw = [word.lower() for word in raw_words(question)]
    language = foreign_language(raw, ENGLISH_EVIDENCE)
    if language:
        sentence = f"This looks like {language}; I read questions in English only. Please ask in English."
        return NotInBrief(question, 0.0, Why.LANGUAGE, sentence)
    return None if raw else NotInBrief(question, 0.0, Why.GIBBERISH, NO_WORDS)


def _reason(ranking: PlainRanking) -> str:
    if ranking.missing:
        named = ", ".join(ranking.missing[:3])
        return f"I found no passage that answers this; the document lacks: {named[:80]}."
    return "I found no passage that answers this."
