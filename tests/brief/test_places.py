"""How places are written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief.places import Place, parse_place

SECTIONS = ("Summary", "The view from Russia", "Figure 1", "Figure 1 2")


@pytest.mark.parametrize(
    ("place", "written"), [(Place("Summary"), "Summary"), (Place("The view from Russia", 2), "The view from Russia 2")]
)
def test_a_place_is_written_as_packs_do(place: Place, written: str) -> None:
    assert str(place) == written


@pytest.mark.parametrize(
    ("place", "label"),
    [(Place("Summary"), "Summary"), (Place("The view from Russia", 2), "The view from Russia, para. 2")],
)
def test_a_label_names_the_paragraph_for_readers(place: Place, label: str) -> None:
    assert place.label == label


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Summary", Place("Summary")),
        ("  Summary  1 ", Place("Summary", 1)),
        ("The view from Russia 12", Place("The view from Russia", 12)),
    ],
)
def test_a_place_is_read_as_packs_write_it(text: str, place: Place) -> None:
    assert parse_place(text, SECTIONS) == place


def test_a_title_that_ends_in_a_number_is_the_section() -> None:
    assert parse_place("Figure 1", SECTIONS) == Place("Figure 1")


def test_a_paragraph_of_a_title_that_ends_in_a_number_can_be_named() -> None:
    assert parse_place("Figure 1 3", SECTIONS) == Place("Figure 1", 3)


@pytest.mark.parametrize("text", ["", "1", "Conclusion", "Conclusion 1", "summary 1", "Summary1"])
def test_a_section_that_does_not_exist_is_no_place(text: str) -> None:
    assert parse_place(text, SECTIONS) is None


@pytest.mark.parametrize("text", ["Summary 0", "Summary 01", "Summary -1", "Summary 1.5", "Summary 10000"])
def test_paragraphs_count_from_one_in_plain_numbers(text: str) -> None:
    assert parse_place(text, SECTIONS) is None


@given(section=st.sampled_from(SECTIONS[:2]), paragraph=st.none() | st.integers(1, 9999))
def test_what_is_written_can_be_read_back(section: str, paragraph: int | None) -> None:
    place = Place(section, paragraph)

    assert parse_place(str(place), SECTIONS) == place


@given(text=st.text())
def test_any_text_is_a_place_of_the_outline_or_none(text: str) -> None:
    place = parse_place(text, SECTIONS)

    assert place is None or place.section in SECTIONS
