"""Completion as one types: curated questions, commands, and what commands take."""

from __future__ import annotations

from collections.abc import Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.terminal.commands import COMMANDS
from bot.terminal.safety import safe
from bot.terminal.shelf import Shelf

_LONGEST = 200  # characters: nobody completes a longer question


class Completions(Completer):
    """Completes from a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        """Take the shelf."""
        self._shelf = shelf

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """Yield completions of the whole line; none while the cursor stands inside it."""
        line = document.text
        if document.text_after_cursor or len(line) > _LONGEST or "\n" in line:
            return
        if not line.startswith("/"):
            yield from _each(list(self._shelf.suggest(line)), line)
            return
        name, space, typed = line[1:].partition(" ")
        if not space:
            for command in COMMANDS:
                if command.name.startswith(name.casefold()):
                    follow = " " if command.argument else ""
                    yield Completion(
                        f"/{command.name}{follow}", -len(line), display=command.usage, display_meta=command.purpose
                    )
            return
        for command in COMMANDS:
            if command.name == name.casefold():
                yield from _each(command.choices(self._shelf, typed.lstrip()), typed.lstrip())


def _each(names: list[str], typed: str) -> Iterator[Completion]:
    for name in names:
        if name != typed:
            yield Completion(safe(name), -len(typed))
