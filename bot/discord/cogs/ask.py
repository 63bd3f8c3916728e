"""``/ask`` and the buttons of its cards."""

from __future__ import annotations

from dataclasses import replace as altered

from discord import app_commands, ui
from discord.ext import commands

from bot.discord.actions import Press
from bot.discord.asking import ask_at, is_kept, is_readable, keep
from bot.discord.cards.answer import COMMANDER, Frame, match_card, more_card, outcome_card
from bot.discord.cards.around import around_card
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.completion import complete_briefs, complete_questions
from bot.discord.delivery import is_alone, remove, replace, reply
from bot.discord.faults import Refusal
from bot.discord.library import Found
from bot.discord.memory import Memory
from bot.discord.permissions import may_moderate, may_post
from bot.discord.seats import seat_at

_MOST_CARDS = 64
_GONE = "This passage is no longer in the brief’s index; ask again to see what is."


class Ask(commands.Cog):
    """Answers questions."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the buttons of an answer do."""
        self.services = bot.services
        self._cards: Memory[tuple[str, str, Frame], ui.LayoutView] = Memory(_MOST_CARDS)
        for handler in (self.show, self.more, self.around, self.walk, self.share):
            bot.actions.add(handler.__name__, handler, reads=True)
        bot.actions.add("remove", self.remove)

    @app_commands.command(
        description="Ask the brief a question: a passage with its citation, or an honest no", extras=READS
    )
    @app_commands.describe(
        question="Your question, in English; the suggestions are questions that the brief answers",
        private="Show the answer to you alone",
        brief="Another brief than this channel’s",
    )
    @app_commands.autocomplete(question=complete_questions, brief=complete_briefs)
    async def ask(
        self, interaction: Interaction, question: str, private: bool | None = None, brief: str | None = None
    ) -> None:
        """Answer, then count what the brief did not answer."""
        seat = await seat_at(self.services, interaction, brief, private=private)
        outcome = ask_at(seat, question)
        private = seat.private or not (seat.direct or is_readable(outcome))
        frame = Frame(
            asker=0 if private or seat.direct else COMMANDER,
            shareable=private and not seat.closed and interaction.guild_id is not None,
            feedback=seat.feedback,
            named=self.services.library.many,
            kept=is_kept(seat, outcome),
        )
        card = self._cards.get((seat.volume.id, question, frame), lambda: outcome_card(seat.volume, outcome, frame))
        await reply(interaction, card, private=private)
        if not await keep(self.services, seat, outcome, interaction.user.id, interaction.created_at):
            await replace(interaction, outcome_card(seat.volume, outcome, altered(frame, kept=False)))

    async def show(self, interaction: Interaction, press: Press) -> None:
        """Show one match to whoever wants to see it."""
        found = self._found("".join(press.values) or press.state)
        seat = await seat_at(self.services, interaction)
        frame = Frame(
            shareable=interaction.guild_id is not None and not seat.closed,
            feedback=seat.feedback,
            named=self.services.library.many,
        )
        await reply(interaction, match_card(found, frame), private=not seat.direct)

    async def more(self, interaction: Interaction, press: Press) -> None:
        """Show the further matches of an answer, as many as are still there."""
        founds = [found for key in press.state.split(",") if (found := self.services.library.find(key))]
        if not founds:
            raise Refusal(_GONE)
        card = more_card(founds, named=self.services.library.many)
        await reply(interaction, card, private=not is_alone(interaction))

    async def around(self, interaction: Interaction, press: Press) -> None:
        """Show what stands around a match."""
        await reply(interaction, around_card(self._found(press.state)), private=not is_alone(interaction))

    async def walk(self, interaction: Interaction, press: Press) -> None:
        """Go on to the place before or after."""
        await replace(interaction, around_card(self._found(press.state)))

    async def share(self, interaction: Interaction, press: Press) -> None:
        """Post a private answer for all, in the name of the member who shares it."""
        found = self._found(press.state)
        seat = await seat_at(self.services, interaction, private=False)
        if seat.closed or not may_post(interaction):
            raise Refusal("Answers cannot be shared here: you may not write in this channel, or it takes none.")
        frame = Frame(
            asker=interaction.user.id,
            feedback=seat.feedback,
            named=self.services.library.many,
            shared_by=interaction.user.mention,
        )
        await reply(interaction, match_card(found, frame), private=False)

    async def remove(self, interaction: Interaction, press: Press) -> None:
        """Take a public card back, for who asked and for moderators."""
        settings = await self.services.book.settings(interaction.guild_id) if interaction.guild_id else None
        if interaction.user.id != _owner(interaction, press) and not may_moderate(interaction, settings):
            raise Refusal("Only who asked, or a moderator, may take this answer back.")
        await remove(interaction)

    def _found(self, key: str) -> Found:
        found = self.services.library.find(key)
        if found is None:
            raise Refusal(_GONE)
        return found


def _owner(interaction: Interaction, press: Press) -> int:
    """Tell whose card it is: the state names him, else who used the command."""
    if press.state.isascii() and press.state.isdigit():
        return int(press.state)
    made_by = interaction.message.interaction_metadata if interaction.message else None
    return made_by.user.id if made_by and not press.state else 0
