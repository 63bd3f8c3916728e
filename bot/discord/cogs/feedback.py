"""What readers think of an answer: helpful or not, and reports of mistakes; all of it reaches ``/unanswered``."""

from __future__ import annotations

import discord
from discord import ui
from discord.ext import commands

from bot.discord.actions import Press, custom_id
from bot.discord.client import BriefBot, Interaction
from bot.discord.delivery import tell
from bot.discord.faults import Refusal
from bot.discord.library import Found
from bot.discord.markdown import shortened

MAX_NOTE = 600
_MAX_ASKED = 200


class Feedback(commands.Cog):
    """Takes votes and reports."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the buttons do."""
        self.services = bot.services
        for name, handler in (("up", self.up), ("down", self.down), ("report", self.report), ("reported", self.keep)):
            bot.actions.add(name, handler)

    async def up(self, interaction: Interaction, press: Press) -> None:
        """Count an answer as helpful."""
        await self._vote(interaction, press, helpful=True)

    async def down(self, interaction: Interaction, press: Press) -> None:
        """Count an answer as not helpful."""
        await self._vote(interaction, press, helpful=False)

    async def report(self, interaction: Interaction, press: Press) -> None:
        """Open the form of a report."""
        found = await self._judged(interaction, press)
        form = ui.Modal(title="Report a mistake", timeout=None, custom_id=custom_id("reported", press.state))
        note = ui.TextInput[ui.Modal](
            style=discord.TextStyle.paragraph, custom_id="note", min_length=3, max_length=MAX_NOTE
        )
        asked = ui.TextInput[ui.Modal](custom_id="asked", required=False, max_length=_MAX_ASKED)
        form.add_item(ui.Label(text="What is wrong?", description=shortened(found.match.title, 100), component=note))
        form.add_item(ui.Label(text="What did you ask? (if you like)", component=asked))
        form.stop()  # sent back as a press, whenever that is
        await interaction.response.send_modal(form)

    async def keep(self, interaction: Interaction, press: Press) -> None:
        """Keep a report for the curators."""
        found = await self._judged(interaction, press)
        note, asked = (press.fields.get(name, "").strip() for name in ("note", "asked"))
        if not note:
            raise Refusal("The report was empty; say in a few words what is wrong.")
        text = note[:MAX_NOTE] + (f" (asked: {asked[:_MAX_ASKED]})" if asked else "")
        await self.services.store.feedback.report(
            interaction.user.id, _server(interaction), found.volume.id, found.match.id, text, interaction.created_at
        )
        await tell(interaction, "Thank you. Your report is on the curators’ list; they do not see who sent it.")

    async def _vote(self, interaction: Interaction, press: Press, *, helpful: bool) -> None:
        found = await self._judged(interaction, press)
        new = await self.services.store.feedback.vote(
            interaction.user.id, _server(interaction), found.volume.id, found.match.id, helpful, interaction.created_at
        )
        known = "" if new else " (as you said before)"
        more = "" if helpful else " “Report” tells the curators what is wrong."
        await tell(interaction, f"Noted as {'helpful' if helpful else 'not helpful'}{known}, thank you.{more}")

    async def _judged(self, interaction: Interaction, press: Press) -> Found:
        if interaction.guild_id and not (await self.services.book.settings(interaction.guild_id)).feedback:
            raise Refusal("Feedback is switched off in this server.")
        found = self.services.library.find(press.state)
        if found is None:
            raise Refusal("This passage is no longer in the brief’s index, so there is nothing to judge any more.")
        return found


def _server(interaction: Interaction) -> int | None:
    """Give the server whose curators hear of it: none where only this member brought me along."""
    return interaction.guild_id if interaction.is_guild_integration() else None
