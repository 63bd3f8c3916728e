"""The desk: what all commands of ``/digest`` share: who may, which schedule, where to, and how a digest is begun."""

from __future__ import annotations

import asyncio
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol, TypeAlias, runtime_checkable

import discord
from discord import app_commands, ui
from discord.app_commands import AppCommandChannel, AppCommandThread
from discord.ext import commands

from bot.answers.choices import complete
from bot.digest.contents import MAX_OPENING, MAX_TITLE, Digest, Parts, Setting
from bot.digest.forms import to_json
from bot.digest.rules import Rule, next_slots
from bot.discord.client import BriefBot, Interaction
from bot.discord.completion import Choices
from bot.discord.digests.composing import compose_for
from bot.discord.digests.drafts import Drafts
from bot.discord.digests.places import Spot, spot_of
from bot.discord.digests.timing import name_of
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.permissions import may_moderate, need_moderate
from bot.discord.seats import guild_seat
from bot.store.database import StoreFault
from bot.store.digest_records import Delivery, Schedule
from bot.store.records import GuildSettings

MOST_SCHEDULES = 25
_CLEARED = "-"
NO_SCHEDULE = "There is no such schedule here (any more); /digest list shows those that are."

Title: TypeAlias = app_commands.Range[str, 1, MAX_TITLE]
Opening: TypeAlias = app_commands.Range[str, 1, MAX_OPENING]
Switch: TypeAlias = bool | None
Switches: TypeAlias = tuple[Switch, ...]  # in the order of the parts of a digest

