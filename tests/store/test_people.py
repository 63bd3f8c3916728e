"""People's choices, and everything that is kept under their ids."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Table, func, select

from bot.store.database import Store
from bot.store.records import Person
from bot.store.tables import metadata
from bot.store.transactions import Transactions

ANN, BEN = 501, 502

personal = [table for table in metadata.sorted_tables if "user_id" in table.c]


async def busy(store: Store, user_id: int, now: datetime) -> None:
    """Leave a row of somebody in every table that takes one."""
    await store.people.save(Person(user_id, "hansen-2016", hidden=True))
    await store.feedback.vote(user_id, 81, "hansen-2016", "russia-1", helpful=False, now=now)
    await store.feedback.vote(user_id, None, "hansen-2016", "russia-1", helpful=True, now=now)
    await store.feedback.report(user_id, 81, "hansen-2016", "poll/clinton/bad", "The figure is old.", now)
    await store.digests.create(81, 91, "hansen-2016", {"time": "09:00"}, {"title": "Ours"}, 71, user_id, now, now)


def rows(table: Table, user_id: int) -> Callable[[Connection], int]:
    return lambda connection: connection.execute(
        select(func.count()).select_from(table).where(table.c.user_id == user_id)
    ).scalar_one()


async def test_somebody_unknown_has_the_defaults(store: Store) -> None:
    assert await store.people.get(ANN) == Person(ANN)


async def test_choices_are_given_back(store: Store) -> None:
    await store.people.save(Person(ANN, "hansen-2016", hidden=True))

    assert await store.people.get(ANN) == Person(ANN, "hansen-2016", hidden=True)


async def test_choices_are_replaced(store: Store) -> None:
    await store.people.save(Person(ANN, "hansen-2016", hidden=True))
    await store.people.save(Person(ANN, "other"))

    assert await store.people.get(ANN) == Person(ANN, "other")


async def test_an_export_of_somebody_unknown_says_that_nothing_is_kept(store: Store) -> None:
    nothing: dict[str, object] = {"votes": [], "reports": [], "digest_schedules": []}

    assert await store.people.export(ANN) == {"user_id": ANN, "choices": None, **nothing}


async def test_an_export_tells_everything_with_its_time(store: Store, now: datetime) -> None:
    await busy(store, ANN, now)
    await busy(store, BEN, now)
    time = "2026-03-01T12:30:15.250000+00:00"
    answer = {"pack": "hansen-2016", "entry": "russia-1", "time": time}

    assert await store.people.export(ANN) == {
        "user_id": ANN,
        "choices": {"pack": "hansen-2016", "hidden": True},
        "votes": [
            {"guild_id": 81, "helpful": False, **answer},
            {"guild_id": None, "helpful": True, **answer},
        ],
        "reports": [
            {
                "guild_id": 81,
                "pack": "hansen-2016",
                "entry": "poll/clinton/bad",
                "note": "The figure is old.",
                "time": time,
            }
        ],
        "digest_schedules": [
            {
                "guild_id": 81,
                "channel_id": 91,
                "pack": "hansen-2016",
                "rule": {"time": "09:00"},
                "setting": {"title": "Ours"},
                "role_id": 71,
                "time": time,
            }
        ],
    }


async def test_an_export_is_ready_for_json(store: Store, now: datetime) -> None:
    await busy(store, ANN, now)
    export = await store.people.export(ANN)

    assert json.loads(json.dumps(export)) == export


async def test_an_export_names_every_table_that_holds_the_person(
    store: Store, transactions: Transactions, now: datetime
) -> None:
    await busy(store, ANN, now)
    kept = {table.name: await transactions.read(rows(table, ANN)) for table in personal}
    export = await store.people.export(ANN)
    told = {
        name: 1 if isinstance(part, dict) else len(part)
        for name, part in export.items()
        if isinstance(part, dict | list)
    }

    assert told == {"choices" if name == "people" else name: count for name, count in kept.items()}


async def test_no_row_holds_an_erased_person(store: Store, transactions: Transactions, now: datetime) -> None:
    await busy(store, ANN, now)
    await store.people.erase(ANN)

    assert [await transactions.read(rows(table, ANN)) for table in personal] == [0] * len(personal)


async def test_erasing_tells_how_many_rows_there_were(store: Store, now: datetime) -> None:
    await busy(store, ANN, now)

    assert await store.people.erase(ANN) == 5


async def test_erasing_somebody_unknown_finds_nothing(store: Store) -> None:
    assert await store.people.erase(ANN) == 0


async def test_totals_outlive_who_voted(store: Store, now: datetime) -> None:
    await busy(store, ANN, now)
    before = await store.feedback.everywhere()
    await store.people.erase(ANN)

    assert await store.feedback.everywhere() == before


async def test_a_schedule_outlives_who_made_it(store: Store, now: datetime) -> None:
    await busy(store, ANN, now)
    (before,) = await store.digests.listed(81)
    await store.people.erase(ANN)

    assert await store.digests.listed(81) == [replace(before, author_id=None)]


async def test_erasing_leaves_others_alone(store: Store, now: datetime) -> None:
    await busy(store, ANN, now)
    await busy(store, BEN, now)
    before = await store.people.export(BEN)
    await store.people.erase(ANN)

    assert await store.people.export(BEN) == before


async def test_the_votes_of_several_erased_people_all_count(store: Store, now: datetime) -> None:
    for user_id in (ANN, BEN):
        await busy(store, user_id, now)
        await store.people.erase(user_id)

    assert [rating.unhelpful for rating in await store.feedback.ratings(81)] == [2]


async def test_whoever_comes_back_after_erasing_votes_anew(store: Store, now: datetime) -> None:
    await busy(store, ANN, now)
    await store.people.erase(ANN)

    assert await store.feedback.vote(ANN, 81, "hansen-2016", "russia-1", helpful=False, now=now)
