"""Citing: ready-to-paste references in the styles that readers are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.outline import exact_place, find_place
from bot.brief.pack import Pack
from bot.brief.places import Place
from bot.brief.references import STYLES, Style, reference
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
    """Find the place that was meant in the first pack that has it, under its own name in any before a likely one."""
    for find in (exact_place, find_place):
        for pack in packs:
            place = find(pack, wanted)
            if place:
                return [(pack, place)]
    return []


def _example(packs: Sequence[Pack]) -> str:
    return next((str(passage.place) for pack in packs for passage in pack.passages), "Summary 1")
