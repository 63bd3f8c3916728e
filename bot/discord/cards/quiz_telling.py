"""How questions, answers and amounts of a quiz are told; and when a right answer may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from discord.utils import format_dt

from bot.brief.quiz_items import ItemKind
from bot.discord.cards.layout import body, quiet
from bot.quiz.items import Item, Pick
from bot.quiz.results import played, standings
from bot.quiz.state import Phase, Round

ROOM_OPTION = 200  # characters of an option or a right answer, every one of them escaped
ROOM_STEM = 320
VOID = "This question does not count."
_ROOM_EXPLANATION = 640
_ROOM_CITATION = 320
_LETTERS = "ABCDEFGH"


def is_told(state: Round, number: int) -> bool:
    """Tell whether the right answer of a question may be shown: it was revealed, or the round is over."""
    if not 1 <= number <= state.number or state.phase is Phase.ENDED:
        return 1 <= number <= state.number
    return state.phase is Phase.REVEALED if number == state.number else number not in state.void


def counted(count: int, one: str, many: str = "") -> str:
    """Write an amount: ``1 point``, ``2 points``."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def people(count: int) -> str:
    """Write how many people."""
    return counted(count, "person", "people")


def joined_told(count: int) -> str:
    """Say how many have joined."""
    return f"{people(count)} {'has' if count == 1 else 'have'} joined." if count else "Nobody has joined yet."


def listed(names: list[str]) -> str:
    """Write a list as a sentence has it."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def until(at: dt.datetime) -> str:
    """Write an instant as each reader's clock shows it, and how long it is until then."""
    return f"{format_dt(at, 'T')} ({format_dt(at, 'R')})"


def option_name(item: Item, index: int) -> str:
    """Name an option as its button does: by its letter, or True and False by themselves."""
    return item.options[index] if item.kind is ItemKind.TRUE_FALSE else _LETTERS[index]


def lettered(item: Item, index: int) -> str:
    """Write an option with its letter, not escaped yet."""
    name = option_name(item, index)
    return name if name == item.options[index] else f"{name}. {item.options[index]}"


def option_lines(item: Item) -> str:
    """List the options to pick from, their letters in bold; empty where the buttons say it all, or one types."""
    if item.typed or item.kind is ItemKind.TRUE_FALSE:
        return ""
    lines = (f"**{option_name(item, index)}.** {body(text, ROOM_OPTION)}" for index, text in enumerate(item.options))
    return "\n".join(lines)


def given_told(item: Item, given: int | str, room: int = ROOM_OPTION) -> str:
    """Write what somebody answered: the option with its letter, or what was typed in quotation marks."""
    if isinstance(given, str):
        return f"“{body(given, room - 2)}”"
    return body(lettered(item, given) if 0 <= given < len(item.options) else "no option of this question", room)


def right_answer(item: Item) -> str:
    """Write the right answer with its letter where it has one, not escaped yet."""
    return lettered(item, item.right.index) if isinstance(item.right, Pick) else item.answer


def reasons(item: Item) -> Iterator[str]:
    """Yield why an answer is right, and where the brief says so."""
    if item.explanation.strip():
        yield body(item.explanation, _ROOM_EXPLANATION)
    if item.citation.strip():
        yield quiet(item.citation, room=_ROOM_CITATION)


def summary(state: Round) -> str:
    """Tell in sentences how many took part, how they did, and what does not count."""
    game = played(state)
    ranked = standings(game)
    counting = len(game.counting)
    if not state.number:
        sentences = [f"It ended before its first question; {people(len(ranked))} had joined."]
    else:
        asked, planned = state.number, len(state.items)
        was = "was" if asked == 1 else "were"
        of = f"{asked} of {counted(planned, 'question')}" if asked < planned else counted(asked, "question")
        sentences = [f"{people(len(ranked))} took part." if ranked else "Nobody took part.", f"{of} {was} asked."]
    if ranked and counting:
        mean = f"{sum(one.right for one in ranked) / len(ranked):.1f}".removesuffix(".0")
        sentences.append(f"On average, {mean} of {counting} {'was' if mean == '1' else 'were'} right.")
    return " ".join([*sentences, *_void(state)])


def _void(state: Round) -> Iterator[str]:
    numbers = sorted(number for number in state.void if number <= state.number)
    if not numbers:
        return
    if len(numbers) == state.number:
        yield "No question counts, so there are no points."
    else:
        listing = listed([str(number) for number in numbers])
        yield f"Question {listing} does not count." if len(numbers) == 1 else f"Questions {listing} do not count."
