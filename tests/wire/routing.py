"""Which handler answers which request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.calls import Call
from tests.wire.desk import Desk


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of an answer; no body is an empty one."""

    status: int = 204
    body: Any = None


@dataclass(frozen=True, slots=True)
class Route:
    """A method, a path with names for its variable parts, and who answers."""

    method: str
    template: str
    handler: Callable[[Desk, Call], Answer]


@dataclass(frozen=True, slots=True)
class Match:
    """The route of a request and the ids in its path."""

    template: str
    ids: Mapping[str, str]
    handler: Callable[[Desk, Call], Answer]


@dataclass(slots=True, eq=False, repr=False)
class Routes:
    """All routes, found by their segments; literal segments win over names."""

    desk: Desk
    table: Iterable[Route]
    _by_length: dict[tuple[str, int], list[tuple[list[str], Route]]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_length = {}
        for route in sorted(self.table, key=lambda one: one.template.count("{")):
            parts = route.template.strip("/").split("/")
            self._by_length.setdefault((route.method, len(parts)), []).append((parts, route))

    def find(self, method: str, path: str) -> Match | None:
        """Find the route of a request."""
        have = path.strip("/").split("/")
        for parts, route in self._by_length.get((method, len(have)), ()):
            if all(part[0] == "{" or part == own for part, own in zip(parts, have, strict=True)):
                ids = {part[1:-1]: own for part, own in zip(parts, have, strict=True) if part[0] == "{"}
                return Match(route.template, ids, route.handler)
        return None

    def handle(self, call: Call) -> Answer:
        """Answer a request; ApiError where it is refused."""
        found = self.find(call.method, call.path)
        if found is None:
            raise LookupError(call.path)
        return found.handler(self.desk, call)
