"""The settings of the bot: what they become, and every way to get them wrong in a sentence."""

from __future__ import annotations

import base64
import contextlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema  # type: ignore[import-untyped,unused-ignore]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.files.configuration import (
    Configuration,
    DiscordOptions,
    application_id,
    database_url,
    find_configuration,
    load_configuration,
    token_from,
)
from bot.files.configuration_format import CONFIGURATION_FILE, Section
from bot.files.problems import ContentError
from bot.files.schema import Field

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"
HIDDEN = "hunter2-Zk9"  # stands for a password
MADE_UP = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.a-b_c"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of the configuration; the working folder is another."""
    monkeypatch.delenv("BRIEFBOT_DATABASE_URL", raising=False)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    (tmp_path / "etc").mkdir()
    return tmp_path / "etc"


def load(folder: Path, text: str | bytes) -> Configuration:
    path = folder / "config.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_configuration(path)


def problems(folder: Path, text: str | bytes) -> list[str]:
    """List the problems without the path of the file."""
    with pytest.raises(ContentError) as caught:
        load(folder, text)
    return [str(problem).removeprefix(f"{folder}{os.sep}config.yaml") for problem in caught.value.problems]


# --- what settings become --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n  # more\n", "---\n", "log_level: INFO\n"])
def test_what_is_not_set_has_its_default(folder: Path, text: str) -> None:
    assert load(folder, text) == Configuration()


def test_every_setting_is_taken(folder: Path) -> None:
    text = """
packs: [hansen-2016, ./briefs/lakes]
data_dir: data
database:
  url: postgresql+asyncpg://bot:secret@db/bot
discord:
  api_base: http://proxy:8080/discord/api/v10
  gateway_url: wss://proxy:8081/
  cdn_base: https://proxy/cdn
  shard_count: 4
  shard_ids: [2, 3]
  dev_guild_id: 9223372036854775807
verbatim_on_discord: [lakes]
unanswered:
  keep_days: 30
source_url: https://example.org/@us/bot?tab=code
contact: "The desk: library@example.org"
log_level: DEBUG
"""
    assert load(folder, text) == Configuration(
        packs=("hansen-2016", str(folder / "briefs" / "lakes")),
        data_dir=folder / "data",
        database_url="postgresql+asyncpg://bot:secret@db/bot",
        discord=DiscordOptions(
            api_base="http://proxy:8080/discord/api/v10",
            gateway_url="wss://proxy:8081/",
            cdn_base="https://proxy/cdn",
            shard_count=4,
            shard_ids=(2, 3),
            dev_guild_id=2**63 - 1,
        ),
        verbatim_on_discord=frozenset({"lakes"}),
        keep_unanswered_days=30,
        source_url="https://example.org/@us/bot?tab=code",
        contact="The desk: library@example.org",
        log_level="DEBUG",
    )


def test_a_folder_beside_the_file_is_a_pack_though_it_is_written_without_a_slash(folder: Path) -> None:
    (folder / "lakes").mkdir()

    assert load(folder, "packs: [lakes, seas]\n").packs == (str(folder / "lakes"), "seas")


def test_a_folder_in_the_working_folder_is_no_folder_beside_the_file(folder: Path) -> None:
    Path("lakes").mkdir()

    assert load(folder, "packs: [lakes]\n").packs == ("lakes",)


def test_an_absolute_path_stays(folder: Path) -> None:
    assert load(folder, "data_dir: /srv/bot\n").data_dir == Path("/srv/bot")


def test_a_tilde_is_the_home_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("USERPROFILE", "/home/ada")

    assert load(folder, "data_dir: ~/bot\n").data_dir == Path("/home/ada/bot")


def test_paths_are_absolute_though_the_file_is_named_by_a_relative_path(folder: Path) -> None:
    (folder / "config.yaml").write_text("data_dir: data\n", encoding="utf-8")

    assert load_configuration(Path("../etc/config.yaml")).data_dir == folder / "data"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite+aiosqlite:////var/lib/bot.sqlite3",
        "postgres://bot@db/bot",
        "postgresql://bot:p/w:%40#!@[::1]:5432/bot",
        "postgresql+asyncpg:///bot?host=/run/postgresql",
    ],
)
def test_addresses_of_sqlite_and_postgresql_are_taken(folder: Path, url: str) -> None:
    assert load(folder, f"database:\n  url: '{url}'\n").database_url == url


# --- what is refused -------------------------------------------------------------------------------------------------

