"""Timing: a schedule's rule as it is kept and spoken, and what completion says of one that is being typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.digest.dates import read_date
from bot.digest.forms import from_json, headline, spoken, spoken_date
from bot.digest.preview import offers, preview
from bot.digest.rules import BadRule, Rule, instant, next_slots
from bot.digest.unclear import Unclear
from bot.digest.wishes import Refused, Wishes, parse
from bot.discord.cards.layout import body
from bot.discord.faults import Refusal
from bot.discord.markdown import shortened
from bot.store.digest_records import Schedule

MAX_NAME = 100  # of a choice
_ROOM = 300
_RESUMES = ("tomorrow", "next monday", "in 2 weeks", "in 1 month")
_LATEST = dt.timedelta(days=3653)


def rule_of(schedule: Schedule) -> Rule | None:
    """Read a schedule's rule; None for one that this program cannot read, such as of a zone that is no more."""
    try:
        return from_json(schedule.rule)
    except BadRule:
        return None


def need_rule(schedule: Schedule) -> Rule:
    """Give a schedule's rule; raises Refusal."""
    rule = rule_of(schedule)
    if rule is None:
        raise Refusal("I cannot read when this schedule is due any more; delete it, and schedule it anew.")
    return rule


def said(schedule: Schedule) -> str:
    """Say when a schedule is due."""
    rule = rule_of(schedule)
    return body(spoken(rule), _ROOM) if rule else "at times that I cannot read any more"


def name_of(schedule: Schedule, channel: str) -> str:
    """Name a schedule in a list of choices."""
    rule = rule_of(schedule)
    title = schedule.setting.get("title")
    told = f"#{schedule.id} · {headline(rule) if rule else 'unreadable'} · {channel}"
    return shortened(f"{told} · {title}" if title else told, MAX_NAME)


def due_times(slots: Iterable[dt.datetime]) -> str:
    """List due times as each reader's clock shows them."""
    return "\n".join(f"- {moment(slot, 'F')}" for slot in slots)


def moment(at: dt.datetime, style: str = "f") -> str:
    """Write an instant as each reader's clock shows it."""
    return f"<t:{int(at.timestamp())}:{style}>"


def read_wishes(wishes: Wishes, now: dt.datetime, zones: Collection[str], base: Rule | None = None) -> Rule:
    """Read wishes to a rule; raises Refusal with a sentence for each that cannot be."""
    found = parse(wishes, now, zones, base)
    if isinstance(found, Refused):
        lines = [f"- **{one.field}**: {body(one.sentence, _ROOM)}" for one in found.troubles]
        raise Refusal("\n".join(["That makes no schedule yet:", *lines]))
    return found


def wishes_of(option: Callable[[str], object]) -> Wishes:
    """Take wishes from options as far as they are texts; ``option`` gives one by its name."""
    names = ("repeat", "days", "time", "zone", "start", "end")
    changes: dict[str, Any] = {name: str(option(name) or "") for name in names}
    return replace(Wishes(), **changes)


def suggest(
    field: str, typed: str, wishes: Wishes, now: dt.datetime, zones: Collection[str], base: Rule | None
) -> dict[str, str]:
    """Say for what was typed of an option, and for what may be meant, when it is due, or why not: names to values."""
    wanted = typed.strip()[:MAX_NAME]
    begun = [offer for offer in offers(field) if offer.startswith(wanted.casefold()) and offer != wanted]
    found: dict[str, str] = {}
    for value in [*([wanted] if wanted else []), *begun]:
        found.setdefault(_line(field, _with(wishes, field, value), now, zones, base), value)
    return found


def suggest_resuming(typed: str, rule: Rule, now: dt.datetime) -> dict[str, str]:
    """Say for a date on which a schedule is to go on when it is due then, or why not: names to values."""
    wanted = typed.strip()[:MAX_NAME]
    begun = [offer for offer in _RESUMES if offer.startswith(wanted.casefold()) and offer != wanted]
    found: dict[str, str] = {}
    for value in [*([wanted] if wanted else []), *begun]:
        at = resuming(value, rule, now)
        found.setdefault(shortened(at if isinstance(at, str) else _resumes(value, at, rule), MAX_NAME), value)
    return found


def resuming(text: str, rule: Rule, now: dt.datetime) -> dt.datetime | str:
    """Read the date on which a schedule goes on, to its first moment there; or a sentence that says why not."""
    zone = ZoneInfo(rule.zone)
    today = now.astimezone(zone).date()
    found = read_date(text, today)
    if isinstance(found, Unclear):
        return found.sentence
    if found <= today:
        return f"It can go on tomorrow at the earliest; today is {spoken_date(today)}."
    if found - today > _LATEST:
        return "That date is more than ten years away; choose a nearer one."
    at = instant(dt.datetime.combine(found, dt.time()), zone)
    if not following(rule, at):
        return "Nothing would be due from that date on; choose an earlier one."
    return at


def following(rule: Rule, after: dt.datetime, *, count: int = 1) -> Sequence[dt.datetime]:
    """Give the slots from an instant on."""
    return next_slots(rule, after - dt.timedelta(seconds=1), count)


def _line(field: str, wishes: Wishes, now: dt.datetime, zones: Collection[str], base: Rule | None) -> str:
    """Preview wishes; a start or an end is named, because the times alone do not tell of it."""
    line = preview(wishes, now, zones, field, base)
    rule = parse(wishes, now, zones, base)
    if field not in {"start", "end"} or isinstance(rule, Refused):
        return line
    known = f"From {spoken_date(rule.start)}"
    if field == "end":
        known = f"Until {spoken_date(rule.end)}" if rule.end else "Without end"
    return shortened(f"{known} → {line.partition(' → ')[2]}", MAX_NAME)


def _with(wishes: Wishes, field: str, value: str) -> Wishes:
    changes: dict[str, Any] = {field: value}
    return replace(wishes, **changes)


def _resumes(value: str, at: dt.datetime, rule: Rule) -> str:
    zone = ZoneInfo(rule.zone)
    due = following(rule, at)[0].astimezone(zone)
    return f"{value}: from {spoken_date(at.astimezone(zone).date())} on; due {spoken_date(due.date())}, {due:%H:%M}"
