"""The two file styles: an entry for BibTeX, and a record in the RIS format of 2011."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable

from bot.brief.publication import Name, PartialDate, Publication
from bot.brief.references_manner import Manner
from bot.brief.references_parts import Cited, Reference, access, bare_doi, extent, inverted, leaders, number, page_range

_ENTRIES = {
    "report": "techreport",
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "webpage": "misc",
}
_RECORDS = {"report": "RPRT", "article-journal": "JOUR", "book": "BOOK", "chapter": "CHAP", "webpage": "ELEC"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = str.maketrans({
    **{char: f"\\{char}" for char in "&%$#_"},
    "\\": r"\textbackslash{}",
    # BibTeX counts braces whether or not a backslash stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
})  # fmt: skip
_ADDRESS = str.maketrans({char: f"%{ord(char):02X}" for char in '\\{}" '})
# What would end a name or a part of it; parsers trip over escapes as well.
_UNSAFE_IN_NAMES = re.compile(r"(?i)(?:^|\s)and(?:\s|$)|[,\\{}&%$#_~^]")
_FOLDED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "ı": "i"})
_ARTICLES = frozenset({
    "a", "an", "and", "das", "de", "dem", "den", "der", "des", "det", "die", "el", "en", "et", "for", "i", "in",
    "la", "le", "les", "of", "on", "the", "to", "und",
})  # fmt: skip
_LATEX = Manner(section="{} section", quotation_marks=("``", "''"), inside=False)


def bibtex(cited: Cited) -> Reference:
    """Write an entry for a .bib file; text stays UTF-8."""
    work, (author, year, word) = cited.work, _key_parts(cited.work)
    key = f"{author or 'anon'}{year}{word}"
    lines = [f"  {name} = {value}," for name, value in _bibtex_fields(cited) if value not in ("", "{}", "{{}}")]
    text = "\n".join([f"@{_ENTRIES[work.type]}{{{key},", *lines, "}", ""])
    return _file(text, rf"\cite{_option(_latex_locator(cited))}{{{key}}}", f"{author or word}-{year}.bib")


def ris(cited: Cited) -> Reference:
    """Write a record for a .ris file, whose lines end in CR and LF; RIS has no in-text form."""
    author, year, word = _key_parts(cited.work)
    lines = [f"{tag}  - {value}" for tag, value in _ris_fields(cited) if value]
    return _file("\r\n".join([*lines, "ER  - ", ""]), "", f"{author or word}-{year}.ris")


def _file(text: str, in_text: str, filename: str) -> Reference:
    return Reference(text, text, in_text, in_text, filename)


def _key_parts(work: Publication) -> tuple[str, str, str]:
    """Give author, year and first telling word of the title in lower-case ASCII."""
    who, _ = leaders(work)
    author = _first_word(who[0].literal) if who and who[0].literal else _ascii(who[0].family) if who else ""
    # A title without a Latin letter still needs a key of its own.
    word = _first_word(work.title) or f"{zlib.crc32(work.title.encode()):08x}"
    return author[:40], "nd" if work.undated else f"{work.issued.year:04}", word[:40]


def _first_word(text: str) -> str:
    words = list(filter(None, map(_ascii, text.replace("-", " ").split())))
    return next((word for word in words if word not in _ARTICLES), words[0] if words else "")


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))
    return re.sub(r"[^a-z0-9]", "", folded)


def _bibtex_fields(cited: Cited) -> Iterable[tuple[str, str]]:
    work, read = cited.work, access(cited)
    yield "author", _bibtex_names(work.author)
    yield "editor", _bibtex_names(work.editor)
    # The inner braces keep the capitals of names in every bibliography style.
    yield "title", f"{{{_braced(work.title)}}}"
    yield from ((name, _braced(value)) for name, value in _bibtex_source(work))
    yield "year", "" if work.undated else _braced(str(work.issued.year))
    yield "month", _MONTHS[work.issued.month - 1] if work.issued.month and not work.undated else ""
    yield "day", _braced(str(work.issued.day or "")) if work.issued.month and not work.undated else ""
    yield "pages", _braced(page_range(extent(work))).replace("\u2013", "--")
    yield "edition", _braced(work.edition)
    yield "address", _braced(work.publisher_place)
    yield "isbn", _braced(work.isbn)
    # Packages read these two as they stand.
    yield "doi", f"{{{bare_doi(work).translate(_ADDRESS)}}}"
    yield "url", f"{{{work.url.translate(_ADDRESS)}}}"
    yield "urldate", _braced(str(read) if read else "")


def _bibtex_source(work: Publication) -> Iterable[tuple[str, str]]:
    count = number(work)
    if work.type == "report":
        # Bibliography styles print type and number, and neither series nor volume.
        volume = f"Vol. {work.volume}, No. {count}" if count else f"Vol. {work.volume}"
        yield "type", work.collection_title or work.genre
        yield "number", volume if work.volume else count
        yield "institution", work.publisher
    elif work.type == "webpage":
        yield "howpublished", work.container_title
        yield "organization", work.publisher
    else:
        yield "journal" if work.type == "article-journal" else "booktitle", work.container_title
        yield "volume", work.volume
        yield "number", count
        yield "series", work.collection_title
        yield "publisher", work.publisher


def _bibtex_names(names: Iterable[Name]) -> str:
    return f"{{{' and '.join(map(_bibtex_name, names))}}}"


def _bibtex_name(name: Name) -> str:
    if name.literal:
        return _braced(name.literal)
    parts = (_braced(part) if _UNSAFE_IN_NAMES.search(part) else part for part in (name.family, name.given))
    return ", ".join(filter(None, parts))


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _braced(text: str) -> str:
    return f"{{{_tex(text)}}}"


def _latex_locator(cited: Cited) -> str:
    locator = _tex(_LATEX.locator(cited)).replace("\u2013", "--")
    return re.sub(r"\b(pp?|para)\. (?=\w)", r"\1.~", locator)


def _option(locator: str) -> str:
    if not locator:
        return ""
    return f"[{{{locator}}}]" if "]" in locator else f"[{locator}]"


def _ris_fields(cited: Cited) -> Iterable[tuple[str, str]]:
    work, read = cited.work, access(cited)
    first, _, last = page_range(extent(work)).partition("\u2013")
    yield "TY", _RECORDS[work.type]
    yield from (("AU", _ris_name(name)) for name in work.author)
    yield from (("A2" if work.type == "chapter" else "ED", _ris_name(name)) for name in work.editor)
    yield "TI", work.title
    holder = work.container_title.replace("*", "") if work.type == "article-journal" else work.container_title
    yield "T2", holder or work.collection_title
    yield "T3", work.collection_title if holder else ""
    yield "PY", "" if work.undated else f"{work.issued.year:04}"
    yield "DA", _ris_date(work.issued) if work.issued.month and not work.undated else ""
    yield "PB", work.publisher
    yield "CY", work.publisher_place
    yield "M3", work.genre
    yield "VL", work.volume
    yield "IS", number(work)
    yield "M1", "" if work.number in (number(work), extent(work)) else work.number
    yield "SP", first
    yield "EP", last
    yield "ET", work.edition
    yield "SN", work.isbn
    yield "DO", bare_doi(work)
    yield "UR", work.url
    yield "Y2", _ris_date(read) if read else ""
    yield "LA", work.language


def _ris_name(name: Name) -> str:
    """Write the family name first. The format does not allow asterisks in names."""
    return inverted(name, name.given).replace("*", "")


def _ris_date(date: PartialDate) -> str:
    month = f"{date.month:02}" if date.month is not None else ""
    day = f"{date.day:02}" if date.month is not None and date.day is not None else ""
    return f"{date.year:04}/{month}/{day}/"
