"""Marks: which words of a passage are those that the question turned on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from bot.answers.analysis import Analyzer, Term, Weight, glossary_of
from bot.brief.pack import Pack
from bot.terminal.safety import safe
from bot.terminal.screen import Style
from bot.words.text import tokens, words


class Marker:
    """Finds the words of a question in texts of a pack, under any of their names and forms."""

    def __init__(self, pack: Pack, question: str, repaired: Sequence[tuple[str, str]] = ()) -> None:
        """Read a question, with the spelling that the engine repaired."""
        self._analyzer = Analyzer(glossary_of(pack), pack.frame_names)
        instead = dict(repaired)
        asked = [part for word in words(question) for part in instead.get(word, word).split()]
        keys = {term.key for term in self._analyzer.of_words(asked) if term.weight >= Weight.CONTENT}
        kin = [set(group) for group in self._analyzer.groups if keys.intersection(group)]
        self._keys = keys.union(*kin)

    def mark(self, text: str) -> Text:
        """Give a text, made safe, with the question's words emphasised."""
        text = safe(text)
        marked = Text(text)
        for start, end in self._spans(text):
            marked.stylize(Style.MARK, start, end)
        return marked

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        found = tokens(text)
        for first, last, term in _located(self._analyzer.of_words([token.word for token in found])):
            if term.key in self._keys:
                yield found[first].start, found[last].end


def _located(terms: Iterator[Term]) -> Iterator[tuple[int, int, Term]]:
    """Tell for each term its first and last word; a synonym phrase starts where the term before it did."""
    start = following = 0
    for term in terms:
        if not term.phrase:
            start = following
            following += len(term.surface.split())
        yield start, start + len(term.surface.split()) - 1, term
