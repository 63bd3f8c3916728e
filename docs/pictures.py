"""Take the pictures of the cards that the README shows, from the real bot on a simulated Discord.

python -m pip install -e . "simcord[screenshot]>=3.2.1,<4"
apt-get install -y chromium    # else: playwright install --with-deps chromium
python docs/pictures.py        # makes docs/pictures/*.png anew, as a phone and as a desktop shows them
python docs/pictures.py --folder /tmp/look --only around --only poll

It needs no token and no network, works in a temporary folder, and ends by itself. The simulation's clock stands at
1 January 2026, and it knows Discord's dark theme only.
"""  # noqa: INP001 - a script, no package

from __future__ import annotations

import argparse
import asyncio
import io
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import simcord
from PIL import Image
from playwright.async_api import Browser, FloatRect, async_playwright
from simcord import interactions

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

WIDTHS = {"": 400, "-desktop": 900}  # what a picture's name ends with: the window's width, a phone's by default
_TALL = 3_000  # pixels of a window in which every card is seen whole
_MARGIN = 8
_SHARP = 2  # pixels of a picture for one of the window
_COLOURS = (128, 64, 32)
_MOST_BYTES = 145_000
_SOURCE = "https://github.com/example/briefbot"
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


Shown = simcord.InteractionResult | simcord.ResponseMessage | discord.Message


@dataclass(frozen=True, slots=True)
class Shot:
    """What is done for a picture: a command with its options, and perhaps buttons pressed after it."""

    command: str
    options: dict[str, Any] = field(default_factory=dict)
    pressed: Sequence[str] = ()
    admin: bool = False


SHOTS = {
    "answer": Shot("ask", {"question": "Why does Moscow distrust Clinton?"}),
    "refusal": Shot("ask", {"question": "What does the brief say about Rex Tillerson?"}),
    "poll": Shot("poll"),
    "quote": Shot("quote", {"about": "hacking"}),
    "section": Shot("browse", {"section": "The view from Russia"}),
    "recommendations": Shot("recommendations"),
    "cite": Shot("cite", {"style": "BibTeX", "passage": "The view from Russia 2"}),
    "settings": Shot("settings show", admin=True),
    "help": Shot("help", admin=True),
    "number": Shot("ask", {"question": "What share of Russians had a negative impression of Clinton?"}),
    "more": Shot("ask", {"question": "Why does Moscow distrust Clinton?"}, ["more"]),
    "around": Shot("ask", {"question": "Why does Moscow distrust Clinton?"}, ["around"]),
    "outline": Shot("browse"),
    "reference": Shot("cite"),
    "privacy": Shot("privacy show"),
    "channels": Shot("settings show", pressed=["set-page:channels"], admin=True),
}
README = list(SHOTS)[:9]
QUIZ = "quiz"  # a round is played, and yields the pictures quiz-lobby, quiz-question and so on
ASKED = ("quiz-hack-servers", "quiz-poll-trump-unknown", "quiz-moscow-clinton")
PLAYERS = ("Anna", "Ben", "Chiara", "Davit", "Eva", "Farid")


