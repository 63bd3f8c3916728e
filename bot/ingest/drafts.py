"""Drafts: a pack made of a document alone, with the author's words; never to be published, askable at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.brief.pack import MAX_TEXT, MAX_TITLE, Fact, Pack, Passage, Quote, Section
from bot.brief.places import Place
from bot.brief.publication import PartialDate, Publication
from bot.ingest.document import Document, Metadata, Paragraph
from bot.ingest.figures import figures_of
from bot.ingest.vocabulary import vocabulary
from bot.words.text import sentences

PUBLICATION, QUOTES = "Publication", "Quotes"
MAX_SECTION = 200
MAX_VERBATIM = 20_000
MAX_ID = 60
RIGHTS = (
    "A draft made from a reader's own copy. It holds the author's sentences: it stays with this reader and is never "
    "published or passed on. The rights are the author's and the publisher's."
)
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{_MONTHS}) (?:(?P<second>\d{{1,2}}), )?(?P<year>(?:1[5-9]|20)\d\d)\b"
)


@dataclass(slots=True)
class _Names:
    """Ids and titles that are taken."""

    ids: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)

    def new_id(self, text: str) -> str:
        """Make a new id from words."""
        stem = slug(text)[:MAX_ID].strip("-") or "part"
        name, number = stem, 2
        while name in self.ids:
            name, number = f"{stem[: MAX_ID - 6].strip('-')}-{number}", number + 1
        self.ids.add(name)
        return name

    def new_title(self, title: str) -> str:
        """Make a section's title that no place of another section can be mistaken for."""
        wanted = clean(title)[: MAX_SECTION - 10].strip() or "Text"
        name, number = wanted, 2
        while self._clashes(name):
            name, number = f"{wanted} ({number})", number + 1
        self.titles[name.casefold()] = name
        return name

    def _clashes(self, name: str) -> bool:
        folded = name.casefold()
        if folded in self.titles:
            return True
        bare = re.sub(r"\s+\d{1,4}$", "", folded)  # "Part 2" beside "Part" would be its second paragraph
        if bare != folded and bare in self.titles:
            return True
        return any(re.sub(r"\s+\d{1,4}$", "", taken) == folded and taken != folded for taken in self.titles)


def draft(document: Document, pack_id: str, today: PartialDate) -> Pack:
    """Make an unpublishable pack from a document; ``today`` stands in where nothing tells the date."""
    names = _Names()
    title = clean(document.title)[:300] or pack_id
    for reserved in (PUBLICATION, QUOTES):
        names.new_title(reserved)
    sections = tuple(_sections(document, title, names))
    figures = tuple(figures_of(document, names.new_id, names.new_title))
    quotes = tuple(_quotes(document, names))
    publication = _publication(document.metadata, title, today)
    outline = [section.title for section in sections]
    outline += [QUOTES] if quotes else []
    outline += [figure.place.section for figure in figures]
    return Pack(
        id=pack_id,
        publication=publication,
        rights=RIGHTS,
        outline=(*outline, PUBLICATION),
        sections=sections,
        quotes=quotes,
        figures=figures,
        facts=tuple(_facts(publication, names)),
        vocabulary=frozenset(vocabulary(document)),
        publishable=False,
        short=shortened(title, MAX_TITLE),
        language=publication.language,
    )


def _sections(document: Document, title: str, names: _Names) -> Iterator[Section]:
    for section in document.sections:
        heading = names.new_title(section.heading or title)
        yield Section(
            id=names.new_id(f"section {heading}"),
            title=heading,
            place=Place(heading),
            summary="",
            passages=tuple(_passages(section.paragraphs, heading, names)),
        )


def _passages(paragraphs: Sequence[Paragraph], heading: str, names: _Names) -> Iterator[Passage]:
    number = 0
    for paragraph in paragraphs:
        for text in _portions(clean(paragraph.text)):
            number += 1
            title = shortened(text, MAX_TITLE)
            yield Passage(
                id=names.new_id(f"{heading[:30]} {number}"),
                title=title,
                place=Place(heading, number),
                summary="",
                verbatim=text,
                page=clean(paragraph.page)[:20],
            )


