"""The configuration of ``briefbot run``: a file of settings, and the few secrets that the environment gives."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.files.configuration_format import (
    API_BASE,
    CDN_BASE,
    CONFIGURATION_FILE,
    CONTACT,
    DATA_DIR,
    DATABASE,
    DATABASE_ADDRESS,
    DATABASE_URL,
    DEV_GUILD_ID,
    DISCORD,
    GATEWAY_URL,
    KEEP_DAYS,
    KEPT_DAYS,
    LEVEL,
    LOG_LEVEL,
    MAX_SNOWFLAKE,
    PACKS,
    SHARD_COUNT,
    SHARD_IDS,
    SOURCE_URL,
    UNANSWERED,
    VERBATIM,
)
from bot.files.disk import read_bounded
from bot.files.kinds import ID_PATTERN
from bot.files.problems import ContentError, complain, guess, shown
from bot.files.schema import At, Reading, Spot, Unreadable, Values
from bot.files.strict_yaml import Node, Scalar, decode, parse

NAME = "config.yaml"
TOKEN, TOKEN_FILE = "DISCORD_TOKEN", "DISCORD_TOKEN_FILE"
DATABASE_VARIABLE = "BRIEFBOT_DATABASE_URL"
MAX_BYTES, MAX_TOKEN_BYTES = 64_000, 4_000
_DIGITS = re.compile(rb"[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordOptions:
    """How Discord is reached; what is empty or None is left to discord.py."""

    api_base: str = ""
    gateway_url: str = ""
    cdn_base: str = ""
    shard_count: int | None = None
    shard_ids: tuple[int, ...] | None = None
    dev_guild_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The settings; ``packs`` are ids and absolute folders, the first is the default; none: the program decides."""

    packs: tuple[str, ...] = ()
    data_dir: Path | None = None
    database_url: str = ""
    discord: DiscordOptions = field(default_factory=DiscordOptions)
    verbatim_on_discord: frozenset[str] = frozenset()
    keep_unanswered_days: int = KEPT_DAYS
    source_url: str = ""
    contact: str = ""
    log_level: str = LOG_LEVEL


def find_configuration(named: Path | None) -> Path | None:
    """Find the file: the named one, else ``config.yaml`` in the working folder, else None.

    Raises ContentError where the named one is missing.
    """
    if named is None:
        return Path(NAME) if os.path.lexists(NAME) else None
    if not os.path.lexists(named):
        raise complain(str(named), "does not exist; check the name of the configuration file")
    return named


def load_configuration(path: Path) -> Configuration:
    """Load the settings; relative paths in it start at its folder. Raises ContentError with all its problems."""
    name = str(path)
    data = _read(path, name, MAX_BYTES)
    if _blank(decode(data, name)):
        return Configuration()
    document = parse(data, name)
    reading = Reading()
    reading.problems.extend(document.problems)
    folder = os.path.dirname(os.path.abspath(path))
    configuration = _build(document.root, At(None, name), reading, folder) if document.root else None
    if configuration is None or reading.problems:
        raise ContentError(reading.problems)
    return configuration


def database_url(configuration: Configuration, data: Path) -> str:
    """Give the database's address: the environment's, else the configured one, else SQLite in the data folder.

    Raises ContentError, without the address, where the environment's does not fit.
    """
    if named := os.environ.get(DATABASE_VARIABLE, "").strip():
        if not DATABASE_ADDRESS.fits(named):
            raise complain(DATABASE_VARIABLE, f"does not fit; write {DATABASE_ADDRESS.wanted}")
        return named
    folder = data.as_posix().replace("%", "%25").replace("?", "%3F")  # SQLAlchemy takes them for its own
    return configuration.database_url or f"sqlite+aiosqlite:///{folder}/briefbot.sqlite3"


def token_from(environ: Mapping[str, str]) -> str:
    """Take the bot's token from ``DISCORD_TOKEN``, else from the file that ``DISCORD_TOKEN_FILE`` names.

    Raises ContentError, without the token (which may stand in either by mistake).
    """
    given, file = environ.get(TOKEN, "").strip(), environ.get(TOKEN_FILE, "").strip()
    if given and file:
        raise complain(TOKEN, f"is set and {TOKEN_FILE} too; unset one of the two")
    if given:
        return _sound(given, TOKEN)
    if not file:
        raise complain(TOKEN, f"is not set; set it to the bot's token, or {TOKEN_FILE} to the name of a file with it")
    name = f"the file of {TOKEN_FILE}"
    token = decode(_read(Path(os.path.expanduser(file)), name, MAX_TOKEN_BYTES), name).strip()
    if not token:
        raise complain(name, "is empty; write the bot's token into it")
    return _sound(token, name)


