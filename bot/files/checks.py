"""What must hold across the files of a pack: unique ids and questions, places that exist, paragraphs without gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.brief.places import Place, parse_place
from bot.files.formats.entries import (
    FIGURE_PLACES,
    GOLD_PLACES,
    IDS,
    OTHER_PLACES,
    PASSAGE_PLACES,
    QUESTIONS,
    QUOTE_PLACES,
    RECOMMENDATION_PLACES,
    SECTIONS,
    folded,
)
from bot.files.formats.golden import GOLDEN_IDS
from bot.files.formats.head import PUBLICATION_PLACE
from bot.files.problems import shown
from bot.files.schema import Note, Reading, Spot

_MAKE_PARAGRAPHS = ("pack.yaml", "passages.yaml", "recommendations.yaml", "quotes.yaml")
_USE_SECTIONS = (*_MAKE_PARAGRAPHS, "figures.yaml", "overviews.yaml", "glossary.yaml")
_HOLD_PLACES = frozenset(
    {
        "outline",
        "place",
        "also",
        "title",
        "sections",
        "passages",
        "recommendations",
        "quotes",
        "figures",
        "overviews",
        "terms",
    }
)


def check_across(reading: Reading, pack: Spot | None = None) -> None:
    """Report what is wrong between entries; ``pack``: the root of ``pack.yaml``, where there is a whole pack.

    What hangs on places that could not be read is left for the next round, so that one fault is not told twice.
    """
    notes = reading.notes
    _unique(reading, notes[IDS], "the id", "ids are unique over the pack, rename one")
    _unique(reading, notes[GOLDEN_IDS], "the id", "rename one")
    _unique(reading, notes[SECTIONS], "the section", "merge the two")
    _unique(reading, notes[QUESTIONS], "the question", "it may lead to one answer only, delete or reword one")
    if not (pack and reading.sections):
        return
    for ledger in (PASSAGE_PLACES, RECOMMENDATION_PLACES):
        _unique(reading, notes[ledger], "the place", "correct the paragraph's number")
    unused = [] if reading.blind(_USE_SECTIONS, _HOLD_PLACES) else _unused_sections(reading)
    if not reading.blind(_MAKE_PARAGRAPHS, _HOLD_PLACES):
        _paragraphs(reading)
    for index in unused:
        message = f"no entry lies in the section {shown(reading.sections[index])}; write one, or delete the title"
        pack.report(message, "outline", index)


def _unique(reading: Reading, notes: Sequence[Note], what: str, mend: str) -> None:
    if len({folded(note.text) for note in notes}) == len(notes):
        return
    firsts: dict[str, Note] = {}
    files: list[str] = []
    for note in notes:
        if note.at.file not in files:
            files.append(note.at.file)
    for note in sorted(notes, key=lambda note: (files.index(note.at.file), note.line)):
        first = firsts.setdefault(folded(note.text), note)
        if first is not note:
            message = f"{what} {shown(note.text)} is already given at {_where(first)}; {mend}"
            reading.report(note.line, note.at, message)


def _where(note: Note) -> str:
    file, entry, key = note.at.spell()
    inside = ", ".join(filter(None, (entry, key)))
    return f"{file}:{note.line}" + (f" ({inside})" if inside else "")


def _paragraphs(reading: Reading) -> None:
    defined = _defined(reading)
    gappy = _gaps(reading, defined)
    for ledger in (OTHER_PLACES, QUOTE_PLACES, FIGURE_PLACES, GOLD_PLACES):
        for note in reading.notes[ledger]:
            place = _place(note, reading)
            numbers = defined.get(place.section, {})
            if place.paragraph is not None and place.paragraph not in numbers and place.section not in gappy:
                reading.report(note.line, note.at, _no_paragraph(place, len(numbers)))


def _place(note: Note, reading: Reading) -> Place:
    return parse_place(note.text, reading.sections) or Place(note.text)


def _no_paragraph(place: Place, count: int) -> str:
    if not count:
        return f"{shown(place.section)} has no numbered paragraphs in this pack; cite it without a number"
    return f"{shown(place.section)} has no paragraph {place.paragraph}; it has 1 to {count}, correct the number"


def _defined(reading: Reading) -> dict[str, dict[int, Note]]:
    """Collect the paragraphs of each section; quotes make paragraphs only where nothing else does."""
    defined: defaultdict[str, dict[int, Note]] = defaultdict(dict)
    for ledgers in ((PASSAGE_PLACES, RECOMMENDATION_PLACES), (QUOTE_PLACES,)):
        taken = set(defined)
        for ledger in ledgers:
            for note in reading.notes[ledger]:
                place = _place(note, reading)
                if place.paragraph is not None and place.section not in taken:
                    defined[place.section].setdefault(place.paragraph, note)
    return dict(defined)


def _gaps(reading: Reading, defined: dict[str, dict[int, Note]]) -> set[str]:
    """Report the first gap of each section; give the sections that have one."""
    gappy = set()
    for section, numbers in defined.items():
        for expected, number in enumerate(sorted(numbers), 1):
            if number != expected:
                note = numbers[number]
                message = (
                    f"is paragraph {number} of {shown(section)}, but there is no paragraph {expected}; "
                    "number the paragraphs from 1 without gaps"
                )
                reading.report(note.line, note.at, message)
                gappy.add(section)
                break
    return gappy


def _unused_sections(reading: Reading) -> list[int]:
    """List the positions in the outline of sections that no entry lies in."""
    used = {PUBLICATION_PLACE.section}
    used.update(note.text for note in reading.notes[SECTIONS])
    for ledger in (PASSAGE_PLACES, RECOMMENDATION_PLACES, QUOTE_PLACES, FIGURE_PLACES, OTHER_PLACES):
        used.update(_place(note, reading).section for note in reading.notes[ledger])
    return [index for index, title in enumerate(reading.sections) if title not in used]
