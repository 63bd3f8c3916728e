"""``briefbot invite``: the link that installs the bot in a server, with the least permissions."""

from __future__ import annotations

import os
from pathlib import Path

from bot.cli.exits import DONE, WRONG, Failed
from bot.files.configuration import TOKEN, TOKEN_FILE, application_id, load_configuration, token_from
from bot.files.problems import ContentError

# Bits of Discord's permissions.
VIEW_CHANNELS = 1 << 10  # to be mentioned, and to reach the channels that it posts in
SEND_MESSAGES = 1 << 11  # digests, quizzes, replies to mentions
ATTACH_FILES = 1 << 15  # charts, BibTeX and RIS, exports
READ_MESSAGE_HISTORY = 1 << 16  # replies, and finding its own messages again to edit or withdraw them
CREATE_PUBLIC_THREADS = 1 << 35  # a thread of its own for each quiz
SEND_MESSAGES_IN_THREADS = 1 << 38  # the same in threads and forums, which Send Messages does not cover
IN_THREADS = CREATE_PUBLIC_THREADS | SEND_MESSAGES_IN_THREADS
PERMISSIONS = VIEW_CHANNELS | SEND_MESSAGES | ATTACH_FILES | READ_MESSAGE_HISTORY | IN_THREADS

_LARGEST_ID = 2**63 - 1
_UNKNOWN = (
    f"Whom to invite? Name the application with --application ID (the Application ID in Discord's developer portal), "
    f"or set {TOKEN} or {TOKEN_FILE}."
)


def invite(config: Path | None, application: int | None) -> int:
    """Print the link; fail in a sentence when no application is known, or the named configuration is wrong."""
    try:
        if config is not None:  # nothing in it shapes the link, but who names a file wants to know that it is sound
            load_configuration(config)
        number = application if application is not None else _from_token()
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
    if not 0 < number <= _LARGEST_ID:
        raise Failed(f"{number} is no application's id; copy it from Discord's developer portal.", WRONG)
    print(
        f"https://discord.com/oauth2/authorize?client_id={number}&permissions={PERMISSIONS}"
        "&scope=bot%20applications.commands"
    )
    return DONE


def _from_token() -> int:
    if not any(os.environ.get(name, "").strip() for name in (TOKEN, TOKEN_FILE)):
        raise Failed(_UNKNOWN, WRONG)
    number = application_id(token_from(os.environ))
    if number is None:
        raise Failed("The token names no application; copy it again, or name the id with --application.", WRONG)
    return number
