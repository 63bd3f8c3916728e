"""The cards of quizzes at their largest: within the limits, and nothing in them read as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from discord import ui

from bot.brief.quiz_items import ItemKind
from bot.discord.cards.quiz_end import podium_card
from bot.discord.cards.quiz_lead import control_card, stop_card
from bot.discord.cards.quiz_mine import answer_form, mine_card, noted
from bot.discord.cards.quiz_play import lobby_card, question_card
from bot.quiz.events import ConfirmPrivately, Given, MessageLost, Paused, Skipped, Started, Stopped, Voided
from bot.quiz.items import Item
from bot.quiz.judging import MAX_TYPED
from bot.quiz.rules import Rules, Scoring
from bot.quiz.sets import MOST_ITEMS
from bot.quiz.state import Round
from bot.quiz.wording import Lexicon
from tests.discord.quiz_rounds import after, asked, filled, lobby, revealed, rightly, through, typed, wrongly
from tests.discord.test_cards import FILLINGS, SNOWFLAKE, filler
from tests.discord.test_digest_cards import words_of
from tests.discord.test_markdown import read
from tests.quiz.river_quiz import NOON
from tests.wire.rules.components import message_components, modal

PLAYERS = tuple(SNOWFLAKE - index for index in range(300))
RULES = Rules(scoring=Scoring.SPEED)
KINDS = tuple(ItemKind)
LEADER, CHANNEL, ROUND = SNOWFLAKE - 1_000, SNOWFLAKE - 1_001, SNOWFLAKE
OURS = "A sentence of ours that says at some length why nothing can be posted there. " * 3
LEXICON = Lexicon()


def title(filling: str) -> str:
    return filler(FILLINGS[filling])(200)


def items_of(filling: str) -> tuple[Item, ...]:
    fill = filler(FILLINGS[filling])
    return tuple(filled(KINDS[index % len(KINDS)], fill, f"item-{index}") for index in range(MOST_ITEMS))


@cache
def crowd(filling: str) -> Round:
    """Let three hundred answer one typed question, each another thing, the longest that there can be."""
    fill = filler(FILLINGS[filling])
    item = filled(ItemKind.TEXT, fill)
    state = after(lobby((item, item), *PLAYERS, rules=RULES), Started(NOON))
    return asked(state, lambda item, player: typed(item, f"{player} {fill(MAX_TYPED - 25)}"))


@cache
def finished(filling: str) -> Round:
    """Play thirty questions with three hundred: nine ranks of one, and all others share the tenth."""

    def give(item: Item, player: int) -> Given:
        most = 28 - 2 * min(PLAYERS.index(player), 9)
        return rightly(item) if int(item.id.removeprefix("item-")) < most else wrongly(item, player)

    return through(lobby(items_of(filling), *PLAYERS, rules=RULES), give)


def moments(filling: str) -> Iterator[Round]:
    """Yield rounds with each kind of question in each phase."""
    for item in items_of(filling)[: len(KINDS)]:
        state = after(lobby((item, item), *PLAYERS[:9], rules=RULES), Started(NOON))
        yield state
        yield (state := asked(state, wrongly))
        yield after(state, Paused(state.touched))
        yield after(state, MessageLost(1, state.touched))
        yield after(state, Skipped(state.touched))
        yield (state := revealed(state))
        yield after(state, Voided(1, state.touched))
        yield after(state, Stopped(state.touched, title(filling)))
    yield crowd(filling)
    yield revealed(crowd(filling))


def lobbies(filling: str) -> Iterator[ui.LayoutView]:
    name = title(filling)
    for state in (lobby(items_of(filling), *PLAYERS, rules=RULES), *moments(filling), finished(filling)):
        yield lobby_card(ROUND, state, title=name, brief=name, leader=LEADER, where=CHANNEL)


def questions(filling: str) -> Iterator[ui.LayoutView]:
    for state in moments(filling):
        yield question_card(ROUND, state, 1, title=title(filling))
    for number in range(1, MOST_ITEMS + 1):
        yield question_card(ROUND, finished(filling), number, title=title(filling))


def podiums(filling: str) -> Iterator[ui.LayoutView]:
    state = finished(filling)
    void = after(state, *(Voided(number, NOON) for number in range(1, MOST_ITEMS)))
    stopped = after(revealed(crowd(filling)), Stopped(NOON, title(filling)))
    corrections = [f"Question 30: “{filler(FILLINGS[filling])(100)}” was accepted; 300 scores changed."] * MOST_ITEMS
    for one in (state, void, stopped):
        for hidden in ((), PLAYERS[::2], PLAYERS):
            yield podium_card(ROUND, one, title=title(filling), hidden=hidden, corrections=corrections)


def controls(filling: str) -> Iterator[ui.LayoutView]:
    for state in (lobby(items_of(filling), *PLAYERS), *moments(filling), finished(filling)):
        yield control_card(ROUND, state, title=title(filling), channel_id=CHANNEL, trouble=OURS, note=OURS)
        yield stop_card(ROUND, state, title=title(filling))


def private(filling: str) -> Iterator[ui.LayoutView]:
    for state in (*moments(filling), finished(filling)):
        for number in range(state.number + 1):
            for player in (PLAYERS[0], PLAYERS[11], 1):
                yield mine_card(state, number, player, LEXICON, practise="f" * 16)


CARDS = {"lobbies": lobbies, "questions": questions, "podiums": podiums, "controls": controls, "private": private}
every_card = pytest.mark.parametrize("kind", CARDS)
of_every_filling = pytest.mark.parametrize("filling", FILLINGS)


@cache
def shown(kind: str, filling: str) -> list[ui.LayoutView]:
    return list(CARDS[kind](filling))


@every_card
@of_every_filling
def test_every_card_keeps_the_limits(kind: str, filling: str) -> None:
    cards = [view.to_components() for view in shown(kind, filling)]

    assert {str(flaw) for card in cards for flaw in message_components(card, v2=True, files=())} == set()


@every_card
@of_every_filling
def test_nothing_that_others_wrote_is_read_as_markdown(kind: str, filling: str) -> None:
    lines = {line for view in shown(kind, filling) for line in words_of(view).splitlines()}
    kinds = set().union(*(read(line).kinds for line in lines))
    ours = {"lobbies": {"list", "code", "mention"}, "podiums": {"mention"}, "controls": {"mention", "code", "spoiler"}}

    assert kinds <= {"heading", "bold", "quiet", "timestamp"} | ours.get(kind, set())


@every_card
def test_no_card_mentions_whom_a_text_names(kind: str) -> None:
    told = "\n".join(words_of(view) for view in shown(kind, "signals"))
    named = {int(found) for found in re.findall(r"(?<!\\)<(?:@[!&]?|#)(\d+)>", told)}

    assert named <= {*PLAYERS, LEADER, CHANNEL}
    assert not re.search(r"(?<!\\)@everyone", told)


@of_every_filling
@pytest.mark.parametrize("kind", KINDS)
def test_every_form_keeps_the_limits(filling: str, kind: ItemKind) -> None:
    item = filled(kind, filler(FILLINGS[filling]))

    assert [str(flaw) for flaw in modal(answer_form(ROUND, MOST_ITEMS, item).to_dict())] == []


@of_every_filling
def test_what_was_noted_fits_and_is_escaped(filling: str) -> None:
    state = crowd(filling)
    told = noted(state, ConfirmPrivately(PLAYERS[0], 1, state.current[PLAYERS[0]].given, changed=True))

    assert len(told) <= 500
    assert set().union(*(read(line).kinds for line in told.splitlines())) <= {"quiet", "timestamp"}


def test_a_board_at_its_largest_names_twelve() -> None:
    told = words_of(podium_card(ROUND, finished("word"), title="x", hidden=()))

    assert len(re.findall(r"<@\d+>", told)) == 12
    assert "and 288 more, " in told


def test_an_ordinary_question_of_full_length_is_not_cut() -> None:
    item = filled(ItemKind.CHOICE, filler("word "))
    state = asked(after(lobby((item,), *PLAYERS[:9]), Started(NOON)), wrongly)
    told = words_of(question_card(7, state, 1)), words_of(question_card(7, revealed(state), 1))

    assert [text for text in (item.stem, *item.options) if text not in told[0]] == []
    assert [text for text in (item.stem, *item.options, item.explanation) if text not in told[1]] == []
