"""Unanswered questions, votes on answers, reports of wrong ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "unanswered",
        sa.Column("id", ID, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("first_asked", MOMENT, nullable=False),
        sa.Column("last_asked", MOMENT, nullable=False),
        sa.UniqueConstraint("guild_id", "pack", "digest"),
        sa.Index(None, "guild_id", "asked", "last_asked", "id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "votes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("user_id", ID, index=True),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("voted", MOMENT, nullable=False),
        sa.UniqueConstraint("guild_id", "pack", "entry", "user_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reports",
        sa.Column("id", ID, primary_key=True),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("user_id", ID, index=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.Index(None, "guild_id", "created", "id"),
        sqlite_autoincrement=True,
    )
