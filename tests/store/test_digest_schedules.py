"""Schedules of digests, as moderators change them while workers deliver."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest

from bot.store.database import Store
from bot.store.digest_records import Delivery, Schedule

Later = Callable[[float], datetime]
Make = Callable[..., Awaitable[Schedule]]


async def claim(store: Store, at: datetime, until: datetime) -> Delivery:
    """Claim what is to be the only thing to claim."""
    (one,) = await store.digests.claim(at, "worker", until, 10)
    return one.delivery


async def kept(store: Store, schedule: Schedule) -> Schedule:
    found = await store.digests.get(schedule.guild_id, schedule.id)
    assert found is not None
    return found


async def test_a_new_schedule_is_active_and_has_its_first_digest_open(store: Store, now: datetime) -> None:
    rule, setting = {"frequency": "weekly", "weekdays": ["mon"]}, {"title": "Ours", "parts": {"quote": False}}
    made = await store.digests.create(81, 91, "hansen", rule, setting, 71, 501, now, now)

    assert (
        made
        == await kept(store, made)
        == Schedule(made.id, 81, 91, "hansen", rule, setting, 71, 501, "active", None, "", now, now)
    )


@pytest.mark.parametrize("title", ["nul\0", "half \ud83d", "'; DROP TABLE guilds; --", "🤷 ẞ ﷽", ""])
async def test_whatever_a_moderator_types_comes_back(store: Store, now: datetime, title: str) -> None:
    made = await store.digests.create(81, 91, "hansen", {}, {"title": title}, None, 501, now, now)

    assert (await kept(store, made)).setting == {"title": title}


async def test_a_schedule_is_known_in_its_own_server_only(store: Store, scheduled: Make) -> None:
    made = await scheduled()

    assert await store.digests.get(82, made.id) is None


async def test_the_schedules_of_a_server_are_listed_the_oldest_first(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = [await scheduled(later(hours), guild) for hours, guild in ((9, 81), (1, 82), (5, 81))]

    assert await store.digests.listed(81) == [made[0], made[2]]


async def test_the_schedules_of_a_server_are_counted(store: Store, scheduled: Make) -> None:
    for guild in (81, 82, 81):
        await scheduled(guild=guild)

    assert await store.digests.count(81) == 2


async def test_nothing_of_a_paused_schedule_is_claimed(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    paused = await store.digests.pause(81, made.id, None)

    assert (paused, await store.digests.claim(later(9), "worker", later(10), 10)) == (True, [])


async def test_a_paused_schedule_tells_when_it_goes_on(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await store.digests.pause(81, made.id, None)
    await store.digests.pause(81, made.id, later(50))

    assert await kept(store, made) == replace(made, state="paused", resume_at=later(50))


async def test_only_an_active_schedule_can_be_paused(store: Store, scheduled: Make) -> None:
    made = await scheduled()
    elsewhere = await store.digests.pause(82, made.id, None)
    await store.digests.end(made.id)

    assert (elsewhere, await store.digests.pause(81, made.id, None)) == (False, False)


async def test_what_is_due_to_be_resumed_is_listed_for_all_servers(store: Store, scheduled: Make, later: Later) -> None:
    made = [await scheduled(later(99), guild) for guild in (81, 82, 83, 84)]
    for schedule, resume_at in zip(made, (later(2), later(1), later(3), None), strict=True):
        await store.digests.pause(schedule.guild_id, schedule.id, resume_at)
    found = await store.digests.due_to_resume(later(2), 10)

    assert [one.guild_id for one in found] == [82, 81]


async def test_a_resumed_schedule_goes_on_at_its_time(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await store.digests.pause(81, made.id, later(5))
    resumed = await store.digests.resume(81, made.id, later(6))

    assert (resumed, await kept(store, made)) == (True, replace(made, next_due=later(6)))


async def test_what_is_not_resting_cannot_be_resumed(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()

    assert not await store.digests.resume(81, made.id, later(6))


async def test_a_digest_that_failed_does_not_use_its_number_up(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.failed(claimed.id, "worker", "I may not write there.")
    await store.digests.resume(81, made.id, later(6))
    following = await claim(store, later(6), later(7))

    assert (following.number, (await kept(store, made)).why) == (1, "")


async def test_a_digest_of_which_nothing_is_known_is_resolved_when_its_schedule_goes_on(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.pause(81, made.id, None)
    await store.digests.again(claimed.id, "worker", later(2), "no answer")
    asleep = await store.digests.claim(later(3), "worker", later(4), 10)
    await store.digests.resume(81, made.id, later(9))
    again = await claim(store, later(5), later(6))

    assert (asleep, again.due, again.claimed_since) == ([], later(0), later(0))


async def test_a_lease_that_ended_is_taken_up_though_the_schedule_is_paused(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    await claim(store, later(0), later(1))
    await store.digests.pause(81, made.id, None)
    (again,) = await store.digests.claim(later(1), "other", later(2), 10)

    assert again.schedule == replace(made, state="paused")


async def test_a_disabled_schedule_says_why(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await store.digests.pause(81, made.id, later(1))
    await store.digests.disable(made.id, "The channel is gone.")

    assert await kept(store, made) == replace(made, state="disabled", why="The channel is gone.")


async def test_what_is_being_delivered_when_a_schedule_ends_is_its_last(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.end(made.id)
    sent = await store.digests.sent(claimed.id, "worker", 7, later(0), False, [], later(24))
    found = await kept(store, made)

    assert (sent, found.state, found.next_due) == (True, "ended", None)


async def test_a_deleted_schedule_is_gone_with_its_open_digest(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    deleted = await store.digests.delete(81, made.id)

    assert (deleted, await store.digests.listed(81), await store.digests.next_try(later(0))) == (True, [], None)


async def test_what_a_deleted_schedule_sent_stays_in_the_history(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.sent(claimed.id, "worker", 7, later(0), False, ["r-1"], later(24))
    await store.digests.delete(81, made.id)
    (one,) = await store.digests.history(81, None)

    assert (one.schedule_id, one.message_id, one.setting) == (None, 7, made.setting)


async def test_a_schedule_is_deleted_once_and_from_its_own_server(store: Store, scheduled: Make) -> None:
    made = await scheduled()

    assert [await store.digests.delete(guild, made.id) for guild in (82, 81, 81)] == [False, True, False]


async def test_what_is_being_delivered_while_its_schedule_is_deleted_is_recorded(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.delete(81, made.id)
    sent = await store.digests.sent(claimed.id, "worker", 7, later(0), False, [], later(24))

    assert (sent, [one.message_id for one in await store.digests.history(81, None)]) == (True, [7])


@pytest.mark.parametrize("again", [True, False])
async def test_nobody_takes_up_what_a_deleted_schedule_left(
    store: Store, scheduled: Make, later: Later, again: bool
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.delete(81, made.id)
    if again:
        await store.digests.again(claimed.id, "worker", later(2), "no answer", clean=True)

    assert await store.digests.claim(later(9), "other", later(10), 10) == []


async def test_a_skipped_digest_gives_its_number_to_the_next(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    skipped = await store.digests.skip(81, made.id, later(24))
    following = await claim(store, later(24), later(25))

    assert (skipped, following.due, following.number) == (later(0), later(24), 1)


async def test_a_skipped_digest_stands_in_the_history(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await store.digests.skip(81, made.id, later(24))

    assert [(one.due, one.state) for one in await store.digests.history(81, made.id)] == [(later(0), "skipped")]


async def test_skipping_the_last_digest_ends_the_schedule(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    skipped = await store.digests.skip(81, made.id, None)

    assert (skipped, (await kept(store, made)).state) == (later(0), "ended")


async def test_what_is_being_delivered_cannot_be_skipped(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await claim(store, later(0), later(1))

    assert await store.digests.skip(81, made.id, later(24)) is None


async def test_a_digest_cannot_be_skipped_from_elsewhere(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()

    assert await store.digests.skip(82, made.id, later(24)) is None


async def test_skipping_in_a_paused_schedule_leaves_it_paused(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await store.digests.pause(81, made.id, None)
    await store.digests.skip(81, made.id, later(1))

    assert await store.digests.claim(later(2), "worker", later(3), 10) == []
