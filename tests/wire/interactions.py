"""Interactions: opened by players, acknowledged once and in time, answered with messages, choices or modals."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from tests.wire import payloads
from tests.wire.errors import ApiError, Flaw, InvalidBodyError, Refusal, demand
from tests.wire.events import Event
from tests.wire.messages import Messages, Origin, Upload
from tests.wire.model import Channel, ChannelKind, Guild, Json, Message, MessageFlag, User
from tests.wire.rules import commands, components
from tests.wire.world import World


class Kind(IntEnum):
    """What a player did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class AckKind(IntEnum):
    """How the bot acknowledged."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


_TO_MESSAGE = frozenset({AckKind.DEFERRED_UPDATE, AckKind.UPDATE})
_ALLOWED = {
    Kind.COMMAND: frozenset({AckKind.MESSAGE, AckKind.DEFERRED_MESSAGE, AckKind.MODAL}),
    Kind.COMPONENT: frozenset({AckKind.MESSAGE, AckKind.DEFERRED_MESSAGE, AckKind.MODAL}) | _TO_MESSAGE,
    Kind.AUTOCOMPLETE: frozenset({AckKind.CHOICES}),
    Kind.MODAL: frozenset({AckKind.MESSAGE, AckKind.DEFERRED_MESSAGE}),
}


@dataclass(slots=True, eq=False, repr=False)
class Interaction:
    """What a player did and what came of it; ``latency`` is seconds from the gateway's sending to the callback."""

    id: int
    token: str
    kind: Kind
    user: User
    channel: Channel
    guild: Guild | None
    data: Json
    owners: dict[str, str]
    created: float
    source: Message | None = None
    parent: Interaction | None = None
    sent: float = 0.0
    latency: float | None = None
    ack: AckKind | None = None
    ack_data: Json = field(default_factory=dict)
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def __repr__(self) -> str:
        return f"<Interaction {self.kind.name} of {self.user.name}: {self.ack!r}>"

    @property
    def acknowledged(self) -> bool:
        """Tell whether the bot has acknowledged it."""
        return self.ack is not None

    @property
    def message(self) -> Message:
        """Give the message that answers it; a LookupError when there is none."""
        if self.original is None:
            raise LookupError(f"no message answers this interaction; it was acknowledged with {self.ack!r}")
        return self.original

    @property
    def choices(self) -> list[Json]:
        """Give the choices offered by an autocompletion."""
        return list(self.ack_data.get("choices") or [])

    @property
    def metadata(self) -> Json:
        """Write what a message tells of the interaction that it answers."""
        written: Json = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": payloads.user(self.user),
            "authorizing_integration_owners": self.owners,
        }
        if self.kind is Kind.COMPONENT and self.source is not None:
            written["interacted_message_id"] = str(self.source.id)
        if self.kind is Kind.MODAL and self.parent is not None:
            written["triggering_interaction_metadata"] = self.parent.metadata
        return written


