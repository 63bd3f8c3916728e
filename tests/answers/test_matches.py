"""How matches are listed: best first, each place once, as many as were asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.answers.answerer import MAX_LIMIT, Answerer
from bot.answers.outcomes import Answered, NotInBrief, Outcome
from bot.brief.pack import Pack, Passage, Section
from bot.brief.places import Place
from bot.words.english import English

QUESTIONS = (
    "Why does Moscow distrust Clinton?",
    "trump",
    "nato",
    "What is the brief about?",
    "how many russians like trump",
    "What about Syria and Ukraine?",
    "quotes",
    "Who wrote it?",
    "pizza",
    "sixty-one percent of them",
)


def places(outcome: Outcome) -> list[Place]:
    return [Place(match.citation.section, match.citation.paragraph) for match in outcome.matches]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_place_is_listed_once(answerer: Answerer, question: str) -> None:
    found = places(answerer.ask(question, 25))

    assert len(found) == len(set(found))


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_fall_from_the_first_to_the_last(answerer: Answerer, question: str) -> None:
    scores = [match.score for match in answerer.ask(question, 25).matches]

    assert all(before >= after for before, after in pairwise(scores))


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_are_shares(answerer: Answerer, question: str) -> None:
    assert all(0 <= match.score <= 1 for match in answerer.ask(question, 25).matches)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_score_is_the_confidence(answerer: Answerer, question: str) -> None:
    outcome = answerer.ask(question)

    assert outcome.matches[0].score == pytest.approx(outcome.confidence, abs=1e-4)


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_the_limit_is_kept(answerer: Answerer, limit: int) -> None:
    assert len(answerer.ask("What about Syria and Ukraine?", limit).matches) == limit


@pytest.mark.parametrize(("limit", "shown"), [(0, 1), (-3, 1), (1_000, MAX_LIMIT)])
def test_a_limit_out_of_bounds_is_brought_back(answerer: Answerer, limit: int, shown: int) -> None:
    assert 1 <= len(answerer.ask("What about Syria and Ukraine?", limit).matches) <= shown


def test_a_longer_list_begins_with_the_shorter(answerer: Answerer) -> None:
    short, long = (answerer.ask("What about Syria?", limit).matches for limit in (3, 10))

    assert [match.id for match in long[:3]] == [match.id for match in short]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_has_the_same_answer(answerer: Answerer, question: str) -> None:
    assert answerer.ask(question) == answerer.ask(question)


def test_an_answer_does_not_depend_on_what_was_asked_before(answerer: Answerer, brief: Pack, english: English) -> None:
    fresh = Answerer(brief, english)

    assert [fresh.ask(question) for question in reversed(QUESTIONS)] == [
        answerer.ask(question) for question in reversed(QUESTIONS)
    ]


@pytest.fixture
def moles(pack: Pack, english: English) -> Answerer:
    """Answer about two moles that only one word tells apart."""
    both = tuple(
        Passage(
            id=f"{which}-mole",
            title=f"The {which} mole",
            place=Place("Moles", number),
            summary=f"Somebody pays for the {which} mole.",
            ask=(f"Who pays for the {which} mole?",),
        )
        for number, which in enumerate(("northern", "southern"), 1)
    )
    moles = Section(id="moles", title="Moles", place=Place("Moles"), summary="There are two.", passages=both)
    return Answerer(replace(pack, sections=(*pack.sections, moles)), english)


def test_two_places_that_are_about_as_good_are_a_tie(moles: Answerer) -> None:
    outcome = moles.ask("who pays for the mole")

    assert isinstance(outcome, Answered)
    assert outcome.tie


def test_both_places_of_a_tie_are_among_the_matches(moles: Answerer) -> None:
    outcome = moles.ask("who pays for the mole")

    assert {match.id for match in outcome.matches[:2]} == {"northern-mole", "southern-mole"}


@pytest.mark.parametrize("which", ["northern", "southern"])
def test_a_word_that_tells_them_apart_is_no_tie(moles: Answerer, which: str) -> None:
    outcome = moles.ask(f"and who is it that pays for the {which} mole")

    assert isinstance(outcome, Answered)
    assert (outcome.matches[0].id, outcome.tie) == (f"{which}-mole", False)


def test_a_refusal_offers_the_nearest_passages_as_such(answerer: Answerer) -> None:
    outcome = answerer.ask("What is said about Putin's dog?")

    assert isinstance(outcome, NotInBrief)
    assert outcome.matches == outcome.nearest != ()


def test_an_answer_is_explained_only_on_request(answerer: Answerer) -> None:
    assert answerer.ask("What about Syria?").evidence is None


def test_an_explanation_names_words_repairs_and_candidates(answerer: Answerer) -> None:
    evidence = answerer.ask("Why does Moscwo distrust Clinton?", explained=True).evidence

    assert evidence is not None
    assert (evidence.repaired, evidence.candidates[0][0]) == ((("moscwo", "moscow"),), "clinton-interventionist")


def test_an_explanation_does_not_change_the_answer(answerer: Answerer) -> None:
    explained = answerer.ask("What about Syria?", explained=True)

    assert replace(explained, evidence=None) == answerer.ask("What about Syria?")
