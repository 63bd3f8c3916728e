"""``/help``, and the first message in a server."""

from __future__ import annotations

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.cards.help import help_card, welcome_card
from bot.discord.client import BriefBot, Interaction
from bot.discord.delivery import post, reply
from bot.discord.seats import seat_at

_log = logging.getLogger(__name__)


class Help(commands.Cog):
    """Says what the bot does."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self.bot = bot
        self.services = bot.services

    @app_commands.command(description="What can be asked, which commands there are, and what is kept")
    async def help(self, interaction: Interaction) -> None:
        """Show it to who asks."""
        seat = await seat_at(self.services, interaction)
        options = self.services.configuration
        others = [volume for volume in self.services.library.volumes if volume is not seat.volume]
        in_server = interaction.guild_id is not None and interaction.is_guild_integration()
        card = help_card([seat.volume, *others], self.bot.mention_of, options, in_server=in_server)
        await reply(interaction, card, private=not seat.direct)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say hello once, where the bot may write."""
        channel = where_to_greet(guild)
        if channel is None:
            return
        try:
            await post(channel, welcome_card(self.services.library.default, self.bot.mention_of))
        except Exception as fault:  # noqa: BLE001 - a greeting is worth no fault, and a cut connection has many names
            _log.info("could not greet in server %s (%s)", guild.id, type(fault).__name__)


def where_to_greet(guild: discord.Guild) -> discord.TextChannel | None:
    """Choose the server's own channel for news, else the first in which the bot may write."""
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *guild.text_channels):
        allowed = channel.permissions_for(guild.me)
        if allowed.view_channel and allowed.send_messages:
            return channel
    return None
