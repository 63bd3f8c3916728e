"""A long document shows how far it is on a terminal, and nothing where nobody watches."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pymupdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = 500
LINE = "The harbour master counts the ships that pass the mole, and writes their names into a large green book. "


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.pdf"
    document = pymupdf.open()
    for number in range(PAGES):
        page = document.new_page()
        page.insert_textbox(
            pymupdf.Rect(60, 60, 530, 780), f"Chapter {number}\n\n" + (LINE * 12 + "\n\n") * 3, fontsize=9
        )
    document.save(path)
    return path


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "BRIEFBOT_DATA_DIR": str(folder), "TERM": "xterm-256color", "COLUMNS": "100"}


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a pseudo-terminal")
def test_a_terminal_sees_the_pages_go_by(long: Path, tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "ingest", str(long), "--output", str(tmp_path / "long")],
        cwd=str(ROOT),
        env=environment(tmp_path / "data"),
        encoding="utf-8",
        timeout=60,
    )

    child.expect("Reading long.pdf")
    child.expect("%")
    child.expect("A draft of")
    child.expect(pexpect.EOF)


def test_a_pipe_sees_no_bar(long: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ingest", long, "--output", tmp_path / "long"],
        cwd=ROOT,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
