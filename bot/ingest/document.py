"""A document as read: a stream of blocks in reading order, seen as title, sections, quotes, tables and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.brief.publication import Name, PartialDate

Kind = Literal["title", "heading", "paragraph", "item", "quote", "table", "caption", "note", "credit", "front"]
KINDS: tuple[Kind, ...] = (
    "title", "heading", "paragraph", "item", "quote", "table", "caption", "note", "credit", "front",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document.

    ``page`` is the label of the page where it begins, ``turns`` the offsets at which later pages begin. A ``doubtful``
    block follows a break of column or page at which the paragraph before it may go on. ``rows`` belong to tables.
    """

    kind: Kind
    text: str
    page: str = ""
    turns: tuple[tuple[int, str], ...] = ()
    level: int = 0
    doubtful: bool = False
    boxed: bool = False
    attribution: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    def page_at(self, offset: int) -> str:
        """Give the label of the page on which the character at an offset stands."""
        page = self.page
        for start, label in self.turns:
            if start <= offset:
                page = label
        return page


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or list item and the label of the page where it begins."""

    text: str
    page: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (empty: before the first one) and the paragraphs below it."""

    heading: str
    level: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A pull quote, without its marks, and who is named below it."""

    text: str
    attribution: str
    page: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the caption above or below, the source line, and the page."""

    rows: tuple[tuple[str, ...], ...]
    caption: str
    source: str
    page: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about the publication: its properties, its title page, its portal's cover page."""

    title: str = ""
    authors: tuple[Name, ...] = ()
    issued: PartialDate | None = None
    publisher: str = ""
    series: str = ""
    volume: str = ""
    issue: str = ""
    doi: str = ""
    isbn: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document in reading order; ``pages`` counts the pages of a PDF (0: a text without pages)."""

    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    pages: int = 0

    @property
    def title(self) -> str:
        """Give the title that the metadata or the text itself names."""
        return self.metadata.title or next((block.text for block in self.blocks if block.kind == "title"), "")

    @property
    def sections(self) -> tuple[Section, ...]:
        """Gather the paragraphs under their headings; headings without paragraphs are left out."""
        gathered: list[tuple[str, int, list[Paragraph]]] = [("", 0, [])]
        running = boxed = gathered[0]  # after a box, the text goes on under the heading that it stood under before
        for block in self.blocks:
            if block.kind == "heading":
                gathered.append((block.text, block.level, []))
                boxed = gathered[-1]
                running = running if block.boxed else gathered[-1]
            elif block.kind in {"paragraph", "item"}:
                inside = boxed if block.boxed else running
                inside[2].append(Paragraph(block.text, block.page, block.kind == "item"))
        return tuple(Section(heading, level, tuple(inside)) for heading, level, inside in gathered if inside)

    @property
    def quotes(self) -> tuple[Quotation, ...]:
        """List the pull quotes."""
        return tuple(
            Quotation(bare_quote(block.text, block.attribution), block.attribution, block.page)
            for block in self.blocks
            if block.kind == "quote"
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """List the tables with the captions and sources that stand next to them."""
        return tuple(self._tables())

    def _tables(self) -> Iterator[Table]:
        for index, block in enumerate(self.blocks):
            if block.kind != "table":
                continue
            around = [self.blocks[at].text for at in caption_range(self.blocks, index) if at != index]
            source = next((text for text in around if text.lower().startswith(("source", "sources"))), "")
            caption = next((text for text in around if text != source), "")
            yield Table(block.rows, caption, source, block.page)

    @property
    def text(self) -> str:
        """Give all words of the document itself, without the portal's cover page."""
        return "\n".join(block.text for block in self.blocks if block.kind != "front")


def caption_range(blocks: tuple[Block, ...], table: int) -> range:
    """Find the captions and source lines directly around a table, as a range that includes the table."""
    first = last = table
    while first > 0 and table - first < 2 and blocks[first - 1].kind == "caption":
        first -= 1
    while last + 1 < len(blocks) and last - table < 3 and blocks[last + 1].kind == "caption":
        last += 1
    return range(first, last + 1)


def bare_quote(text: str, attribution: str) -> str:
    """Strip a quotation's marks and its attribution."""
    if attribution:
        text = text.rstrip(".) ").removesuffix(attribution).rstrip(" (—–-")
    return text.strip().strip('“”„«»"‟').strip()
