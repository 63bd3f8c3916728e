"""The real bot on a simulated Discord: its packs, its database in a file, its charts, and people who use it.

Nothing is approved in the portal that takes a review, so that a test fails when the bot comes to need it. A fault that
the bot logs fails the test unless it is marked ``faulty``.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord
from discord import app_commands, ui
from simcord import interactions
from simcord.components import walk_components

from bot.answers.askers import Asker
from bot.brief.citations import cite
from bot.charts.charts import Charts
from bot.discord.book import Book
from bot.discord.client import BriefBot
from bot.discord.cogs.all import COGS
from bot.discord.faults import Faults
from bot.discord.library import Library
from bot.discord.services import Services
from bot.files.configuration import Configuration
from bot.files.library import shipped_packs
from bot.files.opening import open_asker
from bot.store.database import Store, sqlite_url

TINY = Path(__file__).parents[1] / "packs" / "tiny"
Actor = simcord.MemberActor | simcord.UserHandle
Shown = simcord.InteractionResult | simcord.ResponseMessage | discord.Message

_BUTTON, _TEXT, _FILE, _SELECTS = 2, 10, 13, {3, 5, 6, 7, 8}  # types of components


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "two_briefs: the library has the tiny pack beside the shipped one")
    config.addinivalue_line("markers", "faulty: a fault is expected in the log")


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def shipped(data: Path) -> Asker:
    return open_asker(shipped_packs()[0], data)


@pytest.fixture(scope="session")
def tiny(data: Path) -> Asker:
    return open_asker(TINY, data)


@pytest.fixture(scope="session")
def drawn(data: Path, shipped: Asker) -> Path:
    """Draw every chart beforehand: a bot that starts finds them, and settles at once."""
    charts = Charts(data / "charts")

    async def draw() -> None:
        for figure in shipped.pack.figures:
            await charts.draw(figure, cite(shipped.pack, figure.place, shipped.pack.page_of(figure.place)).text)

    asyncio.run(draw())
    return data / "charts"


@pytest.fixture(scope="session")
def empty_database(data: Path) -> Path:
    """Make the tables once; each test works on a copy."""
    path = data / "empty.sqlite3"

    async def make() -> None:
        store = await Store.open(sqlite_url(path))
        await store.close()

    asyncio.run(make())
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(empty_database, tmp_path / "briefbot.sqlite3"))


@pytest.fixture
def configuration() -> Configuration:
    return Configuration()


@pytest.fixture
def library(request: pytest.FixtureRequest, shipped: Asker) -> Library:
    two = request.node.get_closest_marker("two_briefs") is not None
    return Library([shipped, request.getfixturevalue("tiny")] if two else [shipped])


class Workshop:
    """Builds bots on one database, as a program that is started again and again does."""

    def __init__(self, configuration: Configuration, database: Path, drawn: Path) -> None:
        self.configuration = configuration
        self.database = database
        self.drawn = drawn
        self.store: Store | None = None

    async def build(self, library: Library) -> BriefBot:
        await self.close()
        store = self.store = await Store.open(sqlite_url(self.database))
        return BriefBot(Services(self.configuration, library, store, Book(store), Charts(self.drawn), Faults()), COGS)

    async def close(self) -> None:
        if self.store is not None:
            await self.store.close()


@pytest_asyncio.fixture
async def workshop(configuration: Configuration, database: Path, drawn: Path) -> AsyncIterator[Workshop]:
    built = Workshop(configuration, database, drawn)
    yield built
    await built.close()


@pytest_asyncio.fixture
async def env(
    request: pytest.FixtureRequest, workshop: Workshop, library: Library, installs: Installs
) -> AsyncIterator[simcord.Env]:
    bot = await workshop.build(library)
    count = None if bot.shard_count else 1
    made = simcord.Env(bot, approved_intents=discord.Intents.none(), shard_count=count, check_errors=False)
    await made.start()
    yield made
    await made.shutdown()
    if request.node.get_closest_marker("faulty") is None:
        assert [error for error in made.errors if not _is_expected(error)] == []


@pytest.fixture(autouse=True)
def no_fault_in_the_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    if request.node.get_closest_marker("faulty") is None:
        assert [one.getMessage() for one in caplog.get_records("call") if one.name == "bot.faults"] == []


class Installs:
    """How the bot was added: to the server, by the member, or both; the simulation leaves it out."""

    def __init__(self) -> None:
        self.server = True
        self.member = False

    def owners(self, guild_id: int | None, user_id: int) -> dict[str, str]:
        owners = {"0": str(guild_id or 0)} if self.server else {}
        return owners | ({"1": str(user_id)} if self.member else {})


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> Installs:
    made = Installs()
    payload = interactions.base_payload

    def told(*arguments: Any, guild_id: int | None, user_id: int, **more: Any) -> Any:
        record, sent = payload(*arguments, guild_id=guild_id, user_id=user_id, **more)
        sent["authorizing_integration_owners"] = made.owners(guild_id, user_id)
        return record, sent

    monkeypatch.setattr(interactions, "base_payload", told)
    return made


class Server:
    """A server with the bot in it, a channel, and people: who runs it, who moderates, and who reads."""

    def __init__(self, env: simcord.Env, workshop: Workshop, library: Library) -> None:
        self.env = env
        self.workshop = workshop
        self.library = library
        self.guild = env.create_guild("Reading group")
        self.channel = self.guild.create_text_channel("reading")
        self.admin = self.member("ada", manage_guild=True)
        self.moderator = self.member("mona", manage_messages=True)
        self.reader = self.member("rhea")

    @property
    def bot(self) -> BriefBot:
        return self.env.bot

    @property
    def services(self) -> Services:
        return self.bot.services

    @property
    def store(self) -> Store:
        return self.services.store

    def member(self, name: str, **permissions: bool) -> simcord.MemberActor:
        """Add a member who has the permissions through a role of his own."""
        roles = [self.guild.create_role(name, permissions=discord.Permissions(**permissions))] if permissions else []
        return self.guild.add_member(self.env.create_user(name), roles=roles)

    def with_role(self, name: str, role: simcord.RoleHandle) -> simcord.MemberActor:
        return self.guild.add_member(self.env.create_user(name), roles=[role])

    def demote(self, member: simcord.MemberActor) -> simcord.MemberActor:
        """Let a member leave and come back without roles."""
        self.guild.remove_member(member)
        return self.guild.add_member(member.user)

    async def restart(self, library: Library | None = None) -> None:
        """Start the bot anew on the same database, perhaps with another library."""
        self.library = library or self.library
        await self.env.restart_bot(await self.workshop.build(self.library))

    async def post(self, *items: ui.Item[Any]) -> discord.Message:
        """Let the bot post buttons or selects as an earlier version of it, or a forger, may have made them."""
        view = ui.LayoutView(timeout=None)
        for item in items:
            view.add_item(ui.ActionRow(item))
        view.stop()
        return await self.bot.get_channel(self.channel.id).send(view=view)

    async def settle(self) -> None:
        """Let the bot end what it began."""
        await self.env.settle()


@pytest.fixture
def server(env: simcord.Env, workshop: Workshop, library: Library) -> Server:
    return Server(env, workshop, library)


def message_of(shown: Shown) -> simcord.ResponseMessage | discord.Message:
    """Give the message of an interaction: its latest follow-up, else its response."""
    if isinstance(shown, simcord.InteractionResult):
        found = [*([shown.response] if shown.response else []), *shown.followups]
        assert found, f"nothing was said: {shown!r}"
        return found[-1]
    return shown


def components(shown: Shown) -> list[dict[str, Any]]:
    message = message_of(shown)
    made = message.components
    raw = made if isinstance(message, simcord.ResponseMessage) else [one.to_dict() for one in made]
    return list(walk_components(raw))


def text_of(shown: Shown) -> str:
    """Read a card as a screen reader does: its texts, line by line."""
    return "\n".join(one["content"] for one in components(shown) if one["type"] == _TEXT)


def labels(shown: Shown) -> list[str]:
    return [one.get("label", "") for one in components(shown) if one["type"] == _BUTTON]


def actions(shown: Shown) -> list[str]:
    """List what the parts of a card do when they are used, in order."""
    return [one["custom_id"].split(":")[1] for one in components(shown) if one.get("custom_id", "").startswith("bb:")]


def button_id(shown: Shown, label: str) -> str:
    """Find the custom id of the button with a label."""
    found = [one["custom_id"] for one in components(shown) if one["type"] == _BUTTON and one.get("label") == label]
    assert len(found) == 1, f"{len(found)} buttons “{label}” among {labels(shown)}"
    return found[0]


def select_of(shown: Shown, action: str) -> dict[str, Any]:
    """Find the select that does an action."""
    selects = [one for one in components(shown) if one["type"] in _SELECTS]
    found = [one for one in selects if one["custom_id"].startswith(f"bb:{action}:")]
    assert len(found) == 1, f"{len(found)} selects {action} among {[one['custom_id'] for one in selects]}"
    return found[0]


def defaults(shown: Shown, action: str) -> set[int | str]:
    """Tell what a select has chosen beforehand: ids, or the values of options."""
    select = select_of(shown, action)
    chosen = {int(one["id"]) for one in select.get("default_values", ())}
    return chosen | {one["value"] for one in select.get("options", ()) if one.get("default")}


async def click(actor: Actor, shown: Shown, label: str) -> simcord.InteractionResult:
    return await actor.click(message_of(shown), custom_id=button_id(shown, label))


async def act(actor: Actor, shown: Shown, action: str) -> simcord.InteractionResult:
    """Press the one button that does an action, however it is labelled."""
    buttons = (one["custom_id"] for one in components(shown) if one["type"] == _BUTTON and "custom_id" in one)
    found = [name for name in buttons if name.startswith(f"bb:{action}:")]
    assert len(found) == 1, f"{len(found)} buttons {action} among {labels(shown)}"
    return await actor.click(message_of(shown), custom_id=found[0])


async def choose(actor: Actor, shown: Shown, action: str, values: Sequence[Any]) -> simcord.InteractionResult:
    """Choose from the select that does an action."""
    return await actor.select(message_of(shown), values, custom_id=select_of(shown, action)["custom_id"])


async def file_of(shown: Shown) -> tuple[str, bytes]:
    (attached,) = message_of(shown).attachments
    assert [one["type"] for one in components(shown)].count(_FILE) == 1
    return attached.filename, await attached.read()


def _is_expected(error: BaseException) -> bool:
    """Tell a refusal, which has its sentence, from a fault."""
    return isinstance(error, app_commands.AppCommandError) and not isinstance(error, app_commands.CommandInvokeError)
