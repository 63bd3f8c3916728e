"""The cards that a class sees while it plays: the lobby, and each question from its posting to its reveal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.brief.quiz_items import ItemKind
from bot.discord.cards.layout import Tone, body, button, card, heading, large, line, quiet, texts
from bot.discord.cards.quiz_telling import (
    ROOM_OPTION,
    ROOM_STEM,
    VOID,
    counted,
    given_told,
    is_told,
    joined_told,
    option_lines,
    option_name,
    people,
    reasons,
    right_answer,
    until,
)
from bot.quiz.items import Item, Pick
from bot.quiz.results import Played, Question, played, question, shown_to_all
from bot.quiz.rules import FULL, FULL_FOR, Joining, Rules, Scoring, time_for
from bot.quiz.state import Halt, Phase, Round

_ROOM_TITLE = 200
_ROOM_TYPED = 120
_MOST_TYPED = 6  # typed answers that a reveal lists
_RIGHT = " (right)"
_WHO_SEES = (
    "The instructors of this server can see your answers with your name. "
    "Boards show your name unless you hide it with `/privacy show`."
)
_CLOSED = (
    "**Closed book:** while a question is open, players cannot use `/ask`, `/browse` or other look-ups, "
    "also not in direct messages."
)
_OPEN = "**Open book:** you may look things up in the brief while you play."


# ------------------------------------------------------------------ the lobby


def lobby_card(round_id: int, state: Round, *, title: str, brief: str, leader: int, where: int = 0) -> ui.LayoutView:
    """Invite to a round; ``leader``: who leads it (0: not known any more); ``where``: the thread it is played in."""
    by = f", led by <@{leader}>" if leader > 0 else ""
    head = f"{heading(title, _ROOM_TITLE)}\nA quiz on “{body(brief, _ROOM_TITLE)}”{by}."
    told = "\n".join(f"- {sentence}" for sentence in (*_how(state), f"**Your answers:** {_WHO_SEES}"))
    parts = [ui.TextDisplay[Any](head), ui.TextDisplay[Any](told), line(), ui.TextDisplay[Any](_joined(state, where))]
    return card(Tone.ANSWER, parts, _lobby_buttons(round_id, state))


def _how(state: Round) -> Iterator[str]:
    yield f"**{counted(len(state.items), 'question')}.** {_time(state)} You can change your answer until then."
    yield f"**Points:** {_points(state.rules)}"
    yield _CLOSED if state.rules.closed_book else _OPEN
    if state.rules.joining is Joining.LOBBY:
        yield "**Joining:** only those who join before the first question can play."


def _time(state: Round) -> str:
    times = [time for item in state.items if (time := time_for(item, state.rules))]
    if not times:
        return "Each is open until the instructor moves on."
    if min(times) == max(times):
        return f"Each is open for {times[0]} seconds."
    return f"Each is open for {min(times)} to {max(times)} seconds, by the length of its text."


def _points(rules: Rules) -> str:
    if rules.scoring is Scoring.RIGHT_ONLY:
        return "one for each right answer; speed does not count."
    if rules.seconds == 0:
        return f"{FULL:,} for each right answer; as there is no time limit, speed does not count."
    return (
        f"{FULL:,} for a right answer in the first {FULL_FOR:.0f} seconds, "
        f"then evenly fewer, down to {FULL // 2:,} when time is up."
    )


def _joined(state: Round, where: int) -> str:
    match state.phase:
        case Phase.LOBBY:
            told = joined_told(len(state.players))
            lines = [f"**{told}**" if state.players else told]
        case Phase.ENDED if not state.number:
            return "**This quiz was cancelled before its first question.**"
        case Phase.ENDED:
            lines = ["**The quiz is over.**", f"{people(len(played(state).everyone))} took part."]
            return "\n".join([*lines, *([f"Result in <#{where}>."] if where else [])])
        case _:
            late = "" if state.rules.joining is Joining.LOBBY else " You can still join."
            lines = [f"**The quiz has begun.**{late}", f"{people(len(state.players))} joined."]
    return "\n".join([*lines, *([f"It is played in <#{where}>."] if where else [])])


def _lobby_buttons(round_id: int, state: Round) -> Iterator[ui.Button[Any]]:
    if state.phase is Phase.ENDED:
        return
    if state.phase is Phase.LOBBY or state.rules.joining is not Joining.LOBBY:
        yield button("Join", "quiz-join", str(round_id), discord.ButtonStyle.primary)
    yield button("Leave", "quiz-leave", str(round_id))  # which also sets free whom a closed book binds


# ------------------------------------------------------------------ a question


def question_card(round_id: int, state: Round, number: int, *, title: str = "") -> ui.LayoutView:
    """Show a question as the state has it; raises ValueError for one that was not asked yet."""
    if not 1 <= number <= state.number:
        raise ValueError(f"question {number} has not been asked")
    item = state.items[number - 1]
    head = _head(state, number, title)
    if is_told(state, number):
        return _revealed(round_id, state, number, head)
    if number != state.number or number in state.void:
        blocks = (f"{head}\n{large(item.stem, ROOM_STEM)}", option_lines(item), VOID)
        return card(Tone.QUIET, texts(blocks))
    asked = option_lines(item) or _HOW[item.kind]
    foot = f"{_standing(state)}\n-# {_answers(len(state.current))}"
    paused = state.halt is Halt.PAUSE
    parts = [*texts((f"{head}\n{large(item.stem, ROOM_STEM)}", asked)), line(), ui.TextDisplay[Any](foot)]
    return card(Tone.QUIET if paused else Tone.ANSWER, parts, () if paused else _choices(round_id, number, item))


_HOW = {
    ItemKind.CHOICE: "",
    ItemKind.TRUE_FALSE: "True or false?",
    ItemKind.NUMBER: "Type a number.",
    ItemKind.TEXT: "Type one or a few words. Small spelling mistakes are fine.",
}


def _head(state: Round, number: int, title: str) -> str:
    above = f"{quiet(title, room=_ROOM_TITLE)}\n" if title.strip() else ""
    return f"{above}### Question {number} of {len(state.items)}"


def _answers(count: int) -> str:
    return f"{counted(count, 'answer')} so far" if count else "No answers yet"


def _standing(state: Round) -> str:
    """Say until when the present question is open."""
    if state.halt is Halt.PAUSE:
        return "**Paused.** The clock is stopped. Your answer is kept."
    if state.phase is Phase.OPEN and state.halt is None:
        return f"-# Open until {until(state.deadline) if state.deadline else 'the instructor moves on'}"
    seconds = time_for(state.item, state.rules)
    if state.deadline and state.halted:  # its message was deleted, and is about to stand again
        seconds = max(1, round((state.deadline - state.halted).total_seconds()))
    return f"-# Open for {counted(seconds, 'second')}" if seconds else "-# Open until the instructor moves on"


def _choices(round_id: int, number: int, item: Item) -> Iterator[ui.Button[Any]]:
    if item.typed:
        yield button("Answer", "quiz-type", f"{round_id}.{number}", discord.ButtonStyle.primary)
        return
    for index in range(len(item.options)):
        yield button(option_name(item, index), "quiz-pick", f"{round_id}.{number}.{index}")


def _revealed(round_id: int, state: Round, number: int, head: str) -> ui.LayoutView:
    item = state.items[number - 1]
    void = number in state.void
    top = f"{head}\n{body(item.stem, ROOM_STEM)}"
    right = "\n".join(["-# Right answer", large(right_answer(item), ROOM_OPTION), *reasons(item)])
    game = played(state)
    counts = "\n".join(_counts(game, number))
    foot = [f"**{VOID}**"] if void else []
    foot += _next(state, number)
    parts = [*texts((top, right)), line(), *texts((counts, "\n".join(foot)))]
    mine = button("My answer", "quiz-mine", f"{round_id}.{number}")
    return card(Tone.QUIET if void else Tone.ANSWER, parts, [mine])


def _next(state: Round, number: int) -> Iterator[str]:
    if state.phase is not Phase.REVEALED or number != state.number or not state.due:
        return
    what = "Next question" if number < len(state.items) else "The result follows"
    yield f"-# {what} at {discord.utils.format_dt(state.due, 'T')}" if not state.halt else "-# Paused"


def _counts(game: Played, number: int) -> Iterator[str]:
    """Yield how many chose what, were right, and did not answer."""
    asked = question(game, number)
    right = {row.given for row in game.rows if row.number == number and row.right}  # accepted later, too
    if not asked.answered:
        yield "Nobody answered."
        return
    if asked.item.typed:
        yield from _typed(asked, shown_to_all(game, number)[:_MOST_TYPED], right)
    else:
        for index, (option, count) in enumerate(asked.counts):
            name = option_name(asked.item, index)
            rest = "" if name == option else f" · {body(option, ROOM_OPTION)}"
            counts = index in right or asked.item.right == Pick(index)
            yield f"**{name}: {_share(count, asked.answered)}**{rest}{_RIGHT if counts else ''}"
    missing = f"; {people(asked.unanswered)} did not answer" if asked.unanswered else ""
    were = "was" if asked.right == 1 else "were"
    yield f"{asked.right:,} of {counted(asked.answered, 'answer')} {were} right{missing}."


def _typed(asked: Question, told: Sequence[tuple[str, int]], right: Collection[int | str]) -> Iterator[str]:
    for text, count in told:
        given = given_told(asked.item, text, _ROOM_TYPED)
        yield f"{given}: {_share(count, asked.answered)}{_RIGHT if text in right else ''}"
    others = len(asked.counts) - len(told)
    if others:
        amount = counted(others, "other answer")
        yield f"{amount}: {_share(asked.answered - sum(count for _, count in told), asked.answered)}"


def _share(count: int, total: int) -> str:
    return f"{people(count)}, {100 * count / total:.0f} %" if count else "nobody"
