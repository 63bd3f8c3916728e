"""Sets: which items a quiz asks. What a server has seen least comes first: nothing repeats before all is used."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from bot.brief.quiz_items import Difficulty
from bot.quiz.items import Item, clash

LEAST_ITEMS = 3
MOST_ITEMS = 30
_ORDER = {Difficulty.EASY: 0, Difficulty.MEDIUM: 1, Difficulty.HARD: 2}


def topics(bank: Sequence[Item]) -> dict[str, int]:
    """Count the items of each topic, in the order in which the topics first come."""
    counts: dict[str, int] = {}
    for item in bank:
        counts[item.topic] = counts.get(item.topic, 0) + 1
    return counts


def fitting(bank: Sequence[Item], topic: str = "", difficulty: Difficulty | None = None) -> tuple[Item, ...]:
    """Give the items of a topic and difficulty; without them, all."""
    return tuple(
        item
        for item in bank
        if (not topic or item.topic == topic) and (difficulty is None or item.difficulty is difficulty)
    )


def choose(
    bank: Sequence[Item],
    count: int,
    rng: random.Random,
    *,
    seen: Mapping[str, int] | None = None,
    topic: str = "",
    difficulty: Difficulty | None = None,
) -> tuple[Item, ...]:
    """Choose up to ``count`` items, easy ones first; fewer where the bank has no more that go together.

    ``seen`` counts how often the server was asked each item, by id. Of equally often seen items, those of the topic
    that the set has least of go first.
    """
    queue = sorted(fitting(bank, topic, difficulty), key=lambda item: item.id)
    rng.shuffle(queue)
    chosen: list[Item] = []
    while queue and len(chosen) < count:
        mine = topics(chosen)
        best = min(queue, key=lambda item: ((seen or {}).get(item.id, 0), mine.get(item.topic, 0)))
        queue.remove(best)
        if not any(clash(best, item) for item in chosen):
            chosen.append(best)
    return tuple(sorted(chosen, key=lambda item: _ORDER[item.difficulty]))


def swap(
    chosen: Sequence[Item],
    at: int,
    bank: Sequence[Item],
    rng: random.Random,
    *,
    seen: Mapping[str, int] | None = None,
    dropped: frozenset[str] = frozenset(),
) -> tuple[Item, ...] | None:
    """Put another item in the place of one, or None where nothing is left.

    It is of the same topic and difficulty if possible, else of the same topic, else any. ``dropped``: ids that were
    swapped out before and do not come back.
    """
    old = chosen[at]
    rest = [item for index, item in enumerate(chosen) if index != at]
    queue = sorted((item for item in bank if item.id != old.id and item.id not in dropped), key=lambda item: item.id)
    rng.shuffle(queue)
    queue.sort(
        key=lambda item: (item.topic != old.topic, item.difficulty is not old.difficulty, (seen or {}).get(item.id, 0))
    )
    best = next((item for item in queue if not any(clash(item, other) for other in rest)), None)
    return None if best is None else (*chosen[:at], best, *chosen[at + 1 :])
