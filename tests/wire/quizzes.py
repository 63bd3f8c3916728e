"""A quiz on the wire: its questions, who leads it, who plays, what stands in its channels, and what is kept of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.brief.quiz_items import Difficulty, ItemKind
from bot.quiz.items import TRUE_FALSE, Exactly, Item, Pick, Right, Source, Worded
from bot.store.database import Store
from bot.store.tables import quiz_answers, quiz_seats
from tests.wire.events import Event
from tests.wire.fixtures import Classroom
from tests.wire.interactions import Interaction
from tests.wire.model import Channel, Guild, Json, Message, MessageFlag
from tests.wire.permissions import Permission
from tests.wire.players import NotOfferedError, Player
from tests.wire.server import WireServer

PACK, SET = "tiny", "rivers"
Given = int | str  # an option, or what is typed
_LEADING = re.compile(r"In <#(\d+)>, round (\d+);")
_UNTIL = re.compile(r"Open until <t:(\d+):T>")


# ------------------------------------------------------------------ questions


def choice(number: int) -> Item:
    """Make a question with four options; the first is right."""
    return _item(number, ItemKind.CHOICE, Pick(0), tuple(f"Answer {letter} to {number}" for letter in "ABCD"))


def true_false(number: int) -> Item:
    """Make a question that is true."""
    return _item(number, ItemKind.TRUE_FALSE, Pick(0), TRUE_FALSE)


def worded(number: int) -> Item:
    """Make a question whose answer is typed: the Danube."""
    return _item(number, ItemKind.TEXT, Worded(("Danube",)), ())


def numeric(number: int) -> Item:
    """Make a question whose answer is a number: 2850."""
    return _item(number, ItemKind.NUMBER, Exactly(2850.0, "km"), ())


def _item(number: int, kind: ItemKind, right: Right, options: tuple[str, ...]) -> Item:
    return Item(
        id=f"item-{number}",
        kind=kind,
        stem=f"What about item {number}?",
        options=options,
        right=right,
        explanation=f"Because of item {number}.",
        citation=f"A place for item {number}",
        topic="Rivers",
        difficulty=Difficulty.EASY,
        source=Source.GENERATED,  # whose options keep their order
    )


async def keep_set(store: Store, guild: Guild, items: Sequence[Item], pack: str = PACK) -> None:
    """Save questions under a name, as ``/quiz preview`` does."""
    await store.quizzes.save_set(guild.id, pack, SET, items, 1, dt.datetime.now(dt.UTC))


# ------------------------------------------------------------------ people


def instructor(room: Classroom, name: str = "ines") -> Player:
    """Let somebody in who may manage messages, and no more."""
    return _member(room, name, room.server.world.add_role(room.guild, f"staff-{name}", Permission.MANAGE_MESSAGES))


def members(room: Classroom, count: int) -> list[Player]:
    """Let so many members in."""
    return [_member(room, f"member {number}") for number in range(count)]


def _member(room: Classroom, name: str, *roles: Any) -> Player:
    player = Player(room.server, room.server.world.add_user(name))
    room.server.world.add_member(room.guild, player.user, *roles)
    return player


# ------------------------------------------------------------------ what stands


@dataclass(eq=False)
class Wall:
    """All that the bot ever posted for everybody, deleted or not."""

    server: WireServer
    places: dict[int, list[Message]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.server.world.listeners.append(self._hear)

    def _hear(self, event: Event) -> None:
        world, data = self.server.world, event.data
        if event.name == "MESSAGE_CREATE" and is_public(data, world.bot.id):
            channel = world.channels[int(data["channel_id"])]
            self.places.setdefault(channel.id, []).append(channel.messages[int(data["id"])])

    def telling(self, text: str, place: int) -> list[Message]:
        """List what was posted in a channel and tells such a text now."""
        return [one for one in self.places.get(place, ()) if text in one.text]

    @property
    def count(self) -> int:
        """Count all that was posted."""
        return sum(map(len, self.places.values()))


def is_public(data: Json, bot_id: int) -> bool:
    """Tell whether a message is the bot's, for everybody, and no answer to an interaction."""
    ours = int(data["author"]["id"]) == bot_id and "interaction_metadata" not in data
    return ours and not data["flags"] & MessageFlag.EPHEMERAL


# ------------------------------------------------------------------ a round


