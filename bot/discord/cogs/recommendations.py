"""``/recommendations``: what the brief recommends, to whom, by when."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.discord.actions import Press
from bot.discord.cards.recommendations import recommendations_card
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.completion import complete_briefs
from bot.discord.delivery import reply, turn
from bot.discord.faults import Refusal
from bot.discord.seats import seat_at


class Recommendations(commands.Cog):
    """Shows the recommendations."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the page buttons do."""
        self.services = bot.services
        bot.actions.add("advice", self.page, reads=True)

    @app_commands.command(description="Show what the brief recommends, to whom, and by when", extras=READS)
    @app_commands.describe(private="Show it to you alone", brief="Another brief than this channel’s")
    @app_commands.autocomplete(brief=complete_briefs)
    async def recommendations(
        self, interaction: Interaction, private: bool | None = None, brief: str | None = None
    ) -> None:
        """Show them with their citations."""
        seat = await seat_at(self.services, interaction, brief, private=private)
        asker = 0 if seat.private or seat.direct else interaction.user.id
        await reply(interaction, recommendations_card(seat.volume, asker=asker), private=seat.private)

    async def page(self, interaction: Interaction, press: Press) -> None:
        """Turn a page."""
        key, _, page = press.state.partition(".")
        volume = self.services.library.keyed(key)
        if volume is None or not (page.isascii() and page.isdigit()) or len(page) > 3:
            raise Refusal("This page is not there any more; ask for the recommendations again.")
        await turn(interaction, recommendations_card(volume, int(page)))
