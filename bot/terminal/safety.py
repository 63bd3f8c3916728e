"""Text that others wrote, made fit for a terminal: nothing in it can move the cursor, hide, or turn the line around."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"  # scripts and emoji need them, and they do nothing else
_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}


def safe(text: str) -> str:
    """Bring a text to one line; control characters and bidi overrides become visible, as ``<U+202E>``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char.isprintable() else _shown(char) for char in text)


def shorten(text: str, length: int = 60) -> str:
    """Bring a text to one safe line of at most ``length`` characters."""
    text = safe(" ".join(text[: 4 * length].split()))
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _shown(char: str) -> str:
    if char in _JOINERS:
        return char
    if char.isspace():
        return " " if char.isascii() or unicodedata.category(char) != "Zs" else char
    if char == "\u00ad":  # a soft hyphen asks for nothing where lines are broken at spaces
        return ""
    return f"<U+{ord(char):04X}>" if unicodedata.category(char) in _INVISIBLE else char
