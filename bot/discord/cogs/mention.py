"""Questions to the bot by name, or in direct messages: answered like ``/ask``, as a reply."""

from __future__ import annotations

import logging
from dataclasses import replace

import discord
from discord.ext import commands

from bot.discord.asking import ask_at, is_kept, keep
from bot.discord.cards.answer import Frame, outcome_card
from bot.discord.cards.layout import notice
from bot.discord.client import BriefBot
from bot.discord.delivery import amend, answer
from bot.discord.faults import Refusal
from bot.discord.permissions import may_reply
from bot.discord.seats import Seat, channel_ids, direct_seat, guild_seat

_log = logging.getLogger(__name__)
_BAD_REQUEST = 400
_UNKNOWN_CHANNEL = 10003
_PATIENCE = (5, 20.0)  # replies to one person within so many seconds; more is spam


class Mention(commands.Cog):
    """Listens to its name."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self.bot = bot
        self.services = bot.services
        self._pace = commands.CooldownMapping.from_cooldown(*_PATIENCE, commands.BucketType.user)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a question; stay silent when there is none."""
        question = self._question(message)
        if not question or self.bot.stopping or not may_reply(message) or self._floods(message):
            return
        try:
            await self._answer(message, question)
        except Exception as error:  # noqa: BLE001 - the one error path
            if isinstance(error, discord.Forbidden) or _is_deleted(error):
                _log.info("cannot reply in channel %s", message.channel.id)
            else:
                await self._apologise(message, error)

    async def _answer(self, message: discord.Message, question: str) -> None:
        seat = await self._seat(message)
        if seat.private:
            ask = self.bot.mention_of("ask")
            await answer(message, notice(f"Here I answer privately only: please use {ask}."))
            return
        await self.bot.book_closed(message.author.id)
        outcome = ask_at(seat, question)
        frame = Frame(
            asker=0 if seat.direct else message.author.id,
            feedback=seat.feedback,
            named=self.services.library.many,
            kept=is_kept(seat, outcome),
        )
        posted = await answer(message, outcome_card(seat.volume, outcome, frame))
        if not await keep(self.services, seat, outcome, message.author.id, message.created_at):
            await amend(posted, outcome_card(seat.volume, outcome, replace(frame, kept=False)))

    async def _seat(self, message: discord.Message) -> Seat:
        if message.guild is None:
            return await direct_seat(self.services, message.author.id)
        return await guild_seat(self.services, message.guild.id, channel_ids(message.channel))

    async def _apologise(self, message: discord.Message, error: Exception) -> None:
        sentence = str(error)
        if not isinstance(error, Refusal):
            reference = self.services.faults.note(error, "a mention", (message.content, self._question(message)))
            sentence = f"Something went wrong on my side; it is in my log. Reference: {reference}."
        try:
            await answer(message, notice(sentence))
        except Exception as second:  # noqa: BLE001 - a cut connection has many names
            _log.info("a mention could not be answered in channel %s (%s)", message.channel.id, type(second).__name__)

    def _floods(self, message: discord.Message) -> bool:
        """Tell whether somebody asks faster than anybody reads, by when Discord took the messages."""
        return self._pace.update_rate_limit(message, message.created_at.timestamp()) is not None

    def _question(self, message: discord.Message) -> str:
        """Read the question: what is left without our name; in direct messages the name is not needed."""
        if message.author.bot or self.bot.user is None or message.type not in _SPOKEN:
            return ""
        text, named = message.content, False
        for name in (f"<@{self.bot.user.id}>", f"<@!{self.bot.user.id}>"):
            named = named or name in text
            text = text.replace(name, " ")
        return " ".join(text.split()) if named or message.guild is None else ""


def _is_deleted(error: Exception) -> bool:
    """Tell whether a reply failed because its question is gone, or its channel."""
    if not isinstance(error, discord.HTTPException):
        return False
    return error.code == _UNKNOWN_CHANNEL or (error.status == _BAD_REQUEST and "message_reference" in error.text)


_SPOKEN = {discord.MessageType.default, discord.MessageType.reply}
