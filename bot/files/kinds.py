"""The kinds of values that formats are made of: text, numbers, dates, choices, lists, mappings."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.brief.publication import PartialDate
from bot.files.problems import guess, shown
from bot.files.schema import At, Kind, Reading, Schema, Unreadable, found
from bot.files.strict_yaml import SUSPECT, Mapping, Node, Scalar, Sequence, surprise

V = TypeVar("V")
C = TypeVar("C", bound=str)

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Text(Kind[str]):
    """Text of at most ``limit`` characters, trimmed, on one line unless ``lines``.

    ``pattern`` with ``wanted`` (what it stands for) narrows it; ``note``: the ledger that keeps it for later checks.
    """

    limit: int
    lines: bool = False
    empty: bool = False
    pattern: re.Pattern[str] | None = None
    wanted: str = ""
    note: str = ""

    def read(self, node: Node, at: At, reading: Reading) -> str:
        """Read a text that YAML, too, takes for text."""
        if type(node) is Scalar and node.plain and node.text[:1] not in SUSPECT:
            text = node.text  # the short way for most texts: nothing to trim, nothing that YAML takes for a number
        else:
            text = plain_text(node, at, reading, empty=self.empty)
        if len(text) > self.limit:
            message = f"is {len(text)} characters long, at most {self.limit} are allowed; shorten it"
            raise reading.refuse(node, at, message)
        if "\n" in text and not self.lines:
            raise reading.refuse(node, at, "has line breaks; write it on one line, or fold it with >-")
        if self.pattern is not None and not self.pattern.fullmatch(text):
            raise reading.refuse(node, at, f"{shown(text)} does not fit; write {self.wanted}")
        if self.note:
            reading.note(self.note, text, node.line, at)
        return text

    def schema(self) -> Schema:
        """Describe the text."""
        schema: Schema = {"type": "string", "minLength": 0 if self.empty else 1, "maxLength": self.limit}
        if self.pattern is not None:
            schema["pattern"] = f"^(?:{self.pattern.pattern})$"
        return schema


def plain_text(node: Node, at: At, reading: Reading, *, empty: bool = False) -> str:
    """Read a scalar as trimmed text; refuse what YAML 1.1 would turn into something else."""
    if not isinstance(node, Scalar):
        mend = 'put a text that contains ": " in quotes' if isinstance(node, Mapping) else "write one text"
        raise reading.refuse(node, at, f"takes text, found {found(node)}; {mend}")
    if node.plain:
        if what := surprise(node.text):
            if not node.text:
                raise reading.refuse(node, at, "is empty; fill it or delete it")
            message = f'YAML reads {node.text} as {what}; put it in quotes: "{node.text}"'
            raise reading.refuse(node, at, message)
        return node.text
    text = node.text.strip()
    if not text and not empty:
        raise reading.refuse(node, at, "is empty; fill it or delete it")
    return text


@dataclass(frozen=True, slots=True)
class OneOf(Kind[C]):
    """One of a few words."""

    choices: tuple[C, ...]

    def read(self, node: Node, at: At, reading: Reading) -> C:
        """Read one of the choices."""
        text = plain_text(node, at, reading)
        for choice in self.choices:
            if choice == text:
                return choice
        raise reading.refuse(node, at, f"{shown(text)} is not known here; {guess(text, self.choices, 'known')}")

    def schema(self) -> Schema:
        """List the choices."""
        return {"enum": list(self.choices)}


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class Number(Kind[float]):
    """A decimal number without quotes or unit."""

    def read(self, node: Node, at: At, reading: Reading) -> float:
        """Read a plain number."""
        if isinstance(node, Scalar):
            if node.plain and _NUMBER.fullmatch(node.text):
                return float(node.text)
            if _NUMBER.fullmatch(node.text.strip()):
                raise reading.refuse(node, at, f"takes a number, found text; take the quotes off: {node.text.strip()}")
        raise reading.refuse(node, at, f"takes a number, found {found(node)}; write digits only, such as 61 or 61.5")

    def schema(self) -> Schema:
        """Describe the number."""
        return {"type": "number"}


_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,24})")


@dataclass(frozen=True, slots=True)
class Whole(Kind[int]):
    """A whole number from ``least`` to ``most``, without quotes or unit; ``wanted``: what it stands for."""

    least: int
    most: int
    wanted: str = ""

    def read(self, node: Node, at: At, reading: Reading) -> int:
        """Read a plain number within its bounds."""
        wanted = self.wanted or f"a whole number from {self.least:,} to {self.most:,}"
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if not (isinstance(node, Scalar) and _WHOLE.fullmatch(text)):
            raise reading.refuse(node, at, f"takes {wanted}, found {found(node)}; write digits only")
        if not node.plain:
            raise reading.refuse(node, at, f"takes {wanted}, found text; take the quotes off: {text}")
        if not self.least <= int(text) <= self.most:
            raise reading.refuse(node, at, f"takes {wanted}, found {text}; correct the number")
        return int(text)

    def schema(self) -> Schema:
        """Describe the number and its bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Boolean(Kind[bool]):
    """``true`` or ``false``."""

    def read(self, node: Node, at: At, reading: Reading) -> bool:
        """Read a plain truth value; YAML's other spellings (yes, off) are refused."""
        if isinstance(node, Scalar) and node.plain and node.text in {"true", "false"}:
            return node.text == "true"
        raise reading.refuse(node, at, f"takes true or false, found {found(node)}; write one of the two without quotes")

    def schema(self) -> Schema:
        """Describe the truth value."""
        return {"type": "boolean"}


