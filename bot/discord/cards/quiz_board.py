"""The cards of ``/quiz leaderboard`` and ``/quiz regrade``: boards with ranks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.discord.cards.layout import Tone, body, button, card, heading, quiet
from bot.discord.cards.quiz_results import Where
from bot.discord.cards.quiz_telling import counted
from bot.quiz.periods import Period
from bot.quiz.results import Standing, board
from bot.store.quiz_records import Score

MOST_RANKS = 10
_MOST_LINES = 20  # where many share the last rank
_FIRST = 3
_MOST_FIRST = 6
_ROOM_TITLE = 200
_ROOM_LINE = 400
_RULES = "-# Right answers in finished rounds. Equal scores share a rank. Hide your name: /privacy show."


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a leaderboard, and how many rounds it was won in."""

    standing: Standing
    rounds: int


def places_of(scores: Sequence[Score]) -> tuple[Place, ...]:
    """Rank scores, most right answers first; equal ones share a rank."""
    ranks: dict[int, int] = {}
    return tuple(
        Place(Standing(ranks.setdefault(one.right, place), one.user_id, one.right, one.right, one.asked), one.rounds)
        for place, one in enumerate(scores, 1)
    )


def shown_places(places: Sequence[Place]) -> tuple[Place, ...]:
    """Choose who is listed: the first ten, and who shares the last rank; nobody without a right answer."""
    return tuple(one for one in places if one.standing.rank <= MOST_RANKS and one.standing.right)[:_MOST_LINES]


def board_card(
    places: Sequence[Place], hidden: Collection[int], period: Period, *, own: int | None = None
) -> ui.LayoutView:
    """Show a leaderboard. ``hidden``: who has no name on it; ``own``: who alone sees it, and is told his own place."""
    shown = shown_places(places)
    named = board([one.standing for one in shown], hidden)
    lines = [
        f"**{standing.rank}.** {_name(standing)}: {_won(standing.right, place.rounds)}"
        for standing, place in zip(named, shown, strict=True)
    ]
    others = len(places) - len(shown)
    texts = [heading(f"Most right answers: {period.told}"), *(lines or ["Nobody has answered a question right."])]
    texts += [f"And {counted(others, 'other')}."] if others else []
    texts += [_own(places, own)] if own is not None else []
    return card(Tone.QUIET, [ui.TextDisplay("\n".join(texts)), ui.TextDisplay(_RULES)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A correction before it is made: what it is in a question, plain, and the question; ``players``: whose scores."""

    title: str
    round_id: int
    asked: str
    stem: str
    players: int
    before: Sequence[Standing]
    after: Sequence[Standing]


def sure_card(one: Proposal, state: str) -> ui.LayoutView:
    """Ask whether a correction is to be made; ``state``: what it is, for the buttons."""
    change = f"{counted(one.players, 'score')} {'changes' if one.players == 1 else 'change'}"
    texts = [
        heading(f"Round #{one.round_id}: {one.title}", _ROOM_TITLE),
        f"**{body(one.asked, _ROOM_LINE)}** {change if one.players else 'No score changes'}.",
        quiet(one.stem),
        f"**Top 3 now:** {_first(one.before)}",
        f"**Top 3 then:** {_first(one.after)}",
    ]
    buttons = [
        button("Do it", "quiz-regrade", state, discord.ButtonStyle.primary),
        button("Cancel", "quiz-regrade-not", state),
    ]
    return card(Tone.QUIET, [ui.TextDisplay("\n".join(texts))], buttons)


def regraded_card(
    title: str, said: str, round_id: int, before: Sequence[Standing], after: Sequence[Standing]
) -> ui.LayoutView:
    """Say what a correction changed; ``said``: its line in the record."""
    text = "\n".join(
        [
            heading(f"Round #{round_id} is corrected: {title}", _ROOM_TITLE),
            body(said, _ROOM_LINE),
            f"**Top 3 before:** {_first(before)}",
            f"**Top 3 now:** {_first(after)}",
            "-# Saved in the round’s record.",
        ]
    )
    return card(Tone.QUIET, [ui.TextDisplay(text)], [button("Results", "quiz-results", Where(round_id).state)])


def _name(standing: Standing) -> str:
    return f"<@{standing.player}>" if standing.player else "name hidden"


def _won(right: int, rounds: int) -> str:
    return f"{counted(right, 'right answer')} in {counted(rounds, 'round')}"


def _own(places: Sequence[Place], own: int) -> str:
    mine = next((one for one in places if one.standing.player == own), None)
    if mine is None:
        return "You have not played in this time."
    return f"You are on rank {mine.standing.rank:,} of {len(places):,}: {_won(mine.standing.right, mine.rounds)}."


def _first(standings: Sequence[Standing]) -> str:
    """Name the first three and who shares their ranks, with their points."""
    first = [one for one in standings if one.rank <= _FIRST][:_MOST_FIRST]
    told = (
        f"{one.rank}. {f'<@{one.player}>' if (one.player or 0) > 0 else 'an erased participant'} "
        f"with {counted(one.score, 'point')}"
        for one in first
    )
    return ", ".join(told) or "nobody took part"
