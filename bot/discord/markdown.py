"""Text that others wrote, made fit for a message: nothing in it formats, links or mentions."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

# The colon of an address, and one that begins the name of an emoji, are the two that Discord reads.
_SPECIAL = re.compile(r"[\\*_~|`\[\]<>@#]|(?<=\w):(?=//)|:(?=[\w+-]+:)")
_LEADING = re.compile(r"^(?:[-+](?=\s)|\d+(?=[.)]\s))")
_ADDRESS = re.compile(r"https?://\S+")
_UNESCAPED = re.compile(r"(\\.)|([_~|`\[\]<>@#]|(?<=\w):(?=//)|:(?=[\w+-]+:))", re.DOTALL)
_JOINERS = "\u200c\u200d"  # scripts and emoji need them, and they do nothing else
_OPEN = f" .,;:–—-{_JOINERS}"  # what a cut text does not end with
_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}
_ELLIPSIS = "…"


def tame(text: str) -> str:
    """Bring a text to one line without control characters or marks that turn the line around."""
    if not text.isprintable():  # controls and format characters are not, nor is any space but the plain one
        kept = (
            char if char in _JOINERS or unicodedata.category(char) not in _INVISIBLE else " " if char.isspace() else ""
            for char in text
        )
        text = "".join(kept)
    return " ".join(text.split())


def plain(text: str) -> str:
    """Escape a text so that Discord shows it letter by letter."""
    return _begin(_escape(tame(text)))


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Escape a tamed text and put the given stretches of it, sorted and none within another, in bold."""
    escapes = {found.start() for found in _SPECIAL.finditer(text)}
    marks = {start for start, _ in spans} ^ {end for _, end in spans}  # between two neighbours, none
    parts: list[str] = []
    done = 0
    for at in sorted(escapes | marks):
        parts += (text[done:at], "**" if at in marks else "", "\\" if at in escapes else "")
        done = at
    return _begin("".join([*parts, text[done:]]))


def referenced(markup: str, address: str) -> str:
    """Keep of a reference's Markdown its italics and, where it is this very address, its link."""

    def safe(text: str) -> str:
        return _UNESCAPED.sub(lambda found: found[1] or f"\\{found[2]}", text)

    markup = tame(markup)
    parts: list[str] = []
    done = 0
    for found in _ADDRESS.finditer(markup):
        linked = bool(address) and found[0].rstrip(".,*)") == address.rstrip(".,*)")
        parts += (safe(markup[done : found.start()]), found[0] if linked else safe(found[0]))
        done = found.end()
    return _begin("".join([*parts, safe(markup[done:])]))


def fitted(text: str, room: int) -> str:
    """Cut a text at a word so that it takes at most ``room`` characters when escaped; not escaped yet."""
    text = tame(text)
    if 2 * len(text) <= room:
        return text
    specials = [found.start() for found in _SPECIAL.finditer(text[: room + 1])]
    begun = bool(_LEADING.match(text))
    if len(text) + len(specials) + begun <= room:
        return text
    lengths = range(min(len(text), room) + 1)
    most = bisect_right(lengths, room - 1 - begun, key=lambda length: length + bisect_left(specials, length)) - 1
    cut = text[: max(0, most)]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > len(cut) // 2 else cut).rstrip(_OPEN) + _ELLIPSIS


def shortened(text: str, length: int) -> str:
    """Bring a text to at most ``length`` characters, and at least one, for a label, which Discord shows as it is."""
    text = tame(text) or _ELLIPSIS
    return text if len(text) <= length else text[: length - 1].rstrip(_OPEN) + _ELLIPSIS


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _begin(text: str) -> str:
    """Keep a text from beginning a list."""
    return _LEADING.sub(lambda found: f"\\{found[0]}" if not found[0].isdigit() else f"{found[0]}\\", text)
