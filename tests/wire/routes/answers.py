"""Routes by which a bot answers interactions: the callback and the webhook of the interaction's token."""

from __future__ import annotations

from tests.wire.calls import Call
from tests.wire.desk import Desk
from tests.wire.interactions import AckKind, Interaction
from tests.wire.model import Json
from tests.wire.routing import Answer, Route


def callback(desk: Desk, call: Call) -> Answer:
    number, token = call.ids["interaction_id"], call.ids["interaction_token"]
    one = desk.interactions.acknowledge(number, token, call.json, call.files, call.at)
    if call.query.get("with_response") not in {"1", "true"}:
        return Answer()
    return Answer(200, _response(desk, one))


def _response(desk: Desk, one: Interaction) -> Json:
    told: Json = {"id": str(one.id), "type": int(one.kind), "channel_id": str(one.channel.id)}
    if one.guild is not None:
        told["guild_id"] = str(one.guild.id)
    if one.original is not None:
        told |= {
            "response_message_id": str(one.original.id),
            "response_message_loading": one.original.loading,
            "response_message_ephemeral": one.original.ephemeral,
        }
    if one.original is None or one.ack not in {AckKind.MESSAGE, AckKind.UPDATE}:
        return {"interaction": told}
    resource = {"type": int(one.ack), "message": desk.messages.payload(one.original)}
    return {"interaction": told, "resource": resource}


def follow_up(desk: Desk, call: Call) -> Answer:
    one = _interaction(desk, call)
    message = desk.interactions.follow_up(one, call.json, call.files)
    return Answer(200, desk.messages.payload(message)) if call.query.get("wait") in {"1", "true"} else Answer()


def get_answer(desk: Desk, call: Call) -> Answer:
    return Answer(200, desk.messages.payload(desk.interactions.answer(_interaction(desk, call), _which(call))))


def edit_answer(desk: Desk, call: Call) -> Answer:
    message = desk.interactions.answer(_interaction(desk, call), _which(call))
    desk.messages.edit(message, call.json, call.files)
    return Answer(200, desk.messages.payload(message))


def delete_answer(desk: Desk, call: Call) -> Answer:
    desk.messages.delete(desk.interactions.answer(_interaction(desk, call), _which(call)))
    return Answer()


def _interaction(desk: Desk, call: Call) -> Interaction:
    return desk.interactions.of_token(call.ids["webhook_id"], call.ids["webhook_token"])


def _which(call: Call) -> str:
    return call.ids.get("message_id", "@original")


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ANSWERS = (
    Route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", callback),
    Route("POST", _WEBHOOK, follow_up),
    *(
        Route(method, _WEBHOOK + tail, handler)
        for tail in ("/messages/@original", "/messages/{message_id}")
        for method, handler in (("GET", get_answer), ("PATCH", edit_answer), ("DELETE", delete_answer))
    ),
)
