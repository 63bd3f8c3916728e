"""The file styles: every record word for word, keys, and file names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.brief.places import Place
from bot.brief.publication import Name, PartialDate, Publication
from bot.brief.references import Style, reference

ACCESSED = PartialDate(2024, 5, 3)
FILES: tuple[Style, ...] = ("BibTeX", "RIS")

RECORDS: Mapping[tuple[Style, str], str] = {
    ("BibTeX", "report"): """\
@techreport{hansen2016geopolitical,
  author = {Hansen, Flemming Splidsboel},
  title = {{Geopolitical bromance or business-as-usual? Donald Trump and US-Russian relations}},
  type = {DIIS Policy Brief},
  number = {Vol. 2016, No. November},
  institution = {Danish Institute for International Studies},
  year = {2016},
  month = nov,
}
""",
    ("BibTeX", "article-journal"): """\
@article{hansen2016what,
  author = {Hansen, Flemming Splidsboel and Olsen, Jean-Paul},
  title = {{What "reset" means: a view from Moscow}},
  journal = {Journal of Briefs},
  volume = {12},
  number = {3},
  year = {2016},
  month = nov,
  pages = {115--123},
  doi = {10.1000/182},
  url = {https://example.org/article},
}
""",
    ("BibTeX", "book"): """\
@book{hansen2016book,
  author = {Hansen, Flemming Splidsboel and Olsen, Jean-Paul and Krüger, Émile},
  editor = {Doe, Jane},
  title = {{A book about briefs}},
  volume = {3},
  number = {7},
  series = {Books on Briefs},
  publisher = {Verlag},
  year = {2016},
  edition = {2},
  address = {Copenhagen},
  isbn = {978-87-7605-000-0},
}
""",
    ("BibTeX", "chapter"): """\
@incollection{hansen2016why,
  author = {Hansen, Flemming Splidsboel},
  editor = {Olsen, Jean-Paul and Krüger, Émile},
  title = {{Why read briefs?}},
  booktitle = {The book of briefs},
  publisher = {Verlag},
  year = {2016},
  pages = {107--109},
  address = {Copenhagen},
}
""",
    ("BibTeX", "webpage"): """\
@misc{brief2016how,
  author = {{The Brief Society}},
  title = {{How to read a brief}},
  howpublished = {Briefs today},
  year = {2016},
  month = nov,
  day = {9},
  url = {https://example.org/how_to_read},
  urldate = {2024-05-03},
}
""",
    ("RIS", "report"): """\
TY  - RPRT
AU  - Hansen, Flemming Splidsboel
TI  - Geopolitical bromance or business-as-usual? Donald Trump and US-Russian relations
T2  - DIIS Policy Brief
PY  - 2016
DA  - 2016/11//
PB  - Danish Institute for International Studies
M3  - Policy Brief
VL  - 2016
IS  - November
LA  - en
ER  -\x20
""",
    ("RIS", "article-journal"): """\
TY  - JOUR
AU  - Hansen, Flemming Splidsboel
AU  - Olsen, Jean-Paul
TI  - What "reset" means: a view from Moscow
T2  - Journal of Briefs
PY  - 2016
DA  - 2016/11//
VL  - 12
IS  - 3
SP  - 115
EP  - 123
DO  - 10.1000/182
UR  - https://example.org/article
LA  - en
ER  -\x20
""",
    ("RIS", "book"): """\
TY  - BOOK
AU  - Hansen, Flemming Splidsboel
AU  - Olsen, Jean-Paul
AU  - Krüger, Émile
ED  - Doe, Jane
TI  - A book about briefs
T2  - Books on Briefs
PY  - 2016
PB  - Verlag
CY  - Copenhagen
VL  - 3
IS  - 7
ET  - 2
SN  - 978-87-7605-000-0
LA  - en
ER  -\x20
""",
    ("RIS", "chapter"): """\
TY  - CHAP
AU  - Hansen, Flemming Splidsboel
A2  - Olsen, Jean-Paul
A2  - Krüger, Émile
TI  - Why read briefs?
T2  - The book of briefs
PY  - 2016
PB  - Verlag
CY  - Copenhagen
SP  - 107
EP  - 109
LA  - en
ER  -\x20
""",
    ("RIS", "webpage"): """\
TY  - ELEC
AU  - The Brief Society
TI  - How to read a brief
T2  - Briefs today
PY  - 2016
DA  - 2016/11/09/
UR  - https://example.org/how_to_read
Y2  - 2024/05/03/
LA  - en
ER  -\x20
""",
}


@pytest.mark.parametrize(("style", "kind"), RECORDS)
def test_every_type_has_its_record(works: Mapping[str, Publication], style: Style, kind: str) -> None:
    lines = reference(works[kind], style, accessed=ACCESSED).text.replace("\r\n", "\n")

    assert lines == RECORDS[style, kind]


def test_a_ris_record_has_the_line_ends_of_its_specification(brief: Publication) -> None:
    assert all(line.endswith("\r\n") for line in reference(brief, "RIS").text.splitlines(keepends=True))


@pytest.mark.parametrize(("style", "filename"), [("BibTeX", "hansen-2016.bib"), ("RIS", "hansen-2016.ris")])
def test_a_file_is_named_after_author_and_year(brief: Publication, style: Style, filename: str) -> None:
    assert reference(brief, style).filename == filename


@pytest.mark.parametrize("style", FILES)
def test_a_file_has_no_italics(brief: Publication, style: Style) -> None:
    written = reference(brief, style)

    assert written.markup == written.text


def test_ris_has_no_form_for_the_text(brief: Publication) -> None:
    assert reference(brief, "RIS", Place("Summary", 1)).in_text == ""


@pytest.mark.parametrize(
    ("place", "page", "command"),
    [
        (None, "", r"\cite{hansen2016geopolitical}"),
        (None, "3", r"\cite[p.~3]{hansen2016geopolitical}"),
        (None, "3-4", r"\cite[pp.~3--4]{hansen2016geopolitical}"),
        (Place("Summary"), "", r"\cite[``Summary'' section]{hansen2016geopolitical}"),
        (Place("Summary", 1), "", r"\cite[``Summary'' section, para.~1]{hansen2016geopolitical}"),
        (Place("Figure 1"), "", r"\cite[Figure 1]{hansen2016geopolitical}"),
        (Place("R&D [draft]"), "", r"\cite[{``R\&D [draft]'' section}]{hansen2016geopolitical}"),
    ],
)
def test_latex_cites_the_place(brief: Publication, place: Place | None, page: str, command: str) -> None:
    assert reference(brief, "BibTeX", place, page).in_text == command


def key(work: Publication) -> str:
    """Give the citation key."""
    return reference(work, "BibTeX").in_text.removeprefix(r"\cite{").removesuffix("}")


@pytest.mark.parametrize(
    ("author", "start"),
    [
        (Name("Krüger", "Émile"), "kruger2016"),
        (Name("Łukasiewicz", "Jan"), "lukasiewicz2016"),
        (Name("Sørensen-Åkerlund", "Bo"), "sorensenakerlund2016"),
        (Name("van der Berg", "Jan"), "vanderberg2016"),
        (Name("O’Neill", "Ann"), "oneill2016"),
        (Name(literal="The Danish Institute"), "danish2016"),
        (Name("Толстой", "Лев"), "anon2016"),
    ],
)
def test_a_key_begins_with_the_author_in_ascii(brief: Publication, author: Name, start: str) -> None:
    assert key(replace(brief, author=(author,))) == f"{start}geopolitical"


@pytest.mark.parametrize(
    ("title", "end"),
    [("The view from Russia", "view"), ("“Reset”?", "reset"), ("US-Russian relations", "us"), ("The", "the")],
)
def test_a_key_ends_with_the_first_telling_word_of_the_title(brief: Publication, title: str, end: str) -> None:
    assert key(replace(brief, title=title)) == f"hansen2016{end}"


def test_a_title_without_latin_letters_still_has_a_key_of_its_own(brief: Publication) -> None:
    assert key(replace(brief, title="Война")) != key(replace(brief, title="Мир"))


def test_a_work_of_an_editor_has_the_editor_in_its_key(works: Mapping[str, Publication]) -> None:
    assert key(replace(works["book"], author=())) == "doe2016book"


def test_a_file_without_author_is_named_after_its_title(brief: Publication) -> None:
    assert reference(replace(brief, author=()), "BibTeX").filename == "geopolitical-2016.bib"
