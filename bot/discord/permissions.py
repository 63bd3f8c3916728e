"""Permissions: who may do what, checked in code: a server may have changed what the command declares."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord.faults import Refusal
from bot.store.records import GuildSettings


def may_lead(interaction: discord.Interaction[Any], settings: GuildSettings) -> bool:
    """Tell whether a member leads: Manage Messages in the whole server, or the instructor role."""
    user = interaction.user
    everywhere = isinstance(user, discord.Member) and user.guild_permissions.manage_messages
    return everywhere or _has_role(interaction, settings.instructor_role)


def may_moderate(interaction: discord.Interaction[Any], settings: GuildSettings | None) -> bool:
    """Tell whether a member moderates: Manage Messages, or the moderator role."""
    role = settings.moderator_role if settings else None
    return interaction.permissions.manage_messages or _has_role(interaction, role)


def need_lead(interaction: discord.Interaction[Any], settings: GuildSettings) -> None:
    """Refuse who does not lead."""
    if not may_lead(interaction, settings):
        raise Refusal("Only instructors can do this (Manage Messages, or the instructor role set in /settings).")


def need_moderate(interaction: discord.Interaction[Any], settings: GuildSettings) -> None:
    """Refuse who does not moderate."""
    if not may_moderate(interaction, settings):
        raise Refusal("This is for moderators: it takes Manage Messages, or the moderator role of /settings.")


def need_admin(interaction: discord.Interaction[Any]) -> None:
    """Refuse who does not run the server."""
    if not interaction.permissions.manage_guild:
        raise Refusal("This is for those who run the server: it takes Manage Server.")


def may_post(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether a member may write in the channel himself."""
    allowed = interaction.permissions
    if isinstance(interaction.channel, discord.Thread):
        return allowed.send_messages_in_threads
    return allowed.send_messages


def may_reply(message: discord.Message) -> bool:
    """Tell whether the bot may reply to a message where it stands."""
    guild, channel = message.guild, message.channel
    if guild is None or isinstance(channel, discord.PartialMessageable):
        return True  # or Discord has to say so
    allowed = channel.permissions_for(guild.me)
    speaks = allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages
    return speaks and allowed.read_message_history


def _has_role(interaction: discord.Interaction[Any], role: int | None) -> bool:
    user = interaction.user
    return role is not None and isinstance(user, discord.Member) and user.get_role(role) is not None
