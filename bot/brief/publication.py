"""The publication itself: the CSL-JSON fields that references and citations need."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

PublicationType = Literal["report", "article-journal", "book", "chapter", "webpage"]
PUBLICATION_TYPES: tuple[PublicationType, ...] = ("report", "article-journal", "book", "chapter", "webpage")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A person (family, given) or a body (literal)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    position: str = ""

    @property
    def full(self) -> str:
        """Write the name in reading order."""
        return self.literal or " ".join(filter(None, (self.given, self.family)))

    @property
    def short(self) -> str:
        """Write the name as an in-text citation does: the family name, or the whole name of a body."""
        return self.literal or self.family or self.given


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: a year, perhaps a month, perhaps a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar holds; raises ValueError."""
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        dt.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """Write the date in ISO 8601, reduced to what is known."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def spoken(self) -> str:
        """Write the date for a reader: ``9 November 2016``, ``November 2016`` or ``2016``."""
        words = [str(self.day)] if self.day is not None else []
        words += [MONTHS[self.month - 1]] if self.month is not None else []
        return " ".join([*words, str(self.year)])


@dataclass(frozen=True, slots=True)
class Publication:
    """What a reference needs, named as CSL-JSON names it (hyphens become underscores)."""

    type: PublicationType
    title: str
    author: tuple[Name, ...]
    issued: PartialDate
    publisher: str = ""
    publisher_place: str = ""
    genre: str = ""
    number: str = ""
    collection_title: str = ""
    container_title: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    edition: str = ""
    editor: tuple[Name, ...] = ()
    doi: str = ""
    isbn: str = ""
    url: str = ""
    language: str = "en"
    first_published: PartialDate | None = None
    republished: str = ""
    republished_by: str = ""
    cover: str = ""
    undated: bool = False

    @property
    def year(self) -> str:
        """Give the year as references write it, or ``n.d.`` when nothing tells it (``issued`` is when it was read)."""
        return "n.d." if self.undated else str(self.issued.year)

    @property
    def short_authors(self) -> str:
        """Name the authors as an in-text citation does: one, two, or the first ``et al.``."""
        names = [name.short for name in self.author]
        if not names:
            return self.title
        if len(names) <= 2:
            return " and ".join(names)
        return f"{names[0]} et al."
