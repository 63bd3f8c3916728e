"""What references are made of: tidy fields, names, dates, pages, titles, and text with italics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import quote

from bot.brief.places import Place
from bot.brief.publication import MONTHS, Name, PartialDate, Publication

# Italics begin and end with control characters, which ``tidy`` keeps out of all data.
ITALIC, ROMAN = "\x02", "\x03"
PARTS = ("article-journal", "chapter")

_SPECIAL = re.compile(r"(https?://\S+)|([\\*_~`|<>\[\]])")
_DASH = re.compile(r"(?<=\w)\s*[-\u2010-\u2015\u2212]+\s*(?=\w)")
_SEVERAL = re.compile("[\u2013,&;]")
_PAGE_LABEL = re.compile(r"pp?\.\s*(?=\w)", re.IGNORECASE)
_NUMBER_LABEL = re.compile(r"(?:no|nr|vol|issue)\b\.?\s", re.IGNORECASE)
_EDITION_LABEL = re.compile(r"\s*\b(?:ed|edn|edition)\.?$", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?\.?", re.IGNORECASE)
_DOI_ADDRESS = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_MAIN_TITLE = re.compile(r"(.+?)(?::\s|(?<=[?!])\s|\s[\u2013\u2014]\s)")
_PARTICLES = frozenset({"af", "av", "da", "de", "den", "der", "di", "du", "la", "le", "ten", "ter", "van", "von", "zu"})


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry for a list of references, and the form that stands in the text.

    ``markup`` and ``in_text_markup`` are Markdown: ``*italics*``, and a backslash before what Markdown would read.
    ``filename`` is empty unless the style is a file format.
    """

    text: str
    markup: str
    in_text: str
    in_text_markup: str
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a style gets: a publication with tidy fields, the place or page in it, and when it was read online."""

    work: Publication
    place: Place | None = None
    page: str = ""
    accessed: PartialDate | None = None


def tidy(text: str) -> str:
    """Compose the characters of a field and put it on one line, without control characters."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _tidy_names(names: tuple[Name, ...]) -> tuple[Name, ...]:
    parts = [(tidy(name.family), tidy(name.given), tidy(name.literal)) for name in names]
    # A given name without a family name is a whole name, as a body's is.
    tidied = [Name(literal=literal or given) if literal or not family else Name(family, given)
              for family, given, literal in parts]  # fmt: skip
    return tuple(name for name in tidied if name.short)


def tidy_publication(work: Publication) -> Publication:
    """Tidy every field and name, and drop names that are empty."""
    values = [(field.name, getattr(work, field.name)) for field in fields(work)]
    changes: dict[str, Any] = {key: tidy(value) for key, value in values if isinstance(value, str)}
    return replace(work, **changes, author=_tidy_names(work.author), editor=_tidy_names(work.editor))


def tidy_place(place: Place | None) -> Place | None:
    """Tidy the section's title."""
    return place and Place(tidy(place.section), place.paragraph)


def italic(text: str) -> str:
    """Set text in italics."""
    return f"{ITALIC}{text}{ROMAN}" if text else ""


def prose(listed: str, in_text: str) -> Reference:
    """Turn two texts with italics into a reference."""
    return Reference(_plain(listed), _markup(listed), _plain(in_text), _markup(in_text))


def _plain(text: str) -> str:
    return text.replace(ITALIC, "").replace(ROMAN, "")


def _markup(text: str) -> str:
    # Within an address, only what would end it early.
    escaped = _SPECIAL.sub(lambda match: re.sub(r"[\\*]", r"\\\g<0>", match[1] or "") or f"\\{match[2]}", text)
    return escaped.replace(ITALIC, "*").replace(ROMAN, "*")


def spaced(*parts: str) -> str:
    """Join what is known with spaces."""
    return " ".join(filter(None, parts))


def enclosed(text: str) -> str:
    """Put text, if there is any, into parentheses."""
    return f"({text})" if text else ""


def leaders(work: Publication) -> tuple[tuple[Name, ...], bool]:
    """Find who stands first: the authors, or (True) the editors of a whole work without authors."""
    if work.author or work.type in PARTS:
        return work.author, False
    return work.editor, bool(work.editor)


def others(work: Publication) -> tuple[Name, ...]:
    """Find the editors that do not stand first."""
    return () if leaders(work)[1] or work.type == "article-journal" else work.editor


def is_author(work: Publication, name: str) -> bool:
    """Tell whether a publisher or a site is the only author."""
    return [author.short.casefold() for author in work.author] == [name.casefold()]


def initials(given: str, between: str = " ") -> str:
    """Shorten given names: ``Jean-Paul Émile`` to ``J.-P. É.``, particles as they are."""
    short = ""
    for word in given.replace(".", ". ").split():
        particle = word in _PARTICLES
        gap = between if short.endswith(".") and not particle else " "
        short = (short + gap + (word if particle else _initial(word))).strip()
    return short


