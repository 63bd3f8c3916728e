"""``/digest``: recommendations and more of a brief for everybody, now or again and again."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.discord.client import BriefBot
from bot.discord.digests.keeping import Keeping
from bot.discord.digests.posted import Posted
from bot.discord.digests.scheduling import Scheduling


@app_commands.default_permissions(manage_messages=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
class Digest(
    Scheduling,
    Keeping,
    Posted,
    commands.GroupCog,
    group_name="digest",
    group_description="Digests of the brief: preview, post, schedule",
):
    """Offers the commands, whose work is done in ``bot.discord.digests``."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the buttons and forms do."""
        super().__init__(bot)
        for name, handler in (
            ("digest-approve", self.approve),
            ("digest-post", self.post_previewed),
            ("digest-when", self.ask_when),
            ("digest-begin", self.begin_previewed),
            ("digest-list", self.turn_page),
            ("digest-delete", self.delete_now),
            ("digest-correct", self.correct_now),
        ):
            bot.actions.add(name, handler)
