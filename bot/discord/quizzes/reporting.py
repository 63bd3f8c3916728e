"""``/quiz results``: what instructors take home of a round or a period; with what corrects it and makes it public."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import discord
from discord import app_commands

from bot.discord.actions import Handler, Press
from bot.discord.cards.quiz_results import Sheet, Span, View, Where, files_card, read_where, results_card
from bot.discord.client import Interaction
from bot.discord.completion import Choices, unfailing
from bot.discord.delivery import defer, replace, reply
from bot.discord.faults import Refusal
from bot.discord.quizzes.leaderboards import Leaderboards, LookBack
from bot.discord.quizzes.regrading import Regrading
from bot.discord.quizzes.sheets import LOOK_BACK, MOST_ROUNDS, answerers, period_sheet, round_sheet, sitting_of
from bot.discord.seats import channel_ids
from bot.quiz.export import About, answers_csv, people_csv, period_csv, period_json, questions_csv, results_json
from bot.quiz.periods import Period
from bot.quiz.regrading import Line
from bot.quiz.results import Played, played
from bot.store.quiz_records import KeptRound

_BEGINNING = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)  # before there was Discord
_MOST_BYTES = 8_000_000  # of all files together; Discord takes 10 MiB at least
_GONE = "I do not know this round; use /quiz results again."

Separator: TypeAlias = Literal["comma", "semicolon"]


class Reporting(Regrading, Leaderboards):
    """Shows results, and gives them as files."""

    def reporting_presses(self) -> tuple[tuple[str, Handler], ...]:
        """Say what the buttons and forms do."""
        return (
            ("quiz-results", self.turn_results),
            ("quiz-results-page", self.turn_results),
            ("quiz-results-files", self.give_files),
            *self.regrading_presses(),
        )

    @app_commands.command(
        name="results", description="See how a round or a period went, and take it home (instructors)"
    )
    @app_commands.rename(which="round")
    @app_commands.describe(
        which="Which round (default: the latest one here)",
        period="All rounds of the last 7 or 30 days, or of all time, instead of one",
        separator="Separator in the CSV (default: comma; semicolon for many European Excels)",
    )
    async def results(
        self,
        interaction: Interaction,
        which: str | None = None,
        period: LookBack | None = None,
        separator: Separator = "comma",
    ) -> None:
        """Show the first view."""
        where = Where(await self._subject(interaction, which, period), separator=separator)
        await defer(interaction)
        guild_id = interaction.guild_id or 0
        await reply(interaction, results_card(await self._sheet(guild_id, where), where), private=True)

    @results.autocomplete("which")
    @unfailing
    async def complete_results(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest rounds."""
        return await self.name_rounds(interaction, typed)

    async def turn_results(self, interaction: Interaction, press: Press) -> None:
        """Show another view or page."""
        guild_id = (await self.need_lead(interaction)).guild_id
        where = _where(press)
        await interaction.response.defer()
        await replace(interaction, results_card(await self._sheet(guild_id, where), where))

    async def give_files(self, interaction: Interaction, press: Press) -> None:
        """Give the tables, and everything as JSON."""
        guild_id = (await self.need_lead(interaction)).guild_id
        where = _where(press)
        await defer(interaction)
        title, made = await self._files(guild_id, where)
        left_out = _too_large(made)
        kept = [name for name in made if name not in left_out]
        files = [discord.File(io.BytesIO(made[name]), filename=name) for name in kept]
        await reply(interaction, files_card(title, kept, left_out), private=True, files=files)

    async def _subject(self, interaction: Interaction, which: str | None, period: LookBack | None) -> int | Span:
        """Find what was asked for, to who leads; raises Refusal."""
        settings = await self.need_lead(interaction)
        if which and period:
            raise Refusal("Name a round or a period, not both.")
        if period:
            until = interaction.created_at.replace(microsecond=0) + dt.timedelta(seconds=1)
            return Span(Period(period), until)
        return (
            (await self.round_named(interaction, which)).id
            if which
            else await self._latest(interaction, settings.guild_id)
        )

    async def _latest(self, interaction: Interaction, guild_id: int) -> int:
        """Find the latest round of this channel or its threads, else of the server; one that has asked something."""
        heads = await self.rounds.recent(guild_id)
        here = [head for head in heads if _is_here(interaction, head.channel_id)]
        ordered = sorted([*here, *heads], key=lambda head: not head.questions)
        if not ordered:
            raise Refusal(f"There was no round in this server yet; {self.bot.mention_of('quiz start')} begins one.")
        return ordered[0].id

    async def _sheet(self, guild_id: int, where: Where) -> Sheet:
        match where.subject:
            case Span() as span:
                rounds = await self._between(guild_id, span)
                looks_back = where.view in {View.PEOPLE, View.ABSENT}
                expected = await self._expected(guild_id, span) if looks_back else frozenset()
                wanted = rounds if where.view is View.RECORD else ()
                records = {one.id: await self.rounds.record(one.id) for one in wanted}
                return await asyncio.to_thread(period_sheet, span, rounds, where.view, expected, records)
            case round_id:
                kept = await self._round(guild_id, round_id)
                earlier = await self._before(guild_id, kept.opened) if where.view is View.ABSENT else ()
                record = await self.rounds.record(round_id) if where.view is View.RECORD else ()
                return round_sheet(kept, where.view, earlier, record)

    async def _files(self, guild_id: int, where: Where) -> tuple[str, dict[str, bytes]]:
        """Make the files, by their names, and a title for them."""
        match where.subject:
            case Span() as span:
                rounds, expected = await self._between(guild_id, span), await self._expected(guild_id, span)
                made = await asyncio.to_thread(_of_period, span, rounds, expected, where.delimiter)
                return f"Files of {span.period.told}", made
            case round_id:
                kept = await self._round(guild_id, round_id)
                running = "" if kept.ended else ", as far as it has been revealed"
                record = await self.rounds.record(round_id)
                made = await asyncio.to_thread(_of_round, kept, record, where.delimiter)
                return f"Files of round #{kept.id}{running}", made

    async def _round(self, guild_id: int, round_id: int) -> KeptRound:
        kept = await self.rounds.find(guild_id, round_id)
        if kept is None:
            raise Refusal(_GONE)
        return kept

    async def _between(self, guild_id: int, span: Span) -> list[KeptRound]:
        """Give the rounds of a period, the latest of them where there are too many."""
        heads = await self.rounds.recent(guild_id, MOST_ROUNDS)
        since = span.since or _BEGINNING
        if len(heads) == MOST_ROUNDS:
            since = max(since, heads[-1].opened)
        return (await self.rounds.between(guild_id, since, span.until))[-MOST_ROUNDS:]

    async def _expected(self, guild_id: int, span: Span) -> frozenset[int]:
        return answerers(await self._before(guild_id, span.since)) if span.since else frozenset()

    async def _before(self, guild_id: int, at: dt.datetime) -> Sequence[Played]:
        rounds = await self.rounds.between(guild_id, at - LOOK_BACK, at)
        return [played(one.state) for one in rounds]


