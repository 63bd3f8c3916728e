"""Edits of schedules, which may come while a digest is being delivered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

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


async def test_an_edit_changes_channel_role_rule_setting_and_time(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    wanted = replace(made, channel_id=92, role_id=None, rule={"time": "10:00"}, setting={}, next_due=later(1))

    assert (await store.digests.edit(wanted, later(1)), await kept(store, made)) == (True, wanted)


async def test_an_edit_moves_the_open_digest_and_keeps_its_number(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    first = await claim(store, later(0), later(1))
    await store.digests.sent(first.id, "worker", 7, later(0), False, [], later(24))
    await store.digests.edit(replace(made, channel_id=92), later(5))
    second = await claim(store, later(5), later(6))

    assert (second.due, second.channel_id, second.number) == (later(5), 92, 2)


@pytest.mark.parametrize("change", [{"id": 999}, {"guild_id": 82}])
async def test_what_is_not_there_cannot_be_edited(
    store: Store, scheduled: Make, later: Later, change: dict[str, Any]
) -> None:
    made = await scheduled()

    assert not await store.digests.edit(replace(made, **change), later(1))


async def test_an_edit_leaves_what_is_being_delivered_alone(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.edit(replace(made, channel_id=92), later(5))
    found = await store.digests.find(81, claimed.id)

    assert found == claimed


async def test_the_time_that_an_edit_asked_for_goes_before_what_a_worker_had_worked_out(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.edit(replace(made, channel_id=92), later(5))
    await store.digests.sent(claimed.id, "worker", 7, later(0), False, [], later(24))
    following = await claim(store, later(5), later(6))

    assert (following.due, following.channel_id) == (later(5), 92)


async def test_an_edit_keeps_a_schedule_going_whose_worker_knew_no_further_time(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.edit(made, later(5))
    await store.digests.sent(claimed.id, "worker", 7, later(0), False, [], None)
    found = await kept(store, made)

    assert (found.state, found.next_due) == ("active", later(5))


async def test_an_edit_that_keeps_the_time_of_what_is_being_delivered_makes_no_second_digest_of_it(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.edit(made, later(5))
    await store.digests.edit(replace(made, channel_id=92), made.next_due)
    await store.digests.sent(claimed.id, "worker", 7, later(0), False, [], later(24))

    assert (await kept(store, made)).next_due == later(5)


async def test_an_edit_does_not_move_a_digest_that_may_stand_in_the_channel_already(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.again(claimed.id, "worker", later(2), "no answer")
    await store.digests.edit(replace(made, channel_id=92), later(5))
    again = await claim(store, later(2), later(3))

    assert (again.due, again.channel_id) == (later(0), 91)


async def test_an_edit_takes_effect_once_it_is_sure_that_nothing_went_out(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.edit(replace(made, channel_id=92), later(5))
    await store.digests.again(claimed.id, "worker", later(2), "slow mode", clean=True)
    moved = await claim(store, later(5), later(6))

    assert (moved.id, moved.due, moved.channel_id) == (claimed.id, later(5), 92)


async def test_an_edit_without_a_time_keeps_the_time_of_the_same_rule(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled(later(3))
    await store.digests.edit(replace(made, channel_id=92), None)

    assert await kept(store, made) == replace(made, channel_id=92)


async def test_a_rule_that_has_no_time_left_ends_the_schedule(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled(later(3))
    await store.digests.edit(replace(made, rule={"end": "2026-01-01"}), None)
    found = await kept(store, made)

    assert (found.state, found.next_due, await store.digests.next_try(later(0))) == ("ended", None, None)


async def test_a_schedule_that_ended_goes_on_after_an_edit(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await store.digests.end(made.id)
    await store.digests.edit(made, later(5))
    found = await kept(store, made)

    assert (found.state, found.next_due) == ("active", later(5))


@pytest.mark.parametrize("state", ["paused", "disabled"])
async def test_an_edit_wakes_no_schedule_that_rests(store: Store, scheduled: Make, later: Later, state: str) -> None:
    made = await scheduled()
    await (store.digests.pause(81, made.id, None) if state == "paused" else store.digests.disable(made.id, "gone"))
    await store.digests.edit(made, later(1))
    found = await kept(store, made)

    assert (found.state, found.next_due, await store.digests.claim(later(2), "worker", later(3), 10)) == (
        state,
        later(1),
        [],
    )
