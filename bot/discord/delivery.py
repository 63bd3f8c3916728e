"""Delivery: the few ways in which a card leaves the house."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

_PRIVATE = "private"  # among an interaction's extras: it was deferred for one reader alone


async def reply(
    interaction: discord.Interaction[Any], card: ui.LayoutView, *, private: bool, files: Sequence[discord.File] = ()
) -> None:
    """Answer an interaction with a card, or follow up when it was deferred; the files are closed then."""
    _seal(card)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=card, ephemeral=private, files=files)
        else:
            await interaction.response.send_message(view=card, ephemeral=private, files=files)
    finally:
        for file in files:
            file.close()  # which discord.py leaves to chance in a response


async def replace(interaction: discord.Interaction[Any], card: ui.LayoutView) -> None:
    """Put a card in the place of the one whose button was pressed."""
    _seal(card)
    if interaction.response.is_done():
        await interaction.edit_original_response(view=card)
        return
    await interaction.response.edit_message(view=card)


async def turn(interaction: discord.Interaction[Any], card: ui.LayoutView) -> None:
    """Turn a page: in place where only this reader sees the card, else as a private one beside it."""
    message = interaction.message
    if is_alone(interaction) or (message is not None and message.flags.ephemeral):
        await replace(interaction, card)
    else:
        await reply(interaction, card, private=True)


def is_alone(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether nobody else reads along: in direct messages with the bot, not in those between people."""
    return interaction.guild_id is None and not interaction.context.private_channel


async def defer(interaction: discord.Interaction[Any]) -> None:
    """Ask for more time than three seconds, for what one reader alone will see."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    interaction.extras[_PRIVATE] = True


async def tell(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Say a sentence to one reader alone."""
    card = ui.LayoutView(timeout=None)
    card.add_item(ui.TextDisplay(sentence))
    deferred = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    if deferred and not interaction.extras.get(_PRIVATE):
        with contextlib.suppress(discord.NotFound):  # what was deferred for all would show the sentence to all
            await interaction.delete_original_response()
    await reply(interaction, card, private=True)


async def answer(message: discord.Message, card: ui.LayoutView) -> discord.Message:
    """Reply to a message without a ping, and only once: after a fault, Discord may have taken the first reply."""
    _seal(card)
    return await message.reply(view=card, mention_author=False, nonce=message.id)


async def amend(message: discord.Message, card: ui.LayoutView) -> None:
    """Put a card in the place of one of ours."""
    _seal(card)
    await message.edit(view=card)


async def remove(interaction: discord.Interaction[Any]) -> None:
    """Delete the message whose button was pressed; one that is gone already is as good."""
    await interaction.response.defer()
    with contextlib.suppress(discord.NotFound):
        await interaction.delete_original_response()


async def post(channel: discord.abc.Messageable, card: ui.LayoutView) -> discord.Message:
    """Write a card into a channel."""
    _seal(card)
    return await channel.send(view=card)


def _seal(card: ui.LayoutView) -> None:
    """End a card's own listening: its buttons carry their state, so that nothing is kept in memory for it."""
    card.stop()
