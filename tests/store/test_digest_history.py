"""What became of digests: the history, what it showed, what is taken back or forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.store.database import Store
from bot.store.digest_records import Delivery, Schedule

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


async def test_the_history_begins_with_the_latest_and_leaves_out_what_waits_for_its_time(
    store: Store, scheduled: Make, later: Later
) -> None:
    await scheduled()
    for hour in range(3):
        await send(store, later(hour), then=later(hour + 1))

    assert [one.due for one in await store.digests.history(81, None)] == [later(2), later(1), later(0)]


async def test_the_history_tells_what_is_being_tried(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    claimed = await claim(store, later(0), later(1))
    await store.digests.again(claimed.id, "worker", later(3), "no answer")

    assert [(one.state, one.why) for one in await store.digests.history(81, None)] == [("due", "no answer")]


async def test_the_history_is_that_of_a_server_or_of_one_schedule(store: Store, scheduled: Make, later: Later) -> None:
    for hour, guild in enumerate((81, 81, 82)):
        await scheduled(later(hour), guild)
        await send(store, later(hour), then=later(99))
    first, second = await store.digests.listed(81)
    seen = [await store.digests.history(81, one) for one in (None, first.id, second.id)]

    assert [[one.due for one in part] for part in seen] == [[later(1), later(0)], [later(0)], [later(1)]]


async def test_a_schedule_of_another_server_has_no_history_here(store: Store, scheduled: Make, later: Later) -> None:
    made = await scheduled()
    await send(store, later(0))

    assert await store.digests.history(82, made.id) == []


async def test_a_delivery_is_found_in_its_own_server_only(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    sent = await send(store, later(0))

    assert await store.digests.find(82, sent.id) is None


async def test_a_digest_is_withdrawn_once_and_from_its_own_server(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    sent = await send(store, later(0))

    assert [await store.digests.withdrawn(guild, sent.id) for guild in (82, 81, 81)] == [False, True, False]


async def test_what_was_not_sent_cannot_be_withdrawn(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    claimed = await claim(store, later(0), later(1))

    assert not await store.digests.withdrawn(81, claimed.id)


async def test_a_corrected_digest_shows_what_it_shows_now(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    sent = await send(store, later(0), "r-1")
    corrected = await store.digests.corrected(81, sent.id, {"title": "Mended"}, ["r-2"])

    assert (corrected, await store.digests.find(81, sent.id)) == (
        True,
        replace(sent, setting={"title": "Mended"}, entries=("r-2",)),
    )


async def test_what_was_shown_is_listed_the_oldest_first(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    for hour in range(4):
        await send(store, later(hour), f"r-{hour}", "q-1", then=later(hour + 1))

    assert await store.digests.shown(81, "hansen", 3) == [("r-1", "q-1"), ("r-2", "q-1"), ("r-3", "q-1")]


async def test_what_was_shown_is_that_of_a_server_and_a_brief(store: Store, scheduled: Make, later: Later) -> None:
    for hour, (guild, pack) in enumerate(((81, "hansen"), (82, "hansen"), (81, "other"))):
        await scheduled(later(hour), guild, pack)
        await send(store, later(hour), f"r-{hour}")

    assert (await store.digests.shown(81, "hansen"), await store.digests.last_sent(81, "hansen")) == (
        [("r-0",)],
        later(0),
    )


async def test_a_withdrawn_digest_was_not_shown(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    sent = await send(store, later(0), "r-1")
    await store.digests.withdrawn(81, sent.id)

    assert (await store.digests.shown(81, "hansen"), await store.digests.last_sent(81, "hansen")) == ([], None)


async def test_what_was_posted_tells_its_times(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    await send(store, later(2), "r-1")

    assert await store.digests.posted(81, "hansen") == [(later(2), ("r-1",))]


async def test_history_from_before_a_time_is_forgotten(store: Store, scheduled: Make, later: Later) -> None:
    await scheduled()
    for hour in range(4):
        await send(store, later(hour), then=later(hour + 1))
    gone = await store.digests.forget(later(2))

    assert (gone, [one.due for one in await store.digests.history(81, None)]) == (2, [later(3), later(2)])


async def test_what_is_open_is_not_forgotten(store: Store, scheduled: Make, now: datetime, later: Later) -> None:
    await scheduled()
    await store.digests.pause(81, (await scheduled()).id, None)
    await store.digests.post(81, 91, "hansen", None, {}, now, [])

    assert await store.digests.forget(later(9)) == 0


async def test_what_a_deleted_schedule_left_unresolved_is_forgotten(
    store: Store, scheduled: Make, later: Later
) -> None:
    made = await scheduled()
    await claim(store, later(0), later(1))
    await store.digests.delete(81, made.id)

    assert await store.digests.forget(later(9)) == 1
