"""Weights that are fitted on labelled questions, and kept by name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.answers.answerer import Answerer
from bot.answers.confidence import SIGNALS
from bot.answers.fitting import Labelled, fit_confidence, fit_ranking, own_questions
from bot.answers.index import Index
from bot.answers.query import read
from bot.answers.ranking import FEATURES, look
from bot.answers.weights import BIAS, FITTED, Weights, as_tuning, from_tuning
from bot.brief.tuning import Tuning

Examples = list[tuple[Labelled, Index]]
NOTHING = (0.0,) * len(FEATURES)
OFF_TOPIC = ("best pizza topping", "who won the cup", "how do i cook rice", "what is the capital of france")


@pytest.fixture(scope="module")
def examples(harbour: Answerer) -> Examples:
    """Give the small pack's own questions, each with an index that has not seen it."""
    return list(own_questions(harbour.index.targets, harbour.index.analyzer, harbour.index.english))


@pytest.fixture(scope="module")
def fitted(examples: Examples) -> tuple[float, ...]:
    return fit_ranking(examples)


def right(examples: Examples, weights: Sequence[float]) -> int:
    """Count the questions whose right place comes first."""
    count = 0
    for labelled, index in examples:
        scores = look(read(labelled.question, index), index).scores(tuple(weights))
        target = index.targets[int(scores.argmax())]
        count += target.place in labelled.gold
    return count


def test_every_own_question_is_an_example(harbour: Answerer, examples: Examples) -> None:
    assert sorted(labelled.question for labelled, _ in examples) == sorted(
        question for target in harbour.index.targets for question, _ in target.questions
    )


def test_an_own_question_is_unknown_to_its_index(examples: Examples) -> None:
    twice = {"What is the brief about?"}  # none of these
    assert all(
        labelled.question in twice or labelled.question not in index.texts[: index.questions.end]
        for labelled, index in examples
    )


def test_an_untreated_question_has_no_gold(harbour: Answerer, examples: Examples) -> None:
    gold = {labelled.question: labelled.gold for labelled, _ in examples}

    assert gold["What does the barrier cost?"] == ()


def test_there_is_a_weight_for_every_view(fitted: tuple[float, ...]) -> None:
    assert len(fitted) == len(FEATURES)


def test_fitted_weights_put_more_right_places_first_than_none(examples: Examples, fitted: tuple[float, ...]) -> None:
    assert right(examples, fitted) > 2 * right(examples, NOTHING)


def test_fitted_weights_put_most_right_places_first(examples: Examples, fitted: tuple[float, ...]) -> None:
    answerable = sum(bool(labelled.gold) for labelled, _ in examples)

    assert right(examples, fitted) >= answerable * 0.6


def test_no_view_but_the_untreated_prior_speaks_against_a_target(fitted: tuple[float, ...]) -> None:
    assert all(weight >= 0 for name, weight in zip(FEATURES, fitted, strict=True) if name != "untreated")


def test_fitting_twice_gives_the_same_weights(examples: Examples, fitted: tuple[float, ...]) -> None:
    assert fit_ranking(examples) == fitted


def test_a_question_that_nothing_answers_does_not_change_the_ranking(
    harbour: Answerer, examples: Examples, fitted: tuple[float, ...]
) -> None:
    strange = (Labelled("best pizza topping", ()), harbour.index)

    assert fit_ranking([*examples, strange]) == fitted


def test_fitted_confidence_is_greater_for_what_the_pack_answers(
    harbour: Answerer, examples: Examples, fitted: tuple[float, ...]
) -> None:
    others = [(Labelled(question, ()), harbour.index) for question in OFF_TOPIC]
    weights = Weights(fitted, fit_confidence([*examples, *others], fitted))
    answerer = Answerer(harbour.pack, harbour.index.english, weights)
    inside = [answerer.ask(question).confidence for question in ("why leave the pilots", "when close the gates then")]

    assert min(inside) > max(answerer.ask(question).confidence for question in OFF_TOPIC)


def test_there_is_a_weight_for_every_signal_and_the_bias(examples: Examples, fitted: tuple[float, ...]) -> None:
    assert len(fit_confidence(examples, fitted)) == len(SIGNALS) + 1


def test_weights_survive_being_named() -> None:
    assert from_tuning(as_tuning(FITTED)) == FITTED


def test_every_number_has_its_name() -> None:
    tuning = as_tuning(FITTED)

    assert (set(tuning.ranking), set(tuning.confidence)) == (set(FEATURES), {*SIGNALS, BIAS})


@pytest.mark.parametrize("part", ["ranking", "confidence"])
def test_numbers_for_other_views_are_not_taken(part: str) -> None:
    tuning = as_tuning(FITTED)
    numbers = {"ranking": dict(tuning.ranking), "confidence": dict(tuning.confidence)}
    numbers[part]["of old"] = 1.0

    assert from_tuning(Tuning(**numbers)) is None


def test_the_order_of_named_numbers_does_not_matter() -> None:
    tuning = as_tuning(FITTED)
    turned = Tuning(dict(reversed(tuning.ranking.items())), dict(reversed(tuning.confidence.items())))

    assert from_tuning(turned) == FITTED


def test_a_packs_own_numbers_are_used(harbour: Answerer) -> None:
    from dataclasses import replace

    own = Weights(tuple(0.5 for _ in FEATURES), tuple(0.1 for _ in (*SIGNALS, BIAS)))
    tuned = Answerer(replace(harbour.pack, tuning=as_tuning(own)), harbour.index.english)

    assert tuned.weights == own


def test_a_packs_outdated_numbers_give_way_to_the_programs(harbour: Answerer) -> None:
    from dataclasses import replace

    tuned = Answerer(replace(harbour.pack, tuning=Tuning({"old": 1.0}, {})), harbour.index.english)

    assert tuned.weights == FITTED
