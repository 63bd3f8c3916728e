"""The cards of ``/privacy``: what is kept about a reader, the file of it, and the question before it is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from typing import Any

import discord
from discord import ui

from bot.discord.cards.layout import Tone, beside, body, button, card, heading, line
from bot.discord.library import Library

_ROOM_NAME = 80
_COUNTED = {
    "votes": ("answer that you found helpful or not", "answers that you found helpful or not"),
    "reports": ("mistake that you reported", "mistakes that you reported"),
    "digest_schedules": ("digest schedule that you made", "digest schedules that you made"),
    "quiz_rounds": ("quiz that you led", "quizzes that you led"),
    "quiz_seats": ("quiz that you took part in", "quizzes that you took part in"),
    "quiz_answers": ("answer that you gave in quizzes", "answers that you gave in quizzes"),
    "quiz_record": ("correction of a quiz that you made", "corrections of quizzes that you made"),
    "quiz_sets": ("set of questions that you saved", "sets of questions that you saved"),
    "quiz_own": ("quiz question that you wrote", "quiz questions that you wrote"),
    "quiz_extra": ("server that gives you more time in quizzes", "servers that give you more time in quizzes"),
    "quiz_practice": ("question that you practised", "questions that you practised"),
}
_NEVER = (
    "-# Never kept: who asked what, unless you write it into a report yourself. A question that the brief does not "
    "answer is counted without its asker; messages, answers to you and what you look up are not kept at all."
)


def privacy_card(kept: Mapping[str, object], library: Library, note: str = "") -> ui.LayoutView:
    """Say what is kept under a reader's id; ``kept`` as the database exports it."""
    choices = kept.get("choices")
    hidden = isinstance(choices, Mapping) and bool(choices.get("hidden"))
    told = [f"- {sentence}" for sentence in _sentences(kept, library)]
    text = "\n".join(
        [
            heading("What I keep about you"),
            *([f"-# {note}"] if note else []),
            *(told or ["Nothing."]),
        ]
    )
    name = (
        "**Your name on boards**: hidden\nYou are left out of boards that others see."
        if hidden
        else "**Your name on boards**: shown\nQuizzes may list you among those who played."
    )
    turn = button("Show my name", "privacy-name", "0") if hidden else button("Hide my name", "privacy-name", "1")
    parts = [ui.TextDisplay(text), ui.TextDisplay(_NEVER), line(), beside(name, turn)]
    return card(Tone.QUIET, parts, [button("Get it as a file", "privacy-export"), button("Delete it…", "privacy-ask")])


def export_card(name: str) -> ui.LayoutView:
    """Show the file of everything that is kept."""
    text = f"{heading('Everything that I keep about you')}\nA JSON file, for you alone."
    return card(Tone.QUIET, [ui.TextDisplay(text), ui.File(f"attachment://{name}")])


def delete_card() -> ui.LayoutView:
    """Ask before everything is deleted."""
    text = (
        f"{heading('Delete what I keep about you?')}\n"
        "Your choices go, that your name is hidden on boards among them, and what you practised. Your id goes from "
        "everything else: votes, reports, digest schedules, answers in quizzes and questions that you wrote stay "
        "without it. This cannot be undone."
    )
    delete = button("Delete now", "privacy-delete", style=discord.ButtonStyle.danger)
    return card(Tone.QUIET, [ui.TextDisplay(text)], [delete])


def _sentences(kept: Mapping[str, object], library: Library) -> Iterator[str]:
    choices = kept.get("choices")
    if isinstance(choices, Mapping):
        if pack := str(choices.get("pack") or ""):
            volume = next((volume for volume in library.volumes if volume.id == pack), None)
            name = body(volume.name if volume else pack, _ROOM_NAME)
            yield f"The brief that you chose for direct messages: “{name}”."
        if choices.get("hidden"):
            yield "That your name is hidden on boards."
    for name, value in kept.items():
        count = len(value) if isinstance(value, Sized) and not isinstance(value, str | Mapping) else 0
        if count:
            yield f"{_counted(name, count)}."


def _counted(name: str, count: int) -> str:
    one, many = _COUNTED.get(name, (name.replace("_", " "),) * 2)
    return f"{count:,} {body(one if count == 1 else many, _ROOM_NAME)}"


def exported(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Make an export safe for every reader of JSON: ids as texts, for many programs round numbers of their size."""
    return {name: _safe(name, value) for name, value in kept.items()}


def _safe(name: str, value: object) -> object:
    match value:
        case Mapping():
            return exported(value)
        case list():
            return [_safe(name, one) for one in value]
        case int() if name.endswith("_id"):
            return str(value)
        case _:
            return value
