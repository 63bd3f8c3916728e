"""A round as this process plays it: its state, its messages, and what is still to be shown of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.discord.client import Interaction
from bot.discord.delivering.slot import Address
from bot.quiz.state import Halt, Phase, Round
from bot.store.quiz_records import KeepRound, KeptRound

LOBBY, PODIUM = "lobby", "podium"
CONTROLS = "controls"  # the instructor's private card, which is no message of the channel


@dataclass(slots=True)
class Want:
    """Something to be shown: not before ``at``; what is not urgent gives way. ``since``: when it was first tried."""

    at: dt.datetime
    urgent: bool
    tries: int = 0
    since: dt.datetime | None = None


@dataclass(slots=True, kw_only=True)
class Posts:
    """The messages of a round: their ids by what they show (``lobby``, the number of a question, ``podium``).

    ``final``: the questions whose message shows them for good; ``losses``: how often a message was deleted, so that
    each new one has a nonce of its own; ``lobby_channel``: the lobby's, where the round has a thread.
    """

    messages: dict[str, int] = field(default_factory=dict)
    final: set[int] = field(default_factory=set)
    losses: int = 0
    lobby_channel: int | None = None

    def dump(self) -> dict[str, Any]:
        """Give it as data that JSON can hold."""
        kept = {"messages": dict(self.messages), "final": sorted(self.final), "losses": self.losses}
        return kept | {"lobby_channel": self.lobby_channel}


@dataclass(slots=True, eq=False, kw_only=True)
class Live:
    """A running round, which this process looks after since ``taken``.

    ``place`` is where the questions go, ``lobby`` the channel of the lobby's message: another one where the round has a
    thread. ``controls``: the instructor's private card, as long as it can be edited. ``doubtful``: what an earlier
    process may have posted since ``doubted`` without having kept it. ``revived``: it was over, and is shown once more.
    """

    id: int
    guild_id: int
    pack: str
    title: str
    leader_id: int | None
    opened: dt.datetime
    taken: dt.datetime
    place: Address
    lobby: Address
    state: Round
    posts: Posts = field(default_factory=Posts)
    names: dict[int, str] = field(default_factory=dict)
    wants: dict[str, Want] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    doubted: dt.datetime | None = None
    revived: bool = False
    trouble: str = ""
    controls: Interaction | None = None
    edited: dt.datetime | None = None
    version: int = 0
    worker: asyncio.Task[None] | None = None

    @property
    def ended(self) -> bool:
        """Tell whether it is over; its podium may not stand yet."""
        return self.state.phase is Phase.ENDED

    @property
    def asking(self) -> str:
        """Name the question's message that is to stand and does not, if there is one."""
        state = self.state
        lost = state.phase is Phase.OPEN and state.halt is Halt.LOST
        return str(state.number) if state.phase is Phase.POSTING or lost else ""

    @property
    def rests(self) -> bool:
        """Tell whether time does not matter to it."""
        return self.state.phase in {Phase.LOBBY, Phase.ENDED} or self.state.halted is not None

    def knows(self, user_id: int) -> bool:
        """Tell whether something of somebody is in it."""
        seated = user_id in self.state.players or user_id in self.state.extra or user_id in self.names
        return seated or user_id == self.leader_id or any(row.player == user_id for row in self.state.rows)

    def address(self, key: str) -> Address:
        """Give where a message goes."""
        return self.lobby if key == LOBBY else self.place

    def message(self, key: str) -> int | None:
        """Give the id of a message that stands."""
        return self.posts.messages.get(key)

    def key_of(self, message_id: int) -> str:
        """Tell what a message shows; empty where it is none of ours."""
        return next((key for key, known in self.posts.messages.items() if known == message_id), "")

    def is_final(self, key: str) -> bool:
        """Tell whether a question's message will not change any more: it is revealed, or left behind."""
        if not key.isdigit():
            return False
        revealed = self.state.phase is Phase.REVEALED and int(key) == self.state.number
        return self.ended or revealed or int(key) < self.state.number

    def unsettled(self) -> Iterator[str]:
        """Name the messages of earlier questions that still show them as open."""
        yield from (key for key in self.posts.messages if self.is_final(key) and int(key) not in self.posts.final)

    def lose(self, key: str) -> None:
        """Forget a message that was deleted."""
        self.posts.messages.pop(key, None)
        self.posts.losses += 1

    def kept(self, now: dt.datetime, *, settled: bool = False) -> KeepRound:
        """Give what the database is to keep, seen to at ``now``."""
        return KeepRound(
            round_id=self.id,
            state=self.state,
            posts=self.posts.dump(),
            channel_id=self.place.channel_id,
            seen=now,
            settled=settled,
        )


def live_of(kept: KeptRound, now: dt.datetime) -> Live:
    """Make a round that was kept one that is played."""
    posts = _posts(kept)
    live = Live(
        id=kept.id,
        guild_id=kept.guild_id,
        pack=kept.pack,
        title=kept.title,
        leader_id=kept.leader_id,
        opened=kept.opened,
        taken=now,
        place=Address(kept.guild_id, kept.channel_id),
        lobby=Address(kept.guild_id, posts.lobby_channel or kept.channel_id),
        state=kept.state,
        posts=posts,
        names=dict(kept.names),
        doubted=kept.state.touched,
    )
    live.doubtful = {LOBBY, PODIUM, str(live.state.number)} - posts.messages.keys()
    return live


def _posts(kept: KeptRound) -> Posts:
    return Posts(
        messages={str(key): int(message) for key, message in kept.posts.get("messages", {}).items()},
        final=set(kept.posts.get("final", ())),
        losses=int(kept.posts.get("losses", 0)),
        lobby_channel=kept.posts.get("lobby_channel"),
    )
