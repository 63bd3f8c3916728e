from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord
from discord import ui

from bot.answers.askers import Asker, asker
from bot.discord.library import Library
from bot.files.english import common_english
from bot.store.faults import StoreFault
from bot.store.guilds import Guilds
from bot.store.records import GuildSettings
from tests.discord.conftest import (
    Server,
    button_id,
    choose,
    click,
    components,
    defaults,
    labels,
    message_of,
    select_of,
    text_of,
)

HOSTILE = "@everyone **free** [nitro](https://evil.example) <@1> `x`"


async def open_panel(server: Server, page: str = "Reading") -> simcord.InteractionResult:
    shown = await server.admin.slash(server.channel, "settings show")
    return shown if page == "Reading" else await click(server.admin, shown, page)


async def kept(server: Server) -> GuildSettings:
    return await server.store.guilds.get(server.guild.id)


def renamed(one: Asker, number: int, name: str) -> Asker:
    pack = replace(one.pack, id=f"pack-{number}", short=name)
    return asker(pack, common_english())


# ------------------------------------------------------------------ the panel


async def test_the_panel_is_for_its_opener_alone(server: Server) -> None:
    assert (await open_panel(server)).ephemeral


async def test_the_panel_shows_what_a_server_has_without_choosing(server: Server) -> None:
    text = text_of(await open_panel(server))

    assert "**Private by default**: off" in text
    assert "**Feedback**: on" in text
    assert "**Time zone**: UTC (it is 00:00 there)" in text


async def test_a_page_turns_in_place(server: Server) -> None:
    shown = await open_panel(server)
    turned = await click(server.admin, shown, "People")

    assert message_of(turned).id == message_of(shown).id
    assert "**Instructor role**: none" in text_of(turned)


@pytest.mark.parametrize("page", ["Reading", "Channels", "People"])
async def test_the_button_of_the_page_that_is_open_is_off(server: Server, page: str) -> None:
    shown = await open_panel(server, page)

    assert [one["label"] for one in components(shown) if one.get("disabled")] == [page]


async def test_the_panel_works_after_a_restart(server: Server) -> None:
    shown = await open_panel(server)
    await server.restart()
    await click(server.admin, shown, "Answer privately")

    assert (await kept(server)).private


async def test_what_was_chosen_is_there_after_a_restart(server: Server) -> None:
    await click(server.admin, await open_panel(server), "Answer privately")
    await server.restart()

    assert "**Private by default**: on" in text_of(await open_panel(server))


# ------------------------------------------------------------------ who may


async def test_who_does_not_run_the_server_is_not_offered_the_command(server: Server) -> None:
    assert "settings show" not in server.moderator.available_commands(server.channel)


async def test_a_server_that_offers_it_to_all_lets_no_reader_in(server: Server) -> None:
    command = next(one for one in await server.bot.tree.fetch_commands() if one.name == "settings")
    server.guild.set_command_permissions(command, {server.reader: True})
    shown = await server.reader.slash(server.channel, "settings show")

    assert "it takes Manage Server" in text_of(shown)


async def test_a_zone_is_not_set_by_who_does_not_run_the_server(server: Server) -> None:
    command = next(one for one in await server.bot.tree.fetch_commands() if one.name == "settings")
    server.guild.set_command_permissions(command, {server.reader: True})
    await server.reader.slash(server.channel, "settings timezone", zone="Europe/Berlin")

    assert (await kept(server)).timezone == "UTC"


async def test_direct_messages_have_no_settings(server: Server) -> None:
    assert not [name for name in server.admin.user.available_commands() if name.startswith("settings")]


async def test_the_command_is_for_servers_that_added_the_bot(server: Server) -> None:
    declared = next(one.json for one in server.env.http_requests if one.path.endswith("/commands"))
    command = next(one for one in declared if one["name"] == "settings")

    assert (command["contexts"], command["integration_types"]) == ([0], [0])


async def test_a_panel_is_of_no_use_to_who_runs_the_server_no_more(server: Server) -> None:
    shown = await open_panel(server)
    server.admin = server.demote(server.admin)
    refused = await click(server.admin, shown, "Answer privately")

    assert "it takes Manage Server" in text_of(refused)
    assert not (await kept(server)).private


