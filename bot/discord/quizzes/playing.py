"""Playing: what the buttons of a round's messages do for its players, each told privately."""

from __future__ import annotations

from typing import NamedTuple

import discord

from bot.discord.actions import Handler, Press
from bot.discord.cards.quiz_mine import answer_form, mine_card, noted, refused
from bot.discord.client import Interaction
from bot.discord.delivery import reply, tell
from bot.discord.faults import Refusal
from bot.discord.quizzes.hosting import Hosting
from bot.discord.quizzes.live import Live
from bot.quiz.events import (
    Answered,
    ConfirmPrivately,
    Effect,
    Given,
    Joined,
    Left,
    Picked,
    RefusePrivately,
    SavePlayer,
    Typed,
)
from bot.quiz.events import Refusal as Refused
from bot.quiz.judging import judge
from bot.quiz.state import Phase
from bot.quiz.wording import Lexicon

_SEEN = (
    "The instructors of this server can see your answers with your name; boards show your name unless you hide it "
    "with {}."
)
_IN_ALREADY = "You are in already; just answer when a question comes."
_LEFT = "You have left this quiz. You can join again; answers that you gave stay."
_LOOKED = (
    "You looked something up while this question was open, so it is closed for you: the book is closed in this quiz. "
    "You can answer from the next question on."
)
_LEADS = "You lead this quiz and see its answers, so you cannot play in it."
_NOT_IN = "You are not in this quiz."
_OVER = str(Refused.ENDED)


class Spot(NamedTuple):
    """What a button stands for: a round, a question, an option."""

    round_id: int
    number: int = 0
    option: int = 0


class Playing(Hosting):
    """Takes players' presses."""

    def playing_presses(self) -> tuple[tuple[str, Handler], ...]:
        """Say what the buttons and forms do."""
        return (
            ("quiz-join", self.join_pressed),
            ("quiz-leave", self.leave_pressed),
            ("quiz-pick", self.pick_pressed),
            ("quiz-type", self.type_pressed),
            ("quiz-typed", self.typed_sent),
            ("quiz-mine", self.mine_pressed),
        )

    async def join_pressed(self, interaction: Interaction, press: Press) -> None:
        """Let somebody in."""
        live = await self._live(interaction, _spot(press))
        player = interaction.user.id
        effects = await self._happen(interaction, live, Joined(player, interaction.created_at))
        more = live.state.extra.get(player, 0)
        extra = f" You have {more} % more time for each question." if more else ""
        joined = f"You are in.{extra} {_SEEN.format(self.bot.mention_of('privacy show'))}"
        await tell(interaction, _refusal(effects) or (joined if effects else _IN_ALREADY))

    async def leave_pressed(self, interaction: Interaction, press: Press) -> None:
        """Let somebody go."""
        live = await self._live(interaction, _spot(press))
        effects = await self._happen(interaction, live, Left(interaction.user.id, interaction.created_at))
        await tell(interaction, _LEFT if effects else _NOT_IN)

    async def pick_pressed(self, interaction: Interaction, press: Press) -> None:
        """Take an option."""
        spot = _spot(press)
        await self._answer(interaction, await self._live(interaction, spot), spot.number, Picked(spot.option))

    async def type_pressed(self, interaction: Interaction, press: Press) -> None:
        """Open the form, while the question is open."""
        spot = _spot(press)
        live = await self._live(interaction, spot)
        if spot.number != live.state.number or live.state.phase not in {Phase.POSTING, Phase.OPEN}:
            raise Refusal(str(Refused.NOT_OPEN))
        await interaction.response.send_modal(answer_form(live.id, spot.number, live.state.item))

    async def typed_sent(self, interaction: Interaction, press: Press) -> None:
        """Take what was typed."""
        spot, text = _spot(press), press.fields.get("answer", "")
        live = await self._live(interaction, spot)
        if not 1 <= spot.number <= live.state.number or not live.state.items[spot.number - 1].typed:
            raise Refusal(str(Refused.NOT_OPEN))
        verdict = judge(live.state.items[spot.number - 1], text, self._lexicon(live.pack))
        await self._answer(interaction, live, spot.number, Typed(text, verdict))

    async def mine_pressed(self, interaction: Interaction, press: Press) -> None:
        """Show somebody their own answer to a question, or all of them."""
        spot, guild_id = _spot(press), interaction.guild_id or 0
        bound = self.host.waiting_for(interaction.user.id, discord.utils.utcnow())
        if bound is None or bound.id != spot.round_id:
            await self.bot.book_closed(interaction.user.id)  # an earlier round may have asked the same
        played = await self.host.find(guild_id, spot.round_id) or await self.rounds.find(guild_id, spot.round_id)
        if played is None:
            raise Refusal(_OVER)
        volume = self.services.library.get(played.pack)
        practise = volume.id_key if volume else ""
        card = mine_card(played.state, spot.number, interaction.user.id, self._lexicon(played.pack), practise)
        await reply(interaction, card, private=True)

    async def _answer(self, interaction: Interaction, live: Live, number: int, given: Given) -> None:
        """Keep an answer, then tell its player what was noted; never whether it is right."""
        if self.host.has_looked(live, interaction.user.id):
            raise Refusal(_LOOKED)
        event = Answered(interaction.user.id, number, given, interaction.created_at)
        effects = await self._happen(interaction, live, event)
        joins = any(isinstance(effect, SavePlayer) for effect in effects)  # by answering, past the lobby's words
        for effect in effects:
            match effect:
                case ConfirmPrivately():
                    seen = f"\n-# {_SEEN.format(self.bot.mention_of('privacy show'))}" if joins else ""
                    await tell(interaction, f"{noted(live.state, effect, interaction.created_at)}{seen}")
                case RefusePrivately():
                    await tell(interaction, refused(effect))
                case _:
                    pass

    async def _happen(
        self, interaction: Interaction, live: Live, event: Answered | Joined | Left
    ) -> tuple[Effect, ...]:
        if interaction.user.id == live.leader_id:
            raise Refusal(_LEADS)
        live.names[interaction.user.id] = interaction.user.display_name
        return await self.host.happen(live, event, discord.utils.utcnow())

    async def _live(self, interaction: Interaction, spot: Spot) -> Live:
        """Find the round of a button, which stands in one of the round's channels; raises Refusal."""
        live = await self.host.find(interaction.guild_id or 0, spot.round_id)
        if live is None or interaction.channel_id not in {live.place.channel_id, live.lobby.channel_id}:
            raise Refusal(_OVER)
        return live

    def _lexicon(self, pack: str) -> Lexicon:
        volume = self.services.library.get(pack)
        return self.lexicon(volume) if volume else Lexicon()


def _spot(press: Press) -> Spot:
    """Read what a button stands for; raises Refusal for another version's."""
    parts = press.state.split(".")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise Refusal("This button belongs to another version of me.")
    return Spot(*map(int, parts))


def _refusal(effects: tuple[Effect, ...]) -> str:
    return next((refused(effect) for effect in effects if isinstance(effect, RefusePrivately)), "")
