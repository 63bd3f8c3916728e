"""Generated items: questions that follow from a pack's quotations, figures, recommendations and summaries."""

from __future__ import annotations

import random

from bot.brief.pack import Pack
from bot.quiz.cells import about_figures
from bot.quiz.horizons import about_horizons
from bot.quiz.items import Item, curated
from bot.quiz.making import Maker
from bot.quiz.quotations import about_quotations
from bot.quiz.statements import about_statements


def generate(pack: Pack, rng: random.Random) -> tuple[Item, ...]:
    """Generate all items that the pack gives; the same seed gives the same items.

    Ids do not depend on chance; it settles the order of options, the side from which two numbers are compared, and
    which statements are false.
    """
    maker = Maker(pack, rng)
    rooms = (about_quotations, about_figures, about_horizons, about_statements)
    return tuple(item for room in rooms for item in room(maker) if item is not None)


def bank(pack: Pack, rng: random.Random) -> tuple[Item, ...]:
    """Give everything that can be asked about a pack: curated items first, then generated ones."""
    return (*curated(pack, rng), *generate(pack, rng))
