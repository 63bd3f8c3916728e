"""``/digest list``, ``skip``, ``pause``, ``resume`` and ``delete``."""

from __future__ import annotations

import datetime as dt
import re

import discord
import pytest
import simcord

from bot.discord.digests.listing import PER_PAGE
from tests.discord.conftest import Server, click, labels, message_of, text_of
from tests.discord.test_digest import ESCAPED, HOSTILE, START, deliver, later, posts, schedule, schedules, use

MONDAY = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)


def stamp(at: dt.datetime, style: str = "F") -> str:
    return f"<t:{int(at.timestamp())}:{style}>"


# ------------------------------------------------------------------ list


async def test_an_empty_list_is_a_sentence(server: Server) -> None:
    assert "Nothing is scheduled." in text_of(await use(server, "list"))


async def test_the_list_says_when_each_is_due_next(server: Server) -> None:
    await schedule(server, zone="Europe/Copenhagen")
    text = text_of(await use(server, "list"))
    due = MONDAY - dt.timedelta(hours=1)

    assert f"**#1** in <#{server.channel.id}>: every Monday at 09:00 (Europe/Copenhagen)" in text
    assert f"**Next:** {stamp(due)} ({stamp(due, 'R')})" in text


async def test_the_list_links_to_the_last_digest(server: Server) -> None:
    await schedule(server)
    await deliver(server, MONDAY)
    (message,) = posts(server.channel)
    where = f"https://discord.com/channels/{server.guild.id}/{server.channel.id}/{message.id}"

    assert f"on time, [open it]({where})" in text_of(await use(server, "list"))


async def test_the_list_says_what_rests_and_until_when(server: Server) -> None:
    await schedule(server)
    await use(server, "pause", schedule="1", until="2 February")

    assert f"**Paused** until {stamp(dt.datetime(2026, 2, 2, tzinfo=dt.UTC), 'D')}" in text_of(
        await use(server, "list")
    )


async def test_the_list_says_why_a_schedule_was_stopped(server: Server) -> None:
    made = await schedule(server)
    await server.store.digests.disable(made.id, "I lack Send Messages in the channel.")

    assert "**Stopped**: I lack Send Messages in the channel." in text_of(await use(server, "list"))


async def test_the_list_shows_titles_letter_by_letter(server: Server) -> None:
    await schedule(server, title=HOSTILE)

    assert f"Title: {ESCAPED}" in text_of(await use(server, "list"))


async def test_a_long_list_has_pages_that_turn_after_a_restart(server: Server) -> None:
    for _ in range(PER_PAGE + 1):
        await schedule(server)
    shown = await use(server, "list")
    first = numbers(shown)
    await server.restart()
    turned = await click(server.moderator, shown, "Next page (2 of 2)")

    assert (first, numbers(turned)) == (list(range(1, PER_PAGE + 1)), [PER_PAGE + 1])
    assert message_of(turned).id == message_of(shown).id


@pytest.mark.parametrize("state", ["", "x", "999", "9" * 30])
async def test_a_page_that_is_not_there_is_the_nearest(server: Server, state: str) -> None:
    await schedule(server)
    forged = await server.post(discord.ui.Button(label="Press", custom_id=f"bb:digest-list:{state}"))

    assert numbers(await click(server.moderator, forged, "Press")) == [1]


def numbers(shown: simcord.InteractionResult) -> list[int]:
    return [int(one) for one in re.findall(r"^\*\*#(\d+)\*\*", text_of(shown), re.MULTILINE)]


# ------------------------------------------------------------------ skip


async def test_the_next_digest_is_skipped_and_the_one_after_comes(server: Server) -> None:
    await schedule(server)
    text = text_of(await use(server, "skip", schedule="1"))
    await deliver(server, MONDAY)
    none = len(posts(server.channel))
    await deliver(server, MONDAY + WEEK)

    assert f"Skipped {stamp(MONDAY)} of schedule #1. Next is {stamp(MONDAY + WEEK)}." in text
    assert (none, len(posts(server.channel))) == (0, 1)


async def test_the_skip_of_the_last_digest_ends_the_schedule(server: Server) -> None:
    await schedule(server, end="6 January")

    assert "That was the last, so the schedule has ended." in text_of(await use(server, "skip", schedule="1"))
    assert [one.state for one in await schedules(server)] == ["ended"]


async def test_what_has_ended_has_nothing_to_skip(server: Server) -> None:
    await schedule(server, end="6 January")
    await use(server, "skip", schedule="1")

    assert "there is nothing to skip" in text_of(await use(server, "skip", schedule="1"))


async def test_what_is_being_posted_is_not_skipped(server: Server) -> None:
    await schedule(server)
    await server.store.digests.claim(MONDAY, "somebody", MONDAY + dt.timedelta(minutes=2), 1)

    assert "being posted right now" in text_of(await use(server, "skip", schedule="1"))


# ------------------------------------------------------------------ pause and resume


async def test_a_paused_schedule_posts_nothing(server: Server) -> None:
    await schedule(server)
    await use(server, "pause", schedule="1")
    await deliver(server, MONDAY)

    assert posts(server.channel) == []


async def test_a_schedule_goes_on_by_itself_on_the_date_that_was_named(server: Server) -> None:
    await schedule(server)
    text = text_of(await use(server, "pause", schedule="1", until="in 2 weeks"))
    await deliver(server, dt.datetime(2026, 1, 15, tzinfo=dt.UTC))
    await deliver(server, MONDAY + 2 * WEEK)

    assert f"It goes on by itself on {stamp(dt.datetime(2026, 1, 15, tzinfo=dt.UTC), 'D')}" in text
    assert len(posts(server.channel)) == 1


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("xyz", "“xyz” is no date"),
        ("today", "tomorrow at the earliest"),
        ("2050-01-01", "more than ten years away"),
        ("in 3 months", "Nothing would be due from that date on"),
    ],
)
async def test_a_date_on_which_it_cannot_go_on_is_refused(server: Server, until: str, said: str) -> None:
    await schedule(server, end="31 January")

    assert said in text_of(await use(server, "pause", schedule="1", until=until))
    assert [one.state for one in await schedules(server)] == ["active"]


