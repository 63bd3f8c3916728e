"""What Discord demands of a message as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tests.wire.errors import ApiError, Flaw, Refusal, demand
from tests.wire.model import Json, MessageFlag
from tests.wire.rules.components import message_components
from tests.wire.rules.lengths import Path, between

SENDABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
_EMBED = (("title", 256), ("description", 4096))
_EMBED_TOTAL = 6000


def check_message(body: Json, files: Collection[str], *, flags: int = SENDABLE) -> None:
    """Refuse a message (or what an edit would make of it) that Discord refuses; it may set these ``flags``."""
    v2 = bool((body.get("flags") or 0) & MessageFlag.COMPONENTS_V2)
    flaws = list(_fields(body, flags))
    if v2:
        flaws += _legacy(body)
    flaws += message_components(body.get("components") or [], v2=v2, files=files)
    demand(flaws)
    if not _says_something(body, files, v2=v2):
        raise ApiError(Refusal.EMPTY_MESSAGE)


def _fields(body: Json, flags: int) -> Iterator[Flaw]:
    yield from between(body.get("content"), 0, 2000, ("content",))
    yield from between(body.get("embeds"), 0, 10, ("embeds",))
    if isinstance(body.get("nonce"), str):
        yield from between(body["nonce"], 0, 25, ("nonce",))
    for number, embed in enumerate(body.get("embeds") or []):
        yield from _embed(embed, ("embeds", number))
    for number, one in enumerate(body.get("attachments") or []):
        yield from between(one.get("description"), 0, 1024, ("attachments", number, "description"))
    if (body.get("flags") or 0) & ~flags:
        yield Flaw(("flags",), "BITFIELD_INVALID", f"Flags {body['flags']} may not be set here")


def _legacy(body: Json) -> Iterator[Flaw]:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            words = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            yield Flaw((key,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)


def _embed(embed: Json, path: Path) -> Iterator[Flaw]:
    parts: list[tuple[str | None, int, Path]] = [(embed.get(key), most, (*path, key)) for key, most in _EMBED]
    parts.append(((embed.get("footer") or {}).get("text"), 2048, (*path, "footer", "text")))
    parts.append(((embed.get("author") or {}).get("name"), 256, (*path, "author", "name")))
    yield from between(embed.get("fields"), 0, 25, (*path, "fields"))
    for number, field in enumerate(embed.get("fields") or []):
        parts.append((field.get("name"), 256, (*path, "fields", number, "name")))
        parts.append((field.get("value"), 1024, (*path, "fields", number, "value")))
    for text, most, place in parts:
        yield from between(text, 0, most, place)
    if sum(len(text or "") for text, _, _ in parts) > _EMBED_TOTAL:
        yield Flaw(path, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {_EMBED_TOTAL}")


def _says_something(body: Json, files: Collection[str], *, v2: bool) -> bool:
    if v2:
        return bool(body.get("components"))
    return bool(body.get("content") or body.get("embeds") or body.get("sticker_ids") or body.get("poll") or files)
