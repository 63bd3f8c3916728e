"""The panel of ``/settings show``: three pages of switches and selects; each shows the state as it is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import discord
from discord import ui

from bot.discord.actions import custom_id
from bot.discord.cards.layout import Tone, beside, body, button, card, heading, line
from bot.discord.library import Library, Volume
from bot.discord.markdown import shortened
from bot.store.records import GuildSettings

MOST_CHOSEN = 25  # options and choices of one select
_MOST_LINES = 12
_ROOM_NAME = 80
SWITCHES = {  # its name, what it means, and the buttons that turn it on and off
    "private": (
        "Private by default",
        "Only who asks sees an answer, unless `private` says otherwise.",
        ("Answer privately", "Answer publicly"),
    ),
    "count_private": (
        "Count private questions",
        "Questions that the brief does not answer are kept without their asker; private ones only when this is on.",
        ("Count private ones", "Leave private ones out"),
    ),
    "feedback": (
        "Feedback",
        "Answers have buttons: helpful, not helpful, report a mistake.",
        ("Turn feedback on", "Turn feedback off"),
    ),
}
ROLES = {
    "instructor_role": ("Instructor role", "Leads: questions that were not answered, quizzes."),
    "moderator_role": ("Moderator role", "Moderates: takes answers back, posts and schedules digests."),
}
POSTS = {
    "digest_channel": ("Digest channel", "Where digests are posted when their schedule names no other."),
    "log_channel": ("Log channel", "Where I tell those who lead what could not be done."),
}
_ASKED = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]
_POSTED = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]
_PAGES = ("reading", "channels", "people")


@dataclass(frozen=True, slots=True)
class Panel:
    """What the pages show: ``known`` are the ids of the channels and roles that the bot sees in the server.

    ``note`` says what was just changed, ``zone_command`` mentions the command that sets the time zone.
    """

    settings: GuildSettings
    library: Library
    known: Collection[int]
    now: dt.datetime
    zone_command: str
    note: str = ""


def reading_page(panel: Panel, shelf: int = 0) -> ui.LayoutView:
    """Show the server's brief, the switches and the time zone; ``shelf`` turns the pages of a long library."""
    parts = [*_brief(panel, shelf), line()]
    for name, (label, meaning, turns) in SWITCHES.items():
        on = bool(getattr(panel.settings, name))
        turn = button(turns[on], "set-switch", f"{name}.{int(not on)}")
        parts.append(beside(f"**{label}**: {'on' if on else 'off'}\n-# {meaning}", turn))
    parts += [line(), ui.TextDisplay(_time_zone(panel))]
    return _page(panel, "reading", parts, _shelves(panel.library, "reading", shelf))


def channels_page(panel: Panel, chosen: Volume | None = None, shelf: int = 0) -> ui.LayoutView:
    """Show where answers are public, which channels have a brief of their own, and where the bot writes unasked."""
    settings = panel.settings
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay(
            f"**Ask channels**: {_mentions(panel, settings.ask_channels) or 'everywhere'}\n"
            "-# Elsewhere only who asks sees an answer. A channel stands for its threads too."
        ),
        _channels("set-ask", "", panel, settings.ask_channels, "Everywhere", _ASKED, MOST_CHOSEN),
        line(),
        *_bound(panel, chosen, shelf),
        line(),
    ]
    for name, (label, meaning) in POSTS.items():
        kept = _one(getattr(settings, name))
        parts.append(ui.TextDisplay(f"**{label}**: {_mentions(panel, kept) or 'none'}\n-# {meaning}"))
        parts.append(_channels("set-post", name, panel, kept, "None", _POSTED, 1))
    return _page(
        panel, "channels", parts, _shelves(panel.library, f"channels.{chosen.id_key if chosen else ''}", shelf)
    )


def people_page(panel: Panel) -> ui.LayoutView:
    """Show who leads and who moderates beside those who may manage messages."""
    parts: list[ui.Item[Any]] = []
    for name, (label, meaning) in ROLES.items():
        kept = _one(getattr(panel.settings, name))
        named = _mentions(panel, kept, "@&") or "none"
        parts.append(
            ui.TextDisplay(f"**{label}**: {named}\n-# {meaning} Who may manage messages may do so without it.")
        )
        select = ui.RoleSelect[Any](
            custom_id=custom_id("set-role", name),
            placeholder="None",
            min_values=0,
            default_values=_defaults(panel, kept, discord.SelectDefaultValueType.role),
        )
        parts.append(ui.ActionRow(select))
    return _page(panel, "people", parts, ())


def clock_time(zone: str, now: dt.datetime) -> str:
    """Give the time of day in a zone; empty for a zone that this machine does not know."""
    try:
        return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def _page(panel: Panel, name: str, parts: Iterable[ui.Item[Any]], more: Iterable[ui.Button[Any]]) -> ui.LayoutView:
    top = "\n".join(filter(None, (heading(f"Settings: {name}"), panel.note and f"-# {panel.note}")))
    ways = []
    for page in _PAGES:
        way = button(page.capitalize(), "set-page", page)
        way.disabled = page == name
        ways.append(way)
    return card(Tone.QUIET, [ui.TextDisplay(top), *parts], [*ways, *more])


