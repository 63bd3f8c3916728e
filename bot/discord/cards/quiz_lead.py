"""The instructor's private cards: what stands in the channel, what comes next, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.discord.cards.layout import Part, Tone, body, button, card, heading, line, texts
from bot.discord.cards.quiz_results import Where
from bot.discord.cards.quiz_telling import ROOM_OPTION, ROOM_STEM, joined_told, right_answer, summary, until
from bot.quiz.state import Halt, Phase, Round

EXTENSION = 30  # seconds that a press adds
_ROOM_TITLE = 200
_PRIMARY, _PLAIN, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.secondary, discord.ButtonStyle.danger


def control_card(
    round_id: int, state: Round, *, title: str, channel_id: int, trouble: str = "", note: str = ""
) -> ui.LayoutView:
    """Show where a round stands, and what its instructor can do.

    ``trouble``: why nothing can be posted; ``note``: what a press did, or why it did nothing; both sentences of ours.
    A round that is over needs no note: the card says so.
    """
    ended = state.phase is Phase.ENDED
    where = f"-# In <#{channel_id}>, round {round_id}; only you see this card."
    head = "\n".join([heading(f"Leading: {title}", _ROOM_TITLE), where])
    told = [head, f"**{trouble}**" if trouble else "", "" if ended else note, "\n".join(_standing(state))]
    parts: list[Part] = [*texts(told)]
    if hint := "" if ended else _hint(state):
        parts += [line(), *texts([hint])]
    tone = Tone.REFUSAL if trouble else Tone.QUIET if ended else Tone.ANSWER
    return card(tone, parts, *_rows(round_id, state))


def stamp(state: Round) -> str:
    """Write where a round stands, for a custom id: its question's number and its phase's first letter, ``3.o``."""
    return f"{state.number}.{state.phase.value[0]}"


def stop_card(round_id: int, state: Round, *, title: str) -> ui.LayoutView:
    """Ask before a round is ended."""
    lost = ""
    if state.phase in {Phase.POSTING, Phase.OPEN}:
        lost = f" Question {state.number} is not revealed yet, so it will not count."
    rest = "It has not begun." if state.phase is Phase.LOBBY else f"Points up to now count.{lost}"
    text = f"{heading(f'Stop “{title}”?', _ROOM_TITLE)}\n{rest} A round that was stopped cannot be taken up again."
    buttons = [_press(round_id, state, "Stop now", "stop-now", _DANGER), _press(round_id, state, "Go on", "refresh")]
    return card(Tone.REFUSAL, texts([text]), buttons)


# ------------------------------------------------------------------ where it stands


def _standing(state: Round) -> Iterator[str]:
    match state.phase:
        case Phase.LOBBY:
            yield "**The lobby is open.**"
            yield joined_told(len(state.players))
        case Phase.POSTING:
            yield f"**{_question(state)} is being posted.**"
            yield joined_told(len(state.players))
        case Phase.OPEN:
            yield f"**{_question(state)} {_open(state)}**"
            yield from _extra(state)
            yield _answered(state)
        case Phase.REVEALED:
            yield f"**{_question(state)} is revealed.** {_follows(state)}"
            yield _answered(state)
        case Phase.ENDED:
            yield f"**The quiz is over.** {summary(state)}"
            yield "-# Results shows you alone how everybody did, and gives files; `/quiz results` does so later."


def _question(state: Round) -> str:
    return f"Question {state.number} of {len(state.items)}"


def _answered(state: Round) -> str:
    """Say how many of those who play have answered; who left stays counted with an answer."""
    count, everyone = len(state.current), len(state.players | state.current.keys())
    return f"{count:,} of {everyone:,} {'has' if count == 1 else 'have'} answered." if everyone else joined_told(0)


def _open(state: Round) -> str:
    if state.halt is Halt.PAUSE:
        return "is paused."
    if state.halt is Halt.LOST:
        return "is being posted again: its message was deleted, and the clock is stopped."
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
    press = partial(_press, round_id, state)
    stop, refresh, skip = press("Stop…", "stop", _DANGER), press("Refresh", "refresh"), press("Skip", "skip")
    clock = press("Resume", "resume") if state.halt is Halt.PAUSE else press("Pause", "pause")
    match state.phase:
        case Phase.LOBBY:
            yield [press("Start", "start", _PRIMARY), stop, refresh]
        case Phase.POSTING:
            yield [skip, stop, refresh]
        case Phase.OPEN:
            more = [press(f"{EXTENSION} s more", "extend")] if state.deadline else []
            yield [press("Reveal now", "reveal", _PRIMARY), clock, *more]
            yield [skip, stop, refresh]
        case Phase.REVEALED:
            last = state.number >= len(state.items)
            runs = [clock] if state.due or state.halt else []
            yield [press("Show the result" if last else "Next question", "next", _PRIMARY), *runs]
            yield [stop, refresh]
        case Phase.ENDED:
            yield [button("Results", "quiz-results", Where(round_id).state, _PRIMARY)]


def _press(round_id: int, state: Round, label: str, verb: str, style: discord.ButtonStyle = _PLAIN) -> ui.Button[Any]:
    """Make a button that says where the round stood: pressed late, it does nothing to what came after."""
    return button(label, "quiz-lead", f"{round_id}.{verb}.{stamp(state)}", style)
