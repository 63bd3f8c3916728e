"""Reading a PDF: order, headings, joined paragraphs, mended words, furniture left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.document import Document
from bot.ingest.errors import Limits
from bot.ingest.sources import read_source

Press = Callable[[Any], Path]


@pytest.fixture
def document(typeset: Press, two_columns: Any) -> Document:
    return read_source(typeset(two_columns), Limits())


def kinds(document: Document, kind: str) -> list[str]:
    return [block.text for block in document.blocks if block.kind == kind]


def test_the_headings_are_those_of_the_brief_in_their_order(document: Document) -> None:
    assert kinds(document, "heading")[-3:] == ["The view from Nordvik", "The great doubts", "Two landing places"]


def test_the_title_is_no_heading(document: Document) -> None:
    assert kinds(document, "title")[0] == "Ferries or bridges?"


def test_running_headers_and_page_numbers_stand_nowhere(document: Document) -> None:
    assert "FJORD BRIEF" not in document.text


def test_the_cover_page_of_the_portal_is_no_part_of_the_text(document: Document) -> None:
    assert "Take down policy" not in document.text


def test_the_cover_page_tells_author_and_year(document: Document) -> None:
    metadata = document.metadata

    assert (metadata.authors[0].full, str(metadata.issued)) == ("Kari Strand", "2020")


def test_the_cover_page_tells_title_publisher_and_series(document: Document) -> None:
    metadata = document.metadata

    assert (metadata.title, metadata.publisher, metadata.series) == (
        "Ferries or bridges? Crossing the fjord after the 2019 storm",
        "Fjord Institute",
        "Fjord Brief",
    )


def test_a_table_without_lines_is_read_cell_by_cell(document: Document) -> None:
    (table,) = document.tables

    assert table.rows[1:3] == (("IN FAVOUR", "58 %", "17 %"), ("AGAINST", "21 %", "64 %"))


def test_caption_and_source_go_with_their_table(document: Document) -> None:
    (table,) = document.tables

    assert (table.caption, table.source) == (
        "Figure 1: County poll on the crossing",
        "Source: Vestland Opinion Panel (May 2020)",
    )


def test_pull_quotes_are_told_with_their_speakers(document: Document) -> None:
    assert [quote.attribution for quote in document.quotes] == [
        "Solveig Aasen, 4 March 2020",
        "Harald Lunde on Fjordradio, 7 June 2020",
    ]


def test_a_footnote_is_no_paragraph(typeset: Press, request: pytest.FixtureRequest) -> None:
    layouts = request.getfixturevalue("layouts")
    document = read_source(typeset(layouts["two columns with a footnote"]), Limits())

    assert "telephone" not in " ".join(kinds(document, "paragraph"))


def test_page_labels_are_kept(typeset: Press, two_columns: Any, relabelled: Callable[[Path], Path]) -> None:
    document = read_source(relabelled(typeset(two_columns)), Limits())

    assert [block.page for block in document.blocks if block.kind == "title"][:1] == ["ii"]


def test_a_box_does_not_part_the_text_around_it(document: Document) -> None:
    assert [len(section.paragraphs) for section in document.sections][-3:] == [3, 3, 4]


def test_words_that_a_line_broke_are_whole_again(printed: Callable[..., Path]) -> None:
    lines = ["The government of the island met the govern-", "ment of the mainland, and the gov-", "ernment was glad."]
    document = read_source(printed(lines), Limits())

    assert document.blocks[-1].text == (
        "The government of the island met the government of the mainland, and the government was glad."
    )


def test_hyphens_that_belong_to_words_are_kept(printed: Callable[..., Path]) -> None:
    lines = [
        "They play a game of buck-passing here, and more buck-",
        "passing is expected in the mid- and long-",
        "term run.",
    ]
    document = read_source(printed(lines), Limits())

    assert document.blocks[-1].text == (
        "They play a game of buck-passing here, and more buck-passing is expected in the mid- and long-term run."
    )


def test_a_dash_at_the_beginning_of_a_line_begins_no_item(printed: Callable[..., Path]) -> None:
    lines = ["Both of the plans were met with doubt", "- but the second was met with less of it", "than the first one."]
    document = read_source(printed(lines), Limits())

    assert [block.kind for block in document.blocks] == ["paragraph"]


def test_ligatures_are_spelt_out(printed: Callable[..., Path]) -> None:
    document = read_source(printed(["The ﬁrst ofﬁce was ﬁne and the ﬂoor was wet."]), Limits())

    assert document.blocks[-1].text == "The first office was fine and the floor was wet."