@dataclass(eq=False)
class Game:
    """A round as its class sees it: ``given`` is what was acknowledged last, by player and number of the question."""

    room: Classroom
    leader: Player
    items: Sequence[Item]
    wall: Wall
    controls: Message
    id: int = 0
    place: int = 0
    lobby: Channel = field(init=False)
    given: dict[tuple[int, int], Given] = field(default_factory=dict)
    latencies: dict[int, list[float]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    acknowledged: int = 0
    unanswered: int = 0

    def __post_init__(self) -> None:
        place, number = _LEADING.findall(self.controls.text)[0]
        self.id, self.place, self.lobby = int(number), int(place), self.controls.channel

    @property
    def server(self) -> WireServer:
        """Give the server."""
        return self.room.server

    @property
    def channel(self) -> Channel:
        """Give where the questions go."""
        return self.server.world.channels[self.place]

    # What stands.

    def questions(self, number: int, *, deleted: bool = False) -> list[Message]:
        """List the messages of a question; there is to be one."""
        found = self.wall.telling(f"### Question {number} of ", self.place)
        return [one for one in found if deleted or not one.deleted]

    def question(self, number: int) -> Message | None:
        """Give the message of a question, if it stands."""
        return next(iter(self.questions(number)), None)

    def message(self, number: int) -> Message:
        """Give the message of a question that is known to stand."""
        return self.questions(number)[0]

    def revealed(self, number: int) -> bool:
        """Tell whether a question's answer is told."""
        found = self.question(number)
        return found is not None and "Right answer" in found.text

    def lobbies(self) -> list[Message]:
        """List the messages of the lobby; there is to be one."""
        return self.wall.telling("A quiz on “", self.lobby.id)

    def podiums(self) -> list[Message]:
        """List the messages of the podium; there is to be one."""
        return self.wall.telling("### Result: ", self.place)

    def deadline(self, number: int) -> int:
        """Read until when a question is open, in seconds since 1970; 0 where it does not say."""
        found = self.question(number)
        told = _UNTIL.search(found.text) if found else None
        return int(told[1]) if told else 0

    # What the instructor does.

    async def lead(self, label: str, wait: float = 3.0) -> Interaction | None:
        """Press a button of the private card; None where the card does not have it."""
        try:
            done = await self.leader.click(self.controls, label=label, wait=wait)
        except (LookupError, NotOfferedError):
            return None
        if done.acknowledged:
            self.controls = done.message
        return done

    async def bring(self, label: str, holds: Callable[[], object], within: float = 60.0) -> None:
        """Press what brings something about; after a press in vain, look first where the round stands."""
        done = await self.lead(label)
        while done is None or not done.acknowledged:
            await self.server.gateway.ready(within=within)
            looked = await self.lead("Refresh")
            if looked is None or (looked.acknowledged and (holds() or not self._offers(label))):
                break
            done = await self.lead(label) if looked.acknowledged else looked
        await self.server.until(lambda: bool(holds()), within)

    def _offers(self, label: str) -> bool:
        return any(part.get("label") == label for part in self.controls.walk)

    async def start(self) -> Message:
        """Start the first question."""
        return await self.ask(1, "Start")

    async def ask(self, number: int, label: str = "Next question") -> Message:
        """Have a question asked, and wait until it stands."""
        await self.bring(label, lambda: self.question(number))
        return self.message(number)

    async def reveal(self, number: int) -> None:
        """Have a question revealed."""
        await self.bring("Reveal now", lambda: self.revealed(number))

    async def finish(self) -> Message:
        """Have the podium put up."""
        await self.bring("Show the result", self.podiums)
        return self.podiums()[0]

    # What a player does.

    async def join(self, player: Player) -> None:
        """Join in the lobby, until that is acknowledged."""
        while not (await player.click(self.lobbies()[0], label="Join", wait=3.0)).acknowledged:
            await self.server.gateway.ready(within=60)

    async def press(self, player: Player, number: int, given: Given, wait: float = 3.0) -> Interaction:
        """Answer once: by a button, or by a form that a button opens."""
        message = self.message(number)
        if isinstance(given, int):
            return await player.click(message, f"bb:quiz-pick:{self.id}.{number}.{given}", wait=wait)
        opened = await player.click(message, f"bb:quiz-type:{self.id}.{number}", wait=wait)
        if not opened.acknowledged:
            return opened
        return await player.submit(opened, {"answer": given}, wait=wait)

    async def answer(self, player: Player, number: int, given: Given) -> None:
        """Answer until it is acknowledged, and note what was."""
        while not (done := await self.press(player, number, given)).acknowledged:
            self.unanswered += 1
            await self.server.gateway.ready(within=60)
        text = done.message.text
        if "Noted: " not in text:
            self.refused.append(text)
            return
        self.acknowledged += 1
        self.given[player.user.id, number] = given
        self.latencies.setdefault(number, []).append(done.latency or 0.0)


async def open_game(room: Classroom, leader: Player, items: Sequence[Item], wall: Wall, **options: Any) -> Game:
    """Have an instructor start a round of the saved set, and wait for the lobby and the private card."""
    channel = options.pop("channel", room.general)
    done = await leader.slash(channel, "quiz start", **({"set": SET} | options))
    await room.server.until(lambda: done.original is not None and not done.original.loading)
    return Game(room, leader, items, wall, done.message)


# ------------------------------------------------------------------ what is kept


async def rows_of(store: Store, round_id: int) -> list[Any]:
    """Read the answers of a round as they lie in the database."""
    return await _select(store, select(quiz_answers).where(quiz_answers.c.round_id == round_id))


async def answers(store: Store, game: Game) -> list[tuple[int, int, Given]]:
    """List the answers of a round: the question, the player, what was given."""
    return [(row.number, row.user_id, row.given) for row in await rows_of(store, game.id)]


async def seats_of(store: Store, round_id: int) -> list[Any]:
    """Read who took part, with their scores."""
    return await _select(store, select(quiz_seats).where(quiz_seats.c.round_id == round_id))


async def _select(store: Store, statement: Any) -> list[Any]:
    return await store._transactions.read(lambda connection: list(connection.execute(statement)))  # noqa: SLF001