@pytest.mark.parametrize(
    "state",
    [
        "set-page:people",
        "set-switch:private.1",
        "set-forget:",
        "set-ask:",
        "set-post:digest_channel",
        "set-role:moderator_role",
        "set-brief:0",
        "set-bind:0",
        "set-bound:aaaaaaaa",
    ],
)
async def test_no_part_of_a_panel_obeys_a_reader(server: Server, state: str) -> None:
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:{state}"))
    refused = await server.reader.click(forged, label="Press")

    assert "it takes Manage Server" in text_of(refused) or "not in my library" in text_of(refused)
    assert await kept(server) == GuildSettings(server.guild.id)


# ------------------------------------------------------------------ switches


@pytest.mark.parametrize(
    ("on", "off", "name"),
    [
        ("Answer privately", "Answer publicly", "private"),
        ("Count private ones", "Leave private ones out", "count_private"),
        ("Turn feedback on", "Turn feedback off", "feedback"),
    ],
)
async def test_a_switch_goes_on_and_off(server: Server, on: str, off: str, name: str) -> None:
    shown = await open_panel(server)
    first, second = (off, on) if name == "feedback" else (on, off)
    shown = await click(server.admin, shown, first)
    between = getattr(await kept(server), name)
    await click(server.admin, shown, second)

    assert (between, getattr(await kept(server), name)) == (first == on, second == on)


async def test_a_change_is_said_in_a_quiet_line(server: Server) -> None:
    shown = await click(server.admin, await open_panel(server), "Answer privately")

    assert "-# Saved: “Private by default” is on." in text_of(shown)


async def test_an_old_panel_sets_what_its_button_says(server: Server) -> None:
    old = await open_panel(server)
    pressed = button_id(old, "Answer privately")
    again = await server.post(ui.Button(label="Old", custom_id=pressed))
    await click(server.admin, old, "Answer privately")
    await server.admin.click(again, label="Old")

    assert (await kept(server)).private


@pytest.mark.parametrize(
    "state",
    [
        "set-switch:guild_id.1",
        "set-switch:private.7",
        "set-switch:",
        "set-page:moon",
        "set-post:guild_id",
        "set-role:pack",
        "set-brief:0",
        "set-bind:",
        "set-bound:zzzzzzzz",
        "set-page:channels.zzzzzzzz.99999",
    ],
)
async def test_a_state_that_was_never_written_gets_a_sentence(server: Server, state: str) -> None:
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:{state}"))
    refused = await server.admin.click(forged, label="Press")

    assert "This panel is of another version" in text_of(refused) or "not in my library" in text_of(refused)
    assert await kept(server) == GuildSettings(server.guild.id)


# ------------------------------------------------------------------ briefs


async def test_one_brief_is_named_and_not_to_be_chosen(server: Server) -> None:
    shown = await open_panel(server)

    assert "the only one that I have here" in text_of(shown)
    assert not [one for one in components(shown) if one["type"] == 3]


async def test_one_brief_answers_in_every_channel(server: Server) -> None:
    assert "it answers in all" in text_of(await open_panel(server, "Channels"))


@pytest.mark.two_briefs
async def test_the_brief_of_the_server_is_chosen(server: Server) -> None:
    tiny = server.library.volumes[1]
    shown = await choose(server.admin, await open_panel(server), "set-brief", [tiny.id_key])

    assert (await kept(server)).pack == "tiny"
    assert defaults(shown, "set-brief") == {tiny.id_key}


@pytest.mark.two_briefs
async def test_the_chosen_brief_answers(server: Server) -> None:
    await choose(server.admin, await open_panel(server), "set-brief", [server.library.volumes[1].id_key])
    shown = await server.reader.slash(server.channel, "ask", question="Do tests matter?")

    assert "Tests matter" in text_of(shown)


@pytest.mark.two_briefs
async def test_a_brief_that_is_gone_is_named_as_such(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, pack="old-`brief`"))
    shown = await open_panel(server)

    assert "`old-ʼbriefʼ` was chosen, but is not in my library any more" in text_of(shown)
    assert defaults(shown, "set-brief") == set()


