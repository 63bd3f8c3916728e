"""Votes on answers, and reports of wrong ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest

from bot.store.database import Store
from bot.store.records import Rating, Report

Later = Callable[[float], datetime]
ANN, BEN, CAT = 501, 502, 503


async def vote(
    store: Store, user: int, at: datetime, *, helpful: bool = False, entry: str = "russia-1", guild: int | None = 81
) -> bool:
    return await store.feedback.vote(user, guild, "hansen", entry, helpful, at)


async def counted(store: Store, guild: int | None = 81) -> list[tuple[str, int, int]]:
    return [(one.entry, one.helpful, one.unhelpful) for one in await store.feedback.ratings(guild)]


async def test_a_vote_counts(store: Store, now: datetime) -> None:
    assert (await vote(store, ANN, now), await counted(store)) == (True, [("russia-1", 0, 1)])


@pytest.mark.parametrize("guild", [81, None])
async def test_the_same_vote_counts_once(store: Store, now: datetime, later: Later, guild: int | None) -> None:
    await vote(store, ANN, now, guild=guild)

    assert (await vote(store, ANN, later(1), guild=guild), await counted(store, guild)) == (False, [("russia-1", 0, 1)])


async def test_a_vote_that_stood_already_keeps_its_time(store: Store, now: datetime, later: Later) -> None:
    await vote(store, ANN, now)
    await vote(store, ANN, later(1))

    assert [one.last for one in await store.feedback.ratings(81)] == [now]


async def test_a_changed_mind_replaces_the_vote(store: Store, now: datetime, later: Later) -> None:
    await vote(store, ANN, now, helpful=False)

    assert (await vote(store, ANN, later(1), helpful=True), await counted(store)) == (True, [("russia-1", 1, 0)])


async def test_a_rating_tells_votes_and_the_latest_time(store: Store, now: datetime, later: Later) -> None:
    await vote(store, ANN, later(2), helpful=True)
    await vote(store, BEN, now)
    await vote(store, CAT, later(1))
    (one,) = await store.feedback.ratings(81)

    assert one == Rating(one.id, 81, "hansen", "russia-1", 1, 2, later(2))


async def test_the_least_helpful_come_first_then_the_latest(store: Store, now: datetime, later: Later) -> None:
    await vote(store, ANN, later(9), helpful=True, entry="good")
    await vote(store, ANN, now, entry="old")
    await vote(store, ANN, later(1), entry="new")
    for user in (ANN, BEN):
        await vote(store, user, now, entry="worst")

    assert [entry for entry, *_ in await counted(store)] == ["worst", "new", "old", "good"]


async def test_servers_and_direct_messages_rate_apart(store: Store, now: datetime) -> None:
    for guild in (81, 82, None):
        await vote(store, ANN, now, guild=guild)

    assert [await counted(store, guild) for guild in (81, 82, None)] == [[("russia-1", 0, 1)]] * 3


async def test_many_who_vote_at_once_all_count(store: Store, now: datetime) -> None:
    await asyncio.gather(*(vote(store, 600 + n, now, helpful=n % 3 == 0) for n in range(12)))

    assert await counted(store) == [("russia-1", 4, 8)]


async def test_an_impatient_finger_votes_once(store: Store, now: datetime) -> None:
    changed = await asyncio.gather(*(vote(store, ANN, now) for _ in range(6)))

    assert (sum(changed), await counted(store)) == (1, [("russia-1", 0, 1)])


async def test_a_dismissed_rating_counts_anew(store: Store, now: datetime, later: Later) -> None:
    for user in (ANN, BEN):
        await vote(store, user, now)
    (one,) = await store.feedback.ratings(81)
    dismissed = await store.feedback.dismiss_rating(81, one.id)

    assert (dismissed, await vote(store, ANN, later(1)), await counted(store)) == (True, True, [("russia-1", 0, 1)])


async def test_dismissing_a_rating_leaves_others_alone(store: Store, now: datetime) -> None:
    await vote(store, ANN, now)
    (one,) = await store.feedback.ratings(81)
    await vote(store, ANN, now, entry="russia-2")
    await vote(store, ANN, now, guild=82)
    await store.feedback.dismiss_rating(81, one.id)

    assert (await counted(store), await counted(store, 82)) == ([("russia-2", 0, 1)], [("russia-1", 0, 1)])


@pytest.mark.parametrize("guild", [82, None])
async def test_a_rating_cannot_be_dismissed_from_elsewhere(store: Store, now: datetime, guild: int | None) -> None:
    await vote(store, ANN, now)
    (one,) = await store.feedback.ratings(81)

    assert (await store.feedback.dismiss_rating(guild, one.id), len(await counted(store))) == (False, 1)


async def test_a_rating_keeps_its_id_while_votes_change(store: Store, now: datetime, later: Later) -> None:
    await vote(store, ANN, now)
    (before,) = await store.feedback.ratings(81)
    await vote(store, ANN, later(1), helpful=True)
    await vote(store, BEN, later(1))
    await store.people.erase(ANN)
    (after,) = await store.feedback.ratings(81)

    assert after.id == before.id


async def test_a_report_is_listed(store: Store, now: datetime) -> None:
    number = await store.feedback.report(ANN, 81, "hansen", "poll/clinton/bad", "Old figure.\nSee p. 4.", now)

    assert await store.feedback.reports(81) == [
        Report(number, 81, "hansen", "poll/clinton/bad", "Old figure.\nSee p. 4.", now)
    ]


async def test_the_latest_report_comes_first(store: Store, now: datetime, later: Later) -> None:
    for note, hours in (("second", 2), ("third", 3), ("first", 1)):
        await store.feedback.report(ANN, 81, "hansen", "russia-1", note, later(hours))

    assert [one.note for one in await store.feedback.reports(81)] == ["third", "second", "first"]


async def test_reports_are_read_in_pages(store: Store, now: datetime) -> None:
    for n in range(5):
        await store.feedback.report(ANN, 81, "hansen", "russia-1", str(n), now)
    pages = [await store.feedback.reports(81, limit=2, offset=offset) for offset in (0, 2, 4)]

    assert [one.note for page in pages for one in page] == ["4", "3", "2", "1", "0"]


async def test_a_report_is_dismissed_once(store: Store, now: datetime) -> None:
    number = await store.feedback.report(ANN, 81, "hansen", "russia-1", "wrong", now)

    assert [await store.feedback.dismiss_report(81, number) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("guild", [82, None])
async def test_a_report_cannot_be_dismissed_from_elsewhere(store: Store, now: datetime, guild: int | None) -> None:
    number = await store.feedback.report(ANN, 81, "hansen", "russia-1", "wrong", now)

    assert not await store.feedback.dismiss_report(guild, number)


async def test_the_curator_sees_the_feedback_of_all_servers(store: Store, now: datetime) -> None:
    for guild in (81, None):
        await vote(store, ANN, now, guild=guild)
        await store.feedback.report(ANN, guild, "hansen", "russia-1", "wrong", now)
    ratings, reports = await store.feedback.everywhere()

    assert ({one.guild_id for one in ratings}, {one.guild_id for one in reports}) == ({81, None}, {81, None})


async def test_what_is_older_than_a_time_is_forgotten(store: Store, now: datetime, later: Later) -> None:
    for user, moment in ((ANN, now), (BEN, later(2))):
        await vote(store, user, moment)
        await store.feedback.report(user, 81, "hansen", "russia-1", "wrong", moment)
    gone = await store.feedback.forget(later(2))

    assert (gone, await counted(store), len(await store.feedback.reports(81))) == (2, [("russia-1", 0, 1)], 1)
