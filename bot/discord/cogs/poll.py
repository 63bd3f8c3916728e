"""``/poll``: a figure as a chart and in sentences."""

from __future__ import annotations

import logging
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.answers.choices import choose, complete
from bot.brief.citations import cite
from bot.brief.pack import Figure
from bot.charts.faults import ChartFault
from bot.discord.actions import Press
from bot.discord.cards.figures import figure_card
from bot.discord.cards.layout import body
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.completion import Choices, choices, complete_briefs, unfailing, volume_at
from bot.discord.delivery import reply
from bot.discord.faults import Refusal
from bot.discord.library import Found, Volume
from bot.discord.seats import Seat, seat_at

_log = logging.getLogger(__name__)
_ROOM_TITLES = 400


@unfailing
async def complete_figures(interaction: Interaction, typed: str) -> Choices:
    """Suggest figures by title."""
    volume = await volume_at(interaction)
    return choices(complete(typed, [figure.title for figure in volume.pack.figures])) if volume else []


class Poll(commands.Cog):
    """Shows figures."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the chart button does."""
        self.services = bot.services
        bot.actions.add("chart", self.chart, reads=True)

    async def cog_load(self) -> None:
        """Begin to draw ahead."""
        self.draw_ahead.start()

    async def cog_unload(self) -> None:
        """Stop drawing."""
        self.draw_ahead.cancel()

    @tasks.loop(minutes=1, count=2)
    async def draw_ahead(self) -> None:
        """Draw every chart that is not kept yet, so that nobody waits for one; a minute after the start has passed."""
        if self.draw_ahead.current_loop == 0:
            return
        try:
            for volume in self.services.library.volumes:
                for figure in volume.pack.figures:
                    await self._picture(volume, figure)
        except Exception as error:  # noqa: BLE001 - the one error path of loops
            self.services.faults.note(error, "drawing ahead")

    @app_commands.command(description="Show a figure of the brief as a chart and in sentences", extras=READS)
    @app_commands.describe(
        figure="A figure by its title", private="Show it to you alone", brief="Another brief than this channel’s"
    )
    @app_commands.autocomplete(figure=complete_figures, brief=complete_briefs)
    async def poll(
        self,
        interaction: Interaction,
        figure: str | None = None,
        private: bool | None = None,
        brief: str | None = None,
    ) -> None:
        """Show the figure that was named, else the first."""
        seat = await seat_at(self.services, interaction, brief, private=private)
        figures = seat.volume.pack.figures
        if not figures:
            raise Refusal("This brief has no figures.")
        number = choose(figure, [one.title for one in figures]) if figure else 0
        if number is None:
            titles = body("; ".join(one.title for one in figures), _ROOM_TITLES)
            raise Refusal(f"There is no such figure. The brief has: {titles}.")
        await self._show(interaction, seat, seat.volume, figures[number], private=seat.private)

    async def chart(self, interaction: Interaction, press: Press) -> None:
        """Show the chart of an answer to whoever wants it."""
        found = self.services.library.find("".join(press.values) or press.state)
        if found is None or not isinstance(found.match.entry, Figure):
            raise Refusal("This figure is no longer in the brief’s index.")
        seat = await seat_at(self.services, interaction)
        await self._show(interaction, seat, found.volume, found.match.entry, private=not seat.direct)

    async def _show(
        self, interaction: Interaction, seat: Seat, volume: Volume, figure: Figure, *, private: bool
    ) -> None:
        if self.services.charts.kept(figure, _citation(volume, figure)) is None:
            await interaction.response.defer(ephemeral=private, thinking=True)
        picture = await self._picture(volume, figure)
        match = volume.keys.match(volume.keys.key_of(figure))
        if match is None:
            raise Refusal("This figure is no longer in the brief’s index.")
        asker = 0 if private or seat.direct else interaction.user.id
        others = [one for one in volume.pack.figures if one is not figure]
        card = figure_card(Found(volume, match), figure, picture, others, asker=asker, named=self.services.library.many)
        files = [discord.File(picture)] if picture else []
        await reply(interaction, card, private=private, files=files)

    async def _picture(self, volume: Volume, figure: Figure) -> Path | None:
        try:
            return await self.services.charts.draw(figure, _citation(volume, figure))
        except ChartFault as fault:
            _log.warning("the chart of %s could not be drawn: %s", figure.id, fault)
            return None


def _citation(volume: Volume, figure: Figure) -> str:
    return cite(volume.pack, figure.place, volume.pack.page_of(figure.place)).text
