"""Migrations: each goes forward from the one before, and together they make the tables that the code knows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

import bot.store
from bot.store.database import Store, StoreFault
from bot.store.tables import metadata
from bot.store.transactions import Transactions
from bot.store.upgrade import HEAD, migrate

FOLDER = Path(bot.store.__file__).parent / "migrations"
PATIENCE = 5.0


def scripts() -> list[Script]:
    return list(reversed(list(ScriptDirectory(str(FOLDER)).walk_revisions())))


def fill(connection: Connection) -> None:
    """Put a row into every table, as a reader of the database's own description of it would."""
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(
                insert(table).values({column.name: example(column.type.python_type) for column in table.c})
            )


def example(kind: type) -> object:
    return {
        int: 1,
        str: "x",
        bool: True,
        float: 1.5,
        bytes: b"x",
        dict: {"1": "x"},
        object: {"1": "x"},
        dt.datetime: dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        dt.date: dt.date(2026, 1, 1),
    }[kind]


def counts(connection: Connection) -> dict[str, int]:
    found = MetaData()
    found.reflect(connection)
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in found.sorted_tables
        if table.name != "alembic_version"
    }


def test_the_head_in_the_code_is_the_newest_script() -> None:
    assert ScriptDirectory(str(FOLDER)).get_heads() == [HEAD]


def test_every_script_is_named_by_its_number() -> None:
    assert [Path(script.path).name[1:5] for script in scripts()] == [script.revision for script in scripts()]


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.revision)
async def test_a_migration_goes_forward_from_the_one_before_and_keeps_the_rows(
    transactions: Transactions, script: Script
) -> None:
    before = script.down_revision
    if isinstance(before, str):
        await transactions.rebuild(lambda connection: migrate(connection, "x", before), PATIENCE)
    await transactions.write(fill)
    kept = await transactions.read(counts)
    await transactions.rebuild(lambda connection: migrate(connection, "x", script.revision), PATIENCE)
    now = await transactions.read(counts)

    assert {name: now[name] for name in kept} == kept


async def test_all_migrations_together_make_the_tables_of_the_code(store: Store, transactions: Transactions) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata, "compare_type": True})
        return list(compare_metadata(context, metadata))

    assert await transactions.read(differences) == []


async def test_the_migrations_lead_to_the_same_tables_as_a_new_database_has(
    store: Store, transactions: Transactions
) -> None:
    new = await transactions.read(described)

    def again(connection: Connection) -> None:
        found = MetaData()
        found.reflect(connection)
        found.drop_all(connection)
        migrate(connection, "the database")

    await transactions.rebuild(again, PATIENCE)

    assert await transactions.read(described) == new


def described(connection: Connection) -> dict[str, object]:
    """Describe every table with its columns, keys, checks and indexes, whatever their order."""
    here = inspect(connection)
    return {
        table: {
            "columns": {
                one["name"]: (str(one["type"]), one["nullable"], one["default"]) for one in here.get_columns(table)
            },
            "key": here.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(str(one) for one in here.get_foreign_keys(table)),
            "unique": sorted(str(one) for one in here.get_unique_constraints(table)),
            "checks": sorted(str(one) for one in here.get_check_constraints(table)),
            "indexes": sorted(index(one) for one in here.get_indexes(table)),
        }
        for table in here.get_table_names()
    }  # fmt: skip


def index(found: Any) -> str:
    options = {name: str(value) for name, value in found.get("dialect_options", {}).items()}
    return str({**found, "dialect_options": options})


async def test_constraints_bear_the_names_of_the_convention(store: Store, transactions: Transactions) -> None:
    def names(connection: Connection) -> set[str | None]:
        found = inspect(connection)
        return {one["name"] for table in metadata.tables for one in found.get_unique_constraints(table)}

    assert await transactions.read(names) == {
        "uq_quiz_own_guild_id_pack_item",
        "uq_quiz_sets_guild_id_pack_folded",
        "uq_unanswered_guild_id_pack_digest",
        "uq_votes_guild_id_pack_entry_user_id",
    }


async def test_a_migration_that_fails_leaves_the_database_as_it_was(transactions: Transactions) -> None:
    def work(connection: Connection) -> None:
        migrate(connection, "x")
        connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(StoreFault):
        await transactions.rebuild(work, PATIENCE)

    assert await transactions.read(counts) == {}


FAMILY = (
    "CREATE TABLE parents (id INTEGER PRIMARY KEY)",
    "CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents (id) ON DELETE CASCADE)",
    "INSERT INTO parents VALUES (1)",
    "INSERT INTO children VALUES (1, 1)",
)
REBUILT = (
    "CREATE TABLE newer (id INTEGER PRIMARY KEY, name TEXT)",
    "INSERT INTO newer SELECT id, 'x' FROM parents",
    "DROP TABLE parents",
    "ALTER TABLE newer RENAME TO parents",
)


def run(connection: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(text(statement))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_rebuilding_a_table_of_sqlite_keeps_the_rows_that_refer_to_it(transactions: Transactions) -> None:
    await transactions.write(lambda connection: run(connection, FAMILY))
    await transactions.rebuild(lambda connection: run(connection, REBUILT), PATIENCE)

    assert await transactions.read(counts) == {"parents": 1, "children": 1}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_foreign_keys_hold_again_after_a_rebuild(transactions: Transactions) -> None:
    await transactions.write(lambda connection: run(connection, FAMILY))
    await transactions.rebuild(lambda connection: run(connection, REBUILT), PATIENCE)

    with pytest.raises(StoreFault):
        await transactions.write(lambda connection: run(connection, ("INSERT INTO children VALUES (2, 7)",)))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_migration_that_leaves_rows_which_refer_to_nothing_is_undone(transactions: Transactions) -> None:
    await transactions.write(lambda connection: run(connection, FAMILY))

    def work(connection: Connection) -> None:
        run(connection, ("DELETE FROM parents",))
        migrate(connection, "x")

    with pytest.raises(StoreFault, match="refer to nothing"):
        await transactions.rebuild(work, PATIENCE)


def tables_with_ids() -> list[Table]:
    return [table for table in metadata.sorted_tables if "id" in table.c]


@pytest.mark.parametrize("table", tables_with_ids(), ids=lambda table: table.name)
def test_ids_that_people_see_are_never_given_twice(table: Table) -> None:
    assert table.dialect_options["sqlite"]["autoincrement"]
