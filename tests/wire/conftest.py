from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from tests.store.conftest import server
from tests.wire.bot_process import first_start, home, shared_home, start_ours
from tests.wire.fixtures import description, room, start_bot, wire
from tests.wire.raw import Api
from tests.wire.server import WireServer

__all__ = [
    "api",
    "description",
    "first_start",
    "home",
    "room",
    "server",
    "shared_home",
    "start_bot",
    "start_ours",
    "wire",
]


@pytest_asyncio.fixture
async def api(wire: WireServer) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(wire, session)
