from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import simcord
from simcord import interactions

from bot.answers.askers import Asker
from bot.discord.library import Library
from bot.store.records import GuildSettings
from tests.discord.conftest import Installs, Server, actions, text_of

QUESTION = "Why does Moscow distrust Clinton?"
REFUSED = "What is the sample size of the poll?"
HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x` ||y|| why does Moscow distrust Clinton?"


async def ask(server: Server, question: str = QUESTION, **options: Any) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "ask", question=question, **options)


async def choose_settings(server: Server, **settings: Any) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, **settings))


async def counted(server: Server) -> dict[str, int]:
    return {one.text: one.count for one in await server.store.unanswered.listed(server.guild.id)}


def sent(server: Server) -> list[dict[str, Any]]:
    """List the bodies of all messages that the bot sent."""
    bodies = [entry.json for entry in server.env.http_requests if isinstance(entry.json, dict)]
    return [body.get("data", body) for body in bodies if "components" in body.get("data", body)]


# ------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (QUESTION, ["Hansen (2016), The view from Russia, para. 3", "**Clinton**", "our paraphrase"]),
        ("What share of Russians have a negative impression of Clinton?", ["## 61 %", "Figure 1", "Source: Fond"]),
        ("How many Russians did not know Trump?", ["## 30 %"]),
        ("What did Putin say in his congratulatory remarks?", ["“", "— Vladimir Putin\n", "Occasion: congratulatory"]),
        (
            "What does the first recommendation advise?",
            ["**Horizon:** short", "**For whom:**", "Recommendations"],
        ),
        ("tl;dr", ["Hansen (2016), Summary, para. 1"]),
        ("Who wrote the brief?", ["Flemming Splidsboel Hansen", "publication data"]),
        ("Define sanctions", ["our definition", "short of war"]),
    ],
)
async def test_every_kind_of_answer_comes_with_its_place(server: Server, question: str, shown: list[str]) -> None:
    text = text_of(await ask(server, question))

    assert [part for part in shown if part not in text] == []


async def test_the_answer_stands_first_and_large(server: Server) -> None:
    assert text_of(await ask(server, "How many Russians did not know Trump?")).startswith("## 30 % ")


async def test_an_answer_says_as_of_when_it_speaks(server: Server) -> None:
    assert "as of November 2016" in text_of(await ask(server))


async def test_what_was_read_for_a_slip_is_said(server: Server) -> None:
    assert "read “distrst” as “distrust”" in text_of(await ask(server, "Why does Moscow distrst Clinton?"))


async def test_two_answers_that_are_about_as_good_are_both_offered(server: Server) -> None:
    shown = await ask(server, "Which section talks about Syria?")

    assert "Did you mean **" in text_of(shown)
    assert "show" in actions(shown)


async def test_an_answer_is_final_and_not_deferred(server: Server) -> None:
    shown = await ask(server)

    assert not shown.deferred
    assert shown.followups == []


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (REFUSED, "### The brief does not give the poll's sample size."),
        ("What does the brief say about Zimbabwe?", "### The brief does not mention Zimbabwe."),
        ("What colour is the cover of the moon?", "### I found no passage on this"),
    ],
)
async def test_a_refusal_says_what_is_missing_and_what_is_near(server: Server, question: str, reason: str) -> None:
    shown = await ask(server, question)

    assert text_of(shown).startswith(reason)
    assert "The nearest passages, which may not answer it:" in text_of(shown)
    assert actions(shown)[:3] == ["show"] * 3


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (" ", "There is no question; type one"),
        ("\u200b \u2060", "I found no words in this question"),
        ("?!?", "I found no words in this question"),
        ("123 456", "I see only numbers"),
        ("asdfgh qwerty", "I do not know the words of this question"),
        ("Warum misstraut Moskau der Politikerin?", "This looks like German"),
        ("Почему Москва не доверяет Клинтон?", "Please ask in English"),
        ("🤔🤔🤔", "I found no words in this question"),
    ],
)
async def test_what_cannot_be_read_gets_its_own_sentence_privately_and_no_passages(
    server: Server, question: str, sentence: str
) -> None:
    shown = await ask(server, question)

    assert shown.ephemeral
    assert sentence in text_of(shown)
    assert "nearest" not in text_of(shown)


async def test_a_question_of_1000_characters_is_read(server: Server) -> None:
    shown = await ask(server, QUESTION.ljust(1_000, "?"))

    assert "Why Moscow distrusts Clinton" in text_of(shown)


@pytest.mark.parametrize("length", [1_001, 6_000])
async def test_a_question_that_is_too_long_is_refused_privately(server: Server, length: int) -> None:
    shown = await ask(server, "x" * length)

    assert shown.ephemeral
    assert text_of(shown) == f"That is {length:,} characters long; ask in 1,000 or fewer, one question at a time."


async def test_a_hostile_question_is_shown_letter_by_letter(server: Server) -> None:
    shown = await ask(server, HOSTILE)

    assert "Why Moscow distrusts Clinton" in text_of(shown)
    for marked in ("“@everyone", "**free**", "[nitro]", "https://", "<@1>", " `x`", "||y||"):
        assert marked not in text_of(shown)
    assert "\\@everyone \\*\\*free\\*\\*" in text_of(shown)


async def test_a_question_that_nobody_can_see_is_not_shown(server: Server) -> None:
    assert "Asked" not in text_of(await ask(server, "\u200b \u2060"))


async def test_nobody_is_pinged(server: Server) -> None:
    await ask(server, HOSTILE)
    await ask(server, HOSTILE.replace("why", "what colour"))
    bodies = sent(server)

    assert len(bodies) == 2
    assert all(body["allowed_mentions"] == {"parse": []} for body in bodies)


# ------------------------------------------------------------------ who sees it


@pytest.mark.parametrize(
    ("by_default", "option", "private"),
    [
        (False, None, False),
        (False, True, True),
        (True, None, True),
        (True, False, False),
    ],
)
async def test_the_reader_decides_who_sees_an_answer_else_the_server(
    server: Server, by_default: bool, option: bool | None, private: bool
) -> None:
    await choose_settings(server, private=by_default)
    options = {} if option is None else {"private": option}

    assert (await ask(server, **options)).ephemeral is private


@pytest.mark.parametrize(("named", "private"), [("reading", False), ("lounge", True)])
async def test_answers_are_public_in_the_ask_channels_alone(server: Server, named: str, private: bool) -> None:
    server.guild.create_text_channel("lounge")
    await choose_settings(server, ask_channels=frozenset({server.channel.id}))
    channel = server.guild.channels[named]
    shown = await server.reader.slash(channel, "ask", question=QUESTION, private=False)

    assert shown.ephemeral is private


async def test_a_thread_of_an_ask_channel_is_one(server: Server) -> None:
    await choose_settings(server, ask_channels=frozenset({server.channel.id}))
    server.env.backend.create_thread(server.channel.id, "a thread", server.reader.id)
    (thread,) = server.channel.threads
    shown = await server.reader.slash(thread, "ask", question=QUESTION)

    assert not shown.ephemeral


async def test_what_only_its_reader_sees_can_be_shared_instead_of_taken_back(server: Server) -> None:
    assert "remove" in actions(await ask(server))
    shown = await ask(server, private=True)

    assert "share" in actions(shown)
    assert "remove" not in actions(shown)


async def test_an_answer_outside_the_ask_channels_cannot_be_shared(server: Server) -> None:
    await choose_settings(server, ask_channels=frozenset({1}))

    assert "share" not in actions(await ask(server))


@pytest.mark.parametrize(("option", "private"), [({}, True), ({"private": False}, False)])
async def test_in_a_server_that_did_not_install_it_answers_are_private_unless_asked_otherwise(
    server: Server, installs: Installs, option: dict[str, bool], private: bool
) -> None:
    installs.server, installs.member = False, True

    assert (await ask(server, **option)).ephemeral is private


@pytest.fixture
def among_others(monkeypatch: pytest.MonkeyPatch, installs: Installs) -> None:
    """Let direct messages be those between people, where a member brought the bot along."""
    payload: Callable[..., Any] = interactions.base_payload

    def told(*arguments: Any, **more: Any) -> Any:
        record, body = payload(*arguments, **more)
        body["context"] = 2
        return record, body

    installs.server, installs.member = False, True
    monkeypatch.setattr(interactions, "base_payload", told)


@pytest.mark.parametrize(("option", "private"), [({}, True), ({"private": True}, True), ({"private": False}, False)])
async def test_among_other_people_answers_are_private_unless_asked_otherwise(
    server: Server, among_others: None, option: dict[str, bool], private: bool
) -> None:
    shown = await server.reader.user.slash("ask", question=QUESTION, **option)

    assert shown.ephemeral is private


async def test_in_direct_messages_nothing_needs_to_be_private(server: Server) -> None:
    shown = await server.reader.user.slash("ask", question=QUESTION)

    assert not shown.ephemeral
    assert "share" not in actions(shown)
    assert "remove" not in actions(shown)


# ------------------------------------------------------------------ which brief


@pytest.mark.two_briefs
async def test_a_channel_is_answered_from_its_own_brief(server: Server) -> None:
    await choose_settings(server, channel_packs={server.channel.id: "tiny"})
    server.env.backend.create_thread(server.channel.id, "a thread", server.reader.id)
    (thread,) = server.channel.threads

    for channel in (server.channel, thread):
        shown = await server.reader.slash(channel, "ask", question="Do tests matter?")
        assert "Tests matter, says the brief." in text_of(shown)


@pytest.mark.two_briefs
async def test_a_server_is_answered_from_the_brief_it_chose(server: Server) -> None:
    await choose_settings(server, pack="tiny")

    assert "Tests matter, says the brief." in text_of(await ask(server, "Do tests matter?"))


@pytest.mark.two_briefs
async def test_a_brief_that_is_gone_leaves_its_channel_to_the_first(server: Server) -> None:
    await choose_settings(server, pack="gone", channel_packs={server.channel.id: "gone-too"})

    assert "Why Moscow distrusts Clinton" in text_of(await ask(server))


@pytest.mark.two_briefs
@pytest.mark.parametrize("brief", ["tiny", "A tiny brief", " a TINY brief "])
async def test_a_brief_can_be_named(server: Server, brief: str) -> None:
    shown = await ask(server, "Do tests matter?", brief=brief)

    assert "in “A tiny brief”" in text_of(shown)


@pytest.mark.parametrize("brief", ["nothing like it", "@everyone", "x" * 6_000])
async def test_an_unknown_brief_is_refused_without_repeating_it(server: Server, brief: str) -> None:
    shown = await ask(server, brief=brief)

    assert shown.ephemeral
    assert text_of(shown) == "There is no brief of that name here; choose one from the list."


async def test_a_library_of_one_does_not_name_its_brief(server: Server) -> None:
    assert "in “" not in text_of(await ask(server))


@pytest.mark.two_briefs
async def test_direct_messages_keep_to_the_brief_chosen_last(server: Server) -> None:
    user = server.reader.user
    await user.slash("ask", question="Do tests matter?", brief="tiny")
    assert "Tests matter, says the brief." in text_of(await user.slash("ask", question="Do tests matter?"))

    await server.restart()
    assert "Tests matter, says the brief." in text_of(await user.slash("ask", question="Do tests matter?"))


@pytest.mark.two_briefs
async def test_a_choice_in_direct_messages_holds_for_no_server(server: Server) -> None:
    await server.reader.user.slash("ask", question="Do tests matter?", brief="tiny")

    assert "Why Moscow distrusts Clinton" in text_of(await ask(server))


@pytest.mark.two_briefs
async def test_who_merely_types_the_name_of_a_brief_chooses_nothing(server: Server) -> None:
    await server.reader.user.autocomplete("ask", "question", "", brief="tiny")
    await server.env.settle()

    assert (await server.store.people.get(server.reader.id)).pack == ""


@pytest.mark.two_briefs
async def test_a_choice_leaves_the_rest_of_what_somebody_chose(server: Server) -> None:
    person = await server.store.people.get(server.reader.id)
    await server.services.book.keep(replace(person, hidden=True))
    await server.reader.user.slash("ask", question="Do tests matter?", brief="tiny")
    await server.env.settle()

    assert await server.store.people.get(server.reader.id) == replace(person, hidden=True, pack="tiny")


@pytest.mark.two_briefs
async def test_a_brief_chosen_last_and_gone_leaves_direct_messages_to_the_first(server: Server, shipped: Asker) -> None:
    await server.reader.user.slash("ask", question="Do tests matter?", brief="tiny")
    await server.restart(Library([shipped]))

    assert "Why Moscow distrusts" in text_of(await server.reader.user.slash("ask", question=QUESTION))


# ------------------------------------------------------------------ what is counted


@pytest.mark.parametrize(
    ("question", "private", "allowed", "kept"),
    [
        (REFUSED, False, False, True),
        (REFUSED, True, False, False),
        (REFUSED, True, True, True),
        ("What does the brief say about Zimbabwe?", False, False, True),
        ("https://example.org/page", False, True, False),
        (QUESTION, False, True, False),
        ("asdfgh qwerty", False, True, False),
        ("Warum misstraut Moskau der Politikerin?", False, True, False),
        (" ", False, True, False),
    ],
)
async def test_what_the_brief_did_not_answer_is_counted_and_said_to_be(
    server: Server, question: str, private: bool, allowed: bool, kept: bool
) -> None:
    await choose_settings(server, count_private=allowed)
    shown = await ask(server, question, private=private)

    assert bool(await counted(server)) is kept
    assert ("Kept for the curators, without your name." in text_of(shown)) is kept


async def test_near_equal_questions_are_counted_as_one(server: Server) -> None:
    for question in (REFUSED, "what is the sample size of the poll", "What is the  sample size of the polls?!"):
        await ask(server, question)

    assert list((await counted(server)).values()) == [3]


async def test_nothing_is_counted_where_nobody_could_look_at_it(server: Server, installs: Installs) -> None:
    await server.reader.user.slash("ask", question=REFUSED)
    installs.server, installs.member = False, True
    await ask(server, REFUSED, private=False)

    assert await server.store.unanswered.everywhere() == []


async def test_no_id_is_kept_with_a_question(server: Server) -> None:
    await ask(server, f"{REFUSED} <@{server.reader.id}> @rhea https://example.org/x")

    assert await counted(server) == {"what is the sample size of the poll?": 1}
