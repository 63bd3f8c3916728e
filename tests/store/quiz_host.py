"""One round, run as a process does it: what the state machine wants kept is written as it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.brief.places import Place
from bot.brief.quiz_items import Difficulty, ItemKind
from bot.quiz.events import (
    Advanced,
    Answered,
    Effect,
    Event,
    Joined,
    MessageStood,
    Picked,
    Row,
    SaveAnswer,
    SavePlayer,
    SaveRound,
    Started,
    Stopped,
    Typed,
)
from bot.quiz.items import TRUE_FALSE, Exactly, Item, Pick, Source, Worded
from bot.quiz.rounds import begin, step
from bot.quiz.rules import Rules
from bot.quiz.state import Round
from bot.store.database import Store
from bot.store.quiz_records import Change, KeepAnswer, KeepRound, KeepSeat, KeptRound

GUILD, CHANNEL, PACK, LEADER = 81, 91, "hansen", 601
ANN, BEN, CLEO, DAN = 501, 502, 503, 504
NOON = dt.datetime(2026, 3, 2, 12, 0, 0, 123_456, tzinfo=dt.UTC)
RULES = Rules(seconds=30, gap=10)
Comparable = tuple[Round, list[Row], dict[int, Row]]


def moment(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def item(name: str, kind: ItemKind, right: Pick | Exactly | Worded) -> Item:
    options = {ItemKind.CHOICE: ("swims", "flies", "walks"), ItemKind.TRUE_FALSE: TRUE_FALSE}
    return Item(
        id=name,
        kind=kind,
        stem=f"What of the {name}?",
        options=options.get(kind, ()),
        right=right,
        explanation="It is said so.",
        place=Place("The river", 2),
        also=(Place("Figure 1"),),
        citation="Hansen 2016, para. 2",
        topic="The river",
        difficulty=Difficulty.HARD,
        source=Source.GENERATED,
        about=name,
    )


ITEMS = (
    item("fish", ItemKind.CHOICE, Pick(0)),
    item("rain", ItemKind.TRUE_FALSE, Pick(1)),
    item("mills", ItemKind.NUMBER, Exactly(61.5, "%")),
    item("speaker", ItemKind.TEXT, Worded(("Kari Aune", "Aune"))),
)


@dataclass(slots=True)
class Host:
    """Holds a round in memory, and keeps it."""

    store: Store
    id: int
    state: Round

    @classmethod
    async def open(
        cls, store: Store, *, guild: int = GUILD, items: tuple[Item, ...] = ITEMS, rules: Rules = RULES, **more: object
    ) -> Host:
        state = begin(items, rules, NOON)
        given = {"pack": PACK, "title": "Week 3", "leader_id": LEADER, "now": NOON, **more}
        made = await store.rounds.open(guild, CHANNEL, state=state, **given)  # type: ignore[arg-type]
        return cls(store, made, state)

    @classmethod
    async def asking(cls, store: Store, *players: int) -> Host:
        """Open a round whose first question stands since ten seconds past noon."""
        host = await cls.open(store)
        await host.happen(*(Joined(player, NOON) for player in players))
        await host.happen(Started(moment(1)), MessageStood(1, moment(10)))
        return host

    async def kept(self) -> KeptRound:
        """Give the round as it is kept."""
        found = await self.store.rounds.find(GUILD, self.id)
        assert found is not None
        return found

    async def happen(self, *events: Event, now: dt.datetime = NOON) -> None:
        """Let things happen, and write what they change, all at once."""
        changes: list[Change] = []
        for event in events:
            self.state, effects = step(self.state, event, now)
            changes += self.changes(effects)
        await self.store.rounds.write(changes)

    def changes(self, effects: Iterable[Effect]) -> list[Change]:
        found: list[Change] = []
        for effect in effects:
            match effect:
                case SaveRound():
                    found.append(KeepRound(self.id, self.state, {"question": self.state.number}, CHANNEL))
                case SavePlayer(player, joined, extra):
                    found.append(KeepSeat(self.id, player, joined, extra, f"Player {player}"))
                case SaveAnswer(row):
                    found.append(KeepAnswer(self.id, row, f"Player {row.player}"))
                case _:
                    pass
        return found

    async def play(self, *questions: dict[int, int | Typed], start: float = 0, stops: bool = True) -> None:
        """Play questions with answers by the players' ids, picked or typed; each is revealed, and the next posted."""
        await self.happen(Started(moment(start)))
        for number, answers in enumerate(questions, 1):
            at = start + 10 * number
            given = {one: Picked(what) if isinstance(what, int) else what for one, what in answers.items()}
            await self.happen(MessageStood(number, moment(at)))
            await self.happen(*(Answered(one, number, what, moment(at + 1)) for one, what in given.items()))
            await self.happen(Advanced(moment(at + 5)), Advanced(moment(at + 6)))
        if stops:
            await self.happen(Stopped(moment(start + 1000)))


def comparable(state: Round) -> Comparable:
    """Take from a state what is kept: an answer alone does not save when something last happened."""
    extra = {player: percent for player, percent in state.extra.items() if percent}
    bare = replace(state, touched=NOON, extra=extra, current={}, earlier=())
    return bare, sorted(state.rows, key=lambda row: (row.number, row.player)), dict(state.current)
