"""``/quiz regrade``: a question of an ended round is voided, or another answer accepted."""

from __future__ import annotations

import pytest
from discord import ui

from bot.quiz.items import Item
from tests.discord.conftest import Server, button_id, click, labels, text_of
from tests.discord.test_digest import later
from tests.discord.test_quiz_results import ANSWERS, HOSTILE, hold, kept, propose, regrade
from tests.quiz.river_quiz import choice, number, text


async def test_a_reader_corrects_nothing(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    shown = await server.reader.slash(server.channel, "quiz regrade", round="1", question="1", action="void")

    assert "Only instructors can do this" in text_of(shown)
    assert (await kept(server, 1)).state.void == frozenset()


async def test_nothing_is_corrected_in_direct_messages(server: Server) -> None:
    shown = await server.moderator.user.slash("quiz regrade", round="1", question="1", action="void")

    assert "led in a server" in text_of(shown)


async def test_a_voided_question_counts_for_nobody(server: Server) -> None:
    await hold(server, {11: (0, 0, 2), 12: (1, 0, 2)})
    shown = await regrade(server, round="1", question="1", action="void")
    scores = await server.store.rounds.leaderboard(server.guild.id, None)

    assert "Question 1 does not count; 1 score changed." in text_of(shown)
    assert "**Top 3 before:** 1. <@11> with 3 points, 2. <@12> with 2 points" in text_of(shown)
    assert "**Top 3 now:** 1. <@11> with 2 points, 1. <@12> with 2 points" in text_of(shown)
    assert [(one.user_id, one.right, one.asked) for one in scores] == [(11, 2, 2), (12, 2, 2)]


@pytest.mark.parametrize("answer", ["B", "b", "fish flies", "Fish flies."])
async def test_another_option_is_accepted_by_letter_or_text(server: Server, answer: str) -> None:
    await hold(server, {11: (0, 0, 2), 12: (1, 0, 2)})
    shown = await regrade(server, round="1", question="1", action="accept", answer=answer)
    rows = {row.player: row.right for row in (await kept(server, 1)).state.rows if row.number == 1}

    assert "“fish flies” was accepted; 1 score changed." in text_of(shown)
    assert rows == {11: True, 12: True}


async def test_another_text_is_accepted_for_what_was_typed(server: Server) -> None:
    await hold(server, {11: ("Lars Holm",), 12: ("lars holm",), 13: ("nobody",)}, items=(text(),))
    shown = await regrade(server, round="1", question="1", action="accept", answer="Lars Holm")

    assert "2 scores changed." in text_of(shown)
    assert [row.right for row in (await kept(server, 1)).state.rows] == [True, True, False]


async def test_another_number_is_accepted_for_what_was_typed(server: Server) -> None:
    await hold(server, {11: ("62",), 12: ("61",)}, items=(number(),))
    shown = await regrade(server, round="1", question="1", action="accept", answer="62 %")

    assert "1 score changed." in text_of(shown)


async def test_two_corrections_stand_together(server: Server) -> None:
    await hold(server, {11: (1, 0, 2)})
    await regrade(server, round="1", question="1", action="accept", answer="B")
    await regrade(server, round="1", question="2", action="void")
    found = await kept(server, 1)

    assert (found.state.void, [row.right for row in found.state.rows]) == (frozenset({2}), [True, True, True])
    assert len(await server.store.rounds.record(1)) == 2


async def test_the_round_of_a_brief_that_is_gone_can_be_corrected(server: Server) -> None:
    await hold(server, {11: ("Lars Holm",)}, items=(text(),), pack="gone")

    assert "1 score changed." in text_of(
        await regrade(server, round="1", question="1", action="accept", answer="Lars Holm")
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"question": "9", "action": "void"}, "Name a question of this round by its number"),
        ({"question": "x", "action": "void"}, "Name a question of this round by its number"),
        ({"question": "0", "action": "void"}, "Name a question of this round by its number"),
        ({"question": "1", "action": "void", "answer": "B"}, "takes no answer"),
        ({"question": "1", "action": "accept"}, "Say which answer to accept."),
        ({"question": "1", "action": "accept", "answer": "A"}, "“A. fish swims” counts as right already."),
        ({"question": "1", "action": "accept", "answer": "D"}, "No wrong answer is “D. fish sleeps”, so no score"),
        ({"question": "1", "action": "accept", "answer": "E"}, "its letter, A to D"),
        ({"question": "1", "action": "accept", "answer": "nothing"}, "none of the options"),
    ],
)
async def test_what_cannot_be_corrected_is_refused(server: Server, options: dict[str, str], said: str) -> None:
    await hold(server, {11: ANSWERS})

    assert said in text_of(await regrade(server, round="1", **options))
    assert await server.store.rounds.record(1) == []