def _where(press: Press) -> Where:
    where = read_where(press.state)
    if where is None:
        raise Refusal("This button belongs to another version of me; use /quiz results again.")
    return where


def _is_here(interaction: Interaction, channel_id: int) -> bool:
    """Tell whether a channel is this one, or a thread of it."""
    here = channel_ids(interaction.channel)
    thread = interaction.guild.get_thread(channel_id) if interaction.guild else None
    return channel_id in here or (thread is not None and thread.parent_id in here)


def _of_round(kept: KeptRound, record: Sequence[Line], delimiter: str) -> dict[str, bytes]:
    game = played(kept.state)
    about = About(
        number=kept.id, title=kept.title, opened=kept.opened, ended=kept.ended, leader=kept.leader_id,
        corrections=record,
    )  # fmt: skip
    texts = {
        "people.csv": people_csv(game, kept.names, delimiter),
        "answers.csv": answers_csv(game, kept.names, delimiter),
        "questions.csv": questions_csv(game, delimiter),
        "results.json": results_json(game, kept.names, about),
    }
    return {f"quiz-{kept.id}-{name}": text.encode() for name, text in texts.items()}


def _of_period(span: Span, rounds: Sequence[KeptRound], expected: frozenset[int], delimiter: str) -> dict[str, bytes]:
    sittings = [sitting_of(one) for one in rounds]
    names = {player: name for one in rounds for player, name in one.names.items() if player > 0}
    texts = {
        "csv": period_csv(sittings, names, delimiter, expected),
        "json": period_json(sittings, names, expected),
    }
    name = f"quiz-{span.period}-until-{span.until:%Y-%m-%d}"
    return {f"{name}.{ending}": text.encode() for ending, text in texts.items()}


def _too_large(made: Mapping[str, bytes]) -> list[str]:
    """Name the largest files, without which all have room."""
    left_out: list[str] = []
    for name in sorted(made, key=lambda one: -len(made[one])):
        if sum(len(data) for one, data in made.items() if one not in left_out) > _MOST_BYTES:
            left_out.append(name)
    return left_out
