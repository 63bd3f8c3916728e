"""Unanswered questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from bot.store.database import Store
from bot.store.records import UnansweredQuestion

Later = Callable[[float], datetime]


def different(_text: str, _known: Sequence[str]) -> str | None:
    return None


def alike(text: str, known: Sequence[str]) -> str | None:
    """Find a known text with the same first word."""
    return next((one for one in known if one.split()[0] == text.split(maxsplit=1)[0]), None)


async def ask(store: Store, *texts: str, guild: int | None = 81, pack: str = "hansen", at: datetime) -> None:
    for text in texts:
        await store.unanswered.note(guild, pack, text, at, different)


async def texts(store: Store, guild: int | None = 81) -> list[tuple[str, int]]:
    return [(one.text, one.count) for one in await store.unanswered.listed(guild)]


async def test_nothing_is_listed_at_first(store: Store) -> None:
    assert (await store.unanswered.listed(81), await store.unanswered.count(81)) == ([], 0)


async def test_a_question_is_listed_with_its_times(store: Store, now: datetime, later: Later) -> None:
    await ask(store, "who leaked it", at=now)
    await ask(store, "who leaked it", at=later(2))
    (one,) = await store.unanswered.listed(81)

    assert one == UnansweredQuestion(one.id, 81, "hansen", "who leaked it", 2, now, later(2))


async def test_a_nearly_equal_question_counts_under_the_known_one(store: Store, now: datetime) -> None:
    for text in ("tillerson when", "tillerson why", "brexit when"):
        await store.unanswered.note(81, "hansen", text, now, alike)

    assert await texts(store) == [("tillerson when", 2), ("brexit when", 1)]


async def test_only_questions_of_the_same_server_and_brief_are_held_against_a_new_one(
    store: Store, now: datetime
) -> None:
    await ask(store, "one", "two", at=now)
    await ask(store, "of another server", guild=82, at=now)
    await ask(store, "of another brief", pack="other", at=now)
    seen: list[str] = []
    await store.unanswered.note(81, "hansen", "three", now, lambda _text, known: seen.extend(known))

    assert sorted(seen) == ["one", "two"]


async def test_what_likeness_names_without_its_being_known_is_new(store: Store, now: datetime) -> None:
    await ask(store, "one", at=now)
    await store.unanswered.note(81, "hansen", "two", now, lambda _text, _known: "three")

    assert sorted(await texts(store)) == [("one", 1), ("two", 1)]


async def test_the_most_asked_come_first_then_the_latest(store: Store, now: datetime, later: Later) -> None:
    await ask(store, "twice", "old", at=now)
    await ask(store, "new", at=later(1))
    await ask(store, "twice", at=now)

    assert await texts(store) == [("twice", 2), ("new", 1), ("old", 1)]


async def test_a_list_is_read_in_pages(store: Store, now: datetime) -> None:
    await ask(store, *(f"question {n}" for n in range(7)), at=now)
    pages = [await store.unanswered.listed(81, limit=3, offset=offset) for offset in (0, 3, 6)]

    assert [one.text for page in pages for one in page] == [f"question {n}" for n in reversed(range(7))]


async def test_servers_and_direct_messages_have_their_own_lists(store: Store, now: datetime) -> None:
    for guild in (81, 82, None):
        await ask(store, f"asked in {guild}", guild=guild, at=now)

    assert [await texts(store, guild) for guild in (81, 82, None)] == [
        [("asked in 81", 1)],
        [("asked in 82", 1)],
        [("asked in None", 1)],
    ]


async def test_what_was_asked_about_a_brief_since_a_time_is_listed_the_most_asked_first(
    store: Store, now: datetime, later: Later
) -> None:
    await ask(store, "old", "old", "old", at=now)
    await ask(store, "once", "twice", "twice", at=later(1))
    await ask(store, "of another brief", pack="other", at=later(1))
    await ask(store, "of another server", guild=82, at=later(1))
    found = [await store.unanswered.asked_since(81, "hansen", later(1), limit) for limit in (9, 1)]

    assert [[one.text for one in part] for part in found] == [["twice", "once"], ["twice"]]


async def test_the_same_question_in_direct_messages_is_one(store: Store, now: datetime) -> None:
    await ask(store, "why", "why", guild=None, at=now)

    assert await texts(store, None) == [("why", 2)]


async def test_the_curator_sees_equal_questions_of_all_servers_as_one(
    store: Store, now: datetime, later: Later
) -> None:
    await ask(store, "why", guild=81, at=now)
    await ask(store, "why", guild=82, at=later(3))
    await ask(store, "why", guild=None, pack="other", at=later(1))
    everywhere = await store.unanswered.everywhere()

    assert [(q.guild_id, q.pack, q.text, q.count, q.first, q.last) for q in everywhere] == [
        (None, "hansen", "why", 2, now, later(3)),
        (None, "other", "why", 1, later(1), later(1)),
    ]


async def test_a_count_is_of_one_server(store: Store, now: datetime) -> None:
    await ask(store, "one", "two", "two", at=now)
    await ask(store, "three", guild=82, at=now)

    assert await store.unanswered.count(81) == 2


async def test_a_dismissed_question_is_gone(store: Store, now: datetime) -> None:
    await ask(store, "one", "two", at=now)
    latest, _ = await store.unanswered.listed(81)

    assert (await store.unanswered.dismiss(81, latest.id), await texts(store)) == (True, [("one", 1)])


async def test_a_question_cannot_be_dismissed_twice(store: Store, now: datetime) -> None:
    await ask(store, "one", at=now)
    (one,) = await store.unanswered.listed(81)
    await store.unanswered.dismiss(81, one.id)

    assert not await store.unanswered.dismiss(81, one.id)


@pytest.mark.parametrize("guild", [82, None])
async def test_a_question_cannot_be_dismissed_from_elsewhere(store: Store, now: datetime, guild: int | None) -> None:
    await ask(store, "one", at=now)
    (one,) = await store.unanswered.listed(81)

    assert (await store.unanswered.dismiss(guild, one.id), await store.unanswered.count(81)) == (False, 1)


async def test_a_dismissed_question_that_is_asked_again_counts_from_one(
    store: Store, now: datetime, later: Later
) -> None:
    await ask(store, "one", "one", at=now)
    (one,) = await store.unanswered.listed(81)
    await store.unanswered.dismiss(81, one.id)
    await ask(store, "one", at=later(1))
    (again,) = await store.unanswered.listed(81)

    assert (again.count, again.first) == (1, later(1))


async def test_an_id_is_never_given_twice(store: Store, now: datetime) -> None:
    await ask(store, "one", at=now)
    (one,) = await store.unanswered.listed(81)
    await store.unanswered.dismiss(81, one.id)
    await ask(store, "two", at=now)
    (two,) = await store.unanswered.listed(81)

    assert two.id != one.id


async def test_what_was_last_asked_before_a_time_is_forgotten(store: Store, now: datetime, later: Later) -> None:
    await ask(store, "old", "asked again", at=now)
    await ask(store, "asked again", "new", at=later(2))

    assert (await store.unanswered.forget(later(2)), sorted(await texts(store))) == (
        1,
        [("asked again", 2), ("new", 1)],
    )


@pytest.mark.parametrize("guild", [81, None])
async def test_the_same_question_at_once_is_one_row(store: Store, now: datetime, guild: int | None) -> None:
    await asyncio.gather(*(ask(store, "why", guild=guild, at=now) for _ in range(12)))

    assert await texts(store, guild) == [("why", 12)]


async def test_nearly_equal_questions_at_once_are_one_row(store: Store, now: datetime) -> None:
    await asyncio.gather(*(store.unanswered.note(81, "hansen", f"why {n}", now, alike) for n in range(12)))

    assert [count for _, count in await texts(store)] == [12]


async def test_two_programs_that_note_the_same_question_at_once_make_one_row(url: str, now: datetime) -> None:
    one, two = await Store.open(url), await Store.open(url)
    await asyncio.gather(*(ask(store, "why", at=now) for store in (one, two) for _ in range(6)))
    found = await texts(one)
    await one.close()
    await two.close()

    assert found == [("why", 12)]


async def test_the_longest_question_that_discord_lets_one_write_is_kept(store: Store, now: datetime) -> None:
    text = "".join(chr(0x1F300 + n % 700) for n in range(6_000))
    await ask(store, text, text, at=now)

    assert await texts(store) == [(text, 2)]


@pytest.mark.parametrize("odd", ["nul\0", "half \ud83d", "'; DROP TABLE unanswered; --", "🤷 ẞ ﷽", ""])
async def test_odd_characters_neither_fail_nor_split_a_question(store: Store, now: datetime, odd: str) -> None:
    await ask(store, odd, odd, at=now)

    assert [count for _, count in await texts(store)] == [2]
