"""The courier: carries cards to channels over REST, whether this process sees them or not, and finds them again.

A request is answered, refused, or lost on its way; which of them it was is a value. discord.py itself tries a 500, 502
and 504 again, but no 503, no reset connection and no 429 that a proxy sent: those come here, and are tried again later.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import discord
from discord import ui

from bot.digest.delivery import Fault, fault
from bot.digest.forms import listed
from bot.discord.delivering.pace import Pace
from bot.discord.delivering.slot import Address
from bot.discord.digests.places import lacking

_LONGEST = 40.0  # seconds for one message, discord.py's own tries (25 s of pauses) included
_CLOCKS = dt.timedelta(minutes=15)  # by how much Discord's clock and ours may differ
_LONGEST_TOLD = 600.0  # seconds
_UNKNOWN_MESSAGE = 10008
_LIMITED = "Discord asked for a pause."
_SAID = {
    10003: "The channel is gone.",
    10004: "The server is gone.",
    50001: "I cannot see the channel.",
    50008: "The channel takes no messages.",
    50024: "The channel takes no messages.",
    50083: "The thread is archived.",
    160005: "The thread is locked.",
}
_NEEDED = ("view_channel", "send_messages", "read_message_history")


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands."""

    message_id: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """A request without success: of what kind, why in a sentence, and how long Discord said to wait."""

    fault: Fault
    why: str
    told: dt.timedelta = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: a card, the nonce that keeps it single, its picture, and the role that it may ping."""

    card: ui.LayoutView
    nonce: str
    picture: Path | None = None
    role_id: int | None = None


class Courier:
    """Sends and finds messages of ours."""

    def __init__(self, bot: discord.Client, pace: Pace) -> None:
        """Take the client, of which only the REST side is used, and the pace of what is asked beside the sending."""
        self._bot = bot
        self._pace = pace

    async def send(self, address: Address, letter: Letter, within: dt.timedelta) -> Posted | Refused:
        """Send a card, or give up; with a nonce that Discord remembers, the message that has it is given instead."""
        letter.card.stop()
        roles = [discord.Object(letter.role_id)] if letter.role_id else []
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
        files: list[discord.File] = []
        try:
            files += [discord.File(letter.picture)] if letter.picture else []
            async with asyncio.timeout(min(_LONGEST, within.total_seconds())):
                channel = self._channel(address)
                sent = await channel.send(view=letter.card, files=files, nonce=letter.nonce, allowed_mentions=mentions)
        except Exception as error:  # noqa: BLE001 - a cut connection has many names
            return self._refused(error, address)
        finally:
            for file in files:
                file.close()
        return Posted(sent.id, sent.created_at)

    async def edit(self, address: Address, message_id: int, card: ui.LayoutView) -> Posted | Refused | None:
        """Put a card in the place of one of ours; None: the message is gone."""
        card.stop()
        try:
            async with asyncio.timeout(_LONGEST):
                edited = await self._channel(address).get_partial_message(message_id).edit(view=card)
        except discord.NotFound as error:
            return None if error.code == _UNKNOWN_MESSAGE else self._refused(error, address)
        except Exception as error:  # noqa: BLE001 - see above
            return self._refused(error, address)
        return Posted(edited.id, edited.created_at)

    async def find(
        self, address: Address, marks: Collection[str], since: dt.datetime, within: dt.timedelta
    ) -> Posted | Refused | None:
        """Look for a message of ours that has a mark, among those from about ``since`` on; None: there is none."""
        after = since - _CLOCKS
        seen = False
        try:
            async with asyncio.timeout(within.total_seconds()):
                await self._pace.wait()
                async for message in self._channel(address).history(limit=None, after=after, oldest_first=True):
                    seen = True
                    if self._is_ours(message) and _has(message, marks):
                        return Posted(message.id, message.created_at)
                return None if seen else await self._readable(address, after)
        except Exception as error:  # noqa: BLE001 - see above
            return self._refused(error, address)

    async def _readable(self, address: Address, after: dt.datetime) -> Refused | None:
        """Tell an empty channel from one whose history is closed to us, which looks the same.

        A message that cannot be is asked for: it is unknown in the one, forbidden in the other.
        """
        try:
            await self._channel(address).fetch_message(discord.utils.time_snowflake(after))
        except discord.NotFound as error:
            return None if error.code == _UNKNOWN_MESSAGE else self._refused(error, address)
        except discord.Forbidden:
            why = "I could not tell whether it had been posted: I lack the permission Read Message History."
            return Refused(Fault.FORBIDDEN, why)
        return None

    def _channel(self, address: Address) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(address.channel_id, guild_id=address.guild_id)

    def _is_ours(self, message: discord.Message) -> bool:
        return self._bot.user is not None and message.author.id == self._bot.user.id

    def _refused(self, error: Exception, address: Address) -> Refused:
        match error:
            case discord.RateLimited():
                return Refused(Fault.TRANSIENT, _LIMITED, dt.timedelta(seconds=min(error.retry_after, _LONGEST_TOLD)))
            case discord.HTTPException():
                kind = fault(error.status, error.code)
                return Refused(kind, self._why(kind, error, address), _told(error))
            case TimeoutError():
                return Refused(Fault.TRANSIENT, "Discord did not answer in time.")
            case _:
                return Refused(Fault.TRANSIENT, f"The connection to Discord broke ({type(error).__name__}).")

    def _why(self, kind: Fault, error: discord.HTTPException, address: Address) -> str:
        if error.code in _SAID:
            return _SAID[error.code]
        if error.status == 429:
            return _LIMITED
        missing = self._lacking(address) if kind is Fault.FORBIDDEN else ()
        if missing:
            return f"I lack {listed(list(missing))} in the channel."
        if kind is Fault.FORBIDDEN:
            return "I lack a permission in the channel."
        return f"Discord did not take it (status {error.status}, code {error.code})."

    def _lacking(self, address: Address) -> Sequence[str]:
        """Name the permissions that are missing, where this process sees the channel."""
        channel = self._bot.get_channel(address.channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return ()
        return lacking(channel, channel.permissions_for(channel.guild.me), _NEEDED)


def _has(message: discord.Message, marks: Collection[str]) -> bool:
    parts = "".join(str(part.to_dict()) for part in message.components)
    return any(mark in parts for mark in marks)


def _told(error: discord.HTTPException) -> dt.timedelta:
    """Read how long an answer says to wait."""
    try:
        seconds = float(error.response.headers.get("Retry-After", 0))
    except (AttributeError, ValueError):
        return dt.timedelta(0)
    return dt.timedelta(seconds=min(max(seconds, 0.0), _LONGEST_TOLD))
