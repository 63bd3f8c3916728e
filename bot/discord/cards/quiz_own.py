"""Cards of a server's own questions: what was kept, what is wrong with what was written, the list, the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.discord.cards.layout import Part, Tone, body, button, card, heading, line, quiet
from bot.discord.cards.quiz_preview import KINDS, answer_line, packed
from bot.discord.cards.quiz_telling import ROOM_STEM, option_lines
from bot.discord.markdown import fitted, tame
from bot.quiz.items import Item
from bot.quiz.own import COLUMNS, TOPIC, OwnProblem

PER_PAGE = 4
MOST_PROBLEMS = 15
_ROOM_PROBLEM = 400
_ROOM_PAGE = 3_300  # characters of questions on a page of the list
_ROOM_PROBLEMS = 3_300
_ROOM_KNOWN = 200
_ROOM_MORE = 120
_LABELS = {
    "question": "Question",
    "answer": "Right answer",
    "accept": "Further right answers",
    "wrong": "Wrong answers",
    "wrong1": "First wrong answer",
    "wrong2": "Second wrong answer",
    "wrong3": "Third wrong answer",
    "explanation": "Explanation",
    "place": "Place",
}


@dataclass(frozen=True, slots=True)
class OwnList:
    """A server's own questions on a brief, how many there are on all briefs, and the short form of the brief's id."""

    items: Sequence[Item]
    total: int
    most: int
    key: str
    brief: str = ""

    def page(self, typed: str) -> int:
        """Give the page that a number names, or the last one where there are fewer."""
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
        return max(0, min(number, len(self.pages) - 1))

    @property
    def pages(self) -> list[range]:
        """Give which questions stand on each page; an empty list has one."""
        return packed([len(_told(item)) for item in self.items], PER_PAGE, _ROOM_PAGE)


def list_card(own: OwnList, page: int, note: str = "") -> ui.LayoutView:
    """Show a page of a server's own questions."""
    counted = f"{len(own.items)} here, {own.total} of at most {own.most} in this server." if own.items else "None yet."
    about = [f"-# {body(own.brief, _ROOM_KNOWN)}"] if own.brief else []
    top = [heading("Questions of your own"), *about, counted, *filter(None, (note,))]
    parts: list[Part] = [ui.TextDisplay("\n".join(top))]
    pages = own.pages
    for index in pages[page]:
        item = own.items[index]
        state = f"{item.id}.{page}.{own.key}"
        buttons = button("Edit…", "quiz-own-change", state), button("Delete…", "quiz-own-delete", state)
        parts += [line(), ui.TextDisplay(_told(item, f"**{index + 1}.** ")), ui.ActionRow[Any](*buttons)]
    return card(Tone.QUIET, parts, _ways(own, page, len(pages)))


def sure_card(item: Item, page: int, key: str) -> ui.LayoutView:
    """Ask whether a question is to be deleted."""
    text = f"Delete this question? Saved sets and rounds that have it keep it.\n\n{_told(item)}"
    sure = button("Delete it", "quiz-own-deleted", f"{item.id}.{page}.{key}", discord.ButtonStyle.danger)
    return card(Tone.QUIET, [ui.TextDisplay(text)], [sure, button("Keep it", "quiz-own-list", f"{page}.{key}")])


def added_card(item: Item, said: str, key: str, *, start: str, warnings: Sequence[OwnProblem] = ()) -> ui.LayoutView:
    """Show how a question was understood that was kept; ``said``: what was done, ``start``: what asks it."""
    own = f" Ask only your own with {start} topic:{TOPIC}, once there are three." if item.topic == TOPIC else ""
    texts = [f"{said}{own}", *(f"**Note:** {_stands_out(one)}" for one in warnings), f"\n{_told(item)}"]
    return card(Tone.QUIET, [ui.TextDisplay("\n".join(texts))], [button("Add another…", "quiz-own-form", key)])


def imported_card(said: str, warnings: Sequence[OwnProblem]) -> ui.LayoutView:
    """Say what became of a file, and which right answers stand out."""
    told = _room_for([f"- Line {one.line}: {_stands_out(one)}" for one in warnings[:MOST_PROBLEMS]])
    more = [f"- And {len(warnings) - len(told)} more."] if len(told) < len(warnings) else []
    return card(Tone.QUIET, [ui.TextDisplay("\n".join([said, *told, *more]))])


