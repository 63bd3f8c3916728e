"""The application's commands as the bot registered them, globally and per guild."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.wire.errors import ApiError, Refusal, demand
from tests.wire.model import Json
from tests.wire.rules import commands as rules
from tests.wire.world import World

_DEFAULTS: Json = {
    "default_member_permissions": None,
    "name_localizations": None,
    "description_localizations": None,
    "contexts": None,
    "integration_types": [0],
    "nsfw": False,
}


@dataclass(slots=True, eq=False, repr=False)
class Commands:
    """Registers commands; the scope is a guild's id, or None for everywhere."""

    world: World
    scopes: dict[int | None, list[Json]] = field(default_factory=dict)
    writes: int = 0

    def listed(self, scope: int | None) -> list[Json]:
        """List the commands of a scope."""
        return self.scopes.get(scope, [])

    def overwrite(self, scope: int | None, bodies: list[Json]) -> list[Json]:
        """Replace all commands of a scope; those that keep name and type keep their ids."""
        demand(rules.commands(bodies))
        ids = {(one["type"], one["name"]): one["id"] for one in self.listed(scope)}
        self.scopes[scope] = [self._written(scope, body, ids) for body in bodies]
        self.writes += 1
        self.world.changes.notify()
        return self.scopes[scope]

    def upsert(self, scope: int | None, body: Json) -> Json:
        """Add a command, or replace the one of its name and type."""
        demand(rules.command(body))
        ids = {(one["type"], one["name"]): one["id"] for one in self.listed(scope)}
        written = self._written(scope, body, ids)
        self.scopes[scope] = [one for one in self.listed(scope) if one["id"] != written["id"]] + [written]
        self.writes += 1
        self.world.changes.notify()
        return written

    def edit(self, scope: int | None, command_id: str, body: Json) -> Json:
        """Change what the body names."""
        return self.upsert(scope, self.one(scope, command_id) | body)

    def delete(self, scope: int | None, command_id: str) -> None:
        """Delete a command."""
        found = self.one(scope, command_id)
        self.scopes[scope] = [one for one in self.listed(scope) if one is not found]
        self.writes += 1

    def one(self, scope: int | None, command_id: str) -> Json:
        """Find a command by its id; ApiError 10063 otherwise."""
        for one in self.listed(scope):
            if one["id"] == command_id:
                return one
        raise ApiError(Refusal.UNKNOWN_COMMAND)

    def named(self, name: str, kind: int, guild_id: int | None) -> Json | None:
        """Find a command as somebody in a guild sees it: the guild's own hides the global one."""
        for scope in dict.fromkeys((guild_id, None)):
            for one in self.listed(scope):
                if one["name"] == name and one["type"] == kind:
                    return one
        return None

    def _written(self, scope: int | None, body: Json, ids: dict[tuple[int, str], str]) -> Json:
        known = {key: value for key, value in body.items() if value is not None}
        written = _DEFAULTS | {"description": "", "type": 1} | known
        if written["default_member_permissions"] is not None:
            written["default_member_permissions"] = str(written["default_member_permissions"])
        written["id"] = ids.get((written["type"], written["name"])) or str(self.world.ids.make())
        written["application_id"] = str(self.world.application_id)
        written["version"] = str(self.world.ids.make())
        if scope is not None:
            written["guild_id"] = str(scope)
        return written
