"""The shelf: packs that were loaded and indexed once, kept ready in the data folder.

Reading a pack's YAML and indexing its questions takes most of a second; a command line that answers one question
should not wait for it twice. What lies on the shelf is named by a hash of the pack's files and of the program's own
modules, so a changed pack or program never meets a stale copy. Only this user can write there, and unpickling admits
nothing but this program's own records and numpy arrays.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from pathlib import Path

import bot
from bot.answers.answerer import Answerer
from bot.files.copies import copy_path
from bot.files.english import common_english

KEPT = 12  # copies on the shelf; the least recently used go
_SAFE_BUILTINS = frozenset({"frozenset", "set", "dict", "list", "tuple", "bytearray", "complex", "slice"})
_SAFE_NUMPY = frozenset({"_reconstruct", "ndarray", "dtype", "scalar", "_frombuffer"})


def shelved(folder: Path, data: Path) -> Answerer | None:
    """Take a pack's answerer from the shelf, or None when no current copy is there."""
    path = _path(folder, data)
    try:
        with path.open("rb") as file:
            answerer = _Reader(file).load()
    except Exception:  # noqa: BLE001 - whatever is wrong with a copy, it is made again
        return None
    if not isinstance(answerer, Answerer):
        return None
    answerer.index.english = common_english()
    with contextlib.suppress(OSError):
        os.utime(path)
    return answerer


def shelve(folder: Path, data: Path, answerer: Answerer) -> None:
    """Keep a pack's answerer; a full disk or a read-only folder is no reason to fail."""
    path = _path(folder, data)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            pickle.dump(answerer, file, protocol=5)
        os.replace(name, path)
        for old in sorted(path.parent.glob("*.pack"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)


def shelve_apart(folder: Path, data: Path) -> None:
    """Let a process of its own put a pack on the shelf, where no current copy lies: for processes that run for months.

    What reading YAML and indexing leave behind in memory, three times the pack itself, ends with that process. Whatever
    is wrong with the pack, whoever opens it is told.
    """
    import subprocess  # noqa: PLC0415 - who asks one question from the shelf starts no process

    paths = os.pathsep.join(filter(None, (str(_program().parent), os.environ.get("PYTHONPATH", ""))))
    with contextlib.suppress(OSError):
        if _path(folder, data).exists():
            return
        subprocess.run(  # noqa: S603 - this very program, and two folders that it was given
            [sys.executable, "-m", "bot.files.shelf", str(folder.absolute()), str(data.absolute())],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if "TOKEN" not in name} | {"PYTHONPATH": paths},
        )


def _path(folder: Path, data: Path) -> Path:
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.suffix in {".yaml", ".txt"}:
            digest.update(f"{file.name}\0".encode())
            digest.update(file.read_bytes())
    copy = copy_path(data, folder.name)
    if copy.is_file():
        digest.update(copy.read_bytes())
    program = _program()
    for file in sorted(program.rglob("*.py")):
        found = file.stat()
        digest.update(f"{file}\0{found.st_size}\0{found.st_mtime_ns}".encode())
    return data / "shelf" / f"{folder.name[:40]}-{digest.hexdigest()}.pack"


def _program() -> Path:
    return Path(bot.__file__).absolute().parent


class _Reader(pickle.Unpickler):
    """Reads this program's own records and numpy arrays, and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        """Admit a class by where it comes from."""
        if module.startswith(("bot.answers.", "bot.brief.", "bot.words.")) and "." not in name:
            return super().find_class(module, name)
        if module.startswith("numpy") and name in _SAFE_NUMPY:
            return super().find_class(module, name)
        if (module, name) == ("collections", "defaultdict") or (module == "builtins" and name in _SAFE_BUILTINS):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong on the shelf")


def _main(folder: str, data: str) -> None:
    """Open a pack, which puts it on the shelf."""
    from bot.files.opening import open_asker  # noqa: PLC0415 - it imports this module
    from bot.files.problems import ContentError  # noqa: PLC0415

    with contextlib.suppress(ContentError):
        open_asker(Path(folder), Path(data))


if __name__ == "__main__":
    _main(*sys.argv[1:])
