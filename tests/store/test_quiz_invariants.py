"""What holds of a kept round whatever happens in it, and whoever is erased."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.quiz.events import (
    Advanced,
    Answered,
    Event,
    Extended,
    ExtraGiven,
    Joined,
    Left,
    MessageLost,
    MessageStood,
    Paused,
    Picked,
    Restarted,
    Resumed,
    Skipped,
    Started,
    Stopped,
    Ticked,
    Typed,
    Voided,
)
from bot.quiz.results import Played, leaderboard, played, standings
from bot.quiz.rules import Rules, Scoring
from bot.quiz.verdicts import Outcome, Verdict
from bot.store.addresses import parse_address
from bot.store.database import Store
from bot.store.engine import open_engine
from bot.store.tables import quiz_rounds
from bot.store.transactions import Transactions
from tests.store.quiz_host import GUILD, Host, comparable, moment

T = TypeVar("T")

EVENTS: dict[str, Callable[[Host, int, datetime], Event]] = {
    "join": lambda _, player, at: Joined(player, at),
    "leave": lambda _, player, at: Left(player, at),
    "extra": lambda _, player, at: ExtraGiven(player, 50 * (player % 3), at),
    "start": lambda _, __, at: Started(at),
    "stand": lambda host, _, at: MessageStood(host.state.number, at),
    "lose": lambda host, _, at: MessageLost(host.state.number, at),
    "answer": lambda host, player, at: Answered(player, host.state.number, Picked(player % 2), at),
    "answer anew": lambda host, player, at: Answered(player, host.state.number, Picked(0), at),
    "type": lambda host, player, at: Answered(
        player, host.state.number, Typed(f"{player}", Verdict(Outcome.RIGHT if player % 2 else Outcome.WRONG)), at
    ),
    "advance": lambda _, __, at: Advanced(at),
    "skip": lambda _, __, at: Skipped(at),
    "pause": lambda _, __, at: Paused(at),
    "resume": lambda _, __, at: Resumed(at),
    "extend": lambda _, player, at: Extended(player, at),
    "restart": lambda _, player, at: Restarted(at, player),
    "void": lambda _, player, at: Voided(player, at),
    "stop": lambda _, __, at: Stopped(at, "Enough."),
}
OFTEN = ["stand"] * 3 + ["answer"] * 6 + ["type"] * 2 + ["advance"] * 4
acts = st.lists(st.tuples(st.sampled_from([*OFTEN, *EVENTS]), st.integers(1, 5)), min_size=5, max_size=40)
rules = st.builds(Rules, seconds=st.sampled_from([0, 30]), gap=st.just(0), scoring=st.sampled_from(Scoring))
Shape = list[tuple[int, int, int, int]]


async def play(store: Store, rules: Rules, doings: list[tuple[str, int]]) -> tuple[Host, list[str]]:
    """Play a round, and take it up anew after each act; give where that was another round than the one in memory."""
    host = await Host.open(store, rules=rules)
    await host.happen(Joined(1, moment(0)), Started(moment(1)))
    wrong = []
    for seconds, (name, number) in enumerate(doings, 2):
        await host.happen(EVENTS[name](host, number, moment(seconds)), Ticked(), now=moment(seconds))
        if comparable((await host.kept()).state) != comparable(host.state):
            wrong.append(name)
    return host, wrong


async def on_empty(url: str, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do something with a store in which no round is left."""
    store, transactions = await Store.open(url), Transactions(open_engine(parse_address(url)), "the same")
    try:
        await transactions.write(lambda connection: connection.execute(delete(quiz_rounds)))
        return await work(store)
    finally:
        await transactions.close()
        await store.close()


def shape(game: Played) -> Shape:
    """Tell everything of a board but who stands on it."""
    return sorted((one.rank, one.score, one.right, one.asked) for one in standings(game))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules, acts)
def test_a_round_is_taken_up_as_it_was_left_whatever_happened(
    url: str, rules: Rules, acts: list[tuple[str, int]]
) -> None:
    _, wrong = asyncio.run(on_empty(url, lambda store: play(store, rules, acts)))

    assert wrong == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rules, st.lists(acts, min_size=1, max_size=3), st.sets(st.integers(1, 5)))
def test_scores_are_those_of_the_answers_and_outlive_whoever_is_erased(
    url: str, rules: Rules, rounds: list[list[tuple[str, int]]], erased: set[int]
) -> None:
    async def work(store: Store) -> tuple[list[Shape], list[Shape], list[object], list[object]]:
        hosts = [(await play(store, rules, doings))[0] for doings in rounds]
        for host in hosts:
            await host.happen(Stopped(moment(1000)), Voided(2, moment(1001)))
        before = [shape(played(host.state)) for host in hosts]
        for player in erased:
            await store.people.erase(player)
        games = [played((await host.kept()).state) for host in hosts]
        board = [(one.user_id, one.right, one.asked) for one in await store.rounds.leaderboard(GUILD, None)]
        expected = [(one.player, one.right, one.asked) for one in leaderboard(games) if one.asked]
        return before, [shape(game) for game in games], [*board], [*expected]

    before, after, board, expected = asyncio.run(on_empty(url, work))

    assert (after, board) == (before, expected)
