"""Schedules of digests, their deliveries, and the topics that were asked in public."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "digest_schedules",
        sa.Column("id", ID, primary_key=True),
        sa.Column("guild_id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("rule", sa.JSON, nullable=False),
        sa.Column("setting", sa.JSON, nullable=False),
        sa.Column("role_id", ID),
        sa.Column("user_id", ID, index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("resume_at", MOMENT),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("moved_to", MOMENT),
        sa.Index(None, "guild_id", "id"),
        sqlite_autoincrement=True,
    )
    _index("digest_schedules", ["resume_at"], "resume_at IS NOT NULL")
    op.create_table(
        "digest_deliveries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("schedule_id", ID, sa.ForeignKey("digest_schedules.id", ondelete="SET NULL")),
        sa.Column("guild_id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("role_id", ID),
        sa.Column("setting", sa.JSON, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", MOMENT, nullable=False),
        sa.Column("wakes", MOMENT),
        sa.Column("owner", sa.Text),
        sa.Column("leased_until", MOMENT),
        sa.Column("claimed_since", MOMENT),
        sa.Column("message_id", ID),
        sa.Column("sent_at", MOMENT),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("entries", sa.JSON, nullable=False),
        sa.Index(None, "guild_id", "due", "id"),
        sa.Index(None, "schedule_id", "due", "id"),
        sqlite_autoincrement=True,
    )
    _index("digest_deliveries", ["schedule_id"], "state IN ('due', 'claimed')", unique=True)
    _index("digest_deliveries", ["wakes", "id"], "wakes IS NOT NULL")
    _index("digest_deliveries", ["guild_id", "pack", "sent_at", "id"], "state = 'sent'")
    op.create_table(
        "topics",
        sa.Column("guild_id", ID, primary_key=True, autoincrement=False),
        sa.Column("pack", sa.Text, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True, index=True),
        sa.Column("entry", sa.Text, primary_key=True),
        sa.Column("askers", sa.Integer, nullable=False),
    )


def _index(table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(None, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
