"""``briefbot chat``: a conversation with packs in the terminal."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from bot.cli.exits import DONE, WRONG, Failed
from bot.cli.library import pack_folders
from bot.files.english import common_english
from bot.files.library import data_dir
from bot.files.problems import ContentError
from bot.terminal.chat import Conversation, listen
from bot.terminal.shelf import Shelf


def chat(packs: Sequence[str], *, watch: bool) -> int:
    """Prompt on a terminal; otherwise answer standard input line by line."""
    try:
        shelf = Shelf(pack_folders(packs), data_dir(), common_english())
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
    gc.freeze()  # the index stays; what a session leaves behind is collected from here on
    gc.enable()
    conversation = Conversation(shelf, watch=watch)
    if not _is_terminal():
        listen(conversation)
        return DONE
    from bot.terminal.history import open_history  # noqa: PLC0415 - a pipe needs no prompt
    from bot.terminal.prompt import converse  # noqa: PLC0415

    converse(conversation, open_history(data_dir()))
    return DONE


def _is_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
