"""Askers: packs, curated or not, asked alone or together through one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, NotInBrief, Outcome, Why
from bot.brief.pack import Pack
from bot.words.english import English

if TYPE_CHECKING:  # imported where needed: most packs are curated, and who asks only those pays for no other ranker
    from bot.answers.plain_answerer import PlainAnswerer, PlainLibrary

Asker: TypeAlias = "Answerer | PlainAnswerer"
EVEN = 0.02  # confidences of two packs that are less apart are about equal


def asker(pack: Pack, english: English) -> Asker:
    """Index a pack: by its curated questions, or by its text alone where nobody wrote any."""
    if not is_plain(pack):
        return Answerer(pack, english)
    from bot.answers.plain_answerer import PlainAnswerer  # noqa: PLC0415

    return PlainAnswerer(pack, english)


def is_plain(pack: Pack) -> bool:
    """Say whether a pack has no curated questions at all, so that only its text can be asked."""
    return not any(entry.ask or entry.points for entry in (*pack.passages, *pack.recommendations))


class Askers:
    """Several packs asked together: the surest answer leads, and the others' matches follow by score."""

    def __init__(self, askers: Sequence[Asker], english: English) -> None:
        """Take the packs in the order they were named."""
        self.packs = tuple(one.pack for one in askers)
        plain = [one for one in askers if not isinstance(one, Answerer)]
        self._doors: list[Asker | PlainLibrary] = [one for one in askers if isinstance(one, Answerer)]
        if len(plain) > 1:
            from bot.answers.plain_answerer import PlainLibrary  # noqa: PLC0415

            self._doors.append(PlainLibrary(plain, english))
        else:
            self._doors.extend(plain)

    def ask(self, question: str, limit: int = 3, *, explained: bool = False) -> Outcome:
        """Ask all packs."""
        limit = max(1, limit)
        outcomes = [door.ask(question, limit, explained=explained) for door in self._doors]
        if len(outcomes) == 1:
            return outcomes[0]
        best = max(outcomes, key=_rank)
        pool = [
            match
            for outcome in outcomes
            for match in outcome.matches
            if isinstance(outcome, Answered) or isinstance(best, NotInBrief)
        ]
        first = best.matches[:1]
        merged = (*first, *sorted((one for one in pool if one not in first), key=lambda one: -one.score))[:limit]
        if isinstance(best, NotInBrief):
            return replace(best, nearest=merged)
        rivals = [one for one in outcomes if isinstance(one, Answered) and one is not best]
        even = any(one.confidence > best.confidence - EVEN for one in rivals)
        return replace(best, matches=merged, tie=(best.tie or even) and len(merged) > 1)


def _rank(outcome: Outcome) -> tuple[bool, bool, float]:
    """Prefer an answer, then a refusal that knows why, then the surer one."""
    answered = isinstance(outcome, Answered)
    knows = isinstance(outcome, NotInBrief) and outcome.why is not Why.UNSURE
    return answered, knows, outcome.confidence
