"""The board: what a channel shows of a round, brought after its state: posted once, edited, posted again when deleted.

What is wanted is named, not queued: a message is made of the state as it is when its turn comes. A message that has to
stand is tried until it does; counts of answers give way to it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import discord
from discord import ui

from bot.brief.places import Place
from bot.digest.delivery import Fault
from bot.discord.cards.quiz_end import podium_card
from bot.discord.cards.quiz_lead import control_card
from bot.discord.cards.quiz_play import lobby_card, question_card
from bot.discord.delivering.courier import Courier, Letter, Posted, Refused
from bot.discord.delivering.pace import Pace
from bot.discord.quizzes.live import CONTROLS, LOBBY, PODIUM, Live, Want
from bot.quiz.events import Event, MessageLost, MessageStood, Skipped, Stopped
from bot.quiz.results import played, standings
from bot.quiz.state import Phase
from bot.store.faults import StoreFault

if TYPE_CHECKING:
    from bot.discord.client import BriefBot

_log = logging.getLogger(__name__)
PER_SECOND = 25.0  # of the 50 that Discord allows a bot in all its processes; digests have 20
_WAITS = (1, 2, 4, 8, 15)  # seconds between tries
_FORBIDDEN_WAIT = dt.timedelta(seconds=15)  # Discord blocks who keeps asking for what is forbidden
_NONCE_HOLDS = dt.timedelta(seconds=30)  # well inside the minutes for which Discord knows a nonce
_COUNTING = dt.timedelta(seconds=3)  # between two edits of a count
_COUNTS = 5  # edits of counts begun in one second, over all rounds
_TO_SEND = dt.timedelta(seconds=40)
_GONE = "Its channel was deleted."


class Keeper(Protocol):
    """Whoever keeps the rounds: takes what the board learns."""

    async def happen(self, live: Live, event: Event, now: dt.datetime) -> object:
        """Let something happen in a round, and keep it."""

    async def keep(self, live: Live, *, settled: bool = False) -> None:
        """Keep which messages stand."""


class Board:
    """Shows rounds in their channels."""

    def __init__(self, bot: BriefBot, keeper: Keeper) -> None:
        """Take the bot, of which the REST side is used, and who keeps the rounds."""
        self._bot = bot
        self._keeper = keeper
        self._pace = Pace(PER_SECOND * _share(bot))
        self._courier = Courier(bot, self._pace)
        self._workers: set[asyncio.Task[None]] = set()
        self._stopping = False

    def want(self, live: Live, key: str, *, urgent: bool, now: dt.datetime) -> None:
        """Have something shown anew; what is wanted already is wanted now."""
        known = live.wants.get(key)
        if known is None:
            live.wants[key] = Want(now, urgent)
        elif urgent:
            known.urgent, known.at = True, min(known.at, now)

    def wake(self, live: Live) -> None:
        """Begin to show what is urgent, unless that is under way."""
        over = live.ended and not live.wants  # and only to be settled
        if self._stopping or live.worker is not None or (self._next(live) is None and not over):
            return
        live.worker = asyncio.create_task(self._work(live), name=f"quiz {live.id}")
        self._workers.add(live.worker)
        live.worker.add_done_callback(self._workers.discard)

    def count(self, lives: Iterable[Live], now: dt.datetime) -> None:
        """Let a few counts be shown where nothing urgent waits, those that have waited longest first."""
        if not self._pace.idle:
            return
        ready = [
            live
            for live in lives
            if live.worker is None
            and any(want.at <= now for want in live.wants.values())
            and (live.edited is None or now - live.edited >= _COUNTING)
        ]
        ready.sort(key=lambda live: min(want.at for want in live.wants.values()))
        for live in ready[:_COUNTS]:
            want = min(live.wants.values(), key=lambda one: one.at)
            want.urgent, live.edited = True, now
            self.wake(live)

    async def turn(self) -> None:
        """Wait until another request may go out; those of all rounds are counted together."""
        await self._pace.wait()

    async def lost(self, live: Live, key: str) -> None:
        """Notice that a message was deleted; what is not over comes back."""
        now = discord.utils.utcnow()
        live.lose(key)
        if key.isdigit() and int(key) == live.state.number and not live.ended:
            await self._keeper.happen(live, MessageLost(int(key), now), now)
        elif (key == PODIUM and not live.revived) or (key == LOBBY and live.state.phase is Phase.LOBBY):
            self.want(live, key, urgent=True, now=now)

    async def stop(self, grace: float) -> None:
        """Begin nothing more; what is being shown may end within ``grace`` seconds."""
        self._stopping = True
        if self._workers:
            await asyncio.wait(self._workers, timeout=grace)
        for task in tuple(self._workers):
            task.cancel()

    def _next(self, live: Live) -> str | None:
        """Name what is to be shown now: first what has to stand, then what all see, in the order of the wishes."""
        now = discord.utils.utcnow()
        ready = [key for key, want in live.wants.items() if want.urgent and want.at <= now]
        if live.asking in ready:
            return live.asking
        return min(ready, key=lambda key: (key == CONTROLS, live.wants[key].at), default=None)

    async def _work(self, live: Live) -> None:
        key, want = "", None
        try:
            while not self._stopping and (key := self._next(live) or ""):
                if key != CONTROLS:  # an answer to an interaction, which is not under the limit of all requests
                    await self.turn()
                want = live.wants.get(key)
                if want is not None:
                    await self.show(live, key)
                want = None
            if live.ended and not live.wants:
                await self._keeper.keep(live, settled=True)
        except StoreFault as fault:
            _log.warning("quiz %d waits for the database: %s", live.id, fault)
        except Exception as error:  # noqa: BLE001 - one round that cannot be shown does not hold up the others
            self._bot.faults.note(error, f"showing quiz {live.id}")
        finally:
            if want is not None:
                live.wants.setdefault(key, Want(discord.utils.utcnow() + _FORBIDDEN_WAIT, want.urgent, want.tries))
            live.worker = None

    async def show(self, live: Live, key: str) -> None:
        """Bring one message that is wanted after the state."""
        want, final = live.wants.pop(key), live.is_final(key)
        if key == CONTROLS:
            await self._control(live)
            return
        message_id = live.message(key)
        if message_id is None and not self._may_post(live, key):
            return
        card = await self._card(live, key)
        if message_id is None:
            want.since = want.since or discord.utils.utcnow()
            outcome: Posted | Refused | None = await self._post(live, key, want, card)
        else:
            outcome = await self._courier.edit(live.address(key), message_id, card)
        match outcome:
            case Posted():
                await self._stands(live, key, outcome, new=message_id is None, final=final)
            case Refused():
                await self._refused(live, key, want, outcome)
            case None:
                await self.lost(live, key)

    def _may_post(self, live: Live, key: str) -> bool:
        """Tell whether a message that does not stand is wanted at all; old questions stay deleted."""
        return key in {LOBBY, PODIUM} or (key == str(live.state.number) and not live.ended)

    async def _post(self, live: Live, key: str, want: Want, card: ui.LayoutView) -> Posted | Refused:
        """Post a message, or find it: an earlier try, or an earlier process, may have posted it."""
        now = discord.utils.utcnow()
        since = want.since or now
        if key in live.doubtful or now - since > _NONCE_HOLDS:
            begun = min(since, live.doubted) if key in live.doubtful and live.doubted else since
            found = await self._courier.find(live.address(key), _marks(live, key), begun, _TO_SEND)
            if isinstance(found, Posted):
                self.want(live, key, urgent=True, now=now)  # it shows what was so when it was posted
            if found is not None:
                return found
            live.doubtful.discard(key)
        if want.tries:
            self.want(live, key, urgent=True, now=now)  # likewise, where an earlier try stands
        nonce = f"q{live.id}.{key[:3]}.{live.posts.losses}.{int(live.opened.timestamp()) % 46_656}"
        return await self._courier.send(live.address(key), Letter(card, nonce), _TO_SEND)

    async def _stands(self, live: Live, key: str, posted: Posted, *, new: bool, final: bool) -> None:
        """Note that a message stands; ``final``: it shows a question that was over when its card was made."""
        live.trouble = ""
        awaited = key == live.asking
        live.posts.messages[key] = posted.message_id
        if final and key not in live.wants:
            live.posts.final.add(int(key))
        elif live.is_final(key):
            self.want(live, key, urgent=True, now=discord.utils.utcnow())
        if new and awaited:
            await self._keeper.happen(live, MessageStood(int(key), posted.at), discord.utils.utcnow())
        elif new:
            await self._keeper.keep(live)

    async def _refused(self, live: Live, key: str, want: Want, refused: Refused) -> None:
        """Try again, or give up where that cannot help."""
        now = discord.utils.utcnow()
        match refused.fault:
            case Fault.GONE:
                await self._abandon(live, now)
                return
            case Fault.REJECTED:
                self._bot.faults.note(RuntimeError(refused.why), f"showing {key} of quiz {live.id}")
                if key == live.asking:
                    await self._keeper.happen(live, Skipped(now), now)
                return
            case Fault.FORBIDDEN:
                live.trouble = refused.why
                wait = _FORBIDDEN_WAIT
            case Fault.TRANSIENT:
                seconds = _WAITS[min(want.tries, len(_WAITS) - 1)]
                wait = max(refused.told, dt.timedelta(seconds=seconds))
        if live.ended and refused.fault is Fault.FORBIDDEN:
            return  # its results are kept, and nobody waits in that channel
        want.tries += 1
        newer = live.wants.get(key)
        urgent = want.urgent or (newer is not None and newer.urgent)
        live.wants[key] = Want(now + wait, urgent, want.tries, want.since)

    async def _abandon(self, live: Live, now: dt.datetime) -> None:
        """End a round that has no channel any more; what was answered is kept."""
        if not live.ended:
            await self._keeper.happen(live, Stopped(now, _GONE), now)
        live.wants.clear()

    async def _control(self, live: Live) -> None:
        """Bring the instructor's private card after the state, as long as Discord lets it be edited."""
        card, interaction = controls(live), live.controls
        if interaction is None or interaction.is_expired():
            live.controls = None
            return
        card.stop()
        try:
            await interaction.edit_original_response(view=card)
        except Exception as error:  # noqa: BLE001 - a cut connection has many names, and the card can be had again
            live.controls = None
            _log.info("the controls of quiz %d could not be shown (%s)", live.id, type(error).__name__)

    async def _card(self, live: Live, key: str) -> ui.LayoutView:
        if key == LOBBY:
            thread = live.place.channel_id if live.place != live.lobby else 0
            return lobby_card(
                live.id, live.state, title=live.title, brief=self._brief(live), leader=live.leader_id or 0, where=thread
            )
        if key == PODIUM:
            hidden = await self._hidden(live)
            record = [line.text for line in await self._bot.services.store.rounds.record(live.id)]
            passages = self._passages(live)
            return podium_card(
                live.id, live.state, title=live.title, hidden=hidden, passages=passages, corrections=record
            )
        return question_card(live.id, live.state, int(key), title=live.title)

    async def _hidden(self, live: Live) -> Collection[int]:
        """List who of the first is not named: nobody is, where the database does not tell."""
        first = [one.player for one in standings(played(live.state)) if one.player and one.player > 0]
        try:
            return await self._bot.services.store.people.hidden(first)
        except StoreFault as fault:
            _log.warning("who hides from boards could not be read: %s", fault)
            return live.state.players | {row.player for row in live.state.rows}

    def _passages(self, live: Live) -> Mapping[Place, str]:
        """Give the keys of what the brief says at each place, passages first."""
        volume = self._bot.services.library.get(live.pack)
        entries = (*volume.pack.passages, *volume.pack.entries) if volume else ()
        return {entry.place: volume.keys.key_of(entry) for entry in reversed(entries) if volume}

    def _brief(self, live: Live) -> str:
        volume = self._bot.services.library.get(live.pack)
        return volume.name if volume else live.pack


def _share(bot: BriefBot) -> float:
    """Give this process's part of what all processes may do together."""
    options = bot.services.configuration.discord
    return len(options.shard_ids) / options.shard_count if options.shard_ids and options.shard_count else 1.0


def controls(live: Live, note: str = "") -> ui.LayoutView:
    """Make the instructor's private card."""
    place = live.place.channel_id
    return control_card(live.id, live.state, title=live.title, channel_id=place, trouble=live.trouble, note=note)


def _marks(live: Live, key: str) -> Collection[str]:
    """Give what stands in a message's buttons and in no other's."""
    if key == LOBBY:
        return {f"bb:quiz-join:{live.id}'", f"bb:quiz-leave:{live.id}'"}
    if key == PODIUM:
        return {f"bb:quiz-mine:{live.id}.0'"}
    return {f"bb:quiz-pick:{live.id}.{key}.", f"bb:quiz-type:{live.id}.{key}'", f"bb:quiz-mine:{live.id}.{key}'"}
