"""Results to take home: CSV that spreadsheets open and cannot run, and JSON; from data to text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.quiz.events import Row
from bot.quiz.periods import Attendance, Sitting, asked, attendance
from bot.quiz.regrading import Line
from bot.quiz.results import Person, Played, Question, erased, per_person, per_question, shown

DELIMITERS = (",", ";")
_BOM = "\ufeff"  # without it spreadsheets take UTF-8 for another encoding
# What makes a cell a formula for a spreadsheet, full-width forms included; some skip spaces and quotes before it.
_FORMULA = frozenset("=+-@＝＋－＠|%")
_SKIPPED = " \"'\u00a0"
_OUT = "does not count"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a round's file says of the round itself; ``leader`` is None once erased."""

    number: int
    title: str
    opened: dt.datetime
    ended: dt.datetime | None
    leader: int | None
    corrections: Sequence[Line] = ()


def people_csv(game: Played, names: Mapping[int, str], delimiter: str = ",") -> str:
    """Write one line a person: name, id, points, counts, and 1, 0 or nothing for each question that counts."""
    head = ["display name", "user id", "points", "right", "wrong", "no answer"]
    head += [f"question {number}" for number in range(1, len(game.items) + 1)]
    lines: list[list[str | float]] = []
    people = per_person(game)
    for person, label in zip(people, _labels(people, names), strict=True):
        marks = [_mark(game, number, row) for number, row in enumerate(person.answers, 1)]
        lines.append([*_named(*label), person.score, person.right, person.wrong, person.unanswered, *marks])
    return _table(head, lines, delimiter)


def answers_csv(game: Played, names: Mapping[int, str], delimiter: str = ",") -> str:
    """Write one line an answer: who, which question, what was answered, when, and what it brought."""
    head = ["display name", "user id", "number", "question", "answer", "right", "points", "answered at", "seconds"]
    lines: list[list[str | float]] = []
    people = per_person(game)
    for person, label in zip(people, _labels(people, names), strict=True):
        for row in filter(None, person.answers):
            item = game.items[row.number - 1]
            when = row.at.isoformat(timespec="milliseconds")
            given = shown(item, row.given)
            took = round(row.elapsed, 3)
            lines.append([*_named(*label), row.number, item.stem, given, int(row.right), game.points(row), when, took])
    return _table(head, lines, delimiter)


def questions_csv(game: Played, delimiter: str = ",") -> str:
    """Write one line a question: how many were right, and how many chose what."""
    head = ["number", "id", "question", "right answer", "answered", "right", "share right", "no answer", "counts"]
    lines: list[list[str | float]] = [
        [
            one.number,
            one.item.id,
            one.item.stem,
            one.item.answer,
            one.answered,
            one.right,
            _OUT if one.void else "" if one.share is None else round(one.share, 3),
            one.unanswered,
            "; ".join(f"{text}: {count}" for text, count in one.counts),
        ]
        for one in per_question(game)
    ]
    return _table(head, lines, delimiter)


def results_json(game: Played, names: Mapping[int, str], about: About) -> str:
    """Write everything as JSON; user ids are texts, for they are longer than JavaScript's numbers."""
    everyone = per_person(game)
    people = [
        {
            "user_id": user or None,
            "display_name": name,
            **_counted(person),
            "answers": [_answer(game, row) for row in person.answers if row],
        }
        for person, (user, name) in zip(everyone, _labels(everyone, names), strict=True)
    ]
    questions = [_asked(one) | {"void": one.void} for one in per_question(game)]
    whole = {**_about(about), "scoring": str(game.scoring), "questions": questions, "people": people}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def period_csv(
    sittings: Sequence[Sitting], names: Mapping[int, str], delimiter: str = ",", expected: Iterable[int] = ()
) -> str:
    """Write one line a person over several rounds: name, id, counts, and the right answers in each round.

    A cell is empty where a round was missed; those expected have a line though they missed all.
    """
    head = ["display name", "user id", "rounds played", "right", "asked", "rounds missed"]
    head += [f"round {one.id} ({one.opened:%Y-%m-%d}) {defused(one.title)}" for one in sittings]
    people = attendance(sittings, expected)
    lines: list[list[str | float]] = []
    for person, label in zip(people, _labels(people, names), strict=True):
        cells = ["" if one is None else one.right for one in person.rounds]
        lines.append([*_named(*label), person.played, person.right, person.asked, person.missed, *cells])
    return _table(head, lines, delimiter)


