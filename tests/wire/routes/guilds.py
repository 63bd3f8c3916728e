"""Routes about guilds: their channels, roles and members."""

from __future__ import annotations

from tests.wire import payloads
from tests.wire.calls import Call
from tests.wire.desk import Desk
from tests.wire.errors import ApiError, Refusal
from tests.wire.events import Intent
from tests.wire.model import Guild, Member
from tests.wire.permissions import permissions_of
from tests.wire.routing import Answer, Route


def my_guilds(desk: Desk, _call: Call) -> Answer:
    mine = [one for one in desk.world.guilds.values() if one.joined]
    return Answer(200, [
        {
            "id": str(one.id), "name": one.name, "icon": None, "banner": None, "owner": False, "features": [],
            "permissions": str(int(permissions_of(desk.world.bot.id, one, None))),
        }
        for one in mine
    ])  # fmt: skip


def leave_guild(desk: Desk, call: Call) -> Answer:
    desk.world.leave(_guild(desk, call))
    return Answer()


def get_guild(desk: Desk, call: Call) -> Answer:
    return Answer(200, payloads.guild(_guild(desk, call)))


def channels(desk: Desk, call: Call) -> Answer:
    found = [one for one in _guild(desk, call).channels.values() if not one.is_thread]
    return Answer(200, [payloads.channel(one) for one in found])


def roles(desk: Desk, call: Call) -> Answer:
    return Answer(200, [payloads.role(one) for one in _guild(desk, call).roles.values()])


def one_role(desk: Desk, call: Call) -> Answer:
    found = _guild(desk, call).roles.get(int(call.ids["role_id"]))
    if found is None:
        raise ApiError(Refusal.UNKNOWN_ROLE)
    return Answer(200, payloads.role(found))


def one_member(desk: Desk, call: Call) -> Answer:
    who = call.ids["user_id"]
    found = _guild(desk, call).members.get(desk.world.bot.id if who == "@me" else int(who))
    if found is None:
        raise ApiError(Refusal.UNKNOWN_MEMBER)
    return Answer(200, payloads.member(found))


def all_members(desk: Desk, call: Call) -> Answer:
    if not desk.world.privileged & Intent.GUILD_MEMBERS:
        raise ApiError(Refusal.MISSING_ACCESS)
    after, limit = int(call.query.get("after", "0")), int(call.query.get("limit", "1"))
    found = sorted(_guild(desk, call).members.items())
    return Answer(200, [payloads.member(one) for number, one in found if number > after][:limit])


def search_members(desk: Desk, call: Call) -> Answer:
    found = members_named(_guild(desk, call), call.query.get("query", ""))
    return Answer(200, [payloads.member(one) for one in found[: int(call.query.get("limit", "1"))]])


def members_named(guild: Guild, beginning: str) -> list[Member]:
    """Find members whose name or nickname begins so."""
    begins = beginning.lower()
    return [one for one in guild.members.values() if (one.nick or one.user.name).lower().startswith(begins)]


def active_threads(desk: Desk, call: Call) -> Answer:
    found = [one for one in _guild(desk, call).channels.values() if one.is_thread and not one.archived]
    mine = [payloads.thread_member(one, desk.world.bot.id) for one in found if desk.world.bot.id in one.thread_members]
    return Answer(200, {"threads": [payloads.channel(one) for one in found], "members": mine, "has_more": False})


def _guild(desk: Desk, call: Call) -> Guild:
    return desk.world.guild(call.ids["guild_id"])


_GUILD = "/guilds/{guild_id}"

GUILDS = (
    Route("GET", "/users/@me/guilds", my_guilds),
    Route("DELETE", "/users/@me/guilds/{guild_id}", leave_guild),
    Route("GET", _GUILD, get_guild),
    Route("GET", _GUILD + "/channels", channels),
    Route("GET", _GUILD + "/roles", roles),
    Route("GET", _GUILD + "/roles/{role_id}", one_role),
    Route("GET", _GUILD + "/members", all_members),
    Route("GET", _GUILD + "/members/search", search_members),
    Route("GET", _GUILD + "/members/{user_id}", one_member),
    Route("GET", _GUILD + "/threads/active", active_threads),
)
