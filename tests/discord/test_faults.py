from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio
import simcord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.actions import Press, custom_id
from bot.discord.book import Book
from bot.discord.client import BriefBot, Interaction
from bot.discord.cogs.all import COGS
from bot.discord.completion import Choices, unfailing
from bot.discord.faults import Faults
from bot.discord.services import Services
from bot.files.configuration import Configuration
from bot.store.database import Store, sqlite_url
from tests.discord.conftest import Server, act, actions, text_of

QUESTION = "Why does Moscow distrust Clinton?"
REFUSED = "What is the sample size of the poll?"
WRITTEN = "Does Rasputin like Großvater's pâté?"
REFERENCE = re.compile(r" Reference: ([0-9a-f]{6})\.$")
FORMS = ("rasputin", "großvater", "grossvater", "vater", "pâté", "p\\xe2t")
BROKEN = "Something went wrong on my side; it is in my log."
BUSY = "My memory is busy just now; please try again in a moment."
NOT_TAKEN = "Discord did not take my answer; please try again in a moment."


async def fail(text: str) -> Choices:
    """Raise what holds a text in many forms."""
    try:
        return {}[text.partition(" ")[2]]
    except KeyError as error:
        raise ValueError(f"cannot do {text.upper()!r}, nor\n  {text!a}") from error


@unfailing
async def suggest(_: Interaction, typed: str) -> Choices:
    return await fail(typed)


class Broken(commands.Cog):
    """A cog in which everything fails, with what the reader wrote in the exception."""

    def __init__(self, bot: BriefBot) -> None:
        bot.actions.add("break", self.press)
        bot.actions.add("open", self.open)
        bot.actions.add("sent", self.sent)

    @app_commands.command(name="break", description="Break")
    @app_commands.autocomplete(question=suggest)
    async def broken(self, _: Interaction, question: str) -> None:
        await fail(question)

    async def press(self, _: Interaction, press: Press) -> None:
        await fail(press.state)

    async def open(self, interaction: Interaction, _: Press) -> None:
        form = ui.Modal(title="Break", custom_id=custom_id("sent"))
        form.add_item(ui.Label(text="Question", component=ui.TextInput(custom_id="question")))
        form.stop()
        await interaction.response.send_modal(form)

    async def sent(self, _: Interaction, press: Press) -> None:
        await fail(press.fields["question"])

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if message.content.startswith("<@"):
            await fail(message.content)


@pytest_asyncio.fixture
async def broken(server: Server) -> Server:
    services = (await server.workshop.build(server.library)).services
    await server.env.restart_bot(BriefBot(services, (*COGS, Broken)))
    return server


def entries(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.name == "bot.faults"]


def check(shown: simcord.InteractionResult, apology: str, caplog: pytest.LogCaptureFixture) -> None:
    """Check that one private sentence holds the reference of the one entry of the log."""
    (entry,) = entries(caplog)
    found = REFERENCE.search(text_of(shown))

    assert found is not None
    assert shown.ephemeral
    assert text_of(shown) == f"{apology} Reference: {found[1]}."
    assert entry.startswith(f"[{found[1]}] ")
    assert "Traceback (most recent call last)" in entry


# ------------------------------------------------------------------ faults of ours


@pytest.mark.faulty
async def test_a_fault_in_a_command(broken: Server, caplog: pytest.LogCaptureFixture) -> None:
    shown = await broken.reader.slash(broken.channel, "break", question=WRITTEN)

    check(shown, BROKEN, caplog)
    assert "in broken\n" in caplog.text


@pytest.mark.faulty
async def test_a_fault_in_a_button(broken: Server, caplog: pytest.LogCaptureFixture) -> None:
    posted = await broken.post(ui.Button(label="x", custom_id=custom_id("break", "a b")))

    check(await broken.reader.click(posted, label="x"), BROKEN, caplog)


@pytest.mark.faulty
async def test_a_fault_in_a_form(broken: Server, caplog: pytest.LogCaptureFixture) -> None:
    posted = await broken.post(ui.Button(label="x", custom_id=custom_id("open")))
    opened = await broken.reader.click(posted, label="x")

    check(await broken.reader.submit_modal(opened, {"question": WRITTEN}), BROKEN, caplog)


