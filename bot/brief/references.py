"""References: how readers cite a publication, ready to paste, in the styles that they are asked for.

A new style is one function that takes a ``Cited`` and returns a ``Reference``, its name in ``Style``, and a row in
``STYLES``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from bot.brief.places import Place
from bot.brief.publication import PartialDate, Publication
from bot.brief.references_files import bibtex, ris
from bot.brief.references_parts import Cited, Reference, tidy, tidy_place, tidy_publication
from bot.brief.references_styles import apa, chicago, harvard, mla

__all__ = ["STYLES", "Reference", "Style", "reference"]

Style = Literal["APA", "MLA", "Chicago", "Harvard", "BibTeX", "RIS"]
STYLES: Mapping[Style, Callable[[Cited], Reference]] = MappingProxyType({
    "APA": apa,
    "MLA": mla,
    "Chicago": chicago,
    "Harvard": harvard,
    "BibTeX": bibtex,
    "RIS": ris,
})  # fmt: skip


def reference(
    publication: Publication,
    style: Style,
    place: Place | None = None,
    page: str = "",
    accessed: PartialDate | None = None,
) -> Reference:
    """Write the reference and its in-text form, which names the page where there is one, else the place."""
    return STYLES[style](Cited(tidy_publication(publication), tidy_place(place), tidy(page), accessed))
