"""Rounds that have ended: found again, added up, corrected."""

from __future__ import annotations

from dataclasses import replace

from bot.quiz.events import (
    Advanced,
    Answered,
    ExtraGiven,
    Joined,
    Left,
    MessageStood,
    Picked,
    Row,
    Started,
    Stopped,
    Voided,
)
from bot.quiz.regrading import Line
from bot.quiz.results import leaderboard, played, totals
from bot.quiz.state import Phase, Round
from bot.store.database import Store
from bot.store.quiz_records import KeepRound, RoundHead, Score
from tests.store.quiz_host import ANN, BEN, CHANNEL, CLEO, DAN, GUILD, ITEMS, LEADER, NOON, PACK, Host, moment

# --- a round that has ended


async def test_a_round_ends_when_its_state_says_so(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await host.happen(Stopped(moment(60)))

    assert (await host.kept()).ended == moment(60)


async def test_a_round_that_has_ended_is_not_opened_again_by_an_older_state(store: Store) -> None:
    host = await Host.asking(store, ANN)
    older = KeepRound(host.id, host.state, {}, CHANNEL)
    await host.happen(Stopped(moment(60)))
    await store.rounds.write([older])

    assert (await host.kept()).state.phase is Phase.ENDED


async def test_a_round_that_ends_among_other_changes_has_ended(store: Store) -> None:
    host = await Host.asking(store, ANN)
    older = KeepRound(host.id, host.state, {}, CHANNEL)
    state = replace(host.state, phase=Phase.ENDED)
    await store.rounds.write([KeepRound(host.id, state, {}, CHANNEL), older])

    assert (await host.kept()).ended == state.touched


async def test_what_is_voided_after_the_end_does_not_move_the_end(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0}, {ANN: 1})
    ended = (await host.kept()).ended
    await host.happen(Voided(1, moment(5000)))

    assert ((await host.kept()).ended, (await host.kept()).state.void) == (ended, host.state.void)


async def test_a_server_lists_its_rounds_the_latest_first(store: Store) -> None:
    await Host.open(store, guild=GUILD + 1)
    first = await Host.open(store, now=moment(1), title="First")
    second = await Host.open(store, now=moment(2), title="Second")
    await second.play({ANN: 0, BEN: 1}, {ANN: 1})
    heads = await store.rounds.recent(GUILD)
    latest = RoundHead(
        id=second.id,
        guild_id=GUILD,
        channel_id=CHANNEL,
        pack=PACK,
        title="Second",
        leader_id=LEADER,
        opened=moment(2),
        ended=moment(1000),
        players=2,
        questions=3,
    )

    assert heads == [
        latest,
        replace(latest, id=first.id, title="First", opened=moment(1), ended=None, players=0, questions=0),
    ]


async def test_a_list_takes_no_more_than_its_limit(store: Store) -> None:
    hosts = [await Host.open(store) for _ in range(3)]

    assert [one.id for one in await store.rounds.recent(GUILD, 2)] == [hosts[2].id, hosts[1].id]


async def test_who_left_without_an_answer_is_no_player_of_a_round(store: Store) -> None:
    host = await Host.asking(store, ANN, BEN, CLEO)
    await host.happen(Answered(ANN, 1, Picked(0), moment(11)), Left(ANN, moment(12)), Left(BEN, moment(12)))
    await host.happen(ExtraGiven(DAN, 50, moment(13)))
    (head,) = await store.rounds.recent(GUILD)

    assert head.players == 2


async def test_of_a_period_are_the_rounds_that_ended_in_it(store: Store) -> None:
    hosts = [await Host.open(store) for _ in range(5)]
    for seconds, host in zip((30, 20, 10, 40), hosts, strict=False):
        await host.happen(Stopped(moment(seconds)))

    assert [one.id for one in await store.rounds.between(GUILD, moment(20), moment(40))] == [hosts[1].id, hosts[0].id]


async def test_of_a_period_are_the_rounds_of_the_server_and_the_brief(store: Store) -> None:
    hosts = [await Host.open(store, guild=guild, pack=pack) for guild in (GUILD, 82) for pack in (PACK, "other")]
    for host in hosts:
        await host.happen(Stopped(moment(5)))

    assert [one.id for one in await store.rounds.between(GUILD, NOON, moment(9), PACK)] == [hosts[0].id]


# --- the leaderboard


async def test_right_answers_of_rounds_that_ended_add_up_and_ties_go_by_id(store: Store) -> None:
    first, second, third = [await Host.open(store) for _ in range(3)]
    await first.play({ANN: 0, BEN: 0, CLEO: 1}, {ANN: 0, BEN: 1, CLEO: 1})
    await second.play({ANN: 0, DAN: 0})
    await third.happen(Started(NOON), MessageStood(1, NOON), Answered(CLEO, 1, Picked(0), moment(1)))

    assert await store.rounds.leaderboard(GUILD, None) == [
        Score(ANN, 2, 3, 2),
        Score(BEN, 2, 2, 1),
        Score(CLEO, 1, 2, 1),
        Score(DAN, 1, 1, 1),
    ]


async def test_the_leaderboard_is_that_of_the_rounds_themselves(store: Store) -> None:
    hosts = [await Host.open(store) for _ in range(3)]
    await hosts[0].play({ANN: 0, BEN: 2}, {BEN: 1, CLEO: 1})
    await hosts[1].play({ANN: 1, CLEO: 0})
    await hosts[2].play({DAN: 0}, {DAN: 1, ANN: 1})
    await hosts[2].happen(Voided(1, moment(2000)))
    expected = leaderboard(played(host.state) for host in hosts)

    assert [(one.user_id, one.right, one.asked) for one in await store.rounds.leaderboard(GUILD, None)] == [
        (one.player, one.right, one.asked) for one in expected
    ]


