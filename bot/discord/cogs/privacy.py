"""``/privacy``: one's own data, to see, to take away, to delete; always shown to its owner alone."""

from __future__ import annotations

import io
import json
from dataclasses import replace as altered

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.actions import Press
from bot.discord.cards.layout import notice
from bot.discord.cards.privacy import delete_card, export_card, exported, privacy_card
from bot.discord.client import BriefBot, Interaction
from bot.discord.delivery import replace, reply
from bot.discord.faults import Refusal

_FILE = "my-data.json"


class Privacy(commands.GroupCog, group_name="privacy", group_description="What I keep about you"):
    """Shows, exports and deletes what is kept about a reader."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the buttons do."""
        self.bot = bot
        self.services = bot.services
        bot.actions.add("privacy-name", self.name)
        bot.actions.add("privacy-export", self.export_pressed)
        bot.actions.add("privacy-ask", self.delete_pressed)
        bot.actions.add("privacy-delete", self.delete_now)

    @app_commands.command(name="show", description="See what I keep about you, and whether your name is on boards")
    async def show(self, interaction: Interaction) -> None:
        """Show it."""
        await reply(interaction, await self._card(interaction), private=True)

    @app_commands.command(name="export", description="Get everything that I keep about you as a file (JSON)")
    async def export(self, interaction: Interaction) -> None:
        """Send the file."""
        await self._export(interaction)

    @app_commands.command(name="delete", description="Delete what I keep about you")
    async def delete(self, interaction: Interaction) -> None:
        """Ask once."""
        await reply(interaction, delete_card(), private=True)

    async def name(self, interaction: Interaction, press: Press) -> None:
        """Hide or show the reader's name on boards."""
        if press.state not in {"0", "1"}:
            raise Refusal("This button belongs to another version of me; use /privacy show again.")
        hidden = press.state == "1"
        person = await self.services.store.people.get(interaction.user.id)
        await self.services.book.keep(altered(person, hidden=hidden))
        note = f"Saved: your name is {'hidden' if hidden else 'shown'} on boards."
        await replace(interaction, await self._card(interaction, note))

    async def export_pressed(self, interaction: Interaction, _: Press) -> None:
        """Send the file."""
        await self._export(interaction)

    async def delete_pressed(self, interaction: Interaction, _: Press) -> None:
        """Ask once."""
        await reply(interaction, delete_card(), private=True)

    async def delete_now(self, interaction: Interaction, _: Press) -> None:
        """Delete everything, and say what happened."""
        rows = await self.services.store.people.erase(interaction.user.id)
        self.services.book.forget(interaction.user.id)
        self.bot.dispatch("person_erased", interaction.user.id)
        await replace(interaction, notice(_told(rows)))

    async def _card(self, interaction: Interaction, note: str = "") -> discord.ui.LayoutView:
        kept = await self.services.store.people.export(interaction.user.id)
        return privacy_card(kept, self.services.library, note)

    async def _export(self, interaction: Interaction) -> None:
        kept = exported(await self.services.store.people.export(interaction.user.id))
        written = json.dumps(kept, ensure_ascii=False, indent=2)
        file = discord.File(io.BytesIO(f"{written}\n".encode()), filename=_FILE)
        await reply(interaction, export_card(_FILE), private=True, files=[file])


def _told(rows: int) -> str:
    if not rows:
        return "Nothing was kept under your id, so there was nothing to delete."
    entries = f"{rows:,} {'entry' if rows == 1 else 'entries'}"
    return f"Done. I deleted your choices and took your id from what else I kept ({entries}). Anonymous totals stay."
