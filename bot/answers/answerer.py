"""The answerer: question in, answer or honest refusal out.

``Answerer.ask`` is a pure function of the packs, the question and the fitted weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from bot.answers.analysis import Analyzer, glossary_of
from bot.answers.cells import prefer_cell
from bot.answers.confidence import confidence, signals
from bot.answers.explanation import explain
from bot.answers.index import Index
from bot.answers.outcomes import Answered, Match, NotInBrief, Outcome, Why
from bot.answers.packed import Finder
from bot.answers.query import Query, read
from bot.answers.ranking import Views, look
from bot.answers.refusal import refuse, unreadable
from bot.answers.suggestions import Suggester
from bot.answers.targets import targets
from bot.answers.units import Floats
from bot.answers.weights import FITTED, Weights, from_tuning
from bot.brief.citations import cite
from bot.brief.pack import Pack
from bot.words.english import English
from bot.words.text import words

TIE = 0.6  # lead in score below which the second place is offered by name
MAX_LIMIT = 25


_ARTICLES = frozenset(("a", "an", "the"))


class Answerer:
    """Answers questions about one pack."""

    def __init__(self, pack: Pack, english: English, weights: Weights | None = None) -> None:
        """Index the pack; ``weights`` default to the pack's own, else to the program's.

        ``suggester`` is made with it, since the words of the questions are at hand here, and shelved with it.
        """
        self.pack = pack
        own = from_tuning(pack.tuning) if pack.tuning else None
        self.weights = weights or own or FITTED
        self.index = Index(targets(pack), Analyzer(glossary_of(pack), pack.frame_names), english)
        self._curated = Finder(map(_folded_wording, self.index.wordings))
        wordings = dict(zip(self.index.texts, self.index.wordings, strict=True))
        self.suggester = Suggester(pack, lambda question: wordings[question].split())
        self._cite_places()

    def _cite_places(self) -> None:
        """Give each place a number, its citation, and the targets by which it is judged."""
        index, pages = self.index, self.pack.pages
        numbers = {
            target.place: int(number)
            for target, number in zip(index.targets, index.place_of, strict=True)
            if not target.untreated
        }
        self._also: dict[int, tuple[int, ...]] = {}
        judges: dict[int, list[int]] = {}
        for target_id, target in enumerate(index.targets):
            if target.untreated:
                continue
            if target.also and target.kind != "figure":
                for place in target.also:
                    numbers.setdefault(place, index.place_count + len(numbers))
                self._also[target_id] = tuple(numbers[place] for place in (target.place, *target.also))
            else:
                judges.setdefault(numbers[target.place], []).append(target_id)
        self._judges = {number: np.array(found, np.int64) for number, found in judges.items()}
        self._citations = {number: cite(self.pack, place, pages.get(place, "")) for place, number in numbers.items()}

    def _unit_of(self, wording: str) -> int | None:
        """Find the curated question of a folded wording, the first of several."""
        wordings = self.index.wordings
        return next((n for n in self._curated.candidates(wording) if _folded_wording(wordings[n]) == wording), None)

    def ask(self, question: str, limit: int = 3, *, explained: bool = False) -> Outcome:
        """Answer a question, or say honestly that the brief does not; never raises for any text."""
        query = read(question, self.index)
        chosen = self._unit_of(_folded(words(question) if query.repairs else query.typed))
        reason = unreadable(query, self.pack) if chosen is None else None
        if reason or not len(self.index.answer_ids):
            why, sentence = reason or (Why.UNSURE, "There is nothing to answer from: this pack is empty.")
            return NotInBrief(question, 0.0, why, sentence)
        views = look(query, self.index)
        scores = views.scores(self.weights.ranking)
        prefer_cell(query, self.index, scores)
        if chosen is not None:
            owner = int(self.index.owners[chosen])
            scores[owner] = scores.max() + 5
            views.best[owner] = chosen
        sure = self._sure(query, views, scores, chosen)
        matches, lead = self._matches(scores, views, sure, max(1, min(limit, MAX_LIMIT)))
        evidence = explain(query, self.index, views, scores, self.weights) if explained else None
        repaired = tuple(query.repairs.items())
        if sure < self.weights.threshold:
            why, sentence = refuse(query, self.index, self.pack, views, scores)
            return NotInBrief(question, sure, why, sentence, matches, repaired, evidence)
        return Answered(question, sure, matches, lead < TIE and len(matches) > 1, repaired, evidence)

    def _sure(self, query: Query, views: Views, scores: Floats, chosen: int | None) -> float:
        if chosen is not None:
            return 0.0 if self.index.targets[self.index.owners[chosen]].untreated else 1.0
        return confidence(signals(query, self.index, views, scores), self.weights.confidence)

    def _matches(self, scores: Floats, views: Views, sure: float, limit: int) -> tuple[tuple[Match, ...], float]:
        """List the best targets, each place once, and how far the first leads the second."""
        answers = self.index.answer_ids
        if views.ids is not None:
            answers = views.ids[self.index.untreated[views.ids] == 0]
        order = answers[np.argsort(-scores[answers], kind="stable")].tolist()
        best = float(scores[order[0]])
        found: list[Match] = []
        leads: list[float] = []
        seen: set[int] = set()
        for number in order:
            place = int(self.index.place_of[number])
            if number in self._also:
                place = self._place(number, scores)
            if place in seen:
                continue
            seen.add(place)
            score = float(scores[number])
            leads.append(best - score)
            if len(found) < limit:
                share = sure * math.exp(max(-30.0, (score - best) / 4))
                found.append(self._match(number, int(views.best[number]), place, share))
            if len(leads) >= max(limit, 2):
                break
        return tuple(found), leads[1] if len(leads) > 1 else float("inf")

    def _place(self, number: int, scores: Floats) -> int:
        """Choose the place to cite: the target's own, unless another that it rests on fits the question better."""
        own, *others = self._also[number]
        place, best = own, self._fit(own, scores)
        for other in others:
            fit = self._fit(other, scores)
            if fit > best:
                place, best = other, fit
        return place

    def _fit(self, place: int, scores: Floats) -> float:
        judges = self._judges.get(place)
        return -math.inf if judges is None else float(scores[judges].max())

    def _match(self, number: int, unit: int, place: int, score: float) -> Match:
        target = self.index.targets[number]
        asked, answer = self.index.asked(unit) if unit >= 0 else ("", "")
        return Match(
            id=target.id,
            kind=target.kind,
            title=target.title,
            text=target.text,
            verbatim=target.verbatim,
            value=target.value,
            unit=target.unit if target.value is not None else None,
            score=round(min(1.0, max(0.0, score)), 4),
            citation=self._citations[place],
            answer=answer,
            asked=asked,
            entry=target.entry,
        )


def _folded(found: Iterable[str]) -> str:
    """Reduce a question to the words that make it this one: articles do not."""
    return " ".join([word for word in found if word not in _ARTICLES])


def _folded_wording(wording: str) -> str:
    return _folded(wording.split())
