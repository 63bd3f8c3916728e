"""The least that a discord.py bot can be: one command with a constant answer. What ours takes is measured against it.

DISCORD_TOKEN=… WIRE_API_BASE=… WIRE_GATEWAY_URL=… WIRE_CDN_BASE=… python -m tests.benchmarks.noop_bot
"""

from __future__ import annotations

import os

import discord
from discord import app_commands
from discord.ext import commands

from tests.wire.pointing import point


@app_commands.command()
async def ask(interaction: discord.Interaction, question: str) -> None:
    """Answer a question."""
    await interaction.response.send_message("The same answer to every question.")


class NoopBot(commands.AutoShardedBot):
    """Registers the command and does nothing else."""

    async def setup_hook(self) -> None:
        """Register the command."""
        self.tree.add_command(ask)
        await self.tree.sync()


def main() -> None:
    """Run until the process is ended."""
    token = point(os.environ)
    intents = discord.Intents.default()
    bot = NoopBot(command_prefix=commands.when_mentioned, intents=intents, max_messages=None, shard_count=1)
    bot.run(token, log_handler=None)


if __name__ == "__main__":
    main()
