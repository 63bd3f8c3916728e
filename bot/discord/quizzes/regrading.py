"""``/quiz regrade``: a question is voided or another answer accepted, once a round has ended."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from string import ascii_uppercase
from typing import Literal, TypeAlias

from discord import app_commands

from bot.answers.choices import complete
from bot.brief.quiz_items import MAX_OPTION, folded
from bot.discord.cards.quiz_board import regraded_card
from bot.discord.client import BriefBot, Interaction
from bot.discord.completion import MAX_NAME, Choices, unfailing
from bot.discord.delivery import reply
from bot.discord.digests.composing import volume_of
from bot.discord.faults import Refusal
from bot.discord.markdown import shortened
from bot.discord.quizzes.hosting import Hosting
from bot.quiz.items import Item, Pick
from bot.quiz.regrading import AcceptAnswer, Correction, Regraded, VoidQuestion, regrade
from bot.quiz.results import Played, played, question, standings
from bot.quiz.state import Round
from bot.quiz.wording import Lexicon
from bot.store.database import StoreFault
from bot.store.quiz_records import KeptRound

_NUMBER = re.compile(r"\s*#?([1-9]\d?)(?!\d)", re.ASCII)
_UNKNOWN = "Name a question of this round by its number, such as 3; choose one from the list."

Action: TypeAlias = Literal["void", "accept"]
Given: TypeAlias = app_commands.Range[str, 1, MAX_OPTION]


class Regrading(Hosting):
    """Corrects rounds that have ended."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        super().__init__(bot)
        self._regrading = asyncio.Lock()  # each correction rests on the one before

    @app_commands.command(name="regrade", description="Void a question of an ended round, or accept an answer, too")
    @app_commands.rename(which="round", number="question")
    @app_commands.describe(
        which="Which round",
        number="Which question of it",
        action="Void: it counts for nobody. Accept: another answer is right, too",
        answer="The answer to accept: an option by its letter or text, or what was typed",
    )
    async def regrade(
        self, interaction: Interaction, which: str, number: str, action: Action, answer: Given | None = None
    ) -> None:
        """Correct it, and say what that changed."""
        async with self._regrading:
            kept = await self.round_named(interaction, which)
            game, done = await self._regraded(interaction, kept, number, action, answer)
        view = regraded_card(kept.title, done.line.text, kept.id, standings(game), standings(done.game))
        await reply(interaction, view, private=True)
        again = await self.rounds.find(kept.guild_id, kept.id)
        if again is not None:
            self.host.show_podium(again)

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

    async def _regraded(
        self, interaction: Interaction, kept: KeptRound, number: str, action: Action, answer: str | None
    ) -> tuple[Played, Regraded]:
        """Correct a round and keep it; give the results before, and what changed. Raises Refusal."""
        if kept.ended is None:
            skip = self.bot.mention_of("quiz skip")
            raise Refusal(f"Round #{kept.id} is still running; {skip} takes a question out of it.")
        game = played(kept.state)
        volume = volume_of(self.services.library, kept.pack)
        lexicon = self.lexicon(volume) if volume else Lexicon()
        correction = _correction(game, _number(number), action, answer)
        done = regrade(game, correction, lexicon, by=interaction.user.id, at=interaction.created_at)
        if isinstance(done, str):
            raise Refusal(done)
        if not await self.rounds.regraded(kept.id, _state(kept.state, done.game), done.changed, done.line):
            raise Refusal("This round is gone meanwhile, so nothing was corrected.")
        return game, done


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
            if item.right == Pick(known.index(wanted)):
                raise Refusal("That is the right answer already.")
            return known.index(wanted)
    raise Refusal(f"That is none of the options; name one by its text or its letter, A to {letters[-1].upper()}.")


def _state(before: Round, after: Played) -> Round:
    """Put corrected results into the state that they are of."""
    rest = tuple(row for row in before.rows if row.number > len(after.items))
    items = (*after.items, *before.items[len(after.items) :])
    return replace(before, items=items, void=after.void, earlier=(*after.rows, *rest), current={})


def _number(typed: object) -> int:
    found = _NUMBER.match(typed) if isinstance(typed, str) else None
    return int(found[1]) if found else 0
