"""What the server refuses, and with which of Discord's codes."""

from __future__ import annotations

import time

import pytest

from tests.wire.fixtures import Classroom
from tests.wire.interactions import Interaction, Kind
from tests.wire.model import Message
from tests.wire.permissions import Permission
from tests.wire.raw import Api
from tests.wire.server import WireServer

HELLO = {"type": 4, "data": {"content": "hello"}}


def opened(room: Classroom, kind: Kind = Kind.COMMAND) -> Interaction:
    return room.server.desk.interactions.open(kind, room.anna.user, room.general, {"name": "ask", "type": 1})


def callback(one: Interaction) -> str:
    return f"/interactions/{one.id}/{one.token}/callback"


def answer(room: Classroom, one: Interaction) -> str:
    return f"/webhooks/{room.server.world.application_id}/{one.token}"


async def posted(api: Api, room: Classroom, **body: object) -> Message:
    reply = await api("POST", f"/channels/{room.general.id}/messages", body)
    return room.general.messages[int(reply.json["id"])]


async def test_an_interaction_is_acknowledged_once(api: Api, room: Classroom) -> None:
    one = opened(room)
    replies = [await api("POST", callback(one), HELLO) for _ in range(2)]

    assert (replies[0].status, replies[1].status, replies[1].code) == (204, 400, 40060)


async def test_an_acknowledgement_after_three_seconds_is_too_late(api: Api, room: Classroom) -> None:
    one = opened(room)
    room.server.clock.advance(3.1)

    assert (await api("POST", callback(one), HELLO)).code == 10062
    assert room.server.desk.interactions.late == [one]


async def test_an_acknowledgement_may_be_asked_for_its_message(api: Api, room: Classroom) -> None:
    reply = await api("POST", callback(opened(room)) + "?with_response=1", HELLO)

    assert reply.json["resource"]["message"]["content"] == "hello"


async def test_a_token_of_an_interaction_lives_for_fifteen_minutes(api: Api, room: Classroom) -> None:
    one = opened(room)
    await api("POST", callback(one), HELLO)
    room.server.clock.advance(14 * 60)
    in_time = await api("POST", answer(room, one), {"content": "again"})
    room.server.clock.advance(2 * 60)

    assert (in_time.status, (await api("POST", answer(room, one), {"content": "late"})).code) == (204, 50027)


async def test_no_follow_up_before_the_acknowledgement(api: Api, room: Classroom) -> None:
    assert (await api("POST", answer(room, opened(room)), {"content": "too early"})).code == 10015


async def test_the_first_follow_up_fills_a_deferred_answer(api: Api, room: Classroom) -> None:
    one = opened(room)
    await api("POST", callback(one), {"type": 5, "data": {"flags": 64}})
    await api("POST", answer(room, one), {"content": "done"})

    assert (one.message.content, one.message.ephemeral, one.followups) == ("done", True, [])


async def test_autocompletion_is_answered_with_choices_only(api: Api, room: Classroom) -> None:
    one = opened(room, Kind.AUTOCOMPLETE)

    assert (await api("POST", callback(one), HELLO)).code == 50035
    assert (await api("POST", callback(one), {"type": 8, "data": {"choices": []}})).status == 204


async def test_an_interaction_may_carry_another_time_than_now(room: Classroom) -> None:
    when = time.time() - 1.5
    one = room.server.desk.interactions.open(Kind.COMMAND, room.anna.user, room.general, {}, made_at=when)

    assert ((one.id >> 22) + 1_420_070_400_000) / 1000 == pytest.approx(when, abs=0.001)


async def test_a_nonce_gives_the_same_message_within_its_window(api: Api, room: Classroom) -> None:
    first = await posted(api, room, content="once", nonce="slot-1", enforce_nonce=True)
    second = await posted(api, room, content="once", nonce="slot-1", enforce_nonce=True)

    assert first is second


async def test_a_nonce_is_forgotten_after_its_window(api: Api, room: Classroom) -> None:
    first = await posted(api, room, content="once", nonce="slot-1", enforce_nonce=True)
    room.server.clock.advance(room.server.messages.nonce_window + 1)
    second = await posted(api, room, content="once", nonce="slot-1", enforce_nonce=True)

    assert first is not second


async def test_a_nonce_that_is_not_enforced_keeps_nothing_single(api: Api, room: Classroom) -> None:
    first = await posted(api, room, content="twice", nonce="1")

    assert await posted(api, room, content="twice", nonce="1") is not first


@pytest.mark.parametrize(
    ("query", "found"),
    [("limit=2", [5, 4]), ("before={2}", [1, 0]), ("after={3}&limit=1", [4]), ("around={2}&limit=3", [3, 2, 1])],
)
async def test_history_is_listed_newest_first(api: Api, room: Classroom, query: str, found: list[int]) -> None:
    ids = [(await posted(api, room, content=str(number))).id for number in range(6)]
    reply = await api("GET", f"/channels/{room.general.id}/messages?{query.format(*ids)}")

    assert [int(one["content"]) for one in reply.json] == found


