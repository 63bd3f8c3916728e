from __future__ import annotations

import pytest
import simcord
from discord import ui

from bot.answers.askers import Asker
from bot.discord.library import Library
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, text_of

QUESTION = "Why does Moscow distrust Clinton?"
HOSTILE = "@everyone **wrong** [nitro](https://evil.example) <@1> ```\n# x"
SWITCHED_OFF = "Feedback is switched off in this server."


async def ask(server: Server, question: str = QUESTION, **options: bool) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "ask", question=question, **options)


async def votes(server: Server) -> list[tuple[int, int]]:
    return [(one.helpful, one.unhelpful) for one in await server.store.feedback.ratings(server.guild.id)]


async def notes(server: Server) -> list[str]:
    return [one.note for one in await server.store.feedback.reports(server.guild.id)]


async def switch_off(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, feedback=False))


# ------------------------------------------------------------------ votes


@pytest.mark.parametrize(
    ("pressed", "counted"),
    [
        (["up"], [(1, 0)]),
        (["down"], [(0, 1)]),
        (["up", "up"], [(1, 0)]),
        (["up", "down"], [(0, 1)]),
        (["down", "up", "up"], [(1, 0)]),
    ],
)
async def test_each_reader_has_one_vote_on_an_answer_the_latest(
    server: Server, pressed: list[str], counted: list[tuple[int, int]]
) -> None:
    shown = await ask(server)
    for action in pressed:
        await act(server.reader, shown, action)

    assert await votes(server) == counted


async def test_a_vote_is_thanked_for_privately(server: Server) -> None:
    done = await act(server.reader, await ask(server), "up")

    assert done.ephemeral
    assert text_of(done) == "Noted as helpful, thank you."


async def test_the_same_vote_again_is_not_counted_and_said(server: Server) -> None:
    shown = await ask(server)
    await act(server.reader, shown, "up")

    assert text_of(await act(server.reader, shown, "up")) == "Noted as helpful (as you said before), thank you."


async def test_who_finds_an_answer_unhelpful_is_told_how_to_say_more(server: Server) -> None:
    assert "“Report” tells the curators" in text_of(await act(server.reader, await ask(server), "down"))


async def test_several_readers_vote_on_one_answer(server: Server) -> None:
    shown = await ask(server)
    await act(server.reader, shown, "up")
    await act(server.moderator, shown, "up")
    await act(server.admin, shown, "down")

    assert await votes(server) == [(2, 1)]


async def test_two_answers_are_judged_apart(server: Server) -> None:
    await act(server.reader, await ask(server), "up")
    await act(server.reader, await ask(server, "How many Russians did not know Trump?"), "down")

    assert sorted(await votes(server)) == [(0, 1), (1, 0)]


async def test_a_vote_in_direct_messages_belongs_to_no_server(server: Server) -> None:
    user = server.reader.user
    await act(user, await user.slash("ask", question=QUESTION), "up")

    assert await votes(server) == []
    assert len(await server.store.feedback.ratings(None)) == 1


async def test_a_vote_counts_after_a_restart(server: Server) -> None:
    shown = await ask(server)
    await server.restart()
    await act(server.reader, shown, "up")

    assert await votes(server) == [(1, 0)]


# ------------------------------------------------------------------ reports


async def test_the_form_says_what_is_reported(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")

    assert opened.modal is not None
    assert opened.modal["components"][0]["description"].startswith("Why Moscow distrusts Clinton")


async def test_a_report_reaches_the_curators_without_its_senders_name(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    done = await server.reader.submit_modal(opened, {"note": "The paragraph is wrong.", "asked": "why?"})

    assert done.ephemeral
    assert text_of(done) == "Thank you. Your report is on the curators’ list; they do not see who sent it."
    assert await notes(server) == ["The paragraph is wrong. (asked: why?)"]


async def test_a_report_stands_on_the_list_of_those_who_lead(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    await server.reader.submit_modal(opened, {"note": "The paragraph is wrong."})
    listed = text_of(await server.moderator.slash(server.channel, "unanswered list"))

    assert "The paragraph is wrong." in listed
    assert "rhea" not in listed


async def test_the_question_need_not_be_told(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    await server.reader.submit_modal(opened, {"note": "The paragraph is wrong."})

    assert await notes(server) == ["The paragraph is wrong."]


async def test_an_empty_report_is_not_kept(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    done = await server.reader.submit_modal(opened, {"note": "  \n \t "})

    assert text_of(done) == "The report was empty; say in a few words what is wrong."
    assert await notes(server) == []


async def test_a_form_outlives_a_restart(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    await server.restart()
    await server.reader.submit_modal(opened, {"note": "Sent to another process."})

    assert await notes(server) == ["Sent to another process."]


async def test_a_report_of_a_passage_that_went_meanwhile_is_refused(server: Server, tiny: Asker) -> None:
    opened = await act(server.reader, await ask(server), "report")
    await server.restart(Library([tiny]))
    done = await server.reader.submit_modal(opened, {"note": "Too late."})

    assert "no longer in the brief’s index" in text_of(done)


async def test_a_hostile_report_is_kept_as_it_is_and_shown_letter_by_letter(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    await server.reader.submit_modal(opened, {"note": HOSTILE, "asked": HOSTILE.replace("\n", " ")})
    (note,) = await notes(server)
    listed = text_of(await server.moderator.slash(server.channel, "unanswered list"))

    assert note.startswith(HOSTILE)
    for marked in ("**wrong**", "[nitro]", "https://", "<@1>", "```"):
        assert marked not in listed


async def test_the_longest_report_fits(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    await server.reader.submit_modal(opened, {"note": "@" * 600, "asked": "*" * 200})
    (note,) = await notes(server)

    assert len(note) <= 600 + 200 + len(" (asked: )")
    assert "@" in text_of(await server.moderator.slash(server.channel, "unanswered list"))


# ------------------------------------------------------------------ switched off


async def test_a_server_without_feedback_shows_no_buttons_for_it(server: Server) -> None:
    await switch_off(server)

    assert not {"up", "down", "report"} & set(actions(await ask(server)))


@pytest.mark.parametrize("action", ["up", "down", "report"])
async def test_a_button_from_before_feedback_was_switched_off_says_so(server: Server, action: str) -> None:
    shown = await ask(server)
    await switch_off(server)

    assert text_of(await act(server.reader, shown, action)) == SWITCHED_OFF
    assert await votes(server) == []


async def test_a_form_opened_before_feedback_was_switched_off_is_not_kept(server: Server) -> None:
    opened = await act(server.reader, await ask(server), "report")
    await switch_off(server)

    assert text_of(await server.reader.submit_modal(opened, {"note": "Too late."})) == SWITCHED_OFF
    assert await notes(server) == []


@pytest.mark.parametrize("action", ["up", "down", "report"])
async def test_a_forged_key_is_judged_by_nobody(server: Server, action: str) -> None:
    posted = await server.post(ui.Button(label="press", custom_id=f"bb:{action}:aaaaaaaa"))
    done = await server.reader.click(posted, custom_id=f"bb:{action}:aaaaaaaa")

    assert done.ephemeral
    assert "nothing to judge any more" in text_of(done)


async def test_what_readers_judge_is_the_very_cell(server: Server) -> None:
    await act(server.reader, await ask(server, "How many Russians did not know Trump?"), "down")
    (rating,) = await server.store.feedback.ratings(server.guild.id)

    assert rating.entry.count("/") == 2