_ADDRESS = "write an address that begins with"
_API = f"does not fit; {_ADDRESS} http:// or https:// and ends in /api/v10, such as http://127.0.0.1:8080/api/v10"
_GATEWAY = f"does not fit; {_ADDRESS} ws:// or wss://, without a question mark, such as ws://127.0.0.1:8081"
_CDN = f"does not fit; {_ADDRESS} http:// or https://, without a slash at its end, such as http://127.0.0.1:8082"
_WEB = f"does not fit; {_ADDRESS} http:// or https://, such as https://example.org/briefbot"
_DATABASE = (
    "does not fit; write sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME, without spaces, "
    "and with %40 for @ in the password"
)
_MISPLACED = (
    "does not belong here: the token is taken from DISCORD_TOKEN, or from the file that DISCORD_TOKEN_FILE names, "
    "never from a file of settings; delete this line, and reset the token if others could read it"
)
_KEYS = "write them one a line (packs, data_dir, database, …), or delete it"
_COUNT = "discord.shard_count: takes a whole number from 1 to 10,000"
_SERVER = "discord.dev_guild_id: takes the id of a Discord server, as Copy Server ID gives it"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # shape
        ("- packs", f":1: takes keys with values, found a list; {_KEYS}"),
        (MADE_UP, f":1: takes keys with values, found a text; {_KEYS}"),
        ("unanswered:",
            ":1: unanswered: takes keys with values, found nothing; "
            "write them one a line (keep_days, …), or delete it"),
        ("pack: [a]", ':1: pack: is an unknown key; did you mean "packs"?'),
        ("shard_count: 2", ":1: shard_count: is an unknown key here; write shard_count under discord, indented"),
        ("database.url: x", ":1: database.url: is an unknown key here; write url under database, indented"),
        ("discord:\n  shards: 2", ':2: discord.shards: is an unknown key; did you mean "shard_ids"?'),
        ("log_level: INFO\nlog_level: DEBUG", ":2: log_level: is already given in line 1; delete one of the two"),
        ("contact: no", ':1: contact: YAML reads no as a truth value; put it in quotes: "no"'),
        ("contact:", ":1: contact: is empty; fill it or delete it"),
        ("data_dir: ''", ":1: data_dir: is empty; fill it or delete it"),
        ("data_dir: 2016", ':1: data_dir: YAML reads 2016 as a number; put it in quotes: "2016"'),
        ("log_level: info", ':1: log_level: "info" is not known here; did you mean "INFO"?'),
        ("log_level: LOUD", ':1: log_level: "LOUD" is not known here; known: DEBUG, INFO, WARNING, ERROR'),
        # packs
        ("packs: a", ':1: packs: takes a list, found the text "a"; write it as lines that begin with "- "'),
        ("packs: []", ":1: packs: is an empty list; fill it or delete it"),
        ("packs: [A b]", ':1: packs[1]: "A b" is no pack\'s id and no folder beside this file; '
            "write an id, or a path with a /"),
        ("packs:\n- a\n- ./a",
            ':3: packs[2]: there is a pack "a" already; delete one of the two, or rename the folder'),
        ("packs: [a-b]\nverbatim_on_discord:\n- a-c",
            ':3: verbatim_on_discord[1]: "a-c" is none of the packs of this file; packs: a-b'),
        ("verbatim_on_discord: [./a]", ':1: verbatim_on_discord[1]: "./a" does not fit; '
            "write the id of a pack: lower-case letters, digits and single hyphens"),
        # shards
        ("discord:\n  shard_count: 0", f":2: {_COUNT}, found 0; correct the number"),
        ("discord:\n  shard_count: '2'", f":2: {_COUNT}, found text; take the quotes off: 2"),
        ("discord:\n  shard_count: 2.0", f':2: {_COUNT}, found the text "2.0"; write digits only'),
        ("discord:\n  shard_count: 02", f':2: {_COUNT}, found the text "02"; write digits only'),
        ("discord:\n  shard_count: 2\n  shard_ids: []",
            ":3: discord.shard_ids: is an empty list; name at least one shard, or delete the key for all of them"),
        ("discord:\n  shard_ids: [0]",
            ":2: discord.shard_ids: needs shard_count beside it; add how many shards there are over all processes"),
        ("discord:\n  shard_count: 2\n  shard_ids:\n  - 1\n  - 2",
            ":5: discord.shard_ids[2]: there is no shard 2: of 2 the last is 1; correct the number"),
        ("discord:\n  shard_count: 2\n  shard_ids: [1, 1]",
            ":3: discord.shard_ids[2]: 1 is given twice; delete one of the two"),
        # ids and numbers
        ("discord:\n  dev_guild_id: 0", f":2: {_SERVER}, found 0; correct the number"),
        (f"discord:\n  dev_guild_id: {2**63}", f":2: {_SERVER}, found {2**63}; correct the number"),
        ("discord:\n  dev_guild_id: ours", f':2: {_SERVER}, found the text "ours"; write digits only'),
        ("unanswered:\n  keep_days: 0",
            ":2: unanswered.keep_days: takes a whole number from 1 to 3,650, found 0; correct the number"),
        # addresses
        ("discord:\n  api_base: https://discord.com", f":2: discord.api_base: {_API}"),
        ("discord:\n  api_base: https://discord.com/api/v10/", f":2: discord.api_base: {_API}"),
        ("discord:\n  api_base: discord.com/api/v10", f":2: discord.api_base: {_API}"),
        ("discord:\n  gateway_url: https://gateway", f":2: discord.gateway_url: {_GATEWAY}"),
        ("discord:\n  gateway_url: wss://gateway/?v=10", f":2: discord.gateway_url: {_GATEWAY}"),
        ("discord:\n  cdn_base: https://cdn/", f":2: discord.cdn_base: {_CDN}"),
        ("discord:\n  cdn_base: ''", ":2: discord.cdn_base: is empty; fill it or delete it"),
        ("source_url: ftp://x", f":1: source_url: {_WEB}"),
        ("source_url: http://", f":1: source_url: {_WEB}"),
        (f"source_url: https://x/{'y' * 500}",
            ":1: source_url: is 510 characters long, at most 500 are allowed; shorten it"),
        # tokens
        (f"token: {MADE_UP}", f":1: token: {_MISPLACED}"),
        (f"DISCORD_TOKEN: {MADE_UP}", f":1: DISCORD_TOKEN: {_MISPLACED}"),
        (f"discord:\n  token: {MADE_UP}", f":2: discord.token: {_MISPLACED}"),
        ("discord:\n  token: [a]", f":2: discord.token: {_MISPLACED}"),
        (f"discord.token: {MADE_UP}", f":1: discord.token: {_MISPLACED}"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_with_its_line_and_the_mend(folder: Path, text: str, expected: str) -> None:
    assert problems(folder, text) == [expected]


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://bot:{HIDDEN}@db/bot",
        f"postgresql+psycopg2://bot:{HIDDEN}@db/bot",
        f"POSTGRESQL://bot:{HIDDEN}@db/bot",
        f"postgresql:/bot:{HIDDEN}@db/bot",
        f"postgresql://bot:{HIDDEN}@db:port/bot",
        f"postgresql://bot:a@{HIDDEN}@db/bot",
        f"postgresql://bot:{HIDDEN} x@db/bot",
        f"sqlite://{HIDDEN}.sqlite3",
        HIDDEN,
    ],
)
def test_a_wrong_address_of_a_database_is_not_repeated(folder: Path, url: str) -> None:
    assert problems(folder, f"database:\n  url: '{url}'\n") == [f":2: database.url: {_DATABASE}"]


