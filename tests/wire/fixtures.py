"""Fixtures for tests over the wire; another folder's ``conftest.py`` may import them by name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.wire.model import Channel, Guild
from tests.wire.permissions import Permission
from tests.wire.players import Player
from tests.wire.process import TINY_BOT, BotProcess
from tests.wire.server import WireServer
from tests.wire.validation import Description, published

StartBot = Callable[..., Awaitable[BotProcess]]


@dataclass(frozen=True, slots=True, repr=False)
class Classroom:
    """A guild to test in: its channels, an administrator, and two members without a role."""

    server: WireServer
    guild: Guild
    general: Channel
    admin: Player
    anna: Player
    ben: Player


def furnish(server: WireServer, *, shard: tuple[int, int] = (0, 1)) -> Classroom:
    """Make a guild with people in it."""
    world = server.world
    guild = world.add_guild("Study group", shard=shard)
    admins = world.add_role(guild, "admins", Permission.ADMINISTRATOR)
    players = {name: Player(server, world.add_user(name)) for name in ("cleo", "anna", "ben")}
    world.add_member(guild, players["cleo"].user, admins)
    for name in ("anna", "ben"):
        world.add_member(guild, players[name].user)
    return Classroom(server, guild, world.add_channel(guild, "general"), *players.values())


def judge(server: WireServer) -> None:
    """Hold what the bot sent against what may be sent: described bodies, and known routes only."""
    violations = list(dict.fromkeys(server.violations))
    unknown = [f"{call.method} {call.path}" for call in server.recorder.unknown]
    assert not violations, "\n".join(map(str, violations))
    assert not unknown, unknown


@dataclass(frozen=True, slots=True, repr=False)
class Stage:
    """A classroom with a running bot in it, for a module of tests that share them."""

    room: Classroom
    bot: BotProcess

    @property
    def server(self) -> WireServer:
        """Give the server."""
        return self.room.server


@asynccontextmanager
async def served(description: Description | None) -> AsyncIterator[WireServer]:
    """Serve, and judge at the end what the bot sent."""
    async with WireServer(description) as server:
        yield server
    judge(server)


@asynccontextmanager
async def staged(description: Description | None) -> AsyncIterator[Stage]:
    """Serve with people and the tiny bot."""
    async with served(description) as server:
        room = furnish(server)
        bot = BotProcess(TINY_BOT, server.environment)
        await bot.start()
        try:
            await bot.says("^ready")
            yield Stage(room, bot)
        finally:
            await bot.kill()


@pytest.fixture(scope="session")
def description() -> Description | None:
    """Give Discord's published description, loaded once; None where there is no copy."""
    return published()


@pytest_asyncio.fixture
async def wire(description: Description | None) -> AsyncIterator[WireServer]:
    """Serve, and judge at the end what the bot sent."""
    async with served(description) as server:
        yield server


@pytest_asyncio.fixture
async def room(wire: WireServer) -> Classroom:
    """Give a guild with people in it."""
    return furnish(wire)


@pytest_asyncio.fixture
async def start_bot(wire: WireServer) -> AsyncIterator[StartBot]:
    """Start bots that end with the test; ``ready`` is the line that a bot prints when it is."""
    started: list[BotProcess] = []

    async def start(
        command: Sequence[str] = TINY_BOT, environment: Mapping[str, str] | None = None, ready: str = "^ready"
    ) -> BotProcess:
        bot = BotProcess(command, wire.environment | dict(environment or {}))
        started.append(bot)
        await bot.start()
        await bot.says(ready)
        return bot

    yield start
    for bot in started:
        await bot.kill()
