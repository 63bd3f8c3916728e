"""YAML, strictly: bytes to a tree of nodes that know their lines. The only place that imports PyYAML.

Stricter than YAML: UTF-8 only, one document, no anchors, aliases, tags or directives, no duplicate keys, limits on
depth and number of nodes. Scalars stay text; what YAML 1.1 would make of a plain one, ``surprise`` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.files.problems import ContentError, Problem, complain, shown, tamed

MAX_DEPTH = 20
MAX_NODES = 250_000
_TOO_DEEP = f"is nested deeper than {MAX_DEPTH} levels; check the brackets and the indentation"

if (
    not yaml.__with_libyaml__
):  # the parser in Python is ten times slower, and refuses [What is it?], which libyaml reads
    raise ImportError(
        "PyYAML lacks libyaml; install its wheel: pip install --force-reinstall --only-binary=:all: pyyaml"
    )


@dataclass(slots=True)
class Scalar:
    """A text; ``plain``: written without quotes or block indicator, so that YAML may see something else in it."""

    line: int
    text: str
    plain: bool


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    line: int
    items: list[Node]


@dataclass(slots=True)
class Mapping:
    """Keys by their text, each with its own node and the node that it leads to."""

    line: int
    pairs: dict[str, tuple[Scalar, Node]]


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds (None: nothing that can be used), and what is wrong with it as YAML."""

    root: Node | None
    problems: tuple[Problem, ...] = ()


def parse(data: bytes, file: str) -> Document:
    """Read one YAML document; ``file`` is its name in problems. Never raises for a fault in the data."""
    try:
        tree = _Tree(file, decode(data, file))
    except ContentError as error:
        return Document(None, error.problems)
    try:
        root = tree.grow()
    except ContentError as error:
        return Document(None, (*tree.problems, *error.problems))
    except yaml.MarkedYAMLError as fault:
        return Document(None, (*tree.problems, Problem(file, _line(fault), "", "", _syntax(fault))))
    except yaml.YAMLError as fault:
        return Document(None, (Problem(file, 0, "", "", f"is not YAML ({fault}); check the file"),))
    return Document(None if tree.spoilt else root, tuple(tree.problems))


# --- bytes to text ---------------------------------------------------------------------------------------------------

_BOMS = (
    (b"\xef\xbb\xbf", "a byte order mark", "UTF-8 without BOM"),
    (b"\xff\xfe", "the byte order mark of UTF-16", "UTF-8"),
    (b"\xfe\xff", "the byte order mark of UTF-16", "UTF-8"),
)
_ASCII = bytes(range(0x80))
_HARMLESS = b"\n" + bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100))
# Controls, soft hyphen, zero-width, bidi overrides and isolates, tags, noncharacters, replacement: never meant.
_BARRED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e007f]"
)


def decode(data: bytes, file: str) -> str:
    """Decode UTF-8 with lines ending in LF, or raise ContentError with the line and the mend."""
    for mark, found, wanted in _BOMS:
        if data.startswith(mark):
            raise complain(file, f"begins with {found}; save it as {wanted}", 1)
    if b"\x00" in data:
        line = data.count(b"\n", 0, data.index(b"\x00")) + 1
        raise complain(file, "holds a NUL byte, so it is binary or UTF-16; save it as text in UTF-8", line)
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
    try:
        beyond_ascii = data.translate(None, _ASCII).decode()  # a twentieth of the work of searching the whole text
        text = data.decode()
    except UnicodeDecodeError:
        raise _undecodable(data, file) from None
    if data.translate(None, _HARMLESS) or _BARRED.search(beyond_ascii):
        raise ContentError(_barred(text, file))
    return text


def _undecodable(data: bytes, file: str) -> ContentError:
    try:
        data.decode()
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        byte = data[fault.start]
        return complain(file, f"is not UTF-8 (byte 0x{byte:02X}; Latin-1?); save it as UTF-8", line)
    return complain(file, "is not UTF-8; save it as UTF-8")


