"""The card of ``/quiz preview``: a set as its instructor alone sees it, with the right answers, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.brief.quiz_items import Difficulty, ItemKind
from bot.discord.cards.layout import Part, Tone, beside, body, button, card, heading, line, quiet
from bot.discord.cards.quiz_telling import ROOM_OPTION, ROOM_STEM, counted, option_lines, right_answer
from bot.discord.quizzes.quiz_drafts import SetDraft
from bot.quiz.items import Item, Source, Worded

KINDS = {
    ItemKind.CHOICE: "multiple choice",
    ItemKind.TRUE_FALSE: "true or false",
    ItemKind.NUMBER: "a number, typed",
    ItemKind.TEXT: "a text, typed",
}
_ALONE = "Only you see this. Options are shuffled in the quiz, unless their order matters."
_MOST_QUESTIONS = 5  # on a page
_ROOM_PAGE = 3_000  # characters of questions on a page
_ROOM_MORE = 400
_ROOM_WHY = 640


def preview_card(draft: SetDraft, page: int, note: str = "") -> ui.LayoutView:
    """Show a page of a set, or the last one where there are fewer; ``note``: what was just done, in Markdown."""
    pages = pages_of(draft.items)
    page = max(0, min(page, len(pages) - 1))
    top = [heading(draft.title), f"{_counted(draft.items)} {_ALONE}", *filter(None, (note,))]
    parts: list[Part] = [ui.TextDisplay("\n".join(top))]
    for index in pages[page]:
        state = f"{draft.token}.{index}.{len(draft.dropped)}"
        parts += [line(), beside(_asked(index + 1, draft.items[index]), button("Swap", "quiz-preview-swap", state))]
    return card(Tone.QUIET, parts, _ways(draft.token, page, len(pages)), _deeds(draft, page))


def sure_card(draft: SetDraft, page: int) -> ui.LayoutView:
    """Ask whether a saved set is to be deleted."""
    state = f"{draft.token}.{page}"
    text = f"Delete the saved set “{body(draft.name, 130)}”? Rounds that asked it keep their results."
    sure = button("Delete it", "quiz-preview-dropped", state, discord.ButtonStyle.danger)
    return card(Tone.QUIET, [ui.TextDisplay(text)], [sure, button("Keep it", "quiz-preview-page", state)])


def pages_of(items: Sequence[Item]) -> list[range]:
    """Part a set into pages: as many questions as have room on each, so that none is cut."""
    return packed([len(_asked(index + 1, item)) for index, item in enumerate(items)], _MOST_QUESTIONS, _ROOM_PAGE)


def packed(lengths: Sequence[int], most: int, room: int) -> list[range]:
    """Part texts into pages of so many, and of so many characters in all; one that is longer stands alone."""
    pages: list[range] = []
    begin = taken = 0
    for index, length in enumerate(lengths):
        taken += length
        if index > begin and (index - begin >= most or taken > room):
            pages.append(range(begin, index))
            begin, taken = index, length
    return [*pages, range(begin, len(lengths))]


def page_with(items: Sequence[Item], index: int) -> int:
    """Find the page on which a question stands."""
    return next((number for number, page in enumerate(pages_of(items)) if index in page), 0)


def answer_line(item: Item, room: int = _ROOM_MORE) -> str:
    """Write the right answer, and the others that are right, too, in so many characters."""
    more = item.right.texts[1:] if isinstance(item.right, Worded) else ()
    also = f" (also: {body(', '.join(more), room)})" if more else ""
    return f"Right answer: **{body(right_answer(item), ROOM_OPTION)}**{also}"


def _asked(number: int, item: Item) -> str:
    """Write a question with its options, the right answer, and what is known of it."""
    own = "own question" if item.source is Source.OWN else ""
    known = quiet(item.topic, item.difficulty, KINDS[item.kind], own, item.citation, room=_ROOM_MORE)
    asked = f"**{number}.** {body(item.stem, ROOM_STEM)}"
    why = quiet(item.explanation, room=_ROOM_WHY) if item.explanation.strip() else ""
    return "\n".join(filter(None, (asked, option_lines(item), answer_line(item), why, known)))


def _counted(items: Sequence[Item]) -> str:
    counts = {level: sum(item.difficulty is level for item in items) for level in Difficulty}
    levels = ", ".join(f"{count} {level}" for level, count in counts.items() if count)
    return f"{counted(len(items), 'question')}: {levels}."


def _ways(token: int, page: int, pages: int) -> Iterator[ui.Button[Any]]:
    if page > 0:
        yield button("Previous page", "quiz-preview-page", f"{token}.{page - 1}")
    if page + 1 < pages:
        yield button(f"Next page ({page + 2} of {pages})", "quiz-preview-page", f"{token}.{page + 1}")


def _deeds(draft: SetDraft, page: int) -> Iterator[ui.Button[Any]]:
    state = f"{draft.token}.{page}"
    yield button("Start here", "quiz-preview-start", state, discord.ButtonStyle.primary)
    yield button("Save…", "quiz-preview-save", state)
    if draft.name:
        yield button("Delete set…", "quiz-preview-drop", state, discord.ButtonStyle.danger)
