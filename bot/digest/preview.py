"""What autocompletion shows while a moderator types a schedule: the next due times, or why it cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.brief.publication import MONTHS
from bot.digest.forms import headline
from bot.digest.rules import DAYS, Rule, next_slots
from bot.digest.wishes import Refused, Wishes, parse

MAX_PREVIEW = 100  # Discord's limit for the name of a choice
_DUE = 3
_OFFERS = {
    "repeat": ("weekly", "daily", "monthly"),
    "days": ("mon", "mon thu", "weekdays", "fri", "first monday", "last friday", "15", "last"),
    "time": ("09:00", "08:00", "12:00", "15:00", "18:00", "20:00"),
    "start": ("today", "tomorrow", "next monday", "in 2 weeks"),
    "end": ("never", "in 4 weeks", "in 3 months", "in 6 months"),
}


def preview(
    wishes: Wishes, now: dt.datetime, zones: Collection[str], typing: str = "", base: Rule | None = None
) -> str:
    """Say in at most 100 characters when wishes come due, or why they cannot be; ``typing``: the option being typed.

    What is wrong with the option being typed comes first; a trouble elsewhere is named by its option.
    """
    outcome = parse(wishes, now, zones, base)
    if isinstance(outcome, Refused):
        first = outcome.troubles[0]
        elsewhere = f"{first.field}: {first.sentence}" if typing and typing != first.field else first.sentence
        return _cut(outcome.about(typing) or elsewhere)
    return _due(outcome, now)


def offers(field: str) -> tuple[str, ...]:
    """List what may be offered for an option before anything is typed; nothing for zones, which are too many."""
    return _OFFERS.get(field, ())


def _due(rule: Rule, now: dt.datetime) -> str:
    zone = ZoneInfo(rule.zone)
    walls = [slot.astimezone(zone) for slot in next_slots(rule, now, _DUE)]
    years = [now.astimezone(zone).year, *(wall.year for wall in walls)]
    shown = [
        _shown(wall, rule, with_year=year != before)
        for wall, (before, year) in zip(walls, pairwise(years), strict=True)
    ]
    line = f"{headline(rule)} → {', '.join(shown)}"
    if len(shown) < _DUE:
        line += ", then it ends"
    while len(line) > MAX_PREVIEW and len(shown) > 1:
        shown.pop()
        line = f"{headline(rule)} → {', '.join(shown)}, …"
    return _cut(line)


def _shown(wall: dt.datetime, rule: Rule, *, with_year: bool) -> str:
    """Write a due time as ``Mon 30 Nov``, with the hour where clocks make it another than asked for."""
    day = f"{DAYS[wall.weekday()].capitalize()} {wall.day} {MONTHS[wall.month - 1][:3]}"
    year = f" {wall.year}" if with_year else ""
    moved = f" {wall:%H:%M}" if wall.time() != rule.at else ""
    return day + year + moved


def _cut(line: str) -> str:
    """Bring a line to what a choice may hold, at a word."""
    if len(line) <= MAX_PREVIEW:
        return line
    cut = line[: MAX_PREVIEW - 1]
    return f"{cut.rpartition(' ')[0].rstrip(' ,;:') or cut}…"
