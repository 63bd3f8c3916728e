from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.files.english import common_english
from bot.terminal.shelf import Broken, Reloaded, Shelf

LAKES = Path(__file__).parent / "lakes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "lakes"
    shutil.copytree(LAKES, copied)
    return copied


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    return Shelf([folder], folder.parent / "data", common_english())


def test_nothing_is_loaded_again_while_the_files_stay(shelf: Shelf) -> None:
    shelf.refresh()
    assert list(shelf.news()) == []


def test_a_changed_file_is_loaded_again_and_told_once(shelf: Shelf, folder: Path) -> None:
    head = folder / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("and law", "and laws"), encoding="utf-8")
    shelf.refresh()
    (news,) = shelf.news()
    assert isinstance(news, Reloaded)
    assert shelf.packs[0].publication.title == "Lakes [bold] and laws"
    shelf.refresh()
    assert list(shelf.news()) == []


def test_a_pack_that_is_taken_away_stays_in_use(shelf: Shelf, folder: Path) -> None:
    shutil.rmtree(folder)
    shelf.refresh()
    (news,) = shelf.news()
    assert isinstance(news, Broken)
    assert news.problems
    assert shelf.ask("Who paid for the pier?", 1).matches


def test_suggestions_lead_to_answers(shelf: Shelf) -> None:
    for question in shelf.suggest(""):
        assert shelf.ask(question, 1).confidence == 1
