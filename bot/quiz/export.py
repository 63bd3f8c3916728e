"""Results to take home: CSV that spreadsheets open and cannot run, and JSON; from data to text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.quiz.events import Row
from bot.quiz.results import Played, per_person, per_question, shown

DELIMITERS = (",", ";")
_BOM = "\ufeff"  # without it spreadsheets take UTF-8 for another encoding
# What makes a cell a formula for a spreadsheet, full-width forms included; some skip spaces and quotes before it.
_FORMULA = frozenset("=+-@＝＋－＠|%")
_SKIPPED = " \"'\u00a0"


def people_csv(game: Played, names: Mapping[int, str], delimiter: str = ",") -> str:
    """Write one line a person: id, name, points, counts, and 1, 0 or nothing for each question (void: counts not)."""
    head = ["user id", "display name", "points", "right", "wrong", "unanswered"]
    head += [f"question {number}" for number in range(1, len(game.items) + 1)]
    lines: list[list[str | float]] = []
    for person, (user, name) in zip(per_person(game), _labels(game, names), strict=True):
        marks = [_mark(game, number, row) for number, row in enumerate(person.answers, 1)]
        lines.append([user, name, person.score, person.right, person.wrong, person.unanswered, *marks])
    return _table(head, lines, delimiter)


def answers_csv(game: Played, names: Mapping[int, str], delimiter: str = ",") -> str:
    """Write one line an answer: who, which question, what was answered, when, and what it brought."""
    head = ["user id", "display name", "number", "question", "answer", "right", "points", "answered at", "seconds"]
    lines: list[list[str | float]] = []
    for person, (user, name) in zip(per_person(game), _labels(game, names), strict=True):
        for row in filter(None, person.answers):
            item = game.items[row.number - 1]
            when = row.at.isoformat(timespec="milliseconds")
            given = shown(item, row.given)
            took = round(row.elapsed, 3)
            lines.append([user, name, row.number, item.stem, given, int(row.right), game.points(row), when, took])
    return _table(head, lines, delimiter)


def questions_csv(game: Played, delimiter: str = ",") -> str:
    """Write one line a question: how many were right, and how many chose what."""
    head = ["number", "id", "question", "right answer", "answered", "right", "share right", "unanswered", "counts"]
    lines: list[list[str | float]] = [
        [
            one.number,
            one.item.id,
            one.item.stem,
            one.item.answer,
            one.answered,
            one.right,
            "void" if one.void else "" if one.share is None else round(one.share, 3),
            one.unanswered,
            "; ".join(f"{text}: {count}" for text, count in one.counts),
        ]
        for one in per_question(game)
    ]
    return _table(head, lines, delimiter)


def results_json(game: Played, names: Mapping[int, str]) -> str:
    """Write everything as JSON; user ids are texts, for they are longer than JavaScript's numbers."""
    people = [
        {
            "user_id": user or None,
            "display_name": name,
            "points": person.score,
            "right": person.right,
            "wrong": person.wrong,
            "unanswered": person.unanswered,
            "answers": [_answer(game, row) for row in person.answers if row],
        }
        for person, (user, name) in zip(per_person(game), _labels(game, names), strict=True)
    ]
    questions = [
        {
            "number": one.number,
            "id": one.item.id,
            "question": one.item.stem,
            "right_answer": one.item.answer,
            "citation": one.item.citation,
            "answered": one.answered,
            "right": one.right,
            "share_right": one.share,
            "unanswered": one.unanswered,
            "counts": [{"answer": text, "count": count} for text, count in one.counts],
            "void": one.void,
        }
        for one in per_question(game)
    ]
    whole = {"scoring": str(game.scoring), "questions": questions, "people": people}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def defused(text: str) -> str:
    """Make a text that a spreadsheet would run as a formula plain, with an apostrophe before it."""
    flat = " ".join(text.split()) if any(char in text for char in "\t\r\n\v\f") else text
    flat = "".join(char for char in flat if char.isprintable())
    return f"'{flat}" if flat.lstrip(_SKIPPED)[:1] in _FORMULA and flat.strip(_SKIPPED) else flat


def _labels(game: Played, names: Mapping[int, str]) -> list[tuple[str, str]]:
    """Give everybody's id and name; erased participants are numbered."""
    found: list[tuple[str, str]] = []
    gone = 0
    for person in per_person(game):
        gone += person.player < 0
        known = (str(person.player), names.get(person.player, ""))
        found.append(known if person.player >= 0 else ("", f"erased participant {gone}"))
    return found


def _mark(game: Played, number: int, row: Row | None) -> int | str:
    if number in game.void:
        return "void"
    return "" if row is None else int(row.right)


def _answer(game: Played, row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "answer": shown(game.items[row.number - 1], row.given),
        "right": row.right,
        "points": game.points(row),
        "answered_at": row.at.isoformat(timespec="milliseconds"),
        "seconds": round(row.elapsed, 3),
    }


def _table(head: Sequence[str], lines: Iterable[Sequence[str | float]], delimiter: str) -> str:
    """Write a table; every text is quoted, so that no other delimiter parts a cell either."""
    if delimiter not in DELIMITERS:
        raise ValueError(f"cells are parted by one of {DELIMITERS}")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([defused(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)
    return _BOM + out.getvalue()
