"""Indexes of the rows that a condition picks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Index, MetaData

_WHERE = "where"


def partial(*columns: Column[Any], where: ColumnElement[bool], unique: bool = False) -> None:
    """Index the rows that a condition picks."""
    Index(None, *columns, unique=unique, sqlite_where=where, info={_WHERE: where})


def prepare_for_postgresql(metadata: MetaData) -> None:
    """Tell PostgreSQL the conditions of indexes: named above, they would load its dialect for users of SQLite."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if _WHERE in index.info:
                index.dialect_options["postgresql"]["where"] = index.info[_WHERE]
