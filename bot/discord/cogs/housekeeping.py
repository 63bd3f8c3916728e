"""Housekeeping: once a day, what was kept long enough goes; and the log says when the bot is ready."""

from __future__ import annotations

import datetime as dt
import logging

import discord
from discord.ext import commands, tasks

from bot.discord.client import BriefBot
from bot.store.database import StoreFault

_log = logging.getLogger(__name__)


class Housekeeping(commands.Cog):
    """Keeps the database small."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self.bot = bot
        self.services = bot.services

    async def cog_load(self) -> None:
        """Begin."""
        self.daily.start()
        self.topics.start()

    async def cog_unload(self) -> None:
        """End."""
        self.daily.cancel()
        self.topics.cancel()
        await self.count_topics()

    @tasks.loop(hours=24)
    async def daily(self) -> None:
        """Forget what is older than the configuration says; a fault is for the log, and tomorrow is another day."""
        try:
            await self.tidy(discord.utils.utcnow())
        except Exception as error:  # noqa: BLE001 - the one error path of loops; raised, it would end the loop
            self.bot.faults.note(error, "housekeeping")

    async def tidy(self, now: dt.datetime) -> None:
        """Forget questions, reports, votes, delivered digests and topics that are too old."""
        before = now - dt.timedelta(days=self.services.configuration.keep_unanswered_days)
        try:
            gone = await self.services.store.unanswered.forget(before)
            gone += await self.services.store.feedback.forget(before)
            gone += await self.services.store.digests.forget(before)
            gone += await self.services.store.topics.forget(before.date())
        except StoreFault as fault:
            _log.warning("old entries could not be removed: %s", fault)
            return
        if gone:
            _log.info("removed %d old entries", gone)

    @tasks.loop(minutes=1)
    async def topics(self) -> None:
        """Write what was asked in the last minute."""
        try:
            await self.count_topics()
        except Exception as error:  # noqa: BLE001 - the one error path of loops; raised, it would end the loop
            self.bot.faults.note(error, "counting topics")

    async def count_topics(self) -> None:
        """Write what was asked; a fault is for the log, and the counts wait for the next time."""
        try:
            await self.services.heard.write()
        except StoreFault as fault:
            _log.warning("what was asked could not be counted: %s", fault)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Say that the bot is there."""
        _log.info("ready as %s in %d servers", self.bot.user, len(self.bot.guilds))
