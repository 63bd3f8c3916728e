"""How a round moves: a question is posted, stands, is revealed; the next one follows, or the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.quiz.events import (
    Effect,
    MessageStood,
    Podium,
    PostQuestion,
    Reveal,
    SaveRound,
    UpdateCount,
)
from bot.quiz.rules import pause_after, time_for
from bot.quiz.state import Break, Halt, Phase, Round

Step = tuple[Round, tuple[Effect, ...]]


def post(state: Round, number: int, at: dt.datetime) -> Step:
    """Put up a question, or end the round where there is none left."""
    if number > len(state.items):
        return end(state, at, "")
    state = replace(
        _cleared(state),
        phase=Phase.POSTING,
        number=number,
        touched=at,
        earlier=state.rows,
        current={},
    )
    return state, (SaveRound(), PostQuestion(number))


def stood(state: Round, event: MessageStood) -> Step:
    """Begin a question's time, or let it go on after its message was lost."""
    if event.number != state.number:
        return state, ()
    if state.phase is Phase.OPEN and state.halt is Halt.LOST:
        state = resumed(state, event.at)
    elif state.phase is Phase.POSTING:
        seconds = time_for(state.item, state.rules)
        at = max(event.at, state.touched)  # a message that stood before the bot was lost is found again, with its time
        deadline = at + dt.timedelta(seconds=seconds) if seconds else None
        state = replace(state, phase=Phase.OPEN, stood=at, planned=seconds, deadline=deadline, touched=at)
    else:
        return state, ()
    shown = UpdateCount(state.number, len(state.current), state.deadline, paused=state.halt is Halt.PAUSE)
    return state, (SaveRound(), shown)


def reveal(state: Round, at: dt.datetime) -> Step:
    """Close the open question and show the answer."""
    if state.halted is not None:
        state = resumed(state, at)
    gap = pause_after(state.item, state.rules)
    due = at + dt.timedelta(seconds=gap) if gap else None
    state = replace(state, phase=Phase.REVEALED, closed=at, due=due, touched=at)
    return state, (SaveRound(), Reveal(state.number))


def advance(state: Round, at: dt.datetime) -> Step:
    """Go on from an open question to its reveal, from there to the next question."""
    if state.phase is Phase.OPEN:
        return reveal(state, at)
    return post(state, state.number + 1, at)


def skip(state: Round, at: dt.datetime) -> Step:
    """Go on without a reveal; the question counts for nobody."""
    return post(replace(state, void=state.void | {state.number}), state.number + 1, at)


def end(state: Round, at: dt.datetime, why: str) -> Step:
    """End the round; a question that is not yet revealed counts for nobody, for not all had their time."""
    unfinished = {state.number} if state.phase in {Phase.POSTING, Phase.OPEN} else set()
    state = replace(
        _cleared(state),
        phase=Phase.ENDED,
        touched=at,
        earlier=state.rows,
        current={},
        void=state.void | unfinished,
        why=why,
    )
    return state, (SaveRound(), Podium(why))


def resumed(state: Round, at: dt.datetime) -> Round:
    """Let the clock run on, with the time of the halt given back."""
    if state.halted is None:
        return state
    end = max(state.halted, at)
    lost = end - state.halted
    breaks = state.breaks
    if state.phase is Phase.OPEN:
        breaks = (*breaks, Break(state.halted, end, state.halt is Halt.PAUSE))
    return replace(
        state,
        halted=None,
        halt=None,
        breaks=breaks,
        deadline=state.deadline + lost if state.deadline else None,
        due=state.due + lost if state.due else None,
        touched=end,
    )


def _cleared(state: Round) -> Round:
    """Forget what belongs to the present question, but for its number and its rows."""
    return replace(
        state,
        stood=None,
        planned=None,
        deadline=None,
        halted=None,
        halt=None,
        breaks=(),
        closed=None,
        due=None,
    )