def _barred(text: str, file: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if found := _BARRED.search(line):
            yield Problem(file, number, "", "", barred_message(found[0]))


def barred(text: str) -> str:
    """Find the first character that no text may hold, or give an empty string."""
    found = _BARRED.search(text)
    return found[0] if found else ""


def barred_message(char: str) -> str:
    """Say which character is barred, and the mend."""
    if char == "\t":
        return "holds a tab; use spaces"
    return f"holds the invisible or broken character U+{ord(char):04X}; delete it"


# --- text to tree ----------------------------------------------------------------------------------------------------


class _Tree:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.spoilt = False
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._nodes = 0
        self._depth = 0

    def grow(self) -> Node:
        """Read the one document that the text holds."""
        next(self._events)  # the stream's start
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise complain(self.file, "is empty; fill it or delete it")
        self._start(start)
        root = self._node(next(self._events))
        next(self._events)  # the document's end
        more = next(self._events)
        if not isinstance(more, yaml.StreamEndEvent):
            line = _line_of(more)
            raise complain(self.file, 'holds a second document; delete the "---" and what does not belong here', line)
        return root

    def _start(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            self._refuse(event, "holds a directive; delete the line that begins with %")

    def _refuse(self, event: yaml.Event, message: str) -> None:
        self.spoilt = True
        self.problems.append(Problem(self.file, _line_of(event), "", "", message))

    def _node(self, event: yaml.Event) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"holds more than {MAX_NODES:,} values; split the brief into two packs"
            raise complain(self.file, message, _line_of(event))
        if type(event) is yaml.ScalarEvent:  # most nodes are scalars, so they come first and fast
            if event.anchor or event.tag:
                self._plainly(event)
            if event.style == '"' and (char := barred(event.value)):  # by an escape such as \u202e
                self._refuse(event, barred_message(char))
            return Scalar(_line_of(event), event.value, event.implicit[0])
        return self._collection(event)

    def _collection(self, event: yaml.Event) -> Node:
        if isinstance(event, yaml.AliasEvent):
            message = f"holds the alias *{event.anchor}; write the value out, or quote the text if it begins with *"
            self._refuse(event, message)
            return Scalar(_line_of(event), "", plain=True)
        assert isinstance(event, yaml.CollectionStartEvent)  # noqa: S101  # by YAML's grammar
        self._plainly(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise complain(self.file, _TOO_DEEP, _line_of(event))
        node = self._mapping(event) if isinstance(event, yaml.MappingStartEvent) else self._sequence(event)
        self._depth -= 1
        return node

    def _plainly(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            message = f"holds the anchor &{event.anchor}; delete it, or quote the text if it begins with &"
            self._refuse(event, message)
        if event.tag:
            self._refuse(event, f"holds the tag {shown(event.tag)}; delete it, or quote the text if it begins with !")

    def _sequence(self, start: yaml.Event) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return Sequence(_line_of(start), items)

    def _mapping(self, start: yaml.Event) -> Mapping:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event)
            value = self._node(next(self._events))
            if not isinstance(key, Scalar):
                self._refuse(event, "holds a list or mapping as a key; quote text that begins with ?, [ or {")
            elif key.text in pairs:
                message = f"is already given in line {pairs[key.text][0].line}; delete one of the two"
                self.problems.append(Problem(self.file, key.line, "", tamed(key.text), message))
            else:
                pairs[key.text] = (key, value)
        return Mapping(_line_of(start), pairs)


# --- YAML's own errors, in plain words -------------------------------------------------------------------------------

_MENDS = (
    ("mapping values are not allowed", 'quote text that contains ": "'),
    ("cannot start any token", "quote text that begins with %, @ or `"),
    ("unknown escape character", "use single quotes, or write \\\\ for a backslash"),
    ("end of stream", "close the quote or bracket"),
    ("',' or ']'", "close the bracket, and quote texts that hold a comma or bracket"),
    ("',' or '}'", "close the brace, and quote texts that hold a comma or brace"),
    ("expected key", "check the indentation of this line, and quote text that begins with a quotation mark"),
    ("block end", "check the indentation of this line, and quote text that begins with a quotation mark"),
    ("an anchor", "quote text that begins with &"),
    ("tag", "quote text that begins with !"),
)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _line(fault: yaml.MarkedYAMLError) -> int:
    mark = fault.problem_mark or fault.context_mark
    return mark.line + 1 if mark else 0


def _syntax(fault: yaml.MarkedYAMLError) -> str:
    problem = fault.problem or "malformed"
    if "nesting depth" in problem:  # libyaml from 0.2.6 has a limit of its own, far above ours
        return _TOO_DEEP
    signs = f"{fault.context}: {problem}"
    mend = next((mend for sign, mend in _MENDS if sign in signs), "check this line and the one above it")
    since = fault.context_mark.line + 1 if fault.context_mark else 0
    inside = (fault.context or "").removeprefix("while parsing ").removeprefix("while scanning ")
    began = f", in {inside} that began in line {since}" if since and since != _line(fault) else ""
    return f"is not YAML ({problem}{began}); {mend}"


# --- what YAML 1.1 sees in plain scalars -----------------------------------------------------------------------------

SUSPECT = frozenset(["", *"yYnNtTfFoO~<=.+-0123456789"])  # first characters of what may be more than text
_READINGS = (
    ("nothing at all", re.compile(r"~|null|Null|NULL|")),
    ("a truth value", re.compile(r"(?i:y|n|yes|no|true|false|on|off)")),
    ("a date", re.compile(r"\d{4}-\d\d?-\d\d?(?:(?:[Tt]|\s+)\d.*)?")),
    ("a number of base 60", re.compile(r"[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?")),
    ("a number", re.compile(r"[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.[\d_]+)(?:[eE][-+]?\d+)?")),
    ("a number", re.compile(r"[-+]?0(?:x[\da-fA-F_]+|b[01_]+|o[0-7_]+)|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")),
    ("a merge key", re.compile(r"<<|=")),
)


def surprise(text: str) -> str:
    """Say what YAML 1.1 takes a plain scalar for when it is not text (``a truth value``), else give an empty string."""
    if text[:1] not in SUSPECT:
        return ""
    return next((what for what, pattern in _READINGS if pattern.fullmatch(text)), "")