class Stage:
    """A server with the bot in it, a channel, a reader, and one who runs it."""

    def __init__(self, env: simcord.Env) -> None:
        self.env = env
        guild = self.guild = env.create_guild("Reading group")
        role = guild.create_role("admin", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
        self.channel = guild.create_text_channel("reading")
        self.reader = guild.add_member(env.create_user("Rhea"))
        self.admin = guild.add_member(env.create_user("Ada"), roles=[role])

    async def act(self, shot: Shot) -> simcord.InteractionResult:
        """Use the command, then press the buttons."""
        actor = self.admin if shot.admin else self.reader
        shown = await actor.slash(self.channel, shot.command, **shot.options)
        for action in shot.pressed:
            message = shown.response
            if message is None:
                raise SystemExit(f"nothing to press after /{shot.command}")
            pressed = await actor.click(message, custom_id=_named(message, action))
            shown = pressed if pressed.response and pressed.response.id != message.id else shown
        return shown

    async def take(self, browser: Browser, shot: Shot, width: int) -> bytes:
        """Give the picture of what a shot shows, as a PNG."""
        return await self.shoot(browser, await self.act(shot), self.admin if shot.admin else self.reader, width)

    async def shoot(self, browser: Browser, shown: Shown, viewer: simcord.MemberActor, width: int) -> bytes:
        """Give the picture of an answer or a message, as one member sees it."""
        async with self.env.preview(self.channel, viewers=[viewer]) as preview:
            await preview.show(shown)
            page = await browser.new_page(viewport={"width": width, "height": _TALL}, device_scale_factor=_SHARP)
            try:
                await page.goto(preview.url)
                await page.wait_for_function("() => window.simcordPreview?.ready && window.simcordPreview.complete")
                await page.evaluate("() => document.fonts.ready")
                box = await page.locator("#focused-content").bounding_box()
                if box is None:
                    raise SystemExit("there is nothing to see")
                height = box["height"] + _MARGIN
                return await page.screenshot(clip=FloatRect(x=box["x"], y=box["y"], width=box["width"], height=height))
            finally:
                await page.close()


class Match:
    """A round of a quiz, played for its pictures."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.channel, self.admin, self.env = stage.channel, stage.admin, stage.env
        self.players = [stage.guild.add_member(stage.env.create_user(name)) for name in PLAYERS]

    async def scenes(self) -> AsyncIterator[tuple[str, Shown, simcord.MemberActor]]:
        """Play, and yield what there is to see, with whoever sees it."""
        controls = await self._open()
        await self._later()
        lobby = self._latest()
        for player in self.players:
            await player.click(lobby, custom_id=_named(lobby, "quiz-join"))
        await self._later()
        yield "lobby", self._latest(), self.stage.reader
        started = await self._press(self.admin, controls, "quiz-lead:1.start")
        await self._later()
        for number in range(1, len(ASKED) + 1):
            noted = await self._answer(number)
            await self._later()
            if number == 1:
                yield "question", self._latest(), self.stage.reader
                yield "noted", noted, self.players[-1]
                yield "controls", await self._press(self.admin, started, "quiz-lead:1.refresh"), self.admin
            await self.admin.slash(self.channel, "quiz next")
            await self._later()
            if number == 1:
                yield "reveal", self._latest(), self.stage.reader
            await self.admin.slash(self.channel, "quiz next")
            await self._later()
        yield "podium", self._latest(), self.stage.reader
        mine = _named(self._latest(), "quiz-mine")
        yield "mine", await self.players[-1].click(self._latest(), custom_id=mine), self.players[-1]

    async def _open(self) -> simcord.InteractionResult:
        bot = self.env.bot
        volume, cog = bot.services.library.default, bot.get_cog("Quiz")
        known = {item.id: item for item in cog.bank(volume)}
        items = [known[name] for name in ASKED]
        await bot.services.store.quizzes.save_set(
            self.stage.guild.id, volume.id, "The brief, week 3", items, self.admin.id, self.env.now()
        )
        return await self.admin.slash(self.channel, "quiz start", set="The brief, week 3", place="channel")

    async def _answer(self, number: int) -> simcord.InteractionResult:
        """Let every second player be right, and give what the last one is told."""
        message, told = self._latest(), None
        (live,) = self.env.bot.get_cog("Quiz").host.running(self.stage.guild.id)
        item = live.state.item
        for place, player in enumerate(self.players):
            if item.typed:
                form = await player.click(message, custom_id=_named(message, "quiz-type"))
                told = await player.submit_modal(form, {"answer": item.answer if place % 2 else "13"})
            else:
                right = item.options.index(item.answer)
                option = right if (place + number) % 2 else (right + 1 + place % 3) % len(item.options)
                told = await player.click(message, custom_id=f"bb:quiz-pick:1.{number}.{option}")
        if told is None:
            raise SystemExit("nobody played")
        return told

    async def _press(
        self, actor: simcord.MemberActor, shown: simcord.InteractionResult, action: str
    ) -> simcord.InteractionResult:
        message = shown.response or shown.followups[-1]
        return await actor.click(message, custom_id=_named(message, action))

    async def _later(self) -> None:
        await self.env.advance_time(4)

    def _latest(self) -> discord.Message:
        return max((one for one in self.channel.history() if not one.flags.ephemeral), key=lambda one: one.id)


def _named(message: simcord.ResponseMessage | discord.Message, action: str) -> str:
    """Find the custom id of a button by its action."""
    made = message.components
    raw = made if isinstance(message, simcord.ResponseMessage) else [one.to_dict() for one in made]
    return next(name for part in _parts(raw) if f"bb:{action}" in (name := part.get("custom_id", "")))


def _parts(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in components:
        yield one
        yield from _parts(one.get("components", ()))
        if accessory := one.get("accessory"):
            yield accessory


@asynccontextmanager
async def staged(data: Path) -> AsyncIterator[Stage]:
    """Start the bot with everything that it keeps in a folder."""
    library = Library([open_asker(path, data) for path in shipped_packs()])
    charts = Charts(data / "charts")
    for volume in library.volumes:
        for figure in volume.pack.figures:
            await charts.draw(figure, cite(volume.pack, figure.place, volume.pack.page_of(figure.place)).text)
    store = await Store.open(sqlite_url(data / "briefbot.sqlite3"))
    services = Services(Configuration(source_url=_SOURCE), library, store, Book(store), charts, Faults())
    env = simcord.Env(BriefBot(services, COGS), approved_intents=discord.Intents.none(), shard_count=1)
    env.backend.bot_user.name = "Briefbot"
    try:
        await env.start()
        yield Stage(env)
    finally:
        await env.shutdown()
        await store.close()


@contextmanager
def installed() -> Iterator[None]:
    """Let interactions say that the bot is installed in the server, which the simulation leaves out."""
    payload = interactions.base_payload

    def told(*given: Any, guild_id: int | None, **more: Any) -> Any:  # noqa: ANN401 - whatever the simulation passes
        record, sent = payload(*given, guild_id=guild_id, **more)
        sent["authorizing_integration_owners"] = {"0": str(guild_id or 0)}
        return record, sent

    interactions.base_payload = told
    try:
        yield
    finally:
        interactions.base_payload = payload


def small(png: bytes) -> bytes:
    """Write a picture with few colours, which is all that a card has; with fewer still where it would be large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    written = png
    for colours in _COLOURS:
        stream = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        written = stream.getvalue()
        if len(written) < _MOST_BYTES:
            break
    return written


async def take_all(folder: Path, names: Sequence[str]) -> None:
    """Take the pictures that are named, one for each width."""
    with tempfile.TemporaryDirectory(prefix="briefbot-pictures-") as data, installed():
        async with staged(Path(data)) as stage, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*_FLAGS])
            for name in names:
                for ending, width in WIDTHS.items() if name in SHOTS else ():
                    write(folder / f"{name}{ending}.png", await stage.take(browser, SHOTS[name], width))
            if QUIZ in names:
                async for name, shown, viewer in Match(stage).scenes():
                    write(folder / f"{QUIZ}-{name}.png", await stage.shoot(browser, shown, viewer, WIDTHS[""]))
            await browser.close()


def write(path: Path, png: bytes) -> None:
    """Write a picture, made small, and say so."""
    picture = small(png)
    path.write_bytes(picture)
    print(path.name, f"{len(picture) / 1_000:.0f} kB")


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Take the pictures of the cards.")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent / "pictures")
    parser.add_argument("--only", action="append", choices=[*SHOTS, QUIZ])
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take_all(given.folder, given.only or [*README, QUIZ]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
