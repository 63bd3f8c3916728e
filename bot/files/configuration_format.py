"""``config.yaml``: the settings of ``briefbot run``. Nothing here knows the file's folder or the environment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.files.kinds import ID_PATTERN, ListOf, OneOf, Text, Whole
from bot.files.problems import guess
from bot.files.schema import At, Field, Kind, Reading, Record, Schema, Spot, Unreadable, Values
from bot.files.strict_yaml import Mapping, Node, Scalar, Sequence

KEPT_DAYS = 180
LOG_LEVEL = "INFO"
MAX_LINK = 500  # a link button of Discord takes 512
MAX_PATH = 4_096
MAX_SHARDS = 10_000
MAX_SNOWFLAKE = 2**63 - 1

_MISPLACED = (  # what stands under a key that names a token
    "does not belong here: the token is taken from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names, "
    "never from a file of settings; delete this line, and reset the token if others could read it"
)


class Section(Record[Values]):
    """Settings under one key. No message repeats a value that may be a password or a token."""

    __slots__ = ()

    def read(self, node: Node, at: At, reading: Reading) -> Values:
        """Read all keys; what can be read of them is checked though others cannot."""
        values = self.values(node, at, reading)
        if self.check:
            self.check(values, Spot(node, at, reading))
        if not values.sound:
            raise Unreadable
        return values

    def values(self, node: Node, at: At, reading: Reading) -> Values:
        """Read what can be read of the keys."""
        if not isinstance(node, Mapping):
            keys = ", ".join(field.key for field in self.fields[:3])
            message = f"takes keys with values, found {_sort(node)}; write them one a line ({keys}, …), or delete it"
            raise reading.refuse(node, at, message)
        return Record.values(self, node, at, reading)  # super() does not know a class with slots

    def _unknown(self, node: Mapping, at: At, reading: Reading) -> None:
        keys = [field.key for field in self.fields]
        for key, (name, _) in node.pairs.items():
            if "://" in key:
                reading.report(name.line, at, "holds an address where a key belongs; write the key and a colon first")
            elif "token" in key.casefold():
                reading.report(name.line, At(at, key), _MISPLACED)
            elif key not in keys:
                reading.report(name.line, At(at, key), self._mend(key, keys))

    def _mend(self, key: str, keys: list[str]) -> str:
        last = key.rpartition(".")[2]
        for field in self.fields:
            if isinstance(field.kind, Section) and any(inner.key == last for inner in field.kind.fields):
                return f"is an unknown key here; write {last} under {field.key}, indented"
        return f"is an unknown key; {guess(key, keys, 'known keys')}"


def _sort(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    return "a text" if isinstance(node, Scalar) and node.text else "nothing"


@dataclass(frozen=True, slots=True)
class Address(Kind[str]):
    """An address, ``wanted`` in words. No message repeats it: it may hold a password."""

    pattern: re.Pattern[str]
    wanted: str
    limit: int = 1_000

    def read(self, node: Node, at: At, reading: Reading) -> str:
        """Read an address that fits."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if isinstance(node, Scalar) and not text:
            raise reading.refuse(node, at, "is empty; fill it or delete it")
        if len(text) > self.limit:
            message = f"is {len(text)} characters long, at most {self.limit} are allowed; shorten it"
            raise reading.refuse(node, at, message)
        if not self.fits(text):
            raise reading.refuse(node, at, f"does not fit; write {self.wanted}")
        return text

    def fits(self, text: str) -> bool:
        """Tell whether a text is such an address."""
        return len(text) <= self.limit and self.pattern.fullmatch(text) is not None

    def schema(self) -> Schema:
        """Describe the address."""
        return {"type": "string", "pattern": f"^(?:{self.pattern.pattern})$", "maxLength": self.limit}


_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(?::[0-9]{1,5})?"
_PATH = r"(?:/[^\s/?#]+)*"
_LOGIN = r"(?:[^\s:/@]*(?::[^\s@]*)?@)?"  # as SQLAlchemy reads it: only @ must be escaped, and : in the name
_DATABASE = (
    r"sqlite(?:\+aiosqlite)?://(?:/[^\s?]*)?(?:\?\S*)?"
    rf"|(?:postgres|postgresql|postgresql\+asyncpg)://{_LOGIN}(?:{_HOST})?(?:/[^\s?]*)?(?:\?\S*)?"
)

API_ADDRESS = Address(
    re.compile(rf"https?://{_HOST}{_PATH}/api/v[0-9]{{1,3}}"),
    "an address that begins with http:// or https:// and ends in /api/v10, such as http://127.0.0.1:8080/api/v10",
)
GATEWAY_ADDRESS = Address(
    re.compile(rf"wss?://{_HOST}{_PATH}/?"),
    "an address that begins with ws:// or wss://, without a question mark, such as ws://127.0.0.1:8081",
)
CDN_ADDRESS = Address(
    re.compile(rf"https?://{_HOST}{_PATH}"),
    "an address that begins with http:// or https://, without a slash at its end, such as http://127.0.0.1:8082",
)
WEB_ADDRESS = Address(
    re.compile(rf'https?://{_HOST}(?:[/?#][^\s<>"]*)?'),
    "an address that begins with http:// or https://, such as https://example.org/briefbot",
    MAX_LINK,
)
DATABASE_ADDRESS = Address(
    re.compile(_DATABASE),
    "sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME, without spaces, "
    "and with %40 for @ in the password",
)

