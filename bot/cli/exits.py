"""Exit statuses: what every command's number means."""

from __future__ import annotations

DONE = 0
FAILED = 1
WRONG = 2
NOT_IN_BRIEF = 3


class Failed(Exception):  # noqa: N818 - an outcome of a command, said by its name
    """A command that ends with a sentence on standard error and a status."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        """Take the sentence and the exit status."""
        super().__init__(sentence)
        self.status = status
