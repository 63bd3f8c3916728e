"""Questions of one's own as they come in and go out: the form, the file that is read, the table that is given."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.brief.pack import Pack
from bot.brief.quiz_items import (
    MAX_DESCRIPTION,
    MAX_EXPLANATION,
    MAX_OPTION,
    MAX_STEM,
    MOST_WRONG,
    ItemKind,
    QuizItem,
    decimal,
    written,
)
from bot.discord.actions import custom_id
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.markdown import shortened
from bot.quiz.export import defused
from bot.quiz.own import COLUMNS, OwnProblem, OwnRead, read_form

MAX_FILE = 1_000_000  # bytes
_MAX_PLACE = 205
_MAX_ANSWERS = 12 * MAX_OPTION  # all further right answers that a table may have
_BOM = "\ufeff"  # without it spreadsheets take UTF-8 for another encoding
_ENCODINGS = ("utf-8-sig", "cp1252")  # what spreadsheets write


def question_form(volume: Volume, typed: Mapping[str, str] | None = None, edits: str = "") -> ui.Modal:
    """Make the form of a question; ``typed``: what it holds already, by field; ``edits``: the id of the old one."""
    state = f"{volume.id_key}.{edits}" if edits else volume.id_key
    form = ui.Modal(title="A question of your own", timeout=None, custom_id=custom_id("quiz-own-keep", state))
    place = next((str(entry.place) for entry in volume.pack.entries if entry.place.paragraph), "")
    for name, label, hint, most, long, needed in (
        ("question", "Question", "Or a statement that is true or false", MAX_STEM, False, True),
        ("answer", "Right answer", "If it is typed: other right ones, too, one a line", _MAX_ANSWERS, True, True),
        (
            "wrong",
            "Wrong answers",
            "Up to three, one a line; with none, the answer is typed",
            4 * MAX_OPTION,
            True,
            False,
        ),
        ("explanation", "Explanation", "Why it is so", MAX_EXPLANATION, True, False),
        ("place", "Place", f"Where the brief says it, such as: {place}", _MAX_PLACE, False, False),
    ):
        style = discord.TextStyle.paragraph if long else discord.TextStyle.short
        value = (typed or {}).get(name, "")[:most] or None
        field = ui.TextInput[Any](custom_id=name, style=style, max_length=most, required=needed, default=value)
        form.add_item(ui.Label(text=label, description=shortened(hint, MAX_DESCRIPTION), component=field))
    form.stop()  # sent back as a press, whenever that is
    return form


def typed_of(item: QuizItem) -> dict[str, str]:
    """Give a question as it would be typed into the form."""
    cells = _cells(item)
    typed = {name: cells[name] for name in ("question", "explanation", "place")}
    return typed | {"answer": "\n".join((cells["answer"], *item.accept)), "wrong": "\n".join(item.wrong)}


def read_question(typed: Mapping[str, str], pack: Pack, old: QuizItem | None = None) -> OwnRead:
    """Read what was typed into the form; what the form has no field for stays as it is in the ``old`` question."""
    answers, wrong = (_lines(typed.get(name, "")) for name in ("answer", "wrong"))
    cells = {name: " ".join(typed.get(name, "").split()) for name in ("question", "explanation", "place")}
    cells |= {"answer": answers[0] if answers else "", "accept": "|".join(answers[1:])}
    cells |= {f"wrong{number}": text for number, text in enumerate(wrong[:MOST_WRONG], 1)}
    cells["kind"] = str(ItemKind.CHOICE) if wrong else ""  # else a number with wrong answers would have to be typed
    if old is not None:
        cells |= _unasked(old, cells["answer"], wrong)
    read = read_form(cells, pack)
    if len(wrong) <= MOST_WRONG:
        return read
    message = f"are {len(wrong)} lines, at most {MOST_WRONG} are allowed; delete some"
    return replace(read, items=(), problems=(*read.problems, OwnProblem(0, "wrong", message)))


def _unasked(old: QuizItem, answer: str, wrong: Sequence[str]) -> dict[str, str]:
    """Give the cells that the form does not ask for, as far as they go with what was typed."""
    cells = _cells(old)
    found = {name: cells[name] for name in ("topic", "difficulty")}
    if old.kind is ItemKind.NUMBER:
        if decimal(answer.replace(",", ".")) is not None and bool(old.wrong) == bool(wrong):
            found |= {name: cells[name] for name in ("kind", "unit")}
    elif (old.wrong and wrong) or (not wrong and answer == cells["answer"]):
        found["kind"] = cells["kind"]
    return found


def need_table(file: discord.Attachment) -> None:
    """Refuse a file that is no CSV, or too large, before it is read."""
    if not file.filename.casefold().endswith(".csv"):
        raise Refusal("This is no CSV file: save your table as CSV, and attach the file that ends in .csv.")
    if file.size > MAX_FILE:
        raise Refusal(f"This file is too large: at most {MAX_FILE // 1000:,} kB are read; split it.")


def decoded(data: bytes) -> str:
    """Read a file's text, in UTF-8 or the older encoding of spreadsheets; raises Refusal."""
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal("I cannot read this file as text; save your table as CSV in UTF-8.")


def own_table(items: Iterable[QuizItem], delimiter: str) -> str:
    """Write questions as a table that can be read again; no cell runs as a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), restval="", delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    for item in items:
        writer.writerow({name: _safe(text) for name, text in _cells(item).items()})
    return _BOM + out.getvalue()


def _lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := " ".join(one.split()))]


def _cells(item: QuizItem) -> dict[str, str]:
    match item.answer:
        case bool():
            answer = str(item.answer).lower()
        case float() | int():
            answer = written(item.answer)
        case _:
            answer = item.answer
    return {
        "question": item.question,
        "answer": answer,
        **{f"wrong{number}": text for number, text in enumerate(item.wrong, 1)},
        "kind": str(item.kind),
        "accept": "|".join(item.accept),
        "unit": item.unit,
        "explanation": item.explanation,
        "topic": item.topic,
        "difficulty": str(item.difficulty),
        "place": str(item.place or ""),
    }


def _safe(cell: str) -> str:
    """Keep a cell from running as a formula; a number, and a single sign such as %, does not run."""
    return cell if decimal(cell) is not None or len(cell) < 2 else defused(cell)
