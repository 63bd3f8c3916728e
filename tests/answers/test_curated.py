"""Curated questions lead to their own answers, whatever else is near."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, NotInBrief, Outcome, Why
from bot.answers.suggestions import MAX_SUGGESTIONS, Suggester
from bot.answers.targets import Target
from bot.brief.pack import Pack

EVERY = 7  # of so many curated questions one is asked: all of them take long


def labels(suggester: Suggester) -> tuple[str, ...]:
    """Collect every label by typing its own beginning, and what is pinned."""
    return tuple(label.text for label in suggester._labels)  # noqa: SLF001  # no other way tells all of them


def curated(answerer: Answerer) -> list[tuple[str, str, Target]]:
    """List one in so many curated questions with its direct answer and its target."""
    return [
        (question, answer, target)
        for target in answerer.index.targets
        if not target.untreated
        for question, answer in target.questions
    ][::EVERY]


def refusal(outcome: Outcome) -> str:
    return outcome.reason if isinstance(outcome, NotInBrief) else ""


def astray(answerer: Answerer, asked: str) -> str:
    """Ask a suggested question; name what is wrong with its answer, or nothing."""
    outcome = answerer.ask(asked)
    if not isinstance(outcome, Answered):
        return f"{asked}: {outcome.reason}"
    return "" if outcome.matches[0].asked == asked else f"{asked}: {outcome.matches[0].id}"


def test_every_suggestion_of_the_brief_leads_to_exactly_its_answer(answerer: Answerer, suggester: Suggester) -> None:
    assert list(filter(None, (astray(answerer, label) for label in labels(suggester)))) == []


def test_every_suggestion_of_the_brief_is_answered_for_sure(answerer: Answerer, suggester: Suggester) -> None:
    assert {answerer.ask(label).confidence for label in labels(suggester)} == {1.0}


def test_every_suggestion_of_a_small_pack_leads_to_exactly_its_answer(harbour: Answerer) -> None:
    found = labels(Suggester(harbour.pack))

    assert list(filter(None, (astray(harbour, label) for label in found))) == []


def test_there_is_a_suggestion_for_every_answer_of_the_brief(answerer: Answerer, suggester: Suggester) -> None:
    reached = {answerer.ask(label).matches[0].id for label in labels(suggester)}

    assert reached == {target.id for target in answerer.index.targets if not target.untreated and target.questions}


def test_a_curated_question_leads_to_its_own_entry(answerer: Answerer) -> None:
    wrong = [
        f"{question}: {target.id}"
        for question, _, target in curated(answerer)
        if [match.id for match in answerer.ask(question, 1).matches] != [target.id]
    ]

    assert wrong == []


def test_a_curated_question_gives_its_own_direct_answer(answerer: Answerer) -> None:
    wrong = [
        f"{question}: {target.id}"
        for question, answer, target in curated(answerer)
        if [match.answer for match in answerer.ask(question, 1).matches] != [answer]
    ]

    assert wrong == []


def test_a_curated_untreated_question_is_refused_with_its_sentence(answerer: Answerer, brief: Pack) -> None:
    asked = [(question, subject.sentence) for subject in brief.untreated for question in subject.ask][::EVERY]
    wrong = [question for question, sentence in asked if refusal(answerer.ask(question, 1)) != sentence]

    assert wrong == []


def test_an_untreated_question_is_refused_for_sure(harbour: Answerer) -> None:
    outcome = harbour.ask("What does the barrier cost?")

    assert (outcome.confidence, isinstance(outcome, NotInBrief) and outcome.why) == (0, Why.UNTREATED)


@pytest.mark.parametrize(
    "question",
    ["how fast does silt fill the harbour", "HOW FAST DOES SILT FILL THE HARBOUR?!", "How fast does silt fill harbour"],
)
def test_case_marks_and_articles_do_not_matter(harbour: Answerer, question: str) -> None:
    assert harbour.ask(question).confidence == 1


def test_a_pinned_suggestion_is_answered_for_sure(answerer: Answerer, suggester: Suggester) -> None:
    assert {answerer.ask(label).confidence for label in suggester.suggest("", MAX_SUGGESTIONS)} == {1.0}
