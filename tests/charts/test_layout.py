"""Everything has its place on the sheet, whatever the figure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.drawing import Bars, Drawing
from bot.charts.layout import MARGIN, TALLEST, WIDTH, lay_out
from bot.charts.palette import COLUMNS, TRACK, colour_of
from bot.charts.sheet import Block, Face, Sheet, Words, balance, wrap

Rows = list[tuple[str, list[float | None]]]

FACE = Face(20)
TABLES = st.integers(1, 8).flatmap(
    lambda columns: st.tuples(
        st.lists(st.text(max_size=80), min_size=columns, max_size=columns),
        st.lists(
            st.tuples(
                st.text(max_size=120),
                st.lists(
                    st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=columns, max_size=columns
                ),
            ),
            max_size=8,
        ),
    )
)


def measure(text: str, face: Face) -> float:
    return len(text) * face.size * 0.6


def sheet_of(rows: Rows, columns: list[str], unit: str = "%", title: str = "A poll") -> Sheet:
    bars = tuple(Bars(label, tuple(values)) for label, values in rows)
    return lay_out(Drawing(title, unit, tuple(columns), bars, "An institute", "Doe (2016), Figure 1"), measure)


def words(sheet: Sheet) -> list[str]:
    return [mark.text for mark in sheet.marks if isinstance(mark, Words)]


def bars(sheet: Sheet) -> list[Block]:
    """List the bars: blocks in a column's colour that are no swatches of the key."""
    return [m for m in sheet.marks if isinstance(m, Block) and m.colour in COLUMNS and m.width != m.height]


@settings(max_examples=60, deadline=None)
@given(table=TABLES, unit=st.text(max_size=20), title=st.text(max_size=200))
def test_nothing_leaves_the_card(table: tuple[list[str], Rows], unit: str, title: str) -> None:
    columns, rows = table
    sheet = sheet_of(rows, columns, unit, title)

    for mark in sheet.marks:
        match mark:
            case Words():
                assert mark.x >= MARGIN - 1
                assert mark.x + measure(mark.text, mark.face) <= WIDTH - MARGIN + 5
                assert 0 < mark.y < sheet.height
            case Block():
                assert mark.x >= MARGIN - 4
                assert mark.x + mark.width <= WIDTH - MARGIN + 4
                assert 0 < mark.y < mark.y + mark.height < sheet.height


@settings(max_examples=60, deadline=None)
@given(table=TABLES)
def test_no_text_stands_on_another(table: tuple[list[str], Rows]) -> None:
    columns, rows = table
    texts = [mark for mark in sheet_of(rows, columns).marks if isinstance(mark, Words)]

    for one, other in pairwise(sorted(texts, key=lambda mark: (mark.y, mark.x))):
        beside = (
            one.x + measure(one.text, one.face) <= other.x + 1 or other.x + measure(other.text, other.face) <= one.x
        )
        assert beside or other.y - one.y >= other.face.size


def test_every_value_stands_at_its_bar_with_its_unit() -> None:
    assert {"38 %", "8.5 %"} <= set(words(sheet_of([("Yes", [38, 8.5])], ["A", "B"])))


def test_bars_are_as_long_as_their_values() -> None:
    long, short = bars(sheet_of([("Yes", [60, 15])], ["A", "B"]))

    assert long.width / short.width == pytest.approx(4)


def test_a_missing_value_leaves_a_gap_and_is_named() -> None:
    sheet = sheet_of([("Yes", [60, None])], ["A", "B"])

    assert (len(bars(sheet)), "B: no figure" in words(sheet)) == (1, True)


def test_nought_has_no_bar() -> None:
    assert len(bars(sheet_of([("Yes", [60, 0])], ["A", "B"]))) == 1


def test_what_is_below_nought_points_to_the_left() -> None:
    up, down = bars(sheet_of([("Yes", [30, -30])], ["A", "B"], "points"))

    assert down.x + down.width == pytest.approx(up.x)


def test_large_shares_are_shown_as_parts_of_the_whole() -> None:
    sheet = sheet_of([("Yes", [50])], ["A"])
    track = next(mark for mark in sheet.marks if isinstance(mark, Block) and mark.colour == TRACK)

    assert bars(sheet)[0].width / track.width == pytest.approx(0.5)


@pytest.mark.parametrize(("values", "unit"), [([50], "USD"), ([5], "%"), ([150], "%"), ([50, -1], "%")])
def test_what_is_no_large_share_is_drawn_without_a_whole(values: list[float | None], unit: str) -> None:
    sheet = sheet_of([("Yes", values)], ["A", "B"][: len(values)], unit)

    assert not any(mark.colour == TRACK for mark in sheet.marks)


def test_many_columns_bear_their_labels_at_every_bar() -> None:
    texts = words(sheet_of([("Yes", [1, 2, 3, 4]), ("No", [1, 2, 3, 4])], ["Ann", "Bob", "Cid", "Dee"]))

    assert [texts.count(name) for name in ("Ann", "Bob", "Cid", "Dee")] == [2, 2, 2, 2]


def test_few_columns_are_explained_once() -> None:
    assert words(sheet_of([("Yes", [1, 2]), ("No", [1, 2])], ["Ann", "Bob"])).count("Ann") == 1


def test_rows_without_room_are_counted() -> None:
    sheet = sheet_of([(f"Row {number}", [number]) for number in range(1, 201)], ["A"])
    shown = sum(text.startswith("Row ") for text in words(sheet))

    assert f"… and more, left to the words beside this picture (rows: {200 - shown})." in " ".join(words(sheet))


def test_a_sheet_does_not_grow_without_end() -> None:
    assert sheet_of([(f"Row {number}", [number]) for number in range(200)], ["A"]).height < TALLEST + 400


def test_columns_beyond_the_palette_begin_it_anew() -> None:
    assert colour_of(len(COLUMNS)) == colour_of(0)


@given(st.text(alphabet="ab ", max_size=60), st.integers(1, 5))
def test_a_line_is_no_wider_than_it_may_be(text: str, most: int) -> None:
    assert all(measure(line, FACE) <= 120 for line in wrap(text, FACE, 120, most, measure))


@given(st.text(alphabet="ab ", max_size=60), st.integers(1, 5))
def test_there_are_no_more_lines_than_there_may_be(text: str, most: int) -> None:
    assert len(wrap(text, FACE, 120, most, measure)) <= most


def test_words_stay_whole_where_they_can() -> None:
    assert wrap("one two three four", FACE, 120, 5, measure) == ("one two", "three four")


def test_a_word_too_long_for_a_line_is_broken() -> None:
    assert wrap("abcdefghijklmnop", FACE, 120, 5, measure) == ("abcdefghij", "klmnop")


def test_what_is_too_much_ends_in_an_ellipsis() -> None:
    assert wrap("one two three four five", FACE, 120, 2, measure) == ("one two", "three fou…")


def test_balanced_lines_are_about_equally_long() -> None:
    assert balance("one two three four fi", FACE, 228, 3, measure) == ("one two three", "four fi")


@given(st.text(alphabet="ab ", max_size=60), st.integers(1, 5))
def test_balancing_takes_no_more_lines(text: str, most: int) -> None:
    assert len(balance(text, FACE, 120, most, measure)) == len(wrap(text, FACE, 120, most, measure))
