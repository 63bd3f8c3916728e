"""What the store costs those who only use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.database import sqlite_url

OPEN = """
import asyncio, sys
from bot.store.database import Store

async def main():
    store = await Store.open(sys.argv[1])
    await store.facts.set("a", "b")
    await store.guilds.get(81)
    await store.close()

asyncio.run(main())
print(*sys.modules)
"""
HEAVY = [
    "alembic",
    "asyncpg",
    "mako",
    "sqlalchemy.orm",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.dialects.postgresql",
    "discord",
]


@pytest.fixture
def loaded(sqlite_file: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Give the modules that making a database, and opening it again, has loaded."""
    command = [sys.executable, "-c", OPEN, sqlite_url(sqlite_file)]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    return frozenset(first.stdout.split()), frozenset(second.stdout.split())


def test_a_database_is_made_without_what_weighs_most(loaded: tuple[frozenset[str], frozenset[str]]) -> None:
    assert loaded[0] & {"alembic", "mako", "sqlalchemy.orm", "asyncpg"} == frozenset()


def test_a_database_in_order_is_opened_without_what_weighs_most(loaded: tuple[frozenset[str], frozenset[str]]) -> None:
    assert loaded[1] & frozenset(HEAVY) == frozenset()
