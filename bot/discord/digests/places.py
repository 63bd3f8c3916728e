"""Places: where a digest may go, and whom it may ping: as far as the moderator may, and as far as I may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread

from bot.digest.contents import Setting
from bot.digest.forms import listed
from bot.discord.client import BriefBot, Interaction
from bot.discord.faults import Refusal

_TYPES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]
_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}


class Postable(app_commands.Transformer[BriefBot]):
    """An option for a channel or a thread, whether I see it or not: that is said in a sentence."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Take channels."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Take those that have messages and nothing else."""
        return _TYPES

    async def transform(
        self, _: Interaction, value: AppCommandChannel | AppCommandThread, /
    ) -> AppCommandChannel | AppCommandThread:
        """Leave it as Discord told it."""
        return value


Target: TypeAlias = app_commands.Transform[AppCommandChannel | AppCommandThread, Postable]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a server. ``member``: what the moderator may there; ``ids``: its own, then its parent's."""

    ids: tuple[int, ...]
    member: discord.Permissions
    channel: discord.abc.GuildChannel | discord.Thread | None

    @property
    def id(self) -> int:
        """Give its id."""
        return self.ids[0]

    @property
    def mention(self) -> str:
        """Mention it."""
        return f"<#{self.id}>"

    @property
    def is_thread(self) -> bool:
        """Tell whether it is a thread, as far as I see it."""
        return isinstance(self.channel, discord.Thread)


def spot_of(interaction: Interaction, target: AppCommandChannel | AppCommandThread | int) -> Spot:
    """Find a place that was named in an option, or by its id."""
    guild = interaction.guild
    if not isinstance(target, int):
        channel = guild.get_channel_or_thread(target.id) if guild else None
        parent = target.parent_id if isinstance(target, AppCommandThread) else None
        return Spot((target.id, *([parent] if parent else [])), target.permissions, channel)
    channel = guild.get_channel_or_thread(target) if guild else None
    if channel is None or not isinstance(interaction.user, discord.Member):
        return Spot((target,), discord.Permissions.none(), None)
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Spot((target, *([parent] if parent else [])), channel.permissions_for(interaction.user), channel)


def check_spot(interaction: Interaction, spot: Spot, setting: Setting) -> None:
    """Refuse a place where the moderator or I may not post."""
    if sentence := obstacle(interaction, spot, setting):
        raise Refusal(sentence)


def obstacle(interaction: Interaction, spot: Spot, setting: Setting) -> str:
    """Say why nothing can be posted at a place, with the mend; empty where it can."""
    channel = spot.channel
    if interaction.guild is None or channel is None:
        return f"I cannot see {spot.mention}: I need View Channel there, and a thread has to be open, with me in it."
    if channel.type not in _TYPES:
        return f"I post digests in text channels and threads only, and {spot.mention} is neither; choose another."
    if lacking(channel, spot.member, ("view_channel", "send_messages")):
        return f"You may not write in {spot.mention} yourself; choose a channel where you may."
    mine = channel.permissions_for(interaction.guild.me)
    wanted = ["view_channel", "send_messages", "read_message_history"]
    if missing := lacking(channel, mine, [*wanted, *(["attach_files"] if setting.parts.figure else [])]):
        return f"I cannot post in {spot.mention} yet: I lack {listed(list(missing))} there."
    if isinstance(channel, discord.Thread) and channel.locked and not mine.manage_threads:
        return f"The thread {spot.mention} is locked; unlock it, or choose another place."
    return ""


def lacking(
    channel: discord.abc.GuildChannel | discord.Thread, has: discord.Permissions, wanted: Iterable[str]
) -> Sequence[str]:
    """Name the permissions that are wanted and missing; writing in a thread takes its own."""
    threaded = isinstance(channel, discord.Thread)
    names = ["send_messages_in_threads" if threaded and name == "send_messages" else name for name in wanted]
    return [_NEEDED[name] for name in names if not getattr(has, name)]


def check_role(interaction: Interaction, spot: Spot, role: discord.Role | None) -> None:
    """Refuse a role that the moderator or I may not ping there."""
    if role is None:
        return
    if role.is_default():
        raise Refusal("I never ping everyone; choose a role that only those have who want digests.")
    if role.mentionable:
        return
    if not spot.member.mention_everyone:
        raise Refusal(f"You may not ping {role.mention}: it takes a role that anyone may mention, or Mention Everyone.")
    mine = spot.channel.permissions_for(interaction.guild.me) if spot.channel and interaction.guild else None
    if mine is None or not mine.mention_everyone:
        raise Refusal(
            f"I may not ping {role.mention}: let anyone mention it in its settings, or give me Mention Everyone."
        )


def role_of(interaction: Interaction, role_id: int | None) -> discord.Role | None:
    """Find a role again; None for none, and for one that is gone."""
    return interaction.guild.get_role(role_id) if interaction.guild and role_id else None
