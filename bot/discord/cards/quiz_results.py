"""The card of ``/quiz results``: four views of a round or a period, in pages; and the card with the files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from discord import ui

from bot.discord.cards.layout import Tone, button, card, heading, line
from bot.quiz.periods import Period

_STATE = re.compile(
    r"(?:(?P<round>[1-9]\d{0,17})|(?P<period>week|month|all)-(?P<until>\d{1,11}))"
    r"\.(?P<view>people|questions|absent|record)\.(?P<page>\d{1,4})\.(?P<separator>comma|semicolon)",
    re.ASCII,
)


class View(StrEnum):
    """What of the results is shown."""

    PEOPLE = "people"
    QUESTIONS = "questions"
    ABSENT = "absent"
    RECORD = "record"


PER_PAGE = {View.PEOPLE: 20, View.QUESTIONS: 3, View.ABSENT: 25, View.RECORD: 6}
_ROOM_TITLE = 200


@dataclass(frozen=True, slots=True)
class Span:
    """A period that ends when it was asked for, so that its pages hold together."""

    period: Period
    until: dt.datetime

    @property
    def since(self) -> dt.datetime | None:
        """Give its first instant; None for no bound."""
        return self.period.since(self.until)


@dataclass(frozen=True, slots=True)
class Where:
    """What is looked at: a round by its number, or a period; which view and page of it, and how its tables are cut."""

    subject: int | Span
    view: View = View.PEOPLE
    page: int = 0
    separator: str = "comma"

    @property
    def state(self) -> str:
        """Write it for a custom id."""
        match self.subject:
            case Span(period, until):
                subject = f"{period}-{int(until.timestamp())}"
            case number:
                subject = str(number)
        return f"{subject}.{self.view}.{self.page}.{self.separator}"

    @property
    def delimiter(self) -> str:
        """Give the character between the cells of tables."""
        return ";" if self.separator == "semicolon" else ","


def read_where(state: str) -> Where | None:
    """Read what a button looks at; None for what is not of this version."""
    found = _STATE.fullmatch(state)
    if found is None:
        return None
    if found["round"]:
        subject: int | Span = int(found["round"])
    else:
        subject = Span(Period(found["period"]), dt.datetime.fromtimestamp(int(found["until"]), dt.UTC))
    return Where(subject, View(found["view"]), int(found["page"]), found["separator"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A view as it is shown: the title is plain, all else Markdown; ``empty`` stands where there are no lines."""

    title: str
    notes: Sequence[str]
    lines: Sequence[str]
    empty: str


def results_card(sheet: Sheet, where: Where) -> ui.LayoutView:
    """Show a page of a view, the nearest one where it is not there."""
    size = PER_PAGE[where.view]
    pages = max(1, -(-len(sheet.lines) // size))
    where = replace(where, page=min(where.page, pages - 1))
    shown = sheet.lines[where.page * size : (where.page + 1) * size]
    between = "\n\n" if where.view is View.QUESTIONS else "\n"
    top = [heading(sheet.title, _ROOM_TITLE), *(f"-# {note}" for note in sheet.notes if note)]
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay("\n".join(top)),
        line(),
        ui.TextDisplay(f"**{where.view.capitalize()}**\n{between.join(shown) or sheet.empty}"),
    ]
    return card(Tone.QUIET, parts, _views(where), _ways(where, pages))


def files_card(title: str, names: Sequence[str], left_out: Sequence[str]) -> ui.LayoutView:
    """Show the files of results."""
    texts = [heading(title, _ROOM_TITLE), "These files contain names. Share them only with people who may see them."]
    if left_out:
        texts.append(f"Too large for Discord, and left out: {', '.join(left_out)}.")
    files = (ui.File[ui.LayoutView](f"attachment://{name}") for name in names)
    return card(Tone.QUIET, [ui.TextDisplay("\n".join(texts)), *files])


def _views(where: Where) -> Iterator[ui.Button[Any]]:
    """Offer all views; the one that is shown cannot be pressed."""
    for view in View:
        one = button(view.capitalize(), "quiz-results", replace(where, view=view, page=0).state)
        one.disabled = view is where.view
        yield one


def _ways(where: Where, pages: int) -> Iterator[ui.Button[Any]]:
    if where.page:
        yield button("Previous page", "quiz-results-page", replace(where, page=where.page - 1).state)
    if where.page + 1 < pages:
        label = f"Next page ({where.page + 2} of {pages})"
        yield button(label, "quiz-results-page", replace(where, page=where.page + 1).state)
    yield button("Files", "quiz-results-files", where.state)
