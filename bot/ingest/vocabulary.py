"""The vocabulary of a document: what its words come down to, so that we know which words stand nowhere in it."""

from __future__ import annotations

import textwrap

from bot.ingest.document import Document
from bot.words.stems import stem
from bot.words.text import MAX_QUESTION, words

_MAX_STEM = 100


def pieces(text: str) -> list[str]:
    """Cut a long text between words, into pieces that are short enough to be normalised whole."""
    if len(text) <= MAX_QUESTION // 2:
        return [text]
    return textwrap.wrap(text, MAX_QUESTION // 2, break_long_words=True, break_on_hyphens=False)


def vocabulary(document: Document) -> tuple[str, ...]:
    """List the stems of all words of a document, sorted, each once; the portal's cover page does not count."""
    found: set[str] = set()
    for block in document.blocks:
        if block.kind == "front":
            continue
        for piece in pieces(block.text):
            found.update(stem(word) for word in words(piece))
    metadata = document.metadata
    for text in (metadata.title, metadata.publisher, metadata.series, *(name.full for name in metadata.authors)):
        found.update(stem(word) for word in words(text))
    return tuple(sorted(word for word in found if 0 < len(word) <= _MAX_STEM and word == word.lower()))
