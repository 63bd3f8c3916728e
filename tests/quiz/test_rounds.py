"""Rounds, one rule at a time: time, answers, instructors, restarts, the closed book."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from bot.quiz.events import (
    Advanced,
    Answered,
    ConfirmPrivately,
    Decline,
    Effect,
    Event,
    Extended,
    ExtraGiven,
    Joined,
    Left,
    MessageLost,
    MessageStood,
    Paused,
    Picked,
    Podium,
    PostQuestion,
    Refusal,
    RefusePrivately,
    Restarted,
    Resumed,
    Reveal,
    SaveAnswer,
    SavePlayer,
    SaveRound,
    Skipped,
    Started,
    Stopped,
    Ticked,
    UpdateCount,
    UpdateLobby,
    Voided,
)
from bot.quiz.results import played, totals
from bot.quiz.rounds import begin, step
from bot.quiz.rules import Joining, Rules, Scoring
from bot.quiz.saving import dump_round, load_round
from bot.quiz.state import GRACE, IDLE, Phase, Round, bound, next_tick
from tests.quiz.river_quiz import ANN, BEN, ITEMS, NOON, RIGHT, RULES, WRONG, answer, choice, moment, opened, text

MANUAL = Rules(seconds=0)


def after(state: Round, *events: Event, now: float = 0) -> tuple[Round, list[Effect]]:
    """Give the state after some events, and what the last one wanted done."""
    effects: Sequence[Effect] = ()
    for event in events:
        state, effects = step(state, event, moment(now))
    return state, list(effects)


def refusals(effects: list[Effect]) -> list[Refusal]:
    return [effect.refusal for effect in effects if isinstance(effect, RefusePrivately)]


def declined(effects: list[Effect]) -> bool:
    return any(isinstance(effect, Decline) for effect in effects)


def saved(effects: list[Effect]) -> list[SaveAnswer]:
    return [effect for effect in effects if isinstance(effect, SaveAnswer)]


# --- the course of a round -------------------------------------------------------------------------------------------


def test_a_round_begins_in_the_lobby() -> None:
    assert begin(ITEMS, RULES, NOON).phase is Phase.LOBBY


@pytest.mark.parametrize("count", [0, 31])
def test_a_round_has_one_to_thirty_questions(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 30"):
        begin([choice(str(index)) for index in range(count)], RULES, NOON)


def test_who_joins_is_counted_in_the_lobby() -> None:
    _, effects = after(begin(ITEMS, RULES, NOON), Joined(ANN, NOON), Joined(BEN, NOON))

    assert effects == [SavePlayer(BEN, joined=True, extra=0), UpdateLobby(2)]


def test_the_start_saves_the_round_before_it_posts_the_question() -> None:
    _, effects = after(begin(ITEMS, RULES, NOON), Started(NOON))

    assert effects == [SaveRound(), PostQuestion(1)]


def test_time_begins_when_the_message_stands() -> None:
    state, _ = after(begin(ITEMS, RULES, NOON), Started(NOON), MessageStood(1, moment(4)))

    assert state.deadline == moment(34)


def test_a_question_without_a_time_has_no_deadline() -> None:
    assert opened(MANUAL).deadline is None


def test_time_is_up_a_moment_after_the_deadline() -> None:
    state, effects = after(opened(), Ticked(), now=31)

    assert (state.phase, effects) == (Phase.REVEALED, [SaveRound(), Reveal(1)])


def test_before_that_a_tick_does_nothing() -> None:
    assert after(opened(), Ticked(), now=30.5) == (opened(), [])


def test_the_next_question_follows_by_itself() -> None:
    state, _ = after(opened(), Ticked(), now=31)
    state, effects = after(state, Ticked(), now=41)

    assert effects == [SaveRound(), PostQuestion(2)]


def test_after_the_last_question_comes_the_podium() -> None:
    state, _ = after(opened(items=ITEMS[:1]), Ticked(), now=31)
    state, effects = after(state, Ticked(), now=41)

    assert (state.phase, effects) == (Phase.ENDED, [SaveRound(), Podium("")])


def test_next_tick_tells_when_something_is_due() -> None:
    assert next_tick(opened()) == moment(30) + GRACE


def test_an_ended_round_needs_no_tick() -> None:
    state, _ = after(opened(), Stopped(moment(1)))

    assert next_tick(state) is None


# --- answers ---------------------------------------------------------------------------------------------------------


def test_an_answer_is_saved_before_it_is_confirmed() -> None:
    _, effects = after(opened(), answer(ANN, 0, 3))

    assert [type(effect) for effect in effects] == [SavePlayer, SaveAnswer, ConfirmPrivately, UpdateCount]


def test_a_confirmation_does_not_tell_whether_it_is_right() -> None:
    _, effects = after(opened(), answer(ANN, 0, 3))

    assert ConfirmPrivately(ANN, 1, 0, changed=False) in effects


def test_the_count_names_nobody() -> None:
    _, effects = after(opened(), answer(ANN, 0, 3), answer(BEN, 1, 4))

    assert UpdateCount(1, 2, moment(30), paused=False) in effects


def test_the_last_answer_in_time_counts() -> None:
    state, effects = after(opened(), answer(ANN, 1, 3), answer(ANN, 0, 20))

    assert [(row.given, row.right) for row in state.rows] == [(0, True)]
    assert ConfirmPrivately(ANN, 1, 0, changed=True) in effects


def test_answers_count_in_the_order_in_which_they_were_given_not_in_which_they_arrive() -> None:
    state, effects = after(opened(), answer(ANN, 0, 20), answer(ANN, 1, 3))

    assert [row.given for row in state.rows] == [0]
    assert saved(effects) == []


def test_the_same_answer_again_keeps_its_first_time() -> None:
    state, _ = after(opened(), answer(ANN, 0, 3), answer(ANN, 0, 20))

    assert state.rows[0].elapsed == 3


def test_an_answer_at_the_deadline_is_in_time() -> None:
    _, effects = after(opened(), answer(ANN, 0, 30), now=99)

    assert len(saved(effects)) == 1


def test_an_answer_after_the_deadline_is_late_however_fast_it_arrives() -> None:
    _, effects = after(opened(), answer(ANN, 0, 30.001), now=30.001)

    assert refusals(effects) == [Refusal.LATE]


def test_an_answer_in_time_counts_though_it_arrives_after_the_reveal() -> None:
    state, _ = after(opened(), Ticked(), now=31)
    state, effects = after(state, answer(ANN, 0, 29))

    assert [row.player for row in state.rows] == [ANN]
    assert effects[-1] == Reveal(1)


def test_an_answer_after_the_instructor_revealed_is_late() -> None:
    _, effects = after(opened(MANUAL), Advanced(moment(9)), answer(ANN, 0, 9.5))

    assert refusals(effects) == [Refusal.LATE]


def test_an_answer_to_another_question_is_refused() -> None:
    _, effects = after(opened(), answer(ANN, 0, 3, question=2))

    assert refusals(effects) == [Refusal.NOT_OPEN]


@pytest.mark.parametrize("given", [Picked(4), Picked(-1), RIGHT])
def test_an_answer_that_the_question_does_not_have_is_refused(given: Picked) -> None:
    _, effects = after(opened(), Answered(ANN, 1, given, moment(3)))

    assert refusals(effects) == [Refusal.NO_OPTION]


def test_a_typed_answer_counts_by_its_verdict() -> None:
    state = opened(items=(text(),))
    state, _ = after(state, Answered(ANN, 1, RIGHT, moment(3)), Answered(BEN, 1, WRONG, moment(3)))

    assert totals(played(after(state, Advanced(moment(9)))[0])) == {ANN: 1, BEN: 0}


def test_who_answers_before_discord_told_that_the_message_stands_is_heard() -> None:
    state, _ = after(begin(ITEMS, RULES, NOON), Started(NOON))
    state, effects = after(state, answer(ANN, 0, 2))

    assert len(saved(effects)) == 1
    assert state.phase is Phase.OPEN


def test_only_those_in_the_lobby_can_answer_where_it_is_so_set() -> None:
    _, effects = after(opened(Rules(seconds=30, joining=Joining.LOBBY)), answer(ANN, 0, 3))

    assert refusals(effects) == [Refusal.NOT_JOINED]


def test_nobody_joins_such_a_round_later() -> None:
    _, effects = after(opened(Rules(seconds=30, joining=Joining.LOBBY)), Joined(ANN, moment(3)))

    assert refusals(effects) == [Refusal.BEGUN]


def test_answers_of_who_left_stay() -> None:
    state, _ = after(opened(), answer(ANN, 0, 3), Left(ANN, moment(4)), Advanced(moment(5)))

    assert totals(played(state)) == {ANN: 1}


# --- extra time ------------------------------------------------------------------------------------------------------


def test_extra_time_moves_the_own_deadline_only() -> None:
    state, _ = after(opened(), ExtraGiven(ANN, 50, NOON), answer(ANN, 0, 44))
    _, effects = after(state, answer(BEN, 0, 31))

    assert [row.player for row in state.rows] == [ANN]
    assert refusals(effects) == [Refusal.LATE]


def test_the_reveal_waits_for_a_player_with_extra_time() -> None:
    state, _ = after(opened(), Joined(ANN, NOON), ExtraGiven(ANN, 50, NOON))

    assert next_tick(state) == moment(45) + GRACE


def test_the_reveal_does_not_wait_once_that_player_has_answered() -> None:
    state, _ = after(opened(), ExtraGiven(ANN, 50, NOON), answer(ANN, 0, 3))

    assert next_tick(state) == moment(30) + GRACE


def test_more_than_three_times_the_time_is_declined() -> None:
    assert declined(after(opened(), ExtraGiven(ANN, 201, NOON))[1])


# --- pause, extend, skip, stop ---------------------------------------------------------------------------------------


def test_a_pause_gives_its_time_back() -> None:
    state, _ = after(opened(), Paused(moment(10)), Resumed(moment(25)))

    assert state.deadline == moment(45)


@pytest.mark.parametrize("events", [[Paused(moment(10))], [Paused(moment(10)), Resumed(moment(25))]])
def test_an_answer_from_a_pause_does_not_count(events: list[Event]) -> None:
    _, effects = after(opened(), *events, answer(ANN, 0, 12))

    assert refusals(effects) == [Refusal.PAUSED]


def test_an_answer_from_before_a_pause_counts_though_it_arrives_in_it() -> None:
    _, effects = after(opened(), Paused(moment(10)), answer(ANN, 0, 9))

    assert len(saved(effects)) == 1


def test_time_in_a_pause_is_not_the_players_time() -> None:
    state, _ = after(opened(), Paused(moment(10)), Resumed(moment(25)), answer(ANN, 0, 27))

    assert state.rows[0].elapsed == 12


def test_nothing_happens_in_a_pause() -> None:
    state, _ = after(opened(), Paused(moment(10)))

    assert after(state, Ticked(), now=100) == (state, [])


def test_the_time_after_a_reveal_can_be_paused_too() -> None:
    state, _ = after(opened(), Advanced(moment(5)), Paused(moment(6)), Resumed(moment(26)))

    assert state.due == moment(35)


def test_more_seconds_move_the_deadline() -> None:
    state, _ = after(opened(), Extended(20, moment(5)))

    assert state.deadline == moment(50)


@pytest.mark.parametrize(
    "event", [Extended(0, NOON), Extended(601, NOON), Resumed(NOON), Started(NOON), Voided(9, NOON)]
)
def test_what_makes_no_sense_is_declined_in_a_sentence(event: Event) -> None:
    state, effects = after(opened(), event)

    assert declined(effects)
    assert state == opened()


@pytest.mark.parametrize("event", [Advanced(NOON), Skipped(NOON), Paused(NOON), Extended(9, NOON), Resumed(NOON)])
def test_in_the_lobby_there_is_nothing_to_lead(event: Event) -> None:
    assert declined(after(begin(ITEMS, RULES, NOON), event)[1])


def test_a_skipped_question_counts_for_nobody() -> None:
    state, effects = after(opened(), answer(ANN, 0, 3), Skipped(moment(5)))

    assert effects == [SaveRound(), PostQuestion(2)]
    assert totals(played(state)) == {ANN: 0}


def test_a_voided_question_counts_for_nobody_afterwards() -> None:
    state, effects = after(opened(), answer(ANN, 0, 3), Advanced(moment(5)), Voided(1, moment(6)))

    assert totals(played(state)) == {ANN: 0}
    assert effects == [SaveRound(), Reveal(1)]


def test_the_podium_is_shown_again_when_a_question_is_voided_at_the_end() -> None:
    state, _ = after(opened(), answer(ANN, 0, 3), Advanced(moment(5)), Stopped(moment(6)))
    _, effects = after(state, Voided(1, moment(9)))

    assert effects == [SaveRound(), Podium("")]


def test_stopping_keeps_the_scores_of_what_was_revealed() -> None:
    state, effects = after(opened(), answer(ANN, 0, 3), Advanced(moment(5)), Stopped(moment(6), "Class is over."))

    assert effects == [SaveRound(), Podium("Class is over.")]
    assert totals(played(state)) == {ANN: 1}


def test_a_question_that_was_open_at_the_stop_counts_for_nobody_but_its_answers_stay() -> None:
    state, _ = after(opened(), answer(ANN, 0, 3), Stopped(moment(6)))

    assert (len(state.rows), totals(played(state))) == (1, {ANN: 0})


@pytest.mark.parametrize("event", [answer(ANN, 0, 3), Joined(ANN, NOON)])
def test_a_round_that_is_over_takes_nobody(event: Event) -> None:
    _, effects = after(opened(), Stopped(moment(1)), event)

    assert refusals(effects) == [Refusal.ENDED]


def test_a_round_that_nobody_leads_ends_after_an_hour() -> None:
    state, effects = after(opened(MANUAL), Ticked(), now=IDLE.total_seconds())

    assert state.phase is Phase.ENDED
    assert effects == [SaveRound(), Podium("The quiz waited for an hour and was ended.")]


# --- the message and the bot are lost and found ----------------------------------------------------------------------


def test_a_deleted_message_is_posted_again_and_its_time_given_back() -> None:
    state, effects = after(opened(), MessageLost(1, moment(10)))
    later, _ = after(state, MessageStood(1, moment(16)))

    assert effects == [SaveRound(), PostQuestion(1)]
    assert later.deadline == moment(36)


def test_a_message_that_is_lost_in_a_pause_is_posted_and_stays_paused() -> None:
    state, effects = after(opened(), Paused(moment(5)), MessageLost(1, moment(10)))
    later, _ = after(state, MessageStood(1, moment(16)))

    assert effects == [SaveRound(), PostQuestion(1)]
    assert later.halted == moment(5)


def test_an_open_question_gets_its_lost_time_back_after_a_restart() -> None:
    state, effects = after(opened(), Restarted(moment(50), 40))

    assert state.deadline == moment(70)
    assert effects == [SaveRound(), UpdateCount(1, 0, moment(70), paused=False)]


def test_a_message_that_stood_before_the_bot_was_lost_has_its_whole_time_after_it() -> None:
    state, _ = after(begin(ITEMS, RULES, NOON), Started(NOON), Restarted(moment(60), 58), MessageStood(1, moment(1)))

    assert state.deadline == moment(90)


def test_time_before_the_question_stood_is_not_given_back() -> None:
    state, _ = after(opened(), Restarted(moment(20), 100))

    assert state.deadline == moment(50)


def test_a_question_that_was_over_before_gets_nothing_back() -> None:
    state, _ = after(opened(), Restarted(moment(50), 10))

    assert state.deadline == moment(30)


def test_lost_time_is_not_the_players_time() -> None:
    state, _ = after(opened(), Restarted(moment(50), 40), answer(ANN, 0, 55))

    assert state.rows[0].elapsed == 15


def test_an_answer_given_just_before_the_bot_was_lost_still_counts() -> None:
    _, effects = after(opened(), Restarted(moment(50), 40), answer(ANN, 0, 11))

    assert len(saved(effects)) == 1


@pytest.mark.parametrize(
    ("events", "again"),
    [
        ([], UpdateLobby(0)),
        ([Started(NOON)], PostQuestion(1)),
        ([Started(NOON), MessageStood(1, NOON), Advanced(moment(1))], Reveal(1)),
        ([Started(NOON), MessageStood(1, NOON), MessageLost(1, moment(1))], PostQuestion(1)),
        ([Stopped(moment(1), "Over.")], Podium("Over.")),
    ],
)
def test_after_a_restart_what_may_not_have_been_shown_is_shown_again(events: list[Event], again: Effect) -> None:
    _, effects = after(begin(ITEMS, RULES, NOON), *events, Restarted(moment(9), 5))

    assert effects == [SaveRound(), again]


def test_a_round_survives_as_json_with_its_rows_beside_it() -> None:
    state, _ = after(
        opened(Rules(seconds=None, scoring=Scoring.SPEED)),
        ExtraGiven(BEN, 25, NOON),
        answer(ANN, 0, 3),
        Advanced(moment(5)),
        Advanced(moment(9)),
        MessageStood(2, moment(10)),
        Answered(BEN, 2, Picked(1), moment(12)),
        Paused(moment(13)),
        Resumed(moment(15)),
        Paused(moment(16)),
    )
    record = json.loads(json.dumps(dump_round(state)))

    assert load_round(record, state.rows) == state


def test_what_was_saved_after_the_round_is_taken_up() -> None:
    before, _ = after(opened(), Joined(BEN, NOON))
    state, effects = after(before, answer(ANN, 0, 3))
    left, more = after(state, Left(BEN, moment(4)))
    extra, most = after(left, ExtraGiven(ANN, 50, moment(5)))
    seats = [effect for effect in (*effects, *more, *most) if isinstance(effect, SavePlayer)]

    loaded = load_round(dump_round(before), state.rows, seats)

    assert (loaded.rows, loaded.players, loaded.extra) == (extra.rows, extra.players, extra.extra)


# --- closed and open book --------------------------------------------------------------------------------------------


def joined(state: Round) -> Round:
    return after(state, Joined(ANN, NOON))[0]


def test_a_player_is_bound_while_a_question_is_open() -> None:
    assert bound(joined(opened()), ANN, moment(5))


def test_a_player_is_bound_in_a_pause() -> None:
    state, _ = after(joined(opened()), Paused(moment(3)))

    assert bound(state, ANN, moment(60))


@pytest.mark.parametrize(
    "state",
    [
        joined(begin(ITEMS, RULES, NOON)),
        joined(opened(Rules(seconds=30, closed_book=False))),
        after(joined(opened()), Advanced(moment(3)))[0],
        after(joined(opened()), Stopped(moment(3)))[0],
        after(joined(opened()), Left(ANN, moment(3)))[0],
    ],
    ids=["lobby", "open book", "revealed", "ended", "left"],
)
def test_a_player_is_not_bound_else(state: Round) -> None:
    assert not bound(state, ANN, moment(5))


def test_nobody_else_is_bound() -> None:
    assert not bound(joined(opened()), BEN, moment(5))


def test_a_question_that_cannot_be_posted_binds_nobody_for_long() -> None:
    state, _ = after(joined(begin(ITEMS, RULES, NOON)), Started(NOON))

    assert (bound(state, ANN, moment(5)), bound(state, ANN, moment(61))) == (True, False)


@pytest.mark.parametrize(("rules", "seconds"), [(RULES, 120), (MANUAL, 3700)])
def test_a_round_that_stands_still_binds_nobody(rules: Rules, seconds: float) -> None:
    assert not bound(joined(opened(rules)), ANN, moment(seconds))
