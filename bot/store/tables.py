"""The tables. A change here takes a migration in ``migrations/versions``; a test holds the two together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    literal_column,
)

from bot.store.columns import Guild, Id, Moment, Words

_WHERE = "where"
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _partial(*columns: Column[Any], where: ColumnElement[bool], unique: bool = False) -> None:
    """Index the rows that a condition picks."""
    Index(None, *columns, unique=unique, sqlite_where=where, info={_WHERE: where})


def prepare_for_postgresql() -> None:
    """Tell PostgreSQL the conditions of indexes: named above, they would load its dialect for users of SQLite."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if _WHERE in index.info:
                index.dialect_options["postgresql"]["where"] = index.info[_WHERE]


guilds = Table(
    "guilds",
    metadata,
    Column("guild_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, nullable=False),
    Column("channel_packs", JSON, nullable=False),
    Column("ask_channels", JSON, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("count_private", Boolean, nullable=False),
    Column("instructor_role", Id),
    Column("moderator_role", Id),
    Column("digest_channel", Id),
    Column("log_channel", Id),
    Column("feedback", Boolean, nullable=False),
    Column("timezone", Words, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("user_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, nullable=False),
    Column("hidden", Boolean, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

# Ids that people see in lists are never given twice (AUTOINCREMENT), so that a late click cannot hit another row.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Guild, nullable=False),
    Column("pack", Words, nullable=False),
    Column("digest", LargeBinary, nullable=False),  # of the text, which may be longer than an index of PostgreSQL takes
    Column("text", Words, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("first_asked", Moment, nullable=False),
    Column("last_asked", Moment, nullable=False),
    UniqueConstraint("guild_id", "pack", "digest"),
    Index(None, "guild_id", "asked", "last_asked", "id"),
    sqlite_autoincrement=True,
)

votes = Table(
    "votes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Guild, nullable=False),
    Column("pack", Words, nullable=False),
    Column("entry", Words, nullable=False),
    Column("user_id", Id, index=True),  # NULL once the person was erased
    Column("helpful", Boolean, nullable=False),
    Column("voted", Moment, nullable=False),
    UniqueConstraint("guild_id", "pack", "entry", "user_id"),
    sqlite_autoincrement=True,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Guild, nullable=False),
    Column("pack", Words, nullable=False),
    Column("entry", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("user_id", Id, index=True),  # NULL once the person was erased
    Column("created", Moment, nullable=False),
    Index(None, "guild_id", "created", "id"),
    sqlite_autoincrement=True,
)

digest_schedules = Table(
    "digest_schedules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("guild_id", Id, nullable=False),
    Column("channel_id", Id, nullable=False),
    Column("pack", Words, nullable=False),
    Column("rule", JSON, nullable=False),
    Column("setting", JSON, nullable=False),
    Column("role_id", Id),
    Column("user_id", Id, index=True),  # of the author; NULL once the person was erased
    Column("state", Words, nullable=False),
    Column("resume_at", Moment),
    Column("why", Words, nullable=False),
    Column("created", Moment, nullable=False),
    Column("number", Integer, nullable=False),  # of the open digest, or of the next to be opened
    Column("moved_to", Moment),  # the slot that an edit asked for while a digest was under way: the next one's
    Index(None, "guild_id", "id"),
    sqlite_autoincrement=True,
)
is_to_resume = digest_schedules.c.resume_at.is_not(None)
_partial(digest_schedules.c.resume_at, where=is_to_resume)

digest_deliveries = Table(
    "digest_deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("schedule_id", Id, ForeignKey(digest_schedules.c.id, ondelete="SET NULL")),  # NULL: posted at once, or gone
    Column("guild_id", Id, nullable=False),
    Column("channel_id", Id, nullable=False),
    Column("pack", Words, nullable=False),
    Column("role_id", Id),
    Column("setting", JSON, nullable=False),  # with a schedule, that one's, once it is sent
    Column("number", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Moment, nullable=False),
    Column("wakes", Moment),  # when it may be claimed: at the next try, at the end of a lease; NULL: not at all
    Column("owner", Words),
    Column("leased_until", Moment),
    Column("claimed_since", Moment),  # kept until it is known what became of the message
    Column("message_id", Id),
    Column("sent_at", Moment),
    Column("late", Boolean, nullable=False),
    Column("why", Words, nullable=False),
    Column("entries", JSON, nullable=False),
    Index(None, "guild_id", "due", "id"),
    Index(None, "schedule_id", "due", "id"),
    sqlite_autoincrement=True,
)
# Literals, because SQLite uses a partial index only where it sees that a statement's condition is the index's own.
is_open = digest_deliveries.c.state.in_([literal_column("'due'"), literal_column("'claimed'")])
is_sent = digest_deliveries.c.state == literal_column("'sent'")
is_awake = digest_deliveries.c.wakes.is_not(None)
_partial(digest_deliveries.c.schedule_id, where=is_open, unique=True)
_partial(digest_deliveries.c.wakes, digest_deliveries.c.id, where=is_awake)
_partial(*(digest_deliveries.c[name] for name in ("guild_id", "pack", "sent_at", "id")), where=is_sent)

topics = Table(
    "topics",
    metadata,
    Column("guild_id", Id, primary_key=True, autoincrement=False),
    Column("pack", Words, primary_key=True),
    Column("day", Date, primary_key=True, index=True),
    Column("entry", Words, primary_key=True),
    Column("askers", Integer, nullable=False),
)
