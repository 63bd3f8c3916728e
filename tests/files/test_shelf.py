"""Packs that were indexed once are taken from the shelf, until they or the program change."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.files.library import shipped_packs
from bot.files.opening import open_asker
from bot.files.shelf import shelve_apart, shelved

QUESTION = "Why are lakes protected?"
ROOM = 17  # MiB that a pack may take, with all it needs but numpy, RapidFuzz and what any larger program has loaded
MEASURE = """
import asyncio, dataclasses, hashlib, importlib.resources, pathlib, pickle, subprocess, sys, tempfile, typing
import numpy, rapidfuzz.fuzz, rapidfuzz.process

def resident():
    status = pathlib.Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

before = resident()
from bot.files.opening import open_asker
asker = open_asker(*map(pathlib.Path, sys.argv[1:]))
asker.suggester.suggest("why d")
asker.ask("Why does Moscow distrust Clinton?")
print(resident() - before)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def copies(data: Path) -> list[Path]:
    return sorted((data / "shelf").glob("*.pack"))


def test_an_empty_shelf_has_no_copy(pack: Path, data: Path) -> None:
    assert shelved(pack, data) is None


def test_a_pack_that_was_opened_lies_on_the_shelf(pack: Path, data: Path) -> None:
    open_asker(pack, data)

    assert isinstance(shelved(pack, data), Answerer)


def test_a_pack_from_the_shelf_answers_the_same(pack: Path, data: Path) -> None:
    fresh, again = open_asker(pack, data), open_asker(pack, data)

    assert again.ask(QUESTION, explained=True) == fresh.ask(QUESTION, explained=True)


def test_a_pack_from_the_shelf_suggests_the_same(pack: Path, data: Path) -> None:
    fresh, again = open_asker(pack, data), open_asker(pack, data)

    assert again.suggester.suggest("wh") == fresh.suggester.suggest("wh") != ()


def test_a_changed_pack_meets_no_stale_copy(pack: Path, data: Path) -> None:
    open_asker(pack, data)
    with (pack / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    assert shelved(pack, data) is None


def test_a_damaged_copy_is_no_copy(pack: Path, data: Path) -> None:
    open_asker(pack, data)
    (copy,) = copies(data)
    copy.write_bytes(copy.read_bytes()[:-100])

    assert shelved(pack, data) is None


def test_a_copy_that_would_run_a_program_is_no_copy(pack: Path, data: Path) -> None:
    open_asker(pack, data)
    (copy,) = copies(data)
    copy.write_bytes(pickle.dumps(subprocess.run))

    assert shelved(pack, data) is None


def test_a_process_of_its_own_puts_a_pack_on_the_shelf(pack: Path, data: Path) -> None:
    shelve_apart(pack, data)

    assert isinstance(shelved(pack, data), Answerer)


def test_a_current_copy_is_not_made_again(pack: Path, data: Path) -> None:
    open_asker(pack, data)
    before = [copy.stat().st_mtime_ns for copy in copies(data)]
    shelve_apart(pack, data)

    assert [copy.stat().st_mtime_ns for copy in copies(data)] == before


def test_a_pack_with_problems_leaves_the_shelf_empty(pack: Path, data: Path) -> None:
    (pack / "passages.yaml").write_text("- : :", encoding="utf-8")
    shelve_apart(pack, data)

    assert copies(data) == []


def test_a_folder_that_is_not_there_is_left_to_who_opens_it(data: Path) -> None:
    shelve_apart(data / "nowhere", data)

    assert copies(data) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_a_pack_from_the_shelf_takes_little_memory(data: Path) -> None:
    brief = shipped_packs()[0]
    shelve_apart(brief, data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, brief, data], check=True, capture_output=True, text=True, cwd=brief.parents[1]
    )

    assert float(done.stdout) < ROOM
