"""The history of the prompt: a file that only its owner may read."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

_NAME = "chat-history"


class _PrivateHistory(FileHistory):
    """A history file that survives any text, a full disk, and its own removal."""

    def store_string(self, string: str) -> None:
        """Append a line."""
        with contextlib.suppress(OSError):
            super().store_string(string.encode("utf-8", "replace").decode("utf-8"))


def open_history(data: Path) -> History:
    """Open the history in the data folder; where that cannot be written, one that lasts as long as the session."""
    path = data / _NAME
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        path.chmod(0o600)
    except (OSError, ValueError):
        return InMemoryHistory()
    return _PrivateHistory(str(path))
