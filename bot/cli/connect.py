"""Connecting: the services, the cogs and the client wired together on one event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.answers.askers import Asker
from bot.charts.charts import Charts
from bot.cli.exits import FAILED, Failed
from bot.discord.book import Book
from bot.discord.client import BriefBot, point_at
from bot.discord.cogs.all import COGS
from bot.discord.faults import Faults
from bot.discord.library import Library
from bot.discord.running import Ended, log_to_stderr, run
from bot.discord.services import Services
from bot.files.configuration import Configuration
from bot.store.database import Store, StoreFault

__all__ = ["Ended", "connect", "log_to_stderr"]

_log = logging.getLogger(__name__)
_CLOSING = 1.0  # seconds


def connect(configuration: Configuration, askers: Sequence[Asker], data: Path, url: str, token: str) -> Ended:
    """Open the database, connect, and work until a signal."""
    library = Library(askers, configuration.verbatim_on_discord)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(_connect(configuration, library, data, url, token))


async def _connect(configuration: Configuration, library: Library, data: Path, url: str, token: str) -> Ended:
    try:
        store = await Store.open(url)
    except StoreFault as fault:
        raise Failed(str(fault), FAILED) from None
    try:
        point_at(configuration.discord)
        services = Services(configuration, library, store, Book(store), Charts(data / "charts"), Faults())
        return await run(BriefBot(services, COGS), token)
    finally:
        await _close(store)


async def _close(store: Store) -> None:
    """Close the database; one that answers no more keeps nobody from leaving."""
    try:
        async with asyncio.timeout(_CLOSING):
            await store.close()
    except TimeoutError:
        _log.warning("the database did not end in time what it was doing")


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Choose the faster event loop where there is one: not on Windows."""
    try:
        import uvloop  # noqa: PLC0415 - see above
    except ImportError:
        return None
    return uvloop.new_event_loop
