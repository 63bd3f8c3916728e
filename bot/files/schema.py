"""A small language for file formats: from one definition come the reading, its error messages, and the JSON Schema.

A ``Kind`` reads a YAML node into a value or reports what is wrong and raises Unreadable. Records and lists read on past
a fault, so that all problems of a file come out at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar, cast

from bot.files.problems import Problem, guess, shown, tamed
from bot.files.strict_yaml import Mapping, Node, Scalar, Sequence

T_co = TypeVar("T_co", covariant=True)
V = TypeVar("V")
Schema = dict[str, object]


class Unreadable(Exception):  # noqa: N818  # a signal between kinds, never seen outside
    """A value cannot be used; its problem has been reported."""


class At(NamedTuple):
    """The way to a value: a step from its parent; the root's step is the file. ``entry``: the id that begins here."""

    parent: At | None
    step: str | int
    entry: str = ""

    @property
    def file(self) -> str:
        """Name the file."""
        at: At = self
        while at.parent is not None:
            at = at.parent
        return str(at.step)

    def spell(self) -> tuple[str, str, str]:
        """Give file, entry and key, such as ``passages.yaml``, ``hack``, ``points[2].answer``."""
        at: At = self
        keys: list[str] = []
        entry = ""
        while at.parent is not None:
            if not entry and at.entry:
                entry = at.entry
            if not entry:
                keys.append(f"[{at.step + 1}]" if isinstance(at.step, int) else f".{tamed(at.step)}")
            at = at.parent
        return str(at.step), entry, "".join(reversed(keys)).removeprefix(".")


class Note(NamedTuple):
    """A value that is to be held against others once all files are read."""

    text: str
    line: int
    at: At


class Reading:
    """The reading of one folder: what is known from its first file, the problems, and the notes for later checks."""

    def __init__(self, sections: tuple[str, ...] = (), *, draft: bool | None = None) -> None:
        """Begin; ``sections``: the outline, empty if unknown; ``draft``: unpublishable, None if unknown."""
        self.sections = sections
        self.draft = draft
        self.problems: list[Problem] = []
        self.notes: defaultdict[str, list[Note]] = defaultdict(list)

    def report(self, line: int, at: At, message: str) -> None:
        """Keep a problem."""
        file, entry, key = at.spell()
        self.problems.append(Problem(file, line, entry, key, message))

    def refuse(self, node: Node, at: At, message: str) -> Unreadable:
        """Keep a problem, and give the signal to raise."""
        self.report(node.line, at, message)
        return Unreadable()

    def blind(self, files: Collection[str], keys: Collection[str]) -> bool:
        """Tell whether a fault so far hides the value of one of the keys (or a whole file) from later checks."""
        return any(
            problem.file in files and (not problem.key or problem.key.rpartition(".")[2].partition("[")[0] in keys)
            for problem in self.problems
        )

    def note(self, ledger: str, text: str, line: int, at: At) -> None:
        """Keep a value for a check across files."""
        self.notes[ledger].append(Note(text, line, at))


class Kind(ABC, Generic[T_co]):
    """What a value may be."""

    @abstractmethod
    def read(self, node: Node, at: At, reading: Reading) -> T_co:
        """Read a node, or report its problems and raise Unreadable."""

    @abstractmethod
    def schema(self) -> Schema:
        """Describe the kind as JSON Schema (draft 2020-12)."""


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """A key of a record. ``drafts``: "may omit" it or "only" they have it: packs that are not to be published."""

    key: str
    kind: Kind[T_co]
    about: str
    example: object
    default: T_co | None = None
    required: bool = False
    drafts: str = ""

    def schema(self) -> Schema:
        """Describe the key."""
        title = self.key.replace("-", " ").replace("_", " ").capitalize()
        return {"title": title, "description": self.about, **self.kind.schema(), "examples": [self.example]}


class Values:
    """The values of a record that could be read, by their fields."""

    def __init__(self, values: dict[str, object], *, sound: bool) -> None:
        """Hold values by key; ``sound``: all of them could be read."""
        self._values = values
        self.sound = sound

    def __getitem__(self, field: Field[V]) -> V:
        """Give the value of a field, or its default; the field's own type."""
        return cast("V", self._values[field.key])

    def get(self, field: Field[V | None]) -> V | None:
        """Give the value of a field, or None where it could not be read."""
        return cast("V | None", self._values.get(field.key))


