"""Banks: everything that can be asked about a brief, made once; and a server's own questions beside it."""

from __future__ import annotations

import random
from collections.abc import Iterable

from bot.brief.quiz_items import QuizItem
from bot.discord.library import Volume
from bot.files.english import common_english
from bot.quiz.generated import bank
from bot.quiz.items import Item, Source, settle
from bot.quiz.wording import Lexicon, lexicon_of


class Banks:
    """Makes the bank and the lexicon of each volume when they are first wanted.

    Options keep their order for ever: what a form was made of is found again after a restart.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._items: dict[str, tuple[Item, ...]] = {}
        self._lexicons: dict[str, Lexicon] = {}

    def items(self, volume: Volume) -> tuple[Item, ...]:
        """Give what the brief itself lets one ask."""
        if volume.id not in self._items:
            self._items[volume.id] = bank(volume.pack, random.Random(volume.id))
        return self._items[volume.id]

    def lexicon(self, volume: Volume) -> Lexicon:
        """Give what is known of the brief's words."""
        if volume.id not in self._lexicons:
            self._lexicons[volume.id] = lexicon_of(volume.pack, common_english())
        return self._lexicons[volume.id]


def settled(volume: Volume, items: Iterable[QuizItem]) -> tuple[Item, ...]:
    """Make a server's own questions ready to be asked."""
    return tuple(settle(item, Source.OWN, random.Random(item.id), volume.pack) for item in items)
