"""Charts: pictures of figures, drawn when first asked for and kept in a folder."""

from __future__ import annotations

import asyncio
import os
import re
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from bot.brief.pack import Figure
from bot.charts.child import draw_apart
from bot.charts.drawing import drawing_of, stem_of
from bot.charts.faults import ChartFault, Limits

_WORKPLACE = ".matplotlib"
_PART = ".part"
_ABANDONED = 3_600.0  # seconds, after which nobody writes on a part any more
_DIGEST = "[0-9a-f]{16}"


class Charts:
    """The kept pictures of one folder; one is drawn at a time."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self._folder = folder
        self._limits = limits or Limits()
        self._turn = asyncio.Lock()

    def kept(self, figure: Figure, citation: str) -> Path | None:
        """Give the picture if it is there; looks once at the disk."""
        path = self._path(figure, citation)
        try:
            status = path.stat()
        except (OSError, ValueError):
            return None
        return path if stat.S_ISREG(status.st_mode) and status.st_size else None

    async def draw(self, figure: Figure, citation: str) -> Path:
        """Give the picture, after drawing it if need be: about a second; raises ChartFault.

        Who asks while another is drawn waits for his turn, and finds what was drawn meanwhile.
        """
        if path := self.kept(figure, citation):
            return path
        async with self._turn:
            if path := self.kept(figure, citation):
                return path
            workplace = await asyncio.to_thread(self._make_room)
            picture = await draw_apart(drawing_of(figure, citation), workplace, self._limits)
            path = self._path(figure, citation)
            await asyncio.to_thread(self._keep, picture, path)
            await asyncio.to_thread(self._clear, stem_of(figure, citation), path)
            return path

    def _path(self, figure: Figure, citation: str) -> Path:
        return self._folder / f"{stem_of(figure, citation)}-{drawing_of(figure, citation).digest}.png"

    def _make_room(self) -> Path:
        """Make the folder and the child's workplace in it, whose absolute path is given."""
        try:
            workplace = self._folder.absolute() / _WORKPLACE
            workplace.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder):  # told before the drawing rather than after it
                pass
        except OSError as fault:
            raise self._unwritable(fault) from fault
        return workplace

    def _keep(self, picture: bytes, path: Path) -> None:
        """Write beside and rename, so that a picture is there as a whole or not at all."""
        try:
            number, name = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=_PART)
            try:
                with os.fdopen(number, "wb") as stream:
                    stream.write(picture)
                    stream.flush()
                    os.fsync(stream.fileno())
                os.replace(name, path)
            except OSError:
                with suppress(OSError):
                    os.unlink(name)
                raise
        except OSError as fault:
            raise self._unwritable(fault) from fault

    def _clear(self, stem: str, path: Path) -> None:
        """Remove a figure's earlier pictures and what a killed process left; what resists waits for the next time."""
        earlier = re.compile(rf"{re.escape(stem)}-{_DIGEST}\.png")
        with suppress(OSError):
            for entry in os.scandir(self._folder):
                old = entry.name != path.name and earlier.fullmatch(entry.name)
                if old or (entry.name.endswith(_PART) and entry.stat().st_mtime < time.time() - _ABANDONED):
                    os.unlink(entry)

    def _unwritable(self, fault: OSError) -> ChartFault:
        why = os.strerror(fault.errno).lower() if fault.errno else "it is not writable"
        return ChartFault(f"The chart cannot be kept in {self._folder} ({why}); check the folder and its permissions.")
