"""``briefbot ingest`` as a process: the reader's copy, drafts, and files that cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BRIEF = ROOT.parent / "shared" / "brief"

GUIDE = """# Keeping bees on a flat roof

Rosa Lind, Ministry of Gardens, 2019

## Choosing the place

A hive wants morning sun and a wall behind it that breaks the northern wind. Leave two metres in front of the entrance,
because the bees rise in a steep curve and should not meet the neighbours' washing.

Water has to be near. A shallow bowl with pebbles is enough, and it should be filled before the hive is moved in, or the
colony will get used to the pool next door.

## The first winter

Most colonies that are lost in the first winter are lost to damp and not to frost. Ventilate the lid, and tilt the floor
a little, so that the water that condenses can run out.

A colony needs about fifteen kilograms of honey to reach the spring. Weigh the hive in October; feed sugar at once when
it is lighter than that.
"""


def briefbot(*arguments: str | Path, data: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "BRIEFBOT_DATA_DIR": str(data)},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "bees.md"
    path.write_text(GUIDE, encoding="utf-8")
    return path


def test_a_document_without_a_pack_can_be_asked_at_once(guide: Path, tmp_path: Path) -> None:
    made = briefbot("ingest", guide, "--output", tmp_path / "bees", data=tmp_path / "data")
    asked = briefbot(
        "ask",
        "How much honey does a colony need for winter?",
        "--json",
        "--pack",
        tmp_path / "bees",
        data=tmp_path / "data",
    )

    first = json.loads(asked.stdout)["matches"][0]
    assert (made.returncode, asked.returncode) == (0, 0)
    assert (first["citation"]["section"], first["citation"]["paragraph"]) == ("The first winter", 2)
    assert first["verbatim"] is True


def test_a_draft_lists_its_places_as_json(guide: Path, tmp_path: Path) -> None:
    made = briefbot("ingest", guide, "--output", tmp_path / "bees", "--json", data=tmp_path / "data")

    places = json.loads(made.stdout)
    assert {
        key: next(one for one in places if one["first"].startswith("A hive wants"))[key]
        for key in ("section", "paragraph", "page")
    } == {"section": "Choosing the place", "paragraph": 1, "page": None}


def test_a_question_on_something_else_is_refused_by_a_draft(guide: Path, tmp_path: Path) -> None:
    briefbot("ingest", guide, "--output", tmp_path / "bees", data=tmp_path / "data")

    asked = briefbot(
        "ask", "Who won the chess match in Reykjavik?", "--pack", tmp_path / "bees", data=tmp_path / "data"
    )

    assert asked.returncode == 3


def test_a_draft_in_the_data_folder_is_found_by_its_name(guide: Path, tmp_path: Path) -> None:
    briefbot("ingest", guide, data=tmp_path / "data")
    (folder,) = (tmp_path / "data" / "packs").iterdir()

    asked = briefbot("ask", "Why are colonies lost in winter?", "--json", "--pack", folder.name, data=tmp_path / "data")

    assert json.loads(asked.stdout)["answered"]


def test_a_draft_and_a_curated_pack_are_asked_together(guide: Path, tmp_path: Path) -> None:
    briefbot("ingest", guide, "--output", tmp_path / "bees", data=tmp_path / "data")
    both = ("--pack", "hansen-2016", "--pack", str(tmp_path / "bees"))

    lines = briefbot(
        "ask", "-", "--json", *both, data=tmp_path / "data", stdin="Where should the hive stand?\nIs NATO obsolete?\n"
    ).stdout.splitlines()

    assert [json.loads(line)["matches"][0]["citation"]["pack"] for line in lines] == ["bees", "hansen-2016"]


def test_a_second_ingest_replaces_the_first_whole(guide: Path, tmp_path: Path) -> None:
    briefbot("ingest", guide, "--output", tmp_path / "bees", data=tmp_path / "data")
    guide.write_text(GUIDE.replace("fifteen kilograms", "twenty kilograms"), encoding="utf-8")
    briefbot("ingest", guide, "--output", tmp_path / "bees", data=tmp_path / "data")

    held = (tmp_path / "bees" / "passages.yaml").read_text(encoding="utf-8")
    assert "twenty kilograms" in held
    assert "fifteen kilograms" not in held
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_draft_is_marked_unpublishable(guide: Path, tmp_path: Path) -> None:
    briefbot("ingest", guide, "--output", tmp_path / "bees", data=tmp_path / "data")

    assert "publishable: false" in (tmp_path / "bees" / "pack.yaml").read_text(encoding="utf-8")


def test_a_folder_with_other_files_is_not_written_to(guide: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")

    done = briefbot("ingest", guide, "--output", tmp_path / "mine", data=tmp_path / "data")

    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nothing.pdf", b""),
        ("nothing.txt", b""),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R"),
        ("binary.txt", bytes(range(256)) * 20),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    done = briefbot("ingest", tmp_path / name, data=tmp_path / "data")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data" / "packs").exists()


def test_a_missing_file_gets_one_sentence(tmp_path: Path) -> None:
    done = briefbot("ingest", tmp_path / "gone.pdf", data=tmp_path / "data")

    assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)


def test_a_document_that_is_no_copy_of_the_pack_is_not_joined_with_it(guide: Path, tmp_path: Path) -> None:
    done = briefbot("ingest", guide, "--pack", "hansen-2016", data=tmp_path / "data")

    assert done.returncode == 1
    assert not (tmp_path / "data" / "ingested").exists()


def test_a_pack_that_shares_no_sentence_with_a_document_passes(guide: Path, tmp_path: Path) -> None:
    done = briefbot("check", "content/hansen-2016", "--against", guide, data=tmp_path / "data")

    assert done.returncode == 0
    assert "shares no sentence" in done.stdout


def test_a_draft_shares_its_sentences_with_its_source(guide: Path, tmp_path: Path) -> None:
    briefbot("ingest", guide, "--output", tmp_path / "bees", data=tmp_path / "data")

    done = briefbot("check", tmp_path / "bees", "--against", guide, data=tmp_path / "data")

    assert done.returncode == 2
    assert "say it in your own words" in done.stdout


@pytest.mark.skipif(not BRIEF.is_dir(), reason="the brief itself is not part of the repository")
@pytest.mark.parametrize(("name", "paged"), [("brief.pdf", True), ("brief.txt", False)])
def test_the_readers_copy_of_the_brief_is_recognised_and_cited(name: str, paged: bool, tmp_path: Path) -> None:
    joined = briefbot("ingest", BRIEF / name, data=tmp_path)
    asked = briefbot("ask", "Why does Moscow distrust Clinton?", "--json", data=tmp_path)

    first = json.loads(asked.stdout)["matches"][0]
    assert "20 of 20 places found" in joined.stdout
    assert first["verbatim"] is True
    assert bool(first["citation"]["page"]) is paged


@pytest.mark.skipif(not BRIEF.is_dir(), reason="the brief itself is not part of the repository")
def test_the_shipped_pack_shares_no_sentence_with_the_brief(tmp_path: Path) -> None:
    assert briefbot("check", "--against", BRIEF / "brief.txt", data=tmp_path).returncode == 0