@pytest.mark.parametrize(
    ("item", "given", "answer"),
    [(choice("fish"), 1, "B"), (text(), "Lars Holm", "lars holm"), (number(), "62", "62"), (number(), "62", "61")],
)
async def test_what_counts_already_is_not_accepted_again(
    server: Server, item: Item, given: int | str, answer: str
) -> None:
    await hold(server, {11: (given,)}, items=(item,))
    await regrade(server, round="1", question="1", action="accept", answer=str(given).replace("1", "B"))
    shown = await propose(server, round="1", question="1", action="accept", answer=answer)

    assert "counts as right already." in text_of(shown)
    assert len(await server.store.rounds.record(1)) == 1


# ------------------------------------------------------------------ asked first


async def test_nothing_is_corrected_before_that_is_sure(server: Server) -> None:
    await hold(server, {11: (0, 0, 2), 12: (1, 0, 2)})
    asked = await propose(server, round="1", question="1", action="void")

    assert "**Void question 1? It will not count.** 1 score changes." in text_of(asked)
    assert "-# 1\\. What about fish?" in text_of(asked)
    assert "**Top 3 now:** 1. <@11> with 3 points, 2. <@12> with 2 points" in text_of(asked)
    assert "**Top 3 then:** 1. <@11> with 2 points, 1. <@12> with 2 points" in text_of(asked)
    assert (asked.ephemeral, labels(asked)) == (True, ["Do it", "Cancel"])
    assert (await kept(server, 1)).state.void == frozenset()


