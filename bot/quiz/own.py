"""Instructors' own questions, from CSV or a form: the same bounds as a pack's, every problem at once."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.brief.pack import Pack
from bot.brief.places import Place, parse_place
from bot.brief.quiz_items import (
    MAX_EXPLANATION,
    MAX_OPTION,
    MAX_STEM,
    MAX_TOPIC,
    MAX_UNIT,
    Answer,
    Difficulty,
    Fault,
    ItemKind,
    QuizItem,
    decimal,
    flaws,
    folded,
    giveaways,
)

MAX_CSV = 1_000_000  # characters
MAX_ROWS = 200
_MOST_COLUMNS = 50
TOPIC = "Own questions"
COLUMNS: Mapping[str, str] = {
    "question": f"The question, or a statement to be judged true or false (needed; {MAX_STEM} characters).",
    "answer": f"The right answer: a text ({MAX_OPTION} characters), a number, or true or false (needed).",
    "wrong1": "A wrong answer; a choice needs at least one.",
    "wrong2": "Another wrong answer.",
    "wrong3": "Another wrong answer.",
    "kind": "choice, true-false, number or text; if empty, it follows from the answer.",
    "accept": "Further right answers of a text question, separated by |.",
    "unit": "The unit of a number, such as %.",
    "explanation": f"Why it is so ({MAX_EXPLANATION} characters).",
    "topic": f"What it is about ({MAX_TOPIC} characters; if empty: {TOPIC}).",
    "difficulty": "easy, medium or hard (if empty: medium).",
    "place": "Where the brief says it: the section's title and the paragraph's number, such as Summary 1.",
}
_NEEDED = ("question", "answer")
_LIMITS = {
    "question": MAX_STEM, "answer": MAX_OPTION, "wrong1": MAX_OPTION, "wrong2": MAX_OPTION, "wrong3": MAX_OPTION,
    "unit": MAX_UNIT, "explanation": MAX_EXPLANATION, "topic": MAX_TOPIC, "difficulty": 20, "kind": 20, "place": 205,
    "accept": 1_000,
}  # fmt: skip
_GAPS = re.compile(r"[\s_-]+")  # in the names of columns
_MOST_UNKNOWN = 5
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


@dataclass(frozen=True, slots=True, order=True)
class OwnProblem:
    """One fault: the line of the file (0: the file as a whole, or a form), the column, and the mend."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        """Write ``line 4: answer: what is wrong; the mend``."""
        place = f"line {self.line}" if self.line else ""
        return ": ".join(filter(None, (place, self.column, self.message)))


@dataclass(frozen=True, slots=True)
class OwnRead:
    """What was read: the items if there is no problem, else the problems, by line.

    ``warnings`` tell of items that can be asked, though the right answer stands out.
    """

    items: tuple[QuizItem, ...] = ()
    problems: tuple[OwnProblem, ...] = ()
    warnings: tuple[OwnProblem, ...] = ()


def template(delimiter: str = ",") -> str:
    """Write a file to fill in: the columns and two examples."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    choice = {"question": "Which city did we speak about last week?", "answer": "Bergen", "kind": "choice"}
    writer.writerow({**choice, "wrong1": "Aarhus", "wrong2": "Turku", "wrong3": "Tartu", "topic": "Last week"})
    writer.writerow({"question": "How many recommendations are there?", "answer": "3", "kind": "number"})
    return "\ufeff" + out.getvalue()


def read_own(text: str, pack: Pack | None = None) -> OwnRead:
    """Read questions from a CSV text; ``pack``: where places are looked up."""
    if len(text) > MAX_CSV:
        return _failed(0, f"The file is too long; at most {MAX_CSV:,} characters are read, split it.")
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        lines = list(_lines(reader))
    except csv.Error as fault:
        return _failed(reader.line_num, f"the file is no CSV ({fault}); save it again as CSV, in UTF-8")
    if not lines:
        return _failed(0, "The file is empty; begin with a line of column names.")
    (first, head), *rest = lines
    names = [_column_name(cell) for cell in head]
    problems = [*_heading(first, names), *_count(len(rest))]
    if problems:
        return OwnRead(problems=tuple(sorted(problems)))
    return _read([_Entry(line, _row(names, cells), len(cells) - len(names)) for line, cells in rest], pack)


