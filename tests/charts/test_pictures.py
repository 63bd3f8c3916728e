"""The pictures themselves: opened with Pillow, looked at by their pixels."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.brief.pack import Figure
from bot.charts.charts import Charts
from bot.charts.palette import CARD, COLUMNS, INK

Build = Callable[..., Figure]
CITATION = "Hansen (2016), Figure 1"
NAMES = ("Ann", "Bob", "Cid", "Dee", "Eve", "Fay")


def draw(figure: Figure, folder: Path) -> Image.Image:
    path = asyncio.run(Charts(folder).draw(figure, CITATION))
    with Image.open(path) as picture:
        return picture.convert("RGBA")


def share_of(picture: Image.Image, colour: str) -> float:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    counts = {found: count for count, found in picture.getcolors(picture.width * picture.height) or []}
    return counts.get((red, green, blue, 255), 0) / (picture.width * picture.height)


@pytest.fixture(scope="module")
def picture(first_drawn: Path) -> Image.Image:
    with Image.open(first_drawn) as opened:
        return opened.convert("RGBA")


def test_the_shipped_chart_is_wide_enough_for_sharp_screens(picture: Image.Image) -> None:
    assert 1_000 <= picture.width <= 1_200


def test_the_shipped_chart_is_no_taller_than_a_phone(picture: Image.Image) -> None:
    assert picture.height < picture.width * 1.5


def test_the_shipped_chart_is_a_small_file(first_drawn: Path) -> None:
    assert first_drawn.stat().st_size < 60_000


def test_the_card_is_opaque_and_its_corners_are_not(picture: Image.Image) -> None:
    corner, middle = picture.getpixel((0, 0)), picture.getpixel((picture.width // 2, 20))

    assert (corner, middle) == ((255, 255, 255, 0), (*ImageColor.getrgb(CARD), 255))


@pytest.mark.parametrize("colour", [INK, *COLUMNS[:2]])
def test_texts_and_bars_are_there(picture: Image.Image, colour: str) -> None:
    assert share_of(picture, colour) > 0.01


def test_the_file_tells_no_time_and_no_program(first_drawn: Path) -> None:
    with Image.open(first_drawn) as opened:
        assert set(opened.info) <= {"transparency"}


def test_the_same_figure_gives_the_same_bytes(first_drawn: Path, figure: Figure, tmp_path: Path) -> None:
    again = asyncio.run(Charts(tmp_path).draw(figure, CITATION))

    assert again.read_bytes() == first_drawn.read_bytes()


def test_the_largest_table_stays_below_a_hundred_kilobytes(build: Build, tmp_path: Path) -> None:
    rows = [(f"Row number {row}", [(row * 31 + column * 17) % 101 for column in range(6)]) for row in range(8)]
    path = asyncio.run(Charts(tmp_path).draw(build(rows, NAMES), CITATION))

    assert path.stat().st_size < 100_000


def test_all_columns_have_their_colour(build: Build, tmp_path: Path) -> None:
    picture = draw(build([("Yes", [50] * 6)], NAMES), tmp_path)

    assert all(share_of(picture, colour) > 0.005 for colour in COLUMNS)


def test_a_dollar_sign_starts_no_formula(build: Build, tmp_path: Path) -> None:
    figure = build([(r"$\frac{1}{0$ and $x^2$", [5])], ["$broken"], title="From $1 to $2", unit="$")

    assert share_of(draw(figure, tmp_path), INK) > 0.005


def test_odd_labels_are_drawn(build: Build, tmp_path: Path) -> None:
    labels = [
        "نتایج نظرسنجی شماره ۱",
        "שאלה קצרה",
        "日本語のラベル",
        "👩🏽‍🚀🇷🇺😀",
        "\ud83d half an emoji",
        "e\u0301" + "\u0300" * 40,
        "\u202eturned\x00\x07\n",
        "W" * 120,
        "",
    ]
    oddest = "👩🏽‍🚀 日本 \ud83d שאלה"
    figure = build([(label, [60, None]) for label in labels], [oddest, ""], title=oddest, unit="😀", source=oddest)

    assert share_of(draw(figure, tmp_path), COLUMNS[0]) > 0.1


@settings(max_examples=4, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.text(max_size=40), st.lists(st.none() | st.floats(), min_size=2, max_size=2)),
        min_size=1,
        max_size=4,
    ),
    columns=st.lists(st.text(max_size=30), min_size=2, max_size=2),
    unit=st.text(max_size=20),
)
def test_any_figure_is_drawn(
    build: Build, rows: list[tuple[str, list[float | None]]], columns: list[str], unit: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        picture = draw(build(rows, columns, unit=unit), Path(folder))

    assert share_of(picture, CARD) > 0.3