async def test_a_pause_can_have_another_end(server: Server) -> None:
    await schedule(server)
    await use(server, "pause", schedule="1", until="in 2 weeks")
    await use(server, "pause", schedule="1")

    assert [(one.state, one.resume_at) for one in await schedules(server)] == [("paused", None)]


async def test_what_has_ended_is_not_paused(server: Server) -> None:
    await schedule(server, end="6 January")
    await use(server, "skip", schedule="1")

    assert "it is ended" in text_of(await use(server, "pause", schedule="1"))


async def test_a_paused_schedule_is_resumed(server: Server) -> None:
    await schedule(server)
    await use(server, "pause", schedule="1")
    text = text_of(await use(server, "resume", schedule="1"))
    await deliver(server, MONDAY)

    assert f"Next is {stamp(MONDAY)}." in text
    assert len(posts(server.channel)) == 1


async def test_what_was_skipped_stays_skipped_after_a_pause(server: Server) -> None:
    await schedule(server)
    await use(server, "skip", schedule="1")
    await use(server, "pause", schedule="1")

    assert f"Next is {stamp(MONDAY + WEEK)}." in text_of(await use(server, "resume", schedule="1"))


async def test_what_passed_in_a_pause_is_not_made_up_for(server: Server) -> None:
    await schedule(server)
    await use(server, "pause", schedule="1")
    await later(server, days=6)

    assert f"Next is {stamp(MONDAY + WEEK)}." in text_of(await use(server, "resume", schedule="1"))


async def test_what_runs_is_not_resumed(server: Server) -> None:
    await schedule(server)

    assert "neither paused nor stopped" in text_of(await use(server, "resume", schedule="1"))


async def test_a_schedule_whose_end_has_passed_is_not_resumed(server: Server) -> None:
    await schedule(server, end="6 January")
    await use(server, "pause", schedule="1")
    await later(server, days=9)

    assert "give it a later end" in text_of(await use(server, "resume", schedule="1"))


async def test_a_stopped_schedule_goes_on_once_i_may_post_again(server: Server) -> None:
    role = server.guild.create_role("Muted")
    channel = server.guild.create_text_channel(
        "elsewhere", overwrites={server.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )
    made = await server.store.digests.create(
        server.guild.id, channel.id, "hansen-2016", (await schedule(server)).rule, {}, role.id, 3, START, MONDAY
    )
    await server.store.digests.disable(made.id, "I lack Send Messages in the channel.")
    refused = text_of(await use(server, "resume", schedule=str(made.id)))
    await use(server, "edit", schedule=str(made.id), channel=server.channel, no_role=True)
    done = text_of(await use(server, "resume", schedule=str(made.id)))

    assert "I lack Send Messages" in refused
    assert f"Schedule #{made.id} goes on. Next is {stamp(MONDAY)}." in done


async def test_completion_says_when_a_pause_would_end(server: Server) -> None:
    await schedule(server)
    offered = await server.moderator.autocomplete(server.channel, "digest pause", "until", "in 2", schedule="1")

    assert [(one["name"], one["value"]) for one in offered] == [
        ("“in 2” is no date; write 2026-12-01, 1 December, tomorrow or next monday.", "in 2"),
        ("in 2 weeks: from 15 January 2026 on; due 19 January 2026, 09:00", "in 2 weeks"),
    ]


@pytest.mark.parametrize("typed", ["", "x" * 200, HOSTILE])
async def test_completion_of_a_pause_keeps_to_the_limits(server: Server, typed: str) -> None:
    await schedule(server)
    offered = await server.moderator.autocomplete(server.channel, "digest pause", "until", typed, schedule="1")

    assert offered
    assert [one for one in offered if len(one["name"]) > 100 or len(one["value"]) > 100] == []


# ------------------------------------------------------------------ delete


async def test_a_schedule_is_not_deleted_before_the_second_yes(server: Server) -> None:
    await schedule(server)
    shown = await use(server, "delete", schedule="1")

    assert "Delete schedule #1 in" in text_of(shown)
    assert labels(shown) == ["Delete it"]
    assert len(await schedules(server)) == 1


async def test_a_schedule_is_deleted_and_what_it_posted_stays(server: Server) -> None:
    await schedule(server)
    await deliver(server, MONDAY)
    shown = await use(server, "delete", schedule="1")
    await server.restart()
    done = await click(server.moderator, shown, "Delete it")
    await deliver(server, MONDAY + WEEK)

    assert "Schedule #1 is deleted." in text_of(done)
    assert (await schedules(server), len(posts(server.channel))) == ([], 1)


async def test_a_schedule_is_deleted_once(server: Server) -> None:
    await schedule(server)
    first, second = await use(server, "delete", schedule="1"), await use(server, "delete", schedule="1")
    await click(server.moderator, first, "Delete it")

    assert "no such schedule" in text_of(await click(server.moderator, second, "Delete it"))


async def test_who_moderates_no_more_deletes_nothing(server: Server) -> None:
    await schedule(server)
    shown = await use(server, "delete", schedule="1")
    server.moderator = server.demote(server.moderator)

    assert "This is for moderators" in text_of(await click(server.moderator, shown, "Delete it"))
    assert len(await schedules(server)) == 1
