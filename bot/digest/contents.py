"""What a digest holds: composed from a pack, a moderator's setting and the history, the same for the same arguments.

A digest says things in our own words only: the author's wording, which a reader's copy may have added to a pack, never
enters it. Nothing here is escaped; that is the front end's work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.brief.citations import Citation, cite
from bot.brief.pack import Discussion, Figure, Pack, Quote, Recommendation, Section
from bot.brief.places import Place
from bot.digest.room import clipped, key_points, share_room, trimmed
from bot.digest.rotation import History, due

MAX_TITLE = 100
MAX_OPENING = 300
MAX_TEXT = 3_300  # characters of a digest's texts; a card holds 4,000, with headings, marks and escapes
LEAST_ASKERS = 3
_MOST_RECOMMENDATIONS = 3
_MOST_TOPICS = 3
_MOST_APPROVED = 3
_MAX_LINE = 140
_MAX_SIDE = 200
_MOST_PLACES = 3
_LEAST_TEXT = 80  # characters of a shortened text that still say something

Shows = Recommendation | Quote | Figure | Section | Discussion


class Kind(StrEnum):
    """What an item of a digest is."""

    RECOMMENDATION = "recommendation"
    QUOTE = "quote"
    FIGURE = "figure"
    SECTION = "section"
    DISCUSSION = "discussion"


_ELASTIC = frozenset({Kind.RECOMMENDATION, Kind.QUOTE, Kind.FIGURE})  # half a question would be no use


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Which parts a digest has."""

    recommendations: bool = True
    quote: bool = True
    figure: bool = True
    section: bool = True
    discussion: bool = True
    topics: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a moderator chose: a title and an opening line (blank: the brief's name, none), and the parts."""

    title: str = ""
    opening: str = ""
    parts: Parts = Parts()


@dataclass(frozen=True, slots=True)
class Topics:
    """What was asked most since the last digest, in public: title and number of askers, without names."""

    asked: tuple[tuple[str, int], ...] = ()

    def shown(self, least: int = LEAST_ASKERS) -> tuple[tuple[str, int], ...]:
        """Give the most asked topics that at least so many people asked about."""
        enough = [(clipped(title, _MAX_LINE), count) for title, count in self.asked if count >= least]
        return tuple(sorted(enough, key=lambda one: (-one[1], one[0]))[:_MOST_TOPICS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a digest shows. ``rotating``: other digests show others of its kind.

    A recommendation has ``horizon`` and ``addressee``; a quote has its ``text`` without quotation marks and ``said``
    (speaker, occasion, date); a section has ``points``; a discussion question ``also`` (further places).
    """

    kind: Kind
    id: str
    title: str
    text: str
    citation: Citation
    rotating: bool = True
    horizon: str = ""
    addressee: str = ""
    said: str = ""
    points: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Count the characters of all its texts."""
        side = (self.horizon, self.addressee, self.said, *self.also)
        return sum(map(len, (self.title, self.text, self.citation.text, *side, *self.points)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A digest, ready to be shown: its items in their order, then what was asked."""

    pack: str
    number: int
    title: str
    opening: str
    as_of: str
    items: tuple[Item, ...]
    topics: tuple[tuple[str, int], ...] = ()
    unanswered: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """Give the items of one kind."""
        return tuple(item for item in self.items if item.kind is kind)

    @property
    def ids(self) -> tuple[str, ...]:
        """Name what it shows, to be kept as history once it is posted."""
        return tuple(item.id for item in self.items)

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to post."""
        return not (self.items or self.topics or self.unanswered)

    @property
    def size(self) -> int:
        """Count the characters of all its texts."""
        asked = [title for title, _ in self.topics]
        return sum(map(len, (self.title, self.opening, *asked, *self.unanswered))) + sum(
            item.size for item in self.items
        )


def compose(
    pack: Pack,
    setting: Setting,
    number: int,
    history: History,
    topics: Topics = Topics(),
    approved: Sequence[str] = (),
) -> Digest:
    """Compose the ``number``-th digest, counted from 1; ``approved``: unanswered questions that a moderator let in."""
    digest = Digest(
        pack=pack.id,
        number=number,
        title=clipped(setting.title, MAX_TITLE) or clipped(pack.short or pack.publication.title, MAX_TITLE),
        opening=clipped(setting.opening, MAX_OPENING),
        as_of=pack.as_of,
        items=tuple(_items(pack, setting.parts, number, history)),
        topics=topics.shown() if setting.parts.topics else (),
        unanswered=tuple(filter(None, (clipped(question, _MAX_LINE) for question in approved)))[:_MOST_APPROVED],
    )
    return _fitted(digest)


def repeats(digest: Digest, history: History) -> tuple[str, ...]:
    """Say which rotating items were shown before, one line each: ``Quote “Putin on NATO”: shown 7 days ago``."""
    lines = []
    for item in digest.items:
        before = history.latest(item.id) if item.rotating else None
        if before:
            lines.append(f"{item.kind.capitalize()} “{item.title or clipped(item.text, 80)}”: shown {_ago(before.ago)}")
    return tuple(lines)


def exhausted(pack: Pack, setting: Setting, history: History) -> bool:
    """Tell whether everything that the switched-on parts can show was shown; topics are always new."""
    ids = [entry.id for entries, _ in _parts(pack, setting.parts) for entry in entries]
    return bool(ids) and history.has_all(ids)


def _parts(pack: Pack, parts: Parts) -> Iterator[tuple[Sequence[Shows], int]]:
    """Yield what each switched-on part chooses from, and how many of it a digest shows."""
    if parts.recommendations:
        yield tuple(one for one in pack.recommendations if one.summary), _MOST_RECOMMENDATIONS
    if parts.quote:
        yield pack.quotes, 1
    if parts.figure:
        yield pack.figures, 1
    if parts.section:
        yield tuple(section for section in pack.sections if key_points(section)), 1
    if parts.discussion:
        yield pack.discussions, 1


def _items(pack: Pack, parts: Parts, number: int, history: History) -> Iterator[Item]:
    for entries, count in _parts(pack, parts):
        for entry in due(entries, history, number, count):
            yield _item(pack, entry, rotating=len(entries) > count)


def _item(pack: Pack, entry: Shows, *, rotating: bool) -> Item:
    place = Place(entry.title) if isinstance(entry, Section) else entry.place
    cited = cite(pack, place, pack.page_of(place))
    match entry:
        case Recommendation():
            item = Item(kind=Kind.RECOMMENDATION, id=entry.id, title=entry.title, text=entry.summary, citation=cited)
            item = replace(item, horizon=entry.horizon, addressee=clipped(entry.addressee, _MAX_SIDE))
        case Quote():
            when = entry.date.spoken if entry.date else ""
            said = ", ".join(filter(None, (entry.speaker, entry.occasion, when)))
            item = Item(kind=Kind.QUOTE, id=entry.id, title=entry.title, text=entry.quoted, citation=cited)
            item = replace(item, said=clipped(said, _MAX_SIDE))
        case Figure():
            item = Item(kind=Kind.FIGURE, id=entry.id, title=entry.title, text=entry.summary, citation=cited)
        case Section():
            item = Item(kind=Kind.SECTION, id=entry.id, title=entry.title, text="", citation=cited)
            item = replace(item, points=key_points(entry))
        case Discussion():
            also = tuple(one.label for one in entry.also[:_MOST_PLACES])
            item = Item(kind=Kind.DISCUSSION, id=entry.id, title="", text=entry.question, citation=cited, also=also)
    return replace(item, rotating=rotating)


def _fitted(digest: Digest) -> Digest:
    """Shorten the longer texts until all fit; where not even that is enough, leave out items, the last first."""
    long = [item for item in digest.items if item.kind in _ELASTIC]
    room = MAX_TEXT - digest.size + sum(len(item.text) for item in long)
    if room < _LEAST_TEXT * len(long) and len(digest.items) > 1:
        return _fitted(replace(digest, items=digest.items[:-1]))
    given = dict(zip((item.id for item in long), share_room([len(item.text) for item in long], room), strict=True))
    items = (
        replace(item, text=trimmed(item.text, given[item.id])) if item.id in given else item for item in digest.items
    )
    return replace(digest, items=tuple(items))


def _ago(ago: dt.timedelta) -> str:
    days = max(0, ago.days)
    if days < 1:
        return "less than a day ago"
    return "yesterday" if days == 1 else f"{days} days ago"
