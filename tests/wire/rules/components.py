"""What Discord demands of components in messages and modals, beyond what its published description says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from tests.wire.errors import Flaw
from tests.wire.model import Json
from tests.wire.rules.lengths import Path, between, one_of, required, unique

SELECTS = frozenset({3, 5, 6, 7, 8})
TOP = frozenset({1, 9, 10, 12, 13, 14, 17})
IN_CONTAINER = TOP - {17}
IN_LABEL = SELECTS | {4, 19, 21, 22, 23}
COMPONENTS = 40
WORDS = 4000


def message_components(components: list[Json], *, v2: bool, files: Collection[str]) -> Iterator[Flaw]:
    """Find fault with the components of a message that carries these files."""
    path: Path = ("components",)
    yield from between(components, 0, COMPONENTS if v2 else 5, path)
    placed = list(_placed(components, path))
    for place, one in placed:
        allowed = _allowed(place, placed, v2=v2)
        yield from one_of(one.get("type"), allowed, (*place, "type"))
        yield from _own(one, place, files)
    yield from _together([one for _, one in placed], path)


def modal(data: Json) -> Iterator[Flaw]:
    """Find fault with a modal."""
    for key, most in (("title", 45), ("custom_id", 100), ("components", 5)):
        yield from required(data, key, ())
        yield from between(data.get(key), 1, most, (key,))
    path: Path = ("components",)
    placed = list(_placed(data.get("components") or [], path))
    for place, one in placed:
        allowed = {1, 10, 18} if len(place) == 2 else IN_LABEL if place[-1] == "component" else {4}
        yield from one_of(one.get("type"), allowed, (*place, "type"))
        yield from _own(one, place, ())
    yield from _together([one for _, one in placed], path)


def _placed(components: list[Json], path: Path) -> Iterator[tuple[Path, Json]]:
    for number, one in enumerate(components):
        place = (*path, number)
        yield place, one
        yield from _placed(one.get("components") or [], (*place, "components"))
        for key in ("accessory", "component"):
            if isinstance(one.get(key), dict):
                yield (*place, key), one[key]


def _allowed(place: Path, placed: list[tuple[Path, Json]], *, v2: bool) -> Collection[int]:
    if len(place) == 2:
        return TOP if v2 else {1}
    if place[-1] == "accessory":
        return {2, 11}
    parent = dict(placed)[place[:-2]]
    return {1: SELECTS | {2}, 9: {10}, 17: IN_CONTAINER}.get(parent.get("type", 0), set())


def _together(components: list[Json], path: Path) -> Iterator[Flaw]:
    if len(components) > COMPONENTS:
        yield Flaw(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"Cannot use more than {COMPONENTS} components")
    words = sum(len(one.get("content") or "") for one in components if one.get("type") == 10)
    if words > WORDS:
        yield Flaw(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"More than {WORDS} characters: {words}")
    named = [one["custom_id"] for one in components if one.get("custom_id")]
    yield from unique(named, path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id")
    numbered = [one["id"] for one in components if one.get("id")]
    yield from unique(numbered, path, "COMPONENT_ID_DUPLICATED", "Component id")


def _own(one: Json, path: Path, files: Collection[str]) -> Iterator[Flaw]:
    kind = one.get("type")
    if kind in SELECTS:
        yield from _select(one, path)
    elif kind in _OF_MEDIA:
        yield from _OF_MEDIA[kind](one, path, files)
    elif kind in _OF_KIND:
        yield from _OF_KIND[kind](one, path)


def _row(one: Json, path: Path) -> Iterator[Flaw]:
    held = one.get("components") or []
    yield from between(held, 1, 5, (*path, "components"))
    if any(entry.get("type") in SELECTS | {4} for entry in held) and len(held) > 1:
        yield Flaw((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select fills its row")


def _button(one: Json, path: Path) -> Iterator[Flaw]:
    yield from one_of(one.get("style"), range(1, 7), (*path, "style"))
    yield from between(one.get("label"), 0, 80, (*path, "label"))
    if one.get("style") == 5:
        yield from required(one, "url", path)
        yield from between(one.get("url"), 1, 512, (*path, "url"))
        if one.get("custom_id"):
            yield Flaw((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A link has no id")
    elif one.get("style") != 6:
        yield from _named(one, path)
    if not one.get("label") and not one.get("emoji") and one.get("style") != 6:
        yield Flaw(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")


def _named(one: Json, path: Path) -> Iterator[Flaw]:
    yield from required(one, "custom_id", path)
    yield from between(one.get("custom_id"), 1, 100, (*path, "custom_id"))


def _select(one: Json, path: Path) -> Iterator[Flaw]:
    yield from _named(one, path)
    yield from between(one.get("placeholder"), 0, 150, (*path, "placeholder"))
    if one["type"] == 3:
        yield from required(one, "options", path)
        yield from _options(one, path, 1, 25)
    least, most = one.get("min_values"), one.get("max_values")
    if least is not None and most is not None and least > most:
        yield Flaw((*path, "min_values"), "BASE_TYPE_MAX", "min_values exceeds max_values")
    if one["type"] == 3 and most is not None and most > len(one.get("options") or []):
        yield Flaw((*path, "max_values"), "BASE_TYPE_MAX", "max_values exceeds the number of options")


def _options(one: Json, path: Path, least: int, most: int) -> Iterator[Flaw]:
    options = one.get("options") or []
    yield from between(options, least, most, (*path, "options"))
    for number, option in enumerate(options):
        for key, shortest in (("label", 1), ("value", 1), ("description", 0)):
            yield from between(option.get(key), shortest, 100, (*path, "options", number, key))
    values = [option.get("value") for option in options]
    yield from unique(values, (*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The option value")
    if one["type"] != 22 and sum(bool(option.get("default")) for option in options) > (one.get("max_values") or 1):
        yield Flaw((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULT_OPTIONS", "Too many default options")


def _section(one: Json, path: Path) -> Iterator[Flaw]:
    yield from between(one.get("components") or [], 1, 3, (*path, "components"))
    yield from required(one, "accessory", path)


def _text(one: Json, path: Path) -> Iterator[Flaw]:
    yield from required(one, "content", path)
    yield from between(one.get("content"), 1, WORDS, (*path, "content"))


def _container(one: Json, path: Path) -> Iterator[Flaw]:
    yield from between(one.get("components") or [], 1, COMPONENTS, (*path, "components"))


def _label(one: Json, path: Path) -> Iterator[Flaw]:
    for key in ("label", "component"):
        yield from required(one, key, path)
    yield from between(one.get("label"), 1, 45, (*path, "label"))
    yield from between(one.get("description"), 0, 100, (*path, "description"))


def _text_input(one: Json, path: Path) -> Iterator[Flaw]:
    yield from _named(one, path)
    yield from one_of(one.get("style"), (1, 2), (*path, "style"))
    for key, most in (("label", 45), ("placeholder", 100), ("value", 4000)):
        yield from between(one.get(key), 0, most, (*path, key))


def _radio(one: Json, path: Path) -> Iterator[Flaw]:
    yield from _named(one, path)
    yield from _options(one, path, 2, 10)


def _checkboxes(one: Json, path: Path) -> Iterator[Flaw]:
    yield from _named(one, path)
    yield from _options(one, path, 1, 10)


def _media(item: Any, path: Path, files: Collection[str]) -> Iterator[Flaw]:
    url = (item or {}).get("url") or ""
    if url.startswith("attachment://"):
        if url.removeprefix("attachment://") not in files:
            yield Flaw((*path, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"No file for {url}")
    elif not url.startswith(("http://", "https://")):
        yield Flaw((*path, "url"), "URL_TYPE_INVALID_SCHEME", f"Not a well formed URL: {url!r}")


def _thumbnail(one: Json, path: Path, files: Collection[str]) -> Iterator[Flaw]:
    yield from _media(one.get("media"), (*path, "media"), files)
    yield from between(one.get("description"), 1, 1024, (*path, "description"))


def _gallery(one: Json, path: Path, files: Collection[str]) -> Iterator[Flaw]:
    yield from between(one.get("items") or [], 1, 10, (*path, "items"))
    for number, item in enumerate(one.get("items") or []):
        yield from _thumbnail(item, (*path, "items", number), files)


def _file(one: Json, path: Path, files: Collection[str]) -> Iterator[Flaw]:
    yield from _media(one.get("file"), (*path, "file"), files)
    if not str((one.get("file") or {}).get("url")).startswith("attachment://"):
        yield Flaw((*path, "file", "url"), "URL_TYPE_INVALID_SCHEME", "A file is an attachment of the message")


_OF_KIND: dict[Any, Callable[[Json, Path], Iterator[Flaw]]] = {
    1: _row, 2: _button, 4: _text_input, 9: _section, 10: _text, 17: _container,
    18: _label, 19: _named, 21: _radio, 22: _checkboxes, 23: _named,
}  # fmt: skip
_OF_MEDIA: dict[Any, Callable[[Json, Path, Collection[str]], Iterator[Flaw]]] = {
    11: _thumbnail, 12: _gallery, 13: _file,
}  # fmt: skip
