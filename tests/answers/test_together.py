"""Several packs asked together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answerer import Answerer
from bot.answers.askers import Askers
from bot.answers.outcomes import Answered, NotInBrief, Outcome
from bot.brief.pack import Pack, Passage, Section
from bot.brief.places import Place
from bot.words.english import English


@pytest.fixture(scope="module")
def both(answerer: Answerer, harbour: Answerer, english: English) -> Askers:
    return Askers([answerer, harbour], english)


def sources(outcome: Outcome) -> list[str]:
    return [match.citation.pack for match in outcome.matches]


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("why are the pilots leaving", "harbour"),
        ("How fast does silt fill the harbour?", "harbour"),
        ("Why does Moscow distrust Clinton?", "hansen-2016"),
        ("what did trump say about nato", "hansen-2016"),
    ],
)
def test_the_pack_that_knows_answers(both: Askers, question: str, source: str) -> None:
    assert sources(both.ask(question))[0] == source


def test_the_order_of_the_packs_does_not_decide(answerer: Answerer, harbour: Answerer, english: English) -> None:
    asked = "why are the pilots leaving"
    ahead, behind = (Askers(packs, english).ask(asked) for packs in ([answerer, harbour], [harbour, answerer]))

    assert ahead.matches == behind.matches


def test_one_pack_answers_as_if_alone(harbour: Answerer, english: English) -> None:
    asked = "why are the pilots leaving"

    assert Askers([harbour], english).ask(asked, 2) == harbour.ask(asked, 2)


def test_an_answer_holds_no_passages_of_a_pack_that_refuses(both: Askers) -> None:
    outcome = both.ask("Why do pilots leave?", 25)

    assert isinstance(outcome, Answered)
    assert set(sources(outcome)) == {"harbour"}


def test_both_packs_answers_are_listed_where_both_answer(harbour: Answerer, twin: Answerer, english: English) -> None:
    outcome = Askers([harbour, twin], english).ask("Why do pilots leave?", 2)

    assert set(sources(outcome)) == {"harbour", "twin"}


def test_the_surest_match_leads(both: Askers) -> None:
    outcome = both.ask("Why do pilots leave?")

    assert outcome.matches[0].score == pytest.approx(outcome.confidence, abs=1e-4)


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_the_limit_holds_for_all_together(both: Askers, limit: int) -> None:
    assert len(both.ask("What is the brief about?", limit).matches) <= limit


def test_a_limit_out_of_bounds_is_brought_back(both: Askers) -> None:
    assert len(both.ask("What is the brief about?", 0).matches) == 1


@pytest.mark.parametrize("question", ["pizza", "", "asdfgh", "Hvad mener forfatteren om det?", "🤔"])
def test_what_no_pack_answers_is_refused(both: Askers, question: str) -> None:
    assert isinstance(both.ask(question), NotInBrief)


def test_a_refusal_of_all_packs_offers_passages_of_all(both: Askers) -> None:
    outcome = both.ask("What is said about the price of bread?", 25)

    assert isinstance(outcome, NotInBrief)
    assert set(sources(outcome)) == {"harbour", "hansen-2016"}


def test_two_packs_that_are_equally_sure_are_a_tie(harbour: Answerer, twin: Answerer, english: English) -> None:
    outcome = Askers([harbour, twin], english).ask("Why do pilots leave?")

    assert isinstance(outcome, Answered)
    assert outcome.tie


def test_a_pack_that_nobody_curated_answers_beside_one_that_somebody_did(
    harbour: Answerer, pack: Pack, english: English
) -> None:
    from bot.answers.askers import asker

    plain = Section(
        id="bakery",
        title="Bakery",
        place=Place("Bakery"),
        summary="",
        passages=(
            Passage(
                id="bread",
                title="Bread",
                place=Place("Bakery", 1),
                summary="The baker bakes the rye bread in a stone oven before dawn.",
            ),
        ),
    )
    bare = replace(
        pack, id="bakery", sections=(plain,), quotes=(), figures=(), recommendations=(), overviews=(), terms=(),
        facts=(), untreated=(), outline=("Bakery",), vocabulary=frozenset(),
    )  # fmt: skip
    outcome = Askers([harbour, asker(bare, english)], english).ask("When does the baker bake rye bread?")

    assert sources(outcome)[:1] == ["bakery"]


def test_several_packs_give_the_same_answer_twice(both: Askers) -> None:
    assert both.ask("What about the sea?") == both.ask("What about the sea?")
