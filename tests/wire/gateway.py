"""The gateway: sessions with their shards, what each has been told, and how tests cut them off."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.wire import payloads
from tests.wire.desk import Desk
from tests.wire.events import PRIVILEGED, Event, Intent
from tests.wire.model import Guild, Json
from tests.wire.routes.guilds import members_named
from tests.wire.sockets import Socket

REPLAYED = 10_000  # events kept for a session that may resume
_DISPATCH, _RECONNECT, _INVALID = 0, 7, 9


@dataclass(slots=True, eq=False, repr=False)
class Session:
    """One identified shard: it outlives its socket, and what it missed is replayed when it resumes."""

    id: str
    shard: tuple[int, int]
    intents: Intent
    socket: Socket | None = None
    sequence: int = 0
    resumes: int = 0
    ready: bool = False
    told: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYED))

    def tell(self, name: str, data: Json) -> None:
        """Dispatch an event, now or when it resumes."""
        self.sequence += 1
        text = orjson.dumps({"op": _DISPATCH, "t": name, "s": self.sequence, "d": data}).decode()
        self.told.append((self.sequence, text))
        if self.socket is not None:
            self.socket.send(text)

    def replay(self, since: int) -> bool:
        """Send again what came after a sequence; False when that is no longer kept."""
        if self.socket is None or since > self.sequence or (self.told and self.told[0][0] > since + 1):
            return False
        for number, text in self.told:
            if number > since:
                self.socket.send(text)
        return True


@dataclass(slots=True, eq=False, repr=False)
class Gateway:
    """Takes sockets in and tells sessions what happens in the world."""

    desk: Desk
    token: str
    heartbeat_ms: int = 41_250
    sessions: dict[str, Session] = field(default_factory=dict)
    identifies: list[Json] = field(default_factory=list)
    closes: list[int | None] = field(default_factory=list)
    heartbeats: int = 0
    refusing: bool = False

    def __post_init__(self) -> None:
        self.desk.world.listeners.append(self.dispatch)

    @property
    def connected(self) -> list[Session]:
        """List the sessions that have a socket and have been told all their guilds."""
        return [one for one in self.sessions.values() if one.socket is not None and one.ready]

    def dispatch(self, event: Event) -> None:
        """Tell an event to the sessions that may hear it."""
        for session in self.sessions.values():
            if event.heard_by(session.shard, session.intents):
                session.tell(event.name, event.data_for(session.intents))

    async def ready(self, shards: int = 1, within: float = 15.0) -> None:
        """Wait until so many shards are connected."""
        await self.desk.world.changes.until(lambda: len(self.connected) >= shards, within)

    # What tests do to it.

    async def drop(self, *, code: int | None = 4000, shard: int | None = None) -> None:
        """Close sockets with a code, or without any close frame; the sessions can be resumed."""
        for session in self._of(shard):
            if session.socket is not None:
                await session.socket.close(code)

    def invalidate(self, *, resumable: bool = False, shard: int | None = None) -> None:
        """Tell sessions that they are invalid; those that are not resumable are gone."""
        for session in self._of(shard):
            if session.socket is not None:
                session.socket.send(orjson.dumps({"op": _INVALID, "d": resumable}).decode())
            if not resumable:
                del self.sessions[session.id]

    def ask_to_reconnect(self, *, shard: int | None = None) -> None:
        """Ask bots to connect anew and resume, as Discord does every few hours."""
        for session in self._of(shard):
            if session.socket is not None:
                session.socket.send(orjson.dumps({"op": _RECONNECT, "d": None}).decode())

    def forget(self) -> None:
        """Forget all sessions, so that none can be resumed."""
        self.sessions.clear()

    def _of(self, shard: int | None) -> list[Session]:
        return [one for one in self.sessions.values() if shard in {None, one.shard[0]}]

    # What bots do.

    def identify(self, socket: Socket, asked: Json) -> Session | int:
        """Open a session for a bot, or give the code to close its socket with."""
        shard = tuple(asked.get("shard") or (0, 1))
        if asked.get("token") != self.token:
            return 4004
        if not 0 <= shard[0] < shard[1]:
            return 4010
        if Intent(asked["intents"]) & PRIVILEGED & ~self.desk.world.privileged:
            return 4014
        self.identifies.append(asked)
        name = f"session-{len(self.identifies)}"
        session = Session(name, (int(shard[0]), int(shard[1])), Intent(asked["intents"]), socket)
        self.sessions[name] = session
        self._welcome(session)
        return session

    def _welcome(self, session: Session) -> None:
        world = self.desk.world
        mine = [one for one in world.guilds.values() if one.joined]
        mine = [one for one in mine if (one.id >> 22) % session.shard[1] == session.shard[0]]
        session.tell("READY", {
            "v": 10,
            "user": payloads.user(world.bot) | {"verified": True, "mfa_enabled": True, "email": None},
            "guilds": [{"id": str(one.id), "unavailable": True} for one in mine],
            "session_id": session.id,
            "resume_gateway_url": self.desk.gateway_url,
            "shard": list(session.shard),
            "application": {"id": str(world.application_id), "flags": 0},
        })  # fmt: skip
        for one in mine:
            data = payloads.gateway_guild(one, world.bot.id, world.clock.stamp())
            session.tell("GUILD_CREATE", data | {"unavailable": False})
        session.ready = True
        world.changes.notify()

    def resume(self, socket: Socket, asked: Json) -> Session | None:
        """Take a session up again and replay what it missed; None when it must identify."""
        session = self.sessions.get(str(asked.get("session_id")))
        if session is None or asked.get("token") != self.token:
            return None
        before, session.socket = session.socket, socket
        if not session.replay(int(asked.get("seq") or 0)):
            session.socket = before
            return None
        session.resumes += 1
        session.tell("RESUMED", {})
        self.desk.world.changes.notify()
        return session

    def lost(self, session: Session | None, socket: Socket, code: int | None) -> None:
        """Take note that a socket is closed; a bot that closes with 1000 or 1001 gives its session up.

        The code is the bot's; None when the server closed.
        """
        self.closes.append(code)
        if session is not None and session.socket is socket:
            session.socket = None
            if code in {1000, 1001}:
                self.sessions.pop(session.id, None)
        self.desk.world.changes.notify()

    def members(self, session: Session, asked: Json) -> None:
        """Answer a request for members: by ids or by the beginning of a name; all need the privileged intent."""
        guild = self.desk.world.guilds[int(asked["guild_id"])]
        found = _members(guild, asked, everybody=bool(session.intents & Intent.GUILD_MEMBERS))
        chunk: dict[str, Any] = {"guild_id": str(guild.id), "members": [payloads.member(one) for one in found]}
        chunk |= {"chunk_index": 0, "chunk_count": 1, "not_found": [], "nonce": asked.get("nonce")}
        session.tell("GUILD_MEMBERS_CHUNK", chunk)


def _members(guild: Guild, asked: Json, *, everybody: bool) -> list[Any]:
    if wanted := asked.get("user_ids"):
        ids = {int(one) for one in (wanted if isinstance(wanted, list) else [wanted])}
        return [one for number, one in guild.members.items() if number in ids]
    named = members_named(guild, asked.get("query") or "")
    if not asked.get("query"):
        return named if everybody else []
    return named[: asked.get("limit") or 100]
