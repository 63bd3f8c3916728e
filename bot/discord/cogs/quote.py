"""``/quote``: what others said, as the brief quotes it."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.answers.choices import complete
from bot.answers.outline import speakers, speaks_of, subjects
from bot.discord.cards.layout import body
from bot.discord.cards.quotes import quote_card
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.completion import Choices, choices, complete_briefs, unfailing, volume_at
from bot.discord.delivery import reply
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.seats import seat_at

_ROOM_NAMES = 400


@unfailing
async def complete_speakers(interaction: Interaction, typed: str) -> Choices:
    """Suggest who is quoted."""
    volume = await volume_at(interaction)
    return choices(complete(typed, speakers(volume.pack))) if volume else []


@unfailing
async def complete_subjects(interaction: Interaction, typed: str) -> Choices:
    """Suggest what the quotations are about."""
    volume = await volume_at(interaction)
    return choices(complete(typed, subjects(volume.pack))) if volume else []


class QuoteCog(commands.Cog, name="Quote"):
    """Shows quotations."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self.services = bot.services

    @app_commands.command(
        description="Show a statement that the brief quotes: who, when, and on what occasion", extras=READS
    )
    @app_commands.describe(
        speaker="Who said it",
        about="What it is about",
        private="Show it to you alone",
        brief="Another brief than this channel’s",
    )
    @app_commands.autocomplete(speaker=complete_speakers, about=complete_subjects, brief=complete_briefs)
    async def quote(
        self,
        interaction: Interaction,
        speaker: str | None = None,
        about: str | None = None,
        private: bool | None = None,
        brief: str | None = None,
    ) -> None:
        """Show the first quotation that fits, and offer the others."""
        seat = await seat_at(self.services, interaction, brief, private=private)
        volume = seat.volume
        fitting = [
            quote
            for quote in volume.pack.quotes
            if all(speaks_of(quote, wanted) for wanted in (speaker, about) if wanted)
        ]
        if not fitting:
            raise Refusal(_none(volume))
        first, *others = fitting
        others += [quote for quote in volume.pack.quotes if quote not in fitting]
        found = self.services.library.find(volume.keys.key_of(first))
        if found is None:
            raise Refusal(_none(volume))
        asker = 0 if seat.private or seat.direct else interaction.user.id
        card = quote_card(found, first, others, asker=asker, named=self.services.library.many)
        await reply(interaction, card, private=seat.private)


def _none(volume: Volume) -> str:
    names = speakers(volume.pack)
    if not names:
        return "This brief quotes nobody."
    return f"No quotation fits. The brief quotes {body(', '.join(names), _ROOM_NAMES)}."
