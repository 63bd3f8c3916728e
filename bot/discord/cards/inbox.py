"""The list of ``/unanswered``: questions the brief did not answer, reported answers, and those found not helpful."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import discord
from discord import ui

from bot.discord.actions import custom_id
from bot.discord.cards.layout import Tone, body, button, card, heading, line
from bot.discord.markdown import shortened
from bot.store.cases import Case

PER_PAGE = 6
_ROOM_TEXT = 240
_ROOM_NOTE = 200
_ROOM_BRIEF = 60
_TITLES = {"question": "Not answered", "report": "Reported", "vote": "Found not helpful"}


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much there is on the list in all."""

    questions: int
    reports: int
    votes: int

    @property
    def pages(self) -> int:
        """Count the pages; an empty list has one."""
        return max(1, -(-(self.questions + self.reports + self.votes) // PER_PAGE))


def inbox_card(
    cases: Sequence[Case], amounts: Amounts, page: int, brief: Callable[[str], str], note: str = ""
) -> ui.LayoutView:
    """Show a page of the list; ``brief`` names a pack, empty where there is only one."""
    top = [heading("For those who lead"), _summary(amounts)]
    parts: list[ui.Item[Any]] = [ui.TextDisplay("\n".join([*top, *([f"-# {note}"] if note else [])]))]
    for kind, group in groupby(cases, key=lambda case: case.kind):
        told = [_told(case, brief(case.pack)) for case in group]
        parts += [line(), ui.TextDisplay("\n".join([f"**{_TITLES[kind]}**", *told]))]
    if cases:
        parts += [line(), ui.ActionRow(_dismiss(cases, page))]
    return card(Tone.QUIET, parts, _ways(page, amounts.pages))


def file_card(name: str, rows: int, amounts: Amounts) -> ui.LayoutView:
    """Show the exported file; ``rows``: how many lines it has."""
    total = amounts.questions + amounts.reports + amounts.votes
    cut = f", the first {rows:,} of {total:,}" if rows < total else ""
    text = f"{heading('The list as a table')}\nOne line for each{cut}. It holds no names of those who asked."
    return card(Tone.QUIET, [ui.TextDisplay(text), ui.File(f"attachment://{name}")])


def case_name(case: Case) -> str:
    """Name a case in a list of choices: its token and what it is about."""
    return shortened(f"{case.token}: {case.text}{f' – {case.note}' if case.note else ''}", 100)


def _summary(amounts: Amounts) -> str:
    counted = (
        (amounts.questions, "question that was not answered", "questions that were not answered"),
        (amounts.reports, "reported answer", "reported answers"),
        (amounts.votes, "answer found not helpful", "answers found not helpful"),
    )
    there = [f"{count:,} {one if count == 1 else many}" for count, one, many in counted if count]
    if not there:
        return "Nothing waits here: no question went without an answer, and nobody found a mistake."
    return f"{', '.join(there)}."


def _told(case: Case, brief: str) -> str:
    facts = [f"about “{body(brief, _ROOM_BRIEF)}”"] if brief else []
    when = f"<t:{int(case.last.timestamp())}:R>"
    match case.kind:
        case "question":
            facts += [f"asked {'once' if case.count == 1 else f'{case.count:,} times'}", f"last {when}"]
        case "report":
            facts += [when]
        case "vote":
            facts += [f"{case.unhelpful:,} not helpful, {case.helpful:,} helpful", f"last {when}"]
    said = [f"> {body(case.note, _ROOM_NOTE)}"] if case.note else []
    return "\n".join([f"`{case.token}` {body(case.text, _ROOM_TEXT)}", *said, f"-# {' · '.join(facts)}"])


def _dismiss(cases: Sequence[Case], page: int) -> ui.Select[Any]:
    options = [discord.SelectOption(label=case_name(case), value=case.token) for case in cases]
    return ui.Select(
        custom_id=custom_id("unanswered-dismiss", str(page)),
        placeholder="Dismiss…",
        options=options,
        max_values=len(options),
    )


def _ways(page: int, pages: int) -> Iterator[ui.Button[Any]]:
    if page > 0:
        yield button("Previous page", "unanswered-page", str(page - 1))
    if page + 1 < pages:
        yield button("Next page", "unanswered-page", str(page + 1))
