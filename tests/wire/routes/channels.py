"""Routes about channels: their messages, threads, and what the bot may do there."""

from __future__ import annotations

from typing import Any

from tests.wire import payloads
from tests.wire.calls import Call
from tests.wire.desk import Desk
from tests.wire.errors import ApiError, Refusal, demand
from tests.wire.model import Channel, ChannelKind
from tests.wire.permissions import Permission
from tests.wire.routing import Answer, Route
from tests.wire.rules.lengths import between, required

_WRITABLE = frozenset({
    ChannelKind.TEXT, ChannelKind.NEWS, ChannelKind.VOICE, ChannelKind.DM,
    ChannelKind.PUBLIC_THREAD, ChannelKind.PRIVATE_THREAD,
})  # fmt: skip


def get_channel(desk: Desk, call: Call) -> Answer:
    return Answer(200, payloads.channel(desk.visible(call.ids["channel_id"])))


def edit_channel(desk: Desk, call: Call) -> Answer:
    channel = desk.visible(call.ids["channel_id"])
    owned = channel.is_thread and channel.owner_id == desk.world.bot.id
    needed = Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
    if not owned:
        desk.permitted(call.ids["channel_id"], needed)
    channel.name = call.json.get("name") or channel.name
    channel.archived = call.json.get("archived", channel.archived)
    channel.locked = call.json.get("locked", channel.locked)
    desk.world.emit_channel("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel)
    return Answer(200, payloads.channel(channel))


def delete_channel(desk: Desk, call: Call) -> Answer:
    channel = desk.visible(call.ids["channel_id"])
    needed = Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
    desk.world.delete_channel(desk.permitted(call.ids["channel_id"], needed))
    return Answer(200, payloads.channel(channel))


def list_messages(desk: Desk, call: Call) -> Answer:
    channel = desk.visible(call.ids["channel_id"])
    if not desk.world.permissions(desk.world.bot, channel) & Permission.READ_MESSAGE_HISTORY:
        return Answer(200, [])
    return Answer(200, [desk.messages.readable(one) for one in desk.messages.history(channel, call.query)])


def get_message(desk: Desk, call: Call) -> Answer:
    channel = desk.permitted(call.ids["channel_id"], Permission.READ_MESSAGE_HISTORY)
    return Answer(200, desk.messages.readable(desk.messages.find(channel, call.ids["message_id"])))


def create_message(desk: Desk, call: Call) -> Answer:
    body = call.json or {}
    channel = _writable(desk, call, body)
    message = desk.messages.post(channel, desk.world.bot, body, call.files)
    return Answer(200, desk.messages.payload(message))


def _writable(desk: Desk, call: Call, body: dict[str, Any]) -> Channel:
    channel = desk.visible(call.ids["channel_id"])
    if channel.kind not in _WRITABLE:
        raise ApiError(Refusal.NOT_A_TEXT_CHANNEL)
    if channel.kind is ChannelKind.DM and not channel.recipients[0].accepts_dms:
        raise ApiError(Refusal.NO_DMS)
    needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
    if body.get("embeds"):
        needed |= Permission.EMBED_LINKS
    if call.files:
        needed |= Permission.ATTACH_FILES
    desk.permitted(call.ids["channel_id"], needed)
    may_read = desk.world.permissions(desk.world.bot, channel) & Permission.READ_MESSAGE_HISTORY
    if body.get("message_reference") and not may_read:
        raise ApiError(Refusal.NO_HISTORY_TO_REPLY)
    if channel.archived:
        if channel.locked:
            raise ApiError(Refusal.THREAD_LOCKED)
        channel.archived = False
        desk.world.emit_channel("THREAD_UPDATE", channel)
    return channel


def edit_message(desk: Desk, call: Call) -> Answer:
    message = desk.messages.find(desk.visible(call.ids["channel_id"]), call.ids["message_id"])
    if message.author is not desk.world.bot:
        raise ApiError(Refusal.NOT_ITS_AUTHOR)
    desk.messages.edit(message, call.json or {}, call.files)
    return Answer(200, desk.messages.payload(message))


def delete_message(desk: Desk, call: Call) -> Answer:
    message = desk.messages.find(desk.visible(call.ids["channel_id"]), call.ids["message_id"])
    if message.author is not desk.world.bot:
        desk.permitted(call.ids["channel_id"], Permission.MANAGE_MESSAGES)
    desk.messages.delete(message)
    return Answer()


def typing(desk: Desk, call: Call) -> Answer:
    channel = desk.permitted(call.ids["channel_id"], Permission.SEND_MESSAGES)
    desk.world.typing.append(channel.id)
    return Answer()


def pin(desk: Desk, call: Call) -> Answer:
    channel = desk.permitted(call.ids["channel_id"], Permission.PIN_MESSAGES)
    desk.messages.find(channel, call.ids["message_id"]).pinned = call.method == "PUT"
    return Answer()


def start_thread(desk: Desk, call: Call) -> Answer:
    body = call.json or {}
    demand((*required(body, "name", ()), *between(body.get("name"), 1, 100, ("name",))))
    private = "message_id" not in call.ids and body.get("type", 12) == ChannelKind.PRIVATE_THREAD
    needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    parent = desk.permitted(call.ids["channel_id"], needed)
    if "message_id" not in call.ids:
        thread = desk.world.add_thread(parent, body["name"], desk.world.bot, private=private)
        return Answer(201, payloads.channel(thread))
    message = desk.messages.find(parent, call.ids["message_id"])
    if message.thread is not None:
        raise ApiError(Refusal.THREAD_ALREADY_THERE)
    message.thread = desk.world.add_thread(parent, body["name"], desk.world.bot, number=message.id)
    return Answer(201, payloads.channel(message.thread))


def join_thread(desk: Desk, call: Call) -> Answer:
    who = call.ids.get("user_id", str(desk.world.bot.id))
    members = desk.visible(call.ids["channel_id"]).thread_members
    (members.add if call.method == "PUT" else members.discard)(int(who))
    return Answer()


def open_dm(desk: Desk, call: Call) -> Answer:
    recipient = desk.world.users.get(int(call.json["recipient_id"]))
    if recipient is None:
        raise ApiError(Refusal.UNKNOWN_USER)
    return Answer(200, payloads.channel(desk.world.dm(recipient)))


_CHANNEL = "/channels/{channel_id}"
_MESSAGE = _CHANNEL + "/messages/{message_id}"

CHANNELS = (
    Route("POST", "/users/@me/channels", open_dm),
    Route("GET", _CHANNEL, get_channel),
    Route("PATCH", _CHANNEL, edit_channel),
    Route("DELETE", _CHANNEL, delete_channel),
    Route("POST", _CHANNEL + "/typing", typing),
    Route("GET", _CHANNEL + "/messages", list_messages),
    Route("POST", _CHANNEL + "/messages", create_message),
    Route("GET", _MESSAGE, get_message),
    Route("PATCH", _MESSAGE, edit_message),
    Route("DELETE", _MESSAGE, delete_message),
    Route("PUT", _CHANNEL + "/messages/pins/{message_id}", pin),
    Route("DELETE", _CHANNEL + "/messages/pins/{message_id}", pin),
    Route("POST", _CHANNEL + "/threads", start_thread),
    Route("POST", _MESSAGE + "/threads", start_thread),
    Route("PUT", _CHANNEL + "/thread-members/@me", join_thread),
    Route("DELETE", _CHANNEL + "/thread-members/@me", join_thread),
    Route("PUT", _CHANNEL + "/thread-members/{user_id}", join_thread),
    Route("DELETE", _CHANNEL + "/thread-members/{user_id}", join_thread),
)
