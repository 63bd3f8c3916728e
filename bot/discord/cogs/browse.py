"""``/browse``: the outline and everything in it, page by page, for one reader."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands
from discord.ext import commands

from bot.answers.choices import choose, complete
from bot.discord.actions import Press
from bot.discord.cards.answer import Frame
from bot.discord.cards.contents import outline_card, place_card, section_card
from bot.discord.cards.layout import body
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.completion import MAX_NAME, Choices, choices, complete_briefs, unfailing, volume_at
from bot.discord.delivery import is_alone, replace, reply
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.markdown import shortened
from bot.discord.seats import seat_at

_GONE = "This place is no longer in the brief’s index; /browse shows what is."


@unfailing
async def complete_sections(interaction: Interaction, typed: str) -> Choices:
    """Suggest sections by title."""
    volume = await volume_at(interaction)
    labels = section_labels(volume.pack.outline) if volume else []
    return choices(complete(typed, labels))


def section_labels(outline: Sequence[str]) -> list[str]:
    """Label sections for a list of choices: by their titles, by a number and what has room of it where that is long."""
    return [
        title if len(title) <= MAX_NAME else shortened(f"{number}. {title}", MAX_NAME)
        for number, title in enumerate(outline, 1)
    ]


class Browse(commands.Cog):
    """Shows what is in the brief."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the buttons do."""
        self.services = bot.services
        for name, handler in (
            ("outline", self.outline),
            ("contents", self.contents),
            ("outline-page", self.contents),
            ("section", self.section),
            ("section-page", self.section_page),
            ("visit", self.visit),
        ):
            bot.actions.add(name, handler, reads=True)

    @app_commands.command(description="Read the brief section by section, in our words", extras=READS)
    @app_commands.describe(section="A section by its title", brief="Another brief than this channel’s")
    @app_commands.autocomplete(section=complete_sections, brief=complete_briefs)
    async def browse(self, interaction: Interaction, section: str | None = None, brief: str | None = None) -> None:
        """Show the outline, or one section."""
        seat = await seat_at(self.services, interaction, brief)
        card = outline_card(seat.volume)
        if section:
            outline = seat.volume.pack.outline
            labels = section_labels(outline)
            number = labels.index(section) if section in labels else choose(section, outline)
            if number is None:
                raise Refusal(f"There is no section “{body(section, 120)}”; choose one from the list.")
            card = section_card(seat.volume, number)
        await reply(interaction, card, private=not seat.direct)

    async def outline(self, interaction: Interaction, press: Press) -> None:
        """Show the outline beside a refusal."""
        await reply(interaction, outline_card(self._volume(press.state)), private=not is_alone(interaction))

    async def contents(self, interaction: Interaction, press: Press) -> None:
        """Go back to the outline, or turn its pages."""
        key, _, page = press.state.partition(".")
        await replace(interaction, outline_card(self._volume(key), _number(page)))

    async def section(self, interaction: Interaction, press: Press) -> None:
        """Open the section that was chosen."""
        await self._section(interaction, press.state, _number("".join(press.values)), 0)

    async def section_page(self, interaction: Interaction, press: Press) -> None:
        """Turn the pages of a section."""
        key, number, page = (*press.state.split("."), "", "")[:3]
        await self._section(interaction, key, _number(number), _number(page))

    async def visit(self, interaction: Interaction, press: Press) -> None:
        """Open a place."""
        found = self.services.library.find("".join(press.values) or press.state)
        if found is None:
            raise Refusal(_GONE)
        seat = await seat_at(self.services, interaction)
        frame = Frame(shareable=interaction.guild_id is not None and not seat.closed, named=self.services.library.many)
        await replace(interaction, place_card(found, frame))

    async def _section(self, interaction: Interaction, key: str, number: int, page: int) -> None:
        volume = self._volume(key)
        if number >= len(volume.pack.outline):
            raise Refusal(_GONE)
        await replace(interaction, section_card(volume, number, page))

    def _volume(self, key: str) -> Volume:
        volume = self.services.library.keyed(key)
        if volume is None:
            raise Refusal("This brief is not here any more; /browse shows the one that is.")
        return volume


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
