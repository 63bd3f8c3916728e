"""``briefbot unanswered``: for the curator, what was not answered and what was reported on all servers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from bot.cli.exits import DONE, FAILED, WRONG, Failed
from bot.files.configuration import Configuration, database_url, find_configuration, load_configuration
from bot.files.library import data_dir
from bot.files.problems import ContentError
from bot.store.addresses import parse_address
from bot.store.cases import Case, judged_cases, question_cases, untitled
from bot.store.cases import as_csv as written
from bot.store.database import Store, StoreFault
from bot.terminal.safety import safe, shorten
from bot.terminal.screen import Screen

_TEXT, _NOTE = 140, 200  # characters of a question and of a note in the table
_TITLES = {
    "question": "Questions that no brief answered: how often, last asked, brief",
    "report": "Reported answers: how often, when, brief, passage",
    "vote": "Answers found not helpful: by how many, last, brief, passage",
}
_NOTHING = "Nothing waits: no question went without an answer, and nobody reported a mistake."


def unanswered(config: Path | None, *, as_json: bool, as_csv: bool) -> int:
    """Print the questions, the reports and the answers found not helpful of all servers."""
    if as_json and as_csv:
        raise Failed("--json and --csv exclude each other; choose one.", WRONG)
    try:
        path = find_configuration(config)
        configuration = load_configuration(path) if path else Configuration()
        url = database_url(configuration, data_dir(configuration.data_dir))
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
    try:
        cases = asyncio.run(_read(url))
    except StoreFault as fault:
        raise Failed(str(fault), FAILED) from None
    if as_json:
        for case in cases:
            print(json.dumps(_object(case), ensure_ascii=False), flush=True)
    elif as_csv:
        print(written(cases, servers=True), end="", flush=True)
    else:
        _show(cases)
    return DONE


async def _read(url: str) -> list[Case]:
    """Read the lists; a database that does not exist yet holds nothing, and is not made for that."""
    address = parse_address(url)
    if address.is_sqlite and not address.path.exists():
        raise Failed(f"There is no database at {safe(str(address.path))} yet; briefbot run makes it.", FAILED)
    store = await Store.open(url)
    try:
        questions = await store.unanswered.everywhere()
        ratings, reports = await store.feedback.everywhere()
    finally:
        await store.close()
    return [*question_cases(questions), *judged_cases(reports, ratings, untitled)]


def _show(cases: Sequence[Case]) -> None:
    screen = Screen()
    if not cases:
        screen.put(_NOTHING)
    for number, (kind, group) in enumerate(groupby(cases, key=lambda case: case.kind)):
        if number:
            screen.gap()
        screen.heading(_TITLES[kind])
        screen.columns([_row(case) for case in group], right=(0,))


def _row(case: Case) -> tuple[str, ...]:
    """Write a line: how much, when last, which brief, what."""
    amount = f"{case.unhelpful:,} of {case.count:,}" if case.kind == "vote" else f"{case.count:,}"
    text = shorten(case.text, _TEXT) + (f" – {shorten(case.note, _NOTE)}" if case.note else "")
    return (amount, f"{case.last:%Y-%m-%d}", shorten(case.pack), text)


def _object(case: Case) -> dict[str, object]:
    return {
        "kind": case.kind,
        "id": case.token,
        "server": None if case.guild_id is None else str(case.guild_id),
        "brief": case.pack,
        "passage": case.entry or None,
        "text": None if case.entry else case.text,
        "note": case.note or None,
        "count": case.count,
        "helpful": case.helpful if case.kind == "vote" else None,
        "not_helpful": case.unhelpful if case.kind == "vote" else None,
        "first": case.first.isoformat() if case.first else None,
        "last": case.last.isoformat(),
    }
