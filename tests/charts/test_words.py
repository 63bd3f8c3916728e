"""A figure in words says every number, and never more than there is room for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief.pack import Figure
from bot.charts.words import alt_text, sentences

Build = Callable[..., Figure]

TABLES = st.integers(1, 6).flatmap(
    lambda columns: st.tuples(
        st.lists(st.text(max_size=80), min_size=columns, max_size=columns),
        st.lists(
            st.tuples(
                st.text(max_size=120),
                st.lists(st.none() | st.floats(), min_size=columns, max_size=columns),
            ),
            max_size=8,
        ),
    )
)


def test_the_alternative_text_states_every_figure(figure: Figure) -> None:
    assert alt_text(figure) == (
        "Grouped bar chart. Russian poll on the US presidential candidates. "
        "Positive impression: Donald Trump 38 %, Hillary Clinton 8 %; "
        "Negative impression: Donald Trump 20 %, Hillary Clinton 61 %; "
        "Undecided: Donald Trump 11 %, Hillary Clinton 23 %; "
        "Does not know the candidate: Donald Trump 30 %, Hillary Clinton 9 %."
    )


def test_a_missing_value_is_said_to_be_missing(figures: dict[str, Figure]) -> None:
    assert "Relations improve under Trump: Donald Trump 37 %, Hillary Clinton no figure;" in alt_text(
        figures["expectations"]
    )


def test_one_column_is_named_once(build: Build) -> None:
    assert alt_text(build()) == "Bar chart. A poll. All. Yes: 60 %; No: 40 %."


def test_a_title_that_asks_gets_no_full_stop(build: Build) -> None:
    assert "Bar chart. Who won? All." in alt_text(build(title="Who won?"))


def test_numbers_below_nought_bear_a_minus_that_is_read_aloud(build: Build) -> None:
    assert "Yes: −1,250.5 USD" in alt_text(build([("Yes", [-1250.5])], unit="USD"))


def test_what_does_not_fit_is_cut_at_a_row(figure: Figure) -> None:
    text = alt_text(figure, 220)

    assert text.endswith("Negative impression: Donald Trump 20 %, Hillary Clinton 61 %; … 2 rows are left out.")


def test_a_single_row_is_left_out_in_the_singular(figure: Figure) -> None:
    assert alt_text(figure, len(alt_text(figure)) - 1).endswith("; … 1 row is left out.")


def test_without_room_for_any_row_the_title_is_cut(figure: Figure) -> None:
    assert alt_text(figure, 60) == "Grouped bar chart. Russian poll on the… 4 rows are left out."


@settings(deadline=None)
@given(table=TABLES, title=st.text(max_size=100), unit=st.text(max_size=20), limit=st.integers(0, 1500))
def test_the_alternative_text_is_never_over_its_limit(
    build: Build, table: tuple[list[str], list[tuple[str, list[float | None]]]], title: str, unit: str, limit: int
) -> None:
    columns, rows = table

    assert len(alt_text(build(rows, columns, title=title, unit=unit), limit)) <= limit


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=200), st.just([1])), min_size=1, max_size=60), st.integers(60, 1500))
def test_every_row_is_either_stated_or_counted_as_left_out(
    build: Build, rows: list[tuple[str, list[float | None]]], limit: int
) -> None:
    text = alt_text(build(rows, unit="|"), limit)
    counted = int(text.split("… ")[-1].split()[0]) if text.endswith("left out.") else 0

    assert text.count(": 1 |") + counted == len(rows)


def test_the_sentences_are_those_of_the_cells(figure: Figure) -> None:
    assert sentences(figure)[:2] == (
        "38 % of the Russian respondents had a positive impression of Donald Trump.",
        "8 % of the Russian respondents had a positive impression of Hillary Clinton.",
    )


@pytest.mark.parametrize("name", ["figure-1", "expectations"])
def test_the_sentences_leave_the_source_to_others(figures: dict[str, Figure], name: str) -> None:
    assert not any("Source" in sentence for sentence in sentences(figures[name]))