SWITCHES = {
    "recommendations": "Show recommendations",
    "quote": "Show a quotation",
    "figure": "Show a figure with its chart",
    "section": "Show a section’s key points",
    "discussion": "Show a question to discuss",
    "topics": "Show what was asked most (off unless switched on)",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be posted: of which brief, with which setting (as JSON), whom to ping, and its number."""

    pack: str
    setting: Mapping[str, object]
    role_id: int | None
    number: int = 1


@runtime_checkable
class Deliverer(Protocol):
    """Whoever delivers in this process; others find what is due by themselves."""

    def kick(self) -> None:
        """Look now for what is due."""


class Desk(commands.Cog):
    """What the commands work with."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self.bot = bot
        self.services = bot.services
        self.digests = bot.services.store.digests
        self.drafts = Drafts(bot.services.store.facts)
        self.turn = asyncio.Lock()  # one change after the other where a count or a state decides
        self._zones: tuple[str, ...] = ()

    async def need(self, interaction: Interaction) -> GuildSettings:
        """Give the server's settings to who moderates it; raises Refusal."""
        if interaction.guild_id is None:
            raise Refusal("Digests belong to a server; use /digest there.")
        settings = await self.services.book.settings(interaction.guild_id)
        need_moderate(interaction, settings)
        return settings

    async def allows(self, interaction: Interaction) -> int:
        """Give the server's id where completion may tell of its schedules, else 0."""
        guild_id = interaction.guild_id
        if guild_id is None or not may_moderate(interaction, await self.services.book.settings(guild_id)):
            return 0
        return guild_id

    async def schedule(self, guild_id: int, typed: str) -> Schedule:
        """Find the schedule that was chosen or typed, such as ``3`` or ``#3``; raises Refusal."""
        number = typed.strip().removeprefix("#")
        if not (number.isascii() and number.isdigit()) or len(number) > 18:
            raise Refusal("Name a schedule by its number, such as 3; /digest list shows them.")
        found = await self.digests.get(guild_id, int(number))
        if found is None:
            raise Refusal(NO_SCHEDULE)
        return found

    async def name_schedules(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest schedules, to those who may see them."""
        guild_id = await self.allows(interaction)
        try:
            listed = await self.digests.listed(guild_id) if guild_id else []
        except StoreFault:  # the command itself says so
            return []
        names = {name_of(one, channel_name(interaction, one.channel_id)): str(one.id) for one in listed}
        return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]

    def spot(
        self, interaction: Interaction, settings: GuildSettings, target: AppCommandChannel | AppCommandThread | None
    ) -> Spot:
        """Find the place that was named, else the server's for digests, else this one."""
        if target is not None:
            return spot_of(interaction, target)
        return spot_of(interaction, settings.digest_channel or interaction.channel_id or 0)

    async def volume(self, guild_id: int, spot: Spot, brief: str | None) -> Volume:
        """Find the brief that was named, else the place's."""
        return (await guild_seat(self.services, guild_id, spot.ids, brief)).volume

    async def compose(
        self, interaction: Interaction, pack: str, setting: Mapping[str, object], number: int = 1
    ) -> Digest:
        """Compose what would be posted now; raises Refusal where that is nothing."""
        guild_id, now = interaction.guild_id or 0, interaction.created_at
        digest = await compose_for(self.services, guild_id, pack, setting, number, now)
        if digest is None:
            raise Refusal("This brief is not in my library any more; choose another.")
        if digest.empty:
            raise Refusal("There is nothing to post: switch on a part of which the brief has something.")
        return digest

    async def post(self, interaction: Interaction, spot: Spot, order: Order) -> Delivery:
        """Give a digest to whoever delivers, at once."""
        digest = await self.compose(interaction, order.pack, order.setting, order.number)
        place, now = (interaction.guild_id or 0, spot.id, order.pack), interaction.created_at
        delivery = await self.digests.post(*place, order.role_id, order.setting, now, digest.ids, order.number)
        self.wake()
        return delivery

    async def create(self, interaction: Interaction, spot: Spot, order: Order, rule: Rule) -> Schedule:
        """Keep a new schedule, as long as there is room; raises Refusal."""
        guild_id, now = interaction.guild_id or 0, interaction.created_at
        async with self.turn:
            if await self.digests.count(guild_id) >= MOST_SCHEDULES:
                raise Refusal(f"A server may have {MOST_SCHEDULES} schedules; delete one of them first.")
            first = next_slots(rule, now, 1)[0]  # a rule that was just read has one
            place, who = (guild_id, spot.id, order.pack), interaction.user.id
            return await self.digests.create(*place, to_json(rule), order.setting, order.role_id, who, now, first)

    def zones(self) -> tuple[str, ...]:
        """List the names of the time zones that this system knows."""
        if not self._zones:
            self._zones = tuple(sorted(zoneinfo.available_timezones()))
        return self._zones

    def wake(self) -> None:
        """Let what is due now be delivered now, where this process delivers."""
        for cog in self.bot.cogs.values():
            if isinstance(cog, Deliverer):
                cog.kick()


def setting_of(base: Setting, title: str | None, opening: str | None, switches: Switches) -> Setting:
    """Lay options over a setting; what is left out stays, a dash clears."""
    names = (one.name for one in fields(Parts))
    turned = {name: on for name, on in zip(names, switches, strict=True) if on is not None}
    return Setting(
        title=_text(base.title, title), opening=_text(base.opening, opening), parts=replace(base.parts, **turned)
    )


async def put(interaction: Interaction, card: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Put a card in the place of the one whose button was pressed, with these files and no others."""
    card.stop()  # its buttons carry their state
    try:
        if interaction.response.is_done():
            await interaction.edit_original_response(view=card, attachments=files)
        else:
            await interaction.response.edit_message(view=card, attachments=files)
    finally:
        for file in files:
            file.close()


def channel_name(interaction: Interaction, channel_id: int) -> str:
    """Name a channel where no mention can stand."""
    channel = interaction.guild.get_channel_or_thread(channel_id) if interaction.guild else None
    return f"#{channel.name}" if channel else "a channel that I cannot see"


def _text(kept: str, typed: str | None) -> str:
    if typed is None:
        return kept
    return "" if typed.strip() == _CLEARED else typed.strip()
