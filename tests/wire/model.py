"""What there is on the server: users, guilds, roles, members, channels, messages, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]


class ChannelKind(IntEnum):
    """What kind of channel it is."""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    NEWS = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


class MessageFlag(IntFlag):
    """One flag of a message."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, eq=False)
class User:
    """Somebody with an account, a bot included."""

    id: int
    name: str
    bot: bool = False
    accepts_dms: bool = True
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        """Write the mention."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False)
class Role:
    """A role of a guild."""

    id: int
    name: str
    permissions: int = 0
    position: int = 1
    mentionable: bool = False


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild."""

    user: User
    joined_at: str
    roles: list[int] = field(default_factory=list)
    nick: str | None = None


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel changes for a role (kind 0) or a member (kind 1)."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message, or one that a player hands over."""

    id: int
    channel_id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None

    @property
    def path(self) -> str:
        """Give its path on the file server."""
        return f"/attachments/{self.channel_id}/{self.id}/{self.filename}"


@dataclass(slots=True, eq=False, repr=False)
class Channel:
    """A channel of a guild, a thread, or a direct-message channel."""

    id: int
    kind: ChannelKind
    name: str
    guild_id: int | None = None
    parent_id: int | None = None
    owner_id: int | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    recipients: list[User] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    thread_members: set[int] = field(default_factory=set)
    last_message_id: int | None = None
    created_at: str = ""
    archived: bool = False
    locked: bool = False
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<Channel {self.name or self.id}>"

    @property
    def is_thread(self) -> bool:
        """Tell whether it is a thread."""
        return self.kind in {ChannelKind.PUBLIC_THREAD, ChannelKind.PRIVATE_THREAD}

    @property
    def history(self) -> list[Message]:
        """List what everybody sees in it, oldest first."""
        return [message for message in self.messages.values() if message.owner is None]

    @property
    def latest(self) -> Message:
        """Give the newest message that everybody sees."""
        return self.history[-1]


@dataclass(slots=True, eq=False, repr=False)
class Guild:
    """A server of Discord's."""

    id: int
    name: str
    owner_id: int
    joined: bool = True
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    def channel(self, name: str) -> Channel:
        """Find a channel or thread by its name."""
        return next(one for one in self.channels.values() if one.name == name)

    def role(self, name: str) -> Role:
        """Find a role by its name."""
        return next(one for one in self.roles.values() if one.name == name)


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message; one with an owner is ephemeral, shown to that user alone."""

    id: int
    channel: Channel
    author: User
    timestamp: str
    kind: int = 0
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | None = None
    edited: str | None = None
    edits: int = 0
    owner: int | None = None
    reply_to: Message | None = None
    interaction: Json | None = None
    webhook_id: int | None = None
    thread: Channel | None = None
    pinned: bool = False
    deleted: bool = False
    pings: frozenset[int] = frozenset()
    role_pings: frozenset[int] = frozenset()
    pings_everyone: bool = False

    def __repr__(self) -> str:
        return f"<Message {self.author.name}: {self.text[:80]!r}>"

    @property
    def ephemeral(self) -> bool:
        """Tell whether only its owner sees it."""
        return self.owner is not None

    @property
    def loading(self) -> bool:
        """Tell whether it is still the «thinking» of a deferred answer."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def has_v2(self) -> bool:
        """Tell whether it is made of Components V2."""
        return bool(self.flags & MessageFlag.COMPONENTS_V2)

    @property
    def walk(self) -> Iterator[Json]:
        """Go through all its components, nested ones too, in reading order."""
        return walk(self.components)

    @property
    def text(self) -> str:
        """Give all that it says: content, text displays, embeds."""
        embeds = [str(embed.get(key) or "") for embed in self.embeds for key in ("title", "description")]
        displays = [str(one["content"]) for one in self.walk if one["type"] == 10]
        return "\n".join(part for part in (self.content, *displays, *embeds) if part)

    def component(self, custom_id: str | None = None, *, label: str | None = None) -> Json:
        """Find a component by its custom id, by the beginning of it (`prefix*`), or by its label."""
        for one in self.walk:
            own = one.get("custom_id") or ""
            if custom_id is not None and named(own, custom_id):
                return one
            if label is not None and one.get("label") == label:
                return one
        offered = [one.get("custom_id") or one.get("label") for one in self.walk if one["type"] in {2, 3, 5, 6, 7, 8}]
        raise LookupError(f"no component {custom_id or label!r}; there are {offered}")


def named(custom_id: str, wanted: str) -> bool:
    """Tell whether a custom id is the wanted one, or begins as a wanted `prefix*` does."""
    return custom_id == wanted or (wanted.endswith("*") and custom_id.startswith(wanted[:-1]))


def walk(components: list[Json]) -> Iterator[Json]:
    """Go through components and what they hold, in reading order."""
    for one in components:
        yield one
        yield from walk(one.get("components") or [])
        for held in (one.get("accessory"), one.get("component")):
            if isinstance(held, dict):
                yield from walk([held])
