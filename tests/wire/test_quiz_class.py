"""A class of 300 answers ten questions while the bot's process is killed three times: nothing that was told is lost."""

from __future__ import annotations

import asyncio
import secrets
from statistics import quantiles

import pytest

from tests.store.conftest import command
from tests.wire.class_matrix import hold_class
from tests.wire.lessons import MEMBERS, QUESTIONS, Moment
from tests.wire.marking import Outcome

PLAN = {2: Moment.ANSWERING, 5: Moment.ANSWERING, 8: Moment.ANSWERING}  # the last of them is typed
ALLOWED = 3.0  # seconds that Discord waits for an acknowledgement
TAKEN_UP = 5.0  # seconds


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """Hold the class, on each kind of database."""
    if request.param == "sqlite":
        return asyncio.run(hold_class(1, PLAN))
    server, name = request.getfixturevalue("server"), f"t{secrets.token_hex(6)}"
    asyncio.run(command(server, f"CREATE DATABASE {name}"))
    return asyncio.run(hold_class(1, PLAN, server.get_uri(database=name)))


def test_every_acknowledged_answer_is_kept_as_it_was_acknowledged_last(outcome: Outcome) -> None:
    assert outcome.lost == ()


def test_everybody_answered_every_question_once(outcome: Outcome) -> None:
    assert outcome.rows == MEMBERS * QUESTIONS


def test_some_changed_their_answers_and_some_had_to_press_again(outcome: Outcome) -> None:
    assert outcome.acknowledged > outcome.rows
    assert outcome.again > 0


def test_one_message_stands_for_each_question_the_lobby_and_the_podium(outcome: Outcome) -> None:
    assert outcome.doubled == ()


def test_reveals_scores_and_podium_tell_what_follows_from_the_rows(outcome: Outcome) -> None:
    assert outcome.wrong == ()


def test_a_question_that_was_open_gets_its_lost_time_back(outcome: Outcome) -> None:
    assert outcome.short == ()


def test_the_round_is_taken_up_soon_after_each_kill(outcome: Outcome) -> None:
    assert outcome.kills == len(outcome.taken_up) == len(PLAN)
    assert max(outcome.taken_up) < TAKEN_UP


def test_answers_are_acknowledged_while_discord_waits_for_them(outcome: Outcome) -> None:
    assert quantiles(outcome.latencies, n=100, method="inclusive")[98] < ALLOWED
