"""Practice alone: five questions on a page, what went wrong comes back first, and progress in sentences."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.brief.quiz_items import ItemKind, parted
from bot.quiz.cells import HIGHER_LOWER, MORE_LESS
from bot.quiz.items import Item, Pick, as_choice, clash
from bot.quiz.sets import topics

PAGE = 5  # fields of a modal
_DAYS = (1, 3, 7, 21, 60)  # until a question comes back, by how often in a row it was right


@dataclass(frozen=True, slots=True)
class Result:
    """How somebody answered an item, and when."""

    item: str
    right: bool
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the page: label and description together are the question; the options are radio buttons.

    ``order``: the indices of the options as they are shown; empty: as they are.
    """

    item: Item
    label: str
    description: str
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A question of a page that was sent: the option picked (None: none), and whether it was right."""

    item: Item
    picked: int | None
    right: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where an item stands: right how often in a row, last when, and due when."""

    streak: int
    last: dt.datetime
    due: dt.datetime


def page(
    bank: Sequence[Item], results: Iterable[Result], rng: random.Random, now: dt.datetime, topic: str = ""
) -> tuple[Field, ...]:
    """Choose up to five questions that can be picked.

    First what went wrong last (the longest ago first), then what is due again, then what was never asked, then the rest
    by when it is due. Their options are in another order each time, unless that order says something.
    """
    standing = _standings(results)
    queue = sorted((item for item in bank if not topic or item.topic == topic), key=lambda item: item.id)
    rng.shuffle(queue)
    queue.sort(key=lambda item: _urgency(standing.get(item.id), now))
    chosen: list[Field] = []
    for item in queue:
        field = _field(item)
        if field and not any(clash(item, other.item) for other in chosen):
            chosen.append(replace(field, order=_order(item, field.item.options, rng)))
        if len(chosen) == PAGE:
            break
    return tuple(chosen)


def mark(fields: Sequence[Field], picked: Mapping[str, int]) -> tuple[Marked, ...]:
    """Mark a page; ``picked``: the option's index by the item's id."""
    marked = []
    for field in fields:
        option = picked.get(field.item.id)
        marked.append(Marked(field.item, option, field.item.right == Pick(-1 if option is None else option)))
    return tuple(marked)


def results_of(marked: Iterable[Marked], at: dt.datetime) -> tuple[Result, ...]:
    """Give what is to be kept of a marked page; what was left out is no result."""
    return tuple(Result(one.item.id, one.right, at) for one in marked if one.picked is not None)


def progress(bank: Sequence[Item], results: Iterable[Result], now: dt.datetime) -> tuple[str, ...]:
    """Tell somebody's progress: a sentence for the whole, and one for each topic that was begun, the weakest first."""
    standing = _standings(results)
    able = [item for item in bank if _field(item)]
    tried = [item for item in able if item.id in standing]
    if not tried:
        return ("You have not practised yet.",)
    right = sum(standing[item.id].streak > 0 for item in tried)
    lines = [f"You have tried {len(tried)} of {len(able)} questions; {right} of them were right the last time."]
    told = []
    for topic, count in topics(able).items():
        mine = [standing[item.id] for item in tried if item.topic == topic]
        if mine:
            told.append((sum(one.streak > 0 for one in mine) / len(mine), topic, _sentence(topic, count, mine, now)))
    untried = [topic for topic in topics(able) if topic not in {item.topic for item in tried}]
    lines += [sentence for *_, sentence in sorted(told)]
    if untried:
        lines.append(f"Not begun yet: {', '.join(untried)}.")
    return tuple(lines)


def _sentence(topic: str, count: int, mine: Sequence[_Standing], now: dt.datetime) -> str:
    right = sum(one.streak > 0 for one in mine)
    back = sum(one.due <= now for one in mine)
    tried = f"{topic}: {len(mine)} of {count} tried, {right} right the last time"
    if not back:
        return f"{tried}."
    return f"{tried}, {back} {'comes' if back == 1 else 'come'} back next."


def _order(item: Item, options: Sequence[str], rng: random.Random) -> tuple[int, ...]:
    fixed = item.kind in {ItemKind.NUMBER, ItemKind.TRUE_FALSE} or item.options in {MORE_LESS, HIGHER_LOWER}
    return () if fixed else tuple(rng.sample(range(len(options)), len(options)))


def _standings(results: Iterable[Result]) -> dict[str, _Standing]:
    found: dict[str, _Standing] = {}
    for result in sorted(results, key=lambda one: one.at):
        before = found.get(result.item)
        streak = (before.streak if before else 0) + 1 if result.right else 0
        wait = dt.timedelta(days=_DAYS[min(streak, len(_DAYS)) - 1]) if streak else dt.timedelta(0)
        found[result.item] = _Standing(streak, result.at, result.at + wait)
    return found


def _urgency(standing: _Standing | None, now: dt.datetime) -> tuple[int, float]:
    if standing is None:
        return 2, 0.0
    if not standing.streak:
        return 0, standing.last.timestamp()
    return (1 if standing.due <= now else 3), standing.due.timestamp()


def _field(item: Item) -> Field | None:
    """Give the item as a field of a form, or None where it cannot be picked or does not fit."""
    choice, parts = as_choice(item), parted(item.stem)
    return Field(choice, *parts) if choice and parts else None
