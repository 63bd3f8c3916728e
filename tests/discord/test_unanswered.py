from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
import simcord
from discord import ui

from bot.answers.unanswered import same_question
from bot.store.records import GuildSettings
from tests.discord.conftest import (
    Server,
    choose,
    click,
    components,
    file_of,
    labels,
    message_of,
    select_of,
    text_of,
)

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
PACK = "hansen-2016"
HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x`"


async def ask(server: Server, *questions: str, pack: str = PACK) -> None:
    for question in questions:
        await server.store.unanswered.note(server.guild.id, pack, question, NOW, same_question)


async def report(server: Server, entry: str, note: str = "The year is wrong.") -> int:
    return await server.store.feedback.report(server.reader.id, server.guild.id, PACK, entry, note, NOW)


async def vote(server: Server, entry: str, *votes: bool) -> None:
    for number, helpful in enumerate(votes):
        await server.store.feedback.vote(100 + number, server.guild.id, PACK, entry, helpful, NOW)


async def open_list(server: Server) -> simcord.InteractionResult:
    return await server.moderator.slash(server.channel, "unanswered list")


def tokens(shown: simcord.InteractionResult) -> list[str]:
    return re.findall(r"^`([qrv]\d+)`", text_of(shown), re.MULTILINE)


def passage(server: Server) -> tuple[str, str]:
    first = next(iter(server.library.default.pack.passages))
    return first.id, first.title


# ------------------------------------------------------------------ list


async def test_an_empty_list_is_a_sentence(server: Server) -> None:
    assert "Nothing waits here" in text_of(await open_list(server))


async def test_the_list_is_for_its_opener_alone(server: Server) -> None:
    assert (await open_list(server)).ephemeral


async def test_a_question_of_a_reader_reaches_the_list(server: Server) -> None:
    for _ in range(2):
        await server.reader.slash(server.channel, "ask", question="What does Tillerson think of the moon?")
    text = text_of(await open_list(server))

    assert "asked 2 times · last <t:1767225600:R>" in text
    assert "tillerson" in text.casefold()


async def test_questions_come_before_reports_and_reports_before_votes(server: Server) -> None:
    entry, _ = passage(server)
    await vote(server, entry, False)
    await report(server, entry)
    await ask(server, "who built the moon")

    assert [token[0] for token in tokens(await open_list(server))] == ["q", "r", "v"]


async def test_all_of_it_is_counted_above(server: Server) -> None:
    entry, _ = passage(server)
    await vote(server, entry, False)
    await report(server, entry)
    await ask(server, "who built the moon", "what colour is a unicorn")

    assert "2 questions that were not answered, 1 reported answer, 1 answer found not helpful." in text_of(
        await open_list(server)
    )


async def test_a_reported_answer_has_the_title_of_its_passage_and_the_note(server: Server) -> None:
    entry, title = passage(server)
    number = await report(server, entry)

    assert f"`r{number}` {title}\n> The year is wrong.\n-# <t:" in text_of(await open_list(server))


async def test_a_cell_of_a_figure_is_named_by_its_row_and_column(server: Server) -> None:
    figure = server.library.default.pack.figures[0]
    row, column = figure.rows[0], figure.columns[0]
    await report(server, f"{figure.id}/{row.id}/{column.id}")

    assert f"{row.label}, {column.label}" in text_of(await open_list(server))


async def test_a_passage_that_is_gone_is_named_by_its_id(server: Server) -> None:
    await report(server, "an-old-passage")

    assert "an-old-passage" in text_of(await open_list(server))


async def test_an_answer_found_not_helpful_has_its_votes(server: Server) -> None:
    entry, _ = passage(server)
    await vote(server, entry, False, False, True)

    assert "2 not helpful, 1 helpful" in text_of(await open_list(server))


async def test_an_answer_that_all_found_helpful_is_not_on_the_list(server: Server) -> None:
    entry, _ = passage(server)
    await vote(server, entry, True)

    assert tokens(await open_list(server)) == []


async def test_one_brief_is_not_named(server: Server) -> None:
    await ask(server, "who built the moon")

    assert server.library.default.name not in text_of(await open_list(server))


@pytest.mark.two_briefs
async def test_of_several_briefs_each_is_named(server: Server) -> None:
    await ask(server, "who built the moon", pack="tiny")

    assert f"about “{server.library.volumes[1].name}”" in text_of(await open_list(server))


async def test_what_readers_wrote_is_shown_letter_by_letter(server: Server) -> None:
    await ask(server, HOSTILE)
    await report(server, HOSTILE, HOSTILE)
    text = text_of(await open_list(server))

    assert text.count("\\@everyone \\*\\*free\\*\\* \\[nitro\\]") == 3
    assert "<@1>" not in text


async def test_another_server_is_not_shown(server: Server) -> None:
    await server.store.unanswered.note(1, PACK, "who built the moon", NOW, same_question)
    await server.store.feedback.report(1, None, PACK, "one", "from a direct message", NOW)

    assert tokens(await open_list(server)) == []


# ------------------------------------------------------------------ who may


@pytest.mark.parametrize("command", ["list", "export"])
async def test_a_reader_may_not_see_the_list(server: Server, command: str) -> None:
    await ask(server, "who built the moon")
    shown = await server.reader.slash(server.channel, f"unanswered {command}")

    assert "Only instructors can do this" in text_of(shown)
    assert "moon" not in text_of(shown)


async def test_a_reader_may_not_dismiss(server: Server) -> None:
    await ask(server, "who built the moon")
    await server.reader.slash(server.channel, "unanswered dismiss", item="q1")

    assert await server.store.unanswered.count(server.guild.id) == 1


async def test_a_reader_is_offered_nothing_of_the_list(server: Server) -> None:
    await ask(server, "who built the moon")

    assert await server.reader.autocomplete(server.channel, "unanswered dismiss", "item", "") == []


async def test_the_instructor_role_sees_the_list(server: Server) -> None:
    role = server.guild.create_role("Teachers")
    await server.services.book.save(GuildSettings(server.guild.id, instructor_role=role.id))
    await ask(server, "who built the moon")
    shown = await server.with_role("tess", role).slash(server.channel, "unanswered list")

    assert tokens(shown) == ["q1"]


async def test_direct_messages_have_no_list(server: Server) -> None:
    assert not [name for name in server.moderator.user.available_commands() if name.startswith("unanswered")]


async def test_the_command_is_for_servers_that_added_the_bot(server: Server) -> None:
    declared = next(one.json for one in server.env.http_requests if one.path.endswith("/commands"))
    command = next(one for one in declared if one["name"] == "unanswered")

    assert (command["contexts"], command["integration_types"]) == ([0], [0])


async def test_a_list_is_of_no_use_to_who_leads_no_more(server: Server) -> None:
    await ask(server, "who built the moon")
    shown = await open_list(server)
    former = server.demote(server.moderator)
    refused = await choose(former, shown, "unanswered-dismiss", ["q1"])

    assert "Only instructors can do this" in text_of(refused)
    assert await server.store.unanswered.count(server.guild.id) == 1


@pytest.mark.parametrize("state", ["unanswered-page:0", "unanswered-dismiss:0"])
async def test_no_part_of_a_list_obeys_a_reader(server: Server, state: str) -> None:
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:{state}"))

    assert "Only instructors can do this" in text_of(await server.reader.click(forged, label="Press"))


# ------------------------------------------------------------------ pages


async def test_pages_run_from_questions_into_reports_and_votes(server: Server) -> None:
    entry, _ = passage(server)
    await ask(server, *(f"question {word} of the moon" for word in ("alpha", "beta", "gamma", "delta", "omega")))
    await report(server, entry)
    await report(server, entry)
    await vote(server, entry, False)
    first = await open_list(server)
    seen = tokens(first)
    second = await click(server.moderator, first, "Next page")

    assert [token[0] for token in seen] == ["q"] * 5 + ["r"]
    assert [token[0] for token in tokens(second)] == ["r", "v"]
    assert labels(second) == ["Previous page"]


async def test_pages_turn_in_place_after_a_restart(server: Server) -> None:
    for number in range(7):
        await report(server, f"entry-{number}")
    first = await open_list(server)
    await server.restart()
    second = await click(server.moderator, first, "Next page")

    assert message_of(second).id == message_of(first).id
    assert len(tokens(second)) == 1


@pytest.mark.parametrize("state", ["99999", "moon", "-1", "1234567890123456789012345", "²"])
async def test_a_page_that_never_was_shows_one_that_is(server: Server, state: str) -> None:
    await report(server, "one")
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:unanswered-page:{state}"))

    assert len(tokens(await server.moderator.click(forged, label="Press"))) == 1


async def test_the_fullest_page_fits(server: Server) -> None:
    for number in range(12):
        await report(server, f"{number}{'*' * 900}", f"{number} {'@_' * 400}")
    first = await open_list(server)
    second = await click(server.moderator, first, "Next page")

    assert len(tokens(first)) == 6
    assert all(len(components(page)) <= 40 and len(text_of(page)) <= 4_000 for page in (first, second))


# ------------------------------------------------------------------ dismiss


async def test_what_is_chosen_is_dismissed_and_the_page_drawn_anew(server: Server) -> None:
    entry, _ = passage(server)
    await ask(server, "who built the moon", "what colour is a unicorn")
    await report(server, entry)
    await vote(server, entry, False, True)
    shown = await choose(server.moderator, await open_list(server), "unanswered-dismiss", ["q1", "r1", "v1"])

    assert tokens(shown) == ["q2"]
    assert "-# Dismissed q1, r1, v1." in text_of(shown)


async def test_the_last_page_that_empties_gives_way_to_the_one_before(server: Server) -> None:
    for number in range(7):
        await report(server, f"entry-{number}")
    second = await click(server.moderator, await open_list(server), "Next page")
    (last,) = tokens(second)
    shown = await choose(server.moderator, second, "unanswered-dismiss", [last])

    assert len(tokens(shown)) == 6


async def test_what_another_has_dismissed_meanwhile_is_no_fault(server: Server) -> None:
    await ask(server, "who built the moon")
    first, second = [await open_list(server) for _ in range(2)]
    await choose(server.moderator, first, "unanswered-dismiss", ["q1"])
    shown = await choose(server.moderator, second, "unanswered-dismiss", ["q1"])

    assert "That was off the list already." in text_of(shown)
    assert "Nothing waits here" in text_of(shown)


@pytest.mark.parametrize("value", ["q0", "x1", "q1; drop", "q" + "9" * 30, "1"])
async def test_a_choice_that_was_never_offered_dismisses_nothing(server: Server, value: str) -> None:
    await ask(server, "who built the moon")
    select = ui.Select(custom_id="bb:unanswered-dismiss:0")
    select.add_option(label="forged", value=value)
    shown = await server.moderator.select(await server.post(select), [value])

    assert tokens(shown) == ["q1"]


async def test_something_is_dismissed_by_its_short_name(server: Server) -> None:
    await ask(server, "who built the moon")
    shown = await server.moderator.slash(server.channel, "unanswered dismiss", item="q1")

    assert ("Dismissed q1." in text_of(shown), await server.store.unanswered.count(server.guild.id)) == (True, 0)


async def test_a_short_name_may_be_followed_by_what_the_list_says(server: Server) -> None:
    await ask(server, "who built the moon")
    await server.moderator.slash(server.channel, "unanswered dismiss", item="q1: who built the moon")

    assert await server.store.unanswered.count(server.guild.id) == 0


async def test_what_is_not_there_any_more_gets_a_sentence(server: Server) -> None:
    shown = await server.moderator.slash(server.channel, "unanswered dismiss", item="r77")

    assert "r77 is not on the list of this server any more." in text_of(shown)


@pytest.mark.parametrize("item", ["everything", "q", "q1x", HOSTILE, "q" + "9" * 5_000])
async def test_what_is_no_short_name_gets_a_sentence(server: Server, item: str) -> None:
    shown = await server.moderator.slash(server.channel, "unanswered dismiss", item=item)

    assert text_of(shown) == "Name what to dismiss by its short name on the list, such as q12, r5 or v7."


async def test_another_server_s_question_is_not_dismissed(server: Server) -> None:
    await server.store.unanswered.note(1, PACK, "who built the moon", NOW, same_question)
    await server.moderator.slash(server.channel, "unanswered dismiss", item="q1")

    assert await server.store.unanswered.count(1) == 1


async def test_the_completion_shows_short_names_with_what_they_are(server: Server) -> None:
    entry, title = passage(server)
    await ask(server, "who built the moon")
    await report(server, entry)
    offered = await server.moderator.autocomplete(server.channel, "unanswered dismiss", "item", "")

    assert [(one["name"], one["value"]) for one in offered] == [
        ("q1: who built the moon", "q1"),
        (f"r1: {title} – The year is wrong.", "r1"),
    ]


async def test_the_completion_finds_by_words(server: Server) -> None:
    await ask(server, "who built the moon", "what colour is a unicorn")
    offered = await server.moderator.autocomplete(server.channel, "unanswered dismiss", "item", "unicorn")

    assert [one["value"] for one in offered] == ["q2"]


async def test_long_choices_fit(server: Server) -> None:
    await report(server, "entry" * 200, "note " * 100)
    offered = await server.moderator.autocomplete(server.channel, "unanswered dismiss", "item", "")
    options = select_of(await open_list(server), "unanswered-dismiss")["options"]

    assert max(len(one["name"]) for one in offered) == max(len(one["label"]) for one in options) == 100


# ------------------------------------------------------------------ export


async def table(server: Server) -> list[dict[str, str]]:
    _, content = await file_of(await server.moderator.slash(server.channel, "unanswered export"))
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def test_the_table_has_a_line_for_each(server: Server) -> None:
    entry, title = passage(server)
    await ask(server, "who built the moon", "who built the moon")
    await report(server, entry)
    await vote(server, entry, False, False, True)
    when = "2026-01-01T12:00:00+00:00"
    about = f"{entry}: {title}"

    assert [tuple(one.values()) for one in await table(server)] == [
        ("question", "q1", PACK, "who built the moon", "", "2", "", "", when, when),
        ("report", "r1", PACK, about, "The year is wrong.", "1", "", "", when, when),
        ("vote", "v1", PACK, about, "", "3", "1", "2", "", when),
    ]


async def test_the_table_opens_in_spreadsheets_as_unicode(server: Server) -> None:
    name, content = await file_of(await server.moderator.slash(server.channel, "unanswered export"))

    assert (name, content[:3]) == ("unanswered.csv", b"\xef\xbb\xbf")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "＝"])
async def test_no_cell_acts_as_a_formula(server: Server, begin: str) -> None:
    await report(server, "one", f"{begin}HYPERLINK(1)")

    assert [one["note"] for one in await table(server)] == [f"'{begin}HYPERLINK(1)"]


async def test_an_empty_table_has_its_columns(server: Server) -> None:
    _, content = await file_of(await server.moderator.slash(server.channel, "unanswered export"))

    assert content.decode("utf-8-sig") == "kind,id,brief,text,note,count,helpful,not helpful,first,last\n"
    assert await table(server) == []


async def test_a_table_too_large_to_attach_is_cut_and_says_so(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.discord.cogs.unanswered._MOST_BYTES", 800)
    for number in range(9):
        await report(server, f"entry-{number}", "note " * 10)
    shown = await server.moderator.slash(server.channel, "unanswered export")

    assert "the first 4 of 9" in text_of(shown)
    assert len((await file_of(shown))[1].splitlines()) == 5


async def test_the_table_is_for_its_reader_alone(server: Server) -> None:
    assert (await server.moderator.slash(server.channel, "unanswered export")).ephemeral


# ------------------------------------------------------------------ faults


@pytest.mark.faulty
async def test_a_database_that_cannot_be_read_gets_a_sentence(server: Server) -> None:
    await server.store.close()

    assert "My memory is busy just now" in text_of(await open_list(server))


async def test_the_completion_offers_nothing_while_the_database_cannot_be_read(server: Server) -> None:
    await open_list(server)
    await server.store.close()

    assert await server.moderator.autocomplete(server.channel, "unanswered dismiss", "item", "q") == []


async def test_nobody_is_pinged(server: Server) -> None:
    await ask(server, "@everyone who built the moon")
    await open_list(server)
    sent = [one.json["data"] for one in server.env.http_requests if one.path.endswith("/callback")]

    assert [one["allowed_mentions"]["parse"] for one in sent] == [[]]