@pytest.mark.parametrize(
    "text",
    [
        f"database: postgresql://bot:{HIDDEN}@db/bot\n",
        f"database:\n  postgresql://bot:{HIDDEN}@db/bot\n",
        f"database:\n  postgresql://bot:{HIDDEN}@db/bot:\n",
        f"database:\n  url:\n    postgresql://bot:{HIDDEN}@db/bot:\n",
        f"database:\n  url: [{HIDDEN}]\n",
        f"database:\n  url: postgresql://bot:{HIDDEN}@db/bot: \n",
        f"database:\n  url: 'postgresql://bot:{HIDDEN}@db/bot\n",
        f"database_url: postgresql://bot:{HIDDEN}@db/bot\n",
        f"source_url: postgresql://bot:{HIDDEN}@db/bot\n",
        f"postgresql://bot:{HIDDEN}@db/bot\n",
        f"postgresql://bot:{HIDDEN}@db/bot:\n",
        f"discord:\n  token: '{HIDDEN}'\n",
        f"discord: {HIDDEN}\n",
        f"discord:\n  bot_token:\n    {HIDDEN}: x\n",
    ],
)
def test_no_problem_repeats_a_secret_wherever_it_stands(folder: Path, text: str) -> None:
    assert HIDDEN not in "\n".join(problems(folder, text))


def test_every_problem_is_told_at_once(folder: Path) -> None:
    text = "pakcs: [a]\ndiscord:\n  api_base: x\n  shard_ids: [1, 1]\n  token: x\nlog_level: loud\n"

    assert [re.match(r":\d+: [\w.\[\]]+", problem)[0] for problem in problems(folder, text)] == [  # type: ignore[index]
        ":1: pakcs",
        ":3: discord.api_base",
        ":4: discord.shard_ids",
        ":4: discord.shard_ids[2]",
        ":5: discord.token",
        ":6: log_level",
    ]


