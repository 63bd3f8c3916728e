"""Routes about the application itself: who it is, where its gateway is, its commands."""

from __future__ import annotations

from tests.wire import payloads
from tests.wire.calls import Call
from tests.wire.desk import Desk
from tests.wire.errors import ApiError, Refusal
from tests.wire.routing import Answer, Route


def gateway(desk: Desk, _call: Call) -> Answer:
    return Answer(200, {"url": desk.gateway_url})


def gateway_bot(desk: Desk, _call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
    return Answer(200, {"url": desk.gateway_url, "shards": desk.shards, "session_start_limit": limit})


def me(desk: Desk, _call: Call) -> Answer:
    own = {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None, "premium_type": 0}
    return Answer(200, payloads.user(desk.world.bot) | own)


def application(desk: Desk, _call: Call) -> Answer:
    return Answer(200, desk.world.application())


def emojis(_desk: Desk, _call: Call) -> Answer:
    return Answer(200, {"items": []})


def user(desk: Desk, call: Call) -> Answer:
    found = desk.world.users.get(int(call.ids["user_id"]))
    if found is None:
        raise ApiError(Refusal.UNKNOWN_USER)
    return Answer(200, payloads.user(found))


def list_commands(desk: Desk, call: Call) -> Answer:
    return Answer(200, desk.commands.listed(_scope(desk, call)))


def overwrite_commands(desk: Desk, call: Call) -> Answer:
    return Answer(200, desk.commands.overwrite(_scope(desk, call), call.json or []))


def add_command(desk: Desk, call: Call) -> Answer:
    return Answer(200, desk.commands.upsert(_scope(desk, call), call.json))


def get_command(desk: Desk, call: Call) -> Answer:
    return Answer(200, desk.commands.one(_scope(desk, call), call.ids["command_id"]))


def edit_command(desk: Desk, call: Call) -> Answer:
    return Answer(200, desk.commands.edit(_scope(desk, call), call.ids["command_id"], call.json))


def delete_command(desk: Desk, call: Call) -> Answer:
    desk.commands.delete(_scope(desk, call), call.ids["command_id"])
    return Answer()


def _scope(desk: Desk, call: Call) -> int | None:
    if int(call.ids["application_id"]) != desk.world.application_id:
        raise ApiError(Refusal.MISSING_ACCESS)
    return desk.world.guild(call.ids["guild_id"]).id if "guild_id" in call.ids else None


_GLOBAL = "/applications/{application_id}/commands"
_OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"

APPLICATION = (
    Route("GET", "/gateway", gateway),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("GET", "/users/@me", me),
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/applications/@me", application),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/applications/{application_id}/emojis", emojis),
    *(
        Route(method, template, handler)
        for scope in (_GLOBAL, _OF_GUILD)
        for method, template, handler in (
            ("GET", scope, list_commands),
            ("PUT", scope, overwrite_commands),
            ("POST", scope, add_command),
            ("GET", scope + "/{command_id}", get_command),
            ("PATCH", scope + "/{command_id}", edit_command),
            ("DELETE", scope + "/{command_id}", delete_command),
        )
    ),
)
