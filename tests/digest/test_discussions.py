"""The discussion questions that ship: enough for a course, open, short, and each from its own place."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.brief.pack import MAX_DISCUSSION, Discussion
from bot.files.packs import load_pack

BRIEF = load_pack(Path(__file__).parents[2] / "content" / "hansen-2016")
RECALL = re.compile(r"^(?:who|when|where|how many|how much did|what percentage|what is the name)\b", re.IGNORECASE)

every_question = pytest.mark.parametrize("discussion", BRIEF.discussions, ids=lambda one: one.id)


def test_there_are_questions_for_a_course() -> None:
    assert len(BRIEF.discussions) >= 24


@every_question
def test_a_question_is_short_enough_for_a_card(discussion: Discussion) -> None:
    assert len(discussion.question) <= MAX_DISCUSSION


@every_question
def test_a_question_asks_or_sets_a_task(discussion: Discussion) -> None:
    assert re.search(
        r"\?|\b(?:argue|weigh|compare|apply|find|try|choose|describe|judge)\b", discussion.question, re.IGNORECASE
    )


@every_question
def test_a_question_does_not_ask_to_recall(discussion: Discussion) -> None:
    assert not RECALL.match(discussion.question)


@every_question
def test_a_question_rests_on_a_place_with_something_to_read(discussion: Discussion) -> None:
    places = {entry.place for entry in BRIEF.entries}

    assert {discussion.place, *discussion.also} <= places


def test_every_section_with_an_argument_has_its_questions() -> None:
    sections = {place.section for one in BRIEF.discussions for place in (one.place, *one.also)}

    assert sections >= {section.title for section in BRIEF.sections}


def test_two_neighbours_do_not_rest_on_the_same_place() -> None:
    places = [one.place for one in BRIEF.discussions]

    assert all(first != second for first, second in pairwise(places))
