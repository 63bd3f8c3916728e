"""The state of the server: who is where, and what changes there, told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.wire import payloads
from tests.wire.clock import Changes, Clock, Snowflakes
from tests.wire.errors import ApiError, Refusal
from tests.wire.events import NOTHING, Event, Intent
from tests.wire.model import Attachment, Channel, ChannelKind, Guild, Json, Member, Overwrite, Role, User
from tests.wire.permissions import BOT, DIRECT, MEMBERS, Permission, permissions_of


@dataclass(slots=True, eq=False, repr=False)
class World:
    """Guilds, users, channels and files of one application's Discord."""

    clock: Clock = field(default_factory=Clock)
    changes: Changes = field(default_factory=Changes)
    cdn: str = ""
    privileged: Intent = NOTHING
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    typing: list[int] = field(default_factory=list)
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    ids: Snowflakes = field(init=False)
    bot: User = field(init=False)
    owner: User = field(init=False)

    def __post_init__(self) -> None:
        self.ids = Snowflakes(self.clock)
        self.bot = self.add_user("briefbot", bot=True)
        self.owner = self.add_user("owner")

    @property
    def application_id(self) -> int:
        """Give the application's id, the same as its bot user's."""
        return self.bot.id

    def emit(self, event: Event) -> None:
        """Tell the listeners what happened, and wake whoever waits."""
        for listener in self.listeners:
            listener(event)
        self.changes.notify()

    def add_user(self, name: str, *, bot: bool = False) -> User:
        """Make an account."""
        one = User(self.ids.make(), name, bot)
        self.users[one.id] = one
        return one

    def add_guild(self, name: str, *, joined: bool = True, shard: tuple[int, int] = (0, 1)) -> Guild:
        """Make a guild of the owner's, for a shard (number, of how many); the bot is in it unless ``joined`` is off."""
        wanted, count = shard
        number = self.ids.make()
        while (number >> 22) % count != wanted:
            number += 1 << 22
        self.ids.last = max(self.ids.last, number)
        one = Guild(number, name, self.owner.id, joined=False)
        one.roles[one.id] = Role(one.id, "@everyone", MEMBERS, position=0)
        self.guilds[one.id] = one
        self.add_member(one, self.owner)
        if joined:
            self.join(one)
        return one

    def join(self, guild: Guild) -> None:
        """Let the bot into a guild, with a role of its own."""
        role = self.add_role(guild, self.bot.name, BOT)
        guild.joined = True
        self.add_member(guild, self.bot, role)
        data = payloads.gateway_guild(guild, self.bot.id, self.clock.stamp())
        self.emit(Event("GUILD_CREATE", data, guild.id, Intent.GUILDS))

    def leave(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        guild.joined = False
        del guild.members[self.bot.id]
        self.emit(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id, Intent.GUILDS))

    def add_role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        """Make a role."""
        role = Role(self.ids.make(), name, permissions, position=len(guild.roles))
        guild.roles[role.id] = role
        if guild.joined:
            data = {"guild_id": str(guild.id), "role": payloads.role(role)}
            self.emit(Event("GUILD_ROLE_CREATE", data, guild.id, Intent.GUILDS))
        return role

    def add_member(self, guild: Guild, user: User, *roles: Role) -> Member:
        """Let a user into a guild, with roles."""
        one = Member(user, self.clock.stamp(), [role.id for role in roles])
        guild.members[user.id] = one
        if guild.joined and user is not self.bot:
            data = payloads.member(one) | {"guild_id": str(guild.id)}
            self.emit(Event("GUILD_MEMBER_ADD", data, guild.id, Intent.GUILD_MEMBERS))
        return one

    def set_roles(self, guild: Guild, user: User, *roles: Role) -> None:
        """Give a member just these roles; a bot always learns of its own."""
        guild.members[user.id].roles = [role.id for role in roles]
        data = payloads.member(guild.members[user.id]) | {"guild_id": str(guild.id)}
        intent = Intent.GUILDS if user is self.bot else Intent.GUILD_MEMBERS
        if guild.joined:
            self.emit(Event("GUILD_MEMBER_UPDATE", data, guild.id, intent))

    def add_channel(
        self, guild: Guild, name: str, kind: ChannelKind = ChannelKind.TEXT, *, private: bool = False
    ) -> Channel:
        """Make a channel; a private one is hidden from everybody, the bot too, but administrators."""
        one = Channel(self.ids.make(), kind, name, guild.id, created_at=self.clock.stamp())
        if private:
            one.overwrites[guild.id] = Overwrite(guild.id, 0, deny=Permission.VIEW_CHANNEL)
        self.channels[one.id] = guild.channels[one.id] = one
        self.emit_channel("CHANNEL_CREATE", one)
        return one

    def set_overwrite(self, channel: Channel, whom: Role | User, *, allow: int = 0, deny: int = 0) -> None:
        """Change what a role or a user may do in a channel."""
        channel.overwrites[whom.id] = Overwrite(whom.id, int(isinstance(whom, User)), allow, deny)
        self.emit_channel("CHANNEL_UPDATE", channel)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel or a thread, and the threads below a channel."""
        for thread in self.threads_of(channel):
            self.delete_channel(thread)
        channel.deleted = True
        del self.channels[channel.id]
        if channel.guild_id is not None:
            del self.guilds[channel.guild_id].channels[channel.id]
        self.emit_channel("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)

    def emit_channel(self, name: str, channel: Channel) -> None:
        """Tell what became of a channel, when the bot is in its guild."""
        if channel.guild_id is not None and self.guilds[channel.guild_id].joined:
            self.emit(Event(name, payloads.channel(channel), channel.guild_id, Intent.GUILDS))

    def threads_of(self, channel: Channel) -> list[Channel]:
        """List the threads below a channel."""
        return [one for one in self.channels.values() if one.is_thread and one.parent_id == channel.id]

    def add_thread(
        self, parent: Channel, name: str, owner: User, *, number: int | None = None, private: bool = False
    ) -> Channel:
        """Make a thread; one that belongs to a message has the message's id."""
        kind = ChannelKind.PRIVATE_THREAD if private else ChannelKind.PUBLIC_THREAD
        one = Channel(number or self.ids.make(), kind, name, parent.guild_id, parent.id, owner.id)
        one.created_at = self.clock.stamp()
        one.thread_members.add(owner.id)
        self.channels[one.id] = one
        if parent.guild_id is not None:
            self.guilds[parent.guild_id].channels[one.id] = one
        self.emit_channel("THREAD_CREATE", one)
        return one

    def dm(self, user: User) -> Channel:
        """Open the direct-message channel of the bot and a user."""
        for one in self.channels.values():
            if one.kind is ChannelKind.DM and user in one.recipients:
                return one
        one = Channel(self.ids.make(), ChannelKind.DM, "", recipients=[user])
        self.channels[one.id] = one
        return one

    def channel(self, channel_id: int | str) -> Channel:
        """Find a channel that the bot can know of; ApiError 10003 otherwise."""
        one = self.channels.get(int(channel_id))
        if one is None:
            raise ApiError(Refusal.UNKNOWN_CHANNEL)
        if one.guild_id is not None and not self.guilds[one.guild_id].joined:
            raise ApiError(Refusal.MISSING_ACCESS)
        return one

    def guild(self, guild_id: int | str) -> Guild:
        """Find a guild that the bot is in; ApiError 10004 otherwise."""
        one = self.guilds.get(int(guild_id))
        if one is None or not one.joined:
            raise ApiError(Refusal.UNKNOWN_GUILD)
        return one

    def guild_of(self, channel: Channel) -> Guild | None:
        """Give the guild that a channel belongs to; None for direct messages."""
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def permissions(self, user: User, channel: Channel) -> Permission:
        """Add up what a user may do in a channel; a thread has its parent's overwrites."""
        guild = self.guild_of(channel)
        if guild is None:
            return Permission(DIRECT)
        place = self.channels.get(channel.parent_id or 0, channel) if channel.is_thread else channel
        return permissions_of(user.id, guild, place)

    def store(self, channel_id: int, filename: str, content: bytes, kind: str, description: str | None) -> Attachment:
        """Keep a file where the file server finds it."""
        one = Attachment(self.ids.make(), channel_id, filename, content, kind, description)
        self.files[one.path] = one
        return one

    def application(self) -> Json:
        """Write the application."""
        nothing = ("icon", "type", "interactions_endpoint_url", "role_connections_verification_url", "team")
        zero = (
            "flags", "approximate_guild_count", "approximate_user_install_count",
            "approximate_user_authorization_count", "explicit_content_filter",
        )  # fmt: skip
        return dict.fromkeys(nothing) | dict.fromkeys(zero, 0) | {
            "id": str(self.application_id), "name": self.bot.name, "description": "", "summary": "",
            "verify_key": "0" * 64, "bot_public": True, "bot_require_code_grant": False, "flags_new": "0",
            "redirect_uris": [], "eligible_oauth2_scopes": ["applications.commands", "bot"],
            "bot": payloads.user(self.bot), "owner": payloads.user(self.owner),
        }  # fmt: skip
