"""Whom a message pings, once the sender's permissions and ``allowed_mentions`` have had their say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.wire.model import Guild, Json, User

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Pings:
    """The users and roles that are notified, and whether everybody is."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False


def pings_of(
    text: str, allowed: Json | None, guild: Guild | None, known: dict[int, User], *, mass: bool, reply_to: User | None
) -> Pings:
    """Find the pings of a text; ``mass`` tells whether the author may mention everyone and every role."""
    if "@" not in text and reply_to is None:
        return Pings()
    users = {int(found) for found in _USER.findall(text)} & set(known)
    roles = {int(found) for found in _ROLE.findall(text)} & set(guild.roles if guild else ())
    everyone = bool(_EVERYONE.search(text)) and guild is not None
    if guild is not None:
        roles = {role for role in roles if mass or guild.roles[role].mentionable}
    parse = None if allowed is None else allowed.get("parse") or []
    if allowed is not None and parse is not None:
        users &= users if "users" in parse else {int(one) for one in allowed.get("users") or []}
        roles &= roles if "roles" in parse else {int(one) for one in allowed.get("roles") or []}
        everyone = everyone and "everyone" in parse
    if reply_to is not None and (allowed is None or allowed.get("replied_user")):
        users.add(reply_to.id)
    return Pings(frozenset(users), frozenset(roles), everyone and mass)
