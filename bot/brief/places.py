"""Places: how a citation names a spot in the brief."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERED = re.compile(r"(?P<section>.+?)\s+(?P<paragraph>[1-9][0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class Place:
    """A section by its exact title, and a paragraph counted from 1 within it (None: the section as such)."""

    section: str
    paragraph: int | None = None

    def __str__(self) -> str:
        """Write the place as packs and question files do: ``The view from Russia 2``."""
        return self.section if self.paragraph is None else f"{self.section} {self.paragraph}"

    @property
    def label(self) -> str:
        """Name the place for a reader: ``The view from Russia, para. 2``."""
        return self.section if self.paragraph is None else f"{self.section}, para. {self.paragraph}"


def parse_place(text: str, sections: tuple[str, ...]) -> Place | None:
    """Read a place as packs write it, or None when no section of that title exists.

    A title that itself ends in a number (``Figure 1``) is the section, not its first paragraph.
    """
    text = text.strip()
    if text in sections:
        return Place(text)
    match = _NUMBERED.fullmatch(text)
    if match and match["section"] in sections:
        return Place(match["section"], int(match["paragraph"]))
    return None
