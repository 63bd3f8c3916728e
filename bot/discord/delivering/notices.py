"""Notices: one sentence to the server's log channel, or to the schedule's author, when a digest cannot be posted."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.digest.delivery import Fault
from bot.digest.forms import headline
from bot.discord.cards.layout import Tone, notice
from bot.discord.delivering.courier import Refused
from bot.discord.delivering.pace import Pace
from bot.discord.delivering.slot import Slot
from bot.discord.markdown import plain

if TYPE_CHECKING:
    from bot.discord.client import BriefBot

_log = logging.getLogger(__name__)


class Notices:
    """Tells people once; who cannot be reached finds the reason in the history."""

    def __init__(self, bot: BriefBot, pace: Pace) -> None:
        """Take the bot."""
        self._bot = bot
        self._pace = pace

    async def tell(self, slot: Slot, refused: Refused) -> None:
        """Say that a slot failed, and what to do; never raises."""
        sentence = self._sentence(slot, refused)
        settings = await self._bot.services.book.settings(slot.delivery.guild_id)
        author = slot.claim.schedule.author_id if slot.claim.schedule else None
        try:
            if settings.log_channel and await self._write(settings.log_channel, sentence):
                return
            if author:
                await self._pace.wait()
                direct = await self._bot.create_dm(discord.Object(author))
                await direct.send(view=_card(sentence))
        except Exception as error:  # noqa: BLE001 - there is nobody left to tell, and a cut connection has many names
            _log.info("nobody could be told that digest %d failed (%s)", slot.delivery.id, type(error).__name__)

    async def _write(self, channel_id: int, sentence: str) -> bool:
        await self._pace.wait()
        try:
            await self._bot.get_partial_messageable(channel_id).send(view=_card(sentence))
        except discord.HTTPException:
            return False
        return True

    def _sentence(self, slot: Slot, refused: Refused) -> str:
        guild = self._bot.get_guild(slot.delivery.guild_id)
        where = f"<#{slot.delivery.channel_id}>" + (f" of {plain(guild.name)}" if guild else "")
        when = f" ({headline(slot.rule)})" if slot.rule else ""
        why = refused.why.rstrip(".")
        why = why[0].lower() + why[1:] if not why.startswith("I ") else why
        said = f"A digest for {where}{when} could not be posted: {why}."
        if slot.claim.schedule is None or refused.fault is Fault.REJECTED:
            return said
        edit, resume = self._bot.mention_of("digest edit"), self._bot.mention_of("digest resume")
        mend = (
            f"name another channel with {edit}, then use {resume}"
            if refused.fault is Fault.GONE
            else f"mend that, then use {resume}"
        )
        return f"{said[:-1]}; its schedule is stopped: {mend}."


def _card(sentence: str) -> ui.LayoutView:
    card = notice(sentence, Tone.REFUSAL)
    card.stop()
    return card
