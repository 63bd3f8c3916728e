"""What a class sees of a round: the lobby, each question until its reveal, the podium."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.discord.cards.quiz_end import podium_card
from bot.discord.cards.quiz_play import lobby_card, question_card
from bot.quiz.events import (
    ExtraGiven,
    Given,
    Left,
    MessageLost,
    Paused,
    Picked,
    Resumed,
    Skipped,
    Started,
    Stopped,
    Voided,
)
from bot.quiz.items import Item, Worded
from bot.quiz.rules import Joining, Rules, Scoring
from bot.quiz.state import Round
from tests.discord.quiz_rounds import (
    SECOND,
    after,
    asked,
    buttons,
    given,
    lobby,
    nobody,
    revealed,
    rightly,
    through,
    typed,
    wrongly,
)
from tests.discord.test_digest_cards import words_of
from tests.quiz.river_quiz import ANN, BEN, ITEMS, NOON, RULES, choice, moment, number, text, true_false

MANUAL = Rules(seconds=0)
CITED = "Report (2016), The river, para. 2"
FISH = choice("fish", citation=CITED)
CROWD = tuple(range(100, 112))
WHO_SEES = (
    "The instructors of this server can see your answers with your name. "
    "Boards show your name unless you hide it with `/privacy show`."
)


def stamp(seconds: float) -> str:
    at = int(moment(seconds).timestamp())
    return f"<t:{at}:T> (<t:{at}:R>)"


def started(*items: Item, players: tuple[int, ...] = (ANN, BEN), rules: Rules = RULES) -> Round:
    return after(lobby(items, *players, rules=rules), Started(NOON))


def opened(*items: Item, players: tuple[int, ...] = (ANN, BEN), rules: Rules = RULES) -> Round:
    return asked(started(*items, players=players, rules=rules))


def shown(state: Round, number: int = 1) -> str:
    return words_of(question_card(7, state, number))


def pressable(state: Round, number: int = 1) -> dict[str, str]:
    return buttons(question_card(7, state, number))


# ------------------------------------------------------------------ the lobby


def invited(state: Round, leader: int = 55, where: int = 0) -> str:
    return words_of(lobby_card(7, state, title="Week 3", brief="The river", leader=leader, where=where))


def lobby_buttons(state: Round) -> dict[str, str]:
    return buttons(lobby_card(7, state, title="Week 3", brief="The river", leader=55))


def test_a_lobby_names_the_set_the_brief_and_who_leads() -> None:
    assert "### Week 3\nA quiz on “The river”, led by <@55>." in invited(lobby(ITEMS))


def test_a_lobby_whose_leader_is_not_known_any_more_names_nobody() -> None:
    assert "<@" not in invited(lobby(ITEMS), leader=0)


def test_a_lobby_counts_the_questions() -> None:
    assert "**3 questions.**" in invited(lobby(ITEMS))


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (Rules(seconds=45), "Each is open for 45 seconds."),
        (MANUAL, "Each is open until the instructor moves on."),
        (Rules(), "Each is open for 20 to 30 seconds, by the length of its text."),
    ],
)
def test_a_lobby_says_how_long_a_question_is_open(rules: Rules, told: str) -> None:
    assert told in invited(lobby((*ITEMS, choice("long", stem="word " * 27)), rules=rules))


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (Rules(), "one for each right answer; speed does not count."),
        (
            Rules(scoring=Scoring.SPEED),
            "1,000 for a right answer in the first 2 seconds, then evenly fewer, down to 500",
        ),
        (Rules(scoring=Scoring.SPEED, seconds=0), "1,000 for each right answer; as there is no time limit, speed does"),
    ],
)
def test_a_lobby_says_how_answers_score(rules: Rules, told: str) -> None:
    assert f"**Points:** {told}" in invited(lobby(ITEMS, rules=rules))


def test_a_lobby_says_what_a_closed_book_means() -> None:
    told = invited(lobby(ITEMS))

    assert "**Closed book:** while a question is open, players cannot use `/ask`, `/browse` or other look-ups" in told
    assert "also not in direct messages." in told
    assert "Open book" not in told


def test_a_lobby_says_that_the_book_is_open() -> None:
    told = invited(lobby(ITEMS, rules=Rules(closed_book=False)))

    assert "**Open book:** you may look things up" in told
    assert "Closed book" not in told


def test_a_lobby_says_who_will_see_the_answers() -> None:
    assert WHO_SEES in invited(lobby(ITEMS))


@pytest.mark.parametrize(
    ("players", "told"),
    [((), "Nobody has joined yet."), ((ANN,), "1 person has joined."), (CROWD, "12 people have joined.")],
)
def test_a_lobby_counts_who_joined_and_names_nobody(players: tuple[int, ...], told: str) -> None:
    text = invited(lobby(ITEMS, *players), leader=0)

    assert told in text
    assert "<@" not in text


def test_a_lobby_can_be_joined_and_left() -> None:
    assert lobby_buttons(lobby(ITEMS)) == {"Join": "quiz-join 7", "Leave": "quiz-leave 7"}


def test_a_lobby_says_in_which_thread_the_round_is_played() -> None:
    assert "It is played in <#66>." in invited(lobby(ITEMS), where=66)


def test_a_lobby_without_a_thread_points_at_none() -> None:
    assert "<#" not in invited(lobby(ITEMS))
    assert "<#" not in invited(through(lobby(ITEMS, ANN), rightly))


def test_the_lobby_of_a_round_that_is_over_says_in_which_thread_its_result_is() -> None:
    told = invited(through(lobby(ITEMS, ANN), rightly), where=66)

    assert told.endswith("1 person took part.\nResult in <#66>.")


def test_a_round_that_has_begun_can_still_be_joined() -> None:
    state = opened(*ITEMS)

    assert "**The quiz has begun.** You can still join." in invited(state)
    assert list(lobby_buttons(state)) == ["Join", "Leave"]


def test_a_round_for_the_lobby_alone_can_only_be_left_once_it_has_begun() -> None:
    rules = Rules(joining=Joining.LOBBY)
    state = opened(*ITEMS, rules=rules)

    assert "only those who join before the first question can play" in invited(lobby(ITEMS, rules=rules))
    assert "You can still join" not in invited(state)
    assert list(lobby_buttons(state)) == ["Leave"]


def test_a_round_that_is_over_has_a_lobby_without_buttons() -> None:
    state = through(lobby(ITEMS, *CROWD), rightly)

    assert "**The quiz is over.**\n12 people took part." in invited(state)
    assert lobby_buttons(state) == {}


# ------------------------------------------------------------------ an open question


def test_a_question_stands_large_below_its_number() -> None:
    state = asked(revealed(revealed(opened(*ITEMS))))

    assert shown(state, 2).startswith("### Question 2 of 3\n## It is so with rain.\n")


def test_a_question_is_of_the_set_that_is_named() -> None:
    assert words_of(question_card(7, opened(*ITEMS), 1, title="Week 3")).startswith("-# Week 3\n### Question 1 of 3")


def test_options_stand_in_full_with_letters_and_the_buttons_have_letters_only() -> None:
    state = opened(*ITEMS)

    assert "**A.** fish swims\n**B.** fish flies\n**C.** fish walks\n**D.** fish sleeps" in shown(state)
    assert pressable(state) == {letter: f"quiz-pick 7.1.{index}" for index, letter in enumerate("ABCD")}


def test_what_is_true_or_false_has_buttons_that_say_so() -> None:
    assert pressable(opened(true_false())) == {"True": "quiz-pick 7.1.0", "False": "quiz-pick 7.1.1"}


@pytest.mark.parametrize("item", [number(), text(wrong=("Lars Holm", "Siv Berg"))])
def test_what_is_typed_has_one_button_and_shows_no_options(item: Item) -> None:
    state = opened(item)

    assert pressable(state) == {"Answer": "quiz-type 7.1"}
    assert [option for option in item.options if option in shown(state)] == []


def test_a_question_says_until_when_it_is_open() -> None:
    assert f"-# Open until {stamp(30)}" in shown(opened(*ITEMS))


def test_extra_time_of_a_member_shows_in_no_question() -> None:
    state = after(opened(*ITEMS), ExtraGiven(ANN, 100, NOON))

    assert shown(state) == shown(opened(*ITEMS))


def test_a_question_without_a_time_is_open_until_the_instructor_moves_on() -> None:
    assert "-# Open until the instructor moves on" in shown(opened(*ITEMS, rules=MANUAL))


@pytest.mark.parametrize(
    ("players", "told"), [((), "No answers yet"), ((ANN,), "1 answer so far"), (CROWD, "12 answers so far")]
)
def test_a_question_counts_its_answers(players: tuple[int, ...], told: str) -> None:
    assert f"-# {told}" in shown(asked(started(*ITEMS, players=players), wrongly))


def test_a_question_about_to_stand_says_for_how_long_it_will_be_open() -> None:
    state = started(*ITEMS)

    assert "-# Open for 30 seconds" in shown(state)
    assert "<t:" not in shown(state)
    assert list(pressable(state)) == ["A", "B", "C", "D"]


def test_a_question_whose_message_was_deleted_says_how_much_of_its_time_is_left() -> None:
    state = after(opened(*ITEMS), MessageLost(1, moment(12)))

    assert "-# Open for 18 seconds" in shown(state)
    assert list(pressable(state)) == ["A", "B", "C", "D"]


def test_a_paused_question_says_so_and_cannot_be_answered() -> None:
    state = after(asked(started(*ITEMS, players=CROWD), wrongly), Paused(moment(9)))

    assert "**Paused.** The clock is stopped. Your answer is kept." in shown(state)
    assert "-# 12 answers so far" in shown(state)
    assert "Open until" not in shown(state)
    assert pressable(state) == {}


def test_a_question_whose_answer_is_a_name_says_that_small_slips_are_fine() -> None:
    assert "Type one or a few words. Small spelling mistakes are fine." in shown(opened(text()))


def test_a_question_that_goes_on_after_a_pause_is_open_for_so_much_longer() -> None:
    state = after(opened(*ITEMS), Paused(moment(10)), Resumed(moment(20)))

    assert f"Open until {stamp(40)}" in shown(state)
    assert list(pressable(state)) == ["A", "B", "C", "D"]


def test_a_question_that_was_not_asked_is_not_shown() -> None:
    with pytest.raises(ValueError, match="not been asked"):
        question_card(7, opened(*ITEMS), 2)


TWINS = [
    (choice(right=0), choice(right=3, explanation="Another.", citation="Elsewhere")),
    (true_false(holds=True), true_false(holds=False)),
    (number(value=61), replace(number(value=20.5, unit="m"), explanation="Another.")),
    (text(), replace(text(), right=Worded(("Lars Holm", "Holm")), citation="Elsewhere")),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
@pytest.mark.parametrize("moves", ["posting", "open", "answered", "paused", "lost", "skipped"])
def test_nothing_of_an_open_question_differs_with_the_right_answer(one: Item, other: Item, moves: str) -> None:
    def play(item: Item) -> Round:
        state = started(item, *ITEMS, players=CROWD)
        if moves == "posting":
            return state
        same = typed(one, "Kari Aune") if item.typed else Picked(1)
        state = asked(state, given(same) if moves == "answered" else nobody)
        more = {"paused": Paused(moment(20)), "lost": MessageLost(1, moment(20)), "skipped": Skipped(moment(20))}
        return after(state, *([more[moves]] if moves in more else []))

    cards = [question_card(7, play(item), 1).to_components() for item in (one, other)]

    assert one.right != other.right
    assert cards[0] == cards[1]


# ------------------------------------------------------------------ a reveal


def split(item: Item, player: int) -> Given | None:
    """Give answers of all sorts: five rightly, four wrongly, three of twelve not at all."""
    place = CROWD.index(player)
    return rightly(item) if place < 5 else wrongly(item, player) if place < 9 else None


def told_of(item: Item) -> Round:
    return revealed(asked(started(item, *ITEMS, players=CROWD), split))


def test_a_reveal_shows_the_right_answer_large_then_why_then_where() -> None:
    assert f"-# Right answer\n## A. fish swims\nIt is said of fish.\n-# {CITED}" in shown(told_of(FISH))


def test_a_reveal_without_explanation_or_citation_leaves_no_gap() -> None:
    assert "## A. fish swims\n**A: 5" in shown(told_of(replace(FISH, explanation="", citation="")))


@pytest.mark.parametrize(("item", "told"), [(true_false(), "## True"), (number(), "## 61 %"), (text(), "## Kari Aune")])
def test_a_right_answer_without_a_letter_stands_by_itself(item: Item, told: str) -> None:
    assert f"-# Right answer\n{told}" in shown(told_of(item))


def test_a_reveal_says_how_many_chose_what() -> None:
    told = shown(told_of(FISH))

    lines = ["**A: 5 people, 56 %** · fish swims (right)", "**B: 4 people, 44 %** · fish flies"]

    assert "\n".join([*lines, "**C: nobody** · fish walks", "**D: nobody** · fish sleeps\n"]) in told


def test_a_reveal_of_true_or_false_says_how_many_chose_what() -> None:
    assert "**True: 5 people, 56 %** (right)\n**False: 4 people, 44 %**\n" in shown(told_of(true_false()))


def test_a_right_option_that_nobody_chose_is_marked_right() -> None:
    state = revealed(asked(started(FISH, players=CROWD), wrongly))

    assert "**A: nobody** · fish swims (right)\n**B: 12 people, 100 %** · fish flies\n" in shown(state)


def test_each_way_to_type_a_right_answer_is_marked_right_and_no_wrong_one() -> None:
    answers = ["61 %", "about 61", *["60 %"] * 10]
    state = started(number(), players=CROWD)
    state = revealed(asked(state, lambda item, player: typed(item, answers[CROWD.index(player)])))
    lines = [line for line in shown(state).splitlines() if line.startswith("“")]

    assert lines == [
        "“60 %”: 10 people, 83 %",
        "“61 %”: 1 person, 8 % (right)",
        "“about 61”: 1 person, 8 % (right)",
    ]


def test_an_answer_that_was_accepted_later_is_marked_right() -> None:
    state = told_of(FISH)
    state = replace(state, current={player: replace(row, right=True) for player, row in state.current.items()})

    assert "fish swims (right)\n**B: 4 people, 44 %** · fish flies (right)\n**C: nobody** · fish walks\n" in shown(
        state
    )


def test_a_reveal_says_how_many_were_right_and_how_many_did_not_answer() -> None:
    assert "5 of 9 answers were right; 3 people did not answer." in shown(told_of(FISH))


def test_a_reveal_lists_what_several_typed_or_is_right_and_only_counts_the_others() -> None:
    answers = ["Kari Aune", "kari aune", *(f"no {letter}" for letter in "bcdefghibc")]
    state = started(text(), players=CROWD)
    state = revealed(asked(state, lambda item, player: typed(item, answers[CROWD.index(player)])))
    lines = [line for line in shown(state).splitlines() if " %" in line]

    assert lines[:3] == ["“Kari Aune”: 2 people, 17 % (right)", "“no b”: 2 people, 17 %", "“no c”: 2 people, 17 %"]
    assert lines[3:] == ["6 other answers: 6 people, 50 %"]


def test_a_wrong_answer_that_only_one_player_typed_is_shown_to_nobody() -> None:
    state = started(text(), players=CROWD)
    state = revealed(asked(state, lambda item, player: typed(item, "a rude word" if player == CROWD[0] else "Aune")))

    assert "rude" not in shown(state)


def test_a_reveal_lists_six_typed_answers_at_most() -> None:
    state = started(text(), players=CROWD)
    state = revealed(asked(state, lambda item, player: typed(item, f"no {'abcdef'[CROWD.index(player) // 2]}")))

    assert len([line for line in shown(state).splitlines() if " %" in line]) == 6


def test_a_reveal_of_what_nobody_answered_says_so() -> None:
    assert "Nobody answered." in shown(revealed(opened(FISH)))


def test_a_reveal_names_nobody() -> None:
    assert "<@" not in shown(told_of(FISH))


def test_a_reveal_lets_everybody_look_at_their_own_answer() -> None:
    assert pressable(told_of(FISH)) == {"My answer": "quiz-mine 7.1"}


def test_a_reveal_says_when_the_next_question_follows() -> None:
    state = revealed(opened(*ITEMS))
    due = int((state.touched + 10 * SECOND).timestamp())

    assert f"-# Next question at <t:{due}:T>" in shown(state)


def test_a_reveal_holds_no_time_that_reads_wrong_later() -> None:
    assert ":R>" not in shown(revealed(opened(*ITEMS)))


def test_the_last_reveal_says_when_the_result_follows() -> None:
    assert "-# The result follows at <t:" in shown(revealed(opened(FISH)))


@pytest.mark.parametrize("rules", [MANUAL, Rules(gap=0)])
def test_a_reveal_after_which_the_instructor_moves_on_promises_nothing(rules: Rules) -> None:
    assert "<t:" not in shown(revealed(opened(*ITEMS, rules=rules)))


def test_a_pause_after_a_reveal_promises_nothing() -> None:
    state = after(revealed(opened(*ITEMS)), Paused(moment(5)))

    assert "-# Paused" in shown(state)
    assert "<t:" not in shown(state)


def test_an_earlier_question_stays_revealed_without_a_promise() -> None:
    told = shown(asked(revealed(told_of(FISH))))

    assert "## A. fish swims" in told
    assert "5 of 9 answers were right" in told
    assert "<t:" not in told


def test_every_question_of_a_round_that_is_over_is_revealed() -> None:
    state = through(lobby(ITEMS, ANN), rightly)

    assert ["Right answer" in shown(state, number) for number in (1, 2, 3)] == [True] * 3


def test_an_answer_of_a_player_who_left_still_counts_in_the_reveal() -> None:
    state = revealed(after(asked(started(FISH, players=(ANN, BEN)), rightly), Left(ANN, moment(20))))

    assert "2 of 2 answers were right." in shown(state)


# ------------------------------------------------------------------ what does not count


def test_a_skipped_question_does_not_count_and_keeps_its_answer_to_itself() -> None:
    state = after(asked(started(FISH, *ITEMS, players=CROWD), rightly), Skipped(moment(20)))

    assert "This question does not count." in shown(state)
    assert "Right answer" not in shown(state)
    assert pressable(state) == {}


def test_a_question_voided_after_its_reveal_still_shows_the_answer() -> None:
    state = after(told_of(FISH), Voided(1, moment(20)))

    assert "## A. fish swims" in shown(state)
    assert "This question does not count." in shown(state)
    assert list(pressable(state)) == ["My answer"]


def test_a_skipped_question_shows_its_answer_once_the_round_is_over() -> None:
    state = after(opened(FISH, *ITEMS), Skipped(moment(5)), Stopped(moment(6)))

    assert "## A. fish swims" in shown(state)
    assert "This question does not count." in shown(state)


def test_a_question_during_which_the_round_was_stopped_does_not_count() -> None:
    state = after(opened(FISH), Stopped(moment(5)))

    assert "This question does not count." in shown(state)


# ------------------------------------------------------------------ the podium


def podium(state: Round, *hidden: int) -> str:
    return words_of(podium_card(7, state, title="Week 3", hidden=hidden))


def placed(*right: int, items: tuple[Item, ...] = ITEMS) -> Round:
    """Play a round in which the first player has so many right, the second so many, and so on."""
    place = {item.id: index for index, item in enumerate(items)}

    def give(item: Item, player: int) -> Given:
        return rightly(item) if place[item.id] < right[player - 1] else wrongly(item, player)

    return through(lobby(items, *range(1, len(right) + 1)), give)


def test_a_podium_names_the_first_three_and_says_their_points_in_words() -> None:
    told = podium(placed(3, 1, 2))

    assert "**1st place:** <@1>, 3 points\n**2nd place:** <@3>, 2 points\n**3rd place:** <@2>, 1 point" in told


def test_equal_scores_share_a_rank() -> None:
    assert "**1st place:** <@1> and <@3>, 3 points each\n**3rd place:** <@2>, 2 points" in podium(placed(3, 2, 3))


@pytest.mark.parametrize("hidden", [{1}, {1, 3}])
def test_who_hides_their_name_is_on_no_podium_and_leaves_a_place(hidden: set[int]) -> None:
    told = podium(placed(3, 2, 3), *hidden)
    names = {frozenset({1}): "<@3> and name hidden", frozenset({1, 3}): "2 names hidden"}[frozenset(hidden)]

    assert f"**1st place:** {names}, 3 points each" in told
    assert "<@1>" not in told


def test_who_was_erased_is_on_the_podium_without_a_name() -> None:
    state = placed(3, 2)
    rows = tuple(replace(row, player=-1) if row.player == 1 else row for row in state.earlier)
    told = podium(replace(state, earlier=rows, players=frozenset({-1, 2})))

    assert "**1st place:** name hidden, 3 points" in told


def test_a_podium_goes_on_to_the_tenth_rank() -> None:
    items = tuple(choice(f"fish {index}") for index in range(12))
    told = podium(placed(*range(12, 0, -1), items=items))

    assert "\n10th: <@10>, 3 points" in told
    assert "<@11>" not in told


def test_who_has_no_points_is_not_put_up_for_all_to_see() -> None:
    assert "<@2>" not in podium(placed(1, 0))


def test_a_round_in_which_nobody_was_right_says_so() -> None:
    assert "Nobody has points." in podium(placed(0, 0))


def test_a_tie_of_three_hundred_stays_short() -> None:
    told = podium(placed(*[1] * 300, items=(FISH,)))

    assert "**1st place:** <@1>, <@2>, <@3> and 297 more, 1 point each" in told
    assert len(re.findall("<@", told)) == 3


def test_a_podium_says_how_many_took_part_and_how_many_were_right_on_average() -> None:
    assert "3 people took part. 3 questions were asked. On average, 1.7 of 3 were right." in podium(placed(3, 2, 0))


def test_a_podium_says_which_questions_do_not_count() -> None:
    state = after(placed(3, 2), Voided(1, NOON), Voided(3, NOON))

    assert "On average, 1 of 1 was right. Questions 1 and 3 do not count." in podium(state)
    assert "Question 2 does not count." in podium(after(placed(3, 2), Voided(2, NOON)))


def test_a_podium_says_why_the_round_ended() -> None:
    state = after(told_of(FISH), Stopped(moment(20), "The channel was deleted."))

    assert "### Result: Week 3\nThe channel was deleted.\n12 people took part. 1 of 4 questions was asked." in podium(
        state
    )


def corrected(*corrections: str) -> str:
    return words_of(podium_card(7, placed(3, 2), title="Week 3", hidden=(), corrections=corrections))


def test_a_podium_says_what_was_corrected_afterwards() -> None:
    told = corrected(
        "Question 1: “fish flies” was accepted; 1 score changed.", "Question 2 was voided; 0 scores changed."
    )

    assert (
        "\n**Corrected**\nQuestion 1: “fish flies” was accepted; 1 score changed.\n"
        "Question 2 was voided; 0 scores changed.\n"
    ) in told


def test_a_podium_without_corrections_says_nothing_of_them() -> None:
    assert "Corrected" not in corrected()


def test_a_correction_is_escaped() -> None:
    assert "Question 1: “\\*\\@everyone\\*” was accepted" in corrected("Question 1: “*@everyone*” was accepted")


def test_a_podium_tells_the_latest_corrections_and_counts_the_earlier_ones() -> None:
    told = corrected(*(f"Question {number} was voided." for number in range(1, 6)))

    assert "**Corrected**\n2 earlier corrections, then:\nQuestion 3 was voided.\nQuestion 4" in told
    assert "Question 2 was voided." not in told


def test_a_podium_shows_the_three_hardest_questions_with_answer_and_place() -> None:
    items = (choice("easy"), *(choice(f"hard {index}", citation=CITED) for index in range(4)))
    told = podium(placed(5, 2, 1, items=items))
    hard = [line for line in told.splitlines() if line.startswith("**Question")]

    assert hard == [f"**Question {index + 2}:** What about hard {index}?" for index in (1, 2, 3)]
    assert f"Right answer: **A. hard 1 swims**\n-# 1 of 3 answers right · {CITED}" in told


def test_a_podium_without_mistakes_shows_no_hardest_question() -> None:
    assert "hardest" not in podium(placed(3, 3))


def test_a_podium_has_one_button_for_ones_own_result() -> None:
    assert buttons(podium_card(7, placed(1), title="Week 3", hidden=())) == {"My result": "quiz-mine 7.0"}


def test_a_round_that_nobody_joined_says_so() -> None:
    told = podium(through(lobby(ITEMS)))

    assert "Nobody took part. 3 questions were asked." in told
    assert "place:" not in told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (after(lobby(ITEMS, ANN), Stopped(NOON)), "It ended before its first question; 1 person had joined."),
        (after(opened(*ITEMS), Stopped(moment(5))), "No question counts, so there are no points."),
    ],
)
def test_a_round_with_no_question_revealed_says_so(state: Round, told: str) -> None:
    assert told in podium(state)
    assert "place:" not in podium(state)
