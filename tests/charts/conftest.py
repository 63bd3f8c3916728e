from __future__ import annotations

import asyncio
import os
import select
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.brief.pack import Column, Figure, Row
from bot.brief.places import Place
from bot.charts.charts import Charts
from bot.files.packs import load_pack

ROOT = Path(__file__).resolve().parent.parent.parent

CITATION = "Hansen (2016), Figure 1"

Build = Callable[..., Figure]


def _figure(
    rows: Sequence[tuple[str, Sequence[float | None]]] = (("Yes", (60,)), ("No", (40,))),
    columns: Sequence[str] = ("All",),
    *,
    title: str = "A poll",
    unit: str = "%",
    source: str = "An institute (2016)",
    name: str = "poll",
) -> Figure:
    ids = [f"c{number}" for number in range(len(columns))]
    return Figure(
        id=name,
        title=title,
        place=Place("Figure 1"),
        source=source,
        unit=unit,
        summary="A summary.",
        columns=tuple(Column(key, label) for key, label in zip(ids, columns, strict=True)),
        rows=tuple(
            Row(f"r{number}", label, dict(zip(ids, values, strict=True)), "{value} % said so of {column}.")
            for number, (label, values) in enumerate(rows)
        ),
    )


@pytest.fixture(scope="session")
def build() -> Build:
    """Build a figure of rows of values."""
    return _figure


@pytest.fixture(scope="session")
def figures() -> dict[str, Figure]:
    return {figure.id: figure for figure in load_pack(ROOT / "content" / "hansen-2016").figures}


@pytest.fixture(scope="session")
def figure(figures: dict[str, Figure]) -> Figure:
    return figures["figure-1"]


@pytest.fixture(scope="session")
def first_drawn(figure: Figure, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw the shipped figure once for all tests that only look at it."""
    return asyncio.run(Charts(tmp_path_factory.mktemp("drawn")).draw(figure, CITATION))


@pytest.fixture
def drawn(first_drawn: Path, tmp_path: Path) -> Path:
    """Give a picture of the shipped figure in a folder of its own, that of ``charts``."""
    shutil.copytree(first_drawn.parent, tmp_path / "charts")
    return tmp_path / "charts" / first_drawn.name


@pytest.fixture
def charts(tmp_path: Path) -> Charts:
    return Charts(tmp_path / "charts")


@dataclass(frozen=True)
class Children:
    """What the drawing processes told: each writes its id when it starts, and a line at its start and its end."""

    pipe: int
    log: Path

    def next_pid(self) -> int:
        return int(os.read(self.pipe, 64).split()[0])

    def pids(self) -> list[int]:
        """List those that told their id by now."""
        ready, _, _ = select.select([self.pipe], [], [], 0)
        return [int(line) for line in os.read(self.pipe, 4096).split()] if ready else []

    @property
    def lines(self) -> list[str]:
        return self.log.read_text().split() if self.log.exists() else []


_TELL = """
import atexit, os, pathlib
here = pathlib.Path(__file__).parent
def tell(line):
    with open(here / "log", "a") as log:
        print(line, file=log)
tell("start")
atexit.register(tell, "end")
with open(here / "pipe", "w") as pipe:
    print(os.getpid(), file=pipe)
"""


@pytest.fixture
def children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    """Let the drawing processes, which are real ones, tell that they start and end."""
    folder = tmp_path / "told"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_TELL)
    os.mkfifo(folder / "pipe")
    pipe = os.open(folder / "pipe", os.O_RDWR)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    yield Children(pipe, folder / "log")
    os.close(pipe)
