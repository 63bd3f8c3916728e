"""Rounds: kept as they happen, taken up as they were, changed all or nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.quiz.events import (
    Advanced,
    Answered,
    Event,
    ExtraGiven,
    Joined,
    Left,
    MessageStood,
    Picked,
    Row,
    Started,
    Stopped,
    Typed,
    Voided,
)
from bot.quiz.verdicts import Outcome, Verdict
from bot.store.database import Store, StoreFault
from bot.store.quiz_records import Change, CountAsked, KeepAnswer, KeepRound, KeepSeat, KeptRound
from tests.store.quiz_host import (
    ANN,
    BEN,
    CHANNEL,
    CLEO,
    DAN,
    GUILD,
    ITEMS,
    LEADER,
    NOON,
    PACK,
    Host,
    comparable,
    moment,
)

WRONG = Typed("Lars Holm", Verdict(Outcome.WRONG))


def answer(given: int | str = 0, *, player: int = ANN, seconds: float = 5, number: int = 1, right: bool = True) -> Row:
    return Row(
        number=number,
        player=player,
        item=ITEMS[number - 1].id,
        given=given,
        right=right,
        at=moment(seconds),
        elapsed=seconds + 1 / 3,
        allowed=30.1,
    )


async def given(host: Host) -> list[int | str]:
    return [row.given for row in (await host.kept()).state.rows]


async def test_a_new_round_is_found_as_it_was_opened(store: Store) -> None:
    host = await Host.open(store, posts={"lobby": 2**62})

    assert await store.rounds.find(GUILD, host.id) == KeptRound(
        id=host.id,
        guild_id=GUILD,
        channel_id=CHANNEL,
        pack=PACK,
        title="Week 3",
        leader_id=LEADER,
        opened=NOON,
        ended=None,
        seen=NOON,
        state=host.state,
        posts={"lobby": 2**62},
        names={},
    )


async def test_a_round_opened_with_players_has_their_seats(store: Store) -> None:
    state = replace((await Host.open(store)).state, players=frozenset({ANN, BEN}), extra={BEN: 50, CLEO: 25})
    made = await store.rounds.open(GUILD, CHANNEL, PACK, "Again", LEADER, state, NOON)
    found = await store.rounds.find(GUILD, made)

    assert found is not None
    assert found.state == state


async def test_a_round_of_another_server_is_not_found(store: Store) -> None:
    host = await Host.open(store)

    assert await store.rounds.find(GUILD + 1, host.id) is None


async def test_a_round_is_taken_up_as_it_was_at_every_step(store: Store) -> None:
    host = await Host.open(store)
    steps: list[list[Event]] = [
        [Joined(ANN, moment(1)), Joined(BEN, moment(2)), ExtraGiven(BEN, 50, moment(3))],
        [Left(ANN, moment(4))],
        [Started(moment(5))],
        [MessageStood(1, moment(6))],
        [Answered(BEN, 1, Picked(2), moment(7)), Answered(CLEO, 1, Picked(0), moment(8))],
        [Answered(BEN, 1, Picked(0), moment(9))],
        [Advanced(moment(10))],
        [Advanced(moment(20)), MessageStood(2, moment(21)), Answered(ANN, 2, Picked(1), moment(22))],
        [Advanced(moment(30)), Advanced(moment(31)), MessageStood(3, moment(32)), Answered(DAN, 3, WRONG, moment(33))],
        [Voided(1, moment(34)), Stopped(moment(35), "The channel is gone.")],
        [Voided(2, moment(36))],
    ]
    loaded, expected = [], []
    for events in steps:
        await host.happen(*events)
        loaded.append(comparable((await host.kept()).state))
        expected.append(comparable(host.state))

    assert loaded == expected


async def test_what_a_change_says_of_the_messages_and_the_channel_is_kept(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await store.rounds.write([KeepRound(host.id, host.state, {"question": [1, {"2": None}]}, 92)])
    found = await host.kept()

    assert (found.posts, found.channel_id) == ({"question": [1, {"2": None}]}, 92)


async def test_a_state_brings_no_other_items(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await store.rounds.write([KeepRound(host.id, replace(host.state, items=()), {}, CHANNEL)])

    assert (await host.kept()).state.items == ITEMS


async def test_times_come_back_in_utc_to_the_microsecond(store: Store) -> None:
    host = await Host.asking(store, ANN)
    east = dt.timezone(dt.timedelta(hours=9))
    await store.rounds.write([KeepAnswer(host.id, replace(answer(), at=moment(3.000_001).astimezone(east)), "Ann")])
    (row,) = (await host.kept()).state.rows

    assert (row.at, row.at.tzinfo) == (moment(3.000_001), dt.UTC)


@pytest.mark.parametrize(
    "typed", ["Kari Aune", "3", "3.50", "", " ", "true", "null", '"', "[1]", "1e5", "Ærø 😀", "x" * 2000]
)
async def test_a_typed_answer_is_kept_to_the_letter(store: Store, typed: str) -> None:
    host = await Host.asking(store, ANN)
    await store.rounds.write([KeepAnswer(host.id, answer(typed), "Ann")])

    assert await given(host) == [typed]


async def test_an_option_comes_back_as_a_number(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await store.rounds.write([KeepAnswer(host.id, answer(3), "Ann")])

    assert [type(one) for one in await given(host)] == [int]


async def test_what_an_answer_took_is_kept_to_the_last_digit(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await store.rounds.write([KeepAnswer(host.id, answer(), "Ann")])

    assert (await host.kept()).state.rows == (answer(),)


@pytest.mark.parametrize(("seconds", "expected"), [(4.999_999, [0]), (5, [1]), (5.000_001, [1])])
async def test_an_answer_gives_way_only_to_one_that_is_not_earlier(
    store: Store, seconds: float, expected: list[int]
) -> None:
    host = await Host.asking(store, ANN)
    await store.rounds.write([KeepAnswer(host.id, answer(0), "Ann")])
    await store.rounds.write([KeepAnswer(host.id, answer(1, seconds=seconds), "Ann")])

    assert await given(host) == expected


async def test_of_answers_written_at_once_the_last_in_time_counts(store: Store) -> None:
    host = await Host.asking(store, ANN)
    answers = [answer(0, seconds=5), answer(1, seconds=7), answer(2, seconds=6)]
    await store.rounds.write([KeepAnswer(host.id, row, "Ann") for row in answers])

    assert await given(host) == [1]


async def test_whoever_answers_has_a_seat(store: Store) -> None:
    host = await Host.asking(store)
    await store.rounds.write([KeepAnswer(host.id, answer(), "Ann")])
    found = await host.kept()

    assert (found.state.players, found.names) == (frozenset({ANN}), {ANN: "Ann"})


async def test_an_answer_leaves_a_seat_as_it_is(store: Store) -> None:
    host = await Host.asking(store)
    await store.rounds.write([KeepSeat(host.id, ANN, False, 50, "Ann"), KeepAnswer(host.id, answer(), "Ann")])
    found = await host.kept()

    assert (found.state.players, found.state.extra) == (frozenset(), {ANN: 50})


async def test_a_name_is_the_last_that_was_seen(store: Store) -> None:
    host = await Host.asking(store)
    seat = KeepSeat(host.id, ANN, True, 0, "")
    names = []
    for change in (
        replace(seat, name="Ann"),
        seat,
        KeepAnswer(host.id, answer(), "Anna"),
        KeepAnswer(host.id, answer(), ""),
    ):
        await store.rounds.write([change])
        names.append((await host.kept()).names[ANN])

    assert names == ["Ann", "Ann", "Anna", "Anna"]


async def test_changes_are_written_all_or_none(store: Store) -> None:
    host = await Host.asking(store, ANN)
    before = await host.kept()
    changes: list[Change] = [
        KeepRound(host.id, replace(host.state, number=2), {"x": 1}, 92),
        KeepSeat(host.id, BEN, True, 0, "Ben"),
        KeepAnswer(host.id, answer(), "Ann"),
        CountAsked(GUILD, PACK, "fish"),
    ]
    with pytest.raises(StoreFault):
        await store.rounds.write([*changes, KeepAnswer(host.id + 1, answer(), "Ann")])

    assert (await host.kept(), await store.quizzes.seen(GUILD, PACK)) == (before, {})


async def test_nothing_to_write_is_no_fault(store: Store) -> None:
    await store.rounds.write([])
    await store.rounds.beat([], NOON)


async def test_a_beat_says_that_a_round_is_looked_after(store: Store) -> None:
    first, second, third = [await Host.open(store) for _ in range(3)]
    await store.rounds.beat([third.id, first.id], moment(5))

    assert [(await host.kept()).seen for host in (first, second, third)] == [moment(5), NOON, moment(5)]


async def test_the_rounds_of_all_servers_are_looked_after_until_they_are_settled(store: Store) -> None:
    hosts = [await Host.open(store, guild=GUILD + n) for n in range(4)]
    for host in hosts[1:3]:
        await host.happen(Stopped(moment(5)))
    await store.rounds.write([KeepRound(hosts[1].id, hosts[1].state, {}, CHANNEL, settled=True)])

    assert [(one.id, one.state) for one in await store.rounds.running()] == [
        (host.id, host.state) for host in (hosts[0], hosts[2], hosts[3])
    ]


async def test_a_round_that_changes_after_it_was_settled_is_looked_after_again(store: Store) -> None:
    host = await Host.open(store)
    await host.play({ANN: 0}, {ANN: 1})
    await store.rounds.write([KeepRound(host.id, host.state, {}, CHANNEL, settled=True)])
    before = await store.rounds.running()
    await host.happen(Voided(1, moment(2000)))

    assert ([one.id for one in before], [one.id for one in await store.rounds.running()]) == ([], [host.id])


async def test_a_round_is_not_settled_before_it_has_ended(store: Store) -> None:
    host = await Host.asking(store, ANN)
    await store.rounds.write([KeepRound(host.id, host.state, {}, CHANNEL, settled=True)])

    assert [one.id for one in await store.rounds.running()] == [host.id]


async def test_each_running_round_has_its_own_players_and_answers(store: Store) -> None:
    hosts = [await Host.asking(store, player) for player in (ANN, BEN)]
    for host, player in zip(hosts, (ANN, BEN), strict=True):
        await host.happen(Answered(player, 1, Picked(0), moment(12)))

    assert [comparable(one.state) for one in await store.rounds.running()] == [comparable(one.state) for one in hosts]


async def test_of_a_player_are_the_running_rounds_with_their_seat(store: Store) -> None:
    joined, left, over, foreign = [await Host.open(store) for _ in range(4)]
    await joined.happen(Joined(ANN, NOON), Joined(BEN, NOON))
    await left.happen(Joined(ANN, NOON), Left(ANN, NOON))
    await over.happen(Joined(ANN, NOON), Stopped(NOON))
    await foreign.happen(Joined(BEN, NOON))

    assert [(one.id, one.state) for one in await store.rounds.of_player(ANN)] == [(joined.id, joined.state)]
