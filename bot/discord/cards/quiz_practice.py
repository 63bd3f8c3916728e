"""The form of ``/quiz practice``, its marked page, and the card of ``/quiz me``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.brief.quiz_items import MAX_DESCRIPTION, MAX_LABEL, MAX_OPTION, parted
from bot.discord.actions import custom_id
from bot.discord.cards.layout import Tone, body, button, card, heading, line, quiet
from bot.discord.cards.quiz_telling import counted
from bot.discord.markdown import shortened
from bot.quiz.items import Item, as_choice
from bot.quiz.practice import Field, Marked

_ROOM = 3_600  # characters of a marked page
_ROOM_STEM, _ROOM_ANSWER, _ROOM_WHY, _ROOM_CITATION = 300, 200, 600, 300
_SHARES = (1.0, 0.85, 0.7, 0.55, 0.4, 0.3)  # of these rooms; with the smallest, five questions always fit
_MAX_TITLE = 45
_MOST_TOPICS = 20
_ROOM_TOPIC = 170
_ROOM_LAST = 300


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that came back: the questions that are still known, what was picked by their ids, how many changed."""

    fields: tuple[Field, ...]
    picked: Mapping[str, int]
    changed: int


def practice_form(fields: Sequence[Field], state: str, topic: str = "") -> ui.Modal:
    """Make a form of up to five questions; whatever is left out stays unanswered."""
    title = shortened(f"Practice: {topic}" if topic else "Practice", _MAX_TITLE)
    form = ui.Modal(title=title, timeout=None, custom_id=custom_id("quiz-practised", state))
    for field in fields:
        options = [
            discord.RadioGroupOption(
                label=shortened(field.item.options[index], MAX_OPTION), value=_option_code(field.item, index)
            )
            for index in field.order or range(len(field.item.options))
        ]
        group = ui.RadioGroup[ui.Modal](custom_id=_code(field.item.id), required=False, options=options)
        description = shortened(field.description, MAX_DESCRIPTION) if field.description else None
        form.add_item(ui.Label(text=shortened(field.label, MAX_LABEL), description=description, component=group))
    form.stop()  # sent back as a press, whenever that is
    return form


def read_form(sent: Mapping[str, str], bank: Sequence[Item]) -> Returned:
    """Find the questions of a form again, and the options that were picked by their texts.

    A question that is gone, or asks or offers something else by now, has changed: it cannot be marked.
    """
    known = {_code(item.id): item for item in bank}
    fields: list[Field] = []
    picked: dict[str, int] = {}
    changed = 0
    for name, value in sent.items():
        item = as_choice(known[name]) if name in known else None
        option = _picked(item, value) if item and value else None
        if item is None or (value and option is None):
            changed += 1
            continue
        fields.append(Field(item, *(parted(item.stem) or (item.stem, ""))))
        picked |= {} if option is None else {item.id: option}
    return Returned(tuple(fields), picked, changed)


def marked_card(marked: Sequence[Marked], changed: int, state: str) -> ui.LayoutView:
    """Show a page that was marked: each question with the right answer, why it is right, and where it stands."""
    given = sum(one.picked is not None for one in marked)
    right = sum(one.right for one in marked)
    told = f"Practice: {right} of {given} right" if given else "Practice: nothing answered"
    texts = [heading(told)]
    if changed:
        was = "question has" if changed == 1 else "questions have"
        texts.append(f"{changed} {was} changed since this form was opened, and cannot be marked.")
    parts: list[ui.Item[Any]] = [ui.TextDisplay("\n".join(texts))]
    for block in _fitting(marked):
        parts += [line(), ui.TextDisplay(block)]
    more = button("Five more", "quiz-practise", state, discord.ButtonStyle.primary)
    return card(Tone.QUIET, parts, [more, button("My progress", "quiz-progress", state)])


def progress_card(sentences: Sequence[str], played: str, state: str) -> ui.LayoutView:
    """Tell somebody's progress; ``played``: the sentence on rounds, which comes first, empty where there is none."""
    first, *rest = sentences
    shown = [f"- {body(one, _ROOM_TOPIC)}" for one in rest[:_MOST_TOPICS]]
    if len(rest) > _MOST_TOPICS:
        more = counted(len(rest) - _MOST_TOPICS, "topic")
        shown = [*shown[:-1], f"- And {more} more.", f"- {body(rest[-1], _ROOM_LAST)}"]
    text = "\n".join([heading("How you are doing"), *([played] if played else []), body(first, _ROOM_LAST), *shown])
    return card(Tone.QUIET, [ui.TextDisplay(text)], [button("Practise", "quiz-practise", state)])


def topic_code(topic: str) -> str:
    """Name a topic in a custom id; empty for none."""
    return _code(topic) if topic else ""


def _code(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _option_code(item: Item, index: int) -> str:
    """Name an option: its number, and a check of what was asked and offered."""
    return f"{index}.{_code(chr(0).join((item.stem, item.options[index])))}"


def _picked(item: Item, value: str) -> int | None:
    """Find the option that was picked, wherever it stands by now; None where it is not offered any more."""
    codes = [_option_code(item, index) for index in range(len(item.options))]
    if value in codes:
        return codes.index(value)
    checks = [code.partition(".")[2] for code in codes]
    check = value.partition(".")[2]
    return checks.index(check) if check in checks else None


def _fitting(marked: Sequence[Marked]) -> list[str]:
    """Tell the questions, cut to the largest share of their rooms with which all fit."""
    blocks: list[str] = []
    for share in _SHARES:
        blocks = ["\n".join(_told(one, share)) for one in marked]
        if sum(map(len, blocks)) <= _ROOM:
            break
    return blocks


def _told(one: Marked, share: float) -> Iterator[str]:
    item = one.item
    verdict = "No answer" if one.picked is None else "Right" if one.right else "Wrong"
    yield f"**{verdict}.** {body(item.stem, int(_ROOM_STEM * share))}"
    right = body(item.answer, int(_ROOM_ANSWER * share))
    if one.picked is None:
        yield f"The right answer: **{right}**."
    elif one.right:
        yield f"You answered: **{right}**."
    else:
        given = body(item.options[one.picked], int(_ROOM_ANSWER * share))
        yield f"You answered: {given}. The right answer: **{right}**."
    if item.explanation.strip():
        yield body(item.explanation, int(_ROOM_WHY * share))
    if item.citation.strip():
        yield quiet(item.citation, room=int(_ROOM_CITATION * share))
