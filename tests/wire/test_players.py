"""What Discord's client lets players do, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire import forms
from tests.wire.fixtures import Classroom
from tests.wire.interactions import Interaction, Kind
from tests.wire.messages import Origin
from tests.wire.model import Json, Message
from tests.wire.permissions import Permission, permissions_of
from tests.wire.players import NotOfferedError, Player

OPTION = {"name": "count", "description": "How many", "type": 4, "min_value": 1, "max_value": 9, "required": True}
PLACE = {"name": "place", "description": "Where", "type": 7}
WHO = {"name": "who", "description": "Who", "type": 6}
STYLE = {"name": "style", "description": "How", "type": 3, "choices": [{"name": "APA", "value": "apa"}]}
GROUP = {"name": "start", "description": "Start", "type": 1, "options": [OPTION, PLACE, WHO, STYLE]}
QUIZ = {"name": "quiz", "description": "Quiz", "type": 1, "options": [GROUP]}
HIDDEN = {"name": "settings", "description": "Settings", "type": 1, "default_member_permissions": 1 << 5}
GUILDS = {"name": "digest", "description": "Digest", "type": 1, "contexts": [0], "integration_types": [0]}
ANYWHERE = {"name": "ask", "description": "Ask", "type": 1, "contexts": [0, 1, 2], "integration_types": [0, 1]}


@pytest.fixture
def stocked(room: Classroom) -> Classroom:
    room.server.desk.commands.overwrite(None, [QUIZ, HIDDEN, GUILDS, ANYWHERE])
    return room


async def start(room: Classroom, **options: Any) -> Interaction:
    return await room.anna.slash(room.general, "quiz start", wait=0, **options)


def show(room: Classroom, *components: Json, owner: Player | None = None) -> Message:
    body = {"content": "x", "components": [{"type": 1, "components": [one]} for one in components]}
    origin = Origin(owner.user.id if owner else None)
    return room.server.messages.post(room.general, room.server.world.bot, body, origin=origin)


BUTTON = {"type": 2, "style": 1, "label": "A", "custom_id": "answer:a"}
SELECT = {"type": 3, "custom_id": "pick", "max_values": 2, "options": [{"label": x, "value": x} for x in "abc"]}


async def test_options_are_sent_as_declared(stocked: Classroom) -> None:
    done = await start(stocked, count=3, place=stocked.general, who=stocked.ben.user)
    options = done.data["options"][0]["options"]

    assert [(one["type"], one["value"]) for one in options] == [
        (4, 3), (7, str(stocked.general.id)), (6, str(stocked.ben.user.id))
    ]  # fmt: skip
    assert set(done.data["resolved"]) == {"channels", "users", "members"}


@pytest.mark.parametrize("options", [{}, {"count": 10}, {"count": 1, "style": "mla"}, {"count": 1, "other": 1}])
async def test_options_that_do_not_fit_are_not_sent(stocked: Classroom, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"start|count|style"):
        await start(stocked, **options)


async def test_a_command_is_hidden_from_who_lacks_its_permission(stocked: Classroom) -> None:
    with pytest.raises(NotOfferedError):
        await stocked.anna.slash(stocked.general, "settings", wait=0)

    assert (await stocked.admin.slash(stocked.general, "settings", wait=0)).user is stocked.admin.user


async def test_a_server_may_show_a_hidden_command(stocked: Classroom) -> None:
    assert (await stocked.anna.slash(stocked.general, "settings", wait=0, forced=True)).user is stocked.anna.user


async def test_a_command_for_servers_is_not_in_direct_messages(stocked: Classroom) -> None:
    with pytest.raises(NotOfferedError):
        await stocked.anna.slash(stocked.anna.direct(), "digest", wait=0)

    assert (await stocked.anna.slash(stocked.anna.direct(), "ask", wait=0)).guild is None


async def test_a_user_carries_a_command_into_a_server_without_the_bot(stocked: Classroom) -> None:
    world = stocked.server.world
    abroad = world.add_guild("Abroad", joined=False)
    world.add_member(abroad, stocked.anna.user)
    place = world.add_channel(abroad, "general")
    with pytest.raises(NotOfferedError):
        await stocked.anna.slash(place, "digest", wait=0)

    assert (await stocked.anna.slash(place, "ask", wait=0)).owners == {"1": str(stocked.anna.user.id)}


async def test_an_ephemeral_message_is_clicked_by_its_owner_only(room: Classroom) -> None:
    message = show(room, BUTTON, owner=room.anna)
    with pytest.raises(NotOfferedError):
        await room.ben.click(message, "answer:*", wait=0)

    assert (await room.anna.click(message, "answer:*", wait=0)).kind is Kind.COMPONENT


async def test_a_disabled_button_is_not_pressed(room: Classroom) -> None:
    with pytest.raises(NotOfferedError):
        await room.anna.click(show(room, BUTTON | {"disabled": True}), label="A", wait=0)


async def test_a_button_that_is_not_there_is_looked_up_in_vain(room: Classroom) -> None:
    with pytest.raises(LookupError, match="answer:a"):
        await room.anna.click(show(room, BUTTON), "answer:b", wait=0)


async def test_a_select_takes_what_it_offers(room: Classroom) -> None:
    assert (await room.anna.select(show(room, SELECT), "pick", "a", "c", wait=0)).data["values"] == ["a", "c"]


@pytest.mark.parametrize("values", [("z",), (), ("a", "b", "c")])
async def test_a_select_takes_nothing_else(room: Classroom, values: tuple[str, ...]) -> None:
    with pytest.raises(NotOfferedError):
        await room.anna.select(show(room, SELECT), "pick", *values, wait=0)


def field(kind: int, name: str, **more: Any) -> Json:
    return {"type": 18, "label": name, "component": {"type": kind, "custom_id": name, **more}}


PAGE = [
    field(21, "radio", options=[{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]),
    field(4, "words", style=1, required=False, max_length=5),
    field(22, "boxes", options=[{"label": "A", "value": "a"}], min_values=0),
    field(23, "sure"),
]


def test_a_form_is_sent_with_each_kind_of_answer() -> None:
    sent = forms.filled(PAGE, {"radio": "b", "words": "hello", "boxes": ["a"], "sure": True})

    assert [one["component"].get("value", one["component"].get("values")) for one in sent] == [
        "b",
        "hello",
        ["a"],
        True,
    ]


@pytest.mark.parametrize(
    "answers", [{}, {"radio": "z"}, {"radio": "a", "words": "too long"}, {"radio": "a", "no": "x"}]
)
def test_a_form_with_a_wrong_answer_is_not_sent(answers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"radio|words|no"):
        forms.filled(PAGE, answers)


async def test_who_may_not_write_says_nothing(room: Classroom) -> None:
    room.server.world.set_overwrite(room.general, room.anna.user, deny=Permission.SEND_MESSAGES)

    with pytest.raises(NotOfferedError):
        room.anna.say(room.general, "hello")


@pytest.mark.parametrize(
    ("role", "user", "may"),
    [(0, 0, False), (1, 0, True), (0, 1, True), (1, -1, False)],
    ids=["everyone denied", "a role allowed", "the member allowed", "the member denied"],
)
def test_overwrites_count_from_everyone_to_the_member(room: Classroom, role: int, user: int, may: bool) -> None:
    world, view = room.server.world, Permission.VIEW_CHANNEL
    mine = world.add_role(room.guild, "mine")
    room.guild.members[room.anna.user.id].roles.append(mine.id)
    world.set_overwrite(room.general, room.guild.roles[room.guild.id], deny=view)
    world.set_overwrite(room.general, mine, allow=view * role)
    world.set_overwrite(room.general, room.anna.user, allow=view * (user == 1), deny=view * (user == -1))

    assert bool(permissions_of(room.anna.user.id, room.guild, room.general) & view) is may
