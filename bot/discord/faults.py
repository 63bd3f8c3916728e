"""Faults: one path for whatever goes wrong. The reader gets a sentence, the log the traceback, both the reference."""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from collections.abc import Iterator, Sequence
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.discord.delivery import tell
from bot.store.database import StoreFault

_log = logging.getLogger("bot.faults")
_UNKNOWN_CHANNEL = 10003
_UNKNOWN_INTERACTION = 10062
_ALREADY_ACKNOWLEDGED = 40060
_GONE = frozenset({_UNKNOWN_CHANNEL, _UNKNOWN_INTERACTION, _ALREADY_ACKNOWLEDGED})
_UNKNOWN_MESSAGE = 10008
_OVERLOADED = 429
_SERVER_FAULT = 500
_SHORTEST_WITHHELD = 3
_WORD = re.compile(rf"\w{{{_SHORTEST_WITHHELD},}}")
_WITHHELD = "[withheld]"


class Refusal(app_commands.CheckFailure):
    """Something that is not to be done, with the sentence to say: expected, and not logged as a fault."""


class Faults:
    """Turns exceptions into one sentence for the reader and one entry of the log."""

    async def answer(self, interaction: discord.Interaction[Any], error: BaseException, where: str) -> None:
        """Tell the reader privately what went wrong; never raises."""
        error = _cause(error)
        if _too_late(error):
            _log.info("%s: the interaction was gone or answered already", where)
            return
        sentence = _sentence(error)
        if sentence is None:
            reference = self.note(error, where, tuple(words_of(interaction)))
            sentence = f"{_apology(error)} Reference: {reference}."
        try:
            await tell(interaction, sentence)
        except Exception as second:  # noqa: BLE001 - a cut connection has many names, and there is nobody left to tell
            _log.info("%s: the reader could not be told (%s)", where, type(second).__name__)

    def note(self, error: BaseException, where: str, withheld: tuple[str, ...] = ()) -> str:
        """Log a fault without what readers wrote; give its reference."""
        reference = secrets.token_hex(3)
        _log.error("[%s] %s\n%s", reference, where, _traceback(error, withheld))
        return reference


def words_of(interaction: discord.Interaction[Any]) -> Iterator[str]:
    """Yield every text that a reader typed in an interaction, so that no log repeats it."""
    yield from _texts(interaction.data or {})


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in {"value", "content"} and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def _traceback(error: BaseException, withheld: tuple[str, ...]) -> str:
    """Write a traceback; what its exceptions say is left without the texts and the words that readers wrote."""
    text = "".join(traceback.format_exception(error)).rstrip()
    texts = sorted(filter(None, (one.strip() for one in withheld)), key=len, reverse=True)
    words = {word for one in texts for word in _WORD.findall(one.casefold())}
    for said in sorted({line for one in _chain(error) for line in _lines(one)}, key=len, reverse=True):
        text = text.replace(said, _without(said, texts, words))
    return text


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those that it came from."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]


def _lines(error: BaseException) -> Iterator[str]:
    for text in (str(error), *getattr(error, "__notes__", ())):
        yield from filter(None, (line.strip() for line in text.splitlines()))


def _without(said: str, texts: Sequence[str], words: set[str]) -> str:
    for text in texts:
        if len(text) >= _SHORTEST_WITHHELD:
            for written in (text, repr(text)[1:-1], ascii(text)[1:-1]):
                said = said.replace(written, _WITHHELD)
    return _WORD.sub(lambda found: _WITHHELD if found[0].casefold() in words else found[0], said)


def _cause(error: BaseException) -> BaseException:
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return error


def _too_late(error: BaseException) -> bool:
    if isinstance(error, discord.InteractionResponded):
        return True
    return isinstance(error, discord.HTTPException) and error.code in _GONE


def _sentence(error: BaseException) -> str | None:
    """Give the sentence of what was to be expected."""
    match error:
        case Refusal():
            return str(error)
        case app_commands.CommandOnCooldown():
            return f"That was quick. Please try again in {error.retry_after:.0f} seconds."
        case app_commands.MissingPermissions():
            return "You may not use this command here."
        case app_commands.NoPrivateMessage():
            return "This command works in a server only."
        case app_commands.CommandSignatureMismatch() | app_commands.CommandNotFound():
            return "This command has changed. Restart Discord, then try it again."
        case app_commands.TransformerError():
            return "One of the options has a value that does not fit; choose one from the list."
        case discord.Forbidden():
            return "I lack a permission here; ask a moderator to check mine in this channel."
        case discord.NotFound(code=code) if code == _UNKNOWN_MESSAGE:
            return "This message has been deleted meanwhile."
        case _:
            return None


def _apology(error: BaseException) -> str:
    match error:
        case StoreFault():
            return "My memory is busy just now; please try again in a moment."
        case discord.HTTPException(status=status) if status < _SERVER_FAULT and status != _OVERLOADED:
            return "Something went wrong on my side; it is in my log."
        case discord.HTTPException() | aiohttp.ClientError() | OSError() | TimeoutError():
            return "Discord did not take my answer; please try again in a moment."
        case _:
            return "Something went wrong on my side; it is in my log."
