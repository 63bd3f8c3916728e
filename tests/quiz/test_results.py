"""Results: all from the rows, with ties, without the names of those who do not want to be named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quiz.events import Row
from bot.quiz.items import Item
from bot.quiz.judging import judge
from bot.quiz.regrading import AcceptAnswer, Regraded, VoidQuestion, regrade
from bot.quiz.results import (
    Played,
    Standing,
    absent,
    board,
    erased,
    hardest,
    leaderboard,
    per_person,
    per_question,
    played,
    question,
    standings,
    totals,
)
from bot.quiz.rounds import step
from bot.quiz.rules import Scoring
from bot.quiz.wording import Lexicon
from tests.quiz.river_quiz import ANN, BEN, CLEO, DAN, ITEMS, NOON, answer, number, opened, row, text

GAME = Played(
    items=ITEMS,
    rows=(
        row(ANN, 1),
        row(ANN, 2),
        row(ANN, 3, right=False, given=1),
        row(BEN, 1),
        row(BEN, 2, right=False, given=1),
        row(CLEO, 1, right=False, given=3),
        row(CLEO, 2),
    ),
    scoring=Scoring.RIGHT_ONLY,
    players=frozenset({ANN, BEN, CLEO, DAN}),
)


def typed(item: Item, *answers: str) -> Played:
    rows = tuple(
        Row(
            number=1,
            player=player,
            item=item.id,
            given=given,
            right=judge(item, given).right,
            at=NOON,
            elapsed=1,
            allowed=None,
        )
        for player, given in enumerate(answers, 1)
    )
    return Played(items=(item,), rows=rows, scoring=Scoring.RIGHT_ONLY)


def regraded(game: Played, correction: VoidQuestion | AcceptAnswer) -> Regraded:
    found = regrade(game, correction, Lexicon(), by=DAN, at=NOON)
    assert isinstance(found, Regraded)
    return found


def test_totals_are_sums_of_rows() -> None:
    assert totals(GAME) == {ANN: 2, BEN: 1, CLEO: 1, DAN: 0}


def test_equal_scores_share_a_rank_and_the_next_one_is_left_out() -> None:
    assert [(one.rank, one.player) for one in standings(GAME)] == [(1, ANN), (2, BEN), (2, CLEO), (4, DAN)]


def test_who_opted_out_keeps_the_rank_without_the_name() -> None:
    shown = board(standings(GAME), hidden={BEN})

    assert [(one.rank, one.player, one.score) for one in shown][1] == (2, None, 1)


def test_who_was_erased_has_no_name_and_the_totals_stay() -> None:
    game = replace(GAME, rows=tuple(replace(one, player=-7) if one.player == ANN else one for one in GAME.rows))

    assert board(standings(game))[0] == Standing(1, None, 2, 2, 3)
    assert erased(game) == 1


def test_speed_counts_where_it_is_so_set() -> None:
    assert totals(replace(GAME, scoring=Scoring.SPEED))[ANN] == 2 * 946


def test_a_leaderboard_adds_up_right_answers_over_rounds() -> None:
    fast = replace(GAME, scoring=Scoring.SPEED)

    assert [(one.player, one.score, one.asked) for one in leaderboard([GAME, fast])][:2] == [(ANN, 4, 6), (BEN, 2, 6)]


def test_a_leaderboard_leaves_out_who_was_erased() -> None:
    game = replace(GAME, rows=(*GAME.rows, row(-7, 1)))

    assert -7 not in {one.player for one in leaderboard([game])}


def test_a_person_has_right_wrong_and_unanswered_questions() -> None:
    assert [(one.player, one.right, one.wrong, one.unanswered) for one in per_person(GAME)] == [
        (ANN, 2, 1, 0),
        (BEN, 1, 1, 1),
        (CLEO, 1, 1, 1),
        (DAN, 0, 0, 3),
    ]


def test_a_question_has_its_share_and_what_was_chosen() -> None:
    one = question(GAME, 1)

    assert (one.answered, one.right, one.unanswered, one.share) == (3, 2, 1, 2 / 3)
    assert [count for _, count in one.counts] == [2, 0, 0, 1]


def test_a_question_that_nobody_answered_has_no_share() -> None:
    assert question(replace(GAME, rows=()), 1).share is None


def test_typed_answers_are_counted_however_they_were_written() -> None:
    game = typed(text("who", "Kari Aune"), "Kari Aune", "kari  aune", "Lars")

    assert question(game, 1).counts == (("Kari Aune", 2), ("Lars", 1))


def test_the_hardest_questions_come_hardest_first_and_those_all_got_right_not_at_all() -> None:
    game = replace(GAME, rows=tuple(replace(one, right=True) if one.number == 1 else one for one in GAME.rows))

    assert [one.number for one in hardest(per_question(game))] == [3, 2]


def test_a_void_question_is_not_among_the_hardest() -> None:
    assert 3 not in [one.number for one in hardest(per_question(replace(GAME, void=frozenset({3}))))]


def test_who_was_expected_and_did_not_answer_was_absent() -> None:
    assert absent({ANN, DAN, 99}, [GAME]) == (DAN, 99)


def test_results_of_a_running_round_hide_the_open_question() -> None:
    state, _ = step(opened(), answer(ANN, 0, 3), NOON)

    assert played(state).rows == ()


# --- regrading -------------------------------------------------------------------------------------------------------


def test_a_voided_question_counts_no_more() -> None:
    found = regraded(GAME, VoidQuestion(1))

    assert totals(found.game) == {ANN: 1, BEN: 0, CLEO: 1, DAN: 0}
    assert found.players == (ANN, BEN)


def test_voiding_leaves_a_line_in_the_record() -> None:
    line = regraded(GAME, VoidQuestion(1)).line

    assert (line.by, line.at, line.text) == (DAN, NOON, "Question 1 does not count; 2 scores changed.")


def test_another_option_can_be_accepted() -> None:
    found = regraded(GAME, AcceptAnswer(1, 3))

    assert totals(found.game)[CLEO] == 2
    assert found.line.text == "Question 1: “fish sleeps” was accepted; 1 score changed."


def test_what_was_right_stays_right() -> None:
    assert totals(regraded(GAME, AcceptAnswer(1, 3)).game)[ANN] == 2


def test_another_typed_answer_can_be_accepted_and_is_judged_as_kindly() -> None:
    game = typed(text("who", "Kari Aune"), "Kari Aune", "the adviser", "The Advisor!", "nobody")
    found = regraded(game, AcceptAnswer(1, "adviser"))

    assert [one.right for one in found.game.rows] == [True, True, True, False]
    assert [one.player for one in found.changed] == [2, 3]


def test_another_number_can_be_accepted() -> None:
    game = typed(number(value=61), "61", "sixty", "59")
    found = regraded(game, AcceptAnswer(1, "60 %"))

    assert [one.right for one in found.game.rows] == [True, True, False]


def test_a_wrong_answer_named_among_the_options_can_be_accepted() -> None:
    game = typed(text("who", "Kari Aune", wrong=("Lars Holm",)), "Lars Holm")

    assert totals(regraded(game, AcceptAnswer(1, "Lars Holm")).game) == {1: 1}


@pytest.mark.parametrize(
    "correction",
    [VoidQuestion(0), VoidQuestion(9), AcceptAnswer(1, 9), AcceptAnswer(1, "text"), AcceptAnswer(9, 0)],
)
def test_what_cannot_be_corrected_is_told_in_a_sentence(correction: VoidQuestion | AcceptAnswer) -> None:
    found = regrade(GAME, correction, Lexicon(), by=DAN, at=NOON)

    assert isinstance(found, str)
    assert found.endswith(".")


@pytest.mark.parametrize("given", ["", " ", "x" * 101])
def test_no_empty_or_endless_answer_is_accepted(given: str) -> None:
    assert isinstance(regrade(typed(text()), AcceptAnswer(1, given), Lexicon(), by=DAN, at=NOON), str)


def test_a_number_question_accepts_numbers_only() -> None:
    assert isinstance(regrade(typed(number()), AcceptAnswer(1, "many"), Lexicon(), by=DAN, at=NOON), str)


def test_a_question_is_voided_once() -> None:
    game = replace(GAME, void=frozenset({1}))

    assert regrade(game, VoidQuestion(1), Lexicon(), by=DAN, at=NOON) == "That question does not count already."
