"""Actions: buttons, selects and forms whose state is in their custom id, so that they outlive every restart.

A custom id is ``bb:<name>:<state>``; cogs say what each name does. The state holds keys of matches and ids of members,
never anybody's words. discord.py's DynamicItem reads the whole message again for each press, drops presses of what it
does not find there, keeps forms in memory only, and has an error path of its own; hence one table for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.discord.client import Interaction

MAX_CUSTOM_ID = 100
_OURS = re.compile(r"bb:([a-z-]{1,24}):(.{0,96})")


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed, a select chosen from (``values``: texts or ids), or a form sent (``fields`` by custom id)."""

    name: str
    state: str
    values: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[["Interaction", Press], Awaitable[None]]


class Actions:
    """What each action does, by its name."""

    def __init__(self) -> None:
        """Begin with none; cogs add theirs."""
        self._handlers: dict[str, Handler] = {}
        self._reading: set[str] = set()

    def add(self, name: str, handler: Handler, *, reads: bool = False) -> None:
        """Say what an action does, each name once; ``reads``: it shows what the brief says."""
        if name in self._handlers:
            raise ValueError(f"the action {name} is there already")
        self._handlers[name] = handler
        if reads:
            self._reading.add(name)

    def find(self, name: str) -> Handler | None:
        """Give the handler of an action, None for a name that this version does not have."""
        return self._handlers.get(name)

    def reads(self, name: str) -> bool:
        """Tell whether an action shows what the brief says."""
        return name in self._reading


def custom_id(name: str, state: str = "") -> str:
    """Write the custom id of an action; raises ValueError when Discord would not take it."""
    made = f"bb:{name}:{state}"
    if len(made) > MAX_CUSTOM_ID or not _OURS.fullmatch(made):
        raise ValueError(f"{name} with a state of {len(state)} characters makes no custom id")
    return made


def read_press(interaction: discord.Interaction[Any]) -> Press:
    """Read what was pressed or sent; a custom id that is not ours gives a press without a name."""
    data: Mapping[str, Any] = interaction.data or {}
    found = _OURS.fullmatch(str(data.get("custom_id", "")))
    if found is None:
        return Press("", "")
    values = tuple(str(value) for value in data.get("values", ()))
    return Press(found[1], found[2], values, dict(_fields(data.get("components", ()))))


def stands_on(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether a press is of something that its message has: whoever forges a press cannot forge the message."""
    if interaction.type is not discord.InteractionType.component or interaction.message is None:
        return True
    data: Mapping[str, Any] = interaction.data or {}
    pressed = data.get("custom_id")
    return any(pressed == getattr(part, "custom_id", None) for part in _walk(interaction.message.components))


def _walk(parts: Iterable[Any]) -> Iterator[Any]:
    for part in parts:
        yield part
        inner = (*getattr(part, "children", ()), *getattr(part, "components", ()))
        yield from _walk((*inner, part.accessory) if hasattr(part, "accessory") else inner)


def _fields(components: object) -> Iterator[tuple[str, str]]:
    """Yield the fields of a form, which stand in labels or in rows."""
    for part in components if isinstance(components, list) else ():
        if "custom_id" in part:
            yield str(part["custom_id"]), ",".join(map(str, part.get("values") or [part.get("value") or ""]))
        yield from _fields(part.get("components"))
        if isinstance(inner := part.get("component"), dict):
            yield from _fields([inner])