def test_what_is_no_utf_8_is_told(folder: Path) -> None:
    assert problems(folder, "contact: é\n".encode("latin-1")) == [
        ":1: is not UTF-8 (byte 0xE9; Latin-1?); save it as UTF-8"
    ]


def test_a_large_file_is_not_read(folder: Path) -> None:
    assert problems(folder, "#" * 64_001) == [
        ": is 64,001 bytes large, at most 64,000 are read; check that it is the right file"
    ]


def test_a_folder_is_no_configuration(folder: Path) -> None:
    with pytest.raises(ContentError, match="is a folder, not a file"):
        load_configuration(folder)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("ab:-[]{}&*!#|>'\"\\\n ,?~packsdiscord", max_size=60))
def test_no_text_makes_the_loader_fail_otherwise(folder: Path, text: str) -> None:
    with contextlib.suppress(ContentError):
        load(folder, text)


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_named_file_is_found(folder: Path) -> None:
    (folder / "mine.yaml").touch()

    assert find_configuration(folder / "mine.yaml") == folder / "mine.yaml"


def test_a_named_file_that_is_missing_is_told(folder: Path) -> None:
    with pytest.raises(ContentError) as caught:
        find_configuration(folder / "mine.yaml")

    assert str(caught.value) == f"{folder / 'mine.yaml'}: does not exist; check the name of the configuration file"


def test_else_the_file_in_the_working_folder_is_found() -> None:
    Path("config.yaml").touch()

    assert find_configuration(None) == Path("config.yaml")


def test_else_there_is_none() -> None:
    assert find_configuration(None) is None


# --- the example -----------------------------------------------------------------------------------------------------


@pytest.fixture
def uncommented(folder: Path) -> Path:
    """Give the example with every commented line of settings taken in."""
    path = folder / "config.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^( *)#(?=\S)", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    return path


def _keys(section: Section, prefix: str = "") -> Iterator[tuple[str, Field[object]]]:
    for field in section.fields:
        yield prefix + field.key, field
        if isinstance(field.kind, Section):
            yield from _keys(field.kind, f"{prefix}{field.key}.")


KEYS = dict(_keys(CONFIGURATION_FILE))


def test_the_example_loads_as_it_stands_and_changes_nothing() -> None:
    assert load_configuration(EXAMPLE) == Configuration()


def test_the_example_loads_with_every_setting_taken_in(uncommented: Path) -> None:
    assert load_configuration(uncommented) == Configuration(
        packs=("hansen-2016", str(uncommented.parent / "packs" / "another-brief")),
        data_dir=Path("/var/lib/briefbot"),
        database_url="postgresql+asyncpg://briefbot@localhost/briefbot",
        discord=DiscordOptions(
            api_base="http://127.0.0.1:8080/api/v10",
            gateway_url="ws://127.0.0.1:8081",
            cdn_base="http://127.0.0.1:8082",
            shard_count=4,
            shard_ids=(0, 1),
            dev_guild_id=41771983423143937,
        ),
        verbatim_on_discord=frozenset({"hansen-2016"}),
        source_url="https://example.org/briefbot",
        contact="The library desk, library@example.org",
    )


@pytest.mark.parametrize("key", KEYS)
def test_every_key_stands_in_the_example(uncommented: Path, editor: Callable[[Path], object], key: str) -> None:
    content = editor(uncommented)
    for step in key.split("."):
        assert isinstance(content, dict)
        assert step in content
        content = content[step]


