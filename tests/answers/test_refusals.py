"""What is said when the brief does not answer: never more than is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, NotInBrief, Why
from bot.brief.pack import Pack
from bot.words.stems import stem
from bot.words.text import words

FORMS = ("What about {}?", "{}", "Is {} mentioned?", "What did Tolstoy say about {}?")
CLAIM = "The brief does not mention "


def refused(answerer: Answerer, question: str) -> NotInBrief:
    outcome = answerer.ask(question)
    assert isinstance(outcome, NotInBrief), outcome.matches[0].id
    return outcome


def claimed(answerer: Answerer, question: str) -> set[str]:
    """Collect the words that an answer calls absent, as the brief's own stems."""
    outcome = answerer.ask(question)
    if not isinstance(outcome, NotInBrief) or outcome.why != Why.ABSENT:
        return set()
    return {stem(word) for word in words(outcome.reason.removeprefix(CLAIM)) if word != "or"}


def names_of(pack: Pack) -> Iterator[str]:
    """Yield every alias of a thing that some name of it proves to be in the document."""
    for alias in pack.glossary.aliases:
        names = (alias.name, *alias.also)
        if any({stem(word) for word in words(name)} <= pack.vocabulary for name in names):
            yield from (name[:1].upper() + name[1:] for name in names)


def test_a_name_that_stands_nowhere_is_said_to_be_absent(harbour: Answerer) -> None:
    assert refused(harbour, "Who is Tolstoy?").reason == "The brief does not mention Tolstoy."


def test_two_names_that_stand_nowhere_are_both_named(harbour: Answerer) -> None:
    assert refused(harbour, "Did Tolstoy meet Napoleon?").reason == "The brief does not mention Tolstoy or Napoleon."


def test_a_claim_of_absence_has_its_reason(harbour: Answerer) -> None:
    assert refused(harbour, "Who is Tolstoy?").why == Why.ABSENT


def test_absence_is_not_claimed_of_a_common_word(harbour: Answerer) -> None:
    assert refused(harbour, "What about bread rolls?").reason == "I found no passage on this (bread, rolls)."


def test_absence_is_not_claimed_without_the_documents_vocabulary(bare: Answerer) -> None:
    assert refused(bare, "Who is Tolstoy?").why == Why.UNSURE


@pytest.mark.parametrize("name", ["Oxhaven", "Aldby", "Lund", "Vinter", "Oxhaven's", "OXHAVEN"])
def test_a_name_of_the_document_is_not_said_to_be_absent(harbour: Answerer, name: str) -> None:
    assert claimed(harbour, f"Did Tolstoy come to {name}?") <= {stem("tolstoy")}


@pytest.mark.parametrize("name", ["Aldeby", "TCO", "The regulator", "The mayor"])
def test_a_name_is_not_absent_where_another_name_of_the_thing_stands(harbour: Answerer, name: str) -> None:
    assert claimed(harbour, f"Did Tolstoy see {name}?") <= {stem("tolstoy")}


def test_a_slip_is_not_said_to_be_absent(harbour: Answerer) -> None:
    assert claimed(harbour, "Did Tolstoy go to Oxhavn?") <= {stem("tolstoy")}


@pytest.mark.parametrize("form", FORMS)
def test_no_word_of_the_small_document_is_ever_said_to_be_absent(harbour: Answerer, form: str) -> None:
    known = harbour.pack.vocabulary
    wrong = {word for word in known if stem(word) == word and claimed(harbour, form.format(word.title())) & known}

    assert wrong == set()


@pytest.mark.parametrize("form", FORMS)
def test_no_word_of_the_brief_is_ever_said_to_be_absent(answerer: Answerer, brief: Pack, form: str) -> None:
    known = brief.vocabulary
    wrong = {word for word in known if stem(word) == word and claimed(answerer, form.format(word.title())) & known}

    assert wrong == set()


def test_no_name_of_a_thing_in_the_brief_is_ever_said_to_be_absent(answerer: Answerer, brief: Pack) -> None:
    wrong = [name for name in names_of(brief) if claimed(answerer, f"Did Tolstoy think of {name}?") - {stem("tolstoy")}]

    assert wrong == []


