"""Components and embeds as the server keeps them: numbered, with what Discord fills in, and media resolved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.wire.model import Attachment, Json, walk

_FILLED: dict[int, Json] = {
    3: {"min_values": 1, "max_values": 1},
    5: {"min_values": 1, "max_values": 1},
    6: {"min_values": 1, "max_values": 1},
    7: {"min_values": 1, "max_values": 1},
    8: {"min_values": 1, "max_values": 1},
    11: {"spoiler": False, "description": None},
    13: {"spoiler": False},
    14: {"spacing": 1, "divider": True},
    17: {"spoiler": False, "accent_color": None},
}


def stored_components(components: list[Json], attachments: Iterable[Attachment], cdn: str) -> list[Json]:
    """Copy components as a message keeps them."""
    if not components:
        return []
    files = {one.filename: one for one in attachments}
    copied: list[Json] = [_copied(one) for one in components]
    taken = {one["id"] for one in walk(copied) if one.get("id")}
    free = iter(number for number in range(1, 1000) if number not in taken)
    for one in walk(copied):
        one["id"] = one.get("id") or next(free)
        for key, value in _FILLED.get(one["type"], {}).items():
            if one.get(key) is None:
                one[key] = value
        if one["type"] == 11:
            one["media"] = _media(one["media"], files, cdn)
        elif one["type"] == 13:
            held = files.get(one["file"]["url"].removeprefix("attachment://"))
            one["file"] = _media(one["file"], files, cdn)
            one.setdefault("name", held.filename if held else None)
            one.setdefault("size", len(held.content) if held else None)
        elif one["type"] == 12:
            one["items"] = [
                {"description": None, "spoiler": False} | item | {"media": _media(item["media"], files, cdn)}
                for item in one["items"]
            ]
    return copied


def stored_embeds(embeds: list[Json], attachments: Iterable[Attachment], cdn: str) -> list[Json]:
    """Copy embeds as a message keeps them."""
    files = {one.filename: one for one in attachments}
    copied: list[Json] = []
    for embed in embeds:
        one: Json = {"type": "rich"} | embed
        for key in ("image", "thumbnail"):
            if one.get(key):
                one[key] = one[key] | {"url": _url(one[key]["url"], files, cdn)}
        copied.append(one)
    return copied


def _copied(one: Any) -> Any:
    if isinstance(one, dict):
        return {key: _copied(value) for key, value in one.items() if value is not None}
    return [_copied(entry) for entry in one] if isinstance(one, list) else one


def _url(url: str, files: dict[str, Attachment], cdn: str) -> str:
    found = files.get(url.removeprefix("attachment://"))
    return cdn + found.path if found and url.startswith("attachment://") else url


def _media(item: Json, files: dict[str, Attachment], cdn: str) -> Json:
    found = files.get(item["url"].removeprefix("attachment://"))
    url = _url(item["url"], files, cdn)
    known: Json = {"id": "0", "url": url, "proxy_url": url, "width": None, "height": None, "content_type": None}
    if found is not None:
        known |= {"attachment_id": str(found.id), "content_type": found.content_type}
    return known | {key: value for key, value in item.items() if key != "url"}
