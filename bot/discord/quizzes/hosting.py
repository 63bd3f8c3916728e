"""Hosting: the part of the cog that keeps the rounds going: the loop, and what Discord tells of channels and shards."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord.ext import commands, tasks

from bot.discord.client import BriefBot
from bot.discord.faults import Refusal
from bot.discord.quizzes.desk import QuizDesk
from bot.discord.quizzes.host import Host
from bot.quiz.events import Stopped
from bot.store.faults import StoreFault

_log = logging.getLogger(__name__)
_GRACE = 1.5  # seconds, beside the six that commands have
_PATIENCE = 1.5  # seconds to ask the database, of the three that Discord waits
_WAITING = "You are in a closed-book quiz. You can look things up again after this question is revealed."


class Hosting(QuizDesk):
    """Keeps rounds going as long as the bot runs."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot; from now on the closed book is asked for."""
        super().__init__(bot)
        self.host = Host(bot)
        bot.book_closed = self.book_closed

    async def cog_load(self) -> None:
        """Begin, once for all connections."""
        self.ticks.start()

    async def cog_unload(self) -> None:
        """End what is being shown."""
        self.ticks.cancel()
        await self.host.stop(_GRACE)

    @tasks.loop(seconds=1)
    async def ticks(self) -> None:
        """Do what is due; a fault is for the log, and the next second is another try."""
        try:
            await self.host.once(discord.utils.utcnow())
        except StoreFault as fault:
            _log.warning("quizzes have to wait: %s", fault)
        except Exception as error:  # noqa: BLE001 - the one error path of loops; raised, it would end the loop
            self.bot.faults.note(error, "keeping quizzes going")

    async def book_closed(self, user_id: int) -> None:
        """Refuse to look things up for who plays with a closed book; a fault of the database closes nothing."""
        now = discord.utils.utcnow()
        bound = self.host.waiting_for(user_id, now) is not None
        if not bound and self.services.configuration.discord.shard_ids is not None:
            try:
                async with asyncio.timeout(_PATIENCE):
                    bound = await self.host.bound_elsewhere(user_id, now)
            except (StoreFault, TimeoutError) as fault:
                _log.warning("whether a book is closed could not be read: %s", str(fault) or "it takes too long")
        if bound:
            raise Refusal(_WAITING)
        self.host.look(user_id, now)

    @commands.Cog.listener()
    async def on_shard_connect(self, shard_id: int | None) -> None:
        """Take up the rounds of a shard's servers; ``shard_ready`` comes seconds later, when all servers are known."""
        await self._take_up(shard_id)

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int | None) -> None:
        """Go on with the rounds of a shard that is back."""
        await self.host.go_on(shard_id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int | None) -> None:
        """Let a shard's rounds stand still."""
        self.host.leave(shard_id, discord.utils.utcnow())

    @commands.Cog.listener()
    async def on_raw_message_delete(self, deleted: discord.RawMessageDeleteEvent) -> None:
        """Post what is not over again."""
        await self._lost(deleted.guild_id, {deleted.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, deleted: discord.RawBulkMessageDeleteEvent) -> None:
        """Post what is not over again."""
        await self._lost(deleted.guild_id, deleted.message_ids)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End the rounds of a channel that is gone."""
        await self._end(channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, deleted: discord.RawThreadDeleteEvent) -> None:
        """End the rounds of a thread that is gone."""
        await self._end(deleted.guild_id, deleted.thread_id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """End the rounds of a server that the bot is no longer in."""
        await self._end(guild.id, 0)

    @commands.Cog.listener()
    async def on_person_erased(self, user_id: int) -> None:
        """Know somebody no longer."""
        try:
            await self.host.forget(user_id)
        except StoreFault as fault:
            _log.warning("an erased person is forgotten in a moment: %s", fault)

    async def _take_up(self, shard_id: int | None) -> None:
        try:
            await self.host.take_up(shard_id, discord.utils.utcnow())
        except Exception as error:
            self.host.owed.add(shard_id or 0)
            if not isinstance(error, StoreFault):
                raise
            _log.warning("running quizzes could not be taken up yet: %s", error)

    async def _lost(self, guild_id: int | None, message_ids: set[int]) -> None:
        for live in self.host.running(guild_id or 0):
            for key in filter(None, map(live.key_of, message_ids)):
                await self.host.board.lost(live, key)
                self.host.board.wake(live)

    async def _end(self, guild_id: int, channel_id: int) -> None:
        """End the rounds of a channel, or all of a server."""
        now = discord.utils.utcnow()
        for live in self.host.running(guild_id):
            if not channel_id or channel_id in {live.place.channel_id, live.lobby.channel_id}:
                try:
                    await self.host.happen(live, Stopped(now, "Its channel was deleted."), now)
                except StoreFault as fault:
                    _log.warning("the end of quiz %d is written in a moment: %s", live.id, fault)