def read_form(fields: Mapping[str, str], pack: Pack | None = None) -> OwnRead:
    """Read one question from the fields of a form, by column name."""
    return _read([_Entry(0, {name: fields.get(name, "") for name in COLUMNS}, 0)], pack)


@dataclass(frozen=True, slots=True)
class _Entry:
    """The cells of a line by column, and how many more than columns there were."""

    line: int
    cells: Mapping[str, str]
    beyond: int


def _failed(line: int, message: str) -> OwnRead:
    return OwnRead(problems=(OwnProblem(line, "", message),))


def _delimiter(text: str) -> str:
    """Find out what separates the cells: what separates the column names."""
    head = text.lstrip().partition("\n")[0]
    return max(",;\t", key=head.count)


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that hold something, each with the number on which it begins."""
    begin = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begin, cells
        begin = getattr(reader, "line_num", begin) + 1


def _column_name(cell: str) -> str:
    """Read a column's name, however it is written: ``Wrong_1`` and ``wrong 1`` are wrong1."""
    bare = _GAPS.sub("", cell.casefold())
    return bare if bare in COLUMNS else " ".join(cell.casefold().split())


def _heading(line: int, names: Sequence[str]) -> Iterator[OwnProblem]:
    if len(names) > _MOST_COLUMNS:
        yield OwnProblem(line, "", f"There are {len(names)} columns. Known: {', '.join(COLUMNS)}.")
        return
    missing = [name for name in _NEEDED if name not in names]
    unknown = [name[:40] for name in dict.fromkeys(names) if name and name not in COLUMNS]
    if missing or unknown:
        told = [f"Missing columns: {', '.join(missing)}."] if missing else []
        more = f" and {len(unknown) - _MOST_UNKNOWN} more" if len(unknown) > _MOST_UNKNOWN else ""
        told += [f"Unknown columns: {', '.join(unknown[:_MOST_UNKNOWN])}{more}."] if unknown else []
        yield OwnProblem(line, "", " ".join([*told, f"Known: {', '.join(COLUMNS)}."]))
    for name in COLUMNS:
        if names.count(name) > 1:
            yield OwnProblem(line, name, "the column stands there twice; delete one")


def _count(rows: int) -> Iterator[OwnProblem]:
    if rows > MAX_ROWS:
        yield OwnProblem(0, "", f"The file holds {rows} questions, at most {MAX_ROWS} are read; split it.")
    if not rows:
        yield OwnProblem(0, "", "The file holds no question; write one a line below the column names.")


def _row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    found = dict.fromkeys(COLUMNS, "")
    return found | {name: " ".join(cell.split()) for name, cell in zip(names, cells, strict=False) if name}


def _read(entries: Sequence[_Entry], pack: Pack | None) -> OwnRead:
    items: list[QuizItem] = []
    problems: list[OwnProblem] = []
    warnings: list[OwnProblem] = []
    seen: dict[str, int] = {}
    for entry in entries:
        found = list(_flaws(entry))
        if not found:
            item = _item(entry.cells, pack)
            found = [OwnProblem(entry.line, _column(item, fault), fault.message) for fault in _faults(item)]
            found += _misplaced(entry, item, pack)
            warnings += [OwnProblem(entry.line, _column(item, fault), fault.message) for fault in giveaways(item)]
            items.append(item)
        question = folded(entry.cells["question"])
        first = seen.setdefault(question, entry.line)
        if question and first != entry.line:
            found.append(OwnProblem(entry.line, "question", f"stands in line {first} already; delete or reword one"))
        problems += found
    return OwnRead(problems=tuple(sorted(problems))) if problems else OwnRead(tuple(items), warnings=tuple(warnings))


