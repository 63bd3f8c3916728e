"""Marks: the words of a passage that the question turned on, emphasised for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from bot.answers.analysis import Analyzer, glossary_of
from bot.answers.marks import Locator
from bot.answers.marks import Marker as Deciding
from bot.brief.pack import Pack
from bot.terminal.safety import safe
from bot.terminal.screen import Style


class Marker:
    """Emphasises the words of a question in texts of a pack."""

    def __init__(self, pack: Pack, question: str, repaired: Sequence[tuple[str, str]] = ()) -> None:
        """Read a question, with the spelling that the engine repaired."""
        self._deciding = Deciding(Locator(Analyzer(glossary_of(pack), pack.frame_names)), question, repaired)

    def mark(self, text: str) -> Text:
        """Give a text, made safe, with the question's words emphasised."""
        text = safe(text)
        marked = Text(text)
        for start, end in self._deciding.word_spans(text):
            marked.stylize(Style.MARK, start, end)
        return marked
