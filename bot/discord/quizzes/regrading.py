"""``/quiz regrade``: a question is voided or another answer accepted, once a round has ended, and that is sure.

The buttons that ask for it carry the correction; a text to be accepted is kept as a draft, for it is somebody's words.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from string import ascii_uppercase
from typing import Literal, TypeAlias

from discord import app_commands

from bot.answers.choices import complete
from bot.brief.quiz_items import MAX_OPTION, folded
from bot.discord.actions import Handler, Press
from bot.discord.cards.layout import body, notice
from bot.discord.cards.quiz_board import Proposal, regraded_card, sure_card
from bot.discord.cards.quiz_telling import lettered
from bot.discord.client import BriefBot, Interaction
from bot.discord.completion import MAX_NAME, Choices, unfailing
from bot.discord.delivery import replace as show
from bot.discord.delivery import reply
from bot.discord.digests.composing import volume_of
from bot.discord.faults import Refusal
from bot.discord.markdown import shortened
from bot.discord.quizzes.hosting import Hosting
from bot.discord.quizzes.quiz_drafts import FormDraft, FormDrafts
from bot.quiz.items import Item, Pick
from bot.quiz.judging import judge
from bot.quiz.regrading import AcceptAnswer, Correction, Regraded, VoidQuestion, regrade
from bot.quiz.results import Played, played, question, standings
from bot.quiz.state import Round
from bot.quiz.wording import Lexicon
from bot.store.database import StoreFault
from bot.store.quiz_records import KeptRound

_NUMBER = re.compile(r"\s*#?([1-9]\d?)(?!\d)", re.ASCII)
_STATE = re.compile(r"([1-9]\d{0,17})\.([1-9]\d?)\.(?:void|option-(\d)|text-(\d{1,19}))", re.ASCII)
_ANOTHER = "This button belongs to another version of me; use /quiz regrade again."
_LONG_AGO = "This was asked too long ago, so nothing was corrected; use /quiz regrade again."
_UNKNOWN = "Name a question of this round by its number, such as 3; choose one from the list."

Action: TypeAlias = Literal["void", "accept"]
Given: TypeAlias = app_commands.Range[str, 1, MAX_OPTION]


class Regrading(Hosting):
    """Corrects rounds that have ended."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        super().__init__(bot)
        self._regrading = asyncio.Lock()  # each correction rests on the one before
        self._accepted = FormDrafts(bot.services.store.facts, "quiz-regrade")

    @app_commands.command(name="regrade", description="Void a question of an ended round, or accept an answer, too")
    @app_commands.rename(which="round", number="question")
    @app_commands.describe(
        which="Which round",
        number="Which question of it",
        action="Void: the question does not count. Accept: another answer is right, too",
        answer="The answer to accept: an option by its letter or text, or what was typed",
    )
    async def regrade(
        self, interaction: Interaction, which: str, number: str, action: Action, answer: Given | None = None
    ) -> None:
        """Say what it would change, and ask."""
        kept = await self.round_named(interaction, which)
        self._need_ended(kept)
        game = played(kept.state)
        correction = _correction(game, _number(number), action, answer)
        done = self._corrected(interaction, kept, correction)
        view = sure_card(_proposal(kept, correction, done), await self._state_of(interaction, kept, correction))
        await reply(interaction, view, private=True)

    def regrading_presses(self) -> tuple[tuple[str, Handler], ...]:
        """Say what the buttons do."""
        return (("quiz-regrade", self.regrade_surely), ("quiz-regrade-not", self.leave_as_it_is))

    async def regrade_surely(self, interaction: Interaction, press: Press) -> None:
        """Correct it, now that it is sure, and say what that changed."""
        async with self._regrading:
            kept, correction = await self._asked_for(interaction, press)
            done = self._corrected(interaction, kept, correction)
            state = _state(kept.state, done.game)
            if not await self.rounds.regraded(kept.id, state, done.changed, done.line):
                raise Refusal("This round is gone meanwhile, so nothing was corrected.")
        before, after = standings(played(kept.state)), standings(done.game)
        await show(interaction, regraded_card(kept.title, done.line.text, kept.id, before, after))
        again = await self.rounds.find(kept.guild_id, kept.id)
        if again is not None:
            self.host.show_podium(again)

    async def leave_as_it_is(self, interaction: Interaction, _: Press) -> None:
        """Correct nothing."""
        await self.need_lead(interaction)
        await show(interaction, notice("Nothing was corrected."))

    @regrade.autocomplete("which")
    @unfailing
    async def complete_regraded(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest rounds."""
        return await self.name_rounds(interaction, typed)

    @regrade.autocomplete("number")
    @unfailing
    async def complete_numbers(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest the questions of the round."""
        game = await self._named(interaction)
        items = enumerate(game.items, 1) if game else ()
        names = {shortened(f"{number}. {item.stem}", MAX_NAME): str(number) for number, item in items}
        return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]

    @regrade.autocomplete("answer")
    @unfailing
    async def complete_answers(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest what was answered and is not right: the options, or what was typed most."""
        game = await self._named(interaction)
        number = _number(getattr(interaction.namespace, "question", None))
        if game is None or not 1 <= number <= len(game.items):
            return []
        item = game.items[number - 1]
        answers = [text for text, _ in question(game, number).counts if text != item.answer]
        names = {shortened(text, MAX_NAME): shortened(text, MAX_OPTION) for text in answers}
        return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]

    async def _named(self, interaction: Interaction) -> Played | None:
        """Give the results of the round that was named so far, to who leads."""
        which = getattr(interaction.namespace, "round", None)
        try:
            kept = await self.round_named(interaction, which) if isinstance(which, str) else None
        except (Refusal, StoreFault):  # the command itself says so
            return None
        return played(kept.state) if kept else None

    def _need_ended(self, kept: KeptRound) -> None:
        """Refuse a round that is still running."""
        if kept.ended is None:
            skip = self.bot.mention_of("quiz skip")
            raise Refusal(f"Round #{kept.id} is still running; {skip} takes a question out of it.")

    def _corrected(self, interaction: Interaction, kept: KeptRound, correction: Correction) -> Regraded:
        """Correct a round, without keeping it; raises Refusal, also where nothing would change."""
        volume = volume_of(self.services.library, kept.pack)
        lexicon = self.lexicon(volume) if volume else Lexicon()
        game = played(kept.state)
        done = regrade(game, correction, lexicon, by=interaction.user.id, at=interaction.created_at)
        if isinstance(done, str):
            raise Refusal(done)
        if isinstance(correction, AcceptAnswer) and not done.changed:
            raise Refusal(_needless(game, correction, lexicon))
        return done

    async def _state_of(self, interaction: Interaction, kept: KeptRound, correction: Correction) -> str:
        """Write a correction for a custom id; keep what nobody should find there."""
        match correction:
            case VoidQuestion(number):
                return f"{kept.id}.{number}.void"
            case AcceptAnswer(number, int(index)):
                return f"{kept.id}.{number}.option-{index}"
            case AcceptAnswer(number, answer):
                draft = FormDraft(token=interaction.id, pack=kept.pack, fields={"answer": str(answer)})
                await self._accepted.keep(kept.guild_id, draft)
                return f"{kept.id}.{number}.text-{draft.token}"

    async def _asked_for(self, interaction: Interaction, press: Press) -> tuple[KeptRound, Correction]:
        """Read which correction of which round a button is for; raises Refusal."""
        await self.need_lead(interaction)
        found = _STATE.fullmatch(press.state)
        if found is None:
            raise Refusal(_ANOTHER)
        kept, number = await self.round_named(interaction, found[1]), int(found[2])
        self._need_ended(kept)
        if found[3]:
            return kept, AcceptAnswer(number, int(found[3]))
        if not found[4]:
            return kept, VoidQuestion(number)
        draft = await self._accepted.find(kept.guild_id, found[4], interaction.created_at)
        if draft is None:
            raise Refusal(_LONG_AGO)
        return kept, AcceptAnswer(number, draft.fields["answer"])


def _correction(game: Played, number: int, action: Action, answer: str | None) -> Correction:
    """Read what is to be done; raises Refusal."""
    if not 1 <= number <= len(game.items):
        raise Refusal(_UNKNOWN)
    if action == "void":
        if answer:
            raise Refusal("To void a question takes no answer; leave it out, or choose accept.")
        return VoidQuestion(number)
    if not answer:
        raise Refusal("Say which answer to accept.")
    item = game.items[number - 1]
    return AcceptAnswer(number, answer if item.typed else _option(item, answer))


def _option(item: Item, typed: str) -> int:
    """Find the option that was named by its text or letter; raises Refusal."""
    wanted = folded(typed)
    names = [folded(option) for option in item.options]
    letters = [letter.casefold() for letter in ascii_uppercase[: len(names)]]
    for known in (names, letters):
        if wanted in known:
            return known.index(wanted)
    raise Refusal(f"That is none of the options; name one by its text or its letter, A to {letters[-1].upper()}.")


def _proposal(kept: KeptRound, correction: Correction, done: Regraded) -> Proposal:
    """Say what a correction would do."""
    game = played(kept.state)
    item = game.items[correction.number - 1]
    match correction:
        case VoidQuestion(number):
            asked = f"Void question {number}? It will not count."
        case AcceptAnswer(number, answer):
            asked = f"Accept “{_told(item, answer)}” for question {number}, too?"
    return Proposal(
        title=kept.title,
        round_id=kept.id,
        asked=asked,
        stem=f"{correction.number}. {item.stem}",
        players=len(done.players),
        before=standings(game),
        after=standings(done.game),
    )


def _needless(game: Played, correction: AcceptAnswer, lexicon: Lexicon) -> str:
    """Say why accepting an answer changes nothing."""
    item, answer = game.items[correction.number - 1], correction.answer
    said = body(_told(item, answer), MAX_OPTION * 2)
    rows = [row for row in game.rows if row.number == correction.number and row.right]
    if isinstance(answer, int):
        right = item.right == Pick(answer) or any(row.given == answer for row in rows)
    else:
        right = judge(item, answer, lexicon).right or any(folded(str(row.given)) == folded(answer) for row in rows)
    return f"“{said}” counts as right already." if right else f"No wrong answer is “{said}”, so no score would change."


def _told(item: Item, answer: int | str) -> str:
    return lettered(item, answer) if isinstance(answer, int) else answer.strip()


def _state(before: Round, after: Played) -> Round:
    """Put corrected results into the state that they are of."""
    rest = tuple(row for row in before.rows if row.number > len(after.items))
    items = (*after.items, *before.items[len(after.items) :])
    return replace(before, items=items, void=after.void, earlier=(*after.rows, *rest), current={})


def _number(typed: object) -> int:
    found = _NUMBER.match(typed) if isinstance(typed, str) else None
    return int(found[1]) if found else 0
