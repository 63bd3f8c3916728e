"""The reading process: limits hold, and every fault is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.child import read_document
from bot.ingest.errors import IngestError, Limits
from bot.ingest.sources import read_source
from bot.ingest.transfer import from_json, to_json

Press = Callable[[Any], Path]


def complaint(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(IngestError) as caught:
        read_document(path, limits)
    return str(caught.value)


def test_the_child_reads_what_we_would_read(typeset: Press, two_columns: Any) -> None:
    path = typeset(two_columns)

    assert read_document(path) == read_source(path, Limits())


def test_a_document_survives_the_way_through_json(typeset: Press, two_columns: Any) -> None:
    document = read_source(typeset(two_columns), Limits())

    assert from_json(to_json(document)) == document


def test_progress_is_told_to_the_last_page(typeset: Press, two_columns: Any) -> None:
    told: list[tuple[int, int]] = []
    read_document(typeset(two_columns), progress=lambda done, total: told.append((done, total)))

    assert told[-1][0] == told[-1][1]


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert complaint(tmp_path / "no.pdf") == "no.pdf does not exist; check the path."


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "brief.pdf").mkdir()

    assert "is no file" in complaint(tmp_path / "brief.pdf")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.pdf", b"hello", "is no PDF"),
        ("a.pdf", b"%PDF-1.7\nrubbish", "a.pdf"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b"   \n\n", "holds no text"),
        ("a.txt", b"Caf\xe9 au lait is served here.", "is not UTF-8 text (line 1)"),
        ("a.txt", b"a word\x00another word and more", "is no text file"),
        ("a.md", b"%PDF-1.7 ...", "is a PDF"),
        ("a.docx", b"PK\x03\x04", "is of no sort that can be read"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)

    assert said in complaint(tmp_path / name)


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("A sentence in sixteen bits.".encode("utf-16"))

    assert read_document(tmp_path / "a.txt").blocks[0].text == "A sentence in sixteen bits."


def test_a_password_is_named(typeset: Press, two_columns: Any, locked: Callable[[Path], Path]) -> None:
    assert "protected by a password" in complaint(locked(typeset(two_columns)))


def test_a_scan_is_called_a_scan(scan: Path) -> None:
    assert "has no text layer" in complaint(scan)


def test_too_many_pages_are_refused(typeset: Press, two_columns: Any) -> None:
    assert "at most 1 are read" in complaint(typeset(two_columns), Limits(pages=1))


def test_too_large_a_file_is_refused(typeset: Press, two_columns: Any) -> None:
    assert "MB are read" in complaint(typeset(two_columns), Limits(file_bytes=100))


def test_too_slow_a_reading_is_stopped(typeset: Press, two_columns: Any) -> None:
    assert "takes longer than 0.01 seconds" in complaint(typeset(two_columns), Limits(seconds=0.01))


def test_too_hungry_a_reading_is_stopped(typeset: Press, two_columns: Any) -> None:
    assert "memory" in complaint(typeset(two_columns), Limits(memory=40_000_000))


def test_a_damaged_file_ends_in_a_document_or_a_sentence(typeset: Press, two_columns: Any) -> None:
    path = typeset(two_columns)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3] + bytes(200) + data[len(data) // 2 :])

    try:
        said = read_document(path).title
    except IngestError as fault:
        said = str(fault)

    assert said


def test_nothing_is_printed(typeset: Press, two_columns: Any, capfd: pytest.CaptureFixture[str]) -> None:
    read_document(typeset(two_columns))

    assert capfd.readouterr() == ("", "")
