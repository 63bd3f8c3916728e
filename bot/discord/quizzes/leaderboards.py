"""``/quiz leaderboard``: who answered most questions right; who opted out has no name on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from discord import app_commands

from bot.discord.cards.quiz_board import Place, board_card, places_of, shown_places
from bot.discord.client import Interaction
from bot.discord.delivery import reply
from bot.discord.faults import Refusal
from bot.discord.quizzes.desk import QuizDesk
from bot.discord.seats import seat_at
from bot.quiz.periods import Period

LookBack: TypeAlias = Literal["week", "month", "all"]


class Leaderboards(QuizDesk):
    """Shows the board of a server."""

    @app_commands.command(name="leaderboard", description="See who answered most quiz questions right in this server")
    @app_commands.describe(period="The last 7 days, the last 30, or all rounds so far (default: month)")
    async def leaderboard(self, interaction: Interaction, period: LookBack = "month") -> None:
        """Show the first ten, to all where answers are for all."""
        if interaction.guild_id is None:
            raise Refusal("A leaderboard belongs to a server; use this there.")
        seat, chosen = await seat_at(self.services, interaction), Period(period)
        scores = await self.rounds.leaderboard(interaction.guild_id, chosen.since(interaction.created_at))
        places = places_of(scores)
        hidden = await self._hidden_at(shown_places(places))
        own = interaction.user.id if seat.private else None
        await reply(interaction, board_card(places, hidden, chosen, own=own), private=seat.private)

    async def _hidden_at(self, places: Iterable[Place]) -> frozenset[int]:
        """Ask the database itself who opted out: where it does not tell, no name may be shown."""
        shown = [one.standing.player for one in places if one.standing.player]
        return await self.services.store.people.hidden(shown)
