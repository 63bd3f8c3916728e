"""Running the bot as a process: it stops on SIGTERM and SIGINT, and its log never holds the token."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from enum import Enum
from typing import Any

import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.discord.client import BriefBot

_log = logging.getLogger(__name__)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_GRACE = 6.0  # seconds for running work, so that all of stopping stays below ten
_LAST_MOMENT = 0.5  # seconds


class Ended(Enum):
    """How a run ended."""

    STOPPED = "stopped"
    BAD_TOKEN = "Discord does not accept the token; copy it again from the portal"  # noqa: S105 - a sentence
    BAD_INTENTS = "Discord refuses the intents that I ask for, though none is privileged"
    BAD_SHARDS = "Discord asks for other shards than discord.shard_count and discord.shard_ids name"
    UNREACHABLE = "Discord could not be reached; check the network, or discord.api_base, and start again"
    FAULTY = "Something went wrong on my side; it is in the log"


_CLOSED = {4004: Ended.BAD_TOKEN, 4010: Ended.BAD_SHARDS, 4011: Ended.BAD_SHARDS}  # by the gateway's code


class _Terse(AsyncWebhookAdapter):
    """Leaves out the message that Discord repeats after each answer: nobody reads the objects made of its parts."""

    async def create_interaction_response(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        """Answer an interaction."""
        data = await super().create_interaction_response(*given, **named)
        data.pop("resource", None)
        return data


async def run(bot: BriefBot, token: str) -> Ended:
    """Connect, work until a signal, stop in order."""
    wanted = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        with contextlib.suppress(NotImplementedError):  # Windows ends the process by KeyboardInterrupt
            loop.add_signal_handler(name, wanted.set)
    async_context.set(_Terse())  # type: ignore[no-untyped-call]
    try:
        working = asyncio.create_task(bot.start(token), name="connection")
        waiting = asyncio.create_task(wanted.wait(), name="signal")
        await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if wanted.is_set():
            _log.info("stopping")
        await bot.stop(_GRACE)
        if wanted.is_set():
            await _leave(working)
            return Ended.STOPPED
        return await _end(working)
    finally:
        for name in _SIGNALS:
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(name)


async def _leave(working: asyncio.Task[None]) -> None:
    """End the connection's task, which may wait for a Discord that does not answer; nobody asks how it ended."""
    await asyncio.wait((working,), timeout=_LAST_MOMENT)
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await working


async def _end(working: asyncio.Task[None]) -> Ended:
    try:
        await working
    except discord.LoginFailure:
        return Ended.BAD_TOKEN
    except discord.PrivilegedIntentsRequired:
        return Ended.BAD_INTENTS
    except discord.ConnectionClosed as closed:
        _log.error("the gateway closed the connection with %s", closed.code)
        return _CLOSED.get(closed.code, Ended.UNREACHABLE)
    except (discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        _log.error("the connection ended: %s: %s", type(error).__name__, error)
        return Ended.UNREACHABLE
    except Exception as error:  # noqa: BLE001 - it is told as what it is, for a cut connection has more names
        _log.error("the connection ended", exc_info=error)
        return Ended.FAULTY
    return Ended.STOPPED


class Withholding(logging.Formatter):
    """Writes log lines without the secrets that it was given."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        """Take the texts that no line may hold."""
        super().__init__("{asctime} {levelname:<7} {name}: {message}", "%Y-%m-%d %H:%M:%S", style="{")
        self._secrets = tuple(filter(None, secrets))

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[withheld]")
        return text


def log_to_stderr(level: str, secrets: tuple[str, ...]) -> None:
    """Send the log to standard error; what libraries say is told from WARNING on, which leaves out their chatter.

    At DEBUG it is told from INFO on: below, they repeat events, requests and rows, with what people wrote in them.
    """
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nothing here is spoken
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Withholding(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("discord", "sqlalchemy", "alembic", "aiosqlite", "asyncio"):
        logging.getLogger(name).setLevel({"DEBUG": "INFO", "ERROR": "ERROR"}.get(level, "WARNING"))