def application_id(token: str) -> int | None:
    """Read the application's id in the first part of a bot token, or None."""
    first = token.partition(".")[0]
    try:
        digits = base64.b64decode(first + "=" * (-len(first) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return _snowflake(digits)


def _snowflake(digits: bytes) -> int | None:
    number = int(digits) if _DIGITS.fullmatch(digits) else 0
    return number if 0 < number <= MAX_SNOWFLAKE else None


def _sound(token: str, name: str) -> str:
    if token.split() != [token]:
        raise complain(name, 'holds a space or a line break; give the token alone, without "Bot" before it')
    if token[0] in "\"'" or token[-1] in "\"'":
        raise complain(name, "holds the token in quotes; take them off")
    if not (token.isascii() and token.isprintable()):
        raise complain(name, "holds a character that no token has; copy the token again")
    return token


def _read(path: Path, name: str, limit: int) -> bytes:
    if os.path.isfile(path) and (size := os.path.getsize(path)) > limit:
        raise complain(name, f"is {size:,} bytes large, at most {limit:,} are read; check that it is the right file")
    return read_bounded(path, name)


def _blank(text: str) -> bool:
    """Tell whether a file says nothing: every line is empty or a comment."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))


def _build(root: Node, at: At, reading: Reading, folder: str) -> Configuration | None:
    if isinstance(root, Scalar) and root.plain and not root.text:  # a lone ---
        return Configuration()
    try:
        values = CONFIGURATION_FILE.values(root, at, reading)
    except Unreadable:
        return None
    spot = Spot(root, at, reading)
    packs = _packs(values.get(PACKS) or (), spot, folder)
    _check_verbatim(values, packs, spot)
    if not values.sound:
        return None
    database, unanswered = values.get(DATABASE), values.get(UNANSWERED)
    return Configuration(
        packs=packs,
        data_dir=Path(_absolute(values[DATA_DIR], folder)) if values[DATA_DIR] else None,
        database_url=database[DATABASE_URL] if database else "",
        discord=_discord(values.get(DISCORD)),
        verbatim_on_discord=frozenset(values[VERBATIM]),
        keep_unanswered_days=unanswered[KEEP_DAYS] if unanswered else KEPT_DAYS,
        source_url=values[SOURCE_URL],
        contact=values[CONTACT],
        log_level=values[LEVEL],
    )


def _discord(values: Values | None) -> DiscordOptions:
    if values is None:
        return DiscordOptions()
    return DiscordOptions(
        api_base=values[API_BASE],
        gateway_url=values[GATEWAY_URL],
        cdn_base=values[CDN_BASE],
        shard_count=values[SHARD_COUNT],
        shard_ids=values[SHARD_IDS],
        dev_guild_id=values[DEV_GUILD_ID],
    )


def _absolute(path: str, folder: str) -> str:
    return os.path.abspath(os.path.join(folder, os.path.expanduser(path)))


def _packs(names: tuple[str, ...], spot: Spot, folder: str) -> tuple[str, ...]:
    """Tell folders from ids, make the folders absolute, and refuse what is neither, or two packs of one id."""
    found: dict[str, str] = {}
    for index, name in enumerate(names):
        path = _absolute(name, folder)
        is_path = "/" in name or os.sep in name or os.path.isdir(path)
        pack_id = os.path.basename(path) if is_path else name
        if not is_path and not ID_PATTERN.fullmatch(name):
            message = f"{shown(name)} is no pack's id and no folder beside this file; write an id, or a path with a /"
            spot.report(message, "packs", index)
        elif pack_id in found:
            message = f"there is a pack {shown(pack_id)} already; delete one of the two, or rename the folder"
            spot.report(message, "packs", index)
        found.setdefault(pack_id, path if is_path else name)
    return tuple(found.values())


def _check_verbatim(values: Values, packs: tuple[str, ...], spot: Spot) -> None:
    ids = [os.path.basename(pack) for pack in packs]
    for index, pack_id in enumerate(values.get(VERBATIM) or ()):
        if ids and pack_id not in ids:
            message = f"{shown(pack_id)} is none of the packs of this file; {guess(pack_id, ids, 'packs')}"
            spot.report(message, "verbatim_on_discord", index)
