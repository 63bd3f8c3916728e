"""Regrading: a question is voided, or another answer accepted; everything is computed anew from the rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from bot.brief.quiz_items import MAX_OPTION
from bot.quiz.events import Row
from bot.quiz.items import Exactly, Item, Worded
from bot.quiz.judging import judge
from bot.quiz.numerals import read_numbers
from bot.quiz.results import Played, totals
from bot.quiz.wording import Lexicon


@dataclass(frozen=True, slots=True)
class VoidQuestion:
    """A question counts for nobody."""

    number: int


@dataclass(frozen=True, slots=True)
class AcceptAnswer:
    """Another answer counts, too: an option by its index, or a text or number as it is typed."""

    number: int
    answer: int | str


Correction = VoidQuestion | AcceptAnswer


@dataclass(frozen=True, slots=True)
class Line:
    """A line in the record: when, who (a user id), and what was done."""

    at: dt.datetime
    by: int
    text: str


@dataclass(frozen=True, slots=True)
class Regraded:
    """The round after a correction: the rows that changed, whose totals changed, and the line for the record."""

    game: Played
    changed: tuple[Row, ...]
    players: tuple[int, ...]
    line: Line


def regrade(game: Played, correction: Correction, lexicon: Lexicon, *, by: int, at: dt.datetime) -> Regraded | str:
    """Correct a round; gives a sentence instead where that is not possible."""
    if not 1 <= correction.number <= len(game.items):
        return "There is no such question in this round."
    if correction.number in game.void:
        return "That question does not count already."
    match correction:
        case VoidQuestion(number):
            return _settled(game, replace(game, void=game.void | {number}), f"Question {number} does not count", by, at)
        case AcceptAnswer(number, answer):
            item = _widened(game.items[number - 1], answer)
            if isinstance(item, str):
                return item
            rows = tuple(_again(row, item, answer, lexicon) if row.number == number else row for row in game.rows)
            items = (*game.items[: number - 1], item, *game.items[number:])
            said = item.options[answer] if isinstance(answer, int) else answer.strip()
            text = f"Question {number}: “{said}” was accepted"
            return _settled(game, replace(game, rows=rows, items=items), text, by, at)


def _settled(before: Played, after: Played, text: str, by: int, at: dt.datetime) -> Regraded:
    old, new = totals(before), totals(after)
    players = tuple(player for player in new if new[player] != old.get(player))
    changed = tuple(row for row, was in zip(after.rows, before.rows, strict=True) if row != was)
    scores = f"{len(players)} score{'' if len(players) == 1 else 's'} changed"
    return Regraded(after, changed, players, Line(at, by, f"{text}; {scores}."))


def _widened(item: Item, answer: int | str) -> Item | str:
    """Add an answer to an item, where its kind allows; a sentence says why not."""
    if isinstance(answer, int):
        if item.typed or not 0 <= answer < len(item.options):
            return "That question has no such option."
        return item
    if not item.typed:
        return "The answers to that question are picked; name the option."
    if not answer.strip() or len(answer) > MAX_OPTION:
        return f"An answer has 1 to {MAX_OPTION} characters."
    if isinstance(item.right, Worded):
        return replace(item, right=Worded((*item.right.texts, answer.strip())))
    return item if _single(answer) is not None else "The answers to that question are numbers; write one number."


def _single(answer: str) -> float | None:
    numbers = read_numbers(answer).numbers
    return min(numbers[0]) if len(numbers) == 1 and len(numbers[0]) == 1 else None


def _again(row: Row, item: Item, answer: int | str, lexicon: Lexicon) -> Row:
    """Judge an answer anew; what was right stays right."""
    if isinstance(answer, int):
        return replace(row, right=row.right or row.given == answer)
    if isinstance(item.right, Exactly):
        item = replace(item, right=Exactly(_single(answer) or 0.0, item.right.unit))
    return replace(row, right=row.right or judge(item, str(row.given), lexicon).right)
