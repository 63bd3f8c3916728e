from __future__ import annotations

import datetime as dt
import json

import pytest
import simcord
from discord import ui

from bot.store.faults import StoreFault
from bot.store.people import People
from bot.store.records import Person
from tests.discord.conftest import Installs, Server, click, file_of, labels, message_of, text_of

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
PACK = "hansen-2016"


async def leave_traces(server: Server, user_id: int) -> None:
    store, guild_id = server.store, server.guild.id
    await store.people.save(Person(user_id, PACK, hidden=True))
    await store.feedback.vote(user_id, guild_id, PACK, "one", True, NOW)
    await store.feedback.vote(user_id, guild_id, PACK, "two", False, NOW)
    await store.feedback.report(user_id, guild_id, PACK, "one", "The year is wrong.", NOW)


async def show(server: Server) -> simcord.InteractionResult:
    return await server.reader.slash(server.channel, "privacy show")


# ------------------------------------------------------------------ show


async def test_a_stranger_hears_that_nothing_is_kept(server: Server) -> None:
    assert "\nNothing." in text_of(await show(server))


async def test_what_is_kept_is_said_in_sentences(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    text = text_of(await show(server))

    assert f"- The brief that you chose for direct messages: “{server.library.default.name}”.\n" in text
    assert "- 2 answers that you found helpful or not.\n" in text
    assert "- 1 mistake that you reported." in text


async def test_what_is_never_kept_is_said(server: Server) -> None:
    assert "Never kept: who asked what, unless" in text_of(await show(server))


@pytest.mark.parametrize("command", ["show", "export", "delete"])
async def test_only_its_owner_sees_it(server: Server, command: str) -> None:
    shown = await server.reader.slash(server.channel, f"privacy {command}")

    assert shown.ephemeral


async def test_a_brief_that_is_gone_is_named_by_its_id_letter_by_letter(server: Server) -> None:
    await server.store.people.save(Person(server.reader.id, "@everyone *x*"))

    assert "“\\@everyone \\*x\\*”" in text_of(await show(server))


async def test_another_person_is_not_shown(server: Server) -> None:
    await leave_traces(server, server.admin.id)

    assert "\nNothing." in text_of(await show(server))


# ------------------------------------------------------------------ the name on boards


async def test_the_name_is_hidden_and_shown_again(server: Server) -> None:
    shown = await click(server.reader, await show(server), "Hide my name")
    hidden = (await server.store.people.get(server.reader.id)).hidden
    shown = await click(server.reader, shown, "Show my name")

    assert (hidden, (await server.store.people.get(server.reader.id)).hidden) == (True, False)
    assert "-# Saved: your name is shown on boards." in text_of(shown)


async def test_hiding_the_name_keeps_the_chosen_brief(server: Server) -> None:
    await server.services.book.keep(Person(server.reader.id, PACK))
    await click(server.reader, await show(server), "Hide my name")

    assert await server.store.people.get(server.reader.id) == Person(server.reader.id, PACK, hidden=True)


async def test_the_card_changes_in_place(server: Server) -> None:
    shown = await show(server)
    changed = await click(server.reader, shown, "Hide my name")

    assert message_of(changed).id == message_of(shown).id
    assert "Show my name" in labels(changed)


async def test_the_button_works_after_a_restart(server: Server) -> None:
    shown = await show(server)
    await server.restart()
    await click(server.reader, shown, "Hide my name")

    assert (await server.store.people.get(server.reader.id)).hidden


async def test_a_state_that_was_never_written_changes_nothing(server: Server) -> None:
    forged = await server.post(ui.Button(label="Press", custom_id="bb:privacy-name:2"))
    refused = await server.reader.click(forged, label="Press")

    assert "another version of me" in text_of(refused)
    assert await server.store.people.get(server.reader.id) == Person(server.reader.id)


@pytest.mark.faulty
async def test_choices_that_cannot_be_read_are_not_overwritten(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    await server.services.book.keep(Person(server.reader.id, PACK))
    shown = await show(server)
    await server.restart()
    with monkeypatch.context() as broken:
        broken.setattr(People, "get", locked)
        failed = await click(server.reader, shown, "Hide my name")

    assert "My memory is busy just now" in text_of(failed)
    assert await server.store.people.get(server.reader.id) == Person(server.reader.id, PACK)


async def locked(*_: object) -> None:
    raise StoreFault("the database briefbot.sqlite3 has been locked by another program for too long")


# ------------------------------------------------------------------ export


async def test_everything_is_exported_as_json(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    name, content = await file_of(await server.reader.slash(server.channel, "privacy export"))
    place = {"guild_id": str(server.guild.id), "pack": PACK}

    assert name == "my-data.json"
    assert json.loads(content) == {
        "user_id": str(server.reader.id),
        "choices": {"pack": PACK, "hidden": True},
        "votes": [
            {**place, "entry": "one", "helpful": True, "time": "2026-01-01T12:00:00+00:00"},
            {**place, "entry": "two", "helpful": False, "time": "2026-01-01T12:00:00+00:00"},
        ],
        "reports": [{**place, "entry": "one", "note": "The year is wrong.", "time": "2026-01-01T12:00:00+00:00"}],
        "digest_schedules": [],
        **{f"quiz_{name}": [] for name in ("rounds", "seats", "answers", "record", "sets", "own", "extra", "practice")},
    }


async def test_the_button_exports_the_same(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    by_command = await file_of(await server.reader.slash(server.channel, "privacy export"))
    by_button = await file_of(await click(server.reader, await show(server), "Get it as a file"))

    assert by_button == by_command


async def test_letters_of_all_scripts_stay_readable_in_the_file(server: Server) -> None:
    await server.store.feedback.report(server.reader.id, None, PACK, "one", "Здесь «ошибка» 🙂", NOW)
    _, content = await file_of(await server.reader.slash(server.channel, "privacy export"))

    assert "Здесь «ошибка» 🙂" in content.decode()


# ------------------------------------------------------------------ delete


async def test_nothing_is_deleted_before_it_is_asked(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    asked = await server.reader.slash(server.channel, "privacy delete")

    assert "This cannot be undone." in text_of(asked)
    assert (await server.store.people.export(server.reader.id))["votes"]


async def test_a_person_is_deleted_at_once(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    asked = await server.reader.slash(server.channel, "privacy delete")
    done = await click(server.reader, asked, "Delete now")

    assert "took your id from what else I kept (4 entries)" in text_of(done)
    assert "\nNothing." in text_of(await show(server))


async def test_anonymous_totals_stay(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    await click(server.reader, await server.reader.slash(server.channel, "privacy delete"), "Delete now")
    ratings = await server.store.feedback.ratings(server.guild.id)

    assert sorted((one.entry, one.helpful, one.unhelpful) for one in ratings) == [("one", 1, 0), ("two", 0, 1)]


async def test_what_is_in_memory_goes_too(server: Server) -> None:
    await server.services.book.keep(Person(server.reader.id, PACK, hidden=True))
    await click(server.reader, await server.reader.slash(server.channel, "privacy delete"), "Delete now")

    assert await server.services.book.person(server.reader.id) == Person(server.reader.id)


async def test_nobody_else_is_deleted(server: Server) -> None:
    await leave_traces(server, server.admin.id)
    await click(server.reader, await server.reader.slash(server.channel, "privacy delete"), "Delete now")

    assert (await server.store.people.export(server.admin.id))["reports"]


async def test_deleting_twice_is_no_fault(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    first, second = [await server.reader.slash(server.channel, "privacy delete") for _ in range(2)]
    await click(server.reader, first, "Delete now")

    assert "there was nothing to delete" in text_of(await click(server.reader, second, "Delete now"))


async def test_the_button_of_the_card_asks_too(server: Server) -> None:
    asked = await click(server.reader, await show(server), "Delete it…")

    assert labels(asked) == ["Delete now"]


async def test_delete_now_works_after_a_restart(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    asked = await server.reader.slash(server.channel, "privacy delete")
    await server.restart()
    await click(server.reader, asked, "Delete now")

    assert (await server.store.people.export(server.reader.id))["votes"] == []


# ------------------------------------------------------------------ direct messages, and servers without the bot


@pytest.mark.parametrize("command", ["show", "export", "delete"])
async def test_it_works_in_direct_messages(server: Server, command: str) -> None:
    shown = await server.reader.user.slash(f"privacy {command}")

    assert shown.ephemeral


async def test_one_s_data_is_deleted_from_direct_messages(server: Server) -> None:
    await leave_traces(server, server.reader.id)
    asked = await server.reader.user.slash("privacy delete")
    await click(server.reader.user, asked, "Delete now")

    assert (await server.store.people.export(server.reader.id))["choices"] is None


async def test_it_works_where_only_the_member_added_the_bot(server: Server, installs: Installs) -> None:
    installs.server, installs.member = False, True

    assert "What I keep about you" in text_of(await show(server))
