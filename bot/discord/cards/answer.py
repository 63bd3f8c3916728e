"""The cards of ``/ask``: an answer, a refusal, further matches, and the places around one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.answers.outcomes import Answered, Match, NotInBrief, Outcome, Why
from bot.brief.pack import Figure
from bot.discord.cards.layout import Tone, beside, body, button, card, heading, line, notice, quiet, texts
from bot.discord.cards.passages import in_our_words, place_line, source_line, told
from bot.discord.library import MATCHES, Found, Volume
from bot.discord.markdown import shortened, tame

_ROOM_OTHER = 160  # enough to choose by; the button shows the rest
_ROOM_SOURCE = 300
_ROOM_TITLE = 120
_ROOM_QUESTION = 330
_MOST_REPAIRS = 3
_SPEAKS_OF_THE_BRIEF = {Why.UNTREATED, Why.ABSENT, Why.UNSURE}

COMMANDER = -1


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around an answer: who may take it back, and which buttons it has.

    ``asker``: the member who may take a public card back (``COMMANDER``: who used the command, which Discord tells, so
    that equal questions have equal cards), 0 for a private one, which can be shared instead where
    ``shareable``. ``shared_by``: a mention to show. ``named``: the library has several briefs.
    """

    asker: int = 0
    shareable: bool = False
    feedback: bool = True
    named: bool = False
    kept: bool = False
    shared_by: str = ""


def outcome_card(volume: Volume, outcome: Outcome, frame: Frame) -> ui.LayoutView:
    """Show what the brief says, or that it does not."""
    match outcome:
        case Answered():
            return _answer(volume, outcome, frame)
        case NotInBrief():
            return _refusal(volume, outcome, frame)


def match_card(found: Found, frame: Frame) -> ui.LayoutView:
    """Show one match by itself, as a button or a shared answer does."""
    volume, match = found.volume, found.match
    parts = [
        *texts(told(volume, match, None)),
        line(),
        ui.TextDisplay("\n".join([source_line(volume, match, named=frame.named), *_asked_before(match), *_by(frame)])),
    ]
    return card(Tone.ANSWER, parts, _first_row(volume, match, (), frame), _second_row(volume, match, frame))


def more_card(founds: Sequence[Found], *, named: bool) -> ui.LayoutView:
    """Show further matches, each with a button that opens it."""
    return _list_card("### More from the brief", founds, named=named)


def found_card(volume: Volume, founds: Sequence[Found], *, named: bool) -> ui.LayoutView:
    """Show the passages that speak to a message, or say that there are none."""
    if not founds:
        return notice(f"Nothing in “{body(volume.name, 200)}” speaks to this message clearly enough.")
    return _list_card("### What the brief says to this", founds, named=named)


def _list_card(title: str, founds: Sequence[Found], *, named: bool) -> ui.LayoutView:
    parts: list[ui.Item[Any]] = [ui.TextDisplay(title)]
    for found in {found.match.id: found for found in founds}.values():
        match = in_our_words(found.match)
        text = "\n".join(
            (
                f"**{body(match.title, _ROOM_TITLE)}**",
                body(match.text, _ROOM_OTHER),
                source_line(found.volume, match, named=named, room=_ROOM_SOURCE),
            )
        )
        parts.append(beside(text, _open(found)))
    return card(Tone.ANSWER, parts)


def _answer(volume: Volume, outcome: Answered, frame: Frame) -> ui.LayoutView:
    first, *others = outcome.matches
    marker = volume.marker(outcome.question, outcome.repaired)
    foot = [source_line(volume, first, named=frame.named), _asked(outcome), *_by(frame)]
    parts: list[ui.Item[Any]] = [*texts(told(volume, first, marker)), line()]
    parts.append(ui.TextDisplay("\n".join(filter(None, foot))))
    if outcome.tie and others:
        meant = others[0]
        text = f"Did you mean **{body(meant.title, _ROOM_TITLE)}**?\n{place_line(meant)}"
        parts.append(beside(text, _open(Found(volume, meant))))
    return card(Tone.ANSWER, parts, _first_row(volume, first, others, frame), _second_row(volume, first, frame))


def _refusal(volume: Volume, outcome: NotInBrief, frame: Frame) -> ui.LayoutView:
    foot = []
    if outcome.why in _SPEAKS_OF_THE_BRIEF:
        brief = f"“{volume.name}”" if frame.named else "The brief"
        foot.append(quiet(f"{brief} speaks as of {volume.pack.as_of}."))
    foot.append(_asked(outcome))
    if frame.kept:
        foot.append(quiet("Kept for the curators, without your name."))
    parts: list[ui.Item[Any]] = [ui.TextDisplay(heading(outcome.reason, 700))]
    if outcome.nearest and outcome.why in _SPEAKS_OF_THE_BRIEF:
        parts.append(ui.TextDisplay("The nearest passages, which may not answer it:"))
        for match in outcome.nearest[:3]:
            text = f"**{body(match.title, _ROOM_TITLE)}**\n{place_line(match)}"
            parts.append(beside(text, _open(Found(volume, match))))
    lines = [*filter(None, foot), *_by(frame)]
    if lines:
        parts += [line(), ui.TextDisplay("\n".join(lines))]
    rows = [button("What the brief covers", "outline", volume.id_key)]
    if frame.asker:
        rows.append(_take_back(frame))
    return card(Tone.REFUSAL, parts, rows)


def _first_row(volume: Volume, match: Match, others: Sequence[Match], frame: Frame) -> Iterator[ui.Button[Any]]:
    key = volume.keys.key(match)
    if others:
        keys = ",".join(volume.keys.key(other).partition(".")[0] for other in others[: MATCHES - 1])
        yield button("More", "more", keys)
    if match.citation.paragraph is not None:
        yield button("Context", "around", key.partition(".")[0])
    if isinstance(match.entry, Figure):
        yield button("Chart", "chart", volume.keys.key_of(match.entry))
    if frame.asker:
        yield _take_back(frame)
    elif frame.shareable:
        yield button("Share here", "share", key, discord.ButtonStyle.primary)


def _second_row(volume: Volume, match: Match, frame: Frame) -> Iterator[ui.Button[Any]]:
    if frame.feedback:
        key = volume.keys.key(match)
        yield button("Helpful", "up", key)
        yield button("Not helpful", "down", key)
        yield button("Report", "report", key)


def _take_back(frame: Frame) -> ui.Button[Any]:
    return button("Take back", "remove", "" if frame.asker == COMMANDER else str(frame.asker))


def _open(found: Found) -> ui.Button[Any]:
    return button("Show", "show", found.volume.keys.key(found.match).partition(".")[0])


def _asked(outcome: Outcome) -> str:
    asked = shortened(outcome.question, 200) if tame(outcome.question) else ""
    if not asked:
        return ""
    pairs = outcome.repaired[:_MOST_REPAIRS]
    read = ", ".join(f"“{shortened(typed, 30)}” as “{shortened(meant, 30)}”" for typed, meant in pairs)
    return quiet(f"Asked: “{asked}”", f"read {read}" if read else "", room=_ROOM_QUESTION)


def _asked_before(match: Match) -> Iterator[str]:
    if match.answer and match.asked:
        yield quiet(f"Answers: “{match.asked}”", room=_ROOM_QUESTION)


def _by(frame: Frame) -> Iterator[str]:
    if frame.shared_by:
        yield f"-# Shared by {frame.shared_by}"
