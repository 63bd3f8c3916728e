"""Alignment finds every place of a pack in copies of the brief that look quite different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.brief.pack import Pack
from bot.brief.places import Place
from bot.files.packs import load_pack
from bot.ingest.alignment import Alignment, align, places_json
from bot.ingest.child import read_document
from bot.ingest.errors import Limits
from bot.ingest.sources import read_source
from bot.ingest.text import read_text

BRIEF = Path(__file__).parents[3] / "shared" / "brief"
CONTENT = Path(__file__).parents[2] / "content" / "hansen-2016"
needs_brief = pytest.mark.skipif(not (BRIEF / "brief.txt").exists() or not CONTENT.exists(), reason="no brief here")

Press = Callable[[Any], Path]


def edges(alignment: Alignment) -> dict[str, tuple[str, str]]:
    return {
        str(aligned.place): (found["first"], found["last"])
        for aligned, found in zip(alignment.found, places_json(alignment.found), strict=True)
    }


def wanted(expected: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {place: (" ".join(text.split()[:6]), " ".join(text.split()[-6:])) for place, text in expected.items()}


def test_every_place_is_found_with_its_first_and_last_words_in_every_layout(
    typeset: Press, layout: Any, pack: Pack, expected: dict[str, str]
) -> None:
    found = edges(align(read_source(typeset(layout), Limits()), pack))
    found.pop("Figure 1")

    assert found == wanted(expected)


def test_the_whole_wording_of_every_place_is_kept_in_every_layout(
    typeset: Press, layout: Any, pack: Pack, expected: dict[str, str]
) -> None:
    found = {str(aligned.place): aligned.text for aligned in align(read_source(typeset(layout), Limits()), pack).found}

    assert {place: found[place] for place in expected} == expected


def test_the_figure_is_found_with_its_caption_in_every_layout(typeset: Press, layout: Any, pack: Pack) -> None:
    found = align(read_source(typeset(layout), Limits()), pack).found

    assert [a.text[:10] for a in found if a.place == Place("Figure 1")] == ["Figure 1: "]


def test_every_place_is_found_in_text_and_markdown(written: Path, pack: Pack, expected: dict[str, str]) -> None:
    found = edges(align(read_source(written, Limits()), pack))
    found.pop("Figure 1")

    assert found == wanted(expected)


def test_places_come_in_the_order_of_the_document(plain_text: str, pack: Pack) -> None:
    places = [str(aligned.place) for aligned in align(read_text(plain_text), pack).found]

    assert places[:6] == ["Summary 1", "Introduction 1", *(f"Recommendations {n}" for n in (1, 2, 3)), "Quotes 1"]


def test_a_text_has_no_pages(plain_text: str, pack: Pack) -> None:
    assert {found["page"] for found in places_json(align(read_text(plain_text), pack).found)} == {None}


def test_pages_are_counted_from_one_where_the_file_has_no_labels(typeset: Press, two_columns: Any, pack: Pack) -> None:
    found = {str(a.place): a.page for a in align(read_source(typeset(two_columns), Limits()), pack).found}

    assert (found["Summary 1"], found["Introduction 1"]) == ("2", "2")


def test_a_place_that_the_copy_lacks_is_named(plain_text: str, pack: Pack, expected: dict[str, str]) -> None:
    shorter = plain_text.replace(expected["The great doubts 2"], "")

    assert align(read_text(shorter), pack).missing == (Place("The great doubts", 2),)


def test_two_paragraphs_that_were_run_together_are_parted(
    plain_text: str, pack: Pack, expected: dict[str, str]
) -> None:
    one, two = expected["The great doubts 1"], expected["The great doubts 2"]
    found = edges(align(read_text(plain_text.replace(f"{one}\n\n{two}", f"{one} {two}")), pack))

    assert (found["The great doubts 1"], found["The great doubts 2"]) == (
        wanted(expected)["The great doubts 1"],
        wanted(expected)["The great doubts 2"],
    )


def test_a_paragraph_that_was_cut_between_sentences_is_one_place(
    plain_text: str, pack: Pack, expected: dict[str, str]
) -> None:
    text = expected["The view from Nordvik 3"]
    cut = text.replace("commuter. It rests", "commuter.\n\nIt rests")
    found = {str(a.place): a.text for a in align(read_text(plain_text.replace(text, cut)), pack).found}

    assert found["The view from Nordvik 3"] == text


def test_a_heading_that_was_run_into_its_paragraph_is_found(
    plain_text: str, pack: Pack, expected: dict[str, str]
) -> None:
    run_in = plain_text.replace("The great doubts\n\n", "The great doubts ")

    assert edges(align(read_text(run_in), pack))["The great doubts 1"] == wanted(expected)["The great doubts 1"]


def test_another_document_shares_hardly_any_place(pack: Pack) -> None:
    other = "\n\n".join(f"Mushrooms of kind {n} grow in the shade of old beeches and taste of nuts." for n in range(20))

    assert align(read_text(other), pack).share < 0.3


@needs_brief
@pytest.mark.parametrize("name", ["brief.txt", "brief.pdf"])
def test_every_place_of_the_real_brief_is_found(name: str) -> None:
    assert align(read_document(BRIEF / name), load_pack(CONTENT)).missing == ()


@needs_brief
def test_text_and_pdf_of_the_real_brief_agree_on_the_words_of_every_place() -> None:
    pack = load_pack(CONTENT)
    texts, pages = (edges(align(read_document(BRIEF / name), pack)) for name in ("brief.txt", "brief.pdf"))
    texts.pop("Figure 1"), pages.pop("Figure 1")

    assert texts == pages
