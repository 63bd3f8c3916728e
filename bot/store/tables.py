"""The tables. A change here takes a migration in ``migrations/versions``; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, UniqueConstraint

from bot.store.columns import Guild, Id, Moment, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

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
