"""What Discord demands of application commands and of the choices of an autocompletion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.wire.errors import Flaw
from tests.wire.model import Json
from tests.wire.rules.lengths import Path, between, required, unique

_NAME = re.compile(r"^[-_'\w]{1,32}$")
_SLASH = 1
_MOST = {1: 100, 2: 15, 3: 15}
_TREE = 8000
_NESTING = frozenset({1, 2})


def commands(bodies: list[Json]) -> Iterator[Flaw]:
    """Find fault with all commands of one scope."""
    for number, body in enumerate(bodies):
        yield from command(body, (number,))
    kinds = [body.get("type", _SLASH) for body in bodies]
    for kind, most in _MOST.items():
        if kinds.count(kind) > most:
            yield Flaw((), "APPLICATION_COMMAND_TOO_MANY", f"At most {most} commands of type {kind}")
    named = [(body.get("type", _SLASH), body.get("name")) for body in bodies]
    yield from unique(named, (), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command name")


def command(body: Json, path: Path = ()) -> Iterator[Flaw]:
    """Find fault with one command."""
    yield from required(body, "name", path)
    yield from between(body.get("name"), 1, 32, (*path, "name"))
    if body.get("type", _SLASH) == _SLASH:
        yield from _described(body, path)
        yield from _options(body.get("options") or [], path)
        if (size := _size(body)) > _TREE:
            yield Flaw(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds {_TREE} characters: {size}")
    elif body.get("description"):
        yield Flaw((*path, "description"), "APPLICATION_COMMAND_DESCRIPTION", "A menu command has no description")


def _described(body: Json, path: Path) -> Iterator[Flaw]:
    name = body.get("name") or ""
    if not _NAME.match(name) or name != name.lower():
        yield Flaw((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", f"Command name is invalid: {name!r}")
    yield from required(body, "description", path)
    yield from between(body.get("description"), 1, 100, (*path, "description"))


def _options(options: list[Json], path: Path) -> Iterator[Flaw]:
    yield from between(options, 0, 25, (*path, "options"))
    names = [option.get("name") for option in options]
    yield from unique(names, (*path, "options"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option name")
    optional = False
    for number, option in enumerate(options):
        place = (*path, "options", number)
        yield from _described(option, place)
        yield from _options(option.get("options") or [], place)
        yield from between(option.get("choices"), 0, 25, (*place, "choices"))
        if option.get("choices") and option.get("autocomplete"):
            yield Flaw(place, "APPLICATION_COMMAND_OPTIONS_CHOICES_AND_AUTOCOMPLETE", "Not both")
        if optional and option.get("required"):
            yield Flaw(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options come first")
        optional = optional or (option.get("type") not in _NESTING and not option.get("required"))


def _size(body: Json) -> int:
    own = [str(body.get("name") or ""), str(body.get("description") or "")]
    for choice in body.get("choices") or []:
        own += [str(choice.get("name")), str(choice.get("value"))]
    longest = 0
    for key in ("name_localizations", "description_localizations"):
        longest += max((len(text) for text in (body.get(key) or {}).values()), default=0)
    return max(sum(map(len, own)), longest) + sum(_size(option) for option in body.get("options") or [])


def choices(offered: list[Json]) -> Iterator[Flaw]:
    """Find fault with the choices of an autocompletion."""
    path: Path = ("choices",)
    yield from between(offered, 0, 25, path)
    for number, choice in enumerate(offered):
        yield from between(choice.get("name"), 1, 100, (*path, number, "name"))
        if isinstance(choice.get("value"), str):
            yield from between(choice["value"], 1, 100, (*path, number, "value"))
