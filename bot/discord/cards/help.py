"""The cards of ``/help`` and of the first message in a server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import ui

from bot.discord.cards.layout import Tone, body, card, heading, line
from bot.discord.library import Volume
from bot.files.configuration import Configuration

_READING = (
    ("ask", "a question; the answer comes with its paragraph, or an honest no"),
    ("browse", "section by section"),
    ("quote", "statements that the brief quotes, with speaker, date and occasion"),
    ("poll", "a figure as a chart and in sentences"),
    ("recommendations", "what the brief recommends, to whom, by when"),
    ("cite", "a reference ready to paste: APA, MLA, Chicago, Harvard, BibTeX, RIS"),
    ("quiz practice", "five questions for you alone, marked with explanations; what went wrong comes back"),
    ("privacy show", "what is kept about you, and to export or delete it"),
)
_LEADING = (
    ("quiz leaderboard", "who answered most questions of this server’s quizzes right"),
    ("quiz start", "for instructors: a quiz for everybody here, in a thread of its own, with results to take home"),
    ("digest preview", "for moderators: the recommendations as a digest, posted once or on a schedule"),
    ("unanswered list", "for instructors: questions the brief did not answer, and reported answers"),
    ("settings show", "for those who run the server: who sees answers, channels, roles, time zone"),
)
_LICENCE = "Free software under the AGPL-3.0: whoever runs me owes you my source code"


def help_card(
    volumes: Sequence[Volume], mention: Callable[[str], str], options: Configuration, *, in_server: bool
) -> ui.LayoutView:
    """Tell what can be asked, which commands there are, and what is kept; ``mention`` names a command."""
    briefs = "\n".join(map(_brief, volumes[:5]))
    examples = [f"- {body(question, 140)}" for question in volumes[0].suggester.suggest("", 3)]
    menu = "- **Find in the brief**: in the menu of any message, under Apps"
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay(f"{heading('I answer questions about a brief, and say so when it has no answer')}\n{briefs}"),
        ui.TextDisplay("\n".join([f"Ask with {mention('ask')}, by naming me, or in a direct message.", *examples])),
        line(),
        ui.TextDisplay(f"{_listed(_READING, mention)}\n{menu}"),
    ]
    if in_server:
        parts.append(ui.TextDisplay(_listed(_LEADING, mention)))
    parts += [line(), ui.TextDisplay(f"{_kept(mention, options.keep_unanswered_days)}\n{_source(options)}")]
    row: list[ui.Button[Any]] = []
    if options.source_url:
        row.append(ui.Button(label="Source code", url=options.source_url, style=discord.ButtonStyle.link))
    return card(Tone.QUIET, parts, row)


def welcome_card(volume: Volume, mention: Callable[[str], str]) -> ui.LayoutView:
    """Say what the bot does when it joins a server."""
    text = (
        f"I answer questions about **{body(volume.pack.publication.title, 250)}** with the paragraph to cite, "
        f"and say so when it has no answer.\n"
        f"- Everyone: try {mention('ask')}; {mention('help')} shows the rest.\n"
        f"- Who runs this server: {mention('settings show')} decides where answers are public, and who leads."
    )
    return card(Tone.QUIET, (ui.TextDisplay(heading("Hello, I am here to help you read")), ui.TextDisplay(text)))


def _brief(volume: Volume) -> str:
    publication = volume.pack.publication
    title, authors = body(publication.title, 220), body(publication.short_authors, 80)
    return f"**{title}**, {authors}, as of {volume.pack.as_of}"


def _listed(commands: Sequence[tuple[str, str]], mention: Callable[[str], str]) -> str:
    return "\n".join(f"- {mention(name)}: {what}" for name, what in commands)


def _kept(mention: Callable[[str], str], days: int) -> str:
    return (
        f"-# Kept for {days} days: questions that the brief did not answer, without who asked, and your votes and "
        f"reports, until {mention('privacy delete')} takes your name off them. Kept until then: what you answer in "
        "quizzes, for the instructors of the server, and your practice, for you. No message is kept, and no language "
        "model is at work."
    )


def _source(options: Configuration) -> str:
    contact = body(options.contact, 200)
    if options.source_url:
        return f"-# {_LICENCE}.{f' Run by {contact}.' if contact else ''}"
    return f"-# {_LICENCE}; ask {contact or 'them'} for it."
