"""Seats: where somebody asks, and what follows from it: which brief, and who sees the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord

from bot.discord.delivery import is_alone
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.services import Services
from bot.store.records import GuildSettings


@dataclass(frozen=True, slots=True)
class Seat:
    """A place to answer at.

    ``private``: only the asker sees the answer. ``direct``: a conversation that is private anyway. ``closed``: this
    channel never gets public answers. ``settings``: None outside a server of ours.
    """

    volume: Volume
    settings: GuildSettings | None
    private: bool
    direct: bool
    closed: bool

    @property
    def feedback(self) -> bool:
        """Tell whether answers here have buttons to judge them."""
        return self.settings is None or self.settings.feedback

    @property
    def counted(self) -> bool:
        """Tell whether a question that the brief does not answer may be kept for the curators."""
        if self.settings is None:
            return False
        return self.settings.count_private or not self.private


async def seat_at(
    services: Services, interaction: discord.Interaction[Any], brief: str | None = None, *, private: bool | None = None
) -> Seat:
    """Find the seat of an interaction; raises Refusal for a brief that is not there."""
    if is_alone(interaction):
        chooses = interaction.type is discord.InteractionType.application_command  # and does not merely type
        return await direct_seat(services, interaction.user.id, brief, chooses=chooses)
    if interaction.guild_id is None or not interaction.is_guild_integration():
        # Other people's place, which knows us only through this person.
        return Seat(_chosen(services, brief) or services.library.default, None, private is not False, False, False)
    return await guild_seat(services, interaction.guild_id, channel_ids(interaction.channel), brief, private=private)


async def guild_seat(
    services: Services,
    guild_id: int,
    channels: tuple[int, ...],
    brief: str | None = None,
    *,
    private: bool | None = None,
) -> Seat:
    """Find the seat in a channel of a server; ``channels``: the thread first, where it is one, then its channel."""
    settings = await services.book.settings(guild_id)
    bound = next((pack for one in channels if (pack := settings.channel_packs.get(one))), "")
    volume = _chosen(services, brief) or services.library.first_of(bound, settings.pack)
    closed = bool(settings.ask_channels) and settings.ask_channels.isdisjoint(channels)
    wanted = settings.private if private is None else private
    return Seat(volume, settings, closed or wanted, False, closed)


async def direct_seat(services: Services, user_id: int, brief: str | None = None, *, chooses: bool = False) -> Seat:
    """Find the seat in direct messages: the brief that this person chose last, or ``chooses`` now."""
    volume = _chosen(services, brief)
    if volume is None:
        person = await services.book.person(user_id)
        volume = services.library.first_of(person.pack)
    elif chooses and services.library.many:
        await services.book.choose_pack(user_id, volume.id)
    return Seat(volume, None, False, True, False)


def channel_ids(channel: object) -> tuple[int, ...]:
    """Give the ids under which a channel may be bound: a thread's own, then its parent's."""
    ids = (getattr(channel, "id", None), getattr(channel, "parent_id", None))
    return tuple(one for one in ids if isinstance(one, int))


def _chosen(services: Services, brief: str | None) -> Volume | None:
    if not brief:
        return None
    found = services.library.get(brief)
    if found is None:
        raise Refusal("There is no brief of that name here; choose one from the list.")
    return found
