"""Rate limits: what the headers say, whom they stop, and that discord.py heeds them."""

from __future__ import annotations

from tests.wire.fixtures import Classroom, StartBot
from tests.wire.interactions import Kind
from tests.wire.raw import Api
from tests.wire.server import WireServer

MESSAGES = ("POST", "/channels/{channel_id}/messages")
HELLO = {"content": "hello"}


async def test_nothing_is_limited_unless_a_test_says_so(api: Api, room: Classroom) -> None:
    replies = [await api("POST", f"/channels/{room.general.id}/messages", HELLO) for _ in range(60)]

    assert {one.status for one in replies} == {200}


async def test_a_route_is_limited_for_each_channel(api: Api, room: Classroom) -> None:
    other = room.server.world.add_channel(room.guild, "other")
    room.server.limits.enforce({MESSAGES: (1, 60.0)})
    places = (room.general, room.general, other)
    replies = [await api("POST", f"/channels/{place.id}/messages", HELLO) for place in places]

    assert [one.status for one in replies] == [200, 429, 200]


async def test_a_refusal_tells_when_to_come_back(api: Api, room: Classroom) -> None:
    room.server.limits.enforce({MESSAGES: (1, 60.0)})
    refused = [await api("POST", f"/channels/{room.general.id}/messages", HELLO) for _ in range(2)][1]

    assert 59 < refused.json["retry_after"] <= 60
    assert (refused.headers["X-RateLimit-Remaining"], refused.headers["Via"]) == ("0", "1.1 google")


async def test_all_requests_together_are_limited(api: Api, room: Classroom) -> None:
    room.server.limits.enforce({}, per_second=2)
    replies = [await api("GET", "/users/@me") for _ in range(3)]

    assert (replies[2].status, replies[2].json["global"]) == (429, True)


async def test_interactions_are_exempt_from_the_limit_of_all(api: Api, room: Classroom) -> None:
    room.server.limits.enforce({}, per_second=1)
    await api("GET", "/users/@me")
    one = room.server.desk.interactions.open(Kind.COMMAND, room.anna.user, room.general, {"name": "ask"})

    assert (await api("POST", f"/interactions/{one.id}/{one.token}/callback", {"type": 5})).status == 204


async def test_a_bot_waits_where_the_headers_tell_it_to(wire: WireServer, room: Classroom, start_bot: StartBot) -> None:
    bot = await start_bot()
    wire.limits.enforce({MESSAGES: (2, 0.3)})
    for number in range(4):
        room.anna.say(room.general, f"{wire.world.bot.mention} send {number}")
    await wire.until(lambda: sum(one.author is wire.world.bot for one in room.general.history) == 4)
    await bot.says("did send")

    assert wire.limits.refusals <= 1
