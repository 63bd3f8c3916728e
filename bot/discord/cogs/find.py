"""The message menu “Find in the brief”: the passages that speak to a message, privately and unlogged."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.outcomes import Answered, Match
from bot.discord.cards.answer import found_card
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.delivery import reply
from bot.discord.faults import Refusal
from bot.discord.library import Found, Volume
from bot.discord.seats import seat_at
from bot.words.text import sentences

_MOST_SENTENCES = 12
_MOST_FOUND = 5
_MOST_CHARACTERS = 500  # of one question


class Find(commands.Cog):
    """Finds passages for messages."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and add the menu, which a cog cannot declare by itself."""
        self.bot = bot
        self._menu = app_commands.ContextMenu(name="Find in the brief", callback=self._find, extras=READS)

    async def cog_load(self) -> None:
        """Add the menu to the tree."""
        self.bot.tree.add_command(self._menu)

    async def _find(self, interaction: Interaction, message: discord.Message) -> None:
        seat = await seat_at(self.bot.services, interaction)
        text = " ".join(message.content.split())
        if not text:
            raise Refusal("This message has no text that I could look up in the brief.")
        found = [Found(seat.volume, match) for match in speaking_to(seat.volume, text)]
        card = found_card(seat.volume, found, named=self.bot.services.library.many)
        await reply(interaction, card, private=True)


def speaking_to(volume: Volume, text: str) -> list[Match]:
    """Find what the brief says to a text: the text as a whole and each of its sentences are asked."""
    asked = dict.fromkeys([text[:_MOST_CHARACTERS], *sentences(text)[:_MOST_SENTENCES]])
    best: dict[tuple[str, int | None], Match] = {}
    for question in asked:
        outcome = volume.asker.ask(question[:_MOST_CHARACTERS], 2)
        if isinstance(outcome, Answered):
            for match in outcome.matches:
                place = (match.citation.section, match.citation.paragraph)
                if place not in best or best[place].score < match.score:
                    best[place] = match
    return sorted(best.values(), key=lambda match: -match.score)[:_MOST_FOUND]
