"""Folders and files that are not what they should be: one clear sentence each."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bot.files.packs import load_golden, load_pack
from bot.files.problems import ContentError


def told(folder: Path) -> str:
    """Give what loading the folder complains of."""
    with pytest.raises(ContentError) as caught:
        load_pack(folder)
    return str(caught.value)


def test_a_missing_folder(tmp_path: Path) -> None:
    folder = tmp_path / "gone"

    assert told(folder) == f"{folder}: does not exist; check the name of the pack's folder"


def test_a_file_for_a_folder(pack: Path) -> None:
    file = pack / "pack.yaml"

    assert told(file) == f"{file}: is a file; name the folder that holds pack.yaml"


def test_a_name_that_no_folder_can_have() -> None:
    assert told(Path("x" * 5_000)).endswith(": cannot be read (file name too long); check its permissions")


def test_a_name_with_a_nul() -> None:
    assert told(Path("a\0b")) == "a\0b: cannot be read (embedded null byte); check its permissions"


def test_a_folder_for_a_file(pack: Path) -> None:
    (pack / "quotes.yaml").unlink()
    (pack / "quotes.yaml").mkdir()

    assert told(pack) == "quotes.yaml: is a folder, not a file; put a YAML or text file in its place"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_for_a_file_does_not_block(pack: Path) -> None:
    (pack / "quotes.yaml").unlink()
    os.mkfifo(pack / "quotes.yaml")

    assert told(pack) == "quotes.yaml: is a device, pipe or socket, not a file; put a YAML or text file in its place"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(pack: Path) -> None:
    (pack / "quotes.yaml").chmod(0)

    assert told(pack) == "quotes.yaml: cannot be read (permission denied); check that it exists and may be read"


def test_a_hundred_megabytes_are_not_read(pack: Path) -> None:
    with (pack / "passages.yaml").open("r+b") as file:
        file.truncate(100_000_000)

    assert told(pack) == "passages.yaml: is 100.0 MB large, at most 4 MB are read; split the brief into two packs"


def test_a_link_that_leaves_the_folder(pack: Path, tmp_path: Path) -> None:
    outside = (pack / "quotes.yaml").rename(tmp_path / "outside.yaml")
    (pack / "quotes.yaml").symlink_to(outside)

    assert told(pack) == "quotes.yaml: is a link that leaves its folder; put the file itself there"


def test_a_link_that_leads_nowhere(pack: Path) -> None:
    (pack / "quotes.yaml").unlink()
    (pack / "quotes.yaml").symlink_to(pack / "nothing")

    assert told(pack) == (
        "quotes.yaml: cannot be read (no such file or directory); check that it exists and may be read"
    )


def test_links_in_a_circle(pack: Path) -> None:
    (pack / "quotes.yaml").unlink()
    (pack / "quotes.yaml").symlink_to(pack / "quotes.yaml")

    assert told(pack).startswith("quotes.yaml: cannot be read (")


def test_a_link_within_the_folder_is_followed(pack: Path) -> None:
    (pack / "quotes.yaml").rename(pack / "quotes.txt")
    (pack / "quotes.yaml").symlink_to("quotes.txt")

    assert len(load_pack(pack).quotes) == 2


def test_a_folder_that_is_itself_a_link_is_followed(pack: Path) -> None:
    linked = pack.with_name("linked")
    linked.symlink_to(pack)

    assert load_pack(linked).id == "linked"


def test_a_file_in_latin_1(pack: Path) -> None:
    (pack / "quotes.yaml").write_bytes("quotes:\n  - id: müll\n".encode("latin-1"))

    assert told(pack) == "quotes.yaml:2: is not UTF-8 (byte 0xFC; Latin-1?); save it as UTF-8"


def test_a_vocabulary_in_utf_16(pack: Path) -> None:
    (pack / "vocabulary.txt").write_bytes("boat\n".encode("utf-16"))

    assert told(pack) == "vocabulary.txt:1: begins with the byte order mark of UTF-16; save it as UTF-8"


def test_an_empty_vocabulary(pack: Path) -> None:
    (pack / "vocabulary.txt").write_text("")

    assert told(pack) == "vocabulary.txt: is empty; let ingest write it, or delete it"


@pytest.mark.parametrize("text", ["just text\n", "[]\n", "null\n", "--- text\n"])
def test_a_file_that_holds_no_mapping(pack: Path, text: str) -> None:
    (pack / "pack.yaml").write_text(text)

    assert "pack.yaml:1: takes a mapping, found " in told(pack)


def test_a_broken_head_does_not_hide_what_is_wrong_elsewhere(pack: Path) -> None:
    (pack / "pack.yaml").write_text("a: b: c\n")
    path = pack / "quotes.yaml"
    path.write_text(path.read_text().replace("speaker: Kari Aune", "speaker: 1.5", 1))

    assert [line.split(": ")[0] for line in told(pack).splitlines()] == ["pack.yaml:1", "quotes.yaml:5"]


def test_a_place_of_a_million_blanks_is_refused_quickly(pack: Path) -> None:
    path = pack / "overviews.yaml"
    path.write_text(path.read_text().replace("Summary 1", '"Summary' + " " * 1_000_000 + 'x"'))

    assert "is 1000008 characters long, at most 205 are allowed" in told(pack)


def test_golden_questions_that_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"

    with pytest.raises(ContentError) as caught:
        load_golden(path, ())

    assert str(caught.value) == (
        f"{path}: cannot be read (no such file or directory); check that it exists and may be read"
    )