def mending_card(problems: Sequence[OwnProblem], token: int) -> ui.LayoutView:
    """Say everything that is wrong with a form, and offer to mend it."""
    told = [
        f"- **{_LABELS.get(one.column, one.column)}** {body(one.message, _ROOM_PROBLEM)}"
        for one in problems
        if one.column
    ]
    told += [f"- {body(one.message, _ROOM_PROBLEM)}" for one in problems if not one.column]
    text = "\n".join(["The question is not kept yet; what you typed is still there.", *_room_for(told)])
    edit = button("Edit…", "quiz-own-edit", str(token), discord.ButtonStyle.primary)
    return card(Tone.REFUSAL, [ui.TextDisplay(text)], [edit])


def problems_card(problems: Sequence[OwnProblem], file: str = "") -> ui.LayoutView:
    """Say what is wrong with a file; ``file``: the attached one that holds all problems."""
    many = f"{len(problems):,} problems, so nothing" if len(problems) > 1 else "One problem, so nothing"
    told = _shown(problems)
    text = [heading("The file was not taken"), f"{many} was added. Mend it, and import the file again.", *told]
    parts: list[Part] = [ui.TextDisplay("\n".join(text))]
    if file:
        parts += [
            ui.TextDisplay(f"The first {len(told)} are shown; the file has all."),
            ui.File(f"attachment://{file}"),
        ]
    return card(Tone.REFUSAL, parts)


def all_told(problems: Sequence[OwnProblem]) -> bool:
    """Tell whether a card shows each problem in full."""
    whole = (fitted(str(one), _ROOM_PROBLEM) == tame(str(one)) for one in problems)
    return len(_shown(problems)) == len(problems) and all(whole)


def template_card(file: str) -> ui.LayoutView:
    """Show the file to fill in, and say what belongs into each column."""
    told = [f"- **{name}**: {body(hint, _ROOM_PROBLEM)}" for name, hint in COLUMNS.items()]
    text = [heading("A table to fill in"), "One question a line. The columns, in any order:", *told]
    return card(Tone.QUIET, [ui.TextDisplay("\n".join(text)), ui.File(f"attachment://{file}")])


def table_card(file: str, count: int) -> ui.LayoutView:
    """Show the file that holds a server's own questions."""
    text = f"{heading('Questions of your own')}\n{count} in a table, which can be changed and imported again."
    return card(Tone.QUIET, [ui.TextDisplay(text), ui.File(f"attachment://{file}")])


def _told(item: Item, number: str = "") -> str:
    known = quiet(KINDS[item.kind], item.topic, item.difficulty, item.citation, room=_ROOM_KNOWN)
    asked = f"{number}{body(item.stem, ROOM_STEM)}"
    return "\n".join(filter(None, (asked, option_lines(item), answer_line(item, _ROOM_MORE), known)))


def _stands_out(one: OwnProblem) -> str:
    """Say of a question that is kept how its right answer is known without reading."""
    return f"the right answer {body(one.message, _ROOM_PROBLEM)}."


def _shown(problems: Sequence[OwnProblem]) -> list[str]:
    return _room_for([f"- {body(str(one), _ROOM_PROBLEM)}" for one in problems[:MOST_PROBLEMS]])


def _room_for(told: Sequence[str]) -> list[str]:
    """Give as many of the first lines as a card has room for."""
    room, shown = _ROOM_PROBLEMS, list[str]()
    for one in told:
        room -= len(one) + 1
        if room < 0:
            break
        shown.append(one)
    return shown


def _ways(own: OwnList, page: int, pages: int) -> Iterator[ui.Button[Any]]:
    yield button("Add…", "quiz-own-form", own.key, discord.ButtonStyle.primary)
    if page > 0:
        yield button("Previous page", "quiz-own-list", f"{page - 1}.{own.key}")
    if page + 1 < pages:
        yield button(f"Next page ({page + 2} of {pages})", "quiz-own-list", f"{page + 1}.{own.key}")
