"""Citing: ready-to-paste references in the styles that readers are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.brief.pack import Pack
from bot.brief.places import Place, parse_place
from bot.brief.references import STYLES, Style, reference
from bot.terminal.choices import choose
from bot.terminal.safety import shorten
from bot.terminal.screen import Screen
from bot.terminal.screen import Style as Look

STYLE_NAMES: tuple[Style, ...] = tuple(STYLES)


def cite_as(screen: Screen, packs: Sequence[Pack], wanted: str) -> None:
    """Show the reference in a style (APA when none is named), for a place when one is."""
    style, rest = _style(wanted)
    cited = _places(packs, rest) if rest else [(pack, None) for pack in packs]
    if not cited:
        screen.put(f"“{shorten(rest)}” is neither a style nor a place of the brief.")
        screen.put(f"Styles: {', '.join(STYLE_NAMES)}. Places: such as {_example(packs)}.", Look.QUIET)
        return
    for pack, place in cited:
        page = pack.page_of(place) if place else ""
        found = reference(pack.publication, style, place, page)
        screen.heading(f"{style}, {place.label}" if place else style)
        screen.verbatim(found.text)
        if found.in_text:
            screen.gap()
            screen.verbatim(f"In the text: {found.in_text}")
        screen.gap()
    others = ", ".join(name for name in STYLE_NAMES if name != style)
    screen.put(f"Other styles: {others}. With a place: /cite {style} {_example(packs)}", Look.QUIET, hang=2)


def _style(wanted: str) -> tuple[Style, str]:
    first, _, rest = wanted.partition(" ")
    for name in STYLE_NAMES:
        if first.casefold() == name.casefold():
            return name, rest.strip()
    return "APA", wanted


def _places(packs: Sequence[Pack], wanted: str) -> list[tuple[Pack, Place | None]]:
    """Find the place that was meant in the first pack that has it."""
    for pack in packs:
        exact = parse_place(wanted, pack.outline)
        if exact and _exists(pack, exact):
            return [(pack, exact)]
    title, _, number = wanted.rpartition(" ")
    number = number.strip(".")
    paragraph = int(number) if title and number.isascii() and number.isdigit() and len(number) < 5 else None
    title = title.casefold().removesuffix("para.").removesuffix("paragraph").rstrip(" ,") if paragraph else wanted
    for pack in packs:
        chosen = choose(title, pack.outline)
        if chosen is not None:
            place = Place(pack.outline[chosen], paragraph)
            if paragraph is None or _exists(pack, place):
                return [(pack, place)]
    return []


def _exists(pack: Pack, place: Place) -> bool:
    return place.paragraph is None or any(place in (entry.place, *entry.also) for entry in pack.entries)


def _example(packs: Sequence[Pack]) -> str:
    return next((str(passage.place) for pack in packs for passage in pack.passages), "Summary 1")