async def test_the_leaderboard_begins_at_a_time(store: Store) -> None:
    early, late = await Host.open(store), await Host.open(store)
    await early.play({ANN: 0})
    await late.play({BEN: 0}, start=1)

    assert await store.rounds.leaderboard(GUILD, moment(1001)) == [Score(BEN, 1, 1, 1)]


async def test_the_leaderboard_is_one_server_s(store: Store) -> None:
    await (await Host.open(store, guild=GUILD + 1)).play({ANN: 0})

    assert await store.rounds.leaderboard(GUILD, None) == []


async def test_a_lobby_that_was_closed_puts_nobody_on_the_leaderboard(store: Store) -> None:
    host = await Host.open(store)
    await host.happen(Joined(ANN, NOON), ExtraGiven(BEN, 50, NOON), Stopped(moment(5)))

    assert await store.rounds.leaderboard(GUILD, None) == []


async def test_extra_time_alone_puts_nobody_on_the_leaderboard(store: Store) -> None:
    host = await Host.open(store)
    await host.happen(ExtraGiven(BEN, 50, NOON))
    await host.play({ANN: 0})

    assert [one.user_id for one in await store.rounds.leaderboard(GUILD, None)] == [ANN]


async def test_what_is_voided_after_the_end_counts_no_more(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1}, {ANN: 0, BEN: 1})
    await host.happen(Voided(1, moment(2000)))

    assert await store.rounds.leaderboard(GUILD, None) == [Score(BEN, 1, 1, 1), Score(ANN, 0, 1, 1)]


async def test_scores_count_the_answers_written_with_the_end(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await host.happen(Answered(ANN, 1, Picked(0), moment(12)), Advanced(moment(13)), Stopped(moment(14)))

    assert await store.rounds.leaderboard(GUILD, None) == [Score(ANN, 1, 1, 1)]


# --- corrections


def line(text: str = "Question 1: “flies” was accepted; 1 score changed.") -> Line:
    return Line(moment(3000), LEADER, text)


async def corrected(host: Host) -> tuple[Round, list[Row]]:
    """Accept the second option of the first question, too; give the state and the rows that changed."""
    state = (await host.kept()).state
    changed = [replace(row, right=True) for row in state.rows if (row.number, row.given) == (1, 1)]
    return replace(state, items=(replace(ITEMS[0], explanation="Either."), *ITEMS[1:])), changed


async def test_a_correction_changes_items_verdicts_and_scores_and_is_on_record(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1}, {ANN: 1})
    state, changed = await corrected(host)

    assert await store.rounds.regraded(host.id, state, changed, line())
    found = (await host.kept()).state
    assert found.items[0].explanation == "Either."
    assert totals(played(found)) == {ANN: 2, BEN: 1}
    assert await store.rounds.leaderboard(GUILD, None) == [Score(ANN, 2, 2, 1), Score(BEN, 1, 2, 1)]
    assert await store.rounds.record(host.id) == [line()]


async def test_a_question_voided_by_a_correction_counts_for_nobody(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1}, {ANN: 1})
    state = replace((await host.kept()).state, void=host.state.void | {1})
    await store.rounds.regraded(host.id, state, [], line())

    assert await store.rounds.leaderboard(GUILD, None) == [Score(ANN, 1, 1, 1), Score(BEN, 0, 1, 1)]


async def test_a_question_that_was_voided_meanwhile_stays_void(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1}, {ANN: 1})
    state, changed = await corrected(host)
    await host.happen(Voided(2, moment(2000)))
    await store.rounds.regraded(host.id, state, changed, line())

    assert (await host.kept()).state.void == host.state.void


async def test_a_question_voided_by_a_correction_stays_void_for_a_host_that_knows_nothing_of_it(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0, BEN: 1}, {ANN: 1})
    voided = replace((await host.kept()).state, void=host.state.void | {1})
    await store.rounds.regraded(host.id, voided, [], line())
    await store.rounds.write([KeepRound(host.id, host.state, {}, CHANNEL, settled=True)])

    assert (await host.kept()).state.void == voided.void
    assert await store.rounds.leaderboard(GUILD, None) == [Score(ANN, 1, 1, 1), Score(BEN, 0, 1, 1)]


async def test_a_correction_of_a_running_round_leaves_the_rest_of_its_state(store: Store) -> None:
    host = await Host.asking(store, ANN, BEN)
    await host.happen(Answered(BEN, 1, Picked(1), moment(12)))
    state, changed = await corrected(host)
    await host.happen(Advanced(moment(20)))
    await store.rounds.regraded(host.id, state, changed, line())
    found = (await host.kept()).state

    assert (found.phase, found.rows[0].right) == (Phase.REVEALED, True)


async def test_a_round_that_is_gone_takes_no_correction(store: Store) -> None:
    host = await Host.asking(store, ANN)

    assert not await store.rounds.regraded(host.id + 1, host.state, [], line())


async def test_the_record_is_in_the_order_of_its_lines(store: Store) -> None:
    host = await Host.asking(store, ANN)
    for text in ("First.", "Second."):
        await store.rounds.regraded(host.id, host.state, [], line(text))

    assert [one.text for one in await store.rounds.record(host.id)] == ["First.", "Second."]
