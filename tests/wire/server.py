"""A small Discord on loopback: REST, gateway and files for bots that run as processes of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from tests.wire.calls import Recorder
from tests.wire.clock import Clock
from tests.wire.desk import Desk
from tests.wire.faults import Faults
from tests.wire.gateway import Gateway
from tests.wire.limits import Limits
from tests.wire.messages import Messages
from tests.wire.model import Json
from tests.wire.rest import API, ResetByTestError, Rest
from tests.wire.routes.answers import ANSWERS
from tests.wire.routes.application import APPLICATION
from tests.wire.routes.channels import CHANNELS
from tests.wire.routes.guilds import GUILDS
from tests.wire.routing import Routes
from tests.wire.sockets import serve
from tests.wire.validation import Description, Violation
from tests.wire.world import World

TOKEN = "MTIz.wire.token"  # noqa: S105 - nobody else's
T = TypeVar("T")


@dataclass(slots=True, eq=False, repr=False)
class WireServer:
    """Start it with ``async with``; point bots at it with ``environment`` or ``configuration``."""

    description: Description | None = None
    token: str = TOKEN
    desk: Desk = field(default_factory=Desk)
    port: int = 0
    rest: Rest = field(init=False)
    gateway: Gateway = field(init=False)
    _runner: web.ServerRunner | None = None

    def __post_init__(self) -> None:
        routes = Routes(self.desk, (*APPLICATION, *ANSWERS, *CHANNELS, *GUILDS))
        self.rest = Rest(routes, self.token, Recorder(self.desk.world.changes), self.description)
        self.gateway = Gateway(self.desk, self.token)

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._answer, access_log=None), shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.desk.gateway_url = self.gateway_url
        self.world.cdn = self.cdn_base
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.clear()
        await self.gateway.drop(code=1001)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith(API):
            try:
                return await self.rest.answer(request)
            except ResetByTestError:
                return web.Response(status=500)
        if request.path.startswith("/gateway"):
            return await serve(self.gateway, request)
        found = self.world.files.get(request.path)
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found.content, headers={"Content-Type": found.content_type})

    @property
    def api_base(self) -> str:
        """Give the base of the REST interface, for ``discord.http.Route.BASE``."""
        return f"http://127.0.0.1:{self.port}{API}"

    @property
    def gateway_url(self) -> str:
        """Give the gateway's address, for ``discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY``."""
        return f"ws://127.0.0.1:{self.port}/gateway/"

    @property
    def cdn_base(self) -> str:
        """Give the base of the file server, for ``discord.Asset.BASE``."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment that points the bots of these tests at the server."""
        return {
            "DISCORD_TOKEN": self.token,
            "WIRE_API_BASE": self.api_base,
            "WIRE_GATEWAY_URL": self.gateway_url,
            "WIRE_CDN_BASE": self.cdn_base,
        }

    def configuration(self, **discord: object) -> Json:
        """Give the part of a configuration that points the product at the server, with more keys below `discord`."""
        bases = {"api_base": self.api_base, "gateway_url": self.gateway_url, "cdn_base": self.cdn_base}
        return {"discord": bases | discord}

    @property
    def world(self) -> World:
        """Give the state: guilds, users, channels."""
        return self.desk.world

    @property
    def messages(self) -> Messages:
        """Give what posts, edits and lists messages."""
        return self.desk.messages

    @property
    def clock(self) -> Clock:
        """Give the clock that tests turn."""
        return self.world.clock

    @property
    def faults(self) -> Faults:
        """Give the faults that tests declare."""
        return self.rest.faults

    @property
    def limits(self) -> Limits:
        """Give the rate limits that tests switch on."""
        return self.rest.limits

    @property
    def recorder(self) -> Recorder:
        """Give what the bot sent."""
        return self.rest.recorder

    @property
    def violations(self) -> list[Violation]:
        """List the bodies that broke Discord's published description."""
        return self.rest.violations

    async def until(self, holds: Callable[[], T | None], within: float = 5.0) -> T:
        """Wait until the condition gives something true, looking again whenever anything happened."""
        return await self.world.changes.until(holds, within)
