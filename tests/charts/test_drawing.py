"""A drawing holds everything that is drawn, and its names follow from it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief.pack import Figure
from bot.charts.drawing import amount, clean, drawing_of, from_json, number, stem_of, to_json

Build = Callable[..., Figure]
CITATION = "Hansen (2016), Figure 1"


def digest(figure: Figure, citation: str = CITATION) -> str:
    return drawing_of(figure, citation).digest


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (61.0, "61"),
        (60.5, "60.5"),
        (-0.0, "0"),
        (-5.25, "−5.25"),
        (1234567.0, "1,234,567"),
        (2e12, "2,000,000,000,000"),
        (0.00003, "0.00003"),
        (1e300, "1e+300"),
    ],
)
def test_a_number_is_written_as_people_write_it(value: float, written: str) -> None:
    assert number(value) == written


def test_a_number_without_unit_ends_with_the_number() -> None:
    assert amount(3, "") == "3"


def test_control_and_directional_characters_are_left_away() -> None:
    assert clean("a\x00b\n\tc\u202ed\u2069") == "a b cd"


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert clean("a\ud83d") == "a\ufffd"


def test_joiners_stay_since_they_belong_to_spelling() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_accents_pile_up_on_no_letter() -> None:
    assert clean("e" + "\u0301" * 40 + "a\u0300") == "e" + "\u0301" * 4 + "a\u0300"


@given(st.text())
def test_a_clean_text_is_clean_already(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_drawing_survives_the_way_through_json(figures: dict[str, Figure]) -> None:
    drawing = drawing_of(figures["expectations"], CITATION)

    assert from_json(json.loads(json.dumps(to_json(drawing)))) == drawing


def test_what_is_no_number_counts_as_missing(build: Build) -> None:
    drawing = drawing_of(build([("Yes", [float("nan"), float("inf")])], ["A", "B"]), CITATION)

    assert drawing.rows[0].values == (None, None)


def test_the_same_figure_has_the_same_digest(build: Build) -> None:
    assert digest(build()) == digest(build())


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"unit": "points"},
        {"source": "Another"},
        {"columns": ["Others"]},
        {"rows": [("Yes", (61,)), ("No", (40,))]},
        {"rows": [("Yes!", (60,)), ("No", (40,))]},
    ],
)
def test_every_change_of_what_is_drawn_changes_the_digest(build: Build, change: dict[str, object]) -> None:
    assert digest(build(**change)) != digest(build())


def test_another_citation_changes_the_digest(build: Build) -> None:
    assert digest(build(), "Hansen (2016), Figure 2") != digest(build())


def test_the_page_of_a_copy_makes_no_other_figure(build: Build) -> None:
    assert stem_of(build(), f"{CITATION}, p. 3") == stem_of(build(), CITATION)


def test_the_same_id_in_another_brief_is_another_figure(build: Build) -> None:
    assert stem_of(build(), "Doe (2020), Figure 1") != stem_of(build(), CITATION)


@given(st.text())
def test_any_id_makes_a_harmless_name(build: Build, name: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,80}", stem_of(build(name=name), CITATION))
