"""``/digest history``, ``withdraw`` and ``correct``."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import simcord

from bot.answers.askers import Asker
from bot.charts.faults import ChartFault
from bot.discord.digests.composing import setting_from
from bot.discord.digests.listing import linked
from bot.discord.library import Library
from bot.store.digest_records import Delivery
from tests.discord.conftest import Server, components, text_of
from tests.discord.test_digest import ESCAPED, HOSTILE, START, deliver, history, post, posts, schedule, use

MONDAY = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


def link(server: Server, message_id: int, host: str = "discord.com") -> str:
    return f"https://{host}/channels/{server.guild.id}/{server.channel.id}/{message_id}"


async def told(server: Server, **options: str) -> list[str]:
    lines = text_of(await use(server, "history", **options)).splitlines()
    return [line for line in lines if line.startswith("- due")]


async def correct(server: Server, delivery: Delivery, **fields: str) -> simcord.InteractionResult:
    form = await use(server, "correct", digest=str(delivery.id))
    return await server.moderator.submit_modal(form, fields)


# ------------------------------------------------------------------ history


async def test_an_empty_history_is_a_sentence(server: Server) -> None:
    assert "Nothing was due yet." in text_of(await use(server, "history"))


async def test_the_history_says_when_it_was_due_and_posted_with_a_link(server: Server) -> None:
    await schedule(server)
    await deliver(server, MONDAY)
    (line,) = await told(server)
    due = int(MONDAY.timestamp())

    assert line.startswith(f"- due <t:{due}:f> in <#{server.channel.id}>: posted <t:{due}:f>, on time, ")
    assert line.endswith(f"[open it]({link(server, posts(server.channel)[0].id)})")


async def test_the_history_says_by_how_much_it_was_late(server: Server) -> None:
    await schedule(server)
    await deliver(server, MONDAY + dt.timedelta(hours=2, minutes=10))
    (line,) = await told(server)

    assert ", 2 h 10 min late, " in line


async def test_the_history_says_why_not(server: Server) -> None:
    await schedule(server)
    await deliver(server, MONDAY + dt.timedelta(hours=9))
    line = (await told(server))[-1]

    assert ": missed: It would have been 9 h late; the grace time is 6 h." in line


async def test_the_history_says_what_was_skipped(server: Server) -> None:
    await schedule(server)
    await use(server, "skip", schedule="1")

    assert (await told(server))[0].endswith("skipped by a moderator")


async def test_the_history_can_be_that_of_one_schedule(server: Server) -> None:
    await schedule(server)
    await post(server)
    await deliver(server, MONDAY)

    assert (len(await told(server)), len(await told(server, schedule="1"))) == (2, 1)


async def test_a_long_history_says_that_it_is_cut(server: Server) -> None:
    await schedule(server, repeat="daily", days="")
    for day in range(16):
        await deliver(server, dt.datetime(2026, 1, 1 + day, 9, tzinfo=dt.UTC))

    assert len(await told(server)) == 15
    assert "Only the latest are shown." in text_of(await use(server, "history"))


# ------------------------------------------------------------------ withdraw


async def test_a_digest_is_withdrawn(server: Server) -> None:
    delivery = await post(server)
    text = text_of(await use(server, "withdraw", digest=str(delivery.id)))

    assert "The digest is withdrawn" in text
    assert posts(server.channel) == []
    assert (await told(server))[0].endswith(": withdrawn")


@pytest.mark.parametrize("host", ["discord.com", "ptb.discord.com", "canary.discord.com", "discordapp.com"])
async def test_a_digest_is_named_by_the_link_to_its_message(server: Server, host: str) -> None:
    await post(server)
    (message,) = posts(server.channel)
    await use(server, "withdraw", digest=f" {link(server, message.id, host)} ")

    assert posts(server.channel) == []


async def test_a_digest_whose_message_is_gone_counts_as_withdrawn(server: Server) -> None:
    delivery = await post(server)
    await server.bot.get_partial_messageable(server.channel.id).get_partial_message(delivery.message_id or 0).delete()

    assert "gone already" in text_of(await use(server, "withdraw", digest=str(delivery.id)))
    assert [one.state for one in await history(server)] == ["withdrawn"]


async def test_what_is_withdrawn_was_not_shown(server: Server) -> None:
    delivery = await post(server)
    await use(server, "withdraw", digest=str(delivery.id))

    assert "Nothing in it was shown here before." in text_of(await use(server, "preview"))


@pytest.mark.parametrize("command", ["withdraw", "correct"])
@pytest.mark.parametrize("typed", ["99", "x", "-1", "9" * 30, "https://discord.com/channels/1/2/3", "²"])
async def test_what_is_no_digest_is_a_sentence(server: Server, command: str, typed: str) -> None:
    await post(server)

    assert "I know no such digest here" in text_of(await use(server, command, digest=typed))
    assert len(posts(server.channel)) == 1


async def test_a_message_that_is_no_digest_is_left_alone(server: Server) -> None:
    other = await server.bot.get_partial_messageable(server.channel.id).send("Hello")

    assert "I know no such digest here" in text_of(await use(server, "withdraw", digest=link(server, other.id)))
    assert len(posts(server.channel)) == 1


@pytest.mark.parametrize("command", ["withdraw", "correct"])
async def test_what_is_withdrawn_already_is_a_sentence(server: Server, command: str) -> None:
    delivery = await post(server)
    await use(server, "withdraw", digest=str(delivery.id))

    assert "not posted (any more)" in text_of(await use(server, command, digest=str(delivery.id)))


async def test_a_digest_of_another_server_is_not_known(server: Server) -> None:
    other = await server.store.digests.post(1, 2, "hansen-2016", None, {}, START, [])

    assert "I know no such digest here" in text_of(await use(server, "withdraw", digest=str(other.id)))


async def test_completion_suggests_what_stands(server: Server) -> None:
    gone = await post(server, title="First")
    await post(server, title="Second")
    await use(server, "withdraw", digest=str(gone.id))
    offered = await server.moderator.autocomplete(server.channel, "digest withdraw", "digest", "")

    assert [one["name"].partition("UTC ")[2] for one in offered] == ["· #reading · Second"]


@pytest.mark.parametrize(
    "text", ["", "https://evil.example/channels/1/2/3", "https://discord.com/channels/1/2", "x" * 500]
)
def test_what_is_no_link_to_a_message_is_none(text: str) -> None:
    assert linked(text) is None


# ------------------------------------------------------------------ correct


async def test_a_title_and_a_first_line_are_corrected_and_all_else_stays(server: Server) -> None:
    delivery = await post(server, title="Wek 1", opening="Read on.")
    before = components(posts(server.channel)[0])
    await correct(server, delivery, title="Week 1", opening="Please read on.")
    after = components(posts(server.channel)[0])
    changed = [one for one in zip(before, after, strict=True) if words(one[0]) != words(one[1])]

    assert [(words(old), words(new)) for old, new in changed] == [("## Wek 1\nRead on.", "## Week 1\nPlease read on.")]


def words(component: dict[str, Any]) -> str:
    return str(component.get("content", component.get("custom_id", "")))


async def test_the_picture_is_there_as_before(server: Server) -> None:
    delivery = await post(server)
    (before,) = posts(server.channel)
    await correct(server, delivery, title="Week 1", opening="")
    (after,) = posts(server.channel)
    (gallery,) = [one for one in components(after) if one["type"] == 12]

    assert [one.filename for one in after.attachments] == [one.filename for one in before.attachments]
    assert gallery["items"][0]["media"]["url"] == after.attachments[0].url
    assert gallery["items"][0]["description"].startswith("Grouped bar chart.")


async def test_a_picture_that_cannot_be_drawn_again_goes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = await post(server)
    monkeypatch.setattr(server.services.charts, "kept", lambda *_: None)
    monkeypatch.setattr(server.services.charts, "draw", undrawable)
    await correct(server, delivery, title="Week 1", opening="")
    (message,) = posts(server.channel)

    assert text_of(message).startswith("## Week 1\n")
    assert [one for one in components(message) if one["type"] == 12] == []


async def undrawable(*_: Any) -> None:
    raise ChartFault("The chart cannot be drawn.")


async def test_a_digest_of_a_brief_that_is_gone_is_not_corrected(server: Server, tiny: Asker) -> None:
    delivery = await post(server)
    form = await use(server, "correct", digest=str(delivery.id))
    await server.restart(Library([tiny]))
    shown = await server.moderator.submit_modal(form, {"title": "Week 1", "opening": ""})

    assert "not in my library any more" in text_of(shown)


async def test_the_form_holds_what_stands_there(server: Server) -> None:
    delivery = await post(server, title="Week 1", opening="Read on.")
    form = await use(server, "correct", digest=str(delivery.id))
    assert form.modal

    assert [one["component"].get("value") for one in form.modal["components"]] == ["Week 1", "Read on."]


async def test_a_title_left_empty_is_the_briefs_name(server: Server) -> None:
    delivery = await post(server, title="Week 1")
    await correct(server, delivery, title="", opening="")

    assert text_of(posts(server.channel)[0]).startswith(f"## {server.library.default.name}\n**Recommendation")


async def test_a_correction_is_shown_letter_by_letter_and_pings_nobody(server: Server) -> None:
    delivery = await post(server)
    await correct(server, delivery, title=HOSTILE, opening=HOSTILE)
    (message,) = posts(server.channel)

    assert text_of(message).startswith(f"## {ESCAPED}\n{ESCAPED}")
    assert not message.mention_everyone


async def test_a_correction_of_a_pinged_digest_leaves_the_ping(server: Server) -> None:
    role = server.guild.create_role("Readers", mentionable=True)
    delivery = await post(server, role=role)
    await correct(server, delivery, title="Week 1", opening="")

    assert text_of(posts(server.channel)[0]).startswith(f"<@&{role.id}>\n## Week 1")


async def test_a_correction_is_kept_for_the_next_one(server: Server) -> None:
    delivery = await post(server, title="Wek 1")
    await correct(server, delivery, title="Week 1", opening="")

    assert setting_from((await history(server))[0].setting).title == "Week 1"


async def test_the_digest_of_a_schedule_is_corrected_and_the_schedule_is_not(server: Server) -> None:
    await schedule(server, title="Wek")
    await deliver(server, MONDAY)
    (delivery,) = [one for one in await history(server) if one.state == "sent"]
    await correct(server, delivery, title="Week", opening="")

    assert text_of(posts(server.channel)[0]).startswith("## Week\n")
    assert setting_from((await server.store.digests.listed(server.guild.id))[0].setting).title == "Wek"


async def test_the_longest_correction_has_room(server: Server) -> None:
    delivery = await post(server)
    shown = await correct(server, delivery, title="*" * 100, opening="*" * 300)

    assert "Corrected: [open it](" in text_of(shown)


async def test_a_correction_of_a_deleted_message_is_a_sentence(server: Server) -> None:
    delivery = await post(server)
    form = await use(server, "correct", digest=str(delivery.id))
    await server.bot.get_partial_messageable(server.channel.id).get_partial_message(delivery.message_id or 0).delete()
    shown = await server.moderator.submit_modal(form, {"title": "Week 1", "opening": ""})

    assert "has been deleted meanwhile" in text_of(shown)


async def test_the_form_works_after_a_restart(server: Server) -> None:
    delivery = await post(server)
    form = await use(server, "correct", digest=str(delivery.id))
    await server.restart()
    await server.moderator.submit_modal(form, {"title": "Week 1", "opening": ""})

    assert text_of(posts(server.channel)[0]).startswith("## Week 1\n")
