"""Rounds for the tests of the cards, played event by event, and short ways to read a card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from discord import ui

from bot.brief.quiz_items import MAX_EXPLANATION, MAX_OPTION, MAX_STEM, MAX_UNIT, ItemKind
from bot.quiz.events import Advanced, Answered, Given, Joined, MessageStood, Picked, Started, Typed
from bot.quiz.items import TRUE_FALSE, Exactly, Item, Pick, Right, Worded
from bot.quiz.judging import judge
from bot.quiz.rounds import begin, step
from bot.quiz.rules import Rules
from bot.quiz.state import Phase, Round
from tests.discord.test_digest_cards import parts_of
from tests.quiz.river_quiz import NOON, RULES, choice

Give = Callable[[Item, int], Given | None]
SECOND = dt.timedelta(seconds=1)


# ------------------------------------------------------------------ playing


def after(state: Round, *events: Any) -> Round:
    """Give the state after some events, each at its own time."""
    for event in events:
        state, _ = step(state, event, event.at)
    return state


def lobby(items: Sequence[Item], *players: int, rules: Rules = RULES) -> Round:
    return after(begin(items, rules, NOON), *(Joined(player, NOON) for player in players))


def nobody(item: Item, player: int) -> Given | None:
    return None


def given(answer: Given) -> Give:
    """Let everybody answer the same."""
    return lambda *_: answer


def asked(state: Round, give: Give = nobody) -> Round:
    """Let the question that is being posted stand, and be answered by all who play."""
    state = after(state, MessageStood(state.number, state.touched))
    for player in sorted(state.players):
        answer = give(state.item, player)
        if answer is not None:
            state = after(state, Answered(player, state.number, answer, state.touched))
    return state


def revealed(state: Round) -> Round:
    return after(state, Advanced(state.touched + SECOND))


def through(state: Round, give: Give = nobody) -> Round:
    """Play all questions from the lobby on."""
    state = after(state, Started(state.touched))
    while state.phase is Phase.POSTING:
        state = revealed(revealed(asked(state, give)))
    return state


def typed(item: Item, text: str) -> Typed:
    return Typed(text, judge(item, text))


def rightly(item: Item, player: int = 0) -> Given:
    return Picked(item.right.index) if isinstance(item.right, Pick) else typed(item, item.answer)


def wrongly(item: Item, player: int = 0) -> Given:
    if isinstance(item.right, Pick):
        return Picked((item.right.index + 1) % len(item.options))
    return typed(item, f"nothing of the kind {player}")


# ------------------------------------------------------------------ items as long as they may be


def filled(kind: ItemKind, fill: Callable[[int], str], name: str = "filled") -> Item:
    options = {ItemKind.TRUE_FALSE: TRUE_FALSE, ItemKind.NUMBER: ()}.get(kind, tuple(fill(MAX_OPTION) for _ in "ABCD"))
    right: Right = Pick(len(options) - 1)
    if kind is ItemKind.NUMBER:
        right = Exactly(-123456789.25, fill(MAX_UNIT))
    elif kind is ItemKind.TEXT:
        right = Worded((options[0],))
    long: dict[str, Any] = {"stem": fill(MAX_STEM), "explanation": fill(MAX_EXPLANATION), "citation": fill(300)}
    return replace(choice(name, kind=kind, options=options, **long), right=right)


# ------------------------------------------------------------------ reading a card


def buttons(view: ui.LayoutView) -> dict[str, str]:
    """Give what the buttons do by their labels: ``quiz-pick 7.1.0``."""
    found = [one for one in parts_of(view) if one["type"] == 2]
    return {one["label"]: one["custom_id"].removeprefix("bb:").replace(":", " ") for one in found}


def rows(view: ui.LayoutView) -> list[int]:
    """Count the buttons of each row."""
    return [len(one["components"]) for one in parts_of(view) if one["type"] == 1]
