"""A few items about a river, and short ways to write what happens to a round."""

from __future__ import annotations

import datetime as dt

from bot.brief.quiz_items import Difficulty, ItemKind
from bot.quiz.events import Answered, MessageStood, Picked, Row, Started, Typed
from bot.quiz.items import TRUE_FALSE, Exactly, Item, Pick, Source, Worded
from bot.quiz.rounds import begin, step
from bot.quiz.rules import Rules
from bot.quiz.state import Round
from bot.quiz.verdicts import Outcome, Verdict

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
ANN, BEN, CLEO, DAN = 11, 12, 13, 14


def moment(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def choice(name: str = "fish", right: int = 0, topic: str = "The river", **more: object) -> Item:
    fields: dict[str, object] = {
        "id": name,
        "kind": ItemKind.CHOICE,
        "stem": f"What about {name}?",
        "options": (f"{name} swims", f"{name} flies", f"{name} walks", f"{name} sleeps"),
        "right": Pick(right),
        "explanation": f"It is said of {name}.",
        "topic": topic,
        "difficulty": Difficulty.MEDIUM,
        "source": Source.CURATED,
    }
    return Item(**{**fields, **more})  # type: ignore[arg-type]


def true_false(name: str = "rain", *, holds: bool = True) -> Item:
    stem = f"It is so with {name}."
    return choice(name, right=0 if holds else 1, kind=ItemKind.TRUE_FALSE, options=TRUE_FALSE, stem=stem)


def number(name: str = "mills", value: float = 61, unit: str = "%") -> Item:
    return Item(
        id=name,
        kind=ItemKind.NUMBER,
        stem=f"How many {name}?",
        options=("20 %", "61 %"),
        right=Exactly(value, unit),
        topic="The river",
        difficulty=Difficulty.HARD,
        source=Source.CURATED,
    )


def text(name: str = "speaker", *accepted: str, wrong: tuple[str, ...] = ()) -> Item:
    accepted = accepted or ("Kari Aune",)
    return Item(
        id=name,
        kind=ItemKind.TEXT,
        stem=f"Who is the {name}?",
        options=(*accepted[:1], *wrong),
        right=Worded(accepted),
        topic="People",
        difficulty=Difficulty.EASY,
        source=Source.CURATED,
    )


RULES = Rules(seconds=30, gap=10)
ITEMS = (choice("fish"), true_false("rain"), choice("mills", right=2))
RIGHT = Typed("Kari Aune", Verdict(Outcome.RIGHT))
WRONG = Typed("Lars Holm", Verdict(Outcome.WRONG))


def opened(rules: Rules = RULES, items: tuple[Item, ...] = ITEMS) -> Round:
    """Give a round whose first question stands since noon."""
    state = begin(items, rules, NOON)
    state, _ = step(state, Started(NOON), NOON)
    state, _ = step(state, MessageStood(1, NOON), NOON)
    return state


def answer(player: int, option: int, seconds: float, question: int = 1) -> Answered:
    return Answered(player, question, Picked(option), moment(seconds))


def row(player: int, question: int = 1, *, right: bool = True, given: int | str = 0, elapsed: float = 5) -> Row:
    return Row(
        number=question,
        player=player,
        item=ITEMS[question - 1].id,
        given=given,
        right=right,
        at=moment(elapsed),
        elapsed=elapsed,
        allowed=30,
    )
