"""What became of questions of one's own that were typed or imported, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from bot.discord.cards.quiz_telling import counted

MOST_OWN = 500


@dataclass(frozen=True, slots=True)
class Added:
    """How many questions were new, changed and the same as before, and how many a server has now."""

    new: int = 0
    changed: int = 0
    same: int = 0
    total: int = 0


def told_kept(added: Added, *, edited: bool) -> str:
    """Say what became of a question that was typed."""
    if added.same and not edited:
        said = "Nothing changed: this question is here already, word for word."
    elif edited:
        said = "Nothing changed." if added.same else "Changed."
    else:
        said = "Added." if added.new else "Changed: there was a question of the same words."
    return f"{said} It can be asked at once; {_room(added)}"


def told_imported(added: Added) -> str:
    """Say what became of a file."""
    if added.same and not added.new and not added.changed:
        told = f"Nothing changed: {counted(added.same, 'question')} of this file {_are(added.same)} here already."
        return f"{told} {_room(added)}"
    told = ", ".join(
        f"{counted(count, 'question')} {what}"
        for count, what in (
            (added.new, "added"),
            (added.changed, "of the same words changed"),
            (added.same, "unchanged"),
        )
        if count
    )
    return f"{told}. They can be asked at once; {_room(added)}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _room(added: Added) -> str:
    return f"{added.total} of at most {MOST_OWN} in this server."