def _initial(word: str) -> str:
    letters = [next(filter(str.isalpha, part), "") for part in re.split("[-\u2010\u2011]", word)]
    return "-".join(f"{letter}." for letter in letters if letter)


def inverted(name: Name, given: str) -> str:
    """Write the family name first, then the given names as given here."""
    return name.literal or ", ".join(filter(None, (name.family, given)))


def listed(items: Sequence[str], last: str, pair: str = "") -> str:
    """Join items with commas, the last one with ``last``, and two with ``pair`` where that differs."""
    if len(items) <= 2:
        return (pair or last).join(items)
    return f"{', '.join(items[:-1])}{last}{items[-1]}"


def day_month_year(date: PartialDate, months: Sequence[str] = MONTHS) -> str:
    """Write ``9 November 2016`` as far as it is known."""
    if date.month is None:
        return str(date.year)
    return spaced(str(date.day or ""), months[date.month - 1], str(date.year))


def month_day(date: PartialDate) -> str:
    """Write ``November 9`` as far as it is known."""
    return spaced(MONTHS[date.month - 1], str(date.day or "")) if date.month is not None else ""


def month_day_year(date: PartialDate) -> str:
    """Write ``November 9, 2016`` as far as it is known."""
    return f"{month_day(date)}, {date.year}" if date.day and date.month else day_month_year(date)


def page_range(pages: str) -> str:
    """Write pages with en dashes and without a label of their own: ``115–123``."""
    return _DASH.sub("\u2013", _PAGE_LABEL.sub("", pages))


def labelled_pages(pages: str) -> str:
    """Write ``p. 3`` or ``pp. 3–5``."""
    pages = page_range(pages)
    label = "pp." if _SEVERAL.search(pages) else "p."
    return f"{label} {pages}" if pages else ""


def elided_pages(pages: str, *, chicago: bool) -> str:
    """Shorten the second number of a range, by Chicago's rule (``107–8``, ``100–104``) or MLA's (``107–08``)."""

    def shorter(match: re.Match[str]) -> str:
        first, last = match.groups()
        if len(first) < 3 or len(first) != len(last) or first >= last or (chicago and first.endswith("00")):
            return match[0]
        same = next(index for index, char in enumerate(first) if char != last[index])
        least = 1 if chicago and first[-2] == "0" else 2
        return f"{first}\u2013{last[min(same, len(last) - least) :]}"

    return re.sub("\\b([0-9]+)\u2013([0-9]+)\\b", shorter, page_range(pages))


def numbered(label: str, value: str) -> str:
    """Put a label before a number that does not bring its own: ``No. November``."""
    return value if not value or _NUMBER_LABEL.match(value) else f"{label} {value}"


def number(work: Publication) -> str:
    """Give the issue of a journal, else the number in a series."""
    return work.issue or ("" if work.type == "article-journal" else work.number)


def extent(work: Publication) -> str:
    """Give the pages, else the number by which a journal without pages knows its article."""
    return work.page or (work.number if work.type == "article-journal" else "")


def publisher(work: Publication) -> str:
    """Name the publisher, unless it is the site itself."""
    return "" if work.publisher.casefold() == work.container_title.casefold() else work.publisher


def kind(work: Publication) -> str:
    """Name the sort of report, where its series does not say it."""
    said = work.collection_title.casefold()
    return work.genre if work.type == "report" and said and work.genre.casefold() not in said else ""


def edition(work: Publication, label: str) -> str:
    """Write the edition: ``2nd ed.``, ``Revised ed.``."""
    text = _EDITION_LABEL.sub("", work.edition)
    if match := _ORDINAL.fullmatch(text):
        number = int(match[1])
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        text = f"{number}{ending}"
    return f"{text} {label}" if text else ""


def imprint(work: Publication) -> str:
    """Write place and publisher: ``Copenhagen: Danish Institute``."""
    return ": ".join(filter(None, (work.publisher_place, work.publisher)))


def bare_doi(work: Publication) -> str:
    """Give the DOI without any address before it."""
    return _DOI_ADDRESS.sub("", work.doi, count=1)


def link(work: Publication) -> str:
    """Give the address of the DOI, else the publication's own."""
    doi = bare_doi(work)
    return f"https://doi.org/{quote(doi, safe='/:;().,_-@+=~')}" if doi else work.url


def access(cited: Cited) -> PartialDate | None:
    """Give the date of access where a reference states it: beside an address, not beside a DOI."""
    return cited.accessed if cited.work.url and not bare_doi(cited.work) else None


def short_title(title: str) -> str:
    """Cut a title before its subtitle, keeping a question mark."""
    match = _MAIN_TITLE.match(title)
    return match[1] if match else title