def test_the_example_fits_the_schema(uncommented: Path, editor: Callable[[Path], object]) -> None:
    jsonschema.validate(editor(uncommented), CONFIGURATION_FILE.schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize("field", KEYS.values(), ids=KEYS)
def test_every_key_has_an_example_that_fits_its_schema(field: Field[object]) -> None:
    jsonschema.validate(field.example, field.kind.schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize("field", KEYS.values(), ids=KEYS)
def test_every_key_is_described_in_a_sentence(field: Field[object]) -> None:
    assert field.about.endswith(".")


# --- the database ----------------------------------------------------------------------------------------------------


def test_without_settings_the_database_lies_in_the_data_folder() -> None:
    url = database_url(Configuration(), Path("/srv/bot"))

    assert url == "sqlite+aiosqlite:////srv/bot/briefbot.sqlite3"


def test_a_question_mark_in_the_data_folder_begins_no_options() -> None:
    url = database_url(Configuration(), Path("/srv/100%?"))

    assert url == "sqlite+aiosqlite:////srv/100%25%3F/briefbot.sqlite3"


def test_the_configured_database_goes_before_the_default() -> None:
    assert database_url(Configuration(database_url="sqlite://"), Path("/srv")) == "sqlite://"


def test_the_environment_goes_before_the_configured_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFBOT_DATABASE_URL", "postgresql://db/bot")

    assert database_url(Configuration(database_url="sqlite://"), Path("/srv")) == "postgresql://db/bot"


def test_a_wrong_address_in_the_environment_is_told_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFBOT_DATABASE_URL", f"mysql://bot:{HIDDEN}@db/bot")

    with pytest.raises(ContentError) as caught:
        database_url(Configuration(), Path("/srv"))

    assert str(caught.value) == f"BRIEFBOT_DATABASE_URL: {_DATABASE}"


# --- the token -------------------------------------------------------------------------------------------------------


def test_the_token_is_taken_from_the_environment() -> None:
    assert token_from({"DISCORD_TOKEN": f" {MADE_UP}\n"}) == MADE_UP


@pytest.mark.parametrize("content", [MADE_UP, f"{MADE_UP}\n", f"\n  {MADE_UP}  \r\n\n"])
def test_the_token_is_taken_from_a_file(folder: Path, content: str) -> None:
    (folder / "token").write_bytes(content.encode())

    assert token_from({"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": str(folder / "token")}) == MADE_UP


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (
            {},
            "DISCORD_TOKEN: is not set; set it to the bot's token, or DISCORD_TOKEN_FILE to the name of a file with it",
        ),
        (
            {"DISCORD_TOKEN": MADE_UP, "DISCORD_TOKEN_FILE": "token"},
            "DISCORD_TOKEN: is set and DISCORD_TOKEN_FILE too; unset one of the two",
        ),
        (
            {"DISCORD_TOKEN": f"Bot {MADE_UP}"},
            'DISCORD_TOKEN: holds a space or a line break; give the token alone, without "Bot" before it',
        ),
        ({"DISCORD_TOKEN": f'"{MADE_UP}"'}, "DISCORD_TOKEN: holds the token in quotes; take them off"),
        ({"DISCORD_TOKEN": f"{MADE_UP}…"}, "DISCORD_TOKEN: holds a character that no token has; copy the token again"),
        (
            {"DISCORD_TOKEN_FILE": MADE_UP},
            (
                "the file of DISCORD_TOKEN_FILE: cannot be read (no such file or directory); "
                "check that it exists and may be read"
            ),
        ),
        (
            {"DISCORD_TOKEN_FILE": "."},
            "the file of DISCORD_TOKEN_FILE: is a folder, not a file; put a YAML or text file in its place",
        ),
    ],
)
def test_a_token_that_cannot_be_used_is_told_and_not_repeated(environ: dict[str, str], expected: str) -> None:
    with pytest.raises(ContentError) as caught:
        token_from(environ)

    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b" \n", "is empty; write the bot's token into it"),
        (
            f"{MADE_UP}\n{MADE_UP}\n".encode(),
            'holds a space or a line break; give the token alone, without "Bot" before it',
        ),
        (b"x" * 4_001, "is 4,001 bytes large, at most 4,000 are read; check that it is the right file"),
    ],
)
def test_a_file_without_one_token_is_told(folder: Path, content: bytes, expected: str) -> None:
    (folder / "token").write_bytes(content)

    with pytest.raises(ContentError) as caught:
        token_from({"DISCORD_TOKEN_FILE": str(folder / "token")})

    assert str(caught.value) == f"the file of DISCORD_TOKEN_FILE: {expected}"


def test_a_file_of_another_encoding_is_told(folder: Path) -> None:
    (folder / "token").write_bytes(MADE_UP.encode("utf-16"))

    with pytest.raises(ContentError, match=r"^the file of DISCORD_TOKEN_FILE:1: begins with the byte order mark of"):
        token_from({"DISCORD_TOKEN_FILE": str(folder / "token")})


@given(st.integers(1, 2**63 - 1))
def test_the_application_is_read_from_a_token(number: int) -> None:
    first = base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")

    assert application_id(f"{first}.GabcdE.a-b_c") == number


@pytest.mark.parametrize(
    "token", ["", ".", "abc.d.e", "MA.x.y", "MTIz!.x.y", "é.x.y", "OTIyMzM3MjAzNjg1NDc3NTgwOA.x.y"]
)
def test_a_token_without_an_id_names_no_application(token: str) -> None:
    assert application_id(token) is None
