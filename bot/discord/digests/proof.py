"""The proof: a digest's card as it would be posted, and under it what its moderator alone sees and may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.discord.actions import custom_id
from bot.discord.cards.layout import body, button
from bot.discord.digests.drafts import Draft
from bot.discord.markdown import shortened
from bot.store.records import UnansweredQuestion

MOST_APPROVED = 3
MOST_OFFERED = 25
_MOST_TEXT = 3_990
_ROOM_LINE = 120


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands under a proof: where it goes, what was just done, what hinders it, and what it would repeat."""

    where: str
    done: str = ""
    obstacle: str = ""
    repeats: Sequence[str] = ()


def proof_card(
    view: ui.LayoutView, draft: Draft, notes: Notes, questions: Sequence[UnansweredQuestion]
) -> ui.LayoutView:
    """Add to a digest's card the notes, the unanswered questions to choose from, and the buttons."""
    view.add_item(ui.TextDisplay(_written(notes, _MOST_TEXT - view.content_length())))
    if questions:
        view.add_item(ui.ActionRow(_questions(draft, questions[:MOST_OFFERED])))
    row = [button("Post now", "digest-post", str(draft.token), discord.ButtonStyle.primary)]
    if draft.schedule_id is None:
        row.append(button("Schedule", "digest-when", str(draft.token)))
    view.add_item(ui.ActionRow(*row))
    return view


def _written(notes: Notes, room: int) -> str:
    """Write the notes, and as many of the lines about repetition as have room."""
    lines = [notes.where, *filter(None, (notes.done, notes.obstacle))]
    told = [f"-# {body(one, _ROOM_LINE)}" for one in notes.repeats] or ["-# Nothing in it was shown here before."]
    for left in range(len(told) + 1):
        more = [f"-# {left} more of it {'was' if left == 1 else 'were'} shown here before."] if left else []
        text = "\n".join([*lines, *told[: len(told) - left], *more])
        if len(text) <= room:
            break
    return text


def _questions(draft: Draft, questions: Sequence[UnansweredQuestion]) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=shortened(one.text, 100),
            value=str(one.id),
            description=f"asked {'once' if one.count == 1 else f'{one.count:,} times'}",
            default=one.id in draft.approved,
        )
        for one in questions
    ]
    return ui.Select(
        custom_id=custom_id("digest-approve", str(draft.token)),
        placeholder="Let in questions that were not answered…",
        options=options,
        min_values=0,
        max_values=min(MOST_APPROVED, len(options)),
    )