API_BASE = Field("api_base", API_ADDRESS, "Where Discord's REST API is reached.", "http://127.0.0.1:8080/api/v10", "")
GATEWAY_URL = Field("gateway_url", GATEWAY_ADDRESS, "Where Discord's gateway is reached.", "ws://127.0.0.1:8081", "")
CDN_BASE = Field("cdn_base", CDN_ADDRESS, "Where Discord's pictures are reached.", "http://127.0.0.1:8082", "")
SHARD_COUNT = Field("shard_count", Whole(1, MAX_SHARDS), "How many shards there are over all processes.", 4, None)
SHARD_IDS = Field(
    "shard_ids",
    ListOf(Whole(0, MAX_SHARDS - 1), least=0),
    "The shards that this process runs, counted from 0.",
    [0, 1],
    None,
)
DEV_GUILD_ID = Field(
    "dev_guild_id",
    Whole(1, MAX_SNOWFLAKE, "the id of a Discord server, as Copy Server ID gives it"),
    "The server that gets the commands at once, for developing.",
    41771983423143937,
    None,
)


def _shards(values: Values, spot: Spot) -> None:
    """Check the shards of this process against those that there are."""
    ids = values.get(SHARD_IDS)
    if ids is None:
        return
    if not ids:
        spot.report("is an empty list; name at least one shard, or delete the key for all of them", "shard_ids")
    if not (isinstance(spot.node, Mapping) and SHARD_COUNT.key in spot.node.pairs):
        spot.report("needs shard_count beside it; add how many shards there are over all processes", "shard_ids")
    count = values.get(SHARD_COUNT)
    for index, number in enumerate(ids):
        if number in ids[:index]:
            spot.report(f"{number} is given twice; delete one of the two", "shard_ids", index)
        elif count is not None and number >= count:
            message = f"there is no shard {number}: of {count} the last is {count - 1}; correct the number"
            spot.report(message, "shard_ids", index)


def _as_read(values: Values) -> Values:
    return values


DATABASE_URL = Field(
    "url", DATABASE_ADDRESS, "The database's address, for SQLAlchemy.", "postgresql+asyncpg://briefbot@db/briefbot", ""
)
KEEP_DAYS = Field(
    "keep_days", Whole(1, 3_650), "After how many days an unanswered question is deleted.", KEPT_DAYS, KEPT_DAYS
)
PACKS = Field(
    "packs",
    ListOf(Text(MAX_PATH)),
    "The packs to offer, by id or folder, in the order of preference; the first is the default.",
    ["hansen-2016", "./packs/another-brief"],
    None,
)
DATA_DIR = Field("data_dir", Text(MAX_PATH), "The data folder.", "/var/lib/briefbot", "")
DATABASE = Field(
    "database",
    Section("Database", "Where the bot keeps what it must remember.", (DATABASE_URL,), _as_read),
    "Where the bot keeps what it must remember.",
    {"url": DATABASE_URL.example},
    None,
)
DISCORD = Field(
    "discord",
    Section(
        "Discord",
        "How Discord is reached.",
        (API_BASE, GATEWAY_URL, CDN_BASE, SHARD_COUNT, SHARD_IDS, DEV_GUILD_ID),
        _as_read,
        check=_shards,
    ),
    "How Discord is reached.",
    {"shard_count": 4, "shard_ids": [0, 1]},
    None,
)
VERBATIM = Field(
    "verbatim_on_discord",
    ListOf(
        Text(64, pattern=ID_PATTERN, wanted="the id of a pack: lower-case letters, digits and single hyphens"), least=0
    ),
    "The packs of which one sentence of the author's may be shown on Discord.",
    ["hansen-2016"],
    (),
)
UNANSWERED = Field(
    "unanswered",
    Section("Unanswered", "The questions that the brief did not answer.", (KEEP_DAYS,), _as_read),
    "The questions that the brief did not answer.",
    {"keep_days": KEPT_DAYS},
    None,
)
SOURCE_URL = Field(
    "source_url", WEB_ADDRESS, "Where the program's source code can be had.", "https://example.org/briefbot", ""
)
CONTACT = Field("contact", Text(200), "Whom readers can turn to.", "The library desk, library@example.org", "")
LEVEL = Field(
    "log_level", OneOf(("DEBUG", "INFO", "WARNING", "ERROR")), "How much the log tells.", LOG_LEVEL, LOG_LEVEL
)
CONFIGURATION_FILE = Section(
    "Configuration",
    "The settings of briefbot run.",
    (PACKS, DATA_DIR, DATABASE, DISCORD, VERBATIM, UNANSWERED, SOURCE_URL, CONTACT, LEVEL),
    _as_read,
)
