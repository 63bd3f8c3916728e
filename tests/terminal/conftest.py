from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from bot.answers.answerer import Answerer
from bot.files.english import common_english
from bot.files.packs import load_pack

LAKES = Path(__file__).parent / "lakes"
BOT = [sys.executable, "-m", "bot"]
PATIENCE = 20  # seconds that a loaded machine may take

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Open = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "LINES"}}
    return kept | {"BRIEFBOT_DATA_DIR": str(data), "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}


@pytest.fixture(scope="session")
def run(environment: dict[str, str]) -> Run:
    """Run the program with pipes."""

    def work(*arguments: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*BOT, *arguments], input=given, env=environment | more, capture_output=True, timeout=60, check=False
        )

    return work


@pytest.fixture
def terminal(environment: dict[str, str], tmp_path: Path) -> Iterator[Open]:
    """Open the program in a terminal of its own, with a data folder of its own unless one is named."""
    opened: list[Any] = []

    def work(*arguments: str, rows: int = 24, columns: int = 80, **more: str) -> pexpect.spawn[str]:
        env = environment | {"BRIEFBOT_DATA_DIR": str(tmp_path / "data")} | more
        child = pexpect.spawn(
            BOT[0],
            [*BOT[1:], *arguments],
            env=env,
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
            timeout=PATIENCE,
        )
        opened.append(child)
        return child

    yield work
    for child in opened:
        child.close(force=True)


@pytest.fixture(scope="session")
def lakes() -> Answerer:
    return Answerer(load_pack(LAKES), common_english())
