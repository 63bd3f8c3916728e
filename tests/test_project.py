"""The rules of the house, held against the code itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"
STANDARD = "standard library"

# Which packages of our own, and which of others, a room may import. An import that is not here fails.
ALLOWED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "brief": (frozenset({"brief"}), frozenset()),
    "words": (frozenset({"words"}), frozenset({"rapidfuzz", "Stemmer"})),
    "answers": (frozenset({"answers", "brief", "words"}), frozenset({"numpy", "rapidfuzz"})),
    "files": (frozenset({"files", "answers", "brief", "words", ""}), frozenset({"yaml", "platformdirs", "rapidfuzz"})),
    "ingest": (
        frozenset({"ingest", "answers", "brief", "words", ""}),
        frozenset({"pymupdf", "yaml", "rapidfuzz", "numpy"}),
    ),
    "charts": (frozenset({"charts", "brief"}), frozenset({"matplotlib"})),
    "digest": (frozenset({"digest", "brief"}), frozenset({"dateutil"})),
    "quiz": (frozenset({"quiz", "brief", "words"}), frozenset({"rapidfuzz"})),
    "store": (frozenset({"store", "brief", "words", "quiz"}), frozenset({"sqlalchemy", "alembic"})),
    "discord": (
        frozenset({"discord", "answers", "brief", "words", "files", "store", "charts", "digest", "quiz"}),
        frozenset({"discord", "aiohttp", "yarl"}),
    ),
    "terminal": (
        frozenset({"terminal", "answers", "brief", "words", "files", "ingest", "cli"}),
        frozenset({"rich", "prompt_toolkit", "rapidfuzz"}),
    ),
    "cli": (
        frozenset({"cli", "terminal", "answers", "brief", "words", "files", "ingest", "discord", "store", "charts"}),
        frozenset({"typer", "rich", "uvloop"}),
    ),
    "": (frozenset({"cli"}), frozenset()),
}
# The one place, or the few, of a package that only one room may know.
ONLY = {
    "yaml": "bot/files/strict_yaml.py",
    "pymupdf": "bot/ingest/",
    "sqlalchemy": "bot/store/",
    "alembic": "bot/store/",
    "matplotlib": "bot/charts/picture.py",
    "discord": "bot/discord/",
}


def modules() -> list[Path]:
    return sorted(path for path in BOT.rglob("*.py") if "_content" not in path.parts)


def room(path: Path) -> str:
    parts = path.relative_to(BOT).parts
    return parts[0] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_floor_may(path: Path) -> None:
    import sys

    own, others = ALLOWED[room(path)]
    for name in imports(path):
        top, *rest = name.split(".")
        if top == "bot":
            assert (rest[0] if rest else "") in own, f"{room(path)} may not import {name}"
        elif top not in sys.stdlib_module_names:
            assert top in others, f"{room(path)} may not import {name}"


@pytest.mark.parametrize(("package", "where"), ONLY.items())
def test_a_package_with_a_border_is_imported_behind_it_only(package: str, where: str) -> None:
    users = [
        str(path.relative_to(ROOT))
        for path in modules()
        if any(name.split(".")[0] == package for name in imports(path))
    ]

    assert all(user.startswith(where) for user in users)


@pytest.mark.parametrize("name", ["brief", "words", "answers", "digest", "quiz"])
def test_the_lower_floors_read_no_clock_no_files_and_no_global_randomness(name: str) -> None:
    forbidden = re.compile(
        r"\b(?:open\(|time\.time\(|datetime\.now\(|date\.today\(|random\.(?:random|choice|shuffle)\()"
    )
    for path in (BOT / name).rglob("*.py"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


def test_no_module_is_named_for_what_does_not_fit_elsewhere() -> None:
    vague = {"utils", "helpers", "common", "misc", "manager", "util", "helper", "base", "core"}

    assert not {path.stem for path in modules()} & vague


def test_files_stay_readable_in_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in modules() if (n := len(path.read_text("utf-8").splitlines())) > 400
    }

    assert not long


def test_every_command_stands_in_the_readme() -> None:
    from bot.cli.app import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]

    assert [name for name in names if f"briefbot {name}" not in readme] == []


def test_every_discord_command_stands_in_the_readme_with_an_example() -> None:
    from discord import app_commands
    from discord.ext import commands

    from bot.discord.cogs.all import COGS

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found: list[str] = []
    for cog in COGS:
        group = getattr(cog, "__cog_group_name__", "") if issubclass(cog, commands.GroupCog) else ""
        for command in cog.__cog_app_commands__:
            inner = command.walk_commands() if isinstance(command, app_commands.Group) else [command]
            found += [f"{group} {one.qualified_name}".strip() for one in inner]

    assert len(found) >= 12
    assert [name for name in found if f"`/{name}" not in readme] == []


def test_every_key_of_a_pack_is_explained_to_authors() -> None:
    from bot.files.formats import json_schema

    def keys(schema: object) -> Iterator[str]:
        if isinstance(schema, dict):
            properties = schema.get("properties")
            if isinstance(properties, dict):
                yield from properties
            for value in schema.values():
                yield from keys(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from keys(value)

    guide = (ROOT / "content" / "README.md").read_text(encoding="utf-8")

    assert sorted({key for key in keys(json_schema()) if f"`{key}`" not in guide}) == []


def test_the_lock_file_names_no_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_dependency_is_locked_with_hashes() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower().replace("_", "-")
    names = [
        re.split(r"[<>=;\[ ]", line)[0].lower().replace("_", "-").replace(".", "-") for line in project["dependencies"]
    ]

    assert [name for name in names if not re.search(rf"^{re.escape(name)}==.*\\$", lock, re.MULTILINE)] == []
