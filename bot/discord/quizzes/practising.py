"""``/quiz practice`` and ``/quiz me``: alone, shown to nobody else, in a server or in direct messages."""

from __future__ import annotations

import random
from collections.abc import Sequence

from discord import app_commands

from bot.discord.actions import Handler, Press
from bot.discord.cards.quiz_practice import marked_card, practice_form, progress_card, read_form, topic_code
from bot.discord.cards.quiz_telling import counted
from bot.discord.client import READS, Interaction
from bot.discord.completion import Choices, complete_briefs, unfailing, volume_at
from bot.discord.delivery import reply
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.quizzes.desk import QuizDesk, topic_choices, topic_in
from bot.quiz.items import Item, as_choice
from bot.quiz.practice import mark, page, progress, results_of
from bot.quiz.sets import topics
from bot.store.database import StoreFault

_ANOTHER_BRIEF = "Another brief than this channel’s"


class Practising(QuizDesk):
    """Lets readers practise."""

    def practising_presses(self) -> tuple[tuple[str, Handler], ...]:
        """Say what the buttons and forms do."""
        return (
            ("quiz-practise", self.practise_more),
            ("quiz-practised", self.mark_practised),
            ("quiz-progress", self.show_progress),
        )

    @app_commands.command(name="practice", description="Practise alone: five questions on one page", extras=READS)
    @app_commands.describe(topic="Only questions about this", brief=_ANOTHER_BRIEF)
    @app_commands.autocomplete(brief=complete_briefs)
    async def practice(self, interaction: Interaction, topic: str | None = None, brief: str | None = None) -> None:
        """Open a form."""
        volume = await self.volume(interaction, brief)
        bank = await self._practice_bank(interaction, volume)
        await self._ask(interaction, volume, bank, topic_in(bank, topic))

    @practice.autocomplete("topic")
    @unfailing
    async def complete_practice(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest topics, with those of the server's own questions."""
        volume = await volume_at(interaction)
        try:
            bank = await self._practice_bank(interaction, volume) if volume else ()
        except StoreFault:  # the command itself says so
            return []
        return topic_choices([item for item in bank if as_choice(item)], typed)

    @app_commands.command(name="me", description="See how you are doing, for you alone")
    @app_commands.describe(brief=_ANOTHER_BRIEF)
    @app_commands.autocomplete(brief=complete_briefs)
    async def me(self, interaction: Interaction, brief: str | None = None) -> None:
        """Tell it."""
        await self._tell_progress(interaction, await self.volume(interaction, brief), "")

    async def practise_more(self, interaction: Interaction, press: Press) -> None:
        """Open the next form; what went wrong comes back first."""
        volume, code = self._of_state(press)
        bank = await self._practice_bank(interaction, volume)
        topic = next((one for one in topics(bank) if topic_code(one) == code), "")
        await self._ask(interaction, volume, bank, topic)

    async def mark_practised(self, interaction: Interaction, press: Press) -> None:
        """Mark a form, keep how it went under the time at which it was sent, and show it."""
        volume, _ = self._of_state(press)
        found = read_form(press.fields, await self._practice_bank(interaction, volume))
        marked = mark(found.fields, found.picked)
        results = results_of(marked, interaction.created_at)
        if results:
            await self.quizzes.keep_practice(interaction.user.id, volume.id, results)
        await reply(interaction, marked_card(marked, found.changed, press.state), private=True)

    async def show_progress(self, interaction: Interaction, press: Press) -> None:
        """Tell how it goes."""
        volume, _ = self._of_state(press)
        await self._tell_progress(interaction, volume, press.state.partition(".")[2])

    async def _ask(self, interaction: Interaction, volume: Volume, bank: Sequence[Item], topic: str) -> None:
        results = await self.quizzes.practised(interaction.user.id, volume.id)
        fields = page(bank, results, random.Random(interaction.id), interaction.created_at, topic)
        if not fields:
            raise Refusal("There is nothing to practise here: no question of it has options to pick from.")
        await interaction.response.send_modal(practice_form(fields, _state(volume, topic_code(topic)), topic))

    async def _tell_progress(self, interaction: Interaction, volume: Volume, code: str) -> None:
        bank = await self._practice_bank(interaction, volume)
        results = await self.quizzes.practised(interaction.user.id, volume.id)
        told = progress(bank, results, interaction.created_at)
        card = progress_card(told, await self._rounds_played(interaction), _state(volume, code))
        await reply(interaction, card, private=True)

    async def _practice_bank(self, interaction: Interaction, volume: Volume) -> tuple[Item, ...]:
        """Give all that everybody may practise here."""
        return await self.whole_bank(volume, _server(interaction))

    async def _rounds_played(self, interaction: Interaction) -> str:
        """Tell what somebody's rounds in this server came to; empty where there were none."""
        guild_id = _server(interaction)
        scores = await self.rounds.leaderboard(guild_id, None) if guild_id else []
        mine = next((one for one in scores if one.user_id == interaction.user.id), None)
        if mine is None:
            return ""
        questions = counted(mine.asked, "question")
        return f"In this server you played {counted(mine.rounds, 'round')}: {mine.right:,} of {questions} right."

    def _of_state(self, press: Press) -> tuple[Volume, str]:
        """Read the brief and the topic's code of a button or form; raises Refusal."""
        key, _, code = press.state.partition(".")
        volume = self.services.library.keyed(key)
        if volume is None:
            raise Refusal("This brief is not in my library any more; choose another with /quiz practice.")
        return volume, code


def _server(interaction: Interaction) -> int | None:
    """Give the server whose own questions are asked, too: none where only this member brought me along."""
    return interaction.guild_id if interaction.is_guild_integration() else None


def _state(volume: Volume, code: str) -> str:
    return f"{volume.id_key}.{code}" if code else volume.id_key
