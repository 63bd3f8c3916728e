"""The curators' list: what was not answered, what was reported, and what was found not helpful, in one form."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.store.records import Rating, Report, UnansweredQuestion

COLUMNS = ("kind", "id", "brief", "text", "note", "count", "helpful", "not helpful", "first", "last")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what spreadsheets take for a formula

Kind = Literal["question", "report", "vote"]
Titles = Callable[[str, str], str]  # the title of an entry, by the ids of the pack and the entry; empty when gone


@dataclass(frozen=True, slots=True)
class Case:
    """One thing on the list; ``token`` is its short name: q12 a question, r5 a report, v7 an answer found not helpful.

    ``entry``: the id of the passage; ``text``: the question, or the passage's title.
    """

    token: str
    kind: Kind
    guild_id: int | None
    pack: str
    text: str
    last: dt.datetime
    first: dt.datetime | None = None
    entry: str = ""
    note: str = ""
    count: int = 1
    helpful: int = 0
    unhelpful: int = 0


def untitled(_pack: str, _entry: str) -> str:
    """Know no titles: ids stand for themselves."""
    return ""


def question_cases(questions: Iterable[UnansweredQuestion]) -> list[Case]:
    """List questions that the brief did not answer."""
    return [
        Case(f"q{one.id}", "question", one.guild_id, one.pack, one.text, one.last, one.first, count=one.count)
        for one in questions
    ]


def judged_cases(reports: Iterable[Report], ratings: Iterable[Rating], titles: Titles) -> list[Case]:
    """List reported answers, then those found not helpful, each in the order given."""
    found = [
        Case(
            f"r{one.id}", "report", one.guild_id, one.pack, titles(one.pack, one.entry) or one.entry, one.created,
            one.created, one.entry, one.note,
        )
        for one in reports
    ]  # fmt: skip
    found += [
        Case(
            f"v{one.id}", "vote", one.guild_id, one.pack, titles(one.pack, one.entry) or one.entry, one.last,
            entry=one.entry, count=one.unhelpful + one.helpful, helpful=one.helpful, unhelpful=one.unhelpful,
        )
        for one in ratings
        if one.unhelpful
    ]  # fmt: skip
    return found


def as_csv(cases: Iterable[Case], *, servers: bool = False) -> str:
    """Write cases as CSV, with a first column for the server where ``servers``; no cell can act as a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*(("server",) if servers else ()), *COLUMNS])
    for case in cases:
        server = ("" if case.guild_id is None else f"{case.guild_id}",) if servers else ()
        writer.writerow([*server, *map(_cell, _fields(case))])
    return stream.getvalue()


def _fields(case: Case) -> tuple[str | int, ...]:
    text = f"{case.entry}: {case.text}" if case.entry and case.entry != case.text else case.text
    first = case.first.isoformat() if case.first else ""
    votes = (case.helpful, case.unhelpful) if case.kind == "vote" else ("", "")
    return (case.kind, case.token, case.pack, text, case.note, case.count, *votes, first, case.last.isoformat())


def _cell(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
