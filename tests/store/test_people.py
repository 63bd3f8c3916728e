"""People's choices, and everything that is kept under their ids."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Connection, Table, func, select

from bot.brief.places import Place
from bot.brief.quiz_items import Difficulty, ItemKind, QuizItem
from bot.quiz.practice import Result
from bot.quiz.records import dump_item
from bot.quiz.regrading import Line
from bot.store.database import Store
from bot.store.records import Person
from bot.store.tables import metadata
from bot.store.transactions import Transactions
from tests.store.quiz_host import ANN, BEN, ITEMS, Host

OWN = QuizItem(
    id="own-1",
    kind=ItemKind.NUMBER,
    topic="Own questions",
    difficulty=Difficulty.HARD,
    question="How many?",
    answer=61.5,
    wrong=("20",),
    place=Place("Summary", 1),
)

personal = [table for table in metadata.sorted_tables if "user_id" in table.c]


async def busy(store: Store, user_id: int, now: datetime) -> None:
    """Leave a row of somebody in every table that takes one."""
    await store.people.save(Person(user_id, "hansen-2016", hidden=True))
    await store.feedback.vote(user_id, 81, "hansen-2016", "russia-1", helpful=False, now=now)
    await store.feedback.vote(user_id, None, "hansen-2016", "russia-1", helpful=True, now=now)
    await store.feedback.report(user_id, 81, "hansen-2016", "poll/clinton/bad", "The figure is old.", now)
    await store.digests.create(81, 91, "hansen-2016", {"time": "09:00"}, {"title": "Ours"}, 71, user_id, now, now)
    await quizzed(store, user_id, now)


async def quizzed(store: Store, user_id: int, now: datetime) -> None:
    """Let somebody lead a round, play in it and correct it; keep questions of theirs, and how they practised."""
    host = await Host.open(store, pack="hansen-2016", leader_id=user_id, now=now)
    await host.play({user_id: 0})
    await store.rounds.regraded(host.id, host.state, [], Line(now, user_id, "Nothing changed."))
    await store.quizzes.save_set(81, "hansen-2016", f"Set of {user_id}", ITEMS[:1], user_id, now)
    await store.quizzes.add_own(81, "hansen-2016", [replace(OWN, id=f"own-{user_id}")], user_id, now)
    await store.quizzes.keep_extra(81, user_id, 50)
    await store.quizzes.keep_practice(user_id, "hansen-2016", [Result("fish", True, now)])


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


async def test_who_hides_is_told_from_who_does_not(store: Store) -> None:
    await store.people.save(Person(ANN, hidden=True))
    await store.people.save(Person(BEN))

    assert await store.people.hidden([BEN, ANN, 503]) == {ANN}


async def test_an_export_of_somebody_unknown_says_that_nothing_is_kept(store: Store) -> None:
    quizzes = ("rounds", "seats", "answers", "record", "sets", "own", "extra", "practice")
    sections = ("votes", "reports", "digest_schedules", *(f"quiz_{name}" for name in quizzes))
    nothing: dict[str, object] = {name: [] for name in sections}

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
        **await told_of_quizzes(store, time),
    }


async def told_of_quizzes(store: Store, time: str) -> dict[str, object]:
    """Say what an export of the first busy person tells of quizzes."""
    (kept,) = [one for one in await store.rounds.recent(81) if one.leader_id == ANN]
    here = {"round": kept.id, "guild_id": 81, "pack": "hansen-2016", "title": "Week 3"}
    place = {"guild_id": 81, "pack": "hansen-2016", "time": time}
    result = {"right": True, "seconds": 1.0, "allowed": 30.0, "time": "2026-03-02T12:00:11.123456+00:00"}
    score = {"right": 1, "asked": 1, "score": 1}
    question = {"number": 1, "item": "fish", "question": "What of the fish?", "answer": "swims"}
    own = asdict(OWN) | {"id": f"own-{ANN}", "wrong": ["20"], "accept": [], "also": []}
    return {
        "quiz_rounds": [{**here, "channel_id": 91, "time": time}],
        "quiz_seats": [{**here, "name": f"Player {ANN}", "joined": True, "extra": 0, **score}],
        "quiz_answers": [{**here, **question, **result}],
        "quiz_record": [{**here, "text": "Nothing changed.", "time": time}],
        "quiz_sets": [{**place, "name": f"Set of {ANN}", "items": [dump_item(ITEMS[0])]}],
        "quiz_own": [{**place, "question": own}],
        "quiz_extra": [{"guild_id": 81, "percent": 50}],
        "quiz_practice": [{"pack": "hansen-2016", "item": "fish", "right": True, "time": time}],
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

    assert await store.people.erase(ANN) == 13


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
