"""Kinds of columns that keep and give back the same on both databases."""
# ruff: noqa: ARG002 - the signatures are SQLAlchemy's

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

# Discord's ids fill 63 bits. SQLite's INTEGER does too, and as primary key it is the row itself, without another index.
Id = BigInteger().with_variant(Integer(), "sqlite")

_NOWHERE = 0  # no server has this id; NULL would make equal rows of direct messages differ under a unique constraint


class Guild(TypeDecorator[int]):
    """A server's id, or None for direct messages."""

    impl = BigInteger
    cache_ok = True
    coerce_to_is_types = ()  # None is compared as any other value

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int:
        """Give what is kept."""
        return _NOWHERE if value is None else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> int | None:
        """Give what was meant."""
        return value or None


class Moment(TypeDecorator[datetime]):
    """A point in time: aware, in UTC. SQLite keeps it without its zone, in a form that sorts."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give what is kept; raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be kept")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text as people write it, without what a database refuses: NUL, which PostgreSQL has not, and half characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Give what is kept."""
        if value is None:
            return None
        return value.replace("\0", "").encode("utf-8", "replace").decode()
