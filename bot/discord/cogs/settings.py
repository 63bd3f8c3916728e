"""``/settings``: how the bot behaves in a server; every change is saved at once."""

from __future__ import annotations

import asyncio
import zoneinfo
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace as altered
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.choices import guess
from bot.answers.timezones import complete_zone, known_zone
from bot.discord.actions import Press
from bot.discord.cards.layout import body
from bot.discord.cards.settings import (
    MOST_CHOSEN,
    POSTS,
    ROLES,
    SWITCHES,
    Panel,
    channels_page,
    clock_time,
    people_page,
    reading_page,
)
from bot.discord.client import BriefBot, Interaction
from bot.discord.completion import Choices, choices, unfailing
from bot.discord.delivery import replace, reply, tell
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.permissions import need_admin
from bot.store.records import GuildSettings

_STALE = "This panel is of another version of me; open a new one with /settings show."
_GONE = "This brief is not in my library any more; /settings show lists those that are."

Change = Callable[[GuildSettings], GuildSettings]


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
class Settings(
    commands.GroupCog, group_name="settings", group_description="How I behave in this server: briefs, channels, roles"
):
    """Shows and changes settings."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the parts of the panel do."""
        self.bot = bot
        self.services = bot.services
        self._turn = asyncio.Lock()
        self._zones: tuple[str, ...] = ()
        for name, handler in (
            ("set-page", self.page),
            ("set-brief", self.choose_brief),
            ("set-switch", self.switch),
            ("set-ask", self.choose_ask_channels),
            ("set-bind", self.open_brief),
            ("set-bound", self.bind),
            ("set-forget", self.forget),
            ("set-post", self.choose_post_channel),
            ("set-role", self.choose_role),
        ):
            bot.actions.add(name, handler)

    @app_commands.command(name="show", description="See and change who sees answers, briefs, channels and roles")
    async def show(self, interaction: Interaction) -> None:
        """Open the panel."""
        await reply(interaction, reading_page(await self._panel(interaction)), private=True)

    @app_commands.command(name="timezone", description="Set the time zone of this server")
    @app_commands.describe(zone="A city or a zone of the IANA list, such as Europe/Berlin")
    async def timezone(self, interaction: Interaction, zone: str) -> None:
        """Keep the time zone and say what time it is there."""
        _need_admin_here(interaction)
        names = self._zone_names()
        found = known_zone(zone, names)
        if found is None:
            near = guess(zone, names)
            meant = f" Did you mean {near}?" if near else " Choose one from the list."
            raise Refusal(f"I know no time zone “{body(zone, 60)}”.{meant}")
        await self._save(interaction, lambda kept: altered(kept, timezone=found))
        now = interaction.created_at
        told = f"<t:{int(now.timestamp())}:t> on your clock is {clock_time(found, now)} there"
        await tell(interaction, f"This server’s time zone is **{body(found, 80)}** now: {told}.")

    @timezone.autocomplete("zone")
    @unfailing
    async def complete_zones(self, _: Interaction, typed: str) -> Choices:
        """Suggest time zones."""
        return choices(complete_zone(typed, self._zone_names()))

    async def page(self, interaction: Interaction, press: Press) -> None:
        """Turn to a page of the panel."""
        name, key, shelf = (*press.state.split("."), "", "")[:3]
        panel = await self._panel(interaction)
        match name:
            case "reading":
                card = reading_page(panel, self._shelf(shelf))
            case "channels":
                card = channels_page(panel, self._volume(key) if key else None, self._shelf(shelf))
            case "people":
                card = people_page(panel)
            case _:
                raise Refusal(_STALE)
        await replace(interaction, card)

    async def choose_brief(self, interaction: Interaction, press: Press) -> None:
        """Choose the brief of the server."""
        volume = self._volume("".join(press.values))
        panel = await self._changed(
            interaction, lambda kept: altered(kept, pack=volume.id), f"the brief is “{_name(volume)}”"
        )
        await replace(interaction, reading_page(panel, self._shelf(press.state)))

    async def switch(self, interaction: Interaction, press: Press) -> None:
        """Turn a switch on or off, whatever it was."""
        name, _, wanted = press.state.partition(".")
        if name not in SWITCHES or wanted not in {"0", "1"}:
            raise Refusal(_STALE)
        on = wanted == "1"
        note = f"“{SWITCHES[name][0]}” is {'on' if on else 'off'}"
        panel = await self._changed(interaction, lambda kept: _with(kept, name, on), note)
        await replace(interaction, reading_page(panel))

    async def choose_ask_channels(self, interaction: Interaction, press: Press) -> None:
        """Choose where answers are public."""
        chosen = frozenset(_chosen(interaction, press, "channels"))
        note = (
            f"answers are public in {_listed(chosen)}, private elsewhere"
            if chosen
            else "answers may be public everywhere"
        )
        panel = await self._changed(interaction, lambda kept: altered(kept, ask_channels=chosen), note)
        await replace(interaction, channels_page(panel))

    async def open_brief(self, interaction: Interaction, press: Press) -> None:
        """Show the channels of the brief that was chosen."""
        volume = self._volume("".join(press.values))
        await replace(interaction, channels_page(await self._panel(interaction), volume, self._shelf(press.state)))

    async def bind(self, interaction: Interaction, press: Press) -> None:
        """Choose the channels of a brief; a channel has one brief, so that others lose it."""
        volume = self._volume(press.state)
        chosen = _chosen(interaction, press, "channels")

        def bound(kept: GuildSettings) -> GuildSettings:
            others = {channel: pack for channel, pack in kept.channel_packs.items() if pack != volume.id}
            return altered(kept, channel_packs=others | dict.fromkeys(chosen, volume.id))

        where = f"answers in {_listed(chosen)}" if chosen else "has no channels of its own"
        panel = await self._changed(interaction, bound, f"“{_name(volume)}” {where}")
        await replace(interaction, channels_page(panel, volume))

    async def forget(self, interaction: Interaction, _: Press) -> None:
        """Forget which channels were bound to briefs that are gone."""
        there = {volume.id for volume in self.services.library.volumes}

        def freed(kept: GuildSettings) -> GuildSettings:
            packs = {channel: pack for channel, pack in kept.channel_packs.items() if pack in there}
            return altered(kept, channel_packs=packs)

        panel = await self._changed(interaction, freed, "channels of briefs that are gone follow the server’s brief")
        await replace(interaction, channels_page(panel))

    async def choose_post_channel(self, interaction: Interaction, press: Press) -> None:
        """Choose where digests or notices are posted, and say what is missing there."""
        if press.state not in POSTS:
            raise Refusal(_STALE)
        channel = next(iter(_chosen(interaction, press, "channels")), None)
        note = f"{POSTS[press.state][0].lower()}: {f'<#{channel}>' if channel else 'none'}"
        if channel and (missing := missing_in(interaction, channel)):
            note += f". {missing}"
        panel = await self._changed(interaction, lambda kept: _with(kept, press.state, channel), note)
        await replace(interaction, channels_page(panel))

    async def choose_role(self, interaction: Interaction, press: Press) -> None:
        """Choose who leads or moderates."""
        if press.state not in ROLES:
            raise Refusal(_STALE)
        role = next(iter(_chosen(interaction, press, "roles")), None)
        if role is not None and role == interaction.guild_id:
            raise Refusal("That role is everyone’s; choose one that only those have who shall lead.")
        note = f"{ROLES[press.state][0].lower()}: {f'<@&{role}>' if role else 'none'}"
        panel = await self._changed(interaction, lambda kept: _with(kept, press.state, role), note)
        await replace(interaction, people_page(panel))

    async def _panel(self, interaction: Interaction) -> Panel:
        guild_id = _need_admin_here(interaction)
        return self._shown(interaction, await self.services.store.guilds.get(guild_id))

    async def _changed(self, interaction: Interaction, change: Change, note: str) -> Panel:
        return self._shown(interaction, await self._save(interaction, change), f"Saved: {note}.")

    async def _save(self, interaction: Interaction, change: Change) -> GuildSettings:
        """Change what the database holds, never what is shown while it cannot be read; one change after the other."""
        guild_id = _need_admin_here(interaction)
        async with self._turn:
            changed = change(await self.services.store.guilds.get(guild_id))
            await self.services.book.save(changed)
        return changed

    def _shown(self, interaction: Interaction, settings: GuildSettings, note: str = "") -> Panel:
        guild = interaction.guild
        known = (*guild.channels, *guild.threads, *guild.roles) if guild else ()
        return Panel(
            settings,
            self.services.library,
            frozenset(one.id for one in known),
            interaction.created_at,
            self.bot.mention_of("settings timezone"),
            note,
        )

    def _volume(self, key: str) -> Volume:
        volume = self.services.library.keyed(key)
        if volume is None:
            raise Refusal(_GONE)
        return volume

    def _shelf(self, text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        return min(number, (len(self.services.library.volumes) - 1) // MOST_CHOSEN)

    def _zone_names(self) -> tuple[str, ...]:
        if not self._zones:
            self._zones = tuple(sorted(zoneinfo.available_timezones()))
        return self._zones


def missing_in(interaction: Interaction, channel_id: int) -> str:
    """Say which permission the bot lacks to post in a channel; empty where it may."""
    guild = interaction.guild
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if guild is None or channel is None:
        return "I cannot see it yet: I need View Channel and a permission to write there"
    allowed = channel.permissions_for(guild.me)
    writing = {"Send Messages": allowed.send_messages}
    if isinstance(channel, discord.Thread):
        writing = {"Send Messages in Threads": allowed.send_messages_in_threads}
    missing = [name for name, there in {"View Channel": allowed.view_channel, **writing}.items() if not there]
    return f"I cannot post there yet: I need {' and '.join(missing)} there" if missing else ""


def _need_admin_here(interaction: Interaction) -> int:
    """Give the server's id to who runs it."""
    if interaction.guild_id is None:
        raise Refusal("Settings belong to a server; use /settings there.")
    need_admin(interaction)
    return interaction.guild_id


def _chosen(interaction: Interaction, press: Press, kind: str) -> list[int]:
    """Give the ids that were chosen, where Discord vouches for each as the server's own."""
    data: Mapping[str, Any] = interaction.data or {}
    vouched = (data.get("resolved") or {}).get(kind) or {}
    if not all(value in vouched for value in press.values):
        raise Refusal("Discord did not tell me what you chose; please choose again.")
    return [int(value) for value in press.values][:MOST_CHOSEN]


def _with(kept: GuildSettings, name: str, value: int | None) -> GuildSettings:
    changes: dict[str, Any] = {name: value}
    return altered(kept, **changes)


def _listed(channels: Iterable[int]) -> str:
    return ", ".join(f"<#{one}>" for one in sorted(channels))


def _name(volume: Volume) -> str:
    return body(volume.name, 80)
