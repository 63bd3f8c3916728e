"""Where content packs are: shipped with the program, in the data folder, or in any folder."""

from __future__ import annotations

import os
from pathlib import Path

import bot
from bot.files.problems import ContentError, Problem, guess, shown

_HEAD = "pack.yaml"


class UnknownPack(ContentError):  # noqa: N818  # an outcome, said by its name
    """No pack of that name, and no folder either."""


def shipped_packs() -> tuple[Path, ...]:
    """List the packs that came with the program: the wheel's ``bot/_content``, else the checkout's ``content``."""
    package = Path(bot.__file__).parent
    packaged = package / "_content"
    return _packs_in(packaged if packaged.is_dir() else package.parent / "content")


def data_dir(configured: Path | None = None) -> Path:
    """Name the data folder: ``$BRIEFBOT_DATA_DIR``, else the configuration's, else the platform's own."""
    if chosen := os.environ.get("BRIEFBOT_DATA_DIR"):
        return Path(chosen).expanduser()
    if configured is not None:
        return configured.expanduser()
    import platformdirs  # noqa: PLC0415 - only who has not chosen a folder waits for the import

    return platformdirs.user_data_path("briefbot")


def data_packs(data: Path) -> tuple[Path, ...]:
    """List the packs of a data folder, such as drafts: ``packs/<pack-id>/``."""
    return _packs_in(data / "packs")


def find_pack(name_or_dir: str, data: Path | None = None) -> Path:
    """Find the folder of a pack by the id of a shipped one, of one in the data folder, or by its path.

    Raises UnknownPack, which lists the ids.
    """
    packs: dict[str, Path] = {}
    for folder in (*shipped_packs(), *data_packs(data or data_dir())):
        packs.setdefault(folder.name, folder)
    if name_or_dir in packs:
        return packs[name_or_dir]
    if name_or_dir and _is_folder(Path(name_or_dir)):
        return Path(name_or_dir)
    message = f"there is no pack or folder {shown(name_or_dir)}; {guess(name_or_dir, list(packs), 'packs')}"
    raise UnknownPack([Problem("", 0, "", "", message)])


def _packs_in(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(entry for entry in folder.iterdir() if (entry / _HEAD).is_file()))
    except OSError:  # no such folder, or none that may be read: no packs there
        return ()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # such as a name that is too long
        return False