async def test_an_ephemeral_message_is_in_no_channel(api: Api, room: Classroom) -> None:
    one = opened(room)
    await api("POST", callback(one), {"type": 4, "data": {"content": "psst", "flags": 64}})

    assert (await api("GET", f"/channels/{room.general.id}/messages/{one.message.id}")).code == 10008
    assert (await api("GET", answer(room, one) + "/messages/@original")).json["content"] == "psst"


@pytest.mark.parametrize(
    ("denied", "code"), [(Permission.VIEW_CHANNEL, 50001), (Permission.SEND_MESSAGES, 50013), (Permission(0), 0)]
)
async def test_a_channel_takes_only_who_may_write(api: Api, room: Classroom, denied: Permission, code: int) -> None:
    room.server.world.set_overwrite(room.general, room.server.world.bot, deny=denied)
    reply = await api("POST", f"/channels/{room.general.id}/messages", {"content": "hello"})

    assert reply.json.get("code", 0) == code


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("POST", "/channels/1/messages", 10003),
        ("PATCH", "/channels/{0}/messages/1", 10008),
        ("GET", "/guilds/1", 10004),
        ("GET", "/guilds/{1}/members/1", 10007),
        ("GET", "/users/1", 10013),
        ("DELETE", "/applications/{2}/commands/1", 10063),
    ],
)
async def test_what_is_not_there_is_unknown(api: Api, room: Classroom, method: str, path: str, code: int) -> None:
    place = path.format(room.general.id, room.guild.id, room.server.world.application_id)

    assert (await api(method, place, {"content": "x"} if method in {"POST", "PATCH"} else None)).code == code


async def test_a_message_of_another_user_cannot_be_edited(api: Api, room: Classroom) -> None:
    message = room.anna.say(room.general, "mine")

    assert (await api("PATCH", f"/channels/{room.general.id}/messages/{message.id}", {"content": "x"})).code == 50005


async def test_words_of_others_are_hidden_over_rest_too(api: Api, room: Classroom) -> None:
    message = room.anna.say(room.general, "no mention")
    reply = await api("GET", f"/channels/{room.general.id}/messages/{message.id}")

    assert reply.json["content"] == ""


async def test_direct_messages_may_be_closed(api: Api, room: Classroom) -> None:
    room.anna.user.accepts_dms = False
    channel = await api("POST", "/users/@me/channels", {"recipient_id": room.anna.user.id})

    assert (await api("POST", f"/channels/{channel.json['id']}/messages", {"content": "hello"})).code == 50007


async def test_a_wrong_token_is_unauthorized(api: Api, room: Classroom) -> None:
    assert (await api("GET", "/users/@me", bearer="wrong")).status == 401


async def test_unknown_routes_answer_404_and_are_remembered(api: Api, wire: WireServer) -> None:
    reply = await api("GET", "/no/such/route")
    remembered = [call.path for call in wire.recorder.unknown]
    wire.recorder.all.clear()

    assert (reply.status, remembered) == (404, ["/no/such/route"])


async def test_commands_keep_their_ids_when_they_are_overwritten(api: Api, room: Classroom) -> None:
    path = f"/applications/{room.server.world.application_id}/commands"
    command = {"name": "ask", "description": "Ask", "type": 1}
    first, second = [await api("PUT", path, [command]) for _ in range(2)]

    assert first.json[0]["id"] == second.json[0]["id"]


async def test_everyone_is_pinged_only_by_who_may(api: Api, room: Classroom) -> None:
    without = await posted(api, room, content="@everyone")
    room.server.world.set_overwrite(room.general, room.server.world.bot, allow=Permission.MENTION_EVERYONE)
    having = await posted(api, room, content="@everyone")
    silent = await posted(api, room, content="@everyone", allowed_mentions={"parse": []})

    assert [one.pings_everyone for one in (without, having, silent)] == [False, True, False]


async def test_what_a_bot_reads_is_described(api: Api, room: Classroom) -> None:
    message = await posted(api, room, content="hello")
    app = room.server.world.application_id
    await api("PUT", f"/applications/{app}/commands", [{"name": "ask", "description": "Ask", "type": 1}])
    paths = (
        "/users/@me", "/applications/@me", "/gateway/bot", f"/applications/{app}/commands", "/users/@me/guilds",
        f"/guilds/{room.guild.id}", f"/guilds/{room.guild.id}/roles", f"/guilds/{room.guild.id}/channels",
        f"/guilds/{room.guild.id}/members/{room.anna.user.id}", f"/channels/{room.general.id}",
        f"/channels/{room.general.id}/messages/{message.id}", f"/guilds/{room.guild.id}/threads/active",
    )  # fmt: skip

    assert {(await api("GET", path)).status for path in paths} == {200}