def period_json(sittings: Sequence[Sitting], names: Mapping[int, str], expected: Iterable[int] = ()) -> str:
    """Write several rounds as JSON: the rounds, the questions in all of them, and everybody in each of them."""
    everyone = attendance(sittings, expected)
    people = [
        {
            "user_id": user or None,
            "display_name": name,
            "rounds_played": person.played,
            "right": person.right,
            "asked": person.asked,
            "rounds_missed": [sitting.id for sitting, one in zip(sittings, person.rounds, strict=True) if one is None],
            "rounds": [
                {"round": sitting.id, **_counted(one)}
                for sitting, one in zip(sittings, person.rounds, strict=True)
                if one is not None
            ],
        }
        for person, (user, name) in zip(everyone, _labels(everyone, names), strict=True)
    ]
    questions = [_asked(one.sums) | {"rounds": one.rounds} for one in asked(sittings)]
    whole = {"rounds": [_sat(one) for one in sittings], "questions": questions, "people": people}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def defused(text: str) -> str:
    """Make a text that a spreadsheet would run as a formula plain, with an apostrophe before it."""
    flat = " ".join(text.split()) if any(char in text for char in "\t\r\n\v\f") else text
    flat = "".join(char for char in flat if char.isprintable())
    return f"'{flat}" if flat.lstrip(_SKIPPED)[:1] in _FORMULA and flat.strip(_SKIPPED) else flat


def _labels(people: Iterable[Person | Attendance], names: Mapping[int, str]) -> list[tuple[str, str]]:
    """Give everybody's id and name; erased participants are numbered."""
    found: list[tuple[str, str]] = []
    gone = 0
    for person in people:
        gone += person.player < 0
        known = (str(person.player), names.get(person.player, ""))
        found.append(known if person.player >= 0 else ("", f"erased participant {gone}"))
    return found


def _named(user: str, name: str) -> tuple[str, str]:
    """Give the cells of somebody: spreadsheets would round an id, a number of 18 digits, if nothing stood before it."""
    return name, f"id:{user}" if user else ""


def _mark(game: Played, number: int, row: Row | None) -> int | str:
    if number in game.void:
        return _OUT
    return "" if row is None else int(row.right)


def _counted(person: Person) -> dict[str, int]:
    return {
        "points": person.score,
        "right": person.right,
        "wrong": person.wrong,
        "unanswered": person.unanswered,
    }


def _asked(one: Question) -> dict[str, Any]:
    return {
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
    }


def _about(about: About) -> dict[str, Any]:
    return {
        "round": about.number,
        "title": about.title,
        "opened": about.opened.isoformat(timespec="seconds"),
        "ended": about.ended.isoformat(timespec="seconds") if about.ended else None,
        "leader_id": str(about.leader) if about.leader else None,
        "corrections": [
            {
                "at": line.at.isoformat(timespec="seconds"),
                "by": str(line.by) if line.by > 0 else None,
                "text": line.text,
            }
            for line in about.corrections
        ],
    }


def _sat(one: Sitting) -> dict[str, Any]:
    return {
        "round": one.id,
        "title": one.title,
        "opened": one.opened.isoformat(timespec="seconds"),
        "scoring": str(one.game.scoring),
        "questions": len(one.game.items),
        "void": sorted(one.game.void),
        "erased_participants": erased(one.game),
    }


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
        raise ValueError(f"cells are separated by one of {DELIMITERS}")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(cell, delimiter) for cell in line] for line in lines)
    return _BOM + out.getvalue()


def _cell(cell: str | float, delimiter: str) -> str | float:
    """Write a cell; spreadsheets that want semicolons have a decimal comma, and take 1.08 for a day."""
    if isinstance(cell, str):
        return defused(cell)
    return str(cell).replace(".", ",") if isinstance(cell, float) and delimiter == ";" else cell
