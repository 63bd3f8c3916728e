from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LAKES = Path(__file__).parents[1] / "terminal" / "lakes"


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "check", *arguments],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "lakes"
    shutil.copytree(LAKES, folder)
    quotes = folder / "quotes.yaml"
    quotes.write_text(quotes.read_text(encoding="utf-8").replace("speaker: Ola", "speeker: Ola"), encoding="utf-8")
    return folder


def test_a_sound_pack_is_counted_in_one_line_and_thin_entries_are_named() -> None:
    done = check(str(LAKES))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first == (
        "lakes: 7 sections, 3 passages, 2 quotes, 2 figures, 1 recommendation, 18 questions, 0 golden questions,"
        " 0 quiz items"
    )
    assert second.startswith("lakes: warning: fewer than 10 question variants for summary-law (1), lake-ferries (2), ")


def test_the_packs_that_ship_are_sound() -> None:
    done = check()
    assert (done.returncode, done.stderr) == (0, "")
    assert "hansen-2016: 9 sections, " in done.stdout


def test_problems_go_to_standard_error_with_the_path_of_their_file(broken: Path) -> None:
    done = check(str(broken))
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"{broken}/quotes.yaml:" in done.stderr.replace(os.sep, "/")
    assert done.stderr.rstrip().endswith(" problems")


def test_every_pack_is_checked_though_one_is_broken_and_one_is_missing(broken: Path) -> None:
    done = check(str(broken), "nowhere", str(LAKES))
    assert done.returncode == 2
    assert "lakes: 7 sections" in done.stdout
    assert 'there is no pack or folder "nowhere"' in done.stderr


def test_the_schema_is_json() -> None:
    done = check("--schema")
    assert done.returncode == 0
    assert "passages.yaml" in json.loads(done.stdout)["$defs"]
