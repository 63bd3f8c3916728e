"""Everything that answers the bot's requests, together."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.wire.commands import Commands
from tests.wire.errors import ApiError, Refusal
from tests.wire.interactions import Interactions
from tests.wire.messages import Messages
from tests.wire.model import Channel
from tests.wire.permissions import Permission
from tests.wire.world import World


@dataclass(slots=True, eq=False, repr=False)
class Desk:
    """The world, its messages, interactions and commands."""

    world: World = field(default_factory=World)
    messages: Messages = field(init=False)
    interactions: Interactions = field(init=False)
    commands: Commands = field(init=False)
    gateway_url: str = ""
    shards: int = 1

    def __post_init__(self) -> None:
        self.messages = Messages(self.world)
        self.interactions = Interactions(self.world, self.messages)
        self.commands = Commands(self.world)

    def visible(self, channel_id: str) -> Channel:
        """Find a channel that the bot may see; 10003 or 50001 otherwise."""
        channel = self.world.channel(channel_id)
        if not self.world.permissions(self.world.bot, channel) & Permission.VIEW_CHANNEL:
            raise ApiError(Refusal.MISSING_ACCESS)
        return channel

    def permitted(self, channel_id: str, needed: Permission) -> Channel:
        """Find a channel where the bot has all these permissions; 50013 otherwise."""
        channel = self.visible(channel_id)
        if needed & ~self.world.permissions(self.world.bot, channel):
            raise ApiError(Refusal.MISSING_PERMISSIONS)
        return channel
