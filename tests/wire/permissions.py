"""Permissions: the bits that matter here, and how roles and overwrites of a channel add up."""

from __future__ import annotations

from enum import IntFlag

from tests.wire.model import Channel, Guild


class Permission(IntFlag):
    """One permission of a member in a channel."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51


ALL = (1 << 53) - 1
MEMBERS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.USE_EXTERNAL_APPS
    | Permission.SEND_MESSAGES_IN_THREADS
)
BOT = (
    MEMBERS | Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS | Permission.USE_EXTERNAL_EMOJIS
)  # what a careful invite link asks for
DIRECT = MEMBERS | Permission.USE_EXTERNAL_EMOJIS  # in a direct message


def permissions_of(user_id: int, guild: Guild, channel: Channel | None) -> Permission:
    """Add up what a member may do in a channel (a thread's parent, for a thread); nothing for who is no member."""
    member = guild.members.get(user_id)
    if member is None:
        return Permission(0)
    everyone = guild.roles[guild.id]
    base = everyone.permissions
    for role_id in member.roles:
        base |= guild.roles[role_id].permissions
    if user_id == guild.owner_id or base & Permission.ADMINISTRATOR:
        return Permission(ALL)
    if channel is not None:
        base = _overwritten(base, user_id, member.roles, guild.id, channel)
    if not base & Permission.VIEW_CHANNEL:
        return Permission(0)
    return Permission(base)


def _overwritten(base: int, user_id: int, roles: list[int], everyone: int, channel: Channel) -> int:
    overwrites = channel.overwrites
    if everyone in overwrites:
        base = base & ~overwrites[everyone].deny | overwrites[everyone].allow
    of_roles = [overwrites[role] for role in roles if role in overwrites]
    for one in of_roles:
        base &= ~one.deny
    for one in of_roles:
        base |= one.allow
    if user_id in overwrites:
        base = base & ~overwrites[user_id].deny | overwrites[user_id].allow
    return base
