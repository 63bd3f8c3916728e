"""The description finds planted faults, those too that a union of components could hide."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.wire.calls import Call
from tests.wire.fixtures import furnish
from tests.wire.raw import Api
from tests.wire.routing import Answer
from tests.wire.server import WireServer
from tests.wire.validation import PUBLISHED, Description, Violation, published

MESSAGE = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
COMMANDS = "/applications/{application_id}/commands"
BUTTON = {"type": 2, "style": 1, "label": "Press", "custom_id": "press"}


def sent(template: str, body: Any, method: str = "POST") -> Call:
    return Call(method, template, {}, body, (), {}, 0.0, template)


def boxed(component: dict[str, Any]) -> dict[str, Any]:
    row = {"type": 1, "components": [component]}
    return {"flags": 1 << 15, "components": [{"type": 17, "components": [row]}]}


def choice(number: int, **own: Any) -> dict[str, Any]:
    kind = {"type": "integer", "enum": [number]}
    return {"type": "object", "properties": {"type": kind, **own}, "required": ["type"]}


SMALL = {
    "paths": {
        "/things/{thing}": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "responses": {"200": {"content": {"application/json": {"schema": {"type": "array"}}}}},
            }
        }
    },
    "components": {
        "schemas": {
            "Thing": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Any"}]},
            "Any": {"anyOf": [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}]},
            "One": choice(1, label={"type": ["string", "null"], "maxLength": 3}),
            "Two": choice(2, inner={"$ref": "#/components/schemas/Thing"}),
        }
    },
}  # fmt: skip


@pytest.fixture
def small() -> Description:
    return Description(SMALL)


@pytest.fixture
def real(description: Description | None) -> Description:
    if description is None:
        pytest.skip("no copy of the published description is at hand")
    return description


def problems(description: Description, call: Call) -> list[tuple[str, str]]:
    return [(one.place, one.problem) for one in description.check_request(call)]


@pytest.mark.parametrize("body", [{"type": 1, "label": "abc"}, {"type": 2, "inner": {"type": 1, "label": None}}])
def test_a_body_that_fits_passes(small: Description, body: Any) -> None:
    assert problems(small, sent("/things/{id}", body)) == []


@pytest.mark.parametrize(
    ("body", "place", "problem"),
    [
        ({"type": 1, "label": "abcd"}, "$.label", "too long"),
        ({"type": 2, "inner": {"type": 1, "label": 7}}, "$.inner.label", "is not of type"),
        ({"type": 3}, "$", "none of [1, 2]"),
        ({"type": True}, "$", "none of [1, 2]"),
        ({}, "$", "none of [1, 2]"),
        ("text", "$", "none of [1, 2]"),
    ],
)
def test_a_fault_is_told_at_its_place(small: Description, body: Any, place: str, problem: str) -> None:
    found = problems(small, sent("/things/{id}", body))

    assert [one[0] for one in found] == [place]
    assert problem in found[0][1]


def test_answers_are_held_against_the_description_too(small: Description) -> None:
    found = list(small.check_answer(sent("/things/{id}", {}), Answer(200, {})))

    assert found == [Violation("POST /things/{id}, 200", "$", "{} is not of type 'array'")]


def test_what_is_not_described_is_named(small: Description) -> None:
    assert problems(small, sent("/other", {})) == []
    assert small.undescribed == {"POST /other"}


def test_without_a_copy_nothing_is_validated() -> None:
    assert published(PUBLISHED.with_name("no-such-file.json")) is None


GOOD = [
    sent(MESSAGE, boxed(BUTTON)),
    sent(CALLBACK, {"type": 4, "data": boxed(BUTTON)}),
    sent(CALLBACK, {"type": 8, "data": {"choices": [{"name": "x", "value": "x"}]}}),
    sent(MESSAGE, {"content": "x", "attachments": [{"id": 0, "filename": "a.png"}]}),
    sent(COMMANDS, [{"name": "ask", "description": "Ask", "type": 1}], "PUT"),
]
BAD = [
    (sent(MESSAGE, boxed(BUTTON | {"custom_id": "x" * 101})), "custom_id"),
    (sent(MESSAGE, boxed(BUTTON | {"label": "x" * 81})), "label"),
    (sent(MESSAGE, boxed({"type": 99, "custom_id": "x"})), "components[0].components[0].components[0]"),
    (sent(MESSAGE, boxed(BUTTON | {"label": 7})), "label"),
    (sent(MESSAGE, boxed(BUTTON | {"style": 9})), "style"),
    (sent(MESSAGE, boxed({"type": 3, "custom_id": "x", "options": []})), "options"),
    (sent(MESSAGE, {"content": 7}), "content"),
    (sent(MESSAGE, {"components": {}}), "components"),
    (sent(MESSAGE, {"content": "x", "nonce": "x" * 26}), "nonce"),
    (sent(CALLBACK, {"type": 4, "data": boxed(BUTTON | {"custom_id": "x" * 101})}), "custom_id"),
    (sent(CALLBACK, {"type": 4, "data": {"content": "x" * 2001}}), "content"),
    (sent(CALLBACK, {"type": 77}), "$"),
    (sent(CALLBACK, {"type": 8, "data": {"choices": [{"name": "x" * 101, "value": "x"}]}}), "data"),
    (sent(CALLBACK, {"type": 9, "data": {"title": "x" * 46, "custom_id": "x", "components": []}}), "title"),
    (sent(COMMANDS, [{"name": "x" * 33, "description": "Ask", "type": 1}], "PUT"), "name"),
    (sent(COMMANDS, [{"name": "ask", "description": "Ask", "options": [{"type": 77}]}], "PUT"), "options"),
]


@pytest.mark.parametrize("call", GOOD, ids=lambda call: str(call.json)[:60])
def test_what_discord_takes_passes_the_published_description(real: Description, call: Call) -> None:
    assert problems(real, call) == []


@pytest.mark.parametrize(("call", "place"), BAD, ids=lambda value: str(getattr(value, "json", value))[:60])
def test_the_published_description_finds_planted_faults(real: Description, call: Call, place: str) -> None:
    assert any(place in found for found, _ in problems(real, call))


async def test_what_reaches_the_server_is_held_against_the_description() -> None:
    schema = {"type": "object", "properties": {"content": {"type": "string", "maxLength": 3}}}
    body = {"content": {"application/json": {"schema": schema}}}
    paths = {MESSAGE: {"post": {"requestBody": body, "responses": {}}}}
    described = Description({"paths": paths, "components": {"schemas": {}}})
    async with WireServer(described) as server, aiohttp.ClientSession() as session:
        place = furnish(server).general
        for words in ("abc", "abcd"):
            await Api(server, session)("POST", f"/channels/{place.id}/messages", {"content": words})

    assert [one.problem for one in server.violations] == ["'abcd' is too long"]
