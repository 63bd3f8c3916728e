"""Refusals: what to say when the brief does not answer, without ever claiming more than is known."""

from __future__ import annotations

from bot.answers.index import Index
from bot.answers.outcomes import Why
from bot.answers.query import Query
from bot.answers.ranking import Views
from bot.answers.units import Floats
from bot.brief.pack import Pack
from bot.words.languages import foreign_language
from bot.words.stems import stem
from bot.words.stopwords import ASKING, FRAME, FUNCTION
from bot.words.text import MAX_QUESTION, words

ENGLISH_EVIDENCE = FUNCTION | ASKING | FRAME
MANY_FOREIGN = 2  # lower-case words that neither the pack nor English knows
NO_WORDS = "I found no words in this question; please ask in a sentence or with key words."


def unreadable(query: Query, pack: Pack) -> tuple[Why, str] | None:
    """Tell why a question cannot even be matched: empty, gibberish, another language; None when it can."""
    if not query.text.strip():
        example = next((entry.ask[0] for entry in pack.passages if entry.ask), "")
        return Why.EMPTY, f"There is no question; type one{f', for example: {example}' if example else '.'}"
    language = foreign_language(query.raw, ENGLISH_EVIDENCE)
    if language:
        return Why.LANGUAGE, f"This looks like {language}; I read questions in English only. Please ask in English."
    if not query.typed:
        return Why.GIBBERISH, NO_WORDS
    if all(word.isdigit() for word in query.typed):
        return Why.GIBBERISH, "I see only numbers in this question; say in words what you want to know."
    unknown = [word for word in query.strange if not word.isdigit()]
    if unknown and len(unknown) == len([word for word in query.typed if word not in FUNCTION]):
        shown = ", ".join(unknown[:3])
        return Why.GIBBERISH, f"I do not know the words of this question ({shown[:60]}); please check their spelling."
    if len(query.text) > MAX_QUESTION:
        return Why.UNSURE, f"The question is longer than {MAX_QUESTION:,} characters; please shorten it."
    return None


def refuse(query: Query, index: Index, pack: Pack, views: Views, scores: Floats) -> tuple[Why, str]:
    """Say why a question is refused: a subject that is not treated, a word that stands nowhere, or no passage found."""
    untreated = index.untreated_ids
    if len(untreated):
        best = int(untreated[scores[untreated].argmax()])
        answers = index.answer_ids
        rival = float(scores[answers].max()) if len(answers) else 0.0
        close = float(scores[best]) > rival - 3 and float(views.view("question")[best]) > 0.55
        close = close and float(views.held[best]) > 0.5
        subject = index.targets[best].untreated
        if subject and (close or (float(views.held[best]) > 0.8 and float(scores[best]) > rival)):
            return Why.UNTREATED, subject.sentence
    absent = absent_words(query, index, pack)
    if absent:
        named = " or ".join(absent[:2])
        return Why.ABSENT, f"The brief does not mention {named}."
    subject_words = [term.surface for term in query.content][:4]
    if subject_words:
        return Why.UNSURE, f"I found no passage on this ({', '.join(subject_words)[:80]})."
    return Why.UNSURE, "I found no passage that answers this."


def absent_words(query: Query, index: Index, pack: Pack) -> list[str]:
    """List the question's names that stand nowhere in the document: neither the word, nor its stem, nor an alias.

    Only with the document's vocabulary at hand, and only for names: a common verb that the brief happens not to use
    says nothing about its subject.
    """
    if not pack.vocabulary:
        return []
    foreign = [word for word in query.strange if not query.shown.get(word, word)[:1].isupper()]
    accented = any(not word.isascii() and word not in index.english for word in query.raw)
    if accented or len(foreign) >= MANY_FOREIGN:
        return []  # probably another language: what a word means, and so whether it is missing, cannot be told
    found: list[str] = []
    for term in query.content:
        raw = query.shown.get(term.surface.split()[-1], term.surface)
        if term.phrase or term.surface in query.doubts or not _is_name(raw, query, index):
            continue
        names = index.analyzer.spellings(term.key) if term.key.startswith("@") else (term.surface,)
        if not any(_stands(name, pack.vocabulary) for name in names):
            found.append(raw.removesuffix("'s"))
    return found


def _is_name(raw: str, query: Query, index: Index) -> bool:
    """Say whether a word as typed is a name: capitalised, and not only because the question begins with it."""
    if not raw[:1].isupper():
        return False
    begins = bool(query.raw) and query.raw[0] == raw.lower()
    return not begins or raw.lower().removesuffix("'s") not in index.english


def _stands(name: str, vocabulary: frozenset[str]) -> bool:
    """Say whether any content word of a name stands in the document."""
    return any(stem(word) in vocabulary for word in words(name) if word not in FUNCTION)
