"""Settings of servers, choices of people, facts of the program."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "guilds",
        sa.Column("guild_id", ID, primary_key=True, autoincrement=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("channel_packs", sa.JSON, nullable=False),
        sa.Column("ask_channels", sa.JSON, nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("count_private", sa.Boolean, nullable=False),
        sa.Column("instructor_role", ID),
        sa.Column("moderator_role", ID),
        sa.Column("digest_channel", ID),
        sa.Column("log_channel", ID),
        sa.Column("feedback", sa.Boolean, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("user_id", ID, primary_key=True, autoincrement=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
    )
    op.create_table(
        "facts",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
