"""What one player alone sees: the form to type in, what was noted, and how it went after the reveal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from discord import ui

from bot.brief.quiz_items import ItemKind
from bot.discord.actions import custom_id
from bot.discord.cards.layout import Part, Tone, body, button, card, heading, line, notice, texts
from bot.discord.cards.quiz_telling import (
    ROOM_OPTION,
    ROOM_STEM,
    VOID,
    counted,
    given_told,
    is_told,
    reasons,
    right_answer,
    until,
)
from bot.quiz.events import ConfirmPrivately, RefusePrivately, Row
from bot.quiz.items import Item
from bot.quiz.judging import MAX_TYPED, judge
from bot.quiz.results import per_person, played, totals
from bot.quiz.rules import Scoring
from bot.quiz.state import Halt, Phase, Round
from bot.quiz.wording import Lexicon

_ROOM_REASON = 300
_ROOM_LIST = 3_600
_ROOMS = (200, 150, 110, 80, 60, 40)  # characters of a stem or an answer in the list of a whole round
_LABELS = {ItemKind.NUMBER: "Your answer, a number"}


def answer_form(round_id: int, number: int, item: Item) -> ui.Modal:
    """Make the form in which an answer is typed."""
    form = ui.Modal(title=f"Question {number}", timeout=None, custom_id=custom_id("quiz-typed", f"{round_id}.{number}"))
    field = ui.TextInput[Any](custom_id="answer", max_length=MAX_TYPED)
    form.add_item(ui.TextDisplay(body(item.stem, ROOM_STEM)))  # whole; a label would part it
    form.add_item(ui.Label(text=_LABELS.get(item.kind, "Your answer"), component=field))
    form.stop()  # sent back as a press, whenever that is
    return form


def noted(state: Round, effect: ConfirmPrivately, now: dt.datetime | None = None) -> str:
    """Say what was noted, and until when it can be changed; without ``now``, as of what happened last."""
    told = given_told(state.items[effect.number - 1], effect.given)
    return f"{'Changed. ' if effect.changed else ''}Noted: {told}\n{_changeable(state, effect.number, now)}"


def refused(effect: RefusePrivately) -> str:
    """Say why something did not count."""
    return str(effect.refusal)


def mine_card(state: Round, number: int, player: int, lexicon: Lexicon, practise: str = "") -> ui.LayoutView:
    """Show a player's answer to a question and how it fared; for ``number`` 0, the whole round.

    ``practise``: the key of the brief whose questions can be practised after the round; empty where there is none.
    """
    if not 0 <= number <= state.number:
        return notice("That question has not been asked yet.")
    if not number:
        return _whole(state, player, practise)
    item = state.items[number - 1]
    row = next((row for row in state.rows if row.player == player and row.number == number), None)
    given = f"You answered: {given_told(item, row.given)}" if row else "You did not answer."
    if not is_told(state, number):
        asked = state.phase in {Phase.POSTING, Phase.OPEN} and number == state.number
        return notice(_unrevealed(state, number, item, row) if asked else f"{given}\n{VOID}")
    void = number in state.void
    told = [heading(f"Question {number}: {_verdict(row)}"), given, _reason(item, row, lexicon) if row else ""]
    answer = (
        [] if row and row.right and not item.typed else [f"Right answer: **{body(right_answer(item), ROOM_OPTION)}**"]
    )
    foot = "\n".join(filter(None, (VOID if void else "", _points(state, player, None if void else number))))
    parts: list[Part] = [*texts(["\n".join(filter(None, told)), "\n".join([*answer, *reasons(item)])])]
    return card(Tone.QUIET if void else Tone.ANSWER, [*parts, line(), *texts([foot])])


def _verdict(row: Row | None) -> str:
    return "No answer" if row is None else "Right" if row.right else "Wrong"


def _unrevealed(state: Round, number: int, item: Item, row: Row | None) -> str:
    if row is None:
        return "Nothing of yours is noted for this question yet."
    return f"Noted: {given_told(item, row.given)}\n{_changeable(state, number)}"


def _changeable(state: Round, number: int, now: dt.datetime | None = None) -> str:
    """Promise no more than the time of all: once everybody has answered, it is revealed, extra time or not."""
    if number != state.number or state.phase is not Phase.OPEN:
        return "-# It was in time."
    if state.halt is Halt.PAUSE:
        return "-# The quiz is paused; you can change it when it goes on."
    deadline = state.deadline
    if state.halt is Halt.LOST or deadline is None:
        return f"-# You can change it until {'time is up' if deadline else 'the instructor moves on'}."
    if (now or state.touched) >= deadline:
        return "-# It was in time."
    return f"-# You can change it until {until(deadline)}."


def _reason(item: Item, row: Row, lexicon: Lexicon) -> str:
    """Say why a typed answer fared as it did; not where it was accepted later, by an instructor."""
    if not item.typed:
        return ""
    verdict = judge(item, str(row.given), lexicon)
    return body(verdict.reason, _ROOM_REASON) if verdict.reason and verdict.right == row.right else ""


def _points(state: Round, player: int, number: int | None = None) -> str:
    """Tell somebody's points; with the speed bonus, those of a question ``number`` first, for each has others."""
    game = played(state)
    total, ended = totals(game).get(player, 0), state.phase is Phase.ENDED
    if number is None or game.scoring is not Scoring.SPEED:
        return f"You have {counted(total, 'point')}{'' if ended else ' so far'}."
    got = sum(game.points(row) for row in game.rows if row.player == player and row.number == number)
    gained = f"+{counted(got, 'point')}" if got else "No points"
    return f"{gained}; {total:,} {'in all' if ended else 'so far'}."


# ------------------------------------------------------------------ the whole round


def _whole(state: Round, player: int, practise: str) -> ui.LayoutView:
    game = played(state)
    person = next((one for one in per_person(game) if one.player == player), None)
    if person is None:
        return notice("You did not take part in this round.")
    counting = len(game.counting)
    right = f"{person.right} of {counted(counting, 'question')} right" if counting else "no question counts"
    head = f"{heading('Your result')}\n{_points(state, player)} {right.capitalize()}."
    lines: list[str] = []
    for room in _ROOMS:
        lines = [_line(state, number, row, room) for number, row in enumerate(person.answers, 1)]
        lines += _present(state, player, room)
        if sum(map(len, lines)) + len(lines) + len(head) <= _ROOM_LIST:
            break
    parts: list[Part] = [*texts([head])]
    more = [button("Practise", "quiz-practise", practise)] if practise and state.phase is Phase.ENDED else []
    return card(Tone.ANSWER, [*parts, *([line()] if lines else []), *texts(["\n".join(lines)])], more)


def _line(state: Round, number: int, row: Row | None, room: int) -> str:
    """Tell of a question in one line; ``room``: for its stem, and for the right answer."""
    item = state.items[number - 1]
    stem = body(item.stem, room)
    if number in state.void:
        return f"**{number}. Does not count:** {stem}"
    told = f"**{number}. {_verdict(row)}:** {stem}"
    return told if row and row.right else f"{told} · Right answer: {body(right_answer(item), room)}"


def _present(state: Round, player: int, room: int) -> Iterator[str]:
    """Tell of the question that is not yet revealed."""
    if state.phase is Phase.OPEN and player in state.current:
        yield f"**{state.number}. Noted:** {given_told(state.item, state.current[player].given, room)}"