@pytest.mark.parametrize("question", ["Imagine a pizza", "Elaborate on bread", "Compare bread and butter"])
def test_the_first_word_of_a_question_is_no_name_for_its_capital(harbour: Answerer, question: str) -> None:
    assert claimed(harbour, question) == set()


@pytest.mark.parametrize(
    "question",
    ["What does the barrier cost?", "how expensive is the barrier then", "barrier price", "its price in kroner"],
)
def test_an_untreated_subject_is_refused_with_its_sentence(harbour: Answerer, question: str) -> None:
    assert refused(harbour, question).reason == "The brief does not say what the barrier costs."


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("how many people were polled", "sample"),
        ("What did Merkel say?", "Merkel"),
        ("What about Brexit?", "Brexit"),
        ("does it treat iran", "Iran"),
    ],
)
def test_an_untreated_subject_of_the_brief_is_named(answerer: Answerer, question: str, named: str) -> None:
    assert named in refused(answerer, question).reason


@pytest.mark.parametrize(
    "question",
    [
        "Hvorfor stoler Rusland ikke på Clinton?",
        "Hvem er Tillerson?",
        "Warum misstraut Moskau Clinton?",
        "Pourquoi Moscou se méfie-t-il de Clinton ?",
        "¿Por qué desconfía Moscú de Clinton?",
        "Почему Москва не доверяет Клинтон?",
        "لماذا لا تثق موسكو بكلينتون؟",
        "为什么莫斯科不信任克林顿？",
        "Combien de Russes aiment Trump?",
        "¿Cuántos rusos apoyan a Trump?",
    ],
)
def test_a_question_in_another_language_claims_no_absence(answerer: Answerer, question: str) -> None:
    assert refused(answerer, question).why == Why.LANGUAGE


@pytest.mark.parametrize("question", ["Mitä Putin sanoo Natosta?", "Mit mond Trump Ukrajnáról?"])
def test_a_question_in_an_unlisted_language_claims_no_absence(answerer: Answerer, question: str) -> None:
    assert refused(answerer, question).why != Why.ABSENT


def test_a_question_in_another_language_is_asked_for_in_english(answerer: Answerer) -> None:
    assert refused(answerer, "Hvad mener forfatteren?").reason == (
        "This looks like Danish; I read questions in English only. Please ask in English."
    )


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("", Why.EMPTY),
        (" \n\t", Why.EMPTY),
        ("?!", Why.GIBBERISH),
        ("🤔🇷🇺", Why.GIBBERISH),
        ("\x00\x07", Why.GIBBERISH),
        ("\u202e\u200b", Why.GIBBERISH),
        ("asdfgh qwertz", Why.GIBBERISH),
        ("x" * 6_000, Why.GIBBERISH),
        ("best pizza topping", Why.UNSURE),
    ],
)
def test_what_cannot_be_answered_has_its_reason(harbour: Answerer, question: str, why: Why) -> None:
    assert refused(harbour, question).why == why


@pytest.mark.parametrize(
    "question", ["", "?!", "asdfgh", "Hvad siger borgmesteren om det?", "pizza", "Who is Tolstoy?"]
)
def test_a_reason_is_a_sentence(harbour: Answerer, question: str) -> None:
    assert refused(harbour, question).reason[0].isupper()


@pytest.mark.parametrize(
    "question", ["", "?!", "asdfgh", "Hvad siger borgmesteren om det?", "pizza", "Who is Tolstoy?"]
)
def test_a_reason_ends_with_a_full_stop_or_a_question(harbour: Answerer, question: str) -> None:
    assert refused(harbour, question).reason[-1] in ".?"


@pytest.mark.parametrize("question", ["", "?!", "asdfgh qwertz", "Hvad siger borgmesteren om det?"])
def test_what_cannot_be_read_has_no_nearest_passages(harbour: Answerer, question: str) -> None:
    assert refused(harbour, question).nearest == ()


def test_a_question_is_refused_below_the_threshold_only(answerer: Answerer, brief: Pack) -> None:
    outcomes = [answerer.ask(one.question) for one in brief.golden]

    assert all(isinstance(one, Answered) == (one.confidence >= answerer.weights.threshold) for one in outcomes)
