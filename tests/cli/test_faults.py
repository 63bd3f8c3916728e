"""What a user's shell can do to a command: full disks, closed streams, the same pack under two names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shell(line: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("briefbot", f"{sys.executable} -m bot")],
        cwd=ROOT,
        env={**os.environ, "BRIEFBOT_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no shell with /dev/full here")


def test_a_full_disk_gets_one_sentence(tmp_path: Path) -> None:
    done = shell('briefbot ask "Who wrote it?" >/dev/full', tmp_path)

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_closed_standard_input_gets_one_sentence(tmp_path: Path) -> None:
    done = shell("briefbot ask - --json <&-", tmp_path)

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_one_pack_under_two_names_is_asked_once(tmp_path: Path) -> None:
    both = shell('briefbot ask "Who wrote it?" --json --pack content/hansen-2016 --pack hansen-2016', tmp_path)
    alone = shell('briefbot ask "Who wrote it?" --json', tmp_path)

    assert json.loads(both.stdout)["matches"] == json.loads(alone.stdout)["matches"]


def test_a_byte_order_mark_is_no_part_of_a_question(tmp_path: Path) -> None:
    done = shell(r"printf '\357\273\277sanctions\n' | briefbot ask - --json", tmp_path)

    assert json.loads(done.stdout)["question"] == "sanctions"


def test_an_edited_draft_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n\nA hive wants morning sun and a wall behind it.\n", encoding="utf-8")
    first = shell(f"briefbot ingest {tmp_path}/notes.md --output {tmp_path}/notes", tmp_path / "data")
    with (tmp_path / "notes" / "passages.yaml").open("a", encoding="utf-8") as file:
        file.write("# my work\n")

    second = shell(f"briefbot ingest {tmp_path}/notes.md --output {tmp_path}/notes", tmp_path / "data")

    assert (first.returncode, second.returncode) == (0, 1)
    assert "# my work" in (tmp_path / "notes" / "passages.yaml").read_text(encoding="utf-8")


def test_a_draft_with_a_table_of_numbers_can_be_asked(tmp_path: Path) -> None:
    table = "| year | tonnes |\n| --- | --- |\n| 2018 | 310 |\n| 2019 | 355 |\n"
    (tmp_path / "port.md").write_text(
        f"# The port\n\n## Trade\n\nThe port shipped more grain each year, as the table shows.\n\n{table}",
        encoding="utf-8",
    )
    made = shell(f"briefbot ingest {tmp_path}/port.md --output {tmp_path}/port", tmp_path / "data")

    asked = shell(f'briefbot ask "What did the port ship?" --json --pack {tmp_path}/port', tmp_path / "data")

    assert (made.returncode, asked.returncode) == (0, 0)
