from __future__ import annotations

import discord
import pytest

from bot.store.records import GuildSettings
from tests.discord.conftest import Server, act, actions, text_of

QUESTION = "Why does Moscow distrust Clinton?"
REFUSED = "What is the sample size of the poll?"


def said(server: Server) -> list[discord.Message]:
    """List what the bot wrote in the channel."""
    return [one for one in server.channel.history() if one.author.id == server.bot.user.id]


async def mention(server: Server, text: str = QUESTION, form: str = "<@{}>") -> list[discord.Message]:
    await server.reader.send(server.channel, f"{form.format(server.bot.user.id)} {text}".strip())
    return said(server)


# ------------------------------------------------------------------ answering


async def test_a_question_by_name_is_answered_as_a_reply(server: Server) -> None:
    message = await server.reader.send(server.channel, f"<@{server.bot.user.id}> {QUESTION}")
    (answer,) = said(server)

    assert answer.reference is not None
    assert answer.reference.message_id == message.id
    assert "Hansen (2016), The view from Russia, para. 3" in text_of(answer)


@pytest.mark.parametrize("text", [f"<@{{0}}>, {QUESTION}", f"{QUESTION} <@{{0}}>", f"<@!{{0}}>\n{QUESTION}"])
async def test_the_name_may_stand_anywhere_and_in_either_form(server: Server, text: str) -> None:
    await server.reader.send(server.channel, text.format(server.bot.user.id))
    (answer,) = said(server)

    assert "Why Moscow distrusts Clinton" in text_of(answer)
    assert str(server.bot.user.id) not in text_of(answer)


async def test_the_reply_pings_nobody(server: Server) -> None:
    await mention(server, f"@everyone <@{server.moderator.id}> {QUESTION}")
    (body,) = [one.json for one in server.env.http_requests if one.path.endswith("/messages") and one.method == "POST"]

    assert body["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_who_asked_may_take_the_answer_back(server: Server) -> None:
    (answer,) = await mention(server)
    await act(server.reader, answer, "remove")

    assert said(server) == []


async def test_an_answer_has_the_buttons_of_ask(server: Server) -> None:
    (answer,) = await mention(server)
    shown = await server.reader.slash(server.channel, "ask", question=QUESTION)

    assert actions(answer) == actions(shown)


async def test_a_refusal_is_counted_and_said_to_be(server: Server) -> None:
    (answer,) = await mention(server, REFUSED)

    assert "Kept for the curators" in text_of(answer)
    assert [one.text for one in await server.store.unanswered.listed(server.guild.id)] == [REFUSED.lower()]


async def test_a_question_that_is_too_long_gets_a_sentence(server: Server) -> None:
    (answer,) = await mention(server, "x" * 1_001)

    assert text_of(answer).startswith("That is 1,001 characters long")


async def test_a_hostile_question_is_shown_letter_by_letter(server: Server) -> None:
    (answer,) = await mention(server, "**free** [nitro](https://evil.example) why does Moscow distrust Clinton")

    assert "\\*\\*free\\*\\* \\[nitro\\]" in text_of(answer)


async def test_a_thread_is_answered_in_the_thread(server: Server) -> None:
    server.env.backend.create_thread(server.channel.id, "a thread", server.reader.id)
    (thread,) = server.channel.threads
    await server.reader.send(thread, f"<@{server.bot.user.id}> {QUESTION}")

    assert thread.last_message.author.id == server.bot.user.id
    assert said(server) == []


@pytest.mark.two_briefs
async def test_a_channel_is_answered_from_its_own_brief(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, channel_packs={server.channel.id: "tiny"}))
    (answer,) = await mention(server, "Do tests matter?")

    assert "Tests matter, says the brief." in text_of(answer)


# ------------------------------------------------------------------ direct messages


@pytest.mark.parametrize("text", [QUESTION, f"<@{{0}}> {QUESTION}"])
async def test_direct_messages_need_no_name(server: Server, text: str) -> None:
    await server.reader.send_dm(text.format(server.bot.user.id))
    answer = server.reader.user.dm_channel.last_message

    assert "Why Moscow distrusts Clinton" in text_of(answer)
    assert "remove" not in actions(answer)


async def test_direct_messages_are_never_counted(server: Server) -> None:
    await server.reader.send_dm(REFUSED)

    assert "Kept" not in text_of(server.reader.user.dm_channel.last_message)
    assert await server.store.unanswered.everywhere() == []


# ------------------------------------------------------------------ silence


