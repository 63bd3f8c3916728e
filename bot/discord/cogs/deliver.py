"""Deliver: posts what is due, in rounds a few seconds apart."""

from __future__ import annotations

import logging
import os
import random
import secrets
import socket

import discord
from discord.ext import commands, tasks

from bot.discord.client import BriefBot
from bot.discord.delivering.worker import Worker
from bot.store.database import StoreFault

_log = logging.getLogger(__name__)
_GRACE = 1.5  # seconds for what is being sent when the bot stops, beside the six that commands have


class Deliver(commands.Cog):
    """Runs the worker as long as the bot runs, whether the gateway is up or not."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        owner = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self.faults = bot.faults
        self.worker = Worker(bot.services, bot, owner=owner, rng=random.Random())
        self._kicked = False

    async def cog_load(self) -> None:
        """Begin, once for all connections."""
        self.rounds.start()

    async def cog_unload(self) -> None:
        """End what is being sent, give back the rest."""
        await self.worker.stop(_GRACE)
        self.rounds.cancel()

    def kick(self) -> None:
        """Begin a round at once: something was posted that nobody should wait for."""
        if self.worker.busy:
            self._kicked = True
        else:
            self.rounds.restart()

    @tasks.loop(seconds=2)
    async def rounds(self) -> None:
        """Settle what is due; a fault is for the log, and the next round is another try."""
        try:
            await self.worker.once(discord.utils.utcnow())
            while self._kicked:
                self._kicked = False
                await self.worker.once(discord.utils.utcnow())
        except StoreFault as fault:
            _log.warning("digests have to wait: %s", fault)
        except Exception as error:  # noqa: BLE001 - the one error path of loops; raised, it would end the loop
            self.faults.note(error, "delivering digests")
