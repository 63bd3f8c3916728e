"""One socket of the gateway: frames in and out, compressed when the bot asks for it."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.wire.rest import reset

if TYPE_CHECKING:
    from tests.wire.gateway import Gateway, Session

_INVALID, _HELLO, _ACK = 9, 10, 11
_TEXT, _BINARY, _CLOSE = 0x81, 0x82, 0x88
_AGREED_WITHIN = 1.0  # seconds


@dataclass(slots=True, eq=False, repr=False)
class Socket:
    """Sends in order, from a queue, so that whoever has something to tell never waits."""

    request: web.BaseRequest
    frames: web.WebSocketResponse
    compress: bool
    cut: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _deflate: Any = field(default_factory=lambda: zlib.compressobj(level=1))
    _queue: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def send(self, text: str) -> None:
        """Send a text when its turn comes."""
        self._queue.put_nowait(text)

    async def pump(self) -> None:
        """Send what is queued, until cancelled or cut off; what has piled up goes out in one write."""
        while not self.frames.closed:
            texts = [await self._queue.get()]
            while not self._queue.empty():
                texts.append(self._queue.get_nowait())
            transport = self.request.transport
            if self.cut or transport is None or transport.is_closing():
                return  # nothing follows a close frame
            transport.write(b"".join(self._frame(text.encode()) for text in texts))

    def _frame(self, data: bytes) -> bytes:
        """Frame a message as RFC 6455 has it: a server's frames are whole and unmasked."""
        kind = _TEXT
        if self.compress:
            data, kind = self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH), _BINARY
        if len(data) < 126:
            return bytes((kind, len(data))) + data
        wide, mark = (2, 126) if len(data) < 1 << 16 else (8, 127)
        return bytes((kind, mark)) + len(data).to_bytes(wide, "big") + data

    async def close(self, code: int | None) -> None:
        """Close with a code and wait for the other side to agree, or cut the connection without a close frame."""
        if code is None:
            self.cut = True
            reset(self.request)
            return
        self.refuse(code)
        try:
            async with asyncio.timeout(_AGREED_WITHIN):
                await self.gone.wait()
        except TimeoutError:
            reset(self.request)

    def refuse(self, code: int) -> None:
        """Send a close frame. aiohttp's own way closes the connection at once, and the code may be lost with it."""
        self.cut = True
        transport = self.request.transport
        if transport is not None and not transport.is_closing():
            transport.write(bytes((_CLOSE, 2)) + code.to_bytes(2, "big"))


async def serve(gateway: Gateway, request: web.BaseRequest) -> web.StreamResponse:
    """Serve one connection of a bot from hello to its end."""
    if gateway.refusing:
        return web.Response(status=503, text="upstream connect error")
    frames = web.WebSocketResponse(compress=False, max_msg_size=0, timeout=1.0)
    await frames.prepare(request)
    socket = Socket(request, frames, request.query.get("compress") == "zlib-stream")
    pump = asyncio.create_task(socket.pump())
    session: Session | None = None
    socket.send(json.dumps({"op": _HELLO, "d": {"heartbeat_interval": gateway.heartbeat_ms}}))
    try:
        async for frame in frames:
            if frame.type is not WSMsgType.TEXT:
                break
            session = _heard(gateway, socket, session, json.loads(frame.data))
    finally:
        gateway.lost(session, socket, None if socket.cut else frames.close_code)
        socket.gone.set()
        pump.cancel()
        await asyncio.gather(pump, return_exceptions=True)
    return frames


def _heard(gateway: Gateway, socket: Socket, session: Session | None, said: Any) -> Session | None:
    match said["op"]:
        case 1:  # heartbeat
            gateway.heartbeats += 1
            socket.send(json.dumps({"op": _ACK}))
        case 2 if session is None:  # identify
            opened = gateway.identify(socket, said["d"])
            if isinstance(opened, int):
                socket.refuse(opened)
                return None
            return opened
        case 6 if session is None:  # resume
            session = gateway.resume(socket, said["d"])
            if session is None:
                socket.send(json.dumps({"op": _INVALID, "d": False}))
        case 8 if session is not None:  # members wanted
            gateway.members(session, said["d"])
        case 3 | 4 if session is not None:  # presence and voice state
            pass
        case _:
            socket.refuse(4003 if session is None else 4001)
    return session
