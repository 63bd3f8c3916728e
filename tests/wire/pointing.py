"""Points discord.py at the server of the tests, as the environment says; for the bots of these tests."""

from __future__ import annotations

from collections.abc import Mapping

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route


def point(environment: Mapping[str, str]) -> str:
    """Set discord.py's addresses, and give the token."""
    Route.BASE = environment["WIRE_API_BASE"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(environment["WIRE_GATEWAY_URL"])
    discord.Asset.BASE = environment["WIRE_CDN_BASE"]
    return environment["DISCORD_TOKEN"]