def _brief(panel: Panel, shelf: int) -> Iterator[ui.Item[Any]]:
    library, chosen = panel.library, panel.settings.pack
    volume = library.first_of(chosen)
    name = body(volume.name, _ROOM_NAME)
    if chosen and chosen != volume.id:
        gone = f"`{_code(chosen)}` was chosen, but is not in my library any more; “{name}” answers in its place."
        yield ui.TextDisplay(f"**Brief**: {gone}")
    elif library.many:
        yield ui.TextDisplay(f"**Brief**: “{name}”\n-# It answers where no channel has a brief of its own.")
    else:
        yield ui.TextDisplay(f"**Brief**: “{name}”, the only one that I have here.")
    if library.many:
        yield _briefs("set-brief", library, shelf, volume if chosen in {"", volume.id} else None, "Choose a brief")


def _bound(panel: Panel, chosen: Volume | None, shelf: int) -> Iterator[ui.Item[Any]]:
    library, packs = panel.library, panel.settings.channel_packs
    known = {volume.id for volume in library.volumes}
    gone = sorted({pack for pack in packs.values() if pack not in known})
    if not library.many:
        yield ui.TextDisplay(
            "**Channels with a brief of their own**: none; I have one brief here, and it answers in all."
        )
    else:
        counts = [(volume, sum(pack == volume.id for pack in packs.values())) for volume in library.volumes]
        lines = [f"- “{body(volume.name, _ROOM_NAME)}”: {_amount(count)}" for volume, count in counts if count]
        if len(lines) > _MOST_LINES:
            lines[_MOST_LINES:] = [f"- and {len(lines) - _MOST_LINES} more briefs"]
        yield ui.TextDisplay("\n".join([f"**Channels with a brief of their own**{'' if lines else ': none'}", *lines]))
        yield _briefs("set-bind", library, shelf, chosen, "Choose a brief to give it channels")
    if chosen is not None:
        kept = [channel for channel, pack in packs.items() if pack == chosen.id]
        yield ui.TextDisplay(f"Channels of “{body(chosen.name, _ROOM_NAME)}”:")
        yield _channels("set-bound", chosen.id_key, panel, kept, "None", _ASKED, MOST_CHOSEN)
    if gone:
        named = ", ".join(f"`{_code(pack)}`" for pack in gone[:5]) + (" and others" if len(gone) > 5 else "")
        amount = _amount(sum(pack not in known for pack in packs.values()))
        text = f"Bound to what is not in my library any more: {amount} ({named}). The server’s brief answers there."
        yield beside(text, button("Forget", "set-forget"))


def _time_zone(panel: Panel) -> str:
    zone = panel.settings.timezone
    there = clock_time(zone, panel.now)
    says = f"it is {there} there" if there else "a zone that this machine does not know"
    return f"**Time zone**: {body(zone, _ROOM_NAME)} ({says})\n-# Change it with {panel.zone_command}."


def _briefs(action: str, library: Library, shelf: int, chosen: Volume | None, placeholder: str) -> ui.ActionRow[Any]:
    options = [
        discord.SelectOption(label=shortened(volume.name, 100), value=volume.id_key, default=volume is chosen)
        for volume in library.volumes[shelf * MOST_CHOSEN : (shelf + 1) * MOST_CHOSEN]
    ]
    return ui.ActionRow(ui.Select(custom_id=custom_id(action, str(shelf)), placeholder=placeholder, options=options))


def _shelves(library: Library, page: str, shelf: int) -> Iterator[ui.Button[Any]]:
    """Offer the other pages of a library that does not fit one select."""
    state = page if "." in page else f"{page}."
    if shelf:
        yield button("Earlier briefs", "set-page", f"{state}.{shelf - 1}")
    if (shelf + 1) * MOST_CHOSEN < len(library.volumes):
        yield button("Further briefs", "set-page", f"{state}.{shelf + 1}")


def _channels(
    action: str,
    state: str,
    panel: Panel,
    kept: Collection[int],
    placeholder: str,
    types: list[discord.ChannelType],
    most: int,
) -> ui.ActionRow[Any]:
    select = ui.ChannelSelect[Any](
        custom_id=custom_id(action, state),
        placeholder=placeholder,
        channel_types=types,
        min_values=0,
        max_values=most,
        default_values=_defaults(panel, kept, discord.SelectDefaultValueType.channel)[:most],
    )
    return ui.ActionRow(select)


def _defaults(
    panel: Panel, kept: Collection[int], kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    """Choose beforehand what is kept, as far as it is still there."""
    return [discord.SelectDefaultValue(id=one, type=kind) for one in sorted(kept) if one in panel.known]


def _mentions(panel: Panel, kept: Collection[int], sign: str = "#") -> str:
    """Mention what the bot sees, and count what it does not."""
    seen = [f"<{sign}{one}>" for one in sorted(kept) if one in panel.known]
    unseen = len(kept) - len(seen)
    words = [f"{unseen} that I cannot see"] if unseen else []
    return ", ".join([*seen, *words])


def _one(kept: int | None) -> Sequence[int]:
    return () if kept is None else (kept,)


def _amount(count: int) -> str:
    return f"{count} channel{'' if count == 1 else 's'}"


def _code(text: str) -> str:
    """Set a name of ours as code; a backtick within would end it."""
    return shortened(text, _ROOM_NAME).replace("`", "ʼ")
