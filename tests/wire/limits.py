"""Rate limits as Discord has them: a bucket for each route and channel or guild, and one for the whole bot."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.calls import Call

VIA = "1.1 google"
PER_SECOND = 50
# Requests and seconds, as seen in Discord's headers; the documentation promises none of them.
ROUTES: Mapping[tuple[str, str], tuple[int, float]] = {
    ("POST", "/channels/{channel_id}/messages"): (5, 5.0),
    ("GET", "/channels/{channel_id}/messages"): (5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): (5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): (5, 1.0),
    ("POST", "/channels/{channel_id}/typing"): (5, 5.0),
    ("POST", "/channels/{channel_id}/threads"): (50, 300.0),
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"): (5, 2.0),
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): (5, 2.0),
}
_MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
_EXEMPT = ("/interactions/", "/webhooks/")


@dataclass(slots=True)
class Window:
    """How many requests of a window are used, and when (``time.monotonic``) it ends."""

    limit: int
    seconds: float
    used: int = 0
    ends: float = 0.0

    def use(self, now: float) -> bool:
        """Count a request; False when there was no room for it."""
        if now >= self.ends:
            self.used, self.ends = 0, now + self.seconds
        if self.used >= self.limit:
            return False
        self.used += 1
        return True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The headers to answer with, and the body of a 429 when the request is over a limit."""

    headers: Mapping[str, str] = field(default_factory=dict)
    refusal: Mapping[str, Any] | None = None


@dataclass(slots=True, eq=False)
class Limits:
    """Counts requests; nothing is limited until a test says so."""

    routes: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    refusals: int = 0
    _windows: dict[str, Window] = field(default_factory=dict)
    _global: Window | None = None

    def enforce(
        self,
        routes: Mapping[tuple[str, str], tuple[int, float]] = ROUTES,
        *,
        per_second: int | None = PER_SECOND,
    ) -> None:
        """Limit these routes, by method and template, and all requests together (interactions are exempt)."""
        self.routes = dict(routes)
        self._global = None if per_second is None else Window(per_second, 1.0)
        self._windows.clear()

    def lift(self) -> None:
        """Limit nothing any more."""
        self.enforce({}, per_second=None)

    def take(self, call: Call) -> Verdict:
        """Count a request against its limits."""
        now = time.monotonic()
        if self._global is not None and not call.path.startswith(_EXEMPT) and not self._global.use(now):
            self.refusals += 1
            return _refused({}, self._global.ends - now, everywhere=True)
        if (call.method, call.template) not in self.routes:
            return Verdict()
        window = self._window(call)
        room = window.use(now)
        headers = _headers(call, window, now)
        if room:
            return Verdict(headers)
        self.refusals += 1
        return _refused(headers, window.ends - now, everywhere=False)

    def _window(self, call: Call) -> Window:
        major = "+".join(call.ids[name] for name in _MAJOR if name in call.ids)
        key = f"{call.method} {call.template} {major}"
        if key not in self._windows:
            self._windows[key] = Window(*self.routes[call.method, call.template])
        return self._windows[key]


def _headers(call: Call, window: Window, now: float) -> dict[str, str]:
    left = max(window.ends - now, 0.0)
    name = hashlib.blake2b(f"{call.method} {call.template}".encode(), digest_size=16).hexdigest()
    return {
        "X-RateLimit-Limit": str(window.limit),
        "X-RateLimit-Remaining": str(window.limit - window.used),
        "X-RateLimit-Reset": f"{time.time() + left:.3f}",
        "X-RateLimit-Reset-After": f"{left:.3f}",
        "X-RateLimit-Bucket": name,
    }


def _refused(headers: dict[str, str], seconds: float, *, everywhere: bool) -> Verdict:
    wait = round(max(seconds, 0.001), 3)
    headers |= {"Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": "global" if everywhere else "user"}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
    return Verdict(headers, body)
