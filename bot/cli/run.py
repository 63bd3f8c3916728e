"""``briefbot run``: reads the configuration, and hands over to what knows Discord."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.cli.exits import DONE, FAILED, WRONG, Failed
from bot.cli.library import open_packs, pack_folders
from bot.files.configuration import Configuration, database_url, find_configuration, load_configuration, token_from
from bot.files.library import data_dir
from bot.files.problems import ContentError
from bot.files.shelf import shelve_apart


def main(config: str) -> int:
    """Run the bot from the command line; a user's mistake is a sentence, never a traceback."""
    try:
        return run(Path(config) if config else None)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return failure.status
    except KeyboardInterrupt:
        return FAILED


def run(config: Path | None) -> int:
    """Run the bot; status 2 for a configuration that cannot be used, 1 for what fails outside."""
    with _wrong():
        found = find_configuration(config)
        configuration = load_configuration(found) if found else Configuration()
        token = token_from(os.environ)
        data = data_dir(configuration.data_dir)
        url = database_url(configuration, data)
    with ThreadPoolExecutor(1, "shelving") as pool:  # at a first start, a pack is indexed while the rest is imported
        for folder in pack_folders(configuration.packs, data):
            pool.submit(shelve_apart, folder, data)
        from bot.cli.connect import Ended, connect, log_to_stderr  # noqa: PLC0415 - see above
    log_to_stderr(configuration.log_level, (token,))
    askers = open_packs(configuration.packs, data)
    gc.freeze()  # what is loaded stays as long as the process: no collection needs to look at it again
    gc.set_threshold(10_000, 20)  # an answer makes some thousand short-lived objects; looking at each 700 is a waste
    ended = connect(configuration, askers, data, url, token)
    if ended is not Ended.STOPPED:
        raise Failed(f"{ended.value}.", FAILED)
    return DONE


@contextlib.contextmanager
def _wrong() -> Iterator[None]:
    try:
        yield
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
