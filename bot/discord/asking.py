"""Asking: a question to its outcome, and what is kept of one that the brief did not answer."""

from __future__ import annotations

import datetime as dt
import logging

from bot.answers.outcomes import Answered, NotInBrief, Outcome, Why
from bot.answers.unanswered import normal_form
from bot.discord.faults import Refusal
from bot.discord.seats import Seat
from bot.discord.services import Services
from bot.store.database import StoreFault

_log = logging.getLogger(__name__)
MOST_CHARACTERS = 1_000
_KEPT = {Why.UNTREATED, Why.ABSENT, Why.UNSURE}
_UNREADABLE = {Why.EMPTY, Why.GIBBERISH, Why.LANGUAGE}


def ask_at(seat: Seat, question: str) -> Outcome:
    """Ask the seat's brief; raises Refusal for what is too long to be a question."""
    if len(question) > MOST_CHARACTERS:
        raise Refusal(
            f"That is {len(question):,} characters long; ask in {MOST_CHARACTERS:,} or fewer, one question at a time."
        )
    return seat.volume.ask(question)


def is_readable(outcome: Outcome) -> bool:
    """Tell whether there was a question at all; who mistypes one is told privately."""
    return not isinstance(outcome, NotInBrief) or outcome.why not in _UNREADABLE


def is_kept(seat: Seat, outcome: Outcome) -> bool:
    """Tell whether a question goes to the curators' list."""
    refused = isinstance(outcome, NotInBrief) and outcome.why in _KEPT
    return refused and seat.counted and bool(normal_form(outcome.question))


async def keep(services: Services, seat: Seat, outcome: Outcome, user_id: int, now: dt.datetime) -> bool:
    """Count what was asked, without its asker: what the brief did not answer, and the topics of public answers.

    A fault costs the count, not the answer: then False, so that nobody is told what is not true.
    """
    if isinstance(outcome, Answered) and seat.settings and not seat.private:
        await _hear(services, seat.settings.guild_id, seat.volume.id, outcome.matches[0].id, user_id, now)
    if not is_kept(seat, outcome):
        return True
    guild_id = seat.settings.guild_id if seat.settings else None
    text = normal_form(outcome.question)
    try:
        await services.tally.note(guild_id, seat.volume.id, text, now)
    except StoreFault as fault:
        _log.warning("an unanswered question could not be counted: %s", fault)
        return False
    return True


async def _hear(services: Services, guild_id: int, pack: str, match: str, user_id: int, now: dt.datetime) -> None:
    entry = match.partition("/")[0]  # the figure of a cell
    try:
        await services.heard.note(guild_id, pack, entry, user_id, now)
    except StoreFault as fault:
        _log.warning("what was asked could not be counted: %s", fault)
