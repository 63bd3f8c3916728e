"""Requests without discord.py, for what no library would send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.wire.server import WireServer


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, JSON and headers of an answer."""

    status: int
    json: Any
    headers: dict[str, str]

    @property
    def code(self) -> int:
        """Give Discord's code of a refusal."""
        return int(self.json["code"])


@dataclass(frozen=True, slots=True)
class Api:
    """Sends requests with the bot's token."""

    server: WireServer
    session: aiohttp.ClientSession

    async def __call__(self, method: str, path: str, json: Any = None, bearer: str | None = None) -> Reply:
        headers = {"Authorization": f"Bot {bearer or self.server.token}"}
        async with self.session.request(method, self.server.api_base + path, json=json, headers=headers) as response:
            body = await response.json() if response.content_type == "application/json" else await response.text()
            return Reply(response.status, body, dict(response.headers))
