"""The outline: what stands where in a brief, what is before and after it, and what places and quotations are called."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import zip_longest

from bot.answers.choices import choose
from bot.brief.pack import (
    MAX_LABEL,
    Entry,
    Fact,
    Figure,
    Overview,
    Pack,
    Passage,
    Quote,
    Recommendation,
    Section,
    Term,
)
from bot.brief.places import Place, parse_place
from bot.words.stems import stem
from bot.words.stopwords import FUNCTION
from bot.words.text import words

_COUNTED: dict[type[Entry], str] = {
    Passage: "paragraph",
    Recommendation: "recommendation",
    Quote: "quotation",
    Figure: "figure",
    Fact: "fact",
}
_LONGEST_SUBJECT = 40
_SHORTEST_TITLE = 12  # characters; of less, a title is better left out of a label


def entries_in(pack: Pack, section: str) -> list[Entry]:
    """List what stands in a section, paragraph by paragraph."""
    found = [
        entry
        for entry in pack.entries
        if entry.place.section == section and not isinstance(entry, Section | Overview | Term)
    ]
    return sorted(found, key=lambda entry: entry.place.paragraph or 0)


def amounts(pack: Pack, section: str) -> str:
    """Count what stands in a section: ``3 paragraphs, 1 quotation``."""
    found = entries_in(pack, section)
    counts = [(sum(isinstance(entry, kind) for entry in found), name) for kind, name in _COUNTED.items()]
    return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count)


def around(pack: Pack, place: Place) -> tuple[Entry | None, Entry | None]:
    """Find the paragraph or recommendation before a place and the one after it, over the borders of sections."""
    order = _order(pack)
    if place.section not in order:
        return None, None
    entries = [entry for entry in (*pack.passages, *pack.recommendations) if entry.place.section in order]
    entries.sort(key=lambda entry: _position(order, entry.place))
    positions = [_position(order, entry.place) for entry in entries]
    here = _position(order, place)
    before, after = bisect_left(positions, here), bisect_right(positions, here)
    return (
        entries[before - 1] if before else None,
        entries[after] if after < len(entries) else None,
    )


def place_labels(pack: Pack) -> list[tuple[str, Place]]:
    """Label every paragraph, recommendation, figure and quotation in reading order: ``Summary, para. 1: A new start``.

    Labels are unique and at most 100 characters long. A draft's titles are the author's words: its labels lack them.
    """
    order = _order(pack)
    entries = (*pack.passages, *pack.recommendations, *pack.figures, *pack.quotes)
    titles: dict[Place, str] = {}
    for entry in entries:
        titles.setdefault(entry.place, entry.title if pack.publishable else "")
    labels: dict[str, Place] = {}
    for place in sorted(titles, key=lambda place: _position(order, place)):
        labels[_label(place, titles[place], labels)] = place
    return list(labels.items())


def exact_place(pack: Pack, typed: str) -> Place | None:
    """Find a place by the name that packs give it (``The view from Russia 2``), when the brief has it."""
    exact = parse_place(typed, pack.outline)
    return exact if exact and _exists(pack, exact) else None


def find_place(pack: Pack, typed: str) -> Place | None:
    """Find the place that was meant: by its name, its label, or its section's title typed loosely."""
    exact = exact_place(pack, typed)
    if exact:
        return exact
    wanted = _folded(typed)
    for label, place in place_labels(pack):
        if wanted == _folded(label):
            return place
    for section in pack.outline:
        if wanted == _folded(section):
            return Place(section)
    title, _, number = typed.rpartition(" ")
    number = number.strip(".")
    paragraph = int(number) if title and number.isascii() and number.isdigit() and len(number) < 5 else None
    title = title.casefold().removesuffix("para.").removesuffix("paragraph").rstrip(" ,") if paragraph else typed
    chosen = choose(title, pack.outline)
    if chosen is None:
        return None
    place = Place(pack.outline[chosen], paragraph)
    return place if paragraph is None or _exists(pack, place) else None


def speakers(pack: Pack) -> list[str]:
    """List who is quoted, in the order of the quotations."""
    return list(dict.fromkeys(quote.speaker for quote in pack.quotes))


def speaks_of(quote: Quote, wanted: str) -> bool:
    """Say whether a quotation is by that speaker, or holds every word of that subject."""
    asked = [word for word in words(wanted) if word not in FUNCTION] or words(wanted)
    if not asked:
        return True
    if choose(wanted, [quote.speaker, quote.title]) is not None and not wanted.strip().isdigit():
        return True
    held = {stem(word) for word in words(" ".join((quote.speaker, quote.title, quote.text, *quote.keywords)))}
    return all(stem(word) in held for word in asked)


def subjects(pack: Pack) -> list[str]:
    """List what the quotations are about: their keywords in turn, so that the first ones speak of all of them."""
    named = {_folded(name) for name in speakers(pack)}
    found: dict[str, str] = {}
    for rank in zip_longest(*(tuple(_subjects(quote)) for quote in pack.quotes), fillvalue=""):
        for subject in rank:
            folded = _folded(subject)
            if folded and folded not in named:
                found.setdefault(folded, subject)
    return list(found.values())


def _subjects(quote: Quote) -> Iterator[str]:
    for keyword in quote.keywords:
        dated = any(char.isdigit() for char in keyword)
        if not dated and len(keyword) <= _LONGEST_SUBJECT:
            yield keyword


def _order(pack: Pack) -> dict[str, int]:
    return {title: number for number, title in enumerate(pack.outline)}


def _position(order: dict[str, int], place: Place) -> tuple[int, int]:
    return order.get(place.section, len(order)), place.paragraph or 0


def _exists(pack: Pack, place: Place) -> bool:
    return place.paragraph is None or any(place in (entry.place, *entry.also) for entry in pack.entries)


def _label(place: Place, title: str, taken: dict[str, Place]) -> str:
    """Write a label that is not taken; what is too long loses the end of its title, then of its section's."""
    tail = place.label.removeprefix(place.section)
    for number in range(1, len(taken) + 2):
        end = tail if number == 1 else f"{tail} ({number})"
        label = _cut(place.section, MAX_LABEL - len(end)) + end
        room = MAX_LABEL - len(label) - 2
        if title and title != place.section and room >= min(len(title), _SHORTEST_TITLE):
            label = f"{label}: {_cut(title, room)}"
        if label not in taken:
            return label
    raise AssertionError("one more label than are taken is free")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
