"""Servers' settings."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import select

from bot.store.records import GuildSettings
from bot.store.tables import guilds
from bot.store.transactions import Transactions, put


class Guilds:
    """Keeps the settings of each server."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the database's transactions."""
        self._transactions = transactions

    async def get(self, guild_id: int) -> GuildSettings:
        """Give a server's settings: the defaults when it has none of its own."""
        statement = select(guilds).where(guilds.c.guild_id == guild_id)
        row = await self._transactions.read(lambda connection: connection.execute(statement).mappings().one_or_none())
        if row is None:
            return GuildSettings(guild_id)
        values = dict(row)
        values["channel_packs"] = {int(channel): pack for channel, pack in row["channel_packs"].items()}
        values["ask_channels"] = frozenset(row["ask_channels"])
        return GuildSettings(**values)

    async def save(self, settings: GuildSettings) -> None:
        """Keep a server's settings, replacing earlier ones."""
        row = {one.name: getattr(settings, one.name) for one in fields(settings)}
        row["channel_packs"] = {str(channel): pack for channel, pack in settings.channel_packs.items()}
        row["ask_channels"] = sorted(settings.ask_channels)
        await self._transactions.write(lambda connection: put(connection, guilds, row))
