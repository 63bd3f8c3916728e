"""What the bot sent, one request each, and the recorder that keeps them for tests to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.clock import Changes
from tests.wire.messages import Upload

NO_TEMPLATE = ""


@dataclass(slots=True, eq=False)
class Call:
    """One request to the REST interface; the path is without ``/api/v10``, the template has names for ids."""

    method: str
    path: str
    query: dict[str, str]
    json: Any
    files: tuple[Upload, ...]
    headers: Mapping[str, str]
    at: float
    template: str = NO_TEMPLATE
    ids: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    answer: Any = None

    @property
    def known(self) -> bool:
        """Tell whether the server knows the route."""
        return self.template != NO_TEMPLATE

    def fits(self, method: str, pattern: str) -> bool:
        """Tell whether it is such a request: ``*`` stands for one segment, a final ``**`` for all that follow."""
        return method in {self.method, "*"} and fits(self.path, pattern)


def fits(path: str, pattern: str) -> bool:
    """Tell whether a path fits a pattern."""
    have, want = path.strip("/").split("/"), pattern.strip("/").split("/")
    if want[-1] == "**":
        want.pop()
        have = have[: len(want)]
    return len(have) == len(want) and all(part in {"*", own} for part, own in zip(want, have, strict=True))


@dataclass(slots=True, eq=False, repr=False)
class Recorder:
    """Keeps every request; switched off it keeps none, for measuring."""

    changes: Changes
    keeping: bool = True
    all: list[Call] = field(default_factory=list)

    def keep(self, call: Call) -> None:
        """Keep a request and its answer."""
        if self.keeping:
            self.all.append(call)
        self.changes.notify()

    def calls(self, method: str = "*", pattern: str = "**") -> list[Call]:
        """List the requests that fit, in the order of their answers."""
        return [call for call in self.all if call.fits(method, pattern)]

    @property
    def unknown(self) -> list[Call]:
        """List the requests to routes that the server does not know."""
        return [call for call in self.all if not call.known]

    @property
    def refused(self) -> list[Call]:
        """List the answers that count towards Discord's ban of an address: 401, 403, 429."""
        return [call for call in self.all if call.status in {401, 403, 429}]
