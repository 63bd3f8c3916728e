"""The clock of a round: paused, running on, with more time, with time given back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.quiz.answering import count
from bot.quiz.events import (
    Decline,
    Effect,
    Extended,
    MessageLost,
    Paused,
    Podium,
    PostQuestion,
    Restarted,
    Resumed,
    Reveal,
    SaveRound,
    UpdateLobby,
)
from bot.quiz.moving import resumed
from bot.quiz.rules import MOST_SECONDS
from bot.quiz.state import Break, Halt, Phase, Round

Step = tuple[Round, tuple[Effect, ...]]
_RUNNING = frozenset({Phase.OPEN, Phase.REVEALED})


def pause(state: Round, event: Paused) -> Step:
    """Stop the clock."""
    if state.halt is Halt.PAUSE:
        return state, (Decline("The quiz is paused already."),)
    if state.phase not in _RUNNING:
        return state, (Decline("There is nothing to pause yet."),)
    if state.phase is Phase.OPEN and state.last_deadline and event.at > state.last_deadline:
        return state, (Decline("Time is up for this question; it is being revealed."),)
    begin = state.halted or event.at  # a message that was lost stopped it before
    state = replace(state, halted=begin, halt=Halt.PAUSE, touched=event.at)
    return state, (SaveRound(), *_shown(state))


def resume(state: Round, event: Resumed) -> Step:
    """Let the clock run on."""
    if state.halt is not Halt.PAUSE:
        return state, (Decline("The quiz is not paused."),)
    state = resumed(state, event.at)
    return state, (SaveRound(), *_shown(state))


def extend(state: Round, event: Extended) -> Step:
    """Add seconds to the open question, or to the time before the next one."""
    if not 1 <= event.seconds <= MOST_SECONDS:
        return state, (Decline(f"Between 1 and {MOST_SECONDS} seconds can be added."),)
    more = dt.timedelta(seconds=event.seconds)
    if state.phase is Phase.OPEN and state.deadline:
        state = replace(state, deadline=state.deadline + more, touched=event.at)
    elif state.phase is Phase.REVEALED and state.due:
        state = replace(state, due=state.due + more, touched=event.at)
    else:
        return state, (Decline("No time is running that could be extended."),)
    return state, (SaveRound(), *_shown(state))


def lose_message(state: Round, event: MessageLost) -> Step:
    """Stop the clock until the message stands again, and post it again."""
    if event.number != state.number:
        return state, ()
    if state.phase is Phase.POSTING:
        return state, (PostQuestion(state.number),)
    if state.phase is Phase.REVEALED:
        return state, (Reveal(state.number),)
    if state.phase is not Phase.OPEN:
        return state, ()
    if state.halted is None:
        state = replace(state, halted=event.at, halt=Halt.LOST, touched=event.at)
    return state, (SaveRound(), PostQuestion(state.number))


def restart(state: Round, event: Restarted) -> Step:
    """Give back the time for which the bot was away, and show again what may not have been shown."""
    away = dt.timedelta(seconds=max(0.0, event.lost))
    begin = event.at - away
    if state.halted is None and state.phase is Phase.OPEN and state.stood:
        begin = max(begin, state.stood)
        over = state.last_deadline is not None and state.last_deadline <= begin
        if begin < event.at and not over:
            state = replace(
                state,
                breaks=(*state.breaks, Break(begin, event.at, pause=False)),
                deadline=state.deadline + (event.at - begin) if state.deadline else None,
            )
    elif state.halted is None and state.phase is Phase.REVEALED and state.due:
        begin = max(begin, state.closed or begin)
        state = replace(state, due=state.due + (event.at - begin) if state.due > begin else state.due)
    if state.phase is not Phase.ENDED:
        state = replace(state, touched=event.at)
    return state, (SaveRound(), *_again(state))


def _again(state: Round) -> tuple[Effect, ...]:
    """Say what the present phase shows; every effect of it can be carried out twice."""
    match state.phase:
        case Phase.LOBBY:
            return (UpdateLobby(len(state.players)),)
        case Phase.POSTING:
            return (PostQuestion(state.number),)
        case Phase.OPEN:
            return (PostQuestion(state.number),) if state.halt is Halt.LOST else (count(state),)
        case Phase.REVEALED:
            return (Reveal(state.number),)
        case Phase.ENDED:
            return (Podium(state.why),)


def _shown(state: Round) -> tuple[Effect, ...]:
    """Show the clock anew: until when a question is open, or when the next one follows."""
    return (count(state),) if state.phase is Phase.OPEN else (Reveal(state.number),)
