"""``/cite``: references ready to paste."""

from __future__ import annotations

import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.choices import complete
from bot.answers.outline import find_place, place_labels
from bot.brief.references import STYLES, Reference, Style, reference
from bot.discord.cards.citing import is_whole, reference_card
from bot.discord.cards.layout import body
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.completion import Choices, choices, complete_briefs, unfailing, volume_at
from bot.discord.delivery import reply
from bot.discord.faults import Refusal
from bot.discord.seats import seat_at

_STYLES = [app_commands.Choice(name=name, value=name) for name in STYLES]


@unfailing
async def complete_places(interaction: Interaction, typed: str) -> Choices:
    """Suggest places that can be cited."""
    volume = await volume_at(interaction)
    return choices(complete(typed, [label for label, _ in place_labels(volume.pack)])) if volume else []


class Cite(commands.Cog):
    """Writes references."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self.services = bot.services

    @app_commands.command(description="Write the reference and the in-text form, ready to paste", extras=READS)
    @app_commands.describe(
        style="APA when you choose none",
        passage="A place of the brief, for the in-text form",
        private="Show it to you alone",
        brief="Another brief than this channel’s",
    )
    @app_commands.choices(style=_STYLES)
    @app_commands.autocomplete(passage=complete_places, brief=complete_briefs)
    async def cite(
        self,
        interaction: Interaction,
        style: str = "APA",
        passage: str | None = None,
        private: bool | None = None,
        brief: str | None = None,
    ) -> None:
        """Write it for the brief, or for one place of it."""
        seat = await seat_at(self.services, interaction, brief, private=private)
        pack = seat.volume.pack
        place = find_place(pack, passage) if passage else None
        if passage and place is None:
            raise Refusal(f"The brief has no place “{body(passage, 120)}”; choose one from the list.")
        chosen = _style(style)
        made = reference(pack.publication, chosen, place, pack.page_of(place) if place else "")
        files = _files(made)
        asker = 0 if seat.private or seat.direct else interaction.user.id
        name = files[0].filename if files else ""
        card = reference_card(seat.volume, chosen, place, made, name, asker=asker)
        await reply(interaction, card, private=seat.private, files=files)


def _style(wanted: str) -> Style:
    found = next((name for name in STYLES if name.casefold() == wanted.casefold()), None)
    if found is None:
        raise Refusal(f"I know these styles: {', '.join(STYLES)}.")
    return found


def _files(made: Reference) -> list[discord.File]:
    """Attach what other programs read, and what the card cannot show whole."""
    if made.filename:
        return [discord.File(io.BytesIO(made.text.encode()), filename=made.filename)]
    if is_whole(made):
        return []
    return [discord.File(io.BytesIO(f"{made.text}\n\n{made.in_text}\n".encode()), filename="reference.txt")]
