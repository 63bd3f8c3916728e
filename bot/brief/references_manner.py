"""How a style punctuates, quotes, and names a place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.brief.publication import Publication
from bot.brief.references_parts import ROMAN, Cited, italic, labelled_pages, number, numbered, page_range, spaced

_SMALL = frozenset({
    "a", "about", "above", "across", "after", "against", "along", "among", "an", "and", "around", "as", "at",
    "before", "behind", "below", "beneath", "beside", "between", "beyond", "but", "by", "despite", "down", "during",
    "for", "from", "in", "inside", "into", "like", "near", "nor", "of", "off", "on", "onto", "or", "out", "outside",
    "over", "past", "per", "since", "so", "than", "the", "through", "throughout", "to", "toward", "towards",
    "under", "until", "up", "upon", "versus", "via", "vs", "with", "within", "without", "yet",
})  # fmt: skip
_FIGURE = re.compile(r"(?:fig(?:ure)?\.?|(?P<table>table))\s+(?P<number>\d+)", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"([\W_]*)([^\W\d_])(.*)", re.DOTALL)
# A possessive at the end of a quoted title is no quotation mark.
_CLOSING = re.compile(rf"((?:(?<![sS])['\u2019])?[\"\u201d]|)({ROMAN}?)$")
_ENDED = (".", "?", "!", "\u2026")
_SINGLE = str.maketrans('\u201c\u201d"', "\u2018\u2019'")
_SINGLE_INSIDE = re.compile(r"(?<!\w)(?:\u2018([^\u2018\u2019]+)\u2019|'([^']+)')(?!\w)")
_SUBTITLE = re.compile(r"(?<=: )\w")
_FULL_STOP = re.compile(r"(?<=\w\w)\.$")


@dataclass(frozen=True, slots=True)
class Manner:
    """The habits of a style.

    ``inside``: full stops and commas stand before a closing quotation mark. ``number_after``: what stands between a
    series and a mere number; empty: the number is labelled.
    """

    quotation_marks: tuple[str, str] = ('"', '"')
    inside: bool = True
    page_label: bool = True
    section: str = "{}"
    paragraph: str = "para."
    figures: tuple[str, str] = ("Figure", "Table")
    volume: str = "Vol."
    number: str = "No."
    number_after: str = ""

    def stop(self, text: str) -> str:
        """End a sentence, if there is one, with exactly one mark."""
        bare = text.rstrip(f"{ROMAN}\"'\u2019\u201d")
        return text if not text or bare.endswith(_ENDED) else self._add(text, ".")

    def sentences(self, *parts: str) -> str:
        """Write the parts that are known as sentences."""
        return " ".join(map(self.stop, filter(None, parts)))

    def commas(self, *parts: str) -> str:
        """Join the parts that are known with commas."""
        known = [part for part in parts if part]
        return " ".join([*(self._add(part, ",") for part in known[:-1]), *known[-1:]])

    def _add(self, text: str, mark: str) -> str:
        if not self.inside:
            return text + mark
        return _CLOSING.sub(lambda end: f"{mark}{end[0]}" if end[1] else f"{end[0]}{mark}", text, count=1)

    def quoted(self, text: str) -> str:
        """Put text into quotation marks, and quotations within it into the other kind."""
        opening, closing = self.quotation_marks
        if opening == "'":
            text = _SINGLE_INSIDE.sub(lambda match: f'"{match[1] or match[2]}"', text)
        else:
            text = text.translate(_SINGLE)
        return f"{opening}{text}{closing}" if text else ""

    def titled(self, title: str, *, part: bool) -> str:
        """Set the title of a part in quotation marks, of a whole in italics."""
        return self.quoted(title) if part else italic(title)

    def series(self, work: Publication) -> str:
        """Name the series and the place in it: ``DIIS Policy Brief, Vol. 2016, No. November``, ``Report No. 12``."""
        report = work.type == "report"
        name = work.collection_title or (work.genre if report else "")
        volume = numbered(self.volume, work.volume) if report else ""
        count = number(work)
        if name and not volume and self.number_after and count[:1].isdigit():
            return f"{name}{self.number_after}{count}"
        count = numbered(self.number, count)
        return self.commas(name, volume, count) if volume else spaced(name, count)

    def locator(self, cited: Cited) -> str:
        """Name the page, else the figure or the section and its paragraph, else nothing."""
        place = cited.place
        if cited.page:
            return labelled_pages(cited.page) if self.page_label else page_range(cited.page)
        if place is None:
            return ""
        if figure := _FIGURE.fullmatch(place.section):
            return f"{self.figures[bool(figure['table'])]} {figure['number']}"
        paragraph = f"{self.paragraph} {place.paragraph}" if place.paragraph is not None else ""
        return self.commas(self.section.format(self.quoted(place.section)), paragraph)


def closed_title(work: Publication) -> Publication:
    """Leave out a full stop at the end of the title: each style sets its own. Abbreviations keep theirs."""
    return replace(work, title=_FULL_STOP.sub("", work.title))


def sentence_titles(work: Publication) -> Publication:
    """Capitalise the first letter of subtitles, as APA wants it."""
    title, container = (
        _SUBTITLE.sub(lambda match: match[0].upper(), text) for text in (work.title, work.container_title)
    )
    return replace(work, title=title, container_title=container)


def headline_titles(work: Publication) -> Publication:
    """Capitalise the words of English titles, as MLA and Chicago want them."""
    if not work.language.lower().startswith("en"):
        return work
    return replace(work, title=headline(work.title), container_title=headline(work.container_title))


def headline(title: str) -> str:
    """Capitalise every word but articles, conjunctions and prepositions; words with capitals stay as they are."""
    words = title.split(" ")
    starts = {0, len(words) - 1, *(index for index, word in enumerate(words, 1) if word.endswith((":", "?", "!")))}
    return " ".join(_capital(word, start=index in starts) for index, word in enumerate(words))


def _capital(word: str, *, start: bool) -> str:
    if re.search(r"\w[./@_]\w", word):  # an address
        return word
    parts = word.split("-")
    for index, part in enumerate(parts):
        bare = part.strip("\"'\u2018\u2019\u201c\u201d()[]:;,.?!")
        if bare == bare.lower() and (bare not in _SMALL or (start and index == 0)):
            parts[index] = capitalised(part)
    return "-".join(parts)


def capitalised(text: str) -> str:
    """Write the first letter as a capital, unless a digit stands before it."""
    match = _FIRST_LETTER.fullmatch(text)
    return f"{match[1]}{match[2].upper()}{match[3]}" if match else text
