"""Completion: what a command's options suggest while one types, from memory."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, ParamSpec

import discord
from discord import app_commands

from bot.answers.choices import complete
from bot.discord.client import Interaction
from bot.discord.faults import Refusal, words_of
from bot.discord.library import Volume
from bot.discord.markdown import shortened
from bot.discord.seats import seat_at

Choices = list[app_commands.Choice[str]]
Given = ParamSpec("Given")
MAX_NAME = 100
_MAX_SHORT = 30  # of a name that needs its id beside it


def unfailing(complete: Callable[Given, Coroutine[Any, Any, Choices]]) -> Callable[Given, Coroutine[Any, Any, Choices]]:
    """Suggest nothing where that fails, and log it by the one error path: discord.py's own repeats what was typed."""

    @functools.wraps(complete)
    async def suggest(*given: Given.args, **named: Given.kwargs) -> Choices:
        try:
            return await complete(*given, **named)
        except Exception as error:  # noqa: BLE001 - the one error path of completion
            interaction = next(one for one in given if isinstance(one, discord.Interaction))
            interaction.client.faults.note(error, complete.__name__, tuple(words_of(interaction)))
            return []

    return suggest


@unfailing
async def complete_questions(interaction: Interaction, typed: str) -> Choices:
    """Suggest questions that the brief at hand is sure to answer."""
    volume = await volume_at(interaction)
    return choices(volume.suggester.suggest(typed)) if volume else []


@unfailing
async def complete_briefs(interaction: Interaction, typed: str) -> Choices:
    """Suggest briefs by name; those of one name by their ids too."""
    names: dict[str, str] = {}
    for volume in interaction.client.services.library.volumes:
        name = shortened(volume.name, MAX_NAME)
        if name in names:
            name = f"{shortened(name, _MAX_SHORT)} ({volume.id})"
        names[name] = volume.id
    return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]


async def volume_at(interaction: Interaction) -> Volume | None:
    """Find the brief that an option speaks of: the one named in the command so far, else the channel's."""
    brief = getattr(interaction.namespace, "brief", None)
    try:
        return (await seat_at(interaction.client.services, interaction, brief)).volume
    except Refusal:
        return None


def choices(names: Iterable[str]) -> Choices:
    """Offer names that stand for themselves."""
    return [app_commands.Choice(name=name, value=name) for name in names if 0 < len(name) <= MAX_NAME]
