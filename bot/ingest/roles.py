"""Roles: what a chunk is, by its style and its words: heading, paragraph, item, quote, caption, note, credit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest.chunks import BULLET, Chunk, Column
from bot.ingest.document import Kind
from bot.ingest.sheets import Style

CAPTION = re.compile(
    r"(?:figure|fig\.|table|chart|graph|diagram|map|exhibit)\s*(?:\d+|[IVX]+)\s*(?:[:.–—|-]|$|\s[A-Z])"
    r"|(?:sources?|data source)\s*:",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"(?:cover |title )?(?:photo|picture|image|illustration)s?(?: credits?)?\s*[:©]|©|"
    r"copyright\b|(?:e-?)?issn\b|isbn\b|doi\s*:|"
    r"all rights reserved|about the authors?\b|printed (?:in|by)\b|layout\s*:",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})[.)]?\s+\S|\[\d{1,3}\]\s")
_OPENS = '“„«"‟'
_CLOSES = '”“»"'
_ATTRIBUTION = re.compile(
    r"(?P<said>.*[”“»\"])\s*(?P<who>\((?P<inside>[^()]{2,120})\)|[—–-]\s*(?P<dash>[^.]{2,120}))\.?$", re.DOTALL
)
_LONE_ATTRIBUTION = re.compile(r"\(([^()]{2,120})\)\.?$|[—–-]{1,2}\s*([^.]{2,120})$")


@dataclass(frozen=True, slots=True)
class Body:
    """How the body of the document is set."""

    style: Style

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Body:
        """Measure the style of most of the letters."""
        weights: Counter[Style] = Counter()
        for column in columns:
            for row in column.rows:
                for cell in row.cells:
                    weights[cell.style] += len(cell.text)
        return cls(weights.most_common(1)[0][0] if weights else Style(10.0))

    def stands_out(self, style: Style) -> bool:
        """Tell whether a style is weightier than the body's."""
        return style.size >= 1.08 * self.style.size or (
            style.bold and not self.style.bold and style.size >= 0.93 * self.style.size
        )


def role_of(  # one return for each role
    chunk: Chunk, body: Body, text: str
) -> Kind:
    """Name what a chunk is; titles are told from headings later."""
    style = chunk.style
    if chunk.grid:
        return "table"
    if CAPTION.match(text) and len(text) < 300:
        return "caption"
    if is_credit(text):
        return "credit"
    if is_pull_quote(
        text, set_apart=body.stands_out(style) or style.italic or chunk.boxed or style.color != body.style.color
    ):
        return "quote"
    if BULLET.match(text) and not _is_numbered_heading(text, body, style):
        small = style.size < 0.93 * body.style.size
        return "note" if small and chunk.closes and _NOTE.match(text) else "item"
    if style.size < 0.93 * body.style.size and _NOTE.match(text):
        return "note"
    if is_heading(chunk, body, text):
        return "heading"
    return "paragraph"


def is_credit(text: str) -> bool:
    """Tell whether a short paragraph is about the publication: photo credits, numbers, an author's address."""
    return len(text) < 250 and bool(CREDIT.match(text) or (_MAIL.search(text) and len(text) < 160))


def is_heading(chunk: Chunk, body: Body, text: str) -> bool:
    """Tell a heading: short, without a full stop, and set otherwise than the body."""
    if len(chunk.rows) > 4 or not looks_like_heading(text):
        return False
    style = chunk.style
    if body.stands_out(style):
        return True
    letters = [char for char in text if char.isalpha()]
    capitals = len(letters) >= 4 and all(char.isupper() for char in letters)
    coloured = style.color != body.style.color and len(text) <= 80
    cursive = style.italic and not body.style.italic and len(text) <= 70 and not text.startswith("(")
    return (capitals or coloured or cursive) and style.size >= 0.85 * body.style.size


def looks_like_heading(text: str) -> bool:
    """Tell whether the words could be a heading."""
    if len(text) > 160 or not any(map(str.isalpha, text)) or text[:1].islower():
        return False
    if text.count("(") != text.count(")"):
        return False
    return not text.endswith((".", ",", ";")) and text[:1] not in _OPENS + "("


def _is_numbered_heading(text: str, body: Body, style: Style) -> bool:
    return text[:1].isdigit() and body.stands_out(style) and looks_like_heading(text)


def is_pull_quote(text: str, *, set_apart: bool) -> bool:
    """Tell a pull quote: in quotation marks from end to end, with the speaker after it or set apart from the text."""
    text = text.strip()
    if text[:1] not in _OPENS or len(text) < 25 or len(text) > 700:
        return False
    if attributed(text):
        return True
    return set_apart and text.rstrip(".")[-1:] in _CLOSES


def attributed(text: str) -> str:
    """Give the speaker (and occasion) named after a quotation, or an empty string."""
    match = _ATTRIBUTION.fullmatch(text.strip())
    if not match or match["said"][:1] not in _OPENS:
        return ""
    return (match["inside"] or match["dash"] or "").strip()


def lone_attribution(text: str) -> str:
    """Give the speaker where a paragraph of its own names one below a quotation."""
    match = _LONE_ATTRIBUTION.fullmatch(text.strip())
    return (match[1] or match[2] or "").strip() if match and len(text) < 130 else ""
