"""Where packs are found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.files.library import UnknownPack, data_dir, data_packs, find_pack, shipped_packs
from bot.files.packs import load_pack


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the data folder of the test."""
    monkeypatch.setenv("BRIEFBOT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.parametrize("folder", shipped_packs(), ids=lambda folder: folder.name)
def test_every_shipped_pack_loads(folder: Path) -> None:
    assert load_pack(folder).id == folder.name


def test_a_shipped_pack_is_found_by_its_id() -> None:
    shipped = shipped_packs()[0]

    assert find_pack(shipped.name) == shipped


def test_a_pack_in_the_data_folder_is_found_by_its_id(pack: Path, data: Path) -> None:
    draft = Path(shutil.copytree(pack, data / "packs" / "my-draft"))

    assert find_pack("my-draft") == draft


def test_a_pack_is_found_by_its_path(pack: Path) -> None:
    assert find_pack(str(pack)) == pack


@pytest.mark.parametrize("name", ["", "nowhere", "../nowhere", "x" * 5_000, "a\0b"])
def test_an_unknown_pack_is_told_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UnknownPack, match=r"there is no pack or folder .*hansen-2016"):
        find_pack(name)


def test_a_slip_in_an_id_is_guessed() -> None:
    with pytest.raises(UnknownPack) as caught:
        find_pack("hansen-2015")

    assert str(caught.value) == 'there is no pack or folder "hansen-2015"; did you mean "hansen-2016"?'


def test_the_environment_names_the_data_folder(data: Path) -> None:
    assert data_dir(Path("/elsewhere")) == data


def test_else_the_configuration_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFBOT_DATA_DIR")

    assert data_dir(Path("/elsewhere")) == Path("/elsewhere")


def test_else_the_platform_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFBOT_DATA_DIR")

    assert data_dir().name == "briefbot"


def test_a_data_folder_that_does_not_exist_holds_no_packs(data: Path) -> None:
    assert data_packs(data) == ()


def test_a_folder_without_head_is_no_pack(data: Path) -> None:
    (data / "packs" / "notes").mkdir(parents=True)

    assert data_packs(data) == ()
