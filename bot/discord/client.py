"""The client: connects without privileged intents, offers the commands, and stops without losing work."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.ext import commands

from bot.discord.actions import Actions, Press, read_press, stands_on
from bot.discord.book import SAVING
from bot.discord.faults import Faults, Refusal
from bot.discord.services import Services
from bot.files.configuration import DiscordOptions
from bot.store.database import StoreFault

_log = logging.getLogger(__name__)
_COMMANDS = "commands"  # the fact that holds the hash and the ids of what Discord knows
_WORK = ("CommandTree-invoker", "discord.py: on_", SAVING)  # the names of tasks that are somebody's work
_OF_THE_TREE = {discord.InteractionType.application_command, discord.InteractionType.autocomplete}
_STOPPING = "I am restarting; please try again in a minute."

Interaction: TypeAlias = "discord.Interaction[BriefBot]"
READS: dict[Any, Any] = {"reads": True}  # the extras of a command that shows what the brief says
CogMaker: TypeAlias = "Callable[[BriefBot], commands.Cog]"


class Tree(app_commands.CommandTree["BriefBot"]):
    """The command tree with the one error path, closed while the bot stops."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Take no new work while stopping."""
        if self.client.stopping and interaction.type is discord.InteractionType.application_command:
            await self.client.services.faults.answer(interaction, Refusal(_STOPPING), "stopping")
        return not self.client.stopping and await self._open(interaction)

    async def _open(self, interaction: Interaction) -> bool:
        """Leave the book closed for who plays a quiz without it; raises Refusal, suggests nothing."""
        if interaction.command is None or not interaction.command.extras.get("reads"):
            return True
        try:
            await self.client.book_closed(interaction.user.id)
        except Refusal:
            if interaction.type is discord.InteractionType.application_command:
                raise
            await interaction.response.autocomplete([])
            return False
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the reader, and log."""
        name = interaction.command.qualified_name if interaction.command else "an unknown command"
        await self.client.services.faults.answer(interaction, error, f"/{name}")


class BriefBot(commands.AutoShardedBot):
    """The bot: services come in, cogs do the work."""

    def __init__(self, services: Services, cogs: Sequence[CogMaker]) -> None:
        """Take the services and the makers of the cogs; connects to nothing yet."""
        options = services.configuration.discord
        shards: dict[str, Any] = {} if options.shard_ids is None else {"shard_ids": list(options.shard_ids)}
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=options.shard_count,
            **shards,
        )
        self.services = services
        self.actions = Actions()
        self.stopping = False
        self.command_ids: dict[str, int] = {}
        self.book_closed: Callable[[int], Awaitable[None]] = _open_book
        self._cog_makers = tuple(cogs)
        self._listen_for_us()

    @property
    def faults(self) -> Faults:
        """Give the one error path."""
        return self.services.faults

    async def setup_hook(self) -> None:
        """Add the cogs, whose jobs start here and not at every reconnect, and tell Discord the commands if changed."""
        for make in self._cog_makers:
            await self.add_cog(make(self))
        await self._sync()

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as discord.py has it
        """Tell listeners of an event; commands are the tree's, and need no task that finds nothing to do."""
        if event_name == "interaction" and args[0].type in _OF_THE_TREE:
            return
        super().dispatch(event_name, *args, **kwargs)

    async def on_message(self, message: discord.Message, /) -> None:
        """Read no text commands; mentions are a cog's work."""

    async def on_interaction(self, interaction: Interaction) -> None:
        """Do what a button, a select or a form asks for; commands are the tree's work."""
        if interaction.type in {discord.InteractionType.component, discord.InteractionType.modal_submit}:
            press = read_press(interaction)
            try:
                await self._press(interaction, press)
            except Exception as error:  # noqa: BLE001 - the one error path of buttons
                await self.faults.answer(interaction, error, f"the action {press.name or 'of another version'}")

    async def on_error(self, event_method: str, /, *arguments: object, **_: object) -> None:
        """Log what went wrong in an event, with no word of its content."""
        error = sys.exc_info()[1]
        if error is not None:
            said = tuple(one.content for one in arguments if isinstance(one, discord.Message))
            self.faults.note(error, event_method, said)

    def mention_of(self, name: str) -> str:
        """Mention a command so that a click opens it, or name it while its id is unknown."""
        found = self.command_ids.get(name.partition(" ")[0])
        return f"</{name}:{found}>" if found else f"`/{name}`"

    async def stop(self, grace: float = 6.0) -> None:
        """Take no new work, let running work end within ``grace`` seconds, and leave."""
        self.stopping = True
        self.services.tally.hurry()
        running = [task for task in asyncio.all_tasks() if task.get_name().startswith(_WORK)]
        if running:
            _, late = await asyncio.wait(running, timeout=grace)
            if late:
                _log.warning("%d pieces of work did not end in time", len(late))
        await self.close()

    def _listen_for_us(self) -> None:
        """Leave unread what neither names us nor is said to us directly: most of what a busy server says.

        discord.py makes objects of a message before any listener can decline it; its table of parsers comes earlier.
        """
        parsers = self._connection.parsers
        read = parsers["MESSAGE_CREATE"]

        def read_ours(data: dict[str, Any]) -> None:
            if "guild_id" not in data or any(int(user["id"]) == self._connection.self_id for user in data["mentions"]):
                read(data)

        parsers["MESSAGE_CREATE"] = read_ours

    async def _press(self, interaction: Interaction, press: Press) -> None:
        if self.stopping:
            raise Refusal(_STOPPING)
        handler = self.actions.find(press.name)
        if handler is None or not stands_on(interaction):
            raise Refusal("This button belongs to another version of me; ask again to get a new card.")
        if self.actions.reads(press.name):
            await self.book_closed(interaction.user.id)
        await handler(interaction, press)

    async def _sync(self) -> None:
        """Send the commands to Discord when they differ from what was sent last; their ids are kept.

        Where Discord does not take them, the bot works with those that it has, and tries again at its next start.
        """
        guild_id = self.services.configuration.discord.dev_guild_id
        guild = discord.Object(guild_id) if guild_id else None
        if guild:
            self.tree.copy_global_to(guild=guild)
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands(guild=guild)]
        written = json.dumps([self.application_id, guild_id, payload], sort_keys=True)
        digest = hashlib.sha256(written.encode()).hexdigest()
        kept = await self._known_commands()
        self.command_ids = kept.get("ids", {})
        if kept.get("digest") == digest:
            return
        try:
            if kept and kept.get("guild") != guild_id:
                await self._withdraw(kept.get("guild"))
            synced = await self.tree.sync(guild=guild)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            if not self.stopping:
                self.faults.note(error, "telling Discord about the commands")
            return
        self.command_ids = {command.name: command.id for command in synced}
        _log.info("the commands changed: told Discord about %d", len(self.command_ids))
        try:
            await self.services.store.facts.set(
                _COMMANDS, json.dumps({"digest": digest, "guild": guild_id, "ids": self.command_ids})
            )
        except StoreFault as fault:
            _log.warning("Discord is told about the commands again at the next start: %s", fault)

    async def _withdraw(self, guild_id: int | None) -> None:
        """Take the commands back from where they were before: a server they were tried in, or everywhere."""
        scope = discord.Object(guild_id) if guild_id else None
        self.tree.clear_commands(guild=scope)
        await self.tree.sync(guild=scope)

    async def _known_commands(self) -> dict[str, Any]:
        """Read what Discord was told last: nothing, where that cannot be read."""
        try:
            kept: dict[str, Any] = json.loads(await self.services.store.facts.get(_COMMANDS) or "{}")
        except StoreFault as fault:
            _log.warning("what Discord knows of the commands could not be read: %s", fault)
            return {}
        return kept


async def _open_book(_: int) -> None:
    """Let everybody look things up; a cog that knows of closed books takes this place, and raises Refusal."""


def point_at(options: DiscordOptions) -> None:
    """Point discord.py at other addresses than Discord's own: a proxy for its rate limits, or a server of tests."""
    if options.api_base:
        discord.http.Route.BASE = options.api_base
    if options.gateway_url:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(options.gateway_url)
    if options.cdn_base:
        discord.Asset.BASE = options.cdn_base
