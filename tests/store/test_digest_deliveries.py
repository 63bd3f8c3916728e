"""Deliveries of digests, as workers claim and close them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import insert

from bot.store.database import Store, StoreFault
from bot.store.digest_records import Claim, Delivery, Schedule
from bot.store.digest_rows import new_delivery
from bot.store.tables import digest_deliveries
from bot.store.transactions import Transactions

Later = Callable[[float], datetime]
Make = Callable[..., Awaitable[Schedule]]


async def claim(store: Store, at: datetime, until: datetime, owner: str = "worker") -> Delivery:
    """Claim what is to be the only thing to claim."""
    (one,) = await store.digests.claim(at, owner, until, 10)
    return one.delivery


async def send(store: Store, at: datetime, *entries: str, message: int = 7, then: datetime | None = None) -> Delivery:
    """Claim the only thing there is, and record that it was sent."""
    claimed = await claim(store, at, at)
    await store.digests.sent(claimed.id, "worker", message, at, False, entries, then)
    found = await store.digests.find(claimed.guild_id, claimed.id)
    assert found is not None
    return found


async def test_a_claim_gives_the_delivery_and_its_schedule(store: Store, scheduled: Make, now: datetime) -> None:
    made = await scheduled()
    (one,) = await store.digests.claim(now, "worker", now, 10)
    delivery = Delivery(
        one.delivery.id, made.id, 81, 91, "hansen", now, "claimed", 1, now, now, None, None, False, "", (), 1
    )

    assert one == Claim(delivery, made)


async def test_nothing_is_claimed_before_its_time(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled(later(1))

    assert await store.digests.claim(later(0.9), "worker", later(2), 10) == []


async def test_the_longest_waiting_are_claimed_first_and_no_more_than_asked_for(
    store: Store, scheduled: Make, later: Later
) -> None:
    for hours in (3, 1, 4, 2):
        await scheduled(later(hours))
    claims = await store.digests.claim(later(9), "worker", later(10), 3)

    assert [one.delivery.due for one in claims] == [later(1), later(2), later(3)]


async def test_what_is_claimed_is_not_claimed_again(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    await claim(store, later(0), later(1))

    assert await store.digests.claim(later(0.9), "other", later(2), 10) == []


async def test_what_nobody_resolved_before_its_lease_ended_is_claimed_again(
    store: Store, scheduled: Make, later: Later
) -> None:
    await scheduled()
    first = await claim(store, later(0), later(1))
    second = await claim(store, later(1), later(2), "other")

    assert second == replace(first, attempts=2)


async def test_a_second_claim_tells_since_when_a_message_may_have_gone_out(
    store: Store, scheduled: Make, later: Later
) -> None:
    await scheduled()
    for hour in range(3):
        last = await claim(store, later(hour), later(hour + 1))

    assert (last.claimed_since, last.attempts) == (later(0), 3)


async def test_whoever_lost_the_lease_cannot_record_anything(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    lost = (await claim(store, later(0), later(1))).id
    await claim(store, later(1), later(2), "other")
    told = [
        await store.digests.sent(lost, "worker", 7, later(1), False, [], later(24)),
        await store.digests.again(lost, "worker", later(5), "no answer"),
        await store.digests.missed(lost, "worker", "too late", later(24)),
        await store.digests.failed(lost, "worker", "no permission"),
    ]
    found = await store.digests.find(81, lost)

    assert (told, found and found.state, await store.digests.overdue(later(2))) == ([False] * 4, "claimed", 1)


async def test_a_lease_that_ended_without_another_claim_is_still_good_for_recording(
    store: Store, scheduled: Make, later: Later
) -> None:
    await scheduled()
    claimed = await claim(store, later(0), later(1))

    assert await store.digests.sent(claimed.id, "worker", 7, later(2), False, [], later(24))


async def test_nothing_is_recorded_twice(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    claimed = await claim(store, later(0), later(1))
    told = [await store.digests.sent(claimed.id, "worker", 7, later(0), False, [], later(24)) for _ in range(2)]

    assert told == [True, False]


async def test_a_sent_digest_keeps_what_it_showed_and_was_made_of(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    claimed = await claim(store, later(1), later(2))
    await store.digests.sent(claimed.id, "worker", 7, later(1), True, ["r-1", "q-2"], later(24))
    sent = replace(claimed, state="sent", message_id=7, sent_at=later(1), late=True, entries=("r-1", "q-2"))

    assert await store.digests.find(81, claimed.id) == replace(
        sent, claimed_since=None, role_id=made.role_id, setting=made.setting
    )


async def test_the_next_digest_is_open_once_one_is_sent(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await send(store, later(0), then=later(24))
    following = await claim(store, later(24), later(25))

    assert (following.due, following.number, following.schedule_id, following.entries) == (later(24), 2, made.id, ())


async def test_the_last_digest_ends_its_schedule(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await send(store, later(0))
    found = await store.digests.get(81, made.id)

    assert found == replace(made, state="ended", next_due=None)


async def test_a_digest_is_sent_though_its_schedule_was_paused_meanwhile(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.pause(81, made.id, None)
    await store.digests.sent(claimed.id, "worker", 7, later(0), False, [], later(24))

    assert (await store.digests.get(81, made.id), await store.digests.next_try(later(0))) == (
        replace(made, state="paused", next_due=later(24)),
        None,
    )


async def test_a_missed_digest_says_why_and_gives_its_number_to_the_next(
    store: Store, scheduled: Make, later: Later
) -> None:
    await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.missed(claimed.id, "worker", "It would have been 8 h late.", later(24))
    found = await store.digests.find(81, claimed.id)
    following = await claim(store, later(24), later(25))

    assert (found and (found.state, found.why), following.number) == (("missed", "It would have been 8 h late."), 1)


async def test_a_digest_that_fails_disables_its_schedule(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.failed(claimed.id, "worker", "The channel is gone.")
    found = await store.digests.find(81, claimed.id)

    assert (found and (found.state, found.why), await store.digests.get(81, made.id)) == (
        ("failed", "The channel is gone."),
        replace(made, state="disabled", why="The channel is gone.", next_due=None),
    )


async def test_a_digest_that_fails_alone_leaves_its_schedule_active(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.failed(claimed.id, "worker", "A filter dislikes it.", later(24))

    assert await store.digests.get(81, made.id) == replace(made, next_due=later(24))


async def test_what_waits_for_another_try_is_claimed_then(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.again(claimed.id, "worker", later(3), "no answer")
    early = await store.digests.claim(later(2.9), "worker", later(4), 10)
    again = await claim(store, later(3), later(4))

    assert (early, again.why, again.attempts) == ([], "no answer", 2)


@pytest.mark.parametrize("clean", [True, False])
async def test_only_a_clean_failure_makes_it_needless_to_look_for_a_message(
    store: Store, scheduled: Make, later: Later, clean: bool
) -> None:
    await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.again(claimed.id, "worker", later(3), "busy", clean=clean)
    again = await claim(store, later(3), later(4))

    assert again.claimed_since == (later(3) if clean else later(0))


async def test_what_is_posted_at_once_is_claimed_without_a_schedule(store: Store, now: datetime, later: Later) -> None:
    posted = await store.digests.post(81, 91, "hansen", 71, {"title": "Ours"}, now, ["r-1"], 4)
    (one,) = await store.digests.claim(now, "worker", later(1), 10)

    assert (posted.state, one) == (
        "due",
        Claim(replace(posted, state="claimed", attempts=1, claimed_since=now), None),
    )


async def test_what_is_posted_at_once_keeps_its_own_setting_when_sent(store: Store, now: datetime) -> None:
    posted = await store.digests.post(81, 91, "hansen", 71, {"title": "Ours"}, now, ["r-1"])
    sent = await send(store, now, "r-1", "q-1")

    assert (sent.id, sent.role_id, sent.setting, sent.entries) == (posted.id, 71, {"title": "Ours"}, ("r-1", "q-1"))


async def test_what_is_posted_at_once_waits_for_another_try_too(store: Store, now: datetime, later: Later) -> None:
    await store.digests.post(81, 91, "hansen", None, {}, now, [])
    claimed = await claim(store, now, later(1))
    await store.digests.again(claimed.id, "worker", later(2), "no answer", clean=True)

    assert (await claim(store, later(2), later(3))).id == claimed.id


async def test_what_could_be_claimed_is_counted(store: Store, scheduled: Make, later: Later) -> None:
    for hours in (0, 1, 2, 3):
        await scheduled(later(hours))
    await store.digests.pause(81, (await scheduled()).id, None)

    assert await store.digests.overdue(later(2)) == 3


async def test_the_next_try_is_the_earliest(store: Store, scheduled: Make, later: Later) -> None:
    for hours in (5, 3, 4):
        await scheduled(later(hours))

    assert await store.digests.next_try(later(0)) == later(3)


async def test_the_next_try_is_now_when_something_is_overdue(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()

    assert await store.digests.next_try(later(2)) == later(2)


async def test_there_is_no_next_try_when_nothing_is_open(store: Store, later: Later) -> None:
    assert await store.digests.next_try(later(0)) is None


async def test_a_schedule_cannot_have_two_open_deliveries(
    store: Store, transactions: Transactions, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    row = {"schedule_id": made.id, "guild_id": 81, "channel_id": 91, "pack": "hansen", "number": 1}
    statement = insert(digest_deliveries).values(new_delivery(later(5)) | row)

    with pytest.raises(StoreFault):
        await transactions.write(lambda connection: connection.execute(statement))
