"""The instructor's private cards: what stands in the channel, what comes next, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.discord.cards.layout import Part, Tone, body, button, card, heading, line, texts
from bot.discord.cards.quiz_telling import ROOM_OPTION, ROOM_STEM, counted, people, right_answer, summary, until
from bot.quiz.state import Halt, Phase, Round

EXTENSION = 30  # seconds that a press adds
_ROOM_TITLE = 200
_PRIMARY, _PLAIN, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.secondary, discord.ButtonStyle.danger


def control_card(
    round_id: int, state: Round, *, title: str, channel_id: int, trouble: str = "", note: str = ""
) -> ui.LayoutView:
    """Show where a round stands, and what its instructor can do.

    ``trouble``: why nothing can be posted; ``note``: what a press did, or why it did nothing; both sentences of ours.
    """
    ended = state.phase is Phase.ENDED
    where = f"-# In <#{channel_id}>, round {round_id}; only you see this card."
    head = "\n".join([heading(f"Leading: {title}", _ROOM_TITLE), where])
    told = [head, f"**{trouble}**" if trouble else "", note, "\n".join(_standing(state))]
    parts: list[Part] = [*texts(told)]
    if hint := "" if ended else _hint(state):
        parts += [line(), *texts([hint])]
    rows = () if ended else tuple(_rows(round_id, state))
    return card(Tone.REFUSAL if trouble else Tone.QUIET if ended else Tone.ANSWER, parts, *rows)


def stop_card(round_id: int, state: Round, *, title: str) -> ui.LayoutView:
    """Ask before a round is ended."""
    lost = ""
    if state.phase in {Phase.POSTING, Phase.OPEN}:
        lost = f" Question {state.number} is not revealed yet, so it will count for nobody."
    rest = "It has not begun." if state.phase is Phase.LOBBY else f"Points up to now count.{lost}"
    text = f"{heading(f'Stop “{title}”?', _ROOM_TITLE)}\n{rest} A round that was stopped cannot be taken up again."
    buttons = [_press(round_id, "Stop now", "stop-now", _DANGER), _press(round_id, "Go on", "refresh")]
    return card(Tone.REFUSAL, texts([text]), buttons)


# ------------------------------------------------------------------ where it stands


def _standing(state: Round) -> Iterator[str]:
    match state.phase:
        case Phase.LOBBY:
            yield "**The lobby is open.**"
            yield f"{people(len(state.players)) if state.players else 'Nobody'} joined so far."
        case Phase.POSTING:
            yield f"**{_question(state)} is being posted.**"
            yield f"{people(len(state.players))} joined."
        case Phase.OPEN:
            yield f"**{_question(state)} {_open(state)}**"
            yield from _extra(state)
            yield f"{counted(len(state.current), 'answer')} so far; {people(len(state.players))} joined."
        case Phase.REVEALED:
            yield f"**{_question(state)} is revealed.** {_follows(state)}"
            yield f"{counted(len(state.current), 'answer')}; {people(len(state.players))} joined."
        case Phase.ENDED:
            yield "**The quiz is over.**"
            yield summary(state)
            yield "`/quiz results` shows how everybody did to you alone, and gives it as a table."


def _question(state: Round) -> str:
    return f"Question {state.number} of {len(state.items)}"


def _open(state: Round) -> str:
    if state.halt is Halt.PAUSE:
        return "is paused."
    if state.halt is Halt.LOST:
        return "is being posted again: its message was deleted, and its time stands still."
    return f"is open until {until(state.deadline)}." if state.deadline else "is open until you reveal it."


def _extra(state: Round) -> Iterator[str]:
    """Say how long those with extra time have, who are waited for."""
    last = state.last_deadline
    if state.halt is None and last and state.deadline and last > state.deadline:
        yield f"-# With extra time until {until(last)}"


def _follows(state: Round) -> str:
    what = "The next question" if state.number < len(state.items) else "The result"
    if state.halt is Halt.PAUSE:
        return f"{what} waits: the quiz is paused."
    return (
        f"{what} follows {discord.utils.format_dt(state.due, 'R')}."
        if state.due
        else f"{what} follows when you say so."
    )


def _hint(state: Round) -> str:
    """Write the next question; its answer shows when it is clicked, for the card may stand on a screen for all."""
    if state.number >= len(state.items):
        return "-# This is the last question."
    item = state.items[state.number]
    answer = body(right_answer(item), ROOM_OPTION)
    return f"-# Next, question {state.number + 1}: {body(item.stem, ROOM_STEM)}\n-# Right answer: ||{answer}||"


# ------------------------------------------------------------------ buttons


def _rows(round_id: int, state: Round) -> Iterator[list[ui.Button[Any]]]:
    stop = _press(round_id, "Stop…", "stop", _DANGER)
    refresh = _press(round_id, "Refresh", "refresh")
    skip = _press(round_id, "Skip", "skip")
    match state.phase:
        case Phase.LOBBY:
            yield [_press(round_id, "Start", "start", _PRIMARY), stop, refresh]
        case Phase.POSTING:
            yield [skip, stop, refresh]
        case Phase.OPEN:
            more = [_press(round_id, f"{EXTENSION} s more", "extend")] if state.deadline else []
            yield [_press(round_id, "Reveal now", "reveal", _PRIMARY), _clock(round_id, state), *more]
            yield [skip, stop, refresh]
        case Phase.REVEALED:
            last = state.number >= len(state.items)
            clock = [_clock(round_id, state)] if state.due or state.halt else []
            yield [_press(round_id, "Show the result" if last else "Next question", "next", _PRIMARY), *clock]
            yield [stop, refresh]


def _clock(round_id: int, state: Round) -> ui.Button[Any]:
    if state.halt is Halt.PAUSE:
        return _press(round_id, "Resume", "resume")
    return _press(round_id, "Pause", "pause")


def _press(round_id: int, label: str, verb: str, style: discord.ButtonStyle = _PLAIN) -> ui.Button[Any]:
    return button(label, "quiz-lead", f"{round_id}.{verb}", style)
