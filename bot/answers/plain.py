"""Plain documents: a ranker for passages that nobody curated, with a calibrated confidence.

Words are stemmed and repaired against the document's own vocabulary (RapidFuzz), passages and their sentences are
compared with the question in several weak ways (words, letter groups, word order, kinds of answer), and fitted weights
(``plain_weights``) mix them. A long document is first narrowed down by postings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answers import plain_weights
from bot.answers.plain_candidates import Postings
from bot.answers.plain_confidence import SIGNS, probability, signs
from bot.answers.plain_features import CUES, FEATURES, Evidence, gather
from bot.answers.plain_lexicon import Lexicon, Near
from bot.answers.plain_passages import collect
from bot.answers.plain_question import Asked, Question, read
from bot.answers.plain_view import View, group_rarity, look_at
from bot.words.english import English

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

ANSWERED = 0.5  # the confidence from which on a question counts as answered
WHOLE = 120  # passages up to which every one is looked at closely
CANDIDATES = 64
SHOWN = 5
CLOSE = 0.6  # how alike another word must be for a word not to be called missing
FLOOR = -100.0  # the score of a passage that was not looked at


def _weights() -> Floats:
    """Lay out the weights: a row a kind of question, a column a feature."""
    table = np.tile(np.array([plain_weights.RANKING[name] for name in FEATURES], np.float32), (len(Asked), 1))
    for kind in Asked:
        table[kind, CUES] += np.array(plain_weights.CUES[kind.name], np.float32)
    return table


def _lacks(term: Near) -> bool:
    """Say whether a document holds neither a word nor one that could be meant by it."""
    return term.absent and not any(worth >= CLOSE for _, worth in term.soft)


_WEIGHTS = _weights()
_SIGNS = [plain_weights.CONFIDENCE[name] for name in SIGNS]


@dataclass(frozen=True, slots=True)
class PlainRanking:
    """What a document's passages say to a question.

    ``scores`` has one number a passage (only differences mean something); ``order`` lists passages, the best first (of
    a long document only the likeliest); ``confidence`` (0 to 1) is that of the first, from ``ANSWERED`` on it answers;
    ``missing`` are words of the question that the document lacks; ``best_sentences`` belong to the first passages of
    ``order``.
    """

    scores: Floats
    order: tuple[int, ...]
    confidence: float
    missing: tuple[str, ...]
    best_sentences: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Say whether the first passage answers the question."""
        return self.confidence >= ANSWERED


@dataclass(frozen=True, slots=True)
class Look:
    """A close look at some passages: their numbers, the question as read and the evidence."""

    numbers: Ints
    view: View
    question: Question
    evidence: Evidence


class PlainIndex:
    """The passages of one document, or of several in a row, ready to be asked."""

    def __init__(self, passages: Sequence[tuple[str, str]], english: English) -> None:
        """Index passages, each a heading (may be empty) and a text."""
        self._passages = collect(passages)
        count = self._passages.count
        self._lexicon = Lexicon(self._passages.ids, self._passages.surfaces, self._passages.counts, count, english)
        self._rarities = group_rarity(self._passages)
        self._numbers = np.arange(count)
        self._whole = look_at(self._passages) if 0 < count <= WHOLE else None
        self._postings = Postings(self._passages) if count > WHOLE else None

    def look(self, text: str) -> Look | None:
        """Read a question and gather the evidence; None when no passage holds anything of it."""
        question = read(text, self._lexicon)
        if not question.terms:
            return None
        numbers, view = self._numbers, self._whole
        if self._postings is not None:
            numbers = self._postings.best(question, CANDIDATES)
            view = look_at(self._passages, numbers) if len(numbers) else None
        if view is None:
            return None
        return Look(numbers, view, question, gather(question, view, len(self._passages.ids), self._rarities))

    def rank(self, question: str) -> PlainRanking:
        """Rank the passages by how well they answer a question, and say how sure that is."""
        found = self.look(question)
        scores = np.full(self._passages.count, FLOOR, np.float32)
        if found is None:
            return PlainRanking(scores, (), 0.0, (), ())
        local = _WEIGHTS[found.question.asked] @ found.evidence.table
        confidence = probability(signs(found.question, found.evidence, local), _SIGNS, plain_weights.INTERCEPT)
        scores[found.numbers] = local
        order = np.argsort(-local, kind="stable")
        lacking = tuple(term.word for term in found.question.terms if _lacks(term))
        sentences = tuple(self._sentence(found, int(at)) for at in order[:SHOWN])
        return PlainRanking(scores, tuple(found.numbers[order].tolist()), confidence, lacking, sentences)

    def _sentence(self, found: Look, at: int) -> str:
        """Give the best sentence of a passage of a look."""
        offset = int(found.evidence.sentences[at] - found.view.starts[at])
        return self._passages.texts[int(self._passages.sentence_starts[found.numbers[at]]) + offset]
