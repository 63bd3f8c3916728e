"""The players' side: what a member does in Discord's client, and what the client would not let one do."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.wire import forms, options
from tests.wire.interactions import AckKind, Interaction, Kind
from tests.wire.model import Channel, ChannelKind, Guild, Json, Message, Role, User
from tests.wire.permissions import Permission
from tests.wire.server import WireServer

WAIT = 5.0  # seconds of real time; an acknowledgement that comes later than 3 s is refused by the server anyway


class NotOfferedError(Exception):
    """Discord's client would not let the player do this."""


@dataclass(frozen=True, slots=True)
class Player:
    """A user at a client of Discord's.

    What acts waits for the acknowledgement, and gives the interaction with or without one.
    """

    server: WireServer
    user: User

    async def slash(
        self,
        channel: Channel,
        path: str,
        *,
        forced: bool = False,
        wait: float = WAIT,
        made_at: float | None = None,
        **given: Any,
    ) -> Interaction:
        """Use a slash command by its full name («quiz start»); ``forced`` passes the declared permissions."""
        command = self._command(channel, path.partition(" ")[0], 1, forced=forced)
        data = options.command_data(self.server.world, channel, command, path, given)
        return await self._act(Kind.COMMAND, channel, data, wait, made_at=made_at)

    async def autocomplete(
        self, channel: Channel, path: str, option: str, typed: str, *, wait: float = WAIT, **given: Any
    ) -> list[str]:
        """Type into an option, and list the names that are offered."""
        command = self._command(channel, path.partition(" ")[0], 1)
        given |= {option: typed}
        data = options.command_data(self.server.world, channel, command, path, given, focused=option)
        done = await self._act(Kind.AUTOCOMPLETE, channel, data, wait)
        return [str(choice["name"]) for choice in done.choices]

    async def use_on(self, message: Message, name: str, *, wait: float = WAIT) -> Interaction:
        """Use a command of a message's menu."""
        self._see(message)
        command = self._command(message.channel, name, 3)
        written = self.server.messages.payload(message)
        data = options.head(command) | {
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): written}},
        }
        return await self._act(Kind.COMMAND, message.channel, data, wait)

    async def click(
        self,
        message: Message,
        custom_id: str | None = None,
        *,
        label: str | None = None,
        wait: float = WAIT,
        made_at: float | None = None,
    ) -> Interaction:
        """Press a button, found by its custom id (or `prefix*`) or its label."""
        button = self._usable(message, custom_id, label)
        if button["type"] != 2 or "custom_id" not in button:
            raise NotOfferedError(f"{button} is no button of the bot's")
        data = {"component_type": 2, "custom_id": button["custom_id"], "id": button["id"]}
        return await self._act(Kind.COMPONENT, message.channel, data, wait, source=message, made_at=made_at)

    async def select(
        self, message: Message, custom_id: str, *values: str | User | Channel | Role, wait: float = WAIT
    ) -> Interaction:
        """Choose in a select: values of its options, or users, channels or roles where it is a select of those."""
        found = self._usable(message, custom_id, None)
        chosen = [one if isinstance(one, str) else str(one.id) for one in values]
        try:
            forms.check_chosen(found, chosen)
        except ValueError as error:
            raise NotOfferedError(str(error)) from None
        data = {"component_type": found["type"], "custom_id": found["custom_id"], "id": found["id"], "values": chosen}
        resolved: Json = {}
        for one in values:
            if not isinstance(one, str):
                options.resolve(self.server.world, message.channel, one, resolved)
        if resolved:
            data["resolved"] = resolved
        return await self._act(Kind.COMPONENT, message.channel, data, wait, source=message)

    async def submit(
        self, opened: Interaction, answers: Mapping[str, str | bool | Sequence[str]], *, wait: float = WAIT
    ) -> Interaction:
        """Send off the modal that an interaction opened, with answers by custom id (or `prefix*`)."""
        if opened.ack is not AckKind.MODAL:
            raise NotOfferedError(f"no modal is open; the interaction was acknowledged with {opened.ack!r}")
        try:
            components = forms.filled(opened.ack_data["components"], answers)
        except ValueError as error:
            raise NotOfferedError(str(error)) from None
        data = {"custom_id": opened.ack_data["custom_id"], "components": components}
        return await self._act(Kind.MODAL, opened.channel, data, wait, source=opened.source, parent=opened)

    def say(self, channel: Channel, content: str, *, reply_to: Message | None = None) -> Message:
        """Write a message; mention the bot with ``server.world.bot.mention``."""
        needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
        if not self.server.world.permissions(self.user, channel) & needed:
            raise NotOfferedError(f"{self.user.name} may not write in {channel.name}")
        body: Json = {"content": content}
        if reply_to is not None:
            body["message_reference"] = {"message_id": str(reply_to.id)}
        return self.server.messages.post(channel, self.user, body)

    def edit(self, message: Message, content: str) -> None:
        """Edit a message of one's own."""
        if message.author is not self.user:
            raise NotOfferedError("somebody else's message")
        self.server.messages.edit(message, {"content": content})

    def direct(self) -> Channel:
        """Open the direct messages with the bot."""
        return self.server.world.dm(self.user)

    async def _act(
        self,
        kind: Kind,
        channel: Channel,
        data: Json,
        wait: float,
        *,
        source: Message | None = None,
        parent: Interaction | None = None,
        made_at: float | None = None,
    ) -> Interaction:
        interactions = self.server.desk.interactions
        one = interactions.open(kind, self.user, channel, data, source=source, parent=parent, made_at=made_at)
        try:
            async with asyncio.timeout(wait):
                await one.answered.wait()
        except TimeoutError:
            pass
        return one

    def _command(self, channel: Channel, name: str, kind: int, *, forced: bool = False) -> Json:
        guild = self.server.world.guild_of(channel)
        found = self.server.desk.commands.named(name, kind, guild.id if guild else None)
        if found is None:
            raise NotOfferedError(f"there is no command {name!r}")
        if channel.kind is ChannelKind.DM:
            if (found["contexts"] is not None and 1 not in found["contexts"]) or found.get("dm_permission") is False:
                raise NotOfferedError(f"{name!r} is not for direct messages")
        elif guild is not None and not forced:
            self._permitted(channel, guild, found)
        return found

    def _permitted(self, channel: Channel, guild: Guild, command: Json) -> None:
        mine = self.server.world.permissions(self.user, channel)
        if not mine & Permission.USE_APPLICATION_COMMANDS:
            raise NotOfferedError(f"{self.user.name} may not use commands here")
        needed = command["default_member_permissions"]
        if needed is not None and not mine & Permission.ADMINISTRATOR:
            missing = Permission(int(needed)) & ~mine
            if missing or needed == "0":
                raise NotOfferedError(f"{command['name']!r} is hidden from {self.user.name}: {missing!r}")
        if not guild.joined and 1 not in command["integration_types"]:
            raise NotOfferedError(f"{command['name']!r} cannot be installed by users")

    def _see(self, message: Message) -> None:
        if message.deleted or (message.owner is not None and message.owner != self.user.id):
            raise NotOfferedError(f"{self.user.name} does not see this message")
        if not self.server.world.permissions(self.user, message.channel) & Permission.VIEW_CHANNEL:
            raise NotOfferedError(f"{self.user.name} does not see {message.channel.name}")

    def _usable(self, message: Message, custom_id: str | None, label: str | None) -> Json:
        self._see(message)
        found = message.component(custom_id, label=label)
        if found.get("disabled"):
            raise NotOfferedError(f"{found.get('label') or found.get('custom_id')!r} is disabled")
        return found
