"""A round as this process plays it: its state, its messages, and what is still to be shown of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.discord.client import Interaction
from bot.discord.delivering.slot import Address
from bot.quiz.state import Halt, Phase, Round
from bot.store.quiz_records import KeepRound, KeptRound

LOBBY, PODIUM = "lobby", "podium"
CONTROLS = "controls"  # the instructor's private card, which is no message of the channel
LOBBY_CHANNEL = "lobby_channel"
_FINAL, _LOST = "final", "lost"


@dataclass(slots=True)
class Want:
    """Something to be shown: not before ``at``; what is not urgent gives way. ``since``: when it was first tried."""

    at: dt.datetime
    urgent: bool
    tries: int = 0
    since: dt.datetime | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class Live:
    """A running round, which this process looks after since ``taken``.

    ``place`` is where the questions go, ``lobby`` the channel of the lobby's message: another one where the round has a
    thread. ``posts``: the ids of messages by what they show (``lobby``, the number of a question, ``podium``), and
    which of them show what they show for good. ``controls``: the instructor's private card, as long as it can be
    edited. ``doubtful``: what an earlier process may have posted without having kept it.
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
    posts: dict[str, Any]
    names: dict[int, str] = field(default_factory=dict)
    wants: dict[str, Want] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
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

    def address(self, key: str) -> Address:
        """Give where a message goes."""
        return self.lobby if key == LOBBY else self.place

    def message(self, key: str) -> int | None:
        """Give the id of a message that stands."""
        found = self.posts.get(key)
        return int(found) if found else None

    def key_of(self, message_id: int) -> str:
        """Tell what a message shows; empty where it is none of ours."""
        return next((key for key in self._shown() if self.message(key) == message_id), "")

    def is_final(self, key: str) -> bool:
        """Tell whether a question's message will not change any more: it is revealed, or left behind."""
        if not key.isdigit():
            return False
        revealed = self.state.phase is Phase.REVEALED and int(key) == self.state.number
        return self.ended or revealed or int(key) < self.state.number

    def settle(self, key: str) -> None:
        """Remember that a message shows what it shows for good."""
        if self.is_final(key):
            self.posts[_FINAL] = sorted({*self.posts.get(_FINAL, ()), int(key)})

    def lose(self, key: str) -> None:
        """Forget a message that was deleted."""
        self.posts.pop(key, None)
        self.posts[_LOST] = self.losses + 1

    @property
    def losses(self) -> int:
        """Count how often a message was deleted: each new one has a nonce of its own."""
        return int(self.posts.get(_LOST, 0))

    def unsettled(self) -> Iterator[str]:
        """Name the messages of earlier questions that still show them as open."""
        settled = set(self.posts.get(_FINAL, ()))
        yield from (key for key in self._shown() if self.is_final(key) and int(key) not in settled)

    def kept(self, *, settled: bool = False) -> KeepRound:
        """Give what the database is to keep."""
        return KeepRound(
            round_id=self.id,
            state=self.state,
            posts=dict(self.posts),
            channel_id=self.place.channel_id,
            settled=settled,
        )

    def _shown(self) -> list[str]:
        return [key for key in self.posts if key in {LOBBY, PODIUM} or key.isdigit()]


def live_of(kept: KeptRound, now: dt.datetime) -> Live:
    """Make a round that was kept one that is played; its lobby's channel is named where it has a thread."""
    posts: Mapping[str, Any] = kept.posts
    live = Live(
        id=kept.id,
        guild_id=kept.guild_id,
        pack=kept.pack,
        title=kept.title,
        leader_id=kept.leader_id,
        opened=kept.opened,
        taken=now,
        place=Address(kept.guild_id, kept.channel_id),
        lobby=Address(kept.guild_id, int(posts.get(LOBBY_CHANNEL, kept.channel_id))),
        state=kept.state,
        posts=dict(posts),
        names=dict(kept.names),
    )
    live.doubtful = {LOBBY, PODIUM, str(live.state.number)} - live.posts.keys()
    return live
