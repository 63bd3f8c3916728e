"""Opening: what is needed for a round to begin somewhere, and the lobby and the thread that it begins with."""

from __future__ import annotations

import datetime as dt

import discord

from bot.digest.forms import listed
from bot.discord.client import BriefBot, Interaction
from bot.discord.delivering.slot import Address
from bot.discord.digests.places import lacking
from bot.discord.faults import Refusal
from bot.discord.markdown import plain, shortened, tame
from bot.discord.quizzes.host import Host
from bot.discord.quizzes.live import LOBBY, Live
from bot.quiz.state import Phase

MOST_RUNNING = 20  # rounds of one server at once
_MAX_THREAD = 100  # characters of a thread's name
_HAS_ONE = 160004  # the message has a thread already
_THREADED = {discord.ChannelType.text, discord.ChannelType.news}
_HERE = ("view_channel", "send_messages", "read_message_history")
_IN_THREADS = ("create_public_threads", "send_messages_in_threads")


def check_place(interaction: Interaction, host: Host, *, thread: bool) -> bool:
    """Refuse a place where a round cannot be played; tell whether it gets a thread there."""
    channel, guild_id = interaction.channel, interaction.guild_id or 0
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or not isinstance(
        channel, discord.abc.Messageable
    ):
        raise Refusal("I cannot see this channel: give me View Channel here.")
    threaded = thread and channel.type in _THREADED
    wanted = (*_HERE, *(_IN_THREADS if threaded else ()))
    if missing := lacking(channel, interaction.app_permissions, wanted):
        other = " Or let it be played in the channel itself." if threaded else ""
        raise Refusal(f"I cannot hold a quiz here yet: I lack {listed(list(missing))}.{other}")
    running = host.running(guild_id)
    if len(running) >= MOST_RUNNING:
        raise Refusal(f"{MOST_RUNNING} quizzes are running in this server; stop one of them first.")
    waiting = [live for live in running if live.state.phase is Phase.LOBBY and live.lobby.channel_id == channel.id]
    if any(live.leader_id == interaction.user.id for live in waiting):
        raise Refusal("A quiz of yours waits here already: start it with /quiz next, or end it with /quiz stop.")
    if not threaded and any(live.place.channel_id == channel.id for live in running):
        raise Refusal("A quiz is running in this channel already; stop it first, or give this one a thread of its own.")
    return threaded


async def open_lobby(bot: BriefBot, host: Host, live: Live, *, thread: bool, now: dt.datetime) -> None:
    """Post the lobby, and make the thread on its message; the questions follow there. Raises Refusal."""
    await host.board.turn()
    host.board.want(live, LOBBY, urgent=True, now=now)
    await host.board.show(live, LOBBY)
    message_id = live.message(LOBBY)
    if message_id is None:
        raise Refusal(live.trouble or "Discord did not take the lobby; please try again in a moment.")
    if not thread:
        return
    message = bot.get_partial_messageable(live.lobby.channel_id, guild_id=live.guild_id).get_partial_message(message_id)
    await host.board.turn()
    try:
        await message.create_thread(name=shortened(tame(live.title), _MAX_THREAD) or "Quiz")
    except discord.HTTPException as error:
        if error.code != _HAS_ONE:
            raise Refusal(
                f"I could not make a thread here (Discord said: {plain(error.text or str(error.status))}). Try again, "
                "or use place:channel."
            ) from None
    live.posts.lobby_channel = live.lobby.channel_id
    live.place = Address(live.guild_id, message_id)  # a thread has the id of the message that it began on
    await host.keep(live)
    host.board.want(live, LOBBY, urgent=True, now=now)
    host.board.wake(live)
