"""The host: keeps the rounds of this process going: in memory as they are in the database, and shown as they are.

What happens goes through ``happen``: the rules say what follows, the journal keeps it, and only then it is told. A
process that dies leaves its rounds in the database; whoever has the shard of their server takes them up, and gives the
players the time back for which nobody was there.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import discord

from bot.discord.quizzes.board import Board
from bot.discord.quizzes.journal import Journal
from bot.discord.quizzes.live import CONTROLS, LOBBY, PODIUM, Live, live_of
from bot.quiz.events import (
    Answered,
    ConfirmPrivately,
    Effect,
    Event,
    Joined,
    Left,
    MessageLost,
    Podium,
    PostQuestion,
    Restarted,
    Reveal,
    SaveAnswer,
    SavePlayer,
    SaveRound,
    Stopped,
    Ticked,
    UpdateCount,
    UpdateLobby,
)
from bot.quiz.rounds import step
from bot.quiz.state import bound, next_tick
from bot.store.faults import StoreFault
from bot.store.quiz_records import Change, CountAsked, KeepAnswer, KeepSeat, KeptRound

if TYPE_CHECKING:
    from bot.discord.client import BriefBot

_log = logging.getLogger(__name__)
_BEAT = dt.timedelta(seconds=2)
_MOST_LOOKERS = 10_000


class Host:
    """Keeps rounds going; each is known by its id."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        self._bot = bot
        self._rounds = bot.services.store.rounds
        self._journal = Journal(self._rounds)
        self.board = Board(bot, self)
        self._lives: dict[int, Live] = {}
        self._away: dict[int, dt.datetime] = {}  # shards that are not connected, and since when
        self.owed: set[int] = set()  # shards whose rounds could not be taken up yet
        self._taken: set[int] = set()  # shards whose rounds were taken up
        self._erased: set[int] = set()  # people whom a fault kept from being forgotten
        self._looked: dict[int, dt.datetime] = {}
        self._beaten: dt.datetime | None = None

    def running(self, guild_id: int) -> list[Live]:
        """List the rounds of a server that are not over."""
        return [live for live in self._lives.values() if live.guild_id == guild_id and not live.ended]

    async def known(self, guild_id: int) -> list[Live]:
        """List the same, even as this process has just been connected. Raises StoreFault."""
        if (shard := self._shard(guild_id)) not in self._taken:
            await self.take_up(shard, discord.utils.utcnow())
        return self.running(guild_id)

    async def find(self, guild_id: int, round_id: int) -> Live | None:
        """Give a round of a server that is not over, taking it up where this process does not know it yet."""
        live = self._lives.get(round_id)
        if live is None:
            kept = await self._rounds.find(guild_id, round_id)
            if kept is not None and kept.ended is None:
                live = await self._take_up(kept, discord.utils.utcnow())
        return live if live is not None and live.guild_id == guild_id and not live.ended else None

    def add(self, live: Live) -> None:
        """Begin to look after a round that was just opened."""
        self._lives[live.id] = live

    async def drop(self, live: Live, now: dt.datetime) -> None:
        """End a round that could not begin, without a podium; a lobby that stands says so."""
        live.state, _ = step(live.state, Stopped(now), now)
        live.wants.clear()
        if live.message(LOBBY):
            self.board.want(live, LOBBY, urgent=True, now=now)
        await self.keep(live)
        self.board.wake(live)

    async def happen(self, live: Live, event: Event, now: dt.datetime) -> tuple[Effect, ...]:
        """Let something happen in a round; give what follows once it is in the database. Raises StoreFault."""
        state, effects = step(live.state, event, now)
        live.state = state
        live.version += 1
        changes = list(_changes(live, effects, now))
        if not isinstance(event, MessageLost | Restarted):
            changes += _asked(live, effects)
        for effect in effects:
            self._want(live, effect, event, now)
        await self._journal.write(changes)
        self.board.wake(live)
        return effects

    async def keep(self, live: Live, *, settled: bool = False) -> None:
        """Keep which messages stand; a round that is settled needs nobody any more."""
        await self._journal.write([live.kept(discord.utils.utcnow(), settled=settled)])
        if settled:
            self._lives.pop(live.id, None)

    async def once(self, now: dt.datetime) -> None:
        """Do what is due: what time brings, what could not be written or shown before."""
        if self._journal.owes:
            await self._try(self._journal.flush())
        for shard_id in tuple(self.owed):
            await self._try(self.take_up(shard_id, now))
        for user_id in tuple(self._erased):
            await self._try(self.forget(user_id))
        lives = [live for live in self._lives.values() if self._shard(live.guild_id) not in self._away]
        due = [live for live in lives if (at := next_tick(live.state)) is not None and at <= now]
        await asyncio.gather(*(self._try(self.happen(live, Ticked(), now)) for live in due))
        for live in tuple(self._lives.values()):
            self.board.wake(live)
        self.board.count(tuple(self._lives.values()), now)
        await self._try(self._beat(lives, now))

    async def take_up(self, shard_id: int | None, now: dt.datetime) -> None:
        """Take up the rounds of a shard that is connected now: from the database, and those that waited for it."""
        for kept in await self._rounds.running():
            if self._shard(kept.guild_id) == (shard_id or 0) and kept.id not in self._lives:
                await self._take_up(kept, now)
        self.owed.discard(shard_id or 0)
        self._taken.add(shard_id or 0)
        await self.go_on(shard_id, now)

    async def go_on(self, shard_id: int | None, now: dt.datetime) -> None:
        """Let the rounds go on that waited for their shard, with the lost time given back."""
        since = self._away.pop(shard_id or 0, None)
        waited = [live for live in self._lives.values() if self._shard(live.guild_id) == (shard_id or 0)]
        for live in waited:
            if since is not None and since >= live.taken and not live.ended:
                await self._try(self.happen(live, Restarted(now, (now - since).total_seconds()), now))

    def leave(self, shard_id: int | None, now: dt.datetime) -> None:
        """Let the rounds of a shard stand still: nobody's answers arrive."""
        self._away.setdefault(shard_id or 0, now)

    def look(self, user_id: int, now: dt.datetime) -> None:
        """Note that somebody looks something up while a round is on."""
        if any(not live.ended for live in self._lives.values()):
            self._looked[user_id] = now
            if len(self._looked) > _MOST_LOOKERS:
                del self._looked[next(iter(self._looked))]

    def has_looked(self, live: Live, user_id: int) -> bool:
        """Tell whether somebody looked something up since the open question of a closed book stood."""
        looked, stood = self._looked.get(user_id), live.state.stood
        return live.state.rules.closed_book and looked is not None and stood is not None and looked >= stood

    def waiting_for(self, user_id: int, now: dt.datetime) -> Live | None:
        """Give a round that wants somebody to leave the book closed."""
        return next((live for live in self._lives.values() if bound(live.state, user_id, now)), None)

    async def bound_elsewhere(self, user_id: int, now: dt.datetime) -> bool:
        """Tell the same of rounds that other processes look after."""
        kept = await self._rounds.of_player(user_id)
        return any(bound(one.state, user_id, now) for one in kept if one.id not in self._lives)

    async def forget(self, user_id: int) -> None:
        """Know somebody no longer who was erased from the database; raises StoreFault, and is tried again."""
        self._erased.add(user_id)
        for live in tuple(self._lives.values()):
            if not live.knows(user_id):
                continue
            while live.knows(user_id):
                version = live.version  # what happened up to here is written next; nothing may happen after it
                await self._journal.flush()
                kept = await self._rounds.find(live.guild_id, live.id)
                if kept is None:
                    break
                if version == live.version:
                    live.state, live.names, live.leader_id = kept.state, dict(kept.names), kept.leader_id
                    break
        self._erased.discard(user_id)

    def show_podium(self, kept: KeptRound) -> None:
        """Bring the podium of a round that is over after its results."""
        now = discord.utils.utcnow()
        live = self._lives.get(kept.id)
        if live is None:
            live = live_of(kept, now)
            live.revived = True
            if not live.message(PODIUM):
                return
            self._lives[kept.id] = live
        live.state = kept.state
        self.board.want(live, PODIUM, urgent=True, now=now)
        self.board.wake(live)

    async def stop(self, grace: float) -> None:
        """End what is being shown, and write what is owed."""
        await self.board.stop(grace)
        try:
            async with asyncio.timeout(grace):
                await self._journal.flush()
        except (StoreFault, TimeoutError) as fault:
            _log.warning("the end of a round's journal could not be written: %s", str(fault) or "it takes too long")

    async def _take_up(self, kept: KeptRound, now: dt.datetime) -> Live:
        known = self._lives.get(kept.id)
        if known is not None:
            return known
        live = self._lives[kept.id] = live_of(kept, now)
        away = (now - kept.seen).total_seconds()
        for key in live.unsettled():
            self.board.want(live, key, urgent=True, now=now)
        if live.message(LOBBY):  # it tells who joined, and gives way to questions
            self.board.want(live, LOBBY, urgent=live.rests, now=now)
        await self.happen(live, Restarted(now, away), now)
        _log.info("took up quiz %d, which nobody looked after for %.0f s", live.id, max(away, 0.0))
        return live

    def _want(self, live: Live, effect: Effect, event: Event, now: dt.datetime) -> None:
        """Have the board show what an effect changes."""
        hurried = not isinstance(event, Answered | Joined | Left)
        if live.controls is not None:
            self.board.want(live, CONTROLS, urgent=hurried, now=now)
        match effect:
            case UpdateLobby():
                self.board.want(live, LOBBY, urgent=isinstance(event, Restarted), now=now)
            case UpdateCount(number):
                self.board.want(live, str(number), urgent=hurried and not live.asking, now=now)
            case PostQuestion(number):
                self.board.want(live, str(number), urgent=True, now=now)
                for key in (*live.unsettled(), *((LOBBY,) if number == 1 else ())):
                    self.board.want(live, key, urgent=True, now=now)
            case Reveal(number):
                self.board.want(live, str(number), urgent=True, now=now)
            case Podium():
                begun = (PODIUM,) if live.state.number else ()  # a lobby alone has no result
                for key in (*live.unsettled(), *((LOBBY,) if live.message(LOBBY) else ()), *begun):
                    self.board.want(live, key, urgent=True, now=now)
            case _:
                pass

    async def _beat(self, lives: Sequence[Live], now: dt.datetime) -> None:
        """Say in the database that the rounds are looked after, so that nobody gives back time that nobody lost."""
        if self._beaten is not None and now - self._beaten < _BEAT:
            return
        self._beaten = now
        running = [live.id for live in lives if not live.rests]
        if running:
            await self._rounds.beat(running, now)

    async def _try(self, doing: Awaitable[object]) -> None:
        """Do something for which a fault of the database is no reason to leave the rest undone."""
        try:
            await doing
        except StoreFault as fault:
            _log.warning("quizzes have to wait: %s", fault)

    def _shard(self, guild_id: int) -> int:
        return (guild_id >> 22) % (self._bot.shard_count or 1)


def _changes(live: Live, effects: Iterable[Effect], now: dt.datetime) -> Iterator[Change]:
    """Give what the database is to keep of effects."""
    for effect in effects:
        match effect:
            case SaveRound():
                yield live.kept(now)
            case SavePlayer(player, joined, extra):
                yield KeepSeat(live.id, player, joined, extra, live.names.get(player, ""))
            case SaveAnswer(row):
                yield KeepAnswer(live.id, row, live.names.get(row.player, ""))
            case ConfirmPrivately(player) if player in live.state.current:  # told again, and perhaps not kept yet
                yield KeepAnswer(live.id, live.state.current[player], live.names.get(player, ""))
            case _:
                pass


def _asked(live: Live, effects: Iterable[Effect]) -> Iterator[Change]:
    """Count the questions that are asked for the first time."""
    for effect in effects:
        if isinstance(effect, PostQuestion):
            yield CountAsked(live.guild_id, live.pack, live.state.items[effect.number - 1].id)
