"""Services: what every cog works with, built once and passed in."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.charts.charts import Charts
from bot.discord.book import Book
from bot.discord.faults import Faults
from bot.discord.heard import Heard
from bot.discord.library import Library
from bot.discord.tally import Tally
from bot.files.configuration import Configuration
from bot.store.database import Store


@dataclass(frozen=True, slots=True)
class Services:
    """The library, the database with what is remembered of it, the charts, and the one error path."""

    configuration: Configuration
    library: Library
    store: Store
    book: Book
    charts: Charts
    faults: Faults
    tally: Tally = field(init=False)
    heard: Heard = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count for this database."""
        object.__setattr__(self, "tally", Tally(self.store))
        object.__setattr__(self, "heard", Heard(self.store))