@pytest.mark.two_briefs
async def test_channels_are_bound_to_a_brief(server: Server) -> None:
    tiny = server.library.volumes[1]
    shown = await choose(server.admin, await open_panel(server, "Channels"), "set-bind", [tiny.id_key])
    shown = await choose(server.admin, shown, "set-bound", [server.channel])

    assert dict((await kept(server)).channel_packs) == {server.channel.id: "tiny"}
    assert defaults(shown, "set-bound") == {server.channel.id}
    assert f"“{tiny.name}”: 1 channel" in text_of(shown)


@pytest.mark.two_briefs
async def test_a_channel_that_another_brief_takes_leaves_the_first(server: Server) -> None:
    first, tiny = server.library.volumes
    settings = GuildSettings(server.guild.id, channel_packs={server.channel.id: first.id})
    await server.services.book.save(settings)
    shown = await choose(server.admin, await open_panel(server, "Channels"), "set-bind", [tiny.id_key])
    await choose(server.admin, shown, "set-bound", [server.channel])

    assert dict((await kept(server)).channel_packs) == {server.channel.id: "tiny"}


@pytest.mark.two_briefs
async def test_channels_are_set_free(server: Server) -> None:
    tiny = server.library.volumes[1]
    await server.services.book.save(
        GuildSettings(server.guild.id, channel_packs={server.channel.id: "tiny", 7: "gone"})
    )
    shown = await choose(server.admin, await open_panel(server, "Channels"), "set-bind", [tiny.id_key])
    await choose(server.admin, shown, "set-bound", [])

    assert dict((await kept(server)).channel_packs) == {7: "gone"}


async def test_channels_of_a_brief_that_is_gone_are_shown_and_forgotten(server: Server) -> None:
    await server.services.book.save(
        GuildSettings(server.guild.id, channel_packs={server.channel.id: "gone", 7: "gone"})
    )
    shown = await open_panel(server, "Channels")
    text = text_of(shown)
    shown = await click(server.admin, shown, "Forget")

    assert "Bound to what is not in my library any more: 2 channels (`gone`)" in text
    assert ((await kept(server)).channel_packs, "Forget" in labels(shown)) == ({}, False)


# ------------------------------------------------------------------ channels and roles


async def test_ask_channels_are_chosen(server: Server) -> None:
    other = server.guild.create_text_channel("other")
    shown = await choose(server.admin, await open_panel(server, "Channels"), "set-ask", [server.channel, other])

    assert (await kept(server)).ask_channels == {server.channel.id, other.id}
    assert defaults(shown, "set-ask") == {server.channel.id, other.id}


async def test_elsewhere_only_the_asker_sees_an_answer(server: Server) -> None:
    other = server.guild.create_text_channel("other")
    await choose(server.admin, await open_panel(server, "Channels"), "set-ask", [other])
    shown = await server.reader.slash(server.channel, "ask", question="Who wrote it?")

    assert shown.ephemeral


async def test_without_ask_channels_answers_are_public_everywhere(server: Server) -> None:
    shown = await choose(server.admin, await open_panel(server, "Channels"), "set-ask", [server.channel])
    shown = await choose(server.admin, shown, "set-ask", [])

    assert (await kept(server)).ask_channels == frozenset()
    assert "**Ask channels**: everywhere" in text_of(shown)


async def test_a_channel_that_is_gone_is_counted_and_not_chosen_beforehand(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, ask_channels=frozenset({7, server.channel.id})))
    shown = await open_panel(server, "Channels")

    assert f"**Ask channels**: <#{server.channel.id}>, 1 that I cannot see" in text_of(shown)
    assert defaults(shown, "set-ask") == {server.channel.id}


@pytest.mark.parametrize("name", ["digest_channel", "log_channel"])
async def test_a_channel_to_post_in_is_chosen_and_cleared(server: Server, name: str) -> None:
    shown = await open_panel(server, "Channels")
    shown = await server.admin.select(message_of(shown), [server.channel], custom_id=f"bb:set-post:{name}")
    chosen = getattr(await kept(server), name)
    await server.admin.select(message_of(shown), [], custom_id=f"bb:set-post:{name}")

    assert (chosen, getattr(await kept(server), name)) == (server.channel.id, None)


async def test_a_channel_where_the_bot_may_not_write_is_kept_and_said(server: Server) -> None:
    deny = discord.PermissionOverwrite(send_messages=False)
    quiet = server.guild.create_text_channel("quiet", overwrites={server.guild.me: deny})
    shown = await open_panel(server, "Channels")
    shown = await server.admin.select(message_of(shown), [quiet], custom_id="bb:set-post:digest_channel")

    assert "I cannot post there yet: I need Send Messages there." in text_of(shown)
    assert (await kept(server)).digest_channel == quiet.id


