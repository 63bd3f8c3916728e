"""What other programs read in the file styles: BibTeX by bibtexparser, RIS by rispy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped,unused-ignore]
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from bibtexparser.middlewares.names import NameParts
from bibtexparser.model import Entry
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief.places import Place
from bot.brief.publication import PUBLICATION_TYPES, Name, PartialDate, Publication
from bot.brief.references import STYLES, Style, reference
from bot.brief.references_parts import tidy

ACCESSED = PartialDate(2024, 5, 3)
NASTY = r"100% \of {R&D} $5 #1 a_b ~c ^d, and @e{f} = “g”"
NAMES = [SeparateCoAuthors(), SplitNameParts()]
TAGS = {**rispy.TAG_KEY_MAPPING, "ED": "editors"}
LISTS = [*rispy.LIST_TYPE_TAGS, "ED"]
TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{char}": char for char in "&%$#_"},
}


def untex(value: str) -> str:
    """Read TeX: the escapes back, and no braces."""
    return re.sub(
        "|".join(map(re.escape, TEX)) + "|[{}]", lambda match: TEX.get(match[0], ""), value.replace("--", "–")
    )


def bib(work: Publication) -> dict[str, str]:
    """Give the fields that a parser finds in the BibTeX entry."""
    library = parse_string(reference(work, "BibTeX", accessed=ACCESSED).text)
    [entry] = library.blocks
    assert isinstance(entry, Entry)
    return {field.key: untex(field.value) for field in entry.fields}


def bib_names(work: Publication) -> list[NameParts]:
    """Give the authors that a parser finds in the BibTeX entry."""
    library = parse_string(reference(work, "BibTeX").text, append_middleware=NAMES)
    return list(library.entries[0].fields_dict["author"].value)


def ris(work: Publication) -> dict[str, object]:
    """Give the fields that a parser finds in the RIS record."""
    [record] = rispy.loads(reference(work, "RIS", accessed=ACCESSED).text, mapping=TAGS, list_tags=LISTS)
    return dict(record)


BIBTEX = {
    "report": {
        "author": "Hansen, Flemming Splidsboel",
        "title": "Geopolitical bromance or business-as-usual? Donald Trump and US-Russian relations",
        "type": "DIIS Policy Brief",
        "number": "Vol. 2016, No. November",
        "institution": "Danish Institute for International Studies",
        "year": "2016",
        "month": "nov",
    },
    "article-journal": {
        "author": "Hansen, Flemming Splidsboel and Olsen, Jean-Paul",
        "title": 'What "reset" means: a view from Moscow',
        "journal": "Journal of Briefs",
        "volume": "12",
        "number": "3",
        "year": "2016",
        "month": "nov",
        "pages": "115–123",
        "doi": "10.1000/182",
        "url": "https://example.org/article",
    },
}
RIS = {
    "report": {
        "type_of_reference": "RPRT",
        "authors": ["Hansen, Flemming Splidsboel"],
        "title": "Geopolitical bromance or business-as-usual? Donald Trump and US-Russian relations",
        "secondary_title": "DIIS Policy Brief",
        "year": "2016",
        "date": "2016/11//",
        "publisher": "Danish Institute for International Studies",
        "type_of_work": "Policy Brief",
        "volume": "2016",
        "number": "November",
        "language": "en",
    },
    "book": {
        "type_of_reference": "BOOK",
        "authors": ["Hansen, Flemming Splidsboel", "Olsen, Jean-Paul", "Krüger, Émile"],
        "editors": ["Doe, Jane"],
        "title": "A book about briefs",
        "secondary_title": "Books on Briefs",
        "year": "2016",
        "publisher": "Verlag",
        "place_published": "Copenhagen",
        "volume": "3",
        "number": "7",
        "edition": "2",
        "issn": "978-87-7605-000-0",
        "language": "en",
    },
}


@pytest.mark.parametrize("kind", BIBTEX)
def test_a_bibtex_parser_finds_every_field(works: Mapping[str, Publication], kind: str) -> None:
    assert bib(works[kind]) == BIBTEX[kind]


@pytest.mark.parametrize("kind", RIS)
def test_a_ris_parser_finds_every_field(works: Mapping[str, Publication], kind: str) -> None:
    assert ris(works[kind]) == RIS[kind]


def test_what_tex_would_read_is_escaped(brief: Publication) -> None:
    assert r"{{100\% \textbackslash{}of \textbraceleft{}R\&D\textbraceright{} \$5 \#1 a\_b" in (
        reference(replace(brief, title=NASTY), "BibTeX").text
    )


@pytest.mark.parametrize(
    ("field", "key"), [("title", "title"), ("collection_title", "type"), ("publisher", "institution")]
)
def test_a_bibtex_parser_reads_escapes_back(brief: Publication, field: str, key: str) -> None:
    changes: dict[str, Any] = {field: NASTY}

    assert bib(replace(brief, **changes))[key] == NASTY


def test_braces_cannot_end_a_verbatim_address(brief: Publication) -> None:
    assert bib(replace(brief, url="https://example.org/}{a_b"))["url"] == "https://example.org/%7D%7Ba_b"


def test_a_bibtex_parser_splits_a_name(brief: Publication) -> None:
    assert bib_names(brief)[0] == NameParts(first=["Flemming", "Splidsboel"], last=["Hansen"])


def test_a_bibtex_parser_keeps_a_particle_with_the_family_name(brief: Publication) -> None:
    [name] = bib_names(replace(brief, author=(Name("van der Berg", "Jan"),)))

    assert (name.first, name.von, name.last) == (["Jan"], ["van", "der"], ["Berg"])


@pytest.mark.parametrize("literal", ["Smith and Sons", "Ministry of Foreign Affairs, Denmark", "van Dyck"])
def test_a_bibtex_parser_takes_a_body_for_one_name(brief: Publication, literal: str) -> None:
    [name] = bib_names(replace(brief, author=(Name(literal=literal),)))

    assert (name.first, name.von, name.jr, name.last) == ([], [], [], [f"{{{literal}}}"])


FIELDS = (
    *("publisher", "publisher_place", "genre", "number", "collection_title", "container_title"),
    *("volume", "issue", "page", "edition", "doi", "isbn", "url"),
)
texts = st.text(max_size=40) | st.text("\\{}&%$#_~^\"'@=,*`[]<>|.?!:- \r\nand", max_size=20)
names = st.builds(Name, texts, texts, texts)
dates = (
    st.builds(PartialDate, st.integers(1, 9999))
    | st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12))
    | st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28))
)
places = st.none() | st.builds(Place, texts, st.none() | st.integers(1, 9999))
works_of_chance = st.builds(
    Publication,
    type=st.sampled_from(PUBLICATION_TYPES),
    title=texts,
    author=st.lists(names, max_size=25).map(tuple),
    issued=dates,
    editor=st.lists(names, max_size=4).map(tuple),
    language=st.sampled_from(["en", "de"]) | texts,
    **dict.fromkeys(FIELDS, texts),
)


@settings(deadline=None)
@given(work=works_of_chance, style=st.sampled_from(sorted(STYLES)), place=places, page=texts, read=st.none() | dates)
def test_any_publication_has_a_reference_of_printable_lines(
    work: Publication, style: Style, place: Place | None, page: str, read: PartialDate | None
) -> None:
    written = reference(work, style, place, page, read)

    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", written.text + written.markup + written.in_text)


@settings(deadline=None)
@given(work=works_of_chance)
def test_a_bibtex_parser_reads_any_title_back(work: Publication) -> None:
    assert bib(work).get("title", "") == tidy(work.title).replace("--", "–")


@settings(deadline=None)
@given(work=works_of_chance)
def test_a_bibtex_parser_counts_any_authors_right(work: Publication) -> None:
    authors = bib(work).get("author")
    named = [name for name in work.author if tidy(name.family + name.given + name.literal)]

    assert (len(bib_names(work)) if authors else 0) == len(named)


@settings(deadline=None)
@given(work=works_of_chance)
def test_a_ris_parser_reads_any_title_back(work: Publication) -> None:
    assert ris(work).get("title", "") == tidy(work.title)


@settings(deadline=None)
@given(work=works_of_chance)
def test_the_markup_of_prose_is_its_text_with_marks(work: Publication) -> None:
    work = replace(work, url="", doi="", title=work.title.replace("http", ""))
    written = reference(work, "Harvard")

    assert re.sub(r"\\(.)|\*", lambda match: match[1] or "", written.markup) == written.text


@settings(deadline=None)
@given(work=works_of_chance)
def test_a_file_name_and_a_key_are_safe_for_any_publication(work: Publication) -> None:
    written = reference(work, "BibTeX")

    assert re.fullmatch(r"[a-z0-9]+-\d{4}\.bib\\cite\{[a-z0-9]+\}", written.filename + written.in_text)
