"""Bringing the database up to date at start. Alembic is imported only when there is something to do."""

from __future__ import annotations

from sqlalchemy import Connection, func, inspect, select, text

from bot.store.faults import StoreFault
from bot.store.tables import metadata
from bot.store.transactions import Transactions, serialise

HEAD = "0004"  # the newest of migrations/versions; a test holds them together


async def bring_up_to_date(transactions: Transactions, name: str, patience: float) -> None:
    """Run the migrations that a database lacks, in one transaction. Raises StoreFault.

    Several programs may start at once: one migrates, the others wait as many seconds as ``patience``.
    """
    if await transactions.read(_revision) != HEAD:
        await transactions.rebuild(lambda connection: _upgrade(connection, name, patience), patience)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def create(connection: Connection) -> None:
    """Make the tables of a new database as they are now, which no migration needs to lead to."""
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def migrate(connection: Connection, name: str, target: str = HEAD) -> None:
    """Run the migrations up to one of them, in the connection's transaction. Raises StoreFault."""
    from alembic import command  # noqa: PLC0415 - 20 MB that a database in order does without
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.store:migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    revision = _revision(connection)
    if revision is not None and revision not in known:
        raise StoreFault(
            f"the database {name} is newer than this program (its tables are at {revision}, the program knows up to"
            f" {HEAD}); update the program, or restore a backup from before"
        )
    command.upgrade(config, target)
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise StoreFault(f"the database {name} has rows that refer to nothing; restore it from a backup")


def _upgrade(connection: Connection, name: str, patience: float) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("lock_timeout", str(int(patience * 1000)), True)))
        serialise(connection, "upgrade")
    if not inspect(connection).get_table_names():
        create(connection)
    elif _revision(connection) != HEAD:  # another program may have been faster
        migrate(connection, name)