async def test_a_channel_that_the_bot_cannot_see_is_kept_and_said(server: Server) -> None:
    deny = discord.PermissionOverwrite(view_channel=False)
    hidden = server.guild.create_text_channel("hidden", overwrites={server.guild.me: deny})
    shown = await open_panel(server, "Channels")
    shown = await server.admin.select(message_of(shown), [hidden], custom_id="bb:set-post:log_channel")

    assert "I need View Channel and Send Messages there." in text_of(shown)


async def test_a_channel_where_the_bot_may_write_needs_no_word(server: Server) -> None:
    shown = await open_panel(server, "Channels")
    shown = await server.admin.select(message_of(shown), [server.channel], custom_id="bb:set-post:log_channel")

    assert f"-# Saved: log channel: <#{server.channel.id}>.\n" in text_of(shown)


async def test_a_channel_that_discord_does_not_vouch_for_is_not_kept(server: Server) -> None:
    elsewhere = server.env.create_guild("Elsewhere").create_text_channel("secret")
    option = discord.SelectOption(label="secret", value=str(elsewhere.id))
    forged = await server.post(ui.Select(custom_id="bb:set-post:digest_channel", options=[option]))
    refused = await server.admin.select(forged, [str(elsewhere.id)])

    assert "please choose again" in text_of(refused)
    assert (await kept(server)).digest_channel is None


@pytest.mark.parametrize("name", ["instructor_role", "moderator_role"])
async def test_a_role_is_chosen_and_cleared(server: Server, name: str) -> None:
    role = server.guild.create_role("Teachers")
    shown = await open_panel(server, "People")
    shown = await server.admin.select(message_of(shown), [role], custom_id=f"bb:set-role:{name}")
    chosen, text = getattr(await kept(server), name), text_of(shown)
    await server.admin.select(message_of(shown), [], custom_id=f"bb:set-role:{name}")

    assert (chosen, getattr(await kept(server), name)) == (role.id, None)
    assert role.mention in text


async def test_the_role_of_everyone_leads_nobody(server: Server) -> None:
    shown = await open_panel(server, "People")
    role = server.guild.default_role
    refused = await server.admin.select(message_of(shown), [role], custom_id="bb:set-role:instructor_role")

    assert "That role is everyone’s" in text_of(refused)
    assert (await kept(server)).instructor_role is None


async def test_who_has_the_instructor_role_leads(server: Server) -> None:
    role = server.guild.create_role("Teachers")
    teacher = server.with_role("tess", role)
    shown = await open_panel(server, "People")
    await server.admin.select(message_of(shown), [role], custom_id="bb:set-role:instructor_role")

    assert "Nothing waits here" in text_of(await teacher.slash(server.channel, "unanswered list"))


# ------------------------------------------------------------------ limits and hostile words


async def test_a_long_library_has_pages(server: Server, tiny: Asker) -> None:
    await server.restart(Library([renamed(tiny, number, f"Brief {number}") for number in range(30)]))
    shown = await click(server.admin, await open_panel(server), "Further briefs")
    options = [one["label"] for one in select_of(shown, "set-brief")["options"]]

    assert options == [f"Brief {number}" for number in range(25, 30)]
    assert "Earlier briefs" in labels(shown)


async def test_the_channels_page_turns_a_long_library_too(server: Server, tiny: Asker) -> None:
    library = Library([renamed(tiny, number, f"Brief {number}") for number in range(30)])
    await server.restart(library)
    shown = await click(server.admin, await open_panel(server, "Channels"), "Further briefs")
    shown = await choose(server.admin, shown, "set-bind", [library.volumes[29].id_key])

    assert "Channels of “Brief 29”:" in text_of(shown)