def _portions(text: str) -> Iterator[str]:
    """Cut what is longer than any paragraph of a pack may be, between sentences or words."""
    if not text:
        return
    if len(text) <= MAX_VERBATIM:
        yield text
        return
    portion = ""
    for sentence in sentences(text):
        for start in range(0, len(sentence), MAX_VERBATIM - 1):
            piece = sentence[start : start + MAX_VERBATIM - 1]
            if len(portion) + len(piece) + 1 > MAX_VERBATIM:
                yield portion.strip()
                portion = ""
            portion += f" {piece}"
    if portion.strip():
        yield portion.strip()


def _quotes(document: Document, names: _Names) -> Iterator[Quote]:
    number = 0
    for quotation in document.quotes:
        text = clean(quotation.text)
        who, occasion, date = _attribution(clean(quotation.attribution))
        if not text or len(text) > MAX_TEXT:
            continue
        number += 1
        speaker = who or "Unknown speaker"
        yield Quote(
            id=names.new_id(f"quote {number}"),
            title=shortened(f"{speaker}: {text}", MAX_TITLE),
            place=Place(QUOTES, number),
            speaker=speaker[:80],
            quoted=text,
            date=date,
            occasion=occasion[:200],
        )


def _attribution(text: str) -> tuple[str, str, PartialDate | None]:
    """Part an attribution into speaker, occasion and date: ``A. Name on a channel, 7 September 2016``."""
    match = _DAY.search(text)
    date = None
    if match:
        months = _MONTHS.split("|")
        day = match["day"] or match["second"]
        known = int(day) if day and 1 <= int(day) <= 28 + (months.index(match["month"]) != 1) * 2 else None
        date = PartialDate(int(match["year"]), months.index(match["month"]) + 1, known)
        text = (text[: match.start()] + text[match.end() :]).strip(" ,;")
    who, mark, rest = text.partition(",")
    if not mark:
        parted = re.match(r"(.+?) (?=(?:on|in|at|to|during)\s)(.*)", text)
        who, rest = (parted[1], parted[2]) if parted else (text, "")
    return who.strip(), rest.strip(" ,;"), date


def _publication(metadata: Metadata, title: str, today: PartialDate) -> Publication:
    return Publication(
        type="report",
        title=title,
        author=tuple(author for author in metadata.authors if author.family or author.literal),
        issued=metadata.issued or PartialDate(today.year),
        undated=metadata.issued is None,
        publisher=clean(metadata.publisher)[:200],
        collection_title=clean(metadata.series)[:200],
        volume=clean(metadata.volume)[:40],
        issue=clean(metadata.issue)[:40],
        doi=metadata.doi if _DOI.fullmatch(metadata.doi) and len(metadata.doi) <= 200 else "",
        isbn=metadata.isbn[:20],
        language=metadata.language if re.fullmatch(r"[a-z]{2,3}", metadata.language) else "en",
    )


def _facts(publication: Publication, names: _Names) -> Iterator[Fact]:
    """State what is known of the publication, so that it can be asked for."""
    authors = " and ".join(name.full for name in publication.author)
    said = (
        ("title", "Title", f"The title is “{publication.title}”.", "What is the title?"),
        ("author", "Author", f"Written by {authors}." if authors else "", "Who wrote it?"),
        (
            "date",
            "Date",
            "" if publication.undated else f"Dated {publication.issued.spoken}.",
            "When was it published?",
        ),
        (
            "publisher",
            "Publisher",
            f"Published by {publication.publisher}." if publication.publisher else "",
            "Who published it?",
        ),
    )
    for name, title, text, question in said:
        if text:
            yield Fact(
                id=names.new_id(f"fact {name}"),
                title=title,
                place=Place(PUBLICATION),
                body=text[:MAX_TEXT],
                ask=(question,),
            )


def slug(text: str) -> str:
    """Write words as an id: lower-case letters, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def clean(text: str) -> str:
    """Drop what no file of a pack may hold, and put the text on one line."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return cut.rstrip(" ,;:.–-") + "…"
