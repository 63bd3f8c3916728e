"""Rounds without somebody who was erased: totals stay, and nobody can tell whose they were."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.quiz.events import Answered, ExtraGiven, Joined, Picked, Stopped, Typed
from bot.quiz.regrading import Line
from bot.quiz.results import erased, per_question, played, standings
from bot.quiz.verdicts import Outcome, Verdict
from bot.store.database import Store
from bot.store.quiz_records import Score
from tests.store.quiz_host import ANN, BEN, CLEO, GUILD, LEADER, Host, moment


async def test_an_erased_player_has_a_number_below_zero(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1}, {ANN: 1})
    await store.people.erase(ANN)
    found = await host.kept()

    assert played(found.state).everyone == (-1, BEN)
    assert [row.player for row in found.state.rows] == [-1, BEN, -1]
    assert found.names == {BEN: f"Player {BEN}"}


async def test_each_erased_player_of_a_round_has_another_number(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1, CLEO: 0})
    await store.people.erase(BEN)
    await store.people.erase(ANN)

    assert [(row.player, row.given) for row in sorted((await host.kept()).state.rows, key=lambda row: row.player)] == [
        (-2, 0),
        (-1, 1),
        (CLEO, 0),
    ]


async def test_whoever_comes_back_and_is_erased_again_has_two_numbers(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await host.happen(Answered(ANN, 1, Picked(0), moment(12)))
    await store.people.erase(ANN)
    await host.happen(Answered(ANN, 1, Picked(1), moment(13)))
    await store.people.erase(ANN)
    found = await host.kept()

    assert sorted((row.player, row.given) for row in found.state.rows) == [(-2, 1), (-1, 0)]
    assert found.state.players == {-2, -1}


async def test_erasing_takes_the_extra_time_of_a_player_away(store: Store) -> None:
    host = await Host.open(store)
    await host.happen(ExtraGiven(ANN, 50, moment(1)))
    await store.people.erase(ANN)

    assert (await host.kept()).state.extra == {}


async def test_results_stay_as_they_were_but_for_the_ids(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1, CLEO: 0}, {ANN: 1, BEN: 1}, {})
    before = played((await host.kept()).state)
    await store.people.erase(ANN)
    await store.people.erase(CLEO)
    after = played((await host.kept()).state)

    assert per_question(after) == per_question(before)
    assert [(one.rank, one.score) for one in standings(after)] == [(one.rank, one.score) for one in standings(before)]
    assert erased(after) == 2


async def test_the_leaderboard_leaves_the_erased_out_for_good(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 0})
    await store.people.erase(ANN)

    assert await store.rounds.leaderboard(GUILD, None) == [Score(BEN, 1, 1, 1)]


async def test_a_round_that_ends_after_an_erasure_brings_nobody_back(store: Store) -> None:
    host = await Host.asking(store, ANN, BEN)
    await host.happen(*(Answered(one, 1, Picked(0), moment(12)) for one in (ANN, BEN)))
    await store.people.erase(ANN)
    await host.happen(Stopped(moment(20)))
    found = await host.kept()

    assert found.state.players == {row.player for row in found.state.rows} == {-1, BEN}


async def test_a_correction_counts_for_the_erased_too(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 1, BEN: 1}, {})
    await store.people.erase(ANN)
    state = (await host.kept()).state
    changed = [replace(row, right=True) for row in state.rows]
    await store.rounds.regraded(host.id, state, changed, Line(moment(3000), LEADER, "Accepted."))

    assert [(one.player, one.score) for one in standings(played((await host.kept()).state))] == [(-1, 1), (BEN, 1)]


async def test_a_record_outlives_whoever_wrote_it(store: Store) -> None:
    host = await Host.asking(store)
    line = Line(moment(3000), ANN, "Question 1 was voided.")
    await store.rounds.regraded(host.id, host.state, [], line)
    await store.people.erase(ANN)

    assert await store.rounds.record(host.id) == [replace(line, by=0)]


async def test_a_round_outlives_its_leader(store: Store) -> None:
    host = await Host.open(store)
    before = await host.kept()
    await store.people.erase(LEADER)

    assert await host.kept() == replace(before, leader_id=None)


async def test_erasing_a_player_counts_seats_and_answers(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 0}, {ANN: 1})
    await (await Host.open(store)).happen(Joined(ANN, moment(1)))

    assert await store.people.erase(ANN) == 4


async def test_people_who_are_erased_at_once_get_numbers_of_their_own(url: str, store: Store) -> None:
    others = await Store.open(url)
    players = range(601, 613)
    hosts = [await Host.open(store) for _ in range(3)]
    for host in hosts:
        await host.happen(*(Joined(player, moment(1)) for player in players))
    await asyncio.gather(*((store, others)[player % 2].people.erase(player) for player in players))
    await others.close()

    assert [(await host.kept()).state.players for host in hosts] == [frozenset(range(-12, 0))] * 3


# --- what somebody is told


RIGHT, WRONG = Typed("61.5", Verdict(Outcome.RIGHT)), Typed("Lars", Verdict(Outcome.WRONG))
ANSWERS: list[dict[int, int | Typed]] = [{ANN: 2, BEN: 0}, {ANN: 1}, {ANN: RIGHT}]


async def section(store: Store, name: str) -> list[dict[str, object]]:
    found = (await store.people.export(ANN))[name]
    assert isinstance(found, list)
    return found


async def test_an_export_words_answers_as_they_were_given(store: Store) -> None:
    await (await Host.open(store)).play(*ANSWERS, {ANN: WRONG})

    assert [(one["number"], one["question"], one["answer"]) for one in await section(store, "quiz_answers")] == [
        (1, "What of the fish?", "walks"),
        (2, "What of the rain?", "False"),
        (3, "What of the mills?", "61.5"),
        (4, "What of the speaker?", "Lars"),
    ]


async def test_an_export_of_a_round_that_has_ended_tells_what_was_right(store: Store) -> None:
    await (await Host.open(store)).play(*ANSWERS)
    (seat,) = await section(store, "quiz_seats")

    assert [one["right"] for one in await section(store, "quiz_answers")] == [False, True, True]
    assert (seat["right"], seat["asked"], seat["score"]) == (2, 3, 2)


async def test_an_export_of_a_round_that_runs_tells_no_verdict(store: Store) -> None:
    await (await Host.open(store)).play(*ANSWERS, stops=False)
    told = [*await section(store, "quiz_answers"), *await section(store, "quiz_seats")]

    assert len(told) == 4
    assert [one.keys() & {"right", "asked", "score"} for one in told] == [set()] * 4


async def test_an_export_tells_nothing_of_others(store: Store) -> None:
    await (await Host.open(store)).play({BEN: 0})

    assert [await section(store, f"quiz_{name}") for name in ("rounds", "seats", "answers", "record")] == [[]] * 4
