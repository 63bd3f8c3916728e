"""``/digest schedule`` and ``/digest edit``: what is typed, what completion says of it, and what is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import discord
import pytest

from bot.digest.forms import from_json
from bot.digest.rules import Frequency, Nth, next_slots
from bot.discord.digests.composing import setting_from
from bot.store.digest_records import Schedule
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, click, text_of
from tests.discord.test_digest import (
    ESCAPED,
    HOSTILE,
    NOTHING,
    START,
    channel_without,
    deliver,
    later,
    posts,
    schedule,
    schedules,
    use,
)

MONDAY = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
FIELDS = ("days", "time", "start", "end")
on_both = pytest.mark.parametrize("command", ["schedule", "edit"])


async def names(server: Server, command: str, option: str, typed: str, **filled: Any) -> list[str]:
    if command == "edit":
        filled = {"schedule": "1"} | filled
    offered = await server.moderator.autocomplete(server.channel, f"digest {command}", option, typed, **filled)
    return [one["name"] for one in offered]


async def values(server: Server, option: str, typed: str, **filled: Any) -> list[str]:
    offered = await server.moderator.autocomplete(server.channel, "digest schedule", option, typed, **filled)
    return [one["value"] for one in offered]


async def edited(server: Server, **options: Any) -> Schedule:
    shown = await use(server, "edit", schedule="1", **options)
    assert "Changed" in text_of(shown), text_of(shown)
    (made,) = await schedules(server)
    return made


# ------------------------------------------------------------------ schedule


async def test_a_schedule_is_kept_as_it_was_asked_for(server: Server) -> None:
    channel = server.guild.create_text_channel("digests")
    role = server.guild.create_role("Readers", mentionable=True)
    made = await schedule(server, channel=channel, role=role, title="Week", opening="Read on.", quote=False)
    setting = setting_from(made.setting)

    assert (made.channel_id, made.role_id, made.state, made.next_due) == (channel.id, role.id, "active", MONDAY)
    assert (setting.title, setting.opening, setting.parts.quote, setting.parts.figure) == (
        "Week", "Read on.", False, True,
    )  # fmt: skip


async def test_the_next_three_times_are_said_on_each_readers_clock(server: Server) -> None:
    text = text_of(await use(server, "schedule", days="mon", time="9"))
    stamps = [int((MONDAY + dt.timedelta(weeks=week)).timestamp()) for week in range(3)]

    assert "\n".join(f"- <t:{stamp}:F>" for stamp in stamps) in text


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ({"repeat": "daily"}, dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)),
        ({"repeat": "weekly", "days": "tue", "time": "18:30"}, dt.datetime(2026, 1, 6, 18, 30, tzinfo=dt.UTC)),
        ({"repeat": "monthly", "days": "15"}, dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC)),
        ({"repeat": "monthly", "days": "last friday"}, dt.datetime(2026, 1, 30, 9, tzinfo=dt.UTC)),
        ({"days": "mon", "zone": "America/New_York"}, dt.datetime(2026, 1, 5, 14, tzinfo=dt.UTC)),
        ({"days": "mon", "start": "in 2 weeks"}, dt.datetime(2026, 1, 19, 9, tzinfo=dt.UTC)),
    ],
)
async def test_every_rhythm_begins_at_its_first_time(
    server: Server, options: dict[str, str], first: dt.datetime
) -> None:
    await use(server, "schedule", **options)
    (made,) = await schedules(server)

    assert made.next_due == first


async def test_the_zone_is_the_servers_where_none_is_named(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, timezone="Europe/Copenhagen"))
    made = await schedule(server)

    assert (from_json(made.rule).zone, made.next_due) == ("Europe/Copenhagen", MONDAY - dt.timedelta(hours=1))


async def test_a_schedule_can_end(server: Server) -> None:
    made = await schedule(server, end="31 January", until_exhausted=True)
    rule = from_json(made.rule)

    assert (rule.end, rule.until_exhausted) == (dt.date(2026, 1, 31), True)


async def test_a_schedule_that_cannot_be_is_refused_with_a_sentence_for_each_option(server: Server) -> None:
    text = text_of(await use(server, "schedule", repeat="weekly", days="xyz", time="25", end="yesterday"))

    assert text.startswith("That makes no schedule yet:\n- **days**: “xyz” names no day")
    assert "\n- **time**: “25” is no time of day" in text
    assert "\n- **end**: " in text
    assert await schedules(server) == []


async def test_what_was_typed_is_repeated_letter_by_letter(server: Server) -> None:
    text = text_of(await use(server, "schedule", days="**@everyone**"))

    assert "“\\*\\*\\@everyone\\*\\*” names no day" in text


@pytest.mark.parametrize(
    ("denied", "said"),
    [("view_channel", "View Channel"), ("send_messages", "Send Messages"), ("attach_files", "Attach Files")],
)
async def test_a_permission_that_i_lack_is_named(server: Server, denied: str, said: str) -> None:
    channel = channel_without(server, **{denied: False})

    assert f"I lack {said}" in text_of(await use(server, "schedule", repeat="daily", channel=channel))
    assert await schedules(server) == []


async def test_a_moderator_schedules_nothing_where_he_may_not_write(server: Server) -> None:
    channel = channel_without(server, of="moderator", send_messages=False)

    assert "You may not write in" in text_of(await use(server, "schedule", repeat="daily", channel=channel))
    assert await schedules(server) == []


async def test_sending_in_threads_is_asked_for_in_threads(server: Server) -> None:
    channel = channel_without(server, send_messages_in_threads=False)
    await server.bot.get_channel(channel.id).create_thread(name="weekly", type=discord.ChannelType.public_thread)
    await server.settle()
    (thread,) = channel.threads

    assert "I lack Send Messages in Threads" in text_of(
        await use(server, "schedule", repeat="daily", channel=thread, figure=False)
    )


async def test_a_schedule_that_would_have_nothing_to_show_is_refused(server: Server) -> None:
    assert "There is nothing to post" in text_of(await use(server, "schedule", repeat="daily", **NOTHING))


async def test_what_is_scheduled_arrives(server: Server) -> None:
    await schedule(server, title=HOSTILE, opening=HOSTILE)
    await server.restart()
    await deliver(server, MONDAY)
    (message,) = posts(server.channel)

    assert text_of(message).startswith(f"## {ESCAPED}\n{ESCAPED}")
    assert not message.mention_everyone


# ------------------------------------------------------------------ completion


async def test_completion_shows_the_next_three_times(server: Server) -> None:
    assert await names(server, "schedule", "days", "mon thu", time="20:00") == [
        "Mon, Thu 20:00 → Thu 1 Jan, Mon 5 Jan, Thu 8 Jan"
    ]


async def test_what_completion_offers_is_what_is_kept_as_typed(server: Server) -> None:
    assert await values(server, "days", "mon t") == ["mon t", "mon thu"]


async def test_completion_says_why_an_entry_cannot_be(server: Server) -> None:
    (name,) = await names(server, "schedule", "days", "xyz")

    assert name.startswith("“xyz” names no day")


async def test_completion_names_the_other_option_that_does_not_fit(server: Server) -> None:
    (name,) = await names(server, "schedule", "time", "9:00", days="xyz")

    assert name.startswith("days: “xyz” names no day")


async def test_completion_tells_one_end_from_another(server: Server) -> None:
    assert (await names(server, "schedule", "end", "", days="mon"))[:2] == [
        "Without end → Mon 5 Jan, Mon 12 Jan, Mon 19 Jan",
        "Until 29 January 2026 → Mon 5 Jan, Mon 12 Jan, Mon 19 Jan",
    ]


async def test_completion_tells_one_start_from_another(server: Server) -> None:
    assert (await names(server, "schedule", "start", "in", days="mon"))[-1] == (
        "From 15 January 2026 → Mon 19 Jan, Mon 26 Jan, Mon 2 Feb"
    )


@on_both
@pytest.mark.parametrize("option", FIELDS)
@pytest.mark.parametrize("typed", ["", "m", "9", "x" * 200, HOSTILE])
async def test_completion_keeps_to_the_limits(server: Server, command: str, option: str, typed: str) -> None:
    await schedule(server)
    filled = {} if option == "days" else {"days": "mon"}
    found = await names(server, command, option, typed, **filled)

    assert 0 < len(found) <= 25
    assert [name for name in found if not 0 < len(name) <= 100] == []
    assert len(set(found)) == len(found)


async def test_completion_of_an_edit_begins_with_what_is_kept(server: Server) -> None:
    await schedule(server, days="mon", time="9", zone="Europe/Copenhagen")

    assert await names(server, "edit", "time", "10") == ["Mondays 10:00 → Mon 5 Jan, Mon 12 Jan, Mon 19 Jan"]


async def test_completion_suggests_zones_with_their_time(server: Server) -> None:
    assert await names(server, "schedule", "zone", "copenh") == ["Europe/Copenhagen (01:00 there)"]


async def test_completion_names_schedules_by_number_rhythm_channel_and_title(server: Server) -> None:
    await schedule(server, title="Mondays with Hansen")

    assert await names(server, "edit", "schedule", "") == ["#1 · Mondays 09:00 · #reading · Mondays with Hansen"]


async def test_completion_finds_schedules_by_what_is_typed(server: Server) -> None:
    await schedule(server, days="mon")
    await schedule(server, days="fri")

    assert await names(server, "edit", "schedule", "fri") == ["#2 · Fridays 09:00 · #reading"]


# ------------------------------------------------------------------ edit


async def test_what_is_left_out_of_an_edit_stays(server: Server) -> None:
    before = await schedule(server, title="Week", opening="Read on.", quote=False, end="31 January")
    after = await edited(server, title="Another week")

    assert setting_from(after.setting) != setting_from(before.setting)
    assert setting_from(after.setting).opening == "Read on."
    assert (after.rule, after.next_due, after.channel_id) == (before.rule, before.next_due, before.channel_id)


async def test_a_new_time_moves_what_is_due(server: Server) -> None:
    await schedule(server)

    assert (await edited(server, time="10:30")).next_due == MONDAY + dt.timedelta(minutes=90)


async def test_a_new_rhythm_brings_its_own_days(server: Server) -> None:
    await schedule(server)
    rule = from_json((await edited(server, repeat="monthly", days="first friday")).rule)

    assert (rule.frequency, rule.nth, rule.at) == (Frequency.MONTHLY, Nth(1, 4), dt.time(9))


async def test_a_dash_clears_a_title_and_an_opening(server: Server) -> None:
    await schedule(server, title="Week", opening="Read on.")
    setting = setting_from((await edited(server, title="-", opening="-")).setting)

    assert (setting.title, setting.opening) == ("", "")


async def test_a_role_can_be_left_in_peace(server: Server) -> None:
    await schedule(server, role=server.guild.create_role("Readers", mentionable=True))

    assert (await edited(server, no_role=True)).role_id is None


async def test_an_edit_takes_no_role_that_the_moderator_may_not_ping(server: Server) -> None:
    await schedule(server)
    role = server.guild.create_role("Readers")

    assert "You may not ping" in text_of(await use(server, "edit", schedule="1", role=role))


async def test_a_schedule_moves_to_another_channel(server: Server) -> None:
    await schedule(server)
    channel = server.guild.create_text_channel("digests")
    await edited(server, channel=channel)
    await deliver(server, MONDAY)

    assert (len(posts(channel)), len(posts(server.channel))) == (1, 0)


async def test_a_schedule_does_not_move_where_i_may_not_post(server: Server) -> None:
    before = await schedule(server)
    channel = channel_without(server, send_messages=False)

    assert "I lack Send Messages" in text_of(await use(server, "edit", schedule="1", channel=channel))
    assert await schedules(server) == [before]


async def test_an_edit_without_changes_says_so(server: Server) -> None:
    await schedule(server)

    assert "Nothing would change" in text_of(await use(server, "edit", schedule="1"))


async def test_an_edit_that_cannot_be_changes_nothing(server: Server) -> None:
    before = await schedule(server)

    assert "- **end**: " in text_of(await use(server, "edit", schedule="1", end="yesterday"))
    assert await schedules(server) == [before]


async def test_a_schedule_that_had_ended_goes_on_with_a_later_end(server: Server) -> None:
    made = await schedule(server, days="mon", end="6 January")
    await deliver(server, MONDAY)
    assert (await schedules(server))[0].state == "ended"
    await later(server, days=10)
    after = await edited(server, end="31 January")

    assert (after.state, after.next_due) == ("active", MONDAY + dt.timedelta(weeks=1))
    assert made.id == after.id


async def test_a_skipped_date_stays_skipped_when_the_title_changes(server: Server) -> None:
    await schedule(server)
    await use(server, "skip", schedule="1")

    assert (await edited(server, title="Week")).next_due == MONDAY + dt.timedelta(weeks=1)


async def test_a_rule_that_cannot_be_read_any_more_is_a_sentence(server: Server) -> None:
    await server.store.digests.create(
        server.guild.id, server.channel.id, "hansen-2016", {"zone": "Mars/Base"}, {}, None, 3, START, START
    )

    assert "delete it, and schedule it anew" in text_of(await use(server, "edit", schedule="1", time="10"))
    assert await names(server, "edit", "schedule", "") == ["#1 · unreadable · #reading"]


# ------------------------------------------------------------------ the form of a preview


async def fill(server: Server, restart: bool = False, **typed: str) -> Any:
    shown = await use(server, "preview", title="Week", opening="Read on.")
    form = await click(server.moderator, shown, "Schedule")
    if restart:
        await server.restart()
    known = {"repeat": ["weekly"], "days": "mon", "time": "09:00", "start": "", "end": ""}
    return await server.moderator.submit_modal(form, known | typed)


async def test_a_preview_can_be_scheduled(server: Server) -> None:
    await fill(server)
    (made,) = await schedules(server)

    assert (setting_from(made.setting).title, made.next_due) == ("Week", MONDAY)


async def test_the_form_works_after_a_restart(server: Server) -> None:
    await fill(server, restart=True)

    assert len(await schedules(server)) == 1


async def test_the_form_says_what_cannot_be(server: Server) -> None:
    assert "- **days**: “xyz” names no day" in text_of(await fill(server, days="xyz"))
    assert await schedules(server) == []


async def test_the_form_goes_by_the_clock_of_the_server(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, timezone="Europe/Copenhagen"))
    await fill(server)
    (made,) = await schedules(server)

    assert (made.next_due,) == next_slots(from_json(made.rule), START, 1)
    assert from_json(made.rule).zone == "Europe/Copenhagen"
