"""Files from disk: bounded, regular, inside their folder, and one clear sentence for everything else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bot.files.problems import ContentError, complain

MAX_BYTES = 4_000_000


def read_bounded(path: Path, name: str, inside: Path | None = None) -> bytes:
    """Read a regular file of at most ``MAX_BYTES``; ``inside``: the folder that a link must not leave.

    Raises ContentError, with ``name`` as the file's name.
    """
    try:
        if inside is not None and path.is_symlink() and not path.resolve().is_relative_to(inside.resolve()):
            raise complain(name, "is a link that leaves its folder; put the file itself there")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise complain(name, f"is {_sort(status.st_mode)}, not a file; put a YAML or text file in its place")
        if status.st_size > MAX_BYTES:
            raise _too_large(name, status.st_size)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as fault:  # RuntimeError: links in a circle; ValueError: NUL in a path
        raise complain(name, f"cannot be read ({why(fault)}); check that it exists and may be read") from None
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    return data


def why(fault: Exception) -> str:
    """Put the operating system's reason in a few words, without the path."""
    number = fault.errno if isinstance(fault, OSError) else None
    return os.strerror(number).lower() if number else str(fault).split(":")[0].lower()


def _too_large(name: str, size: int) -> ContentError:
    limit = MAX_BYTES // 1_000_000
    return complain(name, f"is {size / 1e6:,.1f} MB large, at most {limit} MB are read; split the brief into two packs")


def _sort(mode: int) -> str:
    return "a folder" if stat.S_ISDIR(mode) else "a device, pipe or socket"
