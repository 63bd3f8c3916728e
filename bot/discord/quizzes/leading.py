"""``/quiz start``, ``next``, ``skip``, ``pause``, ``stop`` and ``extra``, and the instructor's private card."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import replace as altered
from typing import Literal

import discord
from discord import app_commands

from bot.brief.quiz_items import Difficulty
from bot.discord.actions import Handler, Press
from bot.discord.cards.quiz_lead import EXTENSION, stamp, stop_card
from bot.discord.client import Interaction
from bot.discord.completion import Choices, complete_briefs
from bot.discord.delivering.slot import Address
from bot.discord.delivery import defer, replace, reply, tell
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.quizzes.board import controls
from bot.discord.quizzes.desk import topic_in
from bot.discord.quizzes.hosting import Hosting
from bot.discord.quizzes.live import Live
from bot.discord.quizzes.opening import check_place, open_lobby
from bot.quiz.events import (
    Advanced,
    Decline,
    Effect,
    Event,
    Extended,
    ExtraGiven,
    Paused,
    Resumed,
    Skipped,
    Started,
    Stopped,
)
from bot.quiz.items import Item, reordered
from bot.quiz.rounds import begin
from bot.quiz.rules import LEAST_SECONDS, MOST_EXTRA, MOST_SECONDS, Joining, Rules, Scoring
from bot.quiz.sets import LEAST_ITEMS, MOST_ITEMS, choose
from bot.quiz.state import Halt, Phase

_USUAL = 10  # questions
_VERBS: dict[str, Callable[[dt.datetime], Event]] = {
    "start": Started,
    "next": Advanced,
    "reveal": Advanced,
    "skip": Skipped,
    "pause": Paused,
    "resume": Resumed,
    "extend": lambda at: Extended(EXTENSION, at),
    "stop-now": Stopped,
}
_MOVES = {"start", "next", "reveal", "skip"}
_MOVED = "The quiz has moved on meanwhile, so nothing was done; this card shows where it stands now."
_DID = {
    "pause": "The clock is stopped.",
    "resume": "The clock runs on.",
    "extend": f"{EXTENSION} seconds were added.",
    "skip": "The question was skipped; it does not count.",
    "stop-now": "The quiz is over; its results are kept.",
}
_NONE = "No quiz of yours is running here. Start one with /quiz start, or use this in the quiz’s channel or thread."
_ANOTHER = "This button belongs to another version of me; use /quiz next to get a new card."


class Leading(Hosting):
    """Leads rounds."""

    def leading_presses(self) -> tuple[tuple[str, Handler], ...]:
        """Say what the buttons do."""
        return (("quiz-lead", self.lead_pressed),)

    @app_commands.command(name="start", description="Start a quiz here: a lobby opens, you get the controls")
    @app_commands.rename(name="set")
    @app_commands.describe(
        name="A set that was saved with /quiz preview",
        topic="Only questions about this",
        number="How many questions (default: 10)",
        seconds="Seconds for each (default: by the length of its text); 0: you move on yourself",
        scoring="Whether speed counts too (default: right only)",
        place="A thread of its own (default), or this channel",
        book="Closed (default): players cannot look things up with me until each reveal",
        joining="Anyone joins by answering, or only those in the lobby play",
        difficulty="Only questions as hard as this",
        brief="Another brief than this channel’s",
    )
    @app_commands.autocomplete(brief=complete_briefs)
    async def start(
        self,
        interaction: Interaction,
        name: str | None = None,
        topic: str | None = None,
        number: app_commands.Range[int, LEAST_ITEMS, MOST_ITEMS] | None = None,
        seconds: app_commands.Range[int, 0, MOST_SECONDS] | None = None,
        scoring: Literal["right only", "speed bonus"] = "right only",
        place: Literal["thread", "channel"] = "thread",
        book: Literal["closed", "open"] = "closed",
        joining: Literal["anyone", "lobby"] = "anyone",
        difficulty: Literal["easy", "medium", "hard"] | None = None,
        brief: str | None = None,
    ) -> None:
        """Choose the questions and open the lobby."""
        await self.need_lead(interaction)
        rules = _rules(seconds, Scoring(scoring), Joining(joining), closed=book == "closed")
        volume = await self.volume(interaction, brief)
        level = Difficulty(difficulty) if difficulty else None
        items, title = await self._questions(interaction, volume, name, topic, number, level)
        few = "" if name or len(items) >= (number or _USUAL) else f"Only {len(items)} questions fit."
        await self.launch(interaction, volume, items, title, rules=rules, thread=place == "thread", note=few)

    @app_commands.command(name="next", description="Reveal the open question, or go on to the next one")
    async def next(self, interaction: Interaction) -> None:
        """Go on: from the lobby to the first question, too."""
        live = await self._mine(interaction)
        await self._command(interaction, live, "start" if live.state.phase is Phase.LOBBY else "next")

    @app_commands.command(name="skip", description="Skip the question: it does not count")
    async def skip(self, interaction: Interaction) -> None:
        """Go on without a reveal."""
        await self._command(interaction, await self._mine(interaction), "skip")

    @app_commands.command(name="pause", description="Let the clock stand still, or run on")
    async def pause(self, interaction: Interaction) -> None:
        """Pause, or resume."""
        live = await self._mine(interaction)
        await self._command(interaction, live, "resume" if live.state.halt is Halt.PAUSE else "pause")

    @app_commands.command(name="stop", description="End the quiz, once you have confirmed it; points up to now count")
    async def stop(self, interaction: Interaction) -> None:
        """Ask once."""
        live = await self._mine(interaction)
        await reply(interaction, stop_card(live.id, live.state, title=live.title), private=True)

    @app_commands.command(
        name="extra", description="Give a member more time in this server’s quizzes; only you and they see it"
    )
    @app_commands.describe(member="Who", percent="How much more, in percent of each question’s time; 0: none")
    async def extra(
        self, interaction: Interaction, member: discord.Member, percent: app_commands.Range[int, 0, MOST_EXTRA]
    ) -> None:
        """Give it from the present question on, and in all later quizzes of the server."""
        settings, now = await self.need_lead(interaction), interaction.created_at
        await self.quizzes.keep_extra(settings.guild_id, member.id, percent)
        joined = True
        for live in await self.host.known(settings.guild_id):
            live.names.setdefault(member.id, member.display_name)
            await self.host.happen(live, ExtraGiven(member.id, percent, now), now)
            joined = joined and member.id in live.state.players
        if not percent:
            await tell(interaction, f"{member.mention} has no extra time now.")
            return
        wait = "" if joined else " A quiz waits for them once they have pressed Join, or answered."
        told = f"{member.mention} has {percent} % more time, in later quizzes of this server too. percent:0 ends it."
        await tell(interaction, f"{told}{wait}")

    @start.autocomplete("name")
    async def complete_start_set(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest saved sets."""
        return await self.name_sets(interaction, typed)

    @start.autocomplete("topic")
    async def complete_start_topic(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest topics."""
        return await self.name_topics(interaction, typed)

    async def launch(
        self,
        interaction: Interaction,
        volume: Volume,
        items: Sequence[Item],
        title: str,
        *,
        rules: Rules | None = None,
        thread: bool = True,
        note: str = "",
    ) -> None:
        """Open a round where the interaction is, and answer with the instructor's card; raises Refusal.

        ``note``: a sentence of ours for that card.
        """
        guild_id, channel_id, now = interaction.guild_id or 0, interaction.channel_id or 0, interaction.created_at
        threaded = check_place(interaction, self.host, thread=thread)
        await defer(interaction)
        shuffled = random.Random(interaction.id)
        extra = await self.quizzes.extra_times(guild_id)
        state = begin([reordered(item, shuffled) for item in items], rules or Rules(), now)
        state, leader = altered(state, extra=extra), interaction.user.id
        round_id = await self.rounds.open(guild_id, channel_id, volume.id, title, leader, state, now)
        place = Address(guild_id, channel_id)
        live = Live(
            id=round_id, guild_id=guild_id, pack=volume.id, title=title, leader_id=leader, opened=now, taken=now,
            place=place, lobby=place, state=state,
        )  # fmt: skip
        self.host.add(live)
        try:
            await open_lobby(self.bot, self.host, live, thread=threaded, now=now)
        except Exception:
            await self.host.drop(live, discord.utils.utcnow())
            raise
        told = ", ".join(f"<@{player}> {more} %" for player, more in list(extra.items())[:10])
        notes = (note, f"Extra time: {told}." if told else "")
        await reply(interaction, controls(live, "\n".join(filter(None, notes))), private=True)
        live.controls = interaction

    async def lead_pressed(self, interaction: Interaction, press: Press) -> None:
        """Do what a button of the private card says."""
        settings = await self.need_lead(interaction)
        number, verb, stamped = (*press.state.split(".", 2), "", "")[:3]
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise Refusal(_ANOTHER)
        live = await self.host.find(settings.guild_id, int(number))
        if live is None:
            raise Refusal("This quiz is over; /quiz results has what came of it.")
        live.controls = None  # while a question is asked, and until the new card stands
        if verb == "stop":
            await replace(interaction, stop_card(live.id, live.state, title=live.title))
            return
        if verb in _MOVES and stamped != stamp(live.state):
            note = _MOVED
        else:
            note = await self._do(live, verb, interaction.created_at)
        await replace(interaction, controls(live, note))
        live.controls = interaction

    async def _command(self, interaction: Interaction, live: Live, verb: str) -> None:
        live.controls = None
        note = await self._do(live, verb, interaction.created_at)
        await reply(interaction, controls(live, note), private=True)
        live.controls = interaction

    async def _do(self, live: Live, verb: str, at: dt.datetime) -> str:
        """Let an instructor's wish happen; give the sentence that tells of it."""
        if verb == "refresh":
            return ""
        if verb not in _VERBS:
            raise Refusal(_ANOTHER)
        effects = await self.host.happen(live, _VERBS[verb](at), discord.utils.utcnow())
        return _declined(effects) or _DID.get(verb, "")

    async def _mine(self, interaction: Interaction) -> Live:
        """Find the round of this place, else the one that this instructor leads; raises Refusal."""
        settings = await self.need_lead(interaction)
        running = await self.host.known(settings.guild_id)
        here = [live for live in running if interaction.channel_id in {live.place.channel_id, live.lobby.channel_id}]
        inside = [live for live in here if live.place.channel_id == interaction.channel_id]
        for found in (inside, [live for live in here if live.leader_id == interaction.user.id], here):
            if len(found) == 1:
                return found[0]
        led = [live for live in running if live.leader_id == interaction.user.id]
        if len(led) == 1 and not here:
            return led[0]
        raise Refusal(
            "Several quizzes are running here; use this in the thread of the one you mean." if here else _NONE
        )

    async def _questions(
        self,
        interaction: Interaction,
        volume: Volume,
        name: str | None,
        topic: str | None,
        number: int | None,
        difficulty: Difficulty | None,
    ) -> tuple[Sequence[Item], str]:
        """Give the questions and the title: of a saved set, else what the server has seen least of."""
        guild_id = interaction.guild_id or 0
        if name:
            kept = await self.quizzes.find_set(guild_id, volume.id, name)
            if kept is None:
                raise Refusal("There is no such set here; choose one from the list, or make one with /quiz preview.")
            if topic or number or difficulty:
                raise Refusal("A saved set has its questions already; leave out topic, number and difficulty.")
            return kept.items, kept.name
        bank = await self.whole_bank(volume, guild_id)
        found, seen = topic_in(bank, topic), await self.quizzes.seen(guild_id, volume.id)
        rng, count = random.Random(interaction.id), number or _USUAL
        items = choose(bank, count, rng, seen=seen, topic=found, difficulty=difficulty)
        if len(items) < min(count, LEAST_ITEMS):
            raise Refusal(f"There are only {len(items)} questions like that; choose another topic or difficulty.")
        return items, found or volume.name


def _rules(seconds: int | None, scoring: Scoring, joining: Joining, *, closed: bool) -> Rules:
    if seconds and seconds < LEAST_SECONDS:
        raise Refusal(f"Give each question {LEAST_SECONDS} to {MOST_SECONDS} seconds, or 0 to move on yourself.")
    return altered(Rules(scoring=scoring, joining=joining, closed_book=closed), seconds=seconds)


def _declined(effects: Sequence[Effect]) -> str:
    return next((effect.why for effect in effects if isinstance(effect, Decline)), "")
