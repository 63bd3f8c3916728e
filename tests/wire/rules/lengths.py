"""The plainest rules: how long a text or a list may be, and what a value must be one of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from tests.wire.errors import Flaw

Path = tuple[str | int, ...]


def between(value: Any, least: int, most: int, path: Path) -> Iterator[Flaw]:
    """Find fault with a text or a list that is too short or too long; None passes."""
    if value is None:
        return
    if not isinstance(value, str | list):
        yield Flaw(path, "BASE_TYPE_BAD_TYPE", f"Could not interpret {value!r}.")
    elif not least <= len(value) <= most:
        yield Flaw(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def required(body: dict[str, Any], key: str, path: Path) -> Iterator[Flaw]:
    """Find fault with a missing key."""
    if body.get(key) is None:
        yield Flaw((*path, key), "BASE_TYPE_REQUIRED", "This field is required")


def one_of(value: Any, allowed: Collection[Any], path: Path) -> Iterator[Flaw]:
    """Find fault with a value that is none of the allowed ones."""
    if value not in allowed:
        yield Flaw(path, "BASE_TYPE_CHOICES", f"Value must be one of {sorted(allowed)}.")


def unique(values: list[Any], path: Path, code: str, what: str) -> Iterator[Flaw]:
    """Find fault with values that come more than once."""
    if len(set(values)) != len(values):
        yield Flaw(path, code, f"{what} cannot be duplicated")
