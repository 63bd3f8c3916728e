"""Rounds: a pure state machine from the lobby through the questions to the podium.

``step`` takes a state, an event and the present time, and gives the next state and what is to be done. Late answers are
refused by their own time against the deadline, not by when they arrive; the last answer in time counts; a question's
clock runs while its message stands, not in pauses and not while the bot is away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.quiz.answering import answer, give_extra, join, leave
from bot.quiz.clock import extend, lose_message, pause, restart, resume
from bot.quiz.events import (
    Advanced,
    Answered,
    Decline,
    Effect,
    Event,
    Extended,
    ExtraGiven,
    Joined,
    Left,
    MessageLost,
    MessageStood,
    Paused,
    Podium,
    Refusal,
    RefusePrivately,
    Restarted,
    Resumed,
    Reveal,
    SaveRound,
    Skipped,
    Started,
    Stopped,
    Ticked,
    Voided,
)
from bot.quiz.items import Item
from bot.quiz.moving import advance, end, post, skip, stood
from bot.quiz.rules import Rules
from bot.quiz.sets import MOST_ITEMS
from bot.quiz.state import Phase, Round, next_tick

Step = tuple[Round, tuple[Effect, ...]]
_ABANDONED = "The quiz waited for an hour and was ended."


def begin(items: Sequence[Item], rules: Rules, now: dt.datetime) -> Round:
    """Open a lobby; raises ValueError for no items or too many, and for a naive ``now``."""
    if not 1 <= len(items) <= MOST_ITEMS:
        raise ValueError(f"a round has 1 to {MOST_ITEMS} questions")
    if now.tzinfo is None:
        raise ValueError("a round begins at an aware instant")
    return Round(items=tuple(items), rules=rules, touched=now)


def step(state: Round, event: Event, now: dt.datetime) -> Step:
    """Give the next state, and the effects in the order in which they are to be carried out."""
    if state.phase is Phase.ENDED:
        return _after_end(state, event)
    match event:
        case Answered() | Joined() | Left() | ExtraGiven():
            return _play(state, event)
        case Paused() | Resumed() | Extended():
            return _time(state, event)
        case Started() | Advanced() | Skipped() | Stopped() | Voided():
            return _lead(state, event)
        case MessageStood():
            return stood(state, event)
        case MessageLost():
            return lose_message(state, event)
        case Restarted():
            return restart(state, event)
        case Ticked():
            return _tick(state, now)


def _play(state: Round, event: Answered | Joined | Left | ExtraGiven) -> Step:
    match event:
        case Answered():
            return answer(state, event)
        case Joined():
            return join(state, event)
        case Left():
            return leave(state, event)
        case ExtraGiven():
            return give_extra(state, event)


def _time(state: Round, event: Paused | Resumed | Extended) -> Step:
    match event:
        case Paused():
            return pause(state, event)
        case Resumed():
            return resume(state, event)
        case Extended():
            return extend(state, event)


def _lead(state: Round, event: Started | Advanced | Skipped | Stopped | Voided) -> Step:
    """Do what the instructor wants of the round's course."""
    asked = state.phase in {Phase.POSTING, Phase.OPEN}
    match event:
        case Started(at) if state.phase is Phase.LOBBY:
            return post(state, 1, at)
        case Started():
            return state, (Decline("The quiz has begun already."),)
        case Stopped(at, why):
            return end(state, at, why)
        case Voided(number, at):
            return _void(state, number, at)
        case Advanced() | Skipped() if state.phase is Phase.LOBBY:
            return state, (Decline("The quiz has not begun yet."),)
        case Advanced() if state.phase is Phase.POSTING:
            return state, (Decline("The question is just being posted."),)
        case Skipped(at) if asked:
            return skip(state, at)
        case Advanced(at) | Skipped(at):
            return advance(state, at)


def _void(state: Round, number: int, at: dt.datetime) -> Step:
    if not 1 <= number <= state.number:
        return state, (Decline("That question has not been asked."),)
    if number in state.void:
        return state, (Decline("That question does not count already."),)
    if number == state.number and state.phase in {Phase.POSTING, Phase.OPEN}:
        return skip(state, at)
    state = replace(state, void=state.void | {number}, touched=max(state.touched, at))
    shown = (Reveal(number),) if number == state.number and state.phase is Phase.REVEALED else ()
    return state, (SaveRound(), *shown)


def _tick(state: Round, now: dt.datetime) -> Step:
    """Do what time brings: a reveal, the next question, or the end of a round that nobody leads."""
    due = next_tick(state)
    if due is None or now < due:
        return state, ()
    running = state.deadline if state.phase is Phase.OPEN else state.due
    return advance(state, now) if running and not state.halted else end(state, now, _ABANDONED)


def _after_end(state: Round, event: Event) -> Step:
    match event:
        case Answered(player) | Joined(player):
            return state, (RefusePrivately(player, Refusal.ENDED),)
        case Left() | MessageStood() | MessageLost() | Ticked():
            return state, ()
        case Restarted():
            return restart(state, event)
        case Voided(number) if 1 <= number <= state.number and number not in state.void:
            return replace(state, void=state.void | {number}), (SaveRound(), Podium(state.why))
        case _:
            return state, (Decline(str(Refusal.ENDED)),)