@dataclass(slots=True, eq=False, repr=False)
class Interactions:
    """Opens interactions and takes the bot's answers; seconds are of the server's clock."""

    world: World
    messages: Messages
    ack_within: float | None = 3.0
    token_life: float = 900.0
    capacity: int | None = None
    by_token: dict[str, Interaction] = field(default_factory=dict)
    late: list[Interaction] = field(default_factory=list)

    def open(
        self,
        kind: Kind,
        user: User,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        parent: Interaction | None = None,
        made_at: float | None = None,
    ) -> Interaction:
        """Let a player act, and tell the bot; ``made_at`` gives its id another time than now, as delays do."""
        ids, now = self.world.ids, self.world.clock.now()
        number = ids.make() if made_at is None else ids.make_at(made_at)
        guild = self.world.guild_of(channel)
        owners = {"0": str(guild.id if guild else 0)} if guild is None or guild.joined else {"1": str(user.id)}
        token = f"{number:x}.{len(self.by_token):x}.wire"
        one = Interaction(number, token, kind, user, channel, guild, data, owners, now, source, parent)
        self.by_token[token] = one
        if self.capacity is not None and len(self.by_token) > self.capacity:
            del self.by_token[next(iter(self.by_token))]
        one.sent = time.perf_counter()
        self.world.emit(Event("INTERACTION_CREATE", self._payload(one), guild.id if guild else None))
        return one

    def acknowledge(
        self, number: int | str, token: str, body: Json, uploads: Sequence[Upload], arrived: float
    ) -> Interaction:
        """Take the bot's acknowledgement, which arrived at this reading of ``perf_counter``."""
        one = self.by_token.get(token)
        if one is None or one.id != int(number):
            raise ApiError(Refusal.UNKNOWN_INTERACTION)
        if one.ack is not None:
            raise ApiError(Refusal.ALREADY_ACKNOWLEDGED)
        if self.ack_within is not None and self.world.clock.now() - one.created > self.ack_within:
            self.late.append(one)
            raise ApiError(Refusal.UNKNOWN_INTERACTION)
        if one.channel.deleted:
            raise ApiError(Refusal.UNKNOWN_CHANNEL)
        ack = self._allowed(one, body)
        try:
            self._act(one, ack, body.get("data") or {}, uploads)
        except InvalidBodyError as error:
            raise error.under("data") from None
        one.ack, one.ack_data, one.latency = ack, body.get("data") or {}, arrived - one.sent
        one.answered.set()
        return one

    def of_token(self, application_id: int | str, token: str) -> Interaction:
        """Find the acknowledged interaction that a webhook token stands for, while it lives."""
        one = self.by_token.get(token)
        if one is None or one.ack is None or int(application_id) != self.world.application_id:
            raise ApiError(Refusal.UNKNOWN_WEBHOOK)
        if self.world.clock.now() - one.created > self.token_life:
            raise ApiError(Refusal.TOKEN_EXPIRED)
        return one

    def follow_up(self, one: Interaction, body: Json, uploads: Sequence[Upload]) -> Message:
        """Post a follow-up; the first after a deferral fills the deferred message."""
        if one.ack is AckKind.DEFERRED_MESSAGE and one.original is not None and one.original.loading:
            self.messages.edit(one.original, body, uploads)
            return one.original
        private = bool((body.get("flags") or 0) & MessageFlag.EPHEMERAL)
        origin = Origin(one.user.id if private else None, one.metadata, self.world.application_id)
        posted = self.messages.post(one.channel, self.world.bot, body, uploads, origin)
        one.followups.append(posted)
        return posted

    def answer(self, one: Interaction, which: str) -> Message:
        """Find one of the messages that answer an interaction: ``@original`` or an id."""
        mine = [one.original, *one.followups, one.source]
        for message in mine[:1] if which == "@original" else mine:
            if message and not message.deleted and which in {"@original", str(message.id)}:
                return message
        raise ApiError(Refusal.UNKNOWN_MESSAGE)

    def _allowed(self, one: Interaction, body: Json) -> AckKind:
        allowed = set(_ALLOWED[one.kind])
        opener = one.parent if one.kind is Kind.MODAL else None
        if opener is not None and opener.kind is Kind.COMPONENT:
            allowed |= _TO_MESSAGE
        if body.get("type") not in allowed:
            words = f'Value of field "type" must be one of {tuple(sorted(map(int, allowed)))}.'
            raise InvalidBodyError([Flaw(("type",), "UNION_TYPE_CHOICES", words)])
        return AckKind(body["type"])

    def _act(self, one: Interaction, ack: AckKind, data: Json, uploads: Sequence[Upload]) -> None:
        private = (data.get("flags") or 0) & MessageFlag.EPHEMERAL
        kind = {Kind.COMMAND: 20 if one.data.get("type", 1) == 1 else 23}.get(one.kind, 0)
        owner = one.user.id if private else None
        origin = Origin(owner, one.metadata, self.world.application_id, kind, private)
        match ack:
            case AckKind.MESSAGE:
                one.original = self.messages.post(one.channel, self.world.bot, data, uploads, origin)
            case AckKind.DEFERRED_MESSAGE:
                if (data.get("flags") or 0) & ~MessageFlag.EPHEMERAL:
                    raise InvalidBodyError([Flaw(("flags",), "BITFIELD_INVALID", "Only EPHEMERAL can be deferred")])
                one.original = self.messages.think(one.channel, self.world.bot, origin)
            case AckKind.UPDATE | AckKind.DEFERRED_UPDATE:
                if ack is AckKind.UPDATE and one.source is not None and one.source.deleted:
                    raise ApiError(Refusal.UNKNOWN_MESSAGE)
                one.original = one.source
                if ack is AckKind.UPDATE and one.source is not None:
                    self.messages.edit(one.source, data, uploads)
            case AckKind.CHOICES:
                demand(commands.choices(data.get("choices") or []))
            case AckKind.MODAL:
                demand(components.modal(data))

    def _payload(self, one: Interaction) -> Json:
        permissions = self.world.permissions
        written: Json = {
            "id": str(one.id),
            "application_id": str(self.world.application_id),
            "type": int(one.kind),
            "token": one.token,
            "version": 1,
            "data": one.data,
            "channel_id": str(one.channel.id),
            "channel": payloads.channel(one.channel),
            "locale": one.user.locale,
            "entitlements": [],
            "attachment_size_limit": 10 * 1024 * 1024,
            "authorizing_integration_owners": one.owners,
            "app_permissions": str(int(permissions(self.world.bot, one.channel))),
            "context": 1 if one.channel.kind is ChannelKind.DM else 0,
        }
        if one.source is not None:
            written["message"] = self.messages.payload(one.source)
        if one.guild is None:
            return written | {"user": payloads.user(one.user)}
        mine = permissions(one.user, one.channel)
        written["channel"]["permissions"] = str(int(mine))
        return written | {
            "guild_id": str(one.guild.id),
            "guild": {"id": str(one.guild.id), "locale": one.guild.locale, "features": []},
            "guild_locale": one.guild.locale,
            "member": payloads.member(one.guild.members[one.user.id], permissions=mine),
        }