def _flaws(entry: _Entry) -> Iterator[OwnProblem]:
    """Find what keeps a line from being read at all."""
    if entry.beyond > 0:
        yield OwnProblem(
            entry.line, "", "there are more cells than columns; put a text that holds the separator in quotes"
        )
    for name, text in entry.cells.items():
        if name in _NEEDED and not text:
            yield OwnProblem(entry.line, name, "is empty; fill it in")
        if len(text) > _LIMITS[name]:
            message = f"is {len(text)} characters long, at most {_LIMITS[name]} are allowed; shorten it"
            yield OwnProblem(entry.line, name, message)
        unseen = next((char for char in text if unicodedata.category(char) in _UNSEEN), "")
        if unseen:
            message = f"holds the invisible or broken character U+{ord(unseen):04X}; delete it"
            yield OwnProblem(entry.line, name, message)
    for name, known in (("kind", tuple(ItemKind)), ("difficulty", tuple(Difficulty))):
        text = entry.cells[name].casefold()
        if text and text not in known:
            message = f"“{entry.cells[name][:20]}” is not known; write {', '.join(known)}, or leave it empty"
            yield OwnProblem(entry.line, name, message)


def _item(cells: Mapping[str, str], pack: Pack | None) -> QuizItem:
    wrong = tuple(text for name in ("wrong1", "wrong2", "wrong3") if (text := cells[name]))
    kind = _kind(cells, wrong)
    digest = hashlib.sha256(folded(cells["question"]).encode()).hexdigest()
    return QuizItem(
        id=f"own-{digest[:12]}",
        kind=kind,
        topic=cells["topic"] or TOPIC,
        difficulty=Difficulty(cells["difficulty"].casefold() or Difficulty.MEDIUM),
        question=cells["question"],
        answer=_answer(cells["answer"], kind),
        wrong=tuple(map(_pointed, wrong)) if kind is ItemKind.NUMBER else wrong,
        accept=tuple(text for part in cells["accept"].split("|") if (text := part.strip())),
        unit=cells["unit"],
        explanation=cells["explanation"],
        place=parse_place(cells["place"], pack.outline) if pack and cells["place"] else None,
    )


def _kind(cells: Mapping[str, str], wrong: Sequence[str]) -> ItemKind:
    if cells["kind"]:
        return ItemKind(cells["kind"].casefold())
    if cells["answer"].casefold() in {"true", "false"} and not wrong:
        return ItemKind.TRUE_FALSE
    if decimal(_pointed(cells["answer"])) is not None and not cells["accept"]:
        return ItemKind.NUMBER
    return ItemKind.CHOICE if wrong else ItemKind.TEXT


def _answer(text: str, kind: ItemKind) -> Answer:
    """Take the answer for what its kind needs; what cannot be taken for it stays a text, and is then a fault."""
    if kind is ItemKind.TRUE_FALSE and text.casefold() in {"true", "false"}:
        return text.casefold() == "true"
    if kind is ItemKind.NUMBER:
        number = decimal(_pointed(text))
        return text if number is None else number
    return text


def _pointed(text: str) -> str:
    """Write a decimal comma as a point."""
    whole, comma, rest = text.partition(",")
    return f"{whole}.{rest}" if comma and rest.isdecimal() else text


def _faults(item: QuizItem) -> Iterator[Fault]:
    yield from flaws(item)
    for index, text in enumerate(item.accept):
        if len(text) > MAX_OPTION:
            message = f"holds an answer of {len(text)} characters, at most {MAX_OPTION} are allowed; shorten it"
            yield Fault("accept", index, message)


def _column(item: QuizItem, fault: Fault) -> str:
    """Name the column in which a fault lies."""
    if fault.key != "wrong":
        return fault.key
    return f"wrong{min(fault.index or 0, len(item.wrong)) + 1}"


def _misplaced(entry: _Entry, item: QuizItem, pack: Pack | None) -> list[OwnProblem]:
    text = entry.cells["place"]
    if not text or pack is None or (item.place and item.place in _places(pack)):
        return []
    message = f"is no place of this brief; write a section's title and a paragraph's number: {', '.join(pack.outline)}"
    return [OwnProblem(entry.line, "place", message)]


def _places(pack: Pack) -> set[Place]:
    return {entry.place for entry in pack.entries} | {Place(title) for title in pack.outline}
