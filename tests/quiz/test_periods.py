"""Periods: who came to which rounds, and how each question went in all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.items import Item, Worded
from bot.quiz.periods import Period, Sitting, asked, attendance
from bot.quiz.results import Played, standings
from bot.quiz.rules import Scoring
from tests.quiz.river_quiz import ANN, BEN, CLEO, ITEMS, NOON, row, text


def sitting(
    number: int, *rows: tuple[int, int, bool], items: tuple[Item, ...] = ITEMS, **more: frozenset[int]
) -> Sitting:
    """Make a round of rows: player, question, whether right."""
    made = tuple(row(player, question, right=right, given=0 if right else 1) for player, question, right in rows)
    game = Played(items=items, rows=made, scoring=Scoring.RIGHT_ONLY, **more)
    return Sitting(id=number, title="Rivers", opened=NOON, game=game)


FIRST = sitting(1, (ANN, 1, True), (ANN, 2, True), (BEN, 1, False))
SECOND = sitting(2, (BEN, 1, True), (BEN, 2, True), (BEN, 3, True))


@pytest.mark.parametrize(
    ("period", "since"),
    [(Period.WEEK, NOON - dt.timedelta(days=7)), (Period.MONTH, NOON - dt.timedelta(days=30)), (Period.ALL, None)],
)
def test_a_period_looks_back_from_its_end(period: Period, since: dt.datetime | None) -> None:
    assert period.since(NOON) == since


def test_people_are_in_the_order_of_their_right_answers() -> None:
    assert [(one.player, one.right) for one in attendance([FIRST, SECOND])] == [(BEN, 3), (ANN, 2)]


def test_only_rounds_that_were_played_count_as_asked() -> None:
    found = {one.player: (one.played, one.asked, one.missed) for one in attendance([FIRST, SECOND])}

    assert found == {ANN: (1, 3, 1), BEN: (2, 6, 0)}


def test_who_joined_and_answered_nothing_missed_the_round() -> None:
    silent = sitting(3, (ANN, 1, True), players=frozenset({ANN, CLEO}))

    assert [one.player for one in attendance([silent])] == [ANN]


def test_who_is_expected_is_there_without_an_answer() -> None:
    assert [(one.player, one.missed) for one in attendance([FIRST], [CLEO, ANN, -4])][-1] == (CLEO, 1)


def test_an_erased_participant_is_somebody_else_in_each_round() -> None:
    found = attendance([sitting(1, (-1, 1, True)), sitting(2, (-1, 1, True), (ANN, 1, True))])

    assert [(one.player, one.right, one.played) for one in found] == [(ANN, 1, 1), (-1, 1, 1), (-1, 1, 1)]


@settings(deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.tuples(st.integers(-3, 6).filter(bool), st.integers(1, 3)), st.booleans(), min_size=1, max_size=9
        ),
        max_size=5,
    )
)
def test_sums_over_people_are_sums_over_rounds(rounds: list[dict[tuple[int, int], bool]]) -> None:
    sittings = [
        sitting(number, *((player, question, right) for (player, question), right in rows.items()))
        for number, rows in enumerate(rounds)
    ]

    people = attendance(sittings)
    assert sum(one.right for one in people) == sum(one.right for each in sittings for one in standings(each.game))
    assert sum(one.played for one in people) == sum(len(each.game.everyone) for each in sittings)
    assert sum(one.sums.answered for one in asked(sittings)) == sum(len(each.game.rows) for each in sittings)


def test_questions_are_added_up_the_hardest_first() -> None:
    found = asked([FIRST, SECOND])

    assert [(one.sums.number, one.sums.item.id, one.rounds, one.sums.share) for one in found] == [
        (1, "fish", 2, 2 / 3),
        (2, "rain", 2, 1.0),
        (3, "mills", 2, 1.0),
    ]
    assert found[0].sums.counts[:2] == (("fish swims", 2), ("fish flies", 1))


def test_what_nobody_answered_comes_last() -> None:
    assert [one.sums.item.id for one in asked([sitting(1, (ANN, 2, False))])] == ["rain", "fish", "mills"]


def test_a_void_question_is_not_added() -> None:
    found = asked([FIRST, replace(SECOND, game=replace(SECOND.game, void=frozenset({1})))])

    assert next((one.rounds, one.sums.answered) for one in found if one.sums.item.id == "fish") == (1, 2)


def test_options_in_another_order_are_added_by_their_text() -> None:
    turned = tuple(replace(item, options=tuple(reversed(item.options))) for item in ITEMS)
    found = asked([FIRST, sitting(2, (BEN, 1, True), items=turned)])

    assert dict(found[0].sums.counts) == {"fish swims": 1, "fish flies": 1, "fish walks": 0, "fish sleeps": 1}


def test_typed_answers_are_added_whatever_their_capitals() -> None:
    item = text()
    games = [
        replace(FIRST, game=replace(FIRST.game, items=(item,), rows=(row(ANN, 1, given=typed),)))
        for typed in ("Kari Aune", "KARI  AUNE", "Lars")
    ]
    found = asked(games)

    assert found[0].sums.counts == (("KARI  AUNE", 2), ("Lars", 1))


def test_a_question_has_the_text_that_it_had_last() -> None:
    later = (replace(text(), right=Worded(("Kari Aune", "Aune"))),)
    games = [replace(FIRST, game=replace(FIRST.game, items=items, rows=())) for items in ((text(),), later)]

    assert asked(games)[0].sums.item == later[0]