async def test_the_fullest_pages_fit(server: Server, tiny: Asker) -> None:
    channels = [server.guild.create_text_channel(f"c{number}") for number in range(25)]
    library = Library([renamed(tiny, number, f"{number}*" * 60) for number in range(30)])
    await server.restart(library)
    ids = [channel.id for channel in channels]
    bound = {number: f"pack-{number % 30}" for number in range(60)} | dict.fromkeys(ids, "pack-3")
    gone = {1_000 + number: f"gone-{number}" * 5 for number in range(9)}
    await server.services.book.save(
        GuildSettings(
            server.guild.id,
            pack="*" * 300,
            channel_packs=bound | gone,
            ask_channels=frozenset([*ids, 7]),
            digest_channel=7,
            log_channel=8,
            instructor_role=9,
            moderator_role=10,
            timezone="America/Argentina/ComodRivadavia",
        )
    )
    shown = await choose(server.admin, await open_panel(server, "Channels"), "set-bind", [library.volumes[3].id_key])
    pages = [await click(server.admin, shown, page) for page in ("Reading", "People", "Channels")]

    assert all(len(components(page)) <= 40 and len(text_of(page)) <= 4_000 for page in [shown, *pages])


async def test_the_name_of_a_brief_is_shown_letter_by_letter(server: Server, shipped: Asker, tiny: Asker) -> None:
    await server.restart(Library([renamed(tiny, 1, HOSTILE), shipped]))
    text = text_of(await open_panel(server))

    assert "\\@everyone \\*\\*free\\*\\*" in text


# ------------------------------------------------------------------ the time zone


async def test_a_time_zone_is_set_and_its_time_said(server: Server) -> None:
    shown = await server.admin.slash(server.channel, "settings timezone", zone="Europe/Berlin")

    assert "**Europe/Berlin** now: <t:1767225600:t> on your clock is 01:00 there." in text_of(shown)
    assert (shown.ephemeral, (await kept(server)).timezone) == (True, "Europe/Berlin")


@pytest.mark.parametrize(("typed", "zone"), [("berlin", "Europe/Berlin"), ("america/new york", "America/New_York")])
async def test_a_time_zone_is_known_by_its_city(server: Server, typed: str, zone: str) -> None:
    await server.admin.slash(server.channel, "settings timezone", zone=typed)

    assert (await kept(server)).timezone == zone


async def test_an_unknown_time_zone_is_refused_with_the_nearest(server: Server) -> None:
    shown = await server.admin.slash(server.channel, "settings timezone", zone="Europe/Berlim")

    assert "Did you mean Europe/Berlin?" in text_of(shown)
    assert (await kept(server)).timezone == "UTC"


async def test_a_hostile_time_zone_is_repeated_letter_by_letter(server: Server) -> None:
    shown = await server.admin.slash(server.channel, "settings timezone", zone=HOSTILE)

    assert "\\@everyone \\*\\*free\\*\\*" in text_of(shown)


async def test_a_time_zone_of_6000_characters_gets_a_short_sentence(server: Server) -> None:
    shown = await server.admin.slash(server.channel, "settings timezone", zone="Z" * 6_000)

    assert len(text_of(shown)) < 200


async def test_time_zones_are_completed(server: Server) -> None:
    offered = await server.admin.autocomplete(server.channel, "settings timezone", "zone", "copenh")

    assert offered[0]["value"] == "Europe/Copenhagen"


async def test_a_zone_that_this_machine_does_not_know_is_shown_as_such(server: Server) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, timezone="Mars/Olympus"))

    assert "Mars/Olympus (a zone that this machine does not know)" in text_of(await open_panel(server))


# ------------------------------------------------------------------ faults


@pytest.mark.faulty
async def test_settings_that_cannot_be_read_are_not_overwritten(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.services.book.save(GuildSettings(server.guild.id, feedback=False, timezone="Europe/Oslo"))
    shown = await open_panel(server)
    await server.restart()
    with monkeypatch.context() as broken:
        broken.setattr(Guilds, "get", locked)
        failed = await click(server.admin, shown, "Answer privately")

    assert "My memory is busy just now" in text_of(failed)
    assert await kept(server) == GuildSettings(server.guild.id, feedback=False, timezone="Europe/Oslo")


async def locked(*_: object) -> None:
    raise StoreFault("the database briefbot.sqlite3 has been locked by another program for too long")


async def test_nobody_is_pinged(server: Server) -> None:
    await choose(server.admin, await open_panel(server, "Channels"), "set-ask", [server.channel])
    sent: list[Any] = [one.json["data"] for one in server.env.http_requests if one.path.endswith("/callback")]

    assert [one.get("allowed_mentions", {}).get("parse") for one in sent] == [[], [], []]