_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Date(Kind[PartialDate]):
    """A year, a year and month, or a day, with or without quotes."""

    def read(self, node: Node, at: At, reading: Reading) -> PartialDate:
        """Read a date that exists in the calendar."""
        match = _DATE.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
        if match:
            year, month, day = (int(part) if part else None for part in match.groups())
            try:
                dt.date(year or 0, month or 1, day or 1)
            except ValueError:
                pass
            else:
                return PartialDate(year or 0, month, day)
        message = f"takes a date, found {found(node)}; write 2016, 2016-11 or 2016-11-09"
        raise reading.refuse(node, at, message)

    def schema(self) -> Schema:
        """Describe the date; a year alone is a number to YAML."""
        text = {"type": "string", "pattern": f"^{_DATE.pattern}$"}
        return {"anyOf": [text, {"type": "integer", "minimum": 1, "maximum": 9999}]}


@dataclass(frozen=True, slots=True)
class Nullable(Kind[V | None], Generic[V]):
    """A value or ``null``."""

    kind: Kind[V]

    def read(self, node: Node, at: At, reading: Reading) -> V | None:
        """Read null as None, all else as the kind."""
        if isinstance(node, Scalar) and node.plain and surprise(node.text) == "nothing at all":
            return None
        return self.kind.read(node, at, reading)

    def schema(self) -> Schema:
        """Allow null beside the kind."""
        return {"anyOf": [self.kind.schema(), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class ListOf(Kind[tuple[V, ...]], Generic[V]):
    """A list of at least ``least`` values; ``first``: a narrower kind for the first of them."""

    item: Kind[V]
    least: int = 1
    first: Kind[V] | None = None

    def read(self, node: Node, at: At, reading: Reading) -> tuple[V, ...]:
        """Read every item, past those that cannot be read."""
        if not isinstance(node, Sequence):
            raise reading.refuse(node, at, f'takes a list, found {found(node)}; write it as lines that begin with "- "')
        if len(node.items) < self.least:
            raise reading.refuse(node, at, self._too_short(len(node.items)))
        values = []
        sound = True
        kind = self.first or self.item
        for index, item in enumerate(node.items):
            try:
                values.append(kind.read(item, At(at, index), reading))
            except Unreadable:
                sound = False
            kind = self.item
        if not sound:
            raise Unreadable
        return tuple(values)

    def _too_short(self, length: int) -> str:
        if not length:
            return "is an empty list; fill it or delete it"
        return f"has {length} item, at least {self.least} are needed; add one or delete the list"

    def schema(self) -> Schema:
        """Describe the list."""
        schema: Schema = {"type": "array", "items": self.item.schema(), "minItems": self.least}
        if self.first:
            schema["prefixItems"] = [self.first.schema()]
        return schema


@dataclass(frozen=True, slots=True)
class MappingOf(Kind[dict[str, V]], Generic[V]):
    """A mapping whose keys the author chooses."""

    key: Kind[str]
    value: Kind[V]

    def read(self, node: Node, at: At, reading: Reading) -> dict[str, V]:
        """Read every pair, past those that cannot be read."""
        if not isinstance(node, Mapping):
            raise reading.refuse(node, at, f"takes a mapping, found {found(node)}; write lines of key: value")
        values: dict[str, V] = {}
        sound = True
        for key, value in node.pairs.values():
            way = At(at, key.text)
            try:
                name = self.key.read(key, way, reading)
                if name in values:
                    raise reading.refuse(key, way, "is given twice; delete one of the two")
                values[name] = self.value.read(value, way, reading)
            except Unreadable:
                sound = False
        if not sound:
            raise Unreadable
        return values

    def schema(self) -> Schema:
        """Describe keys and values."""
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.value.schema(),
        }