@dataclass(frozen=True, slots=True)
class Spot:
    """A record that was read, for checks that look at several of its values."""

    node: Node
    at: At
    reading: Reading

    def report(self, message: str, *steps: str | int) -> None:
        """Report a problem with the value that the steps lead to."""
        line, at = self.find(*steps)
        self.reading.report(line, at, message)

    def enter(self, entry: str, *steps: str | int) -> Spot:
        """Go to an entry within the record, so that problems name it."""
        node = self.node
        for step in steps:
            if isinstance(node, Mapping) and isinstance(step, str):
                _, node = node.pairs[step]
            elif isinstance(node, Sequence) and isinstance(step, int):
                node = node.items[step]
        return Spot(node, self.find(*steps)[1]._replace(entry=entry), self.reading)

    def find(self, *steps: str | int) -> tuple[int, At]:
        """Follow the steps as far as they lead; give line and way."""
        node, line, at = self.node, self.node.line, self.at
        for step in steps:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.pairs:
                key, node = node.pairs[step]
                line = key.line
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                line = node.line
            at = At(at, step)
        return line, at


@dataclass(frozen=True, slots=True)
class Record(Kind[V]):
    """A mapping with known keys. ``entry``: its ``id`` names it in problems. ``check`` looks at the whole."""

    title: str
    about: str
    fields: tuple[Field[object], ...]
    build: Callable[[Values], V]
    check: Callable[[V, Spot], None] | None = None
    entry: bool = False

    def read(self, node: Node, at: At, reading: Reading) -> V:
        """Read all fields, then build and check the record."""
        if self.entry:
            at = _entered(node, at)
        values = self.values(node, at, reading)
        if not values.sound:
            raise Unreadable
        built = self.build(values)
        if self.check:
            self.check(built, Spot(node, at, reading))
        return built

    def values(self, node: Node, at: At, reading: Reading) -> Values:
        """Read what can be read of the fields; unknown and missing keys are problems."""
        if not isinstance(node, Mapping):
            keys = ", ".join(field.key for field in self.fields[:4])
            raise reading.refuse(node, at, f"takes a mapping, found {found(node)}; write keys with values ({keys}, …)")
        values: dict[str, object] = {}
        known = 0
        sound = True
        for field in self.fields:
            pair = node.pairs.get(field.key)
            if pair is None:
                values[field.key] = field.default
                sound = self._may_lack(field, node, at, reading) and sound
                continue
            known += 1
            if field.drafts == "only" and reading.draft is False:
                message = "holds the author's text, for drafts only; delete it, or set publishable: false in pack.yaml"
                reading.report(pair[0].line, At(at, field.key), message)
            try:
                values[field.key] = field.kind.read(pair[1], At(at, field.key), reading)
            except Unreadable:
                sound = False
        if known < len(node.pairs):
            self._unknown(node, at, reading)
        return Values(values, sound=sound)

    def _may_lack(self, field: Field[object], node: Node, at: At, reading: Reading) -> bool:
        if field.required or (field.drafts == "may omit" and reading.draft is False):
            about = field.about[0].lower() + field.about[1:]
            reading.report(node.line, At(at, field.key), f"is missing; add it: {about.rstrip('.')}")
            return False
        return True

    def _unknown(self, node: Mapping, at: At, reading: Reading) -> None:
        keys = [field.key for field in self.fields]
        for key, (name, _) in node.pairs.items():
            if key not in keys:
                message = f"is an unknown key; {guess(key, keys, 'known keys')}"
                reading.report(name.line, At(at, key), message)

    def schema(self) -> Schema:
        """Describe the record with all its keys."""
        return {
            "title": self.title,
            "description": self.about,
            "type": "object",
            "properties": {field.key: field.schema() for field in self.fields},
            "required": [field.key for field in self.fields if field.required],
            "additionalProperties": False,
        }


def _entered(node: Node, at: At) -> At:
    pair = node.pairs.get("id") if isinstance(node, Mapping) else None
    if pair and isinstance(pair[1], Scalar) and pair[1].text:
        return at._replace(entry=tamed(pair[1].text))
    return at


def found(node: Node) -> str:
    """Name what stands where something else was expected."""
    if isinstance(node, Mapping):
        return "a mapping" + (f" with the key {shown(next(iter(node.pairs)))}" if node.pairs else "")
    if isinstance(node, Sequence):
        return "a list"
    return f"the text {shown(node.text)}" if node.text else "nothing"
