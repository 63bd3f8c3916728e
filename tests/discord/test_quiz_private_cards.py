"""What one alone sees of a round: the instructor's control card, and what a player is told."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest

from bot.discord.cards.quiz_lead import control_card, stop_card
from bot.discord.cards.quiz_lead import stamp as stamped
from bot.discord.cards.quiz_mine import answer_form, mine_card, noted, refused
from bot.discord.cards.quiz_results import Where, read_where
from bot.quiz.events import (
    Answered,
    ConfirmPrivately,
    ExtraGiven,
    Left,
    MessageLost,
    Paused,
    Picked,
    Refusal,
    RefusePrivately,
    Skipped,
    Started,
    Stopped,
    Voided,
)
from bot.quiz.items import Item
from bot.quiz.rounds import step
from bot.quiz.rules import Rules, Scoring
from bot.quiz.state import Round
from bot.quiz.wording import Lexicon
from tests.discord.quiz_rounds import (
    SECOND,
    after,
    asked,
    buttons,
    lobby,
    revealed,
    rightly,
    rows,
    through,
    typed,
    wrongly,
)
from tests.discord.test_digest_cards import words_of
from tests.quiz.river_quiz import ANN, BEN, CLEO, ITEMS, NOON, RULES, answer, choice, moment, number, text, true_false

CITED = "Report (2016), The river, para. 2"
FISH = choice("fish", citation=CITED)
MANUAL = Rules(seconds=0)
LEXICON = Lexicon()


def stamp(seconds: float) -> str:
    at = int(moment(seconds).timestamp())
    return f"<t:{at}:T> (<t:{at}:R>)"


def opened(*items: Item, rules: Rules = RULES, players: tuple[int, ...] = (ANN, BEN)) -> Round:
    return asked(after(lobby(items or ITEMS, *players, rules=rules), Started(NOON)))


# ------------------------------------------------------------------ the control card

PHASES = {
    "lobby": lobby(ITEMS, ANN, BEN),
    "posting": after(lobby(ITEMS, ANN, BEN), Started(NOON)),
    "open": opened(),
    "open without a time": opened(rules=MANUAL),
    "paused": after(opened(), Paused(moment(5))),
    "lost": after(opened(), MessageLost(1, moment(5))),
    "revealed": revealed(opened()),
    "revealed, paused": after(revealed(opened()), Paused(moment(5))),
    "revealed without a time": revealed(opened(rules=MANUAL)),
    "revealed without a time, paused": after(revealed(opened(rules=MANUAL)), Paused(moment(5))),
    "last revealed": revealed(opened(FISH)),
    "ended": through(lobby(ITEMS, ANN, BEN), rightly),
}
VERBS = {
    "lobby": "start stop refresh",
    "posting": "skip stop refresh",
    "open": "reveal pause extend skip stop refresh",
    "open without a time": "reveal pause skip stop refresh",
    "paused": "reveal resume extend skip stop refresh",
    "lost": "reveal pause extend skip stop refresh",
    "revealed": "next pause stop refresh",
    "revealed, paused": "next resume stop refresh",
    "revealed without a time": "next stop refresh",
    "revealed without a time, paused": "next resume stop refresh",
    "last revealed": "next pause stop refresh",
}
STAMPS = {"lobby": "0.l", "posting": "1.p", "revealed": "1.r", "last revealed": "1.r", "ended": "3.e"}


def control(state: Round, **more: str) -> discord.ui.LayoutView:
    return control_card(7, state, title="Week 3", channel_id=66, **more)


def controlled(state: Round, **more: str) -> str:
    return words_of(control(state, **more))


@pytest.mark.parametrize("phase", VERBS)
def test_the_instructor_can_do_what_the_phase_allows(phase: str) -> None:
    view = control(PHASES[phase])
    verbs = [name.removeprefix("quiz-lead 7.").partition(".")[0] for name in buttons(view).values()]

    assert verbs == VERBS[phase].split()
    assert len(rows(view)) <= 2
    assert max(rows(view), default=0) <= 5


@pytest.mark.parametrize(("phase", "where"), [*STAMPS.items(), ("open", "1.o"), ("paused", "1.o"), ("lost", "1.o")])
def test_a_stamp_tells_the_question_and_the_phase(phase: str, where: str) -> None:
    assert stamped(PHASES[phase]) == where


@pytest.mark.parametrize("phase", VERBS)
def test_every_button_says_where_the_round_stood(phase: str) -> None:
    state = PHASES[phase]
    names = [*buttons(control(state)).values(), *buttons(stop_card(7, state, title="Week 3")).values()]

    assert [name for name in names if not name.endswith(f".{stamped(state)}")] == []


def test_a_round_that_is_over_has_a_button_for_its_results() -> None:
    found = buttons(control(PHASES["ended"]))
    where = read_where(found["Results"].removeprefix("quiz-results "))

    assert list(found) == ["Results"]
    assert where == Where(7)


def test_a_round_that_is_over_says_so_once() -> None:
    told = controlled(PHASES["ended"], note="The quiz is over; its results are kept.")

    assert told.count("quiz is over") == 1


def test_the_buttons_say_what_they_do() -> None:
    assert list(buttons(control(PHASES["open"]))) == ["Reveal now", "Pause", "30 s more", "Skip", "Stop…", "Refresh"]


def test_the_button_after_the_last_reveal_says_that_the_result_follows() -> None:
    assert buttons(control(PHASES["last revealed"]))["Show the result"] == "quiz-lead 7.next.1.r"


@pytest.mark.parametrize("phase", PHASES)
def test_the_instructor_sees_where_the_round_is(phase: str) -> None:
    assert controlled(PHASES[phase]).startswith("### Leading: Week 3\n-# In <#66>, round 7")


@pytest.mark.parametrize(
    ("phase", "told"),
    [
        ("lobby", "**The lobby is open.**\n2 people have joined."),
        ("posting", "**Question 1 of 3 is being posted.**\n2 people have joined."),
        ("open", f"**Question 1 of 3 is open until {stamp(30)}.**\n0 of 2 have answered."),
        ("open without a time", "**Question 1 of 3 is open until you reveal it.**"),
        ("paused", "**Question 1 of 3 is paused.**"),
        ("lost", "**Question 1 of 3 is being posted again: its message was deleted, and the clock is stopped.**"),
        (
            "revealed",
            f"**Question 1 of 3 is revealed.** The next question follows <t:{int(moment(11).timestamp())}:R>.",
        ),
        ("revealed, paused", "**Question 1 of 3 is revealed.** The next question waits: the quiz is paused."),
        ("revealed without a time", "**Question 1 of 3 is revealed.** The next question follows when you say so."),
        ("last revealed", "**Question 1 of 1 is revealed.** The result follows <t:"),
        ("ended", "**The quiz is over.** 2 people took part. 3 questions were asked. On average, 3 of 3 were right."),
    ],
)
def test_the_instructor_sees_how_it_stands(phase: str, told: str) -> None:
    assert told in controlled(PHASES[phase])


def test_the_instructor_sees_how_many_answers_there_are() -> None:
    one = after(opened(), answer(ANN, 1, 5))

    assert "\n1 of 2 has answered." in controlled(one)
    assert "\n2 of 2 have answered." in controlled(asked(PHASES["posting"], wrongly))
    assert "\n1 of 2 has answered." in controlled(revealed(one))


def test_an_answer_of_who_left_is_counted() -> None:
    assert "\n1 of 2 has answered." in controlled(after(opened(), answer(ANN, 1, 5), Left(ANN, moment(6))))


@pytest.mark.parametrize("state", [lobby(ITEMS), opened(players=()), revealed(opened(players=()))])
def test_the_instructor_sees_that_nobody_has_joined(state: Round) -> None:
    assert "\nNobody has joined yet." in controlled(state)


def test_the_instructor_sees_until_when_those_with_extra_time_have() -> None:
    state = after(opened(), ExtraGiven(ANN, 50, NOON))

    assert f"-# With extra time until {stamp(45)}" in controlled(state)
    assert "extra time" not in controlled(after(opened(), ExtraGiven(CLEO, 50, NOON)))


def test_the_next_question_and_its_answer_stand_in_the_card_behind_a_spoiler() -> None:
    assert controlled(PHASES["lobby"]).endswith(
        "-# Next, question 1: What about fish?\n-# Right answer: ||A. fish swims||"
    )
    assert controlled(PHASES["open"]).endswith("-# Next, question 2: It is so with rain.\n-# Right answer: ||True||")


def test_the_last_question_has_no_next_one() -> None:
    assert controlled(PHASES["last revealed"]).endswith("-# This is the last question.")


def test_a_trouble_and_a_note_stand_in_the_card() -> None:
    told = controlled(PHASES["open"], trouble="I may not post there.", note="The clock runs on.")

    assert "**I may not post there.**\nThe clock runs on.\n" in told


def test_a_round_that_is_over_says_how_to_get_its_results() -> None:
    told = controlled(PHASES["ended"])

    assert "`/quiz results`" in told
    assert "Right answer" not in told


# ------------------------------------------------------------------ stopping


def test_stopping_asks_first() -> None:
    view = stop_card(7, PHASES["open"], title="Week 3")

    assert buttons(view) == {"Stop now": "quiz-lead 7.stop-now.1.o", "Go on": "quiz-lead 7.refresh.1.o"}
    assert "Question 1 is not revealed yet, so it will not count." in words_of(view)


def test_stopping_after_a_reveal_loses_no_question() -> None:
    told = words_of(stop_card(7, PHASES["revealed"], title="Week 3"))

    assert "Points up to now count." in told
    assert "not revealed" not in told


# ------------------------------------------------------------------ the form


def form(item: Item) -> list[dict[str, object]]:
    return list(answer_form(7, 3, item).to_dict()["components"])


def test_the_form_is_for_its_question() -> None:
    made = answer_form(7, 3, text()).to_dict()

    assert (made["title"], made["custom_id"]) == ("Question 3", "bb:quiz-typed:7.3")


def test_the_form_shows_the_question_in_one_piece() -> None:
    stem = ("word " * 29).strip()

    assert form(text())[0]["content"] == "Who is the speaker?"
    assert form(replace(text(), stem=stem))[0]["content"] == stem


def test_the_form_has_one_field_for_the_answer() -> None:
    field = form(text())[1]["component"]

    assert isinstance(field, dict)
    assert (field["custom_id"], field["max_length"], field["required"]) == ("answer", 200, True)


def test_the_form_says_that_a_number_is_wanted() -> None:
    assert form(number())[1]["label"] == "Your answer, a number"


async def test_nothing_waits_for_the_form() -> None:
    assert answer_form(7, 3, text()).is_finished()


# ------------------------------------------------------------------ what was noted


def confirmed(state: Round, *events: Answered) -> str:
    """Say what is said to the last of some answers."""
    effects: tuple[object, ...] = ()
    for event in events:
        state, effects = step(state, event, event.at)
    return noted(state, next(effect for effect in effects if isinstance(effect, ConfirmPrivately)))


def test_what_was_picked_is_noted_with_its_letter_and_text() -> None:
    assert confirmed(opened(), answer(ANN, 1, 5)).startswith("Noted: B. fish flies\n")


def test_what_was_picked_of_true_or_false_is_noted_as_such() -> None:
    assert confirmed(opened(true_false()), answer(ANN, 1, 5)).startswith("Noted: False\n")


def test_what_was_typed_is_noted_as_it_was_typed_and_escaped() -> None:
    given = Answered(ANN, 1, typed(text(), "@everyone *Kari* [a](https://b.c)"), moment(5))

    assert confirmed(opened(text()), given).startswith("Noted: “\\@everyone \\*Kari\\* \\[a\\](https\\://b.c)”\n")


def test_a_changed_answer_is_said_to_be_changed() -> None:
    assert confirmed(opened(), answer(ANN, 1, 5), answer(ANN, 0, 6)).startswith("Changed. Noted: A. fish swims\n")


def test_the_same_answer_again_is_no_change() -> None:
    assert confirmed(opened(), answer(ANN, 1, 5), answer(ANN, 1, 6)).startswith("Noted: B. fish flies\n")


def test_an_answer_can_be_changed_until_the_deadline() -> None:
    assert confirmed(opened(), answer(ANN, 1, 5)).endswith(f"You can change it until {stamp(30)}.")


def test_who_has_extra_time_is_promised_no_more_than_the_time_of_all() -> None:
    state = after(opened(), ExtraGiven(ANN, 100, NOON))

    assert confirmed(state, answer(ANN, 1, 5)).endswith(f"You can change it until {stamp(30)}.")


def test_an_answer_in_extra_time_was_in_time() -> None:
    state = after(opened(), ExtraGiven(ANN, 100, NOON))

    assert confirmed(state, answer(ANN, 1, 40)).endswith("\n-# It was in time.")


def test_an_answer_told_of_again_in_extra_time_was_in_time() -> None:
    state = after(opened(), ExtraGiven(ANN, 100, NOON), answer(ANN, 1, 5))
    effect = ConfirmPrivately(ANN, 1, 1, changed=False)

    assert noted(state, effect, moment(29)).endswith(f"You can change it until {stamp(30)}.")
    assert noted(state, effect, moment(40)).endswith("\n-# It was in time.")


def test_an_answer_without_a_deadline_can_be_changed_until_the_instructor_moves_on() -> None:
    assert confirmed(opened(rules=MANUAL), answer(ANN, 1, 5)).endswith("until the instructor moves on.")


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Paused(moment(8)), "The quiz is paused; you can change it when it goes on."),
        (MessageLost(1, moment(8)), "You can change it until time is up."),
    ],
)
def test_an_answer_that_arrives_while_time_stands_still_promises_no_instant(event: object, told: str) -> None:
    assert confirmed(after(opened(), event), answer(ANN, 1, 5)).endswith(told)


def test_an_answer_that_arrives_after_the_reveal_was_in_time() -> None:
    assert confirmed(revealed(after(opened(), answer(BEN, 1, 7))), answer(ANN, 1, 5)).endswith("It was in time.")


@pytest.mark.parametrize("item", [choice("fish"), true_false(), number(), text()])
def test_nothing_noted_tells_whether_it_is_right(item: Item) -> None:
    given = rightly(item)
    state = after(opened(item), Answered(ANN, 1, given, moment(5)))
    turned = replace(state, current={ANN: replace(state.current[ANN], right=False)})
    effect = ConfirmPrivately(ANN, 1, state.current[ANN].given, changed=False)

    assert noted(state, effect) == noted(turned, effect)


@pytest.mark.parametrize("refusal", Refusal)
def test_a_refusal_is_a_sentence(refusal: Refusal) -> None:
    assert refused(RefusePrivately(ANN, refusal)) == refusal.value


# ------------------------------------------------------------------ one's own answer


def mine(state: Round, question: int = 1, player: int = ANN) -> str:
    return words_of(mine_card(state, question, player, LEXICON))


def given_of(item: Item, *answers: str | int) -> Round:
    """Let Ann, then Ben, answer a question, and reveal it; another one follows."""
    state = opened(item, *ITEMS)
    for player, one in zip((ANN, BEN), answers, strict=False):
        given = Picked(one) if isinstance(one, int) else typed(item, one)
        state = after(state, Answered(player, 1, given, moment(5)))
    return after(revealed(state))


def test_who_was_right_is_told_so_and_why() -> None:
    told = "### Question 1: Right\nYou answered: A. fish swims\nIt is said of fish.\n"

    assert mine(given_of(FISH, 0)) == f"{told}-# {CITED}\nYou have 1 point so far."


def test_who_was_wrong_sees_the_right_answer_and_why() -> None:
    told = "### Question 1: Wrong\nYou answered: C. fish walks\nRight answer: **A. fish swims**\nIt is said of fish.\n"

    assert mine(given_of(FISH, 2)) == f"{told}-# {CITED}\nYou have 0 points so far."


def test_who_did_not_answer_sees_the_right_answer() -> None:
    told = mine(given_of(FISH, 2), player=BEN)

    assert "### Question 1: No answer\nYou did not answer.\nRight answer: **A. fish swims**" in told


def test_a_near_miss_is_told_why() -> None:
    told = mine(given_of(number(), "60 %"))

    assert "You answered: “60 %”\nIt is close, but numbers are exact.\nRight answer: **61 %**" in told


def test_a_slip_that_was_forgiven_is_told_how_it_is_spelled() -> None:
    told = mine(given_of(text(), "Karri Aune"))

    assert "### Question 1: Right\nYou answered: “Karri Aune”\nIt is spelled “Kari Aune”." in told


def test_an_answer_accepted_later_is_told_no_reason_against_it() -> None:
    state = given_of(number(), "60 %")
    state = replace(state, current={ANN: replace(state.current[ANN], right=True)})

    assert "### Question 1: Right\nYou answered: “60 %”\nRight answer: **61 %**" in mine(state)


SPEED = Rules(seconds=30, gap=10, scoring=Scoring.SPEED)


def test_points_so_far_are_those_of_the_questions_that_were_revealed() -> None:
    state = asked(revealed(revealed(opened())), rightly)

    assert "You have 0 points so far." in mine(state)
    assert "You have 1 point so far." in mine(revealed(state))


def test_with_the_speed_bonus_a_question_tells_its_own_points_and_then_all() -> None:
    state = asked(revealed(revealed(after(opened(rules=SPEED), answer(ANN, 0, 16)))), rightly)

    assert mine(state).endswith("\n+750 points; 750 so far.")
    assert mine(revealed(state), 2).endswith("\n+1,000 points; 1,750 so far.")


def test_with_the_speed_bonus_a_wrong_answer_has_no_points() -> None:
    state = asked(revealed(revealed(after(opened(rules=SPEED), answer(ANN, 0, 1), answer(BEN, 1, 1)))), rightly)

    assert mine(state, player=BEN).endswith("\nNo points; 0 so far.")


def test_after_the_end_the_points_of_a_speed_bonus_are_all() -> None:
    state = through(lobby(ITEMS, ANN, rules=SPEED), rightly)

    assert mine(state, 2).endswith("\n+1,000 points; 3,000 in all.")


def test_with_the_speed_bonus_a_voided_question_tells_only_the_points_of_the_others() -> None:
    state = after(revealed(after(opened(rules=SPEED), answer(ANN, 0, 1))), Voided(1, moment(20)))

    assert mine(state).endswith("This question does not count.\nYou have 0 points so far.")


@pytest.mark.parametrize("answered", [True, False])
def test_of_an_open_question_one_learns_only_what_was_noted(answered: bool) -> None:
    state = after(opened(FISH), answer(ANN, 0, 5)) if answered else opened(FISH)
    told = f"Noted: A. fish swims\n-# You can change it until {stamp(30)}."

    assert mine(state) == (told if answered else "Nothing of yours is noted for this question yet.")


def test_of_a_skipped_question_one_learns_only_what_was_noted() -> None:
    state = after(opened(), answer(ANN, 2, 5), Skipped(moment(6)))

    assert mine(state) == "You answered: C. fish walks\nThis question does not count."


def test_a_question_that_was_voided_says_so() -> None:
    told = mine(after(given_of(FISH, 0), Voided(1, moment(20))))

    assert told.endswith("This question does not count.\nYou have 0 points so far.")


@pytest.mark.parametrize("question", [2, 31, -1])
def test_of_a_question_that_was_not_asked_one_learns_nothing(question: int) -> None:
    assert mine(given_of(FISH, 0), question) == "That question has not been asked yet."


def test_what_another_player_answered_is_not_told() -> None:
    told = mine(given_of(FISH, 2, 1), player=BEN)

    assert "You answered: B. fish flies" in told
    assert "walks" not in told


# ------------------------------------------------------------------ one's own round


def test_the_whole_round_has_a_line_for_each_question() -> None:
    items = (FISH, true_false(), text(), number())
    state = asked(after(lobby(items, ANN), Started(NOON)), rightly)
    state = asked(revealed(revealed(state)), wrongly)
    state = asked(revealed(revealed(state)))
    state = after(asked(revealed(revealed(state)), rightly), Skipped(state.touched + 9 * SECOND))

    assert mine(state, 0).splitlines() == [
        "### Your result",
        "You have 1 point. 1 of 3 questions right.",
        "**1. Right:** What about fish?",
        "**2. Wrong:** It is so with rain. · Right answer: True",
        "**3. No answer:** Who is the speaker? · Right answer: Kari Aune",
        "**4. Does not count:** How many mills?",
    ]


def test_the_whole_round_tells_of_an_open_question_only_what_was_noted() -> None:
    state = after(opened(FISH), answer(ANN, 0, 5))
    before = after(opened(FISH), answer(ANN, 1, 5))

    assert mine(state, 0).splitlines()[1:] == [
        "You have 0 points so far. No question counts.",
        "**1. Noted:** A. fish swims",
    ]
    assert mine(before, 0).replace("B. fish flies", "A. fish swims") == mine(state, 0)


def practisable(state: Round, key: str = "0f3a") -> dict[str, str]:
    return buttons(mine_card(state, 0, ANN, LEXICON, key))


def test_after_the_end_one_can_go_on_to_practise_the_brief() -> None:
    assert practisable(PHASES["ended"]) == {"Practise": "quiz-practise 0f3a"}


def test_while_the_round_runs_nobody_is_sent_to_practise() -> None:
    assert practisable(PHASES["revealed"]) == {}


def test_a_brief_that_is_gone_cannot_be_practised() -> None:
    assert practisable(PHASES["ended"], "") == {}


def test_the_whole_round_of_who_did_not_take_part_says_so() -> None:
    assert mine(through(lobby(ITEMS, BEN), rightly), 0) == "You did not take part in this round."


def test_a_round_stopped_in_the_lobby_has_a_result_of_nothing() -> None:
    told = mine(after(lobby(ITEMS, ANN), Stopped(NOON)), 0)

    assert told == "### Your result\nYou have 0 points. No question counts."
