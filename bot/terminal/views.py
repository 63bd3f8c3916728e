"""Views: the brief by section, its quotations, its poll figures and its recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from bot.answers.attribution import cited, whose_words_of
from bot.answers.choices import choose
from bot.answers.outline import amounts, entries_in, speakers, speaks_of
from bot.brief.pack import Entry, Figure, Pack, Passage, Quote, Recommendation
from bot.terminal.answers import put_recipient, put_speaker
from bot.terminal.figures import put_bars, put_figure
from bot.terminal.safety import safe, shorten
from bot.terminal.screen import Screen, Style
from bot.words.stems import stem
from bot.words.text import words

_INDENT = 2


def browse(screen: Screen, packs: Sequence[Pack], wanted: str) -> None:
    """Show the outline, or everything in one section."""
    sections = section_titles(packs)
    if not wanted:
        _put_outlines(screen, packs)
        return
    chosen = choose(wanted, [title for _, title in sections])
    if chosen is None:
        _nothing(screen, f"There is no section “{shorten(wanted)}”.", "Sections", (title for _, title in sections))
        return
    _put_section(screen, *sections[chosen])


def section_titles(packs: Sequence[Pack]) -> list[tuple[Pack, str]]:
    """List every section of every pack in order."""
    return [(pack, title) for pack in packs for title in pack.outline]


def quotes(screen: Screen, packs: Sequence[Pack], wanted: str) -> None:
    """Show the quotations, or those by a speaker or about a subject."""
    known = [(pack, quote) for pack in packs for quote in pack.quotes]
    found = [(pack, quote) for pack, quote in known if speaks_of(quote, wanted)]
    if not known:
        screen.put("This brief quotes nobody.")
    elif not found:
        names = dict.fromkeys(name for pack in packs for name in speakers(pack))
        _nothing(screen, f"No quotation is by or about “{shorten(wanted)}”.", "Speakers", names)
    for position, (pack, quote) in enumerate(found):
        if position:
            screen.gap()
        _put_quote(screen, pack, quote)


def poll(screen: Screen, packs: Sequence[Pack], wanted: str) -> None:
    """Show the first figure, or the one that is named, and tell of the others."""
    known = [(pack, figure) for pack in packs for figure in pack.figures]
    titles = [figure.title for _, figure in known]
    chosen = choose(wanted, titles) if wanted else 0
    if not known:
        screen.put("This brief has no figures.")
        return
    if chosen is None:
        chosen = next((number for number, (_, figure) in enumerate(known) if _holds(figure, wanted)), None)
    if chosen is None:
        _nothing(screen, f"There is no figure “{shorten(wanted)}”.", "Figures", titles)
        return
    pack, figure = known[chosen]
    put_figure(screen, figure)
    screen.gap()
    screen.put(_cited(pack, figure), Style.QUIET)
    others = [f"/poll {number} {title}" for number, title in enumerate(titles, 1) if number != chosen + 1]
    for other in others:
        screen.put(f"See also {other}", Style.QUIET, hang=_INDENT)


def recommendations(screen: Screen, packs: Sequence[Pack]) -> None:
    """Show every recommendation with its horizon, addressee and citation."""
    known = [(pack, entry) for pack in packs for entry in pack.recommendations]
    if not known:
        screen.put("This brief makes no recommendations.")
    for number, (pack, entry) in enumerate(known, 1):
        if number > 1:
            screen.gap()
        screen.heading(f"{number}. {entry.title}")
        screen.put(entry.text)
        put_recipient(screen, entry)
        screen.put(_cited(pack, entry), Style.QUIET, indent=_INDENT)


def _put_outlines(screen: Screen, packs: Sequence[Pack]) -> None:
    number = 0
    for position, pack in enumerate(packs):
        if position:
            screen.gap()
        screen.heading(pack.publication.title)
        rows: list[tuple[str | Text, ...]] = []
        for title in pack.outline:
            number += 1
            rows.append((str(number), title, Text(amounts(pack, title), Style.QUIET)))
        screen.columns(rows, right=(0,))
    screen.gap()
    screen.put("/browse and a section’s number or title shows what it says.", Style.QUIET)


def _put_section(screen: Screen, pack: Pack, title: str) -> None:
    screen.heading(title)
    for section in pack.sections:
        if section.title == title:
            screen.put(section.summary)
    for entry in entries_in(pack, title):
        screen.gap()
        _put_entry(screen, pack, entry)
    screen.gap()
    screen.put(f"As of {pack.as_of}; our paraphrase where nothing else is said.", Style.QUIET)


def _put_entry(screen: Screen, pack: Pack, entry: Entry) -> None:
    match entry:
        case Quote():
            _put_quote(screen, pack, entry)
            return
        case Figure():
            screen.put(entry.title, Style.LEAD)
            screen.put(entry.summary, indent=_INDENT)
            put_bars(screen, entry)
            screen.put(f"Source: {entry.source}", Style.QUIET, indent=_INDENT)
        case _:
            screen.put(entry.title, Style.LEAD)
            screen.put(entry.text, indent=_INDENT)
    verbatim = isinstance(entry, Passage | Recommendation) and entry.verbatim
    whose = " · the author’s words" if verbatim else ""
    screen.put(f"{cited(pack, entry)}{whose}", Style.QUIET, indent=_INDENT)


def _put_quote(screen: Screen, pack: Pack, quote: Quote) -> None:
    screen.put(f"“{quote.quoted}”", Style.LEAD)
    put_speaker(screen, quote)
    screen.put(_cited(pack, quote), Style.QUIET, indent=_INDENT)


def _cited(pack: Pack, entry: Entry) -> str:
    return f"{cited(pack, entry)} · as of {pack.as_of} · {whose_words_of(entry)}"


def _holds(figure: Figure, wanted: str) -> bool:
    names = [name for column in figure.columns for name in (column.label, *column.names)]
    labels = [row.label for row in figure.rows]
    held = {stem(word) for word in words(" ".join((figure.title, figure.source, *names, *labels, *figure.keywords)))}
    asked = words(wanted)
    return bool(asked) and all(stem(word) in held for word in asked)


def _nothing(screen: Screen, sentence: str, what: str, names: Iterable[str]) -> None:
    screen.put(sentence)
    screen.put(f"{what}: {', '.join(safe(name) for name in names)}.", Style.QUIET, hang=_INDENT)
