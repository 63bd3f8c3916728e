"""The messages of all channels: posted, edited, deleted, listed, and kept single by their nonces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.wire import payloads
from tests.wire.errors import ApiError, Flaw, InvalidBodyError, Refusal
from tests.wire.events import Event, Intent
from tests.wire.mentions import pings_of
from tests.wire.model import Attachment, Channel, ChannelKind, Json, Message, MessageFlag, User
from tests.wire.permissions import Permission
from tests.wire.rules.messages import SENDABLE, check_message
from tests.wire.stored import stored_components, stored_embeds
from tests.wire.world import World

LARGEST_FILE = 10 * 1024 * 1024
_KEPT_FLAGS = MessageFlag.COMPONENTS_V2 | MessageFlag.EPHEMERAL


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request: its field is ``files[index]``."""

    index: int
    filename: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message comes from, when not from a plain request: an answer to an interaction."""

    owner: int | None = None
    interaction: Json | None = None
    webhook_id: int | None = None
    kind: int = 0
    flags: int = 0


@dataclass(slots=True, eq=False, repr=False)
class Messages:
    """Posts, edits and deletes messages; ``nonce_window`` in seconds of the server's clock.

    Not ``checking``, it takes whatever comes as it comes, for measurements of the bot alone.
    """

    world: World
    nonce_window: float = 300.0
    capacity: int | None = None
    checking: bool = True
    _nonces: dict[tuple[int, str], tuple[Message, float]] = field(default_factory=dict)

    def post(
        self, channel: Channel, author: User, body: Json, uploads: Sequence[Upload] = (), origin: Origin | None = None
    ) -> Message:
        """Post a message, or give the one that already has its enforced nonce; ApiError where Discord refuses."""
        if (twin := self._twin(author, body)) is not None:
            return twin
        where = origin or Origin()
        settable = SENDABLE if origin is None else SENDABLE | MessageFlag.EPHEMERAL
        if self.checking:
            check_message(body, {one.filename for one in uploads}, flags=settable)
        one = Message(self.world.ids.make(), channel, author, self.world.clock.stamp(), where.kind)
        one.owner, one.interaction, one.webhook_id = where.owner, where.interaction, where.webhook_id
        one.flags = (body.get("flags") or 0) & settable | where.flags
        one.nonce = None if body.get("nonce") is None else str(body["nonce"])
        one.content = body.get("content") or ""
        if reference := body.get("message_reference"):
            one.reply_to, one.kind = self._referenced(channel, reference), 19
        one.attachments = self._kept([], body, channel, uploads)
        self._fill(one, body)
        self._keep(one)
        if one.nonce is not None:
            self._nonces[author.id, one.nonce] = (one, self.world.clock.now())
        self._emit("MESSAGE_CREATE", one)
        return one

    def think(self, channel: Channel, author: User, origin: Origin) -> Message:
        """Post the «thinking» of a deferred answer."""
        one = Message(self.world.ids.make(), channel, author, self.world.clock.stamp(), origin.kind)
        one.owner, one.interaction, one.webhook_id = origin.owner, origin.interaction, origin.webhook_id
        one.flags = origin.flags | MessageFlag.LOADING
        self._keep(one)
        self._emit("MESSAGE_CREATE", one)
        return one

    def edit(self, message: Message, body: Json, uploads: Sequence[Upload] = ()) -> None:
        """Change what the body names and leave the rest."""
        attachments = self._kept(message.attachments, body, message.channel, uploads)
        merged: Json = {
            "content": message.content, "embeds": message.embeds, "components": message.components,
        } | {key: body[key] for key in ("content", "embeds", "components", "attachments") if key in body}  # fmt: skip
        settable = message.flags & _KEPT_FLAGS | (body.get("flags") or message.flags) & SENDABLE
        merged["flags"] = settable
        check_message(merged, {one.filename for one in attachments}, flags=SENDABLE | MessageFlag.EPHEMERAL)
        message.flags = settable
        message.content = merged["content"] or ""
        message.attachments = attachments
        message.edited = self.world.clock.stamp()
        message.edits += 1
        self._fill(message, {"allowed_mentions": body.get("allowed_mentions"), **merged})
        self._emit("MESSAGE_UPDATE", message)

    def delete(self, message: Message) -> None:
        """Delete a message."""
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        data: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        self._emit_about(message, "MESSAGE_DELETE", data, data)

    def find(self, channel: Channel, message_id: int | str) -> Message:
        """Find a message that everybody sees; ApiError 10008 otherwise."""
        one = channel.messages.get(int(message_id))
        if one is None or one.ephemeral:
            raise ApiError(Refusal.UNKNOWN_MESSAGE)
        return one

    def history(self, channel: Channel, query: dict[str, str]) -> list[Message]:
        """List messages, newest first, as ``before``, ``after`` or ``around`` and ``limit`` ask."""
        limit = min(int(query.get("limit", "50")), 100)
        seen = channel.history
        if "around" in query:
            middle = int(query["around"])
            older = [one for one in seen if one.id < middle][-(limit // 2) :] if limit > 1 else []
            chosen = older + [one for one in seen if one.id >= middle][: limit - len(older)]
        elif "after" in query:
            chosen = [one for one in seen if one.id > int(query["after"])][:limit]
        else:
            before = int(query.get("before", 1 << 63))
            chosen = [one for one in seen if one.id < before][-limit:]
        return sorted(chosen, key=lambda one: -one.id)

    def payload(self, message: Message) -> Json:
        """Write a message in full, as interactions carry it."""
        return payloads.message(message, self.world.cdn, self.world.users)

    def readable(self, message: Message) -> Json:
        """Write a message as an application may read it over REST: words need the intent, a mention or a DM."""
        written = self.payload(message)
        return written if self.world.privileged & Intent.MESSAGE_CONTENT else self._bare(message, written)

    def _bare(self, message: Message, written: Json) -> Json:
        bot = self.world.bot
        if message.author is bot or message.channel.kind is ChannelKind.DM or bot.id in message.pings:
            return written
        return written | {"content": "", "embeds": [], "attachments": [], "components": []}

    def _emit(self, name: str, message: Message) -> None:
        written = self.payload(message)
        guild = self.world.guild_of(message.channel)
        if guild is not None and not message.ephemeral and message.author.id in guild.members:
            author = payloads.member(guild.members[message.author.id], with_user=False)
            written["member"] = author
        self._emit_about(message, name, written, self._bare(message, written))

    def _emit_about(self, message: Message, name: str, data: Json, bare: Json) -> None:
        guild = self.world.guild_of(message.channel)
        if guild is None:
            self.world.emit(Event(name, data, None, Intent.DIRECT_MESSAGES, bare))
            return
        if not guild.joined or not self.world.permissions(self.world.bot, message.channel) & Permission.VIEW_CHANNEL:
            self.world.changes.notify()
            return
        # An ephemeral message is told without its guild, as documented for MESSAGE_CREATE.
        own = {} if message.ephemeral else {"guild_id": str(guild.id)}
        intent = Intent.DIRECT_MESSAGES if message.ephemeral else Intent.GUILD_MESSAGES
        self.world.emit(Event(name, data | own, guild.id, intent, bare | own))

    def _twin(self, author: User, body: Json) -> Message | None:
        if not body.get("enforce_nonce") or body.get("nonce") is None:
            return None
        found = self._nonces.get((author.id, str(body["nonce"])))
        if found is None or found[0].deleted or self.world.clock.now() - found[1] > self.nonce_window:
            return None
        return found[0]

    def _referenced(self, channel: Channel, reference: Json) -> Message | None:
        found = channel.messages.get(int(reference["message_id"]))
        if found is None and reference.get("fail_if_not_exists", True):
            raise InvalidBodyError([Flaw(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")])
        return found

    def _kept(self, had: list[Attachment], body: Json, channel: Channel, uploads: Sequence[Upload]) -> list[Attachment]:
        fresh = {one.index: one for one in uploads}
        if any(len(one.content) > LARGEST_FILE for one in uploads):
            raise ApiError(Refusal.TOO_LARGE)
        told: list[Json] = [{"id": one.id} for one in had] + [{"id": index} for index in fresh]
        if body.get("attachments") is not None:
            told = body["attachments"]
        kept: list[Attachment] = []
        for entry in told:
            number = int(entry["id"])
            if number in fresh:
                one = fresh[number]
                words: str | None = entry.get("description")
                kept.append(self.world.store(channel.id, one.filename, one.content, one.content_type, words))
            else:
                kept += [old for old in had if old.id == number]
        return kept

    def _fill(self, one: Message, body: Json) -> None:
        cdn = self.world.cdn
        if not self.checking:
            one.components = body.get("components") or []
            return
        one.components = stored_components(body.get("components") or [], one.attachments, cdn)
        one.embeds = stored_embeds(body.get("embeds") or [], one.attachments, cdn)
        guild = self.world.guild_of(one.channel)
        mass = bool(self.world.permissions(one.author, one.channel) & Permission.MENTION_EVERYONE)
        replied = one.reply_to.author if one.reply_to else None
        spoken = "\n".join((one.content, *(part["content"] for part in one.walk if part["type"] == 10)))
        told = body.get("allowed_mentions")
        found = pings_of(spoken, told, guild, self.world.users, mass=mass, reply_to=replied)
        one.pings, one.role_pings, one.pings_everyone = found.users, found.roles, found.everyone

    def _keep(self, one: Message) -> None:
        channel = one.channel
        channel.messages[one.id] = one
        if not one.ephemeral:
            channel.last_message_id = one.id
        if self.capacity is not None and len(channel.messages) > self.capacity:
            del channel.messages[next(iter(channel.messages))]
