"""Our bot as its own process: configured, started, waited for, and its log held against what no log may say."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.files.opening import open_asker
from bot.store.database import Store, sqlite_url
from tests.wire.fixtures import Classroom, Stage, furnish, served
from tests.wire.interactions import Interaction
from tests.wire.model import Message, MessageFlag
from tests.wire.players import Player
from tests.wire.process import ROOT, BotProcess
from tests.wire.server import WireServer
from tests.wire.validation import Description

TINY = str(ROOT / "tests" / "packs" / "tiny")
DATABASE = "briefbot.sqlite3"
ANSWERED = "Do tests matter?"
ANSWER = "Tests matter, says the brief."
UNANSWERED = "How many fish swim in the Danube?"

StartOurs = Callable[..., Awaitable[BotProcess]]


def our_bot(
    server: WireServer, folder: Path, environment: Mapping[str, str] | None = None, **settings: Any
) -> BotProcess:
    """Make the process of our bot, not started yet, with a data folder and more settings of its configuration.

    It logs all that it ever does: what no log may say, none of these may say.
    """
    discord = settings.pop("discord", {})
    written = {"packs": [TINY], "log_level": "DEBUG"} | settings | server.configuration(**discord)
    config = folder / "config.yaml"
    config.write_text(json.dumps(written), encoding="utf-8")  # JSON is YAML too
    command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
    given = {"DISCORD_TOKEN": server.token, "BRIEFBOT_DATA_DIR": str(folder)}
    return BotProcess(command, given | dict(environment or {}))


async def bring_online(server: WireServer, *bots: BotProcess, within: float = 30.0) -> None:
    """Start bots of a shard each, and wait until all have identified; before that they have told their commands."""
    wanted = len(server.gateway.identifies) + len(bots)
    for bot in bots:
        await bot.start()
    arrived = asyncio.ensure_future(server.until(lambda: len(server.gateway.identifies) >= wanted, within))
    for bot in bots:
        await bot.while_alive(arrived)


def texts_written(server: WireServer) -> Iterator[str]:
    """Yield what people wrote to the bot: sentences in options, forms and messages."""
    for one in server.desk.interactions.by_token.values():
        yield from _values(one.data)
    for channel in server.world.channels.values():
        for message in channel.messages.values():
            if not message.author.bot:
                yield message.content.replace(server.world.bot.mention, "").strip()


def _values(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "value" and isinstance(value, str):
                yield value
            elif key not in {"resolved", "message"}:
                yield from _values(value)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value)


def check_discretion(server: WireServer, bot: BotProcess) -> None:
    """Hold all that a bot printed against the token and what people wrote to it."""
    output = " ".join(bot.output.split()).casefold()
    texts = (" ".join(text.split()).casefold() for text in texts_written(server))
    told = {text for text in texts if " " in text and text in output}
    assert server.token.casefold() not in output
    assert not told, f"the log tells {told}"


@asynccontextmanager
async def staged_bot(
    description: Description | None,
    folder: Path,
    prepare: Callable[[Classroom, Path], Awaitable[None]] | None = None,
    **settings: Any,
) -> AsyncIterator[Stage]:
    """Serve with people and our bot, and judge in the end what it sent and what it logged.

    ``prepare``: what is done with the people's guild and the data folder before the bot starts.
    """
    async with served(description) as server:
        room = furnish(server)
        if prepare is not None:
            await prepare(room, folder)
        bot = our_bot(server, folder, **settings)
        try:
            await bring_online(server, bot)
            yield Stage(room, bot)
        finally:
            await bot.kill()
        check_discretion(server, bot)


def forged(room: Classroom, *custom_ids: str) -> Message:
    """Post a message of the bot's with such buttons, as another version of it or a forger would."""
    buttons = [{"type": 2, "style": 2, "label": name[-9:], "custom_id": name} for name in custom_ids]
    parts = [{"type": 10, "content": "Press"}, {"type": 1, "components": buttons}]
    body = {"components": parts, "flags": int(MessageFlag.COMPONENTS_V2)}
    return room.server.messages.post(room.general, room.server.world.bot, body)


def visitor(room: Classroom, name: str = "vera") -> Player:
    """Let somebody new into the guild: who mentions the bot too often within a while is not answered."""
    player = Player(room.server, room.server.world.add_user(name))
    room.server.world.add_member(room.guild, player.user)
    return player


def is_sound(done: Interaction) -> bool:
    """Tell whether something came of an interaction, and no fault."""
    texts = [one.text for one in (done.original, *done.followups) if one is not None]
    return done.acknowledged and not any("Reference:" in text for text in texts)


def replies_to(message: Message) -> list[Message]:
    """List the messages that answer another, in its channel."""
    return [one for one in message.channel.history if one.reply_to is message]


async def replied(server: WireServer, message: Message, within: float = 5.0) -> Message:
    """Wait for the bot's reply to a message."""
    return await server.until(lambda: next(iter(replies_to(message)), None), within)


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make what a bot makes at its first start, once: the database with its tables, and the indexed pack."""
    folder = tmp_path_factory.mktemp("first")
    open_asker(Path(TINY), folder)

    async def make() -> None:
        store = await Store.open(sqlite_url(folder / DATABASE))
        await store.close()

    asyncio.run(make())
    return folder


@pytest.fixture
def home(first_start: Path, tmp_path: Path) -> Path:
    """Give a data folder with an empty database."""
    return Path(shutil.copytree(first_start, tmp_path / "data"))


@pytest.fixture(scope="module")
def shared_home(first_start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with an empty database to a module that shares one bot."""
    return Path(shutil.copytree(first_start, tmp_path_factory.mktemp("shared") / "data"))


@pytest_asyncio.fixture
async def start_ours(wire: WireServer, home: Path) -> AsyncIterator[StartOurs]:
    """Start our bot, once or again, on one data folder; its log is judged when the test is over."""
    started: list[BotProcess] = []

    async def start(*, online: bool = True, **settings: Any) -> BotProcess:
        bot = our_bot(wire, home, **settings)
        started.append(bot)
        if online:
            await bring_online(wire, bot)
        else:
            await bot.start()
        return bot

    yield start
    for bot in started:
        await bot.kill()
        check_discretion(wire, bot)
