"""The data of a command's interaction: its options as the client sends them, checked as the client checks them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.wire import payloads
from tests.wire.model import Attachment, Channel, Json, Role, User
from tests.wire.world import World

_SUBCOMMAND, _GROUP, _STRING, _INTEGER, _NUMBER = 1, 2, 3, 4, 10


def head(command: Json) -> Json:
    """Give what every command's data begins with."""
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data


def command_data(
    world: World, channel: Channel, command: Json, path: str, given: dict[str, Any], *, focused: str | None = None
) -> Json:
    """Build the data of a slash command; ValueError for what the client would not send."""
    data = head(command)
    place, declared = data, command.get("options") or []
    for word in path.split()[1:]:
        chosen = next((one for one in declared if one["name"] == word and one["type"] in {_SUBCOMMAND, _GROUP}), None)
        if chosen is None:
            raise ValueError(f"there is no {word!r} in {path!r}; there are {[one['name'] for one in declared]}")
        below: Json = {"name": word, "type": chosen["type"]}
        place["options"] = [below]
        place, declared = below, chosen.get("options") or []
    known = {one["name"]: one for one in declared}
    if unknown := sorted(set(given) - set(known)):
        raise ValueError(f"{path!r} has no options {unknown}; it has {sorted(known)}")
    missing = [name for name, one in known.items() if one.get("required") and name not in given]
    if missing and focused is None:
        raise ValueError(f"{path!r} needs {missing}")
    resolved: Json = {}
    place["options"] = [
        _option(world, channel, known[name], value, resolved, is_focused=name == focused)
        for name, value in given.items()
    ]
    if resolved:
        data["resolved"] = resolved
    return data


def _option(world: World, channel: Channel, declared: Json, value: Any, resolved: Json, *, is_focused: bool) -> Json:
    written: Json = {"name": declared["name"], "type": declared["type"]}
    match value:
        case User() | Channel() | Role() | Attachment():
            resolve(world, channel, value, resolved)
            written["value"] = str(value.id)
        case _:
            written["value"] = value
            if is_focused:
                written["focused"] = True
            else:
                _check(declared, value)
    return written


def resolve(world: World, channel: Channel, value: User | Channel | Role | Attachment, resolved: Json) -> None:
    """Write what was chosen into the resolved data, where Discord vouches for it."""
    match value:
        case User():
            for key, entries in resolved_users(world, channel, [value]).items():
                resolved.setdefault(key, {}).update(entries)
        case Channel():
            permissions = {"permissions": str(int(world.permissions(world.bot, value)))}
            resolved.setdefault("channels", {})[str(value.id)] = payloads.channel(value) | permissions
        case Role():
            resolved.setdefault("roles", {})[str(value.id)] = payloads.role(value)
        case Attachment():
            resolved.setdefault("attachments", {})[str(value.id)] = payloads.attachment(value, world.cdn)


def _check(declared: Json, value: Any) -> None:
    name = declared["name"]
    choices = [choice["value"] for choice in declared.get("choices") or []]
    if choices and value not in choices:
        raise ValueError(f"{name!r} offers {choices}, not {value!r}")
    if declared["type"] == _STRING:
        longest = declared.get("max_length") or 6000
        if not isinstance(value, str) or not (declared.get("min_length") or 0) <= len(value) <= longest:
            raise ValueError(f"{name!r} does not take {value!r}")
    elif declared["type"] in {_INTEGER, _NUMBER}:
        least, most = declared.get("min_value"), declared.get("max_value")
        if (least is not None and value < least) or (most is not None and value > most):
            raise ValueError(f"{name!r} goes from {least} to {most}, not {value!r}")


def resolved_users(world: World, channel: Channel, users: Iterable[User]) -> Json:
    """Write users, and the members that they are, as resolved data."""
    guild = world.guild_of(channel)
    resolved: Json = {"users": {str(one.id): payloads.user(one) for one in users}}
    if guild is not None:
        members = [guild.members[one.id] for one in users if one.id in guild.members]
        resolved["members"] = {
            str(one.user.id): payloads.member(one, with_user=False, permissions=world.permissions(one.user, channel))
            for one in members
        }
    return resolved