async def test_what_is_not_meant_is_not_corrected(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    asked = await propose(server, round="1", question="1", action="void")

    assert text_of(await click(server.moderator, asked, "Cancel")) == "Nothing was corrected."
    assert await server.store.rounds.record(1) == []


@pytest.mark.parametrize(
    ("item", "given", "options"),
    [
        (choice("fish"), 1, {"action": "void"}),
        (choice("fish"), 1, {"action": "accept", "answer": "B"}),
        (text(), "Lars Holm", {"action": "accept", "answer": "Lars Holm"}),
    ],
)
async def test_what_is_asked_outlives_a_restart(
    server: Server, item: Item, given: int | str, options: dict[str, str]
) -> None:
    await hold(server, {11: (given,)}, items=(item,))
    asked = await propose(server, round="1", question="1", **options)
    await server.restart()
    await click(server.moderator, asked, "Do it")

    assert len(await server.store.rounds.record(1)) == 1


async def test_a_text_to_be_accepted_stands_in_no_custom_id(server: Server) -> None:
    await hold(server, {11: ("Lars Holm",)}, items=(text(),))
    asked = await propose(server, round="1", question="1", action="accept", answer="Lars Holm")

    assert "Accept “Lars Holm” for question 1, too?" in text_of(asked)
    assert "Holm" not in button_id(asked, "Do it")


async def test_a_text_that_was_to_be_accepted_days_ago_is_gone(server: Server) -> None:
    await hold(server, {11: ("Lars Holm",)}, items=(text(),))
    asked = await propose(server, round="1", question="1", action="accept", answer="Lars Holm")
    await later(server, days=2)

    assert "asked too long ago" in text_of(await click(server.moderator, asked, "Do it"))
    assert await server.store.rounds.record(1) == []


async def test_what_was_corrected_meanwhile_is_not_corrected_twice(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    asked = await propose(server, round="1", question="1", action="void")
    await regrade(server, round="1", question="1", action="void")

    assert "does not count already" in text_of(await click(server.moderator, asked, "Do it"))
    assert len(await server.store.rounds.record(1)) == 1


@pytest.mark.parametrize("label", ["Do it", "Cancel"])
async def test_who_leads_no_more_decides_nothing(server: Server, label: str) -> None:
    await hold(server, {11: ANSWERS})
    asked = await propose(server, round="1", question="1", action="void")
    server.moderator = server.demote(server.moderator)

    assert "Only instructors can do this" in text_of(await click(server.moderator, asked, label))
    assert await server.store.rounds.record(1) == []


@pytest.mark.parametrize("state", ["", "1", "1.1.x", "1.0.void", "1.1.option-", "1.1.text-x"])
async def test_a_button_of_another_version_corrects_nothing(server: Server, state: str) -> None:
    await hold(server, {11: ANSWERS})
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:quiz-regrade:{state}"))

    assert "another version" in text_of(await click(server.moderator, forged, "Press"))


async def test_what_others_wrote_is_asked_letter_by_letter(server: Server) -> None:
    await hold(server, {11: (HOSTILE,)}, items=(text(),), title=HOSTILE)
    asked = text_of(await propose(server, round="1", question="1", action="accept", answer=HOSTILE))

    assert asked.count("\\@everyone \\*\\*free\\*\\*") == 2


# ------------------------------------------------------------------ what is refused


async def test_a_question_is_voided_once(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    await regrade(server, round="1", question="1", action="void")

    assert "does not count already" in text_of(await regrade(server, round="1", question="1", action="void"))


async def test_a_running_round_is_not_corrected(server: Server) -> None:
    await hold(server, {11: ANSWERS}, until=2)
    shown = text_of(await regrade(server, round="1", question="1", action="void"))

    assert "still running" in shown
    assert "quiz skip" in shown
    assert (await kept(server, 1)).state.void == frozenset()


async def test_a_correction_names_no_erased_participant(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    await server.store.people.erase(11)

    assert "1. an erased participant with 2 points" in text_of(
        await regrade(server, round="1", question="1", action="void")
    )


async def test_a_corrected_round_leads_to_its_results(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    shown = await regrade(server, round="1", question="1", action="void")

    assert "<@11>: 2 points" in text_of(await click(server.moderator, shown, "Results"))


async def test_questions_of_the_round_are_suggested(server: Server) -> None:
    await hold(server, {11: ANSWERS})
    offered = await server.moderator.autocomplete(server.channel, "quiz regrade", "question", "", round="1")
    none = await server.reader.autocomplete(server.channel, "quiz regrade", "question", "", round="1")

    assert (offered[0]["name"], offered[0]["value"]) == ("1. What about fish?", "1")
    assert none == []


async def test_what_was_answered_wrongly_is_suggested(server: Server) -> None:
    await hold(server, {11: ("Lars",), 12: ("lars",), 13: ("Kari Aune",)}, items=(text(),))
    given = {"round": "1", "question": "1"}
    offered = await server.moderator.autocomplete(server.channel, "quiz regrade", "answer", "", **given)

    assert [one["value"] for one in offered] == ["Lars"]


@pytest.mark.parametrize("option", ["question", "answer"])
async def test_nothing_is_suggested_for_a_round_that_is_not_there(server: Server, option: str) -> None:
    given = {"round": "7", "question": "1"}
    given.pop(option, None)

    assert await server.moderator.autocomplete(server.channel, "quiz regrade", option, "", **given) == []
