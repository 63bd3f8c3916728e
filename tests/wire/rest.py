"""The REST interface: every request passes faults, limits, the token and the description before its route."""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import BodyPartReader, web

from tests.wire.calls import Call, Recorder
from tests.wire.errors import ApiError, Refusal
from tests.wire.faults import Broken, Deny, Faults, Reset, Rule, TooMany
from tests.wire.limits import VIA, Limits
from tests.wire.messages import Upload
from tests.wire.routing import Answer, Routes
from tests.wire.validation import Description, Violation

API = "/api/v10"
_OPEN = ("/interactions/", "/webhooks/", "/gateway")  # these need no bot token: the path holds one


class ResetByTestError(Exception):
    """The connection has been reset; there is nobody to answer."""


@dataclass(slots=True, eq=False, repr=False)
class Rest:
    """Answers requests under ``/api/v10``."""

    routes: Routes
    token: str
    recorder: Recorder
    description: Description | None = None
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    _found: list[Violation] = field(default_factory=list)
    _unchecked: list[tuple[Call, Answer]] = field(default_factory=list)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Answer a request and record it."""
        arrived = time.perf_counter()
        call = await read(request, arrived)
        found = self.routes.find(call.method, call.path)
        if found is not None:
            call.template, call.ids = found.template, found.ids
        rule = self.faults.take(call) if self.faults.rules else None
        try:
            response = await self._through_faults(request, call, rule)
        except ResetByTestError:
            call.status = -1
            raise
        finally:
            self.recorder.keep(call)
        return response

    async def _through_faults(self, request: web.BaseRequest, call: Call, rule: Rule | None) -> web.Response:
        if rule is not None and not rule.answer.after:
            await rule.wait()
            if (instead := _instead(request, call, rule)) is not None:
                return instead
        response = self._effect(call)
        if rule is not None and rule.answer.after:
            await rule.wait()
            if (instead := _instead(request, call, rule)) is not None:
                return instead
        return response

    def _effect(self, call: Call) -> web.Response:
        verdict = self.limits.take(call)
        headers = {"Via": VIA, **verdict.headers}
        if verdict.refusal is not None:
            return _json(call, 429, verdict.refusal, headers)
        done = Answer()
        try:
            done = self._handled(call)
        except ApiError as error:
            return _json(call, error.status, error.body(), headers)
        finally:
            if self.description is not None:
                self._unchecked.append((call, done))
        return _json(call, done.status, done.body, headers)

    @property
    def violations(self) -> list[Violation]:
        """Hold what was sent and answered against the description; it takes milliseconds each, so not while serving."""
        if self.description is not None:
            for call, done in self._unchecked:
                self._found += (*self.description.check_request(call), *self.description.check_answer(call, done))
        self._unchecked.clear()
        return self._found

    def _handled(self, call: Call) -> Answer:
        if not call.path.startswith(_OPEN) and call.headers.get("Authorization") != f"Bot {self.token}":
            raise ApiError(Refusal.UNAUTHORIZED)
        if not call.known:
            raise ApiError(Refusal.NOT_FOUND)
        return self.routes.handle(call)


async def read(request: web.BaseRequest, arrived: float) -> Call:
    """Read a request: its JSON, or the JSON and files of a form."""
    body: Any = None
    files: list[Upload] = []
    if request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader):
                if part.name == "payload_json":
                    body = await part.json()
                else:
                    files.append(await _upload(part))
    elif request.can_read_body:
        text = await request.text()
        body = orjson.loads(text) if text else None
    path = request.path.removeprefix(API)
    return Call(request.method, path, dict(request.query), body, tuple(files), request.headers, arrived)


async def _upload(part: BodyPartReader) -> Upload:
    number = "".join(character for character in part.name or "" if character.isdigit())
    kind = _KINDS.get((part.filename or "").rpartition(".")[2].lower(), "application/octet-stream")
    return Upload(int(number or 0), part.filename or "file", bytes(await part.read()), kind)


_JSON = {"Content-Type": "application/json"}
_KINDS = {
    "png": "image/png", "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "json": "application/json", "pdf": "application/pdf",
}  # fmt: skip


def _json(call: Call, status: int, body: Any, headers: dict[str, str]) -> web.Response:
    call.status, call.answer = status, body
    if body is None:
        return web.Response(status=status, headers=headers)
    # discord.py reads JSON only where the type is just this, without a charset.
    return web.Response(status=status, body=orjson.dumps(body), headers=headers | _JSON)


def _instead(request: web.BaseRequest, call: Call, rule: Rule) -> web.Response | None:
    match rule.answer:
        case TooMany(retry_after, via, everywhere):
            headers = {"Retry-After": str(int(retry_after) + 1)} | ({"Via": VIA} if via else {})
            body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
            return _json(call, 429, body, headers)
        case Broken(status):
            call.status = status
            return web.Response(status=status, text="upstream connect error", headers={"Via": VIA})
        case Deny(status, code, message):
            return _json(call, status, {"code": code, "message": message}, {"Via": VIA})
        case Reset():
            reset(request)
            raise ResetByTestError
        case _:
            return None


def reset(request: web.BaseRequest) -> None:
    """Reset the connection: the other side reads ECONNRESET, not an end of file."""
    if request.transport is not None:
        own: socket.socket = request.transport.get_extra_info("socket")
        own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
