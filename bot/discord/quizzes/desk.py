"""The desk: what all commands of ``/quiz`` share: who leads, which brief, which round, and what can be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discord import app_commands
from discord.ext import commands

from bot.answers.choices import complete
from bot.discord.client import BriefBot, Interaction
from bot.discord.completion import MAX_NAME, Choices, choices, volume_at
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.markdown import shortened
from bot.discord.permissions import may_lead, need_lead
from bot.discord.quizzes.banks import Banks, settled
from bot.discord.seats import seat_at
from bot.quiz.items import Item
from bot.quiz.sets import topics
from bot.quiz.wording import Lexicon
from bot.store.database import StoreFault
from bot.store.quiz_records import KeptRound, RoundHead
from bot.store.records import GuildSettings

MANY_ROUNDS = 100  # that a list of rounds goes back
NO_SET = "There is no such set here; choose one from the list, or make one with /quiz preview."
_SIZE = re.compile(r"\s*\(\d+\)$", re.ASCII)  # behind a topic


class QuizDesk(commands.Cog):
    """What the commands work with."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self.bot = bot
        self.services = bot.services
        self.rounds = bot.services.store.rounds
        self.quizzes = bot.services.store.quizzes
        self.banks = Banks()

    async def need_lead(self, interaction: Interaction) -> GuildSettings:
        """Give the server's settings to who leads quizzes in it; raises Refusal."""
        if interaction.guild_id is None:
            raise Refusal("Quizzes are led in a server; use this there.")
        settings = await self.services.book.settings(interaction.guild_id)
        need_lead(interaction, settings)
        return settings

    async def leads(self, interaction: Interaction) -> int:
        """Give the server's id where completion may tell of its rounds and sets, else 0."""
        guild_id = interaction.guild_id
        if guild_id is None or not may_lead(interaction, await self.services.book.settings(guild_id)):
            return 0
        return guild_id

    async def volume(self, interaction: Interaction, brief: str | None = None) -> Volume:
        """Find the brief that was named, else the channel's; raises Refusal."""
        return (await seat_at(self.services, interaction, brief)).volume

    def bank(self, volume: Volume) -> tuple[Item, ...]:
        """Give what the brief itself lets one ask."""
        return self.banks.items(volume)

    async def whole_bank(self, volume: Volume, guild_id: int | None) -> tuple[Item, ...]:
        """Give all that can be asked here: the server's own questions, too."""
        own = await self.quizzes.own(guild_id, volume.id) if guild_id else []
        return (*self.bank(volume), *settled(volume, own))

    def lexicon(self, volume: Volume) -> Lexicon:
        """Give what is known of the brief's words."""
        return self.banks.lexicon(volume)

    async def round_named(self, interaction: Interaction, typed: str) -> KeptRound:
        """Find the round that was chosen or typed, such as ``12`` or ``#12``, to who leads; raises Refusal."""
        settings = await self.need_lead(interaction)
        number = typed.strip().removeprefix("#")
        known = number.isascii() and number.isdigit() and len(number) < 19
        found = await self.rounds.find(settings.guild_id, int(number)) if known else None
        if found is None:
            raise Refusal("I know no such round here; choose one from the list.")
        return found

    async def name_rounds(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest rounds, the latest first, to those who lead."""
        guild_id = await self.leads(interaction)
        try:
            heads = await self.rounds.recent(guild_id, MANY_ROUNDS) if guild_id else []
        except StoreFault:  # the command itself says so
            return []
        names = {round_name(head): str(head.id) for head in heads if head.questions or head.ended is None}
        return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]

    async def name_topics(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest topics of the brief at hand."""
        volume = await volume_at(interaction)
        try:
            bank = await self.whole_bank(volume, await self.leads(interaction)) if volume else ()
        except StoreFault:
            return []
        return topic_choices(bank, typed)

    async def name_sets(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest sets that were saved, to those who lead."""
        guild_id, volume = await self.leads(interaction), await volume_at(interaction)
        try:
            kept = await self.quizzes.sets(guild_id, volume.id) if guild_id and volume else []
        except StoreFault:
            return []
        return choices(complete(typed, [one.name for one in kept]))


def round_name(head: RoundHead) -> str:
    """Name a round in a list; names are unique by its number."""
    asked = f"{head.questions} question{'' if head.questions == 1 else 's'}"
    state = "running" if head.ended is None else f"{head.players} took part"
    return shortened(f"#{head.id} · {head.opened:%d %b %Y %H:%M} · {head.title} · {asked}, {state}", MAX_NAME)


def topic_choices(bank: Sequence[Item], typed: str) -> Choices:
    """Suggest topics, each with the number of its questions."""
    names = {f"{topic} ({count})": topic for topic, count in topics(bank).items()}
    return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]


def topic_in(bank: Sequence[Item], typed: str | None) -> str:
    """Give the topic that was chosen or typed, in any case, with or without its number; empty for none.

    Raises Refusal.
    """
    if not typed:
        return ""
    known = {topic.casefold(): topic for topic in reversed(topics(bank))}
    wanted = typed.casefold().strip()
    found = known.get(wanted) or known.get(_SIZE.sub("", wanted))
    if found is None:
        raise Refusal("There is no such topic here; choose one from the list.")
    return found
