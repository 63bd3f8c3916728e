"""The rules that no description holds: every one broken once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire.errors import ApiError, InvalidBodyError
from tests.wire.rules import commands, components
from tests.wire.rules.messages import check_message

V2 = 1 << 15
BUTTON = {"type": 2, "style": 1, "label": "Press", "custom_id": "press"}
OPTION = {"label": "One", "value": "1"}
SELECT = {"type": 3, "custom_id": "pick", "options": [OPTION]}
RADIO = {"type": 21, "custom_id": "radio", "options": [OPTION, OPTION | {"value": "2"}]}


def text(words: str) -> dict[str, Any]:
    return {"type": 10, "content": words}


def row(*held: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(held)}


def picture(**more: Any) -> dict[str, Any]:
    return {"type": 12, "items": [{"media": {"url": "attachment://a.png"}, **more}]}


def card(*held: dict[str, Any]) -> dict[str, Any]:
    return {"flags": V2, "components": list(held)}


def codes(body: dict[str, Any], *files: str) -> set[str]:
    """Check a message, and give the codes of its flaws."""
    try:
        check_message(body, files)
    except InvalidBodyError as error:
        return {flaw.code for flaw in error.flaws}
    return set()


GOOD = [
    {"content": "x" * 2000},
    {"content": "x", "components": [row(BUTTON, BUTTON | {"custom_id": "other"})]},
    card(text("x" * 4000)),
    card({"type": 17, "components": [text("x"), row(SELECT)]}),
    card({"type": 9, "components": [text("x")], "accessory": BUTTON}),
    card(text("x"), row({"type": 2, "style": 5, "label": "Source", "url": "https://example.org"})),
]
LENGTH = "BASE_TYPE_BAD_LENGTH"
BAD: list[tuple[dict[str, Any], str]] = [
    ({"content": "x" * 2001}, LENGTH),
    ({"embeds": [{"description": "x" * 4097}]}, LENGTH),
    ({"embeds": [{"description": "x" * 4000, "footer": {"text": "x" * 2001}}]}, "MAX_EMBED_SIZE_EXCEEDED"),
    ({"content": "x", "nonce": "x" * 26}, LENGTH),
    ({"content": "x", "flags": 1 << 7}, "BITFIELD_INVALID"),
    ({"content": "x", "components": [text("x")]}, "BASE_TYPE_CHOICES"),
    ({"content": "x", "components": [row(BUTTON | {"custom_id": f"{n}"}) for n in range(6)]}, LENGTH),
    (card(text("x")) | {"content": "x"}, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (card(text("x")) | {"embeds": [{"title": "x"}]}, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (card(*[text("x") for _ in range(41)]), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (card(text("x" * 2001), text("x" * 2000)), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (card(row(BUTTON, BUTTON)), "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (card(row(BUTTON | {"custom_id": "x" * 101})), LENGTH),
    (card(row(BUTTON | {"custom_id": ""})), LENGTH),
    (card(row(BUTTON | {"label": "x" * 81})), LENGTH),
    (card(row({"type": 2, "style": 1, "label": "x"})), "BASE_TYPE_REQUIRED"),
    (card(row({"type": 2, "style": 1, "custom_id": "x"})), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    (card(row({"type": 2, "style": 5, "label": "x"})), "BASE_TYPE_REQUIRED"),
    (
        card(row(BUTTON | {"style": 5, "url": "https://example.org"})),
        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
    ),
    (card(row(*[BUTTON | {"custom_id": f"{n}"} for n in range(6)])), LENGTH),
    (card(row(BUTTON, SELECT)), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (card(row(SELECT | {"options": [OPTION | {"value": f"{n}"} for n in range(26)]})), LENGTH),
    (card(row(SELECT | {"options": [OPTION, OPTION]})), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
    (card(row(SELECT | {"options": [OPTION | {"label": "x" * 101}]})), LENGTH),
    (card(row(SELECT | {"max_values": 2})), "BASE_TYPE_MAX"),
    (card(BUTTON), "BASE_TYPE_CHOICES"),
    (card({"type": 99}), "BASE_TYPE_CHOICES"),
    (card({"type": 17, "components": [{"type": 17, "components": [text("x")]}]}), "BASE_TYPE_CHOICES"),
    (card({"type": 9, "components": [text("x")]}), "BASE_TYPE_REQUIRED"),
    (card({"type": 9, "components": [text("x")] * 4, "accessory": BUTTON}), LENGTH),
    (card(text("")), LENGTH),
    (card(picture()), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"),
    (card({"type": 13, "file": {"url": "https://example.org/a"}}), "URL_TYPE_INVALID_SCHEME"),
]


@pytest.mark.parametrize("body", GOOD, ids=lambda body: str(body)[:60])
def test_a_good_message_passes(body: dict[str, Any]) -> None:
    assert codes(body) == set()


@pytest.mark.parametrize(("body", "code"), BAD, ids=lambda value: str(value)[:60])
def test_a_bad_message_is_refused(body: dict[str, Any], code: str) -> None:
    assert code in codes(body)


def test_alternative_text_ends_at_1024_characters() -> None:
    assert codes(card(picture(description="x" * 1024)), "a.png") == set()
    assert codes(card(picture(description="x" * 1025)), "a.png") == {LENGTH}


@pytest.mark.parametrize("body", [{}, {"components": [row(BUTTON)]}, {"flags": V2}])
def test_an_empty_message_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as refused:
        check_message(body, ())

    assert refused.value.code == 50006


def label(component: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": 18, "label": "Label", "component": component, **more}


MODAL = {"title": "Title", "custom_id": "modal", "components": [label(RADIO)]}


@pytest.mark.parametrize(
    "broken",
    [
        {"title": "x" * 46},
        {"custom_id": ""},
        {"components": [label(RADIO | {"custom_id": f"{n}"}) for n in range(6)]},
        {"components": [label(RADIO, label="x" * 46)]},
        {"components": [label(RADIO, description="x" * 101)]},
        {"components": [label(RADIO | {"options": [OPTION]})]},
        {"components": [label(RADIO), label(RADIO)]},
        {"components": [RADIO]},
        {"components": [label(BUTTON)]},
    ],
    ids=str,
)
def test_a_bad_modal_is_refused(broken: dict[str, Any]) -> None:
    assert list(components.modal(MODAL)) == []
    assert list(components.modal(MODAL | broken)) != []


COMMAND = {"name": "ask", "description": "Ask", "options": [{"name": "question", "description": "Q", "type": 3}]}
REQUIRED = {"name": "late", "description": "Q", "type": 3, "required": True}


@pytest.mark.parametrize(
    "broken",
    [
        {"name": "Ask"},
        {"name": "x" * 33},
        {"description": ""},
        {"description": "x" * 101},
        {"options": [COMMAND["options"][0], REQUIRED]},
        {"options": [REQUIRED, REQUIRED]},
        {"options": [REQUIRED | {"name": f"o{n}"} for n in range(26)]},
        {"options": [REQUIRED | {"choices": [{"name": f"{n}", "value": f"{n}"} for n in range(26)]}]},
        {"options": [REQUIRED | {"name": f"o{n}", "description": "x" * 100} for n in range(25)] * 4},
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_command_is_refused(broken: dict[str, Any]) -> None:
    assert list(commands.commands([COMMAND])) == []
    assert list(commands.commands([COMMAND | broken])) != []


def test_two_commands_of_one_name_are_refused() -> None:
    assert [flaw.code for flaw in commands.commands([COMMAND, COMMAND])] == ["APPLICATION_COMMANDS_DUPLICATE_NAME"]


def test_a_command_tree_ends_at_8000_characters() -> None:
    choices = [{"name": f"{number:0100}", "value": f"{number:0100}"} for number in range(25)]
    options = [REQUIRED | {"name": f"o{number}", "choices": choices} for number in range(2)]

    assert "APPLICATION_COMMAND_TOO_LARGE" in {one.code for one in commands.command(COMMAND | {"options": options})}


def test_autocompletion_offers_at_most_25_choices() -> None:
    offered = [{"name": f"{number}", "value": f"{number}"} for number in range(26)]

    assert list(commands.choices(offered[:25])) == []
    assert list(commands.choices(offered)) != []