@pytest.mark.faulty
async def test_a_fault_in_an_event(broken: Server, caplog: pytest.LogCaptureFixture) -> None:
    await broken.reader.send(broken.channel, f"<@{broken.bot.user.id}> {WRITTEN}")
    (entry,) = entries(caplog)

    assert re.match(r"\[[0-9a-f]{6}\] on_message\nTraceback", entry)
    assert broken.channel.last_message.author.id == broken.bot.user.id


@pytest.mark.faulty
async def test_a_fault_while_one_types(broken: Server, caplog: pytest.LogCaptureFixture) -> None:
    assert await broken.reader.autocomplete(broken.channel, "break", "question", WRITTEN) == []
    assert len(entries(caplog)) == 1


@pytest.mark.faulty
async def test_a_fault_in_a_job_ends_neither_the_job_nor_the_bot(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.workshop.configuration = Configuration(keep_unanswered_days=10**9)
    await server.restart()
    server.bot.get_cog("Deliver").rounds.cancel()  # every two seconds of a day would take minutes
    server.bot.get_cog("Quiz").ticks.cancel()
    await server.env.advance_time(24 * 60 * 60)

    assert [re.sub(r"\n.*", "", one, flags=re.DOTALL)[9:] for one in entries(caplog)] == ["housekeeping"] * 2


@pytest.mark.faulty
@pytest.mark.parametrize("way", ["command", "form", "event", "typing"])
async def test_no_log_repeats_what_a_reader_wrote(broken: Server, caplog: pytest.LogCaptureFixture, way: str) -> None:
    caplog.set_level("DEBUG", "bot")
    match way:
        case "command":
            await broken.reader.slash(broken.channel, "break", question=WRITTEN)
        case "form":
            posted = await broken.post(ui.Button(label="x", custom_id=custom_id("open")))
            await broken.reader.submit_modal(await broken.reader.click(posted, label="x"), {"question": WRITTEN})
        case "event":
            await broken.reader.send(broken.channel, f"<@{broken.bot.user.id}> {WRITTEN}")
        case _:
            await broken.reader.autocomplete(broken.channel, "break", "question", WRITTEN)

    assert "[withheld]" in caplog.text
    assert [word for word in FORMS if word in caplog.text.lower()] == []


@pytest.mark.faulty
@pytest.mark.parametrize("text", ["   ", "a", "", "\n\n", "File"])
def test_a_traceback_stays_readable_whatever_was_written(text: str, caplog: pytest.LogCaptureFixture) -> None:
    Faults().note(ValueError("a plain reason"), "here", (text,))

    assert "ValueError: a plain reason" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.faulty
def test_every_fault_has_a_reference_of_its_own() -> None:
    assert len({Faults().note(ValueError(), "here") for _ in range(50)}) == 50


async def test_a_command_that_this_version_does_not_have_gets_a_sentence(server: Server) -> None:
    server.bot.tree.remove_command("help")
    shown = await server.reader.slash(server.channel, "help")

    assert text_of(shown) == "This command has changed. Restart Discord, then try it again."


# ------------------------------------------------------------------ faults of Discord


@pytest.mark.faulty
@pytest.mark.parametrize(("status", "apology"), [(500, NOT_TAKEN), (503, NOT_TAKEN), (429, NOT_TAKEN), (400, BROKEN)])
async def test_an_answer_that_discord_does_not_take(
    server: Server, caplog: pytest.LogCaptureFixture, status: int, apology: str
) -> None:
    server.env.inject_error("POST", "/interactions/*/callback", status=status)

    check(await server.reader.slash(server.channel, "ask", question=QUESTION), apology, caplog)


@pytest.mark.faulty
async def test_a_permission_that_is_lacking_is_named_to_who_can_tell_a_moderator(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.env.inject_error("POST", "/interactions/*/callback", status=403, code=50013)
    shown = await server.reader.slash(server.channel, "ask", question=QUESTION)

    assert text_of(shown) == "I lack a permission here; ask a moderator to check mine in this channel."
    assert entries(caplog) == []


@pytest.mark.faulty
@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_an_interaction_that_is_gone_or_answered_is_no_fault(
    server: Server, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    server.env.inject_error("POST", "/interactions/*/callback", status=status, code=code)
    shown = await server.reader.slash(server.channel, "ask", question=QUESTION)

    assert not shown.acknowledged
    assert entries(caplog) == []


@pytest.mark.faulty
async def test_an_apology_that_discord_does_not_take_either(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.env.inject_error("POST", "/interactions/*/callback", status=500, times=None)
    shown = await server.reader.slash(server.channel, "ask", question=QUESTION)

    assert not shown.acknowledged
    assert len(entries(caplog)) == 1


@pytest.mark.faulty
async def test_a_refusal_that_discord_does_not_take_is_counted_when_asked_again(server: Server) -> None:
    server.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await server.reader.slash(server.channel, "ask", question=REFUSED)
    await server.reader.slash(server.channel, "ask", question=REFUSED)

    assert [one.count for one in await server.store.unanswered.listed(server.guild.id)] == [1]


# ------------------------------------------------------------------ a locked database


@pytest_asyncio.fixture
async def impatient(server: Server, database: Path) -> Server:
    """Start the bot with a database for which it waits a short time only."""
    old = await server.workshop.build(server.library)
    await server.workshop.close()
    store = server.workshop.store = await Store.open(f"{sqlite_url(database)}?timeout=0.05")
    services = Services(Configuration(), server.library, store, Book(store), old.services.charts, Faults())
    await server.env.restart_bot(BriefBot(services, COGS))
    return server


@pytest.fixture
def lock(database: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(database, isolation_level=None)
    yield connection
    connection.close()


async def test_a_locked_database_keeps_nobody_from_an_answer(impatient: Server, lock: sqlite3.Connection) -> None:
    lock.execute("BEGIN EXCLUSIVE")
    shown = await impatient.reader.slash(impatient.channel, "ask", question=QUESTION)

    assert "Hansen (2016), The view from Russia, para. 3" in text_of(shown)


async def test_a_question_that_could_not_be_counted_is_not_said_to_be_kept(
    impatient: Server, lock: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    lock.execute("BEGIN EXCLUSIVE")
    shown = await impatient.reader.slash(impatient.channel, "ask", question=REFUSED)
    await impatient.reader.send(impatient.channel, f"<@{impatient.bot.user.id}> {REFUSED}")
    by_name = impatient.channel.last_message

    for one in (shown, by_name):
        assert text_of(one).startswith("### The brief does not give the poll's sample size.")
        assert "Kept" not in text_of(one)
    assert caplog.text.count("an unanswered question could not be counted") == 2


@pytest.mark.two_briefs
async def test_a_choice_that_could_not_be_kept_holds_while_the_bot_runs(
    impatient: Server, lock: sqlite3.Connection
) -> None:
    lock.execute("BEGIN EXCLUSIVE")
    user = impatient.reader.user
    await user.slash("ask", question="Do tests matter?", brief="tiny")

    assert "Tests matter, says the brief." in text_of(await user.slash("ask", question="Do tests matter?"))


@pytest.mark.faulty
async def test_settings_that_could_not_be_kept_get_one_sentence_and_stay(
    impatient: Server, lock: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    panel = await impatient.admin.slash(impatient.channel, "settings show")
    switch = next(one for one in panel.response.message.components[0].children if one.type.value == 9).accessory
    lock.execute("BEGIN EXCLUSIVE")

    check(await impatient.admin.click(panel.response, custom_id=switch.custom_id), BUSY, caplog)
    assert not (await impatient.reader.slash(impatient.channel, "ask", question=QUESTION)).ephemeral


@pytest.mark.faulty
async def test_a_vote_that_could_not_be_kept_is_not_thanked_for(
    impatient: Server, lock: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    shown = await impatient.reader.slash(impatient.channel, "ask", question=QUESTION)
    lock.execute("BEGIN EXCLUSIVE")
    check(await act(impatient.reader, shown, "up"), BUSY, caplog)

    lock.execute("COMMIT")
    assert text_of(await act(impatient.reader, shown, "up")) == "Noted as helpful, thank you."


async def test_settings_that_cannot_be_read_are_taken_to_be_careful(server: Server) -> None:
    await server.store.close()
    shown = await server.reader.slash(server.channel, "ask", question=QUESTION, private=False)
    await server.reader.send(server.channel, f"<@{server.bot.user.id}> {QUESTION}")

    assert shown.ephemeral
    assert not {"up", "down", "report", "share"} & set(actions(shown))
    assert text_of(server.channel.last_message).startswith("Here I answer privately only")
