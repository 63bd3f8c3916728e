"""Alignment: the places of a pack found in a reader's own copy, whatever its layout.

Sections are found by their titles, quotes by their words, figures by their cells. The sentences of all the rest are
handed out to passages and recommendations in their order: by headings and breaks, and by the words that they share
with what the pack says of each place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from rapidfuzz import fuzz

from bot.brief.pack import Pack, Passage, Recommendation
from bot.brief.places import Place
from bot.ingest.anchors import Anchor, find_figure, find_headings, find_quote, split_headings, without
from bot.ingest.document import Document
from bot.ingest.likeness import Likeness
from bot.ingest.sequence import Slot, assign
from bot.ingest.units import Unit, units_of

_EDGE = 6  # words at the beginning and the end of a place that are told
_QUOTED = 20.0  # nats for a sentence that holds words which the pack quotes from a place
_LEAST, _LEAST_HEADED = 2.0, -4.0  # nats that must speak for a place: without its heading, and below it
_MIN_QUOTED = 10  # letters; shorter quotations may stand anywhere


@dataclass(frozen=True, slots=True)
class Aligned:
    """A place of the pack, the author's words there, and the label of the page where they begin (or nothing)."""

    place: Place
    page: str
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was found, in the document's order, and the places that were not found, in the pack's order."""

    found: tuple[Aligned, ...]
    missing: tuple[Place, ...]

    @property
    def share(self) -> float:
        """Give the share of places that were found."""
        return len(self.found) / max(len(self.found) + len(self.missing), 1)


class PlaceFound(TypedDict):
    """A place as ``ingest --json`` writes it."""

    section: str
    paragraph: int | None
    page: str | None
    first: str
    last: str


def places_json(found: Sequence[Aligned]) -> list[PlaceFound]:
    """Describe places by section, paragraph, page, and their first and last six words."""
    return [
        PlaceFound(
            section=aligned.place.section,
            paragraph=aligned.place.paragraph,
            page=aligned.page or None,
            first=" ".join(aligned.text.split()[:_EDGE]),
            last=" ".join(aligned.text.split()[-_EDGE:]),
        )
        for aligned in found
    ]


def align(document: Document, pack: Pack) -> Alignment:
    """Find the places of a pack in a document."""
    aligner = _Aligner(document, pack)
    aligner.anchor_figures()
    aligner.anchor_quotes()
    aligner.hand_out(list(pack.recommendations), rivals=list(pack.passages))
    aligner.hand_out(list(pack.passages), rivals=[])
    return aligner.result()


class _Aligner:
    def __init__(self, document: Document, pack: Pack) -> None:
        self._pack = pack
        titles = tuple(dict.fromkeys([*pack.outline, *(section.title for section in pack.sections)]))
        # A figure's or the quotes' own place is no heading of running text.
        running = {entry.place.section for entry in (*pack.passages, *pack.recommendations)}
        self._titles = tuple(title for title in titles if title in running)
        self._blocks = split_headings(document.blocks, self._titles)
        self._taken: set[int] = set()
        self._found: list[tuple[int, int, Aligned]] = []

    def anchor_figures(self) -> None:
        """Find the figures."""
        for figure in self._pack.figures:
            self._keep(figure.place, find_figure(self._blocks, figure, frozenset(self._taken)))

    def anchor_quotes(self) -> None:
        """Find the quotes that stand by themselves; those inside paragraphs help to find the paragraphs."""
        inside = {entry.place for entry in (*self._pack.passages, *self._pack.recommendations)}
        for quote in self._pack.quotes:
            if quote.place in inside:
                continue
            anchor = find_quote(self._blocks, quote, frozenset(self._taken))
            if anchor and len(anchor.blocks) == 1:
                anchor = self._cut_out(anchor)
            self._keep(quote.place, anchor)

    def _cut_out(self, anchor: Anchor) -> Anchor:
        """Part a block in which a quotation was run together with other text."""
        (index,) = anchor.blocks
        block = self._blocks[index]
        if len(anchor.text) >= len(block.text) - 20:
            return anchor
        left = without(block, anchor.text)
        ahead = bool(left) and block.text.startswith(left[0].text[:20])
        own = replace(block, kind="quote", text=anchor.text, page=anchor.page, turns=())
        parts = [left[0], own, *left[1:]] if ahead else [own, *left]
        grown = len(parts) - 1
        self._blocks[index : index + 1] = parts
        self._taken = {at + grown if at > index else at for at in self._taken}
        self._found = [(at + grown if at > index else at, offset, aligned) for at, offset, aligned in self._found]
        return replace(anchor, blocks=(index + (1 if ahead else 0),))

    def _keep(self, place: Place, anchor: Anchor | None) -> None:
        if anchor:
            self._taken.update(anchor.blocks)
            self._found.append((anchor.blocks[0], 0, Aligned(place, anchor.page, anchor.text)))

    def hand_out(self, entries: Sequence[Passage | Recommendation], rivals: Sequence[Passage | Recommendation]) -> None:
        """Hand the sentences that are left out to entries, in their order; ``rivals``: what else they may belong to."""
        if not entries:
            return
        own_sections = {entry.place.section for entry in entries}
        headings = {
            at: title
            for at, title in find_headings(self._blocks, self._titles).items()
            if at not in self._taken and title in own_sections
        }
        headed = set(headings.values())
        units = units_of(self._blocks, frozenset(self._taken), headings)
        runs = self._runs(units, entries, rivals, headed)
        if len(runs) < len(entries):
            more = units_of(self._blocks, frozenset(self._taken), headings, asides=True)
            wider = self._runs(more, entries, rivals, headed)
            if len(wider) > len(runs):
                runs = wider
        for number, own in runs.items():
            self._take(entries[number].place, own)

    def _runs(
        self,
        units: Sequence[Unit],
        entries: Sequence[Passage | Recommendation],
        rivals: Sequence[Passage | Recommendation],
        headed: set[str],
    ) -> dict[int, list[Unit]]:
        """Give each entry its units; an entry whose words hardly speak for it is left out."""
        scores = self._scores(units, entries, rivals)
        slots = [
            Slot(
                entry.place.section,
                entry.place.section in headed,
                number == 0 or entries[number - 1].place.section != entry.place.section,
            )
            for number, entry in enumerate(entries)
        ]
        runs: defaultdict[int, list[Unit]] = defaultdict(list)
        weights: defaultdict[int, float] = defaultdict(float)
        for unit, number, row in zip(units, assign(units, slots, scores), scores, strict=True):
            if number >= 0:
                runs[number].append(unit)
                weights[number] += row[number]
        least = {number: _LEAST_HEADED if slots[number].headed else _LEAST for number in runs}
        return {number: own for number, own in runs.items() if weights[number] >= least[number]}

    def _scores(
        self,
        units: Sequence[Unit],
        entries: Sequence[Passage | Recommendation],
        rivals: Sequence[Passage | Recommendation],
    ) -> list[list[float]]:
        likeness = Likeness([*entries, *rivals])
        count = len(entries)
        quoted = [
            (number, quote.quoted.casefold())
            for number, entry in enumerate(entries)
            for quote in self._pack.quotes
            if quote.place == entry.place and len(quote.quoted) >= _MIN_QUOTED
        ]
        table = []
        for unit in units:
            scores = likeness.scores(unit.text)
            rival = max(scores[count:], default=0.0)
            own = [score - max(0.0, rival) for score in scores[:count]]
            folded = unit.text.casefold()
            for number, words in quoted:
                if len(folded) >= 0.6 * len(words) and fuzz.partial_ratio(words, folded) >= 92:
                    own[number] += _QUOTED
            table.append(own)
        return table

    def _take(self, place: Place, own: Sequence[Unit]) -> None:
        parts: list[tuple[int, int, int]] = []
        for unit in own:
            if parts and parts[-1][0] == unit.block:
                parts[-1] = (unit.block, parts[-1][1], unit.end)
            else:
                parts.append((unit.block, unit.start, unit.end))
        text = " ".join(self._blocks[at].text[start:end].strip() for at, start, end in parts)
        block, start, _ = parts[0]
        self._found.append((block, start, Aligned(place, self._blocks[block].page_at(start), text)))
        for at, first, last in parts:
            if last - first >= 0.6 * len(self._blocks[at].text) or len(parts) > 1:
                self._taken.add(at)

    def result(self) -> Alignment:
        """Give what was found, in the document's order, and name what was not."""
        found = tuple(aligned for _, _, aligned in sorted(self._found, key=lambda entry: entry[:2]))
        have = {aligned.place for aligned in found}
        return Alignment(found, tuple(place for place in wanted_places(self._pack) if place not in have))


def wanted_places(pack: Pack) -> list[Place]:
    """List the places that a copy should hold: passages, recommendations, quotes and figures, each once."""
    entries = (*pack.passages, *pack.recommendations, *pack.quotes, *pack.figures)
    return list(dict.fromkeys(entry.place for entry in entries))
