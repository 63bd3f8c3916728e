"""Charts are drawn once, kept whole, and drawn anew when the figure changes; all with the real library."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.brief.pack import Figure
from bot.charts.charts import Charts
from bot.charts.faults import ChartFault

Build = Callable[..., Figure]
CITATION = "Hansen (2016), Figure 1"


def pictures(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.png"))


def test_nothing_is_kept_at_first(charts: Charts, figure: Figure) -> None:
    assert charts.kept(figure, CITATION) is None


async def test_what_was_drawn_is_kept(charts: Charts, figure: Figure) -> None:
    path = await charts.draw(figure, CITATION)

    assert charts.kept(figure, CITATION) == path


def test_what_is_kept_is_found_by_the_next_process(charts: Charts, figure: Figure, drawn: Path) -> None:
    assert charts.kept(figure, CITATION) == drawn


async def test_what_is_kept_is_not_drawn_again(charts: Charts, figure: Figure, drawn: Path, children: Any) -> None:
    path = await charts.draw(figure, CITATION)

    assert (path, children.lines) == (drawn, [])


async def test_the_same_figure_asked_for_twice_at_once_is_drawn_once(
    charts: Charts, figure: Figure, children: Any
) -> None:
    paths = await asyncio.gather(charts.draw(figure, CITATION), charts.draw(figure, CITATION))

    assert (children.lines, paths[0]) == (["start", "end"], paths[1])


async def test_one_figure_is_drawn_at_a_time(charts: Charts, build: Build, children: Any) -> None:
    await asyncio.gather(*(charts.draw(build(name=name), CITATION) for name in ("one", "two")))

    assert children.lines == ["start", "end"] * 2


async def test_a_changed_figure_replaces_its_old_picture(charts: Charts, build: Build, tmp_path: Path) -> None:
    await charts.draw(build(), CITATION)
    path = await charts.draw(build(title="Another title"), CITATION)

    assert pictures(tmp_path / "charts") == [path.name]


async def test_other_figures_and_other_briefs_keep_their_pictures(charts: Charts, build: Build, tmp_path: Path) -> None:
    await charts.draw(build(), CITATION)
    await charts.draw(build(), "Doe (2020), Figure 1")
    await charts.draw(build(name="poll-two"), CITATION)

    assert len(pictures(tmp_path / "charts")) == 3


def test_an_empty_file_does_not_count(charts: Charts, figure: Figure, drawn: Path) -> None:
    drawn.write_bytes(b"")

    assert charts.kept(figure, CITATION) is None


def test_an_empty_file_is_replaced(charts: Charts, figure: Figure, drawn: Path) -> None:
    drawn.write_bytes(b"")
    asyncio.run(charts.draw(figure, CITATION))

    assert drawn.stat().st_size > 1_000


async def test_what_a_killed_program_left_half_written_is_removed_in_time(
    charts: Charts, figure: Figure, tmp_path: Path
) -> None:
    (tmp_path / "charts").mkdir()
    part = tmp_path / "charts" / ".abandoned.part"
    part.write_bytes(b"\x89PNG")
    os.utime(part, (time.time() - 7_200,) * 2)
    await charts.draw(figure, CITATION)

    assert not part.exists()


async def test_the_folder_is_made_with_those_above_it(figure: Figure, tmp_path: Path) -> None:
    assert (await Charts(tmp_path / "a" / "b").draw(figure, CITATION)).parent == tmp_path / "a" / "b"


async def test_a_relative_folder_is_as_good(figure: Figure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert (await Charts(Path("charts")).draw(figure, CITATION)).is_file()


async def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(figure: Figure, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(ChartFault, match=r"^The chart cannot be kept in .*file \(.+\); check the folder"):
        await Charts(tmp_path / "file").draw(figure, CITATION)


def test_a_folder_that_cannot_be_written_keeps_nothing(figure: Figure, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    assert Charts(tmp_path / "file").kept(figure, CITATION) is None


def test_a_folder_in_the_place_of_a_picture_is_told_in_a_sentence(charts: Charts, figure: Figure, drawn: Path) -> None:
    drawn.unlink()
    drawn.mkdir()

    with pytest.raises(ChartFault, match="cannot be kept"):
        asyncio.run(charts.draw(figure, CITATION))
