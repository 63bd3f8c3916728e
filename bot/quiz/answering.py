"""Players in a round: joining, leaving, answering."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.quiz.events import (
    Answered,
    ConfirmPrivately,
    Decline,
    Effect,
    ExtraGiven,
    Given,
    Joined,
    Left,
    MessageStood,
    Picked,
    Refusal,
    RefusePrivately,
    Reveal,
    Row,
    SaveAnswer,
    SavePlayer,
    Typed,
    UpdateCount,
    UpdateLobby,
)
from bot.quiz.items import Item, Pick
from bot.quiz.moving import stood
from bot.quiz.rules import MOST_EXTRA, Joining
from bot.quiz.state import Halt, Phase, Round

Step = tuple[Round, tuple[Effect, ...]]


def join(state: Round, event: Joined) -> Step:
    """Let somebody in."""
    if state.rules.joining is Joining.LOBBY and state.phase is not Phase.LOBBY:
        return state, (RefusePrivately(event.player, Refusal.BEGUN),)
    if event.player in state.players:
        return state, ()
    state = replace(state, players=state.players | {event.player}, touched=max(state.touched, event.at))
    return state, (_saved(state, event.player), *_lobby(state))


def leave(state: Round, event: Left) -> Step:
    """Let somebody go; answers stay."""
    if event.player not in state.players:
        return state, ()
    state = replace(state, players=state.players - {event.player})
    return state, (_saved(state, event.player), *_lobby(state))


def give_extra(state: Round, event: ExtraGiven) -> Step:
    """Give a member more time, from the present question on."""
    if not 0 <= event.percent <= MOST_EXTRA:
        return state, (Decline(f"Extra time is 0 to {MOST_EXTRA} percent."),)
    state = replace(state, extra={**state.extra, event.player: event.percent})
    return state, (_saved(state, event.player),)


def answer(state: Round, event: Answered) -> Step:
    """Note an answer, or refuse it."""
    if state.phase is Phase.POSTING and event.number == state.number:
        # Who answers sees the message, though Discord has not told us yet that it stands.
        state, opened = stood(state, MessageStood(event.number, event.at))
        state, effects = answer(state, event)
        return state, (*opened, *effects)
    refusal = _refusal(state, event)
    if refusal:
        return state, (RefusePrivately(event.player, refusal),)
    row, before = _row(state, event), state.current.get(event.player)
    if before and (before.at > row.at or before.given == row.given):
        return state, (ConfirmPrivately(event.player, event.number, before.given, changed=False),)
    joins = event.player not in state.players
    state = replace(
        state,
        players=state.players | {event.player},
        current={**state.current, event.player: row},
        touched=max(state.touched, event.at),
    )
    saved: tuple[Effect, ...] = (*((_saved(state, event.player),) if joins else ()), SaveAnswer(row))
    confirmed = ConfirmPrivately(event.player, event.number, row.given, changed=before is not None)
    shown = Reveal(state.number) if state.phase is Phase.REVEALED else count(state)
    quiet = before is not None and state.phase is Phase.OPEN  # the count has not changed
    return state, (*saved, confirmed, *(() if quiet else (shown,)))


def count(state: Round) -> UpdateCount:
    """Count the answers to the open question."""
    return UpdateCount(state.number, len(state.current), state.deadline, paused=state.halt is Halt.PAUSE)


def _refusal(state: Round, event: Answered) -> Refusal | None:
    """Find out why an answer does not count; it may arrive after the reveal if it was given before."""
    if event.number != state.number or state.phase not in {Phase.OPEN, Phase.REVEALED}:
        return Refusal.NOT_OPEN
    if state.rules.joining is Joining.LOBBY and event.player not in state.players:
        return Refusal.NOT_JOINED
    if not _possible(state.item, event.given):
        return Refusal.NO_OPTION
    if _paused(state, event.at):
        return Refusal.PAUSED
    deadline = state.deadline_of(event.player)
    if (deadline and event.at - state.halting(event.at) > deadline) or (state.closed and event.at > state.closed):
        return Refusal.LATE
    return None


def _possible(item: Item, given: Given) -> bool:
    match given:
        case Picked(option):
            return not item.typed and 0 <= option < len(item.options)
        case Typed():
            return item.typed


def _paused(state: Round, at: dt.datetime) -> bool:
    if state.phase is Phase.OPEN and state.halt is Halt.PAUSE and state.halted and at >= state.halted:
        return True
    return any(one.pause and one.begin <= at < one.end for one in state.breaks)


def _row(state: Round, event: Answered) -> Row:
    item = state.item
    match event.given:
        case Picked(option):
            given: int | str = option
            right = item.right == Pick(option)
        case Typed(text, verdict):
            given, right = text, verdict.right
    return Row(
        number=event.number,
        player=event.player,
        item=item.id,
        given=given,
        right=right,
        at=event.at,
        elapsed=state.elapsed(event.at),
        allowed=state.allowed(event.player),
    )


def _saved(state: Round, player: int) -> SavePlayer:
    return SavePlayer(player, player in state.players, state.extra.get(player, 0))


def _lobby(state: Round) -> tuple[Effect, ...]:
    return (UpdateLobby(len(state.players)),) if state.phase is Phase.LOBBY else ()
