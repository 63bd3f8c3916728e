"""Rounds of quizzes with seats, answers and a record; sets, own questions, what was asked, and practice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _rounds()
    _players()
    _questions()


def _rounds() -> None:
    op.create_table(
        "quiz_rounds",
        sa.Column("id", ID, primary_key=True),
        sa.Column("guild_id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("user_id", ID, index=True),
        sa.Column("opened", MOMENT, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("questions", sa.JSON, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("posts", sa.JSON, nullable=False),
        sa.Index(None, "guild_id", "opened", "id"),
        sqlite_autoincrement=True,
    )
    _index("quiz_rounds", ["guild_id", "ended", "id"], "ended IS NOT NULL")
    _index("quiz_rounds", ["id"], sa.column("settled", sa.Boolean).is_(False))
    op.create_table(
        "quiz_record",
        sa.Column("id", ID, primary_key=True),
        sa.Column("round_id", ID, sa.ForeignKey("quiz_rounds.id", ondelete="CASCADE"), nullable=False),
        sa.Column("user_id", ID, index=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Index(None, "round_id", "id"),
        sqlite_autoincrement=True,
    )


def _players() -> None:
    op.create_table(
        "quiz_seats",
        sa.Column("round_id", ID, sa.ForeignKey("quiz_rounds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("user_id", ID, primary_key=True, autoincrement=False, index=True),
        sa.Column("joined", sa.Boolean, nullable=False),
        sa.Column("extra", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("right_count", sa.Integer, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
    )
    op.create_table(
        "quiz_answers",
        sa.Column("round_id", ID, primary_key=True, autoincrement=False),
        sa.Column("user_id", ID, primary_key=True, autoincrement=False, index=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("given", sa.JSON, nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("elapsed", sa.Double, nullable=False),
        sa.Column("allowed", sa.Double),
        sa.ForeignKeyConstraint(
            ["round_id", "user_id"],
            ["quiz_seats.round_id", "quiz_seats.user_id"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )


def _questions() -> None:
    op.create_table(
        "quiz_sets",
        sa.Column("id", ID, primary_key=True),
        sa.Column("guild_id", ID, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("questions", sa.JSON, nullable=False),
        sa.Column("user_id", ID, index=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.UniqueConstraint("guild_id", "pack", "folded"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quiz_own",
        sa.Column("id", ID, primary_key=True),
        sa.Column("guild_id", ID, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.Column("user_id", ID, index=True),
        sa.Column("created", MOMENT, nullable=False),
        sa.UniqueConstraint("guild_id", "pack", "item"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quiz_extra",
        sa.Column("guild_id", ID, primary_key=True, autoincrement=False),
        sa.Column("user_id", ID, primary_key=True, autoincrement=False, index=True),
        sa.Column("percent", sa.Integer, nullable=False),
    )
    op.create_table(
        "quiz_seen",
        sa.Column("guild_id", ID, primary_key=True, autoincrement=False),
        sa.Column("pack", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("asked", sa.Integer, nullable=False),
    )
    op.create_table(
        "quiz_practice",
        sa.Column("user_id", ID, primary_key=True, autoincrement=False),
        sa.Column("pack", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, primary_key=True),
        sa.Column("right", sa.Boolean, nullable=False),
    )


def _index(table: str, columns: list[str], where: str | sa.ColumnElement[bool]) -> None:
    condition = sa.text(where) if isinstance(where, str) else where
    op.create_index(None, table, columns, sqlite_where=condition, postgresql_where=condition)
