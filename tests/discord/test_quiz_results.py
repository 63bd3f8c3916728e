"""``/quiz results``: what an instructor sees of a round or a period, and takes home."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord
from discord import ui

from bot.discord.cards.quiz_results import PER_PAGE, Sheet, Span, View, Where, files_card, read_where, results_card
from bot.discord.quizzes import reporting
from bot.discord.quizzes.sheets import period_sheet, round_sheet
from bot.quiz.events import Advanced, Answered, Given, Joined, MessageStood, Picked, Started, Typed
from bot.quiz.items import Item
from bot.quiz.judging import judge
from bot.quiz.periods import Period
from bot.quiz.regrading import Line
from bot.quiz.rounds import begin
from bot.quiz.rules import Rules, Scoring
from bot.quiz.state import Phase, Round
from bot.store.quiz_records import KeepAnswer, KeepRound, KeepSeat, KeptRound
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, click, components, labels, message_of, text_of
from tests.discord.quiz_rounds import SECOND, after, filled
from tests.discord.test_digest_cards import parts_of
from tests.quiz.river_quiz import ITEMS, text

HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x`"
ANSWERS = (0, 0, 2)  # the right ones of the three items
PACK = "hansen-2016"
Answers = Mapping[int, Sequence[int | str | None]]


async def hold(
    server: Server,
    answers: Answers,
    *,
    items: tuple[Item, ...] = ITEMS,
    days: float = 1,
    title: str = "Rivers",
    channel: int | None = None,
    names: Mapping[int, str] | None = None,
    rules: Rules | None = None,
    until: int | None = None,
    pack: str = PACK,
) -> int:
    """Hold a round some days ago, to its end or until a question is open; answers by player, None for none."""
    at = server.env.now() - dt.timedelta(days=days)
    opened = begin(items, rules or Rules(seconds=0, closed_book=False), at)
    state = play(opened, answers, until)
    place = channel or server.channel.id
    made = await server.store.rounds.open(server.guild.id, place, pack, title, server.moderator.id, opened, at)
    known = names or {}
    seats = [KeepSeat(made, one, one in state.players, 0, known.get(one, f"player {one}")) for one in answers]
    rows = [KeepAnswer(made, row, "") for row in state.rows]
    await server.store.rounds.write([*seats, *rows, KeepRound(made, state, {}, place)])
    return made


def play(state: Round, answers: Answers, until: int | None = None) -> Round:
    state = after(state, *(Joined(player, state.touched) for player in answers), Started(state.touched))
    while state.phase is Phase.POSTING:
        state = after(state, MessageStood(state.number, state.touched))
        for player, given in answers.items():
            one = given[state.number - 1] if state.number <= len(given) else None
            if one is not None:
                state = after(state, Answered(player, state.number, _given(state.item, one), state.touched + SECOND))
        if state.number == until:
            return state
        state = after(state, Advanced(state.touched + SECOND))
        state = after(state, Advanced(state.touched + SECOND))
    return state


def _given(item: Item, one: int | str) -> Given:
    return Picked(one) if isinstance(one, int) else Typed(one, judge(item, one))


async def kept(server: Server, round_id: int) -> KeptRound:
    found = await server.store.rounds.find(server.guild.id, round_id)
    assert found is not None
    return found


async def results(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.moderator.slash(server.channel, "quiz results", **options)


async def propose(server: Server, **options: Any) -> simcord.InteractionResult:
    return await server.moderator.slash(server.channel, "quiz regrade", **options)


async def regrade(server: Server, **options: Any) -> simcord.InteractionResult:
    """Correct a round, and mean it where that is asked."""
    asked = await propose(server, **options)
    return await click(server.moderator, asked, "Do it") if "Do it" in labels(asked) else asked


async def files(shown: simcord.InteractionResult) -> dict[str, str]:
    return {one.filename: (await one.read()).decode() for one in message_of(shown).attachments}


def table(written: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


# ------------------------------------------------------------------ who may


async def test_a_reader_gets_no_results(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    shown = await server.reader.slash(server.channel, "quiz results")

    assert "Only instructors can do this" in text_of(shown)
    assert "Rivers" not in text_of(shown)


async def test_the_instructor_role_is_enough(server: Server) -> None:
    role = server.guild.create_role("Teachers")
    await server.services.book.save(GuildSettings(server.guild.id, instructor_role=role.id))
    await hold(server, {11: ANSWERS})
    teacher = server.with_role("tess", role)

    assert "Round \\#1: Rivers" in text_of(await teacher.slash(server.channel, "quiz results"))


async def test_results_belong_to_a_server(server: Server) -> None:
    assert "led in a server" in text_of(await server.moderator.user.slash("quiz results"))


async def test_results_are_shown_to_one_reader_alone(server: Server) -> None:
    await hold(server, {11: ANSWERS})

    assert (await results(server)).ephemeral


@pytest.mark.parametrize("label", ["Questions", "Absent", "Record", "Files"])
async def test_who_leads_no_more_gets_nothing_from_an_old_card(server: Server, label: str) -> None:
    await hold(server, {11: ANSWERS})
    shown = await results(server)
    server.moderator = server.demote(server.moderator)

    assert "Only instructors can do this" in text_of(await click(server.moderator, shown, label))


async def test_a_round_of_another_server_is_not_known(server: Server) -> None:
    made = await hold(server, {11: ANSWERS})
    other = server.env.create_guild("Elsewhere")
    role = other.create_role("lead", permissions=discord.Permissions(manage_messages=True))
    leader = other.add_member(server.moderator.user, roles=[role])
    channel = other.create_text_channel("reading")
    shown = await leader.slash(channel, "quiz results", round=str(made))

    assert "no such round here" in text_of(shown)


# ------------------------------------------------------------------ which round


async def test_the_latest_round_of_this_channel_is_the_default(server: Server) -> None:
    elsewhere = server.guild.create_text_channel("elsewhere")
    await hold(server, {11: ANSWERS}, days=3, title="Older here")
    await hold(server, {11: ANSWERS}, days=2, title="Latest here")
    await hold(server, {11: ANSWERS}, days=1, title="Elsewhere", channel=elsewhere.id)

    assert "Latest here" in text_of(await results(server))


async def test_a_round_in_a_thread_of_this_channel_is_one_of_it(server: Server) -> None:
    elsewhere = server.guild.create_text_channel("elsewhere")
    kind = discord.ChannelType.public_thread
    thread = await server.bot.get_channel(server.channel.id).create_thread(name="Quiz", type=kind)
    await hold(server, {11: ANSWERS}, days=2, title="In the thread", channel=thread.id)
    await hold(server, {11: ANSWERS}, days=1, title="Elsewhere", channel=elsewhere.id)

    assert "In the thread" in text_of(await results(server))


async def test_where_a_channel_had_no_round_the_latest_of_the_server_is_shown(server: Server) -> None:
    elsewhere = server.guild.create_text_channel("elsewhere")
    await hold(server, {11: ANSWERS}, title="Elsewhere", channel=elsewhere.id)

    assert "Elsewhere" in text_of(await results(server))


async def test_a_lobby_is_not_taken_for_the_latest_round(server: Server) -> None:
    await hold(server, {11: ANSWERS}, title="Played")
    now = server.env.now()
    waiting = begin(ITEMS, Rules(), now)
    await server.store.rounds.open(server.guild.id, server.channel.id, PACK, "Waiting", 1, waiting, now)

    assert "Played" in text_of(await results(server))


async def test_a_server_without_rounds_is_told_so(server: Server) -> None:
    assert "There was no round in this server yet" in text_of(await results(server))


@pytest.mark.parametrize("typed", ["#1", "1", " 1 "])
async def test_a_round_is_named_by_its_number(server: Server, typed: str) -> None:
    await hold(server, {11: ANSWERS}, days=2, title="First")
    await hold(server, {11: ANSWERS}, days=1, title="Second")

    assert "Round \\#1: First" in text_of(await results(server, round=typed))


@pytest.mark.parametrize("typed", ["2", "x", "9" * 30, "-1"])
async def test_a_round_that_is_not_there_is_refused(server: Server, typed: str) -> None:
    await hold(server, {11: ANSWERS})

    assert "no such round here" in text_of(await results(server, round=typed))


async def test_a_round_and_a_period_together_are_refused(server: Server) -> None:
    await hold(server, {11: ANSWERS})

    assert "not both" in text_of(await results(server, round="1", period="week"))


async def test_rounds_are_suggested_to_those_who_lead_only(server: Server) -> None:
    await hold(server, {11: ANSWERS}, title="Rivers")
    offered = await server.moderator.autocomplete(server.channel, "quiz results", "round", "riv")
    none = await server.reader.autocomplete(server.channel, "quiz results", "round", "riv")

    assert [one["value"] for one in offered] == ["1"]
    assert none == []


# ------------------------------------------------------------------ people


async def test_people_are_ranked_with_their_points_and_counts(server: Server) -> None:
    await hold(server, {11: (0, 0, 2), 12: (0, 1, None), 13: (0, 1, None)})
    text = text_of(await results(server))

    assert "**1.** <@11>: 3 points; right 3, wrong 0, no answer 0" in text
    assert "**2.** <@12>: 1 point; right 1, wrong 1, no answer 1" in text
    assert "**2.** <@13>: 1 point; right 1, wrong 1, no answer 1" in text


async def test_many_people_have_pages_that_turn_after_a_restart(server: Server) -> None:
    size = PER_PAGE[View.PEOPLE]
    await hold(server, {100 + one: ANSWERS for one in range(size + 1)})
    shown = await results(server)
    await server.restart()
    turned = await click(server.moderator, shown, "Next page (2 of 2)")

    assert text_of(turned).count("<@") == 1
    assert f"<@{100 + size}>" in text_of(turned)
    assert "Previous page" in labels(turned)


@pytest.mark.parametrize(
    "state", ["", "x", "1.people.0", "1.people.99999.comma", "1.people.0.tab", "day-1.people.0.comma"]
)
async def test_a_button_of_another_version_is_refused(server: Server, state: str) -> None:
    await hold(server, {11: ANSWERS})
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:quiz-results:{state}"))

    assert "another version" in text_of(await click(server.moderator, forged, "Press"))


async def test_a_page_that_is_not_there_is_the_nearest(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    forged = await server.post(ui.Button(label="Press", custom_id="bb:quiz-results:1.people.99.comma"))

    assert "<@11>" in text_of(await click(server.moderator, forged, "Press"))


async def test_erased_participants_stay_in_the_totals_without_a_name(server: Server) -> None:
    await hold(server, {11: ANSWERS, 12: (0, None, None)})
    await server.store.people.erase(11)
    text = text_of(await results(server))

    assert "1 participant erased." in text
    assert "**1.** erased participant 1: 3 points" in text
    assert "11" not in text.replace("11:", "")


async def test_a_running_round_shows_only_what_is_revealed(server: Server) -> None:
    await hold(server, {11: ANSWERS}, until=2)
    shown = await results(server)
    people = text_of(shown)
    questions = text_of(await click(server.moderator, shown, "Questions"))

    assert "still running: only what has been revealed" in people
    assert "<@11>: 1 point; right 1, wrong 0" in people
    assert ITEMS[0].stem in questions
    assert ITEMS[1].stem not in questions


async def test_a_title_is_shown_letter_by_letter(server: Server) -> None:
    await hold(server, {11: ANSWERS}, title=HOSTILE)

    assert "\\@everyone \\*\\*free\\*\\*" in text_of(await results(server))


# ------------------------------------------------------------------ questions


async def test_questions_tell_the_share_and_who_chose_what(server: Server) -> None:
    await hold(server, {11: (0, 0, 2), 12: (1, 0, 2), 13: (0, None, 2), 14: (None, 0, None)})
    text = text_of(await click(server.moderator, await results(server), "Questions"))

    assert "**1. What about fish?**\nThe right answer is “A. fish swims”. " in text
    assert "2 of 3 answers were right (67 %); 1 gave no answer." in text
    chosen = "“A. fish swims” by 2, “B. fish flies” by 1, “C. fish walks” by nobody, “D. fish sleeps” by nobody"
    assert f"Chosen: {chosen}." in text


async def test_typed_answers_are_counted_the_most_frequent_first(server: Server) -> None:
    typed = {11: ("Lars",), 12: ("lars",), 13: ("Kari Aune",), 14: ("a",), 15: ("b",), 16: ("c",), 17: ("d",)}
    await hold(server, typed, items=(text(),))
    shown = text_of(await click(server.moderator, await results(server), "Questions"))

    assert "Typed: “Lars” by 2, “a” by 1, “b” by 1, “c” by 1, 2 other answers." in shown


async def test_what_was_typed_is_shown_letter_by_letter(server: Server) -> None:
    await hold(server, {11: (HOSTILE,)}, items=(text(),))
    shown = text_of(await click(server.moderator, await results(server), "Questions"))

    assert "“\\@everyone \\*\\*free\\*\\*" in shown


async def test_a_question_that_nobody_answered_is_told(server: Server) -> None:
    await hold(server, {11: (0, None, None)})

    assert "Nobody answered; 1 gave no answer." in text_of(
        await click(server.moderator, await results(server), "Questions")
    )


async def test_a_void_question_is_told(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    await regrade(server, round="1", question="2", action="void")
    shown = text_of(await click(server.moderator, await results(server), "Questions"))

    assert "**2. It is so with rain.**, does not count" in shown
    assert "-# Question 2 does not count." in shown


# ------------------------------------------------------------------ absent


async def test_absent_is_who_came_before_and_not_now(server: Server) -> None:
    await hold(server, {11: ANSWERS, 12: ANSWERS}, days=9)
    await hold(server, {11: ANSWERS, 13: ANSWERS}, days=5)
    await hold(server, {11: ANSWERS}, days=1, title="Last")
    shown = text_of(await click(server.moderator, await results(server), "Absent"))

    assert "<@12>, who answered in 1 of the 2 rounds before" in shown
    assert "<@13>, who answered in 1 of the 2 rounds before" in shown
    assert "<@11>" not in shown


async def test_who_came_more_than_thirty_days_before_is_not_expected(server: Server) -> None:
    await hold(server, {12: ANSWERS}, days=40)
    await hold(server, {11: ANSWERS}, days=1)

    assert "There were no rounds in the 30 days before." in text_of(
        await click(server.moderator, await results(server), "Absent")
    )


async def test_whose_data_was_erased_is_not_absent(server: Server) -> None:
    await hold(server, {11: ANSWERS, 12: ANSWERS}, days=9)
    await hold(server, {11: ANSWERS}, days=1)
    await server.store.people.erase(12)

    assert "Nobody is missing." in text_of(await click(server.moderator, await results(server), "Absent"))


# ------------------------------------------------------------------ record


async def test_the_record_has_the_corrections_and_who_made_them(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    await regrade(server, round="1", question="1", action="void")
    shown = text_of(await click(server.moderator, await results(server), "Record"))

    assert f"Led by <@{server.moderator.id}>." in shown
    assert f"Question 1 does not count; 1 score changed. By <@{server.moderator.id}>." in shown


async def test_the_record_does_not_name_whose_data_was_erased(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    await regrade(server, round="1", question="1", action="void")
    await server.store.people.erase(server.moderator.id)
    shown = text_of(await click(server.moderator, await results(server), "Record"))

    assert "Question 1 does not count; 1 score changed." in shown
    assert str(server.moderator.id) not in shown


async def test_a_round_without_corrections_says_so(server: Server) -> None:
    await hold(server, {11: ANSWERS})

    assert "Nothing was corrected." in text_of(await click(server.moderator, await results(server), "Record"))


async def test_views_are_turned_in_place(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    shown = await results(server)
    turned = await click(server.moderator, shown, "Questions")

    assert message_of(turned).id == message_of(shown).id


async def test_the_view_that_is_shown_cannot_be_pressed(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    shown = await results(server)

    assert [one["label"] for one in components(shown) if one.get("disabled")] == ["People"]


# ------------------------------------------------------------------ a period


async def three_rounds(server: Server) -> None:
    await hold(server, {11: ANSWERS, 14: ANSWERS}, days=20, title="Before")
    await hold(server, {11: (0, 0, 2), 12: (1, 0, None)}, days=5, title="First")
    await hold(server, {11: (0, 1, 2)}, days=3, title="Second")
    await hold(server, {12: (0, 0, 2), 13: (None, None, 2)}, days=1, title="Third")


async def test_a_period_adds_up_right_answers_and_counts_who_came(server: Server) -> None:
    await three_rounds(server)
    text = text_of(await results(server, period="week"))

    assert "Results of the last 7 days" in text
    assert "<@11>: 5 right of 6, in 2 rounds; missed 1 round" in text
    assert "<@12>: 4 right of 6, in 2 rounds; missed 1 round" in text
    assert "<@14>: 0 right of 0, in 0 rounds; missed 3 rounds" in text


async def test_a_period_tells_who_missed_which_rounds(server: Server) -> None:
    await three_rounds(server)
    text = text_of(await click(server.moderator, await results(server, period="week"), "Absent"))

    assert "<@14> missed 3 of 3: #2, #3, #4\n<@13> missed 2 of 3: #2, #3" in text
    assert "<@12> missed 1 of 3: #3" in text


async def test_a_period_adds_up_each_question_the_hardest_first(server: Server) -> None:
    await three_rounds(server)
    text = text_of(await click(server.moderator, await results(server, period="week"), "Questions"))

    assert "**1. What about fish?**, asked in 3 rounds\nThe right answer is “fish swims”. 3 of 4 answers" in text
    assert "Chosen: “fish swims” by 3, “fish flies” by 1" in text
    assert "**3. What about mills?**" in text


async def test_a_period_lists_its_rounds_the_latest_first(server: Server) -> None:
    await three_rounds(server)
    await regrade(server, round="3", question="2", action="void")
    text = text_of(await click(server.moderator, await results(server, period="week"), "Record"))

    assert text.index("**#4**") < text.index("**#3**") < text.index("**#2**")
    assert "Second: 1 took part; 3 questions; question 2 does not count." in text
    assert "Question 2 does not count; 0 scores changed." in text


async def test_a_period_counts_only_its_rounds(server: Server) -> None:
    await hold(server, {11: ANSWERS}, days=40, title="Long ago")
    await hold(server, {11: ANSWERS}, days=10, title="This month")
    week, month, ever = [text_of(await results(server, period=period)) for period in ("week", "month", "all")]

    assert "0 rounds ended" in week
    assert "1 round ended" in month
    assert "2 rounds ended" in ever


async def test_a_period_that_was_opened_keeps_its_end(server: Server) -> None:
    await hold(server, {11: ANSWERS}, days=1)
    shown = await results(server, period="week")
    await server.env.advance_time(60)
    await hold(server, {12: ANSWERS}, days=0.0002)
    turned = text_of(await click(server.moderator, shown, "Record"))

    assert ("**#1**" in turned, "**#2**" in turned) == (True, False)


async def test_erased_participants_of_a_period_are_counted_in_each_round(server: Server) -> None:
    await hold(server, {11: ANSWERS}, days=2)
    await hold(server, {11: ANSWERS}, days=1)
    await server.store.people.erase(11)
    text = text_of(await results(server, period="week"))

    assert "2 participants erased, counted in each round." in text
    assert "erased participant 2: 3 right of 3, in 1 round" in text


async def test_only_the_latest_rounds_of_a_long_time_are_counted(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "MOST_ROUNDS", 2)
    await three_rounds(server)
    text = text_of(await click(server.moderator, await results(server, period="all"), "Record"))

    assert [f"**#{one}**" in text for one in (1, 2, 3, 4)] == [False, False, True, True]


# ------------------------------------------------------------------ files


async def test_a_round_is_given_as_three_tables_and_json(server: Server) -> None:
    await hold(server, {11: (0, 1, 2), 12: (0, None, None)}, names={11: "Ann", 12: '=HYPERLINK("x")'})
    shown = await click(server.moderator, await results(server), "Files")
    made = await files(shown)

    assert shown.ephemeral
    assert list(made) == [f"quiz-1-{name}" for name in ("people.csv", "answers.csv", "questions.csv", "results.json")]
    assert [(one["user id"], one["display name"]) for one in table(made["quiz-1-people.csv"])] == [
        ("id:11", "Ann"),
        ("id:12", '\'=HYPERLINK("x")'),
    ]
    assert len(table(made["quiz-1-answers.csv"])) == 4
    assert [one["right"] for one in table(made["quiz-1-questions.csv"])] == ["2", "0", "1"]
    assert [one["user_id"] for one in json.loads(made["quiz-1-results.json"])["people"]] == ["11", "12"]


async def test_the_json_of_a_round_says_which_it_is_and_what_was_corrected(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    await regrade(server, round="1", question="1", action="void")
    made = json.loads(
        (await files(await click(server.moderator, await results(server), "Files")))["quiz-1-results.json"]
    )
    (line,) = made["corrections"]

    assert (made["round"], made["title"], made["leader_id"]) == (1, "Rivers", str(server.moderator.id))
    assert made["opened"] < made["ended"] < line["at"]
    assert (line["by"], line["text"]) == (str(server.moderator.id), "Question 1 does not count; 1 score changed.")


async def test_a_semicolon_parts_the_cells_where_it_was_chosen(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    shown = await results(server, separator="semicolon")
    shown = await click(server.moderator, shown, "Questions")
    made = await files(await click(server.moderator, shown, "Files"))

    assert table(made["quiz-1-people.csv"], ";")[0]["user id"] == "id:11"
    assert table(made["quiz-1-answers.csv"], ";")[0]["seconds"] == "1,0"


async def test_tables_begin_with_the_mark_by_which_spreadsheets_know_utf_8(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    made = await files(await click(server.moderator, await results(server), "Files"))

    assert [name for name, written in made.items() if written.startswith("\ufeff")] == [
        "quiz-1-people.csv",
        "quiz-1-answers.csv",
        "quiz-1-questions.csv",
    ]


async def test_the_files_of_a_running_round_hold_only_what_is_revealed(server: Server) -> None:
    await hold(server, {11: ANSWERS}, until=2)
    shown = await click(server.moderator, await results(server), "Files")
    made = await files(shown)

    assert "as far as it has been revealed" in text_of(shown)
    assert ITEMS[1].stem not in "".join(made.values())


async def test_a_period_is_given_as_a_table_and_json(server: Server) -> None:
    await three_rounds(server)
    made = await files(await click(server.moderator, await results(server, period="week"), "Files"))
    name = f"quiz-week-until-{server.env.now():%Y-%m-%d}"
    first = table(made[f"{name}.csv"])[0]

    assert list(made) == [f"{name}.csv", f"{name}.json"]
    assert list(first.values())[:6] == ["player 11", "id:11", "2", "5", "6", "1"]
    assert list(first.values())[6:] == ["3", "2", ""]
    assert [one["round"] for one in json.loads(made[f"{name}.json"])["rounds"]] == [2, 3, 4]


async def test_files_that_are_too_large_are_named_and_left_out(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    await hold(server, {100 + one: ANSWERS for one in range(20)})
    monkeypatch.setattr(reporting, "_MOST_BYTES", 8_000)
    shown = await click(server.moderator, await results(server), "Files")

    assert "left out: quiz-1-results.json" in text_of(shown)
    assert "quiz-1-results.json" not in await files(shown)


# ------------------------------------------------------------------ the cards hold together


@pytest.mark.parametrize(
    "where",
    [
        Where(12),
        Where(10**17, View.RECORD, 9999, "semicolon"),
        Where(Span(Period.ALL, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), View.ABSENT, 3),
    ],
)
def test_what_a_button_looks_at_is_read_back(where: Where) -> None:
    assert read_where(where.state) == where


@pytest.mark.parametrize("fill", ["@", "a", "é"])
@pytest.mark.parametrize("view", list(View))
def test_a_full_view_fits_a_message(view: View, fill: str) -> None:
    item = filled(text().kind, lambda length: (fill * length)[:length])
    items = tuple(replace(item, id=f"item {one}") for one in range(30))
    players = range(10**18, 10**18 + 300)
    state = play(
        begin(items, Rules(seconds=0, scoring=Scoring.SPEED), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        {player: [f"{fill * 90}{player % 7}"] * 30 for player in players},
    )
    state = replace(state, void=frozenset(range(1, 31)), why=fill * 200)
    line = Line(state.touched, 10**18, fill * 200)
    found = _kept(state, fill * 100)
    sheets = [
        round_sheet(found, view, [], [line] * 30),
        period_sheet(
            Span(Period.MONTH, state.touched), [found] * 100, view, range(1, 200), {found.id: [line] * 3}
        ),
    ]  # fmt: skip

    for sheet in sheets:
        parts = list(parts_of(results_card(sheet, Where(10**17, view, 1))))
        assert sum(len(one["content"]) for one in parts if one["type"] == 10) <= 4_000
        assert len(parts) <= 40


def test_every_button_of_a_page_is_another_one() -> None:
    sheet = Sheet(title="x", notes=(), lines=["line"] * 100, empty="")
    names = [one["custom_id"] for one in parts_of(results_card(sheet, Where(1, View.PEOPLE, 1))) if one["type"] == 2]

    assert len(set(names)) == len(names) == 7


def test_the_files_card_shows_each_file() -> None:
    parts = list(parts_of(files_card("Files", ["a.csv", "b.json"], [])))

    assert [one["file"]["url"] for one in parts if one["type"] == 13] == ["attachment://a.csv", "attachment://b.json"]


def _kept(state: Round, title: str) -> KeptRound:
    return KeptRound(
        id=10**9, guild_id=1, channel_id=2, pack=PACK, title=title, leader_id=10**18, opened=state.touched,
        ended=state.touched, seen=state.touched, state=state, posts={}, names={},
    )  # fmt: skip