@pytest.mark.parametrize("form", ["<@{}>", "<@!{}>", "  <@{}>\n<@{}> "])
async def test_a_name_without_a_question_is_met_with_silence(server: Server, form: str) -> None:
    assert await mention(server, "", form.replace("{}", "{0}")) == []


async def test_a_message_that_does_not_name_it_is_met_with_silence(server: Server) -> None:
    await server.reader.send(server.channel, QUESTION)

    assert said(server) == []


async def test_a_reply_to_it_that_does_not_name_it_is_met_with_silence(server: Server) -> None:
    (answer,) = await mention(server)
    await server.reader.send(server.channel, "Thank you, why so?", reply_to=answer)

    assert len(said(server)) == 1


async def test_everyone_is_not_its_name(server: Server) -> None:
    await server.moderator.send(server.channel, f"@everyone @here {QUESTION}")

    assert said(server) == []


async def test_other_bots_are_not_answered(server: Server) -> None:
    robot = server.guild.add_member(server.env.create_user("robot", bot=True))
    await robot.send(server.channel, f"<@{server.bot.user.id}> {QUESTION}")
    await server.guild.create_webhook(server.channel).send(f"<@{server.bot.user.id}> {QUESTION}")

    assert said(server) == []


async def test_a_channel_that_takes_no_public_answers_gets_a_hint_instead(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, ask_channels=frozenset({1})))
    (answer,) = await mention(server)

    assert text_of(answer) == f"Here I answer privately only: please use </ask:{server.bot.command_ids['ask']}>."


async def test_a_flood_of_questions_is_answered_no_more_until_it_ebbs(server: Server) -> None:
    for _ in range(8):
        answers = await mention(server)
    assert len(answers) == 5

    await server.env.advance_time(21)
    assert len(await mention(server)) == 6


async def test_one_readers_flood_is_not_anothers(server: Server) -> None:
    for _ in range(6):
        await mention(server)
    await server.moderator.send(server.channel, f"<@{server.bot.user.id}> {QUESTION}")

    assert len(said(server)) == 6


@pytest.mark.parametrize("lacking", ["send_messages", "read_message_history"])
async def test_where_it_may_not_reply_it_does_not_try(server: Server, lacking: str) -> None:
    overwrites = {server.guild.me: discord.PermissionOverwrite(**{lacking: False})}
    server.channel = server.guild.create_text_channel("notices", overwrites=overwrites)

    assert await mention(server) == []
    assert not [one for one in server.env.http_requests if one.path.endswith("/messages")]


async def test_in_a_thread_it_needs_the_permission_of_threads(server: Server) -> None:
    overwrites = {server.guild.me: discord.PermissionOverwrite(send_messages_in_threads=False)}
    channel = server.guild.create_text_channel("notices", overwrites=overwrites)
    server.env.backend.create_thread(channel.id, "a thread", server.reader.id)
    (thread,) = channel.threads
    await server.reader.send(thread, f"<@{server.bot.user.id}> {QUESTION}")

    assert [one.author.id for one in thread.history()] == [server.reader.id]


@pytest.mark.parametrize(
    ("status", "code", "message"),
    [(403, 50013, "Missing Permissions"), (400, 50035, "Invalid Form Body\nIn message_reference: Unknown message")],
)
async def test_a_reply_that_discord_refuses_is_no_fault(server: Server, status: int, code: int, message: str) -> None:
    server.env.inject_error("POST", "/channels/*/messages", status=status, code=code, message=message)

    assert await mention(server) == []


async def test_while_stopping_it_is_silent(server: Server) -> None:
    server.bot.stopping = True

    assert await mention(server) == []


# ------------------------------------------------------------------ faults


@pytest.mark.faulty
async def test_a_fault_gets_one_sentence_with_the_reference_of_the_log(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.env.inject_error("POST", "/channels/*/messages", status=500)
    (answer,) = await mention(server, "Why does Moscow distrust Clinton so very badly?")
    (entry,) = [one.getMessage() for one in caplog.records if one.name == "bot.faults"]
    reference = text_of(answer).removesuffix(".").rpartition(" ")[2]

    assert text_of(answer).startswith("Something went wrong on my side; it is in my log. Reference: ")
    assert entry.startswith(f"[{reference}] a mention\nTraceback")
    assert "badly" not in caplog.text


@pytest.mark.faulty
async def test_a_fault_that_cannot_be_told_stays_in_the_log(server: Server) -> None:
    server.env.inject_error("POST", "/channels/*/messages", status=500, times=None)

    assert await mention(server) == []
