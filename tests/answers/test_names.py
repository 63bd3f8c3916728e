"""One thing under several names, and under misspelt ones."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, Outcome


def led(outcome: Outcome) -> str:
    return outcome.matches[0].id if isinstance(outcome, Answered) else outcome.reason


@pytest.mark.parametrize("name", ["Clinton", "Hillary", "HRC", "Hillary Clinton", "Mrs Clinton", "hrc", "hillary"])
def test_clinton_is_found_by_every_name(answerer: Answerer, name: str) -> None:
    assert led(answerer.ask(f"Why does Moscow distrust {name}?")) == "clinton-interventionist"


@pytest.mark.parametrize("name", ["the Kremlin", "Moscow", "Russia's leadership", "the Kremlin's leadership"])
def test_the_kremlin_is_found_by_every_name(answerer: Answerer, name: str) -> None:
    assert led(answerer.ask(f"Why does {name} distrust Clinton?")) == "clinton-interventionist"


@pytest.mark.parametrize("name", ["Islamic State", "ISIS", "Daesh", "ISIL", "isis"])
def test_the_islamic_state_is_found_by_every_name(answerer: Answerer, name: str) -> None:
    outcome = answerer.ask(f"Could the US and Russia cooperate against {name}?")

    assert outcome.matches[0].citation.section == "Two important regions"


@pytest.mark.parametrize("name", ["US", "USA", "U.S.", "United States", "America", "the US"])
def test_the_united_states_are_found_by_every_name(answerer: Answerer, name: str) -> None:
    assert led(answerer.ask(f"What does Putin want from {name}?")) == led(answerer.ask("What does Putin want from US?"))


@pytest.mark.parametrize("name", ["the Coast Office", "TCO", "the regulator", "Coast Office"])
def test_a_name_of_the_glossary_stands_for_the_thing(harbour: Answerer, name: str) -> None:
    assert led(harbour.ask(f"what should {name} do at once")) == "dredge"


@pytest.mark.parametrize("word", ["silt", "mud"])
def test_a_synonym_finds_the_passage(harbour: Answerer, word: str) -> None:
    assert led(harbour.ask(f"how quickly does {word} fill the harbour")) == "silt"


def test_a_synonym_of_several_words_finds_the_passage(harbour: Answerer) -> None:
    assert led(harbour.ask("is it time to take up again the dredging")) in {"dredge", "silt"}


@pytest.mark.parametrize("form", ["pilot", "pilots", "pilots'", "Pilot's", "PILOTS"])
def test_every_form_of_a_word_finds_the_passage(harbour: Answerer, form: str) -> None:
    assert led(harbour.ask(f"why do the {form} wages matter")) == "pilots"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Why does Moscwo distrust Clinton?", ("moscwo", "moscow")),
        ("Why does Moscow distrust Clnton?", ("clnton", "clinton")),
        ("Why does Moscow disttrust Clinton?", ("disttrust", "distrust")),
        ("Why does Moscow distrust Clinron?", ("clinron", "clinton")),
        ("Why does Voscow distrust Clinton?", ("voscow", "moscow")),
        ("wehn does Moscow distrust Clinton", ("wehn", "when")),
        ("wich reason has Moscow to distrust Clinton", ("wich", "which")),
        ("hwy does Moscow distrust Clinton", ("hwy", "why")),
        ("Why doesn Moscowdistrust Clinton", ("moscowdistrust", "moscow distrust")),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(answerer: Answerer, question: str, read: tuple[str, str]) -> None:
    assert read in answerer.ask(question).repaired


@pytest.mark.parametrize(
    "question",
    [
        "Why does Moscwo distrust Clitnon?",
        "why dose moscow distrust clintons",
        "Why deos Mosow distrsut Clinton?",
        "Why does Moscow disturst Hilary?",
    ],
)
def test_a_question_with_slips_finds_its_answer(answerer: Answerer, question: str) -> None:
    assert led(answerer.ask(question)) == "clinton-interventionist"


@pytest.mark.parametrize(
    "question",
    [
        "Why does Moscow distrust Clinton?",
        "What do Russians think of sovereignty?",
        "Is the house on fire in 2014, 2015 or 2017?",
        "their friend from Sweden walked bananas",
    ],
)
def test_real_words_are_never_repaired(answerer: Answerer, question: str) -> None:
    assert answerer.ask(question).repaired == ()


@pytest.mark.parametrize("number", ["2014", "2105", "611", "9", "20l6", "6I"])
def test_a_number_is_never_repaired(answerer: Answerer, number: str) -> None:
    assert number.lower() not in dict(answerer.ask(f"What about {number} in Russia?").repaired)


def test_a_number_in_words_is_the_number(answerer: Answerer) -> None:
    in_words, in_digits = (
        answerer.ask(f"who has a negative impression of {share} %").matches[0] for share in ("sixty-one", "61")
    )

    assert in_words == in_digits
