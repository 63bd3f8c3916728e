"""Citations: which place of which brief an answer rests on, as a reader writes it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.brief.pack import Pack
from bot.brief.places import Place


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a pack, its page where the reader's copy gives one, and the in-text form."""

    pack: str
    section: str
    paragraph: int | None
    page: str | None
    text: str


def cite(pack: Pack, place: Place, page: str = "") -> Citation:
    """Cite a place of a pack: ``Hansen (2016), The view from Russia, para. 2, p. 3``."""
    publication = pack.publication
    text = f"{publication.short_authors} ({publication.year}), {place.label}"
    if page:
        text += f", p. {page}"
    return Citation(pack.id, place.section, place.paragraph, page or None, text)
