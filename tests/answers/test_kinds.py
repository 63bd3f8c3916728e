"""Every kind of answer, on the shipped pack and on a small one."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, Match
from bot.brief.pack import Entry, Fact, Figure, Overview, Pack, Passage, Quote, Recommendation, Section, Term
from bot.brief.places import Place


def first(answerer: Answerer, question: str) -> Match:
    outcome = answerer.ask(question)
    assert isinstance(outcome, Answered), outcome.reason
    return outcome.matches[0]


def cited(match: Match) -> Place:
    return Place(match.citation.section, match.citation.paragraph)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Why does Moscow distrust Clinton?", Place("The view from Russia", 3)),
        ("what did trump say about nato", Place("Two important regions", 2)),
        ("which emails were stolen from the democratic national committee", Place("Introduction", 1)),
        ("is it too early to speak of a bromance", Place("Two important regions", 4)),
        ("quote by trump on nbc", Place("Quotes", 2)),
        ("Who wrote the brief?", Place("Publication")),
        ("negative impression of clinton in percent", Place("Figure 1")),
    ],
)
def test_a_question_about_the_brief_leads_to_its_place(answerer: Answerer, question: str, place: Place) -> None:
    assert cited(first(answerer, question)) == place


@pytest.mark.parametrize(
    ("question", "name", "kind", "entry"),
    [
        ("why are the pilots leaving", "pilots", "passage", Passage),
        ("who said seals cannot vote", "krag-seals", "quote", Quote),
        ("should they dredge again", "dredge", "recommendation", Recommendation),
        ("how many residents back the barrier", "table-1/back/barrier", "figure", Figure),
        ("show the whole table of what residents think", "table-1", "figure", Figure),
        ("what is the brief about, please", "about", "overview", Overview),
        ("the harbour as a whole: what is wrong with it", "harbour", "overview", Section),
        ("what does surge mean", "term-surge", "overview", Term),
        ("who is the author", "fact-author", "publication", Fact),
    ],
)
def test_a_match_tells_its_kind(harbour: Answerer, question: str, name: str, kind: str, entry: type[Entry]) -> None:
    match = first(harbour, question)

    assert (match.id, match.kind, type(match.entry)) == (name, kind, entry)


def test_a_quotation_is_answered_with_speaker_occasion_and_date(harbour: Answerer) -> None:
    match = first(harbour, "what did the mayor say about the sea")

    assert match.text == "“The sea does not wait for money” (Mayor Lund, a town meeting, 4 March 2018)"


def test_a_quotation_is_the_speakers_own_words(harbour: Answerer) -> None:
    assert first(harbour, "what did the mayor say about the sea").verbatim


def test_a_summary_is_not_the_authors_words(harbour: Answerer) -> None:
    assert not first(harbour, "why are the pilots leaving").verbatim


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("how many residents back the barrier", 54),
        ("what percentage supports the dike", 21.5),
        ("share that opposes the barrier", 30),
    ],
)
def test_a_number_asked_for_is_given(harbour: Answerer, question: str, value: float) -> None:
    match = first(harbour, question)

    assert (match.value, match.unit) == (value, "%")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("how many russians have a negative impression of clinton", 61),
        ("trump positive impression percent", 38),
        ("How many Russians do not know Trump?", 30),
        ("share undecided about Hillary", 23),
        ("how many thought a Trump victory was in Russia's interest", 44),
        ("how many thought a Clinton victory was in Russia's interest", 7),
        ("what percentage expected relations to improve under Trump", 37),
        ("How many expected no change in relations under Trump?", 35),
        ("What share feared that relations would get worse with Trump?", 6),
    ],
)
def test_a_number_of_the_polls_is_given(answerer: Answerer, question: str, value: float) -> None:
    assert first(answerer, question).value == value


def test_a_cell_is_answered_in_a_sentence_with_its_source(harbour: Answerer) -> None:
    match = first(harbour, "how many residents back the barrier")

    assert match.text == "54 % of the residents back the barrier. Source: Aldby Survey (May 2019)."


def test_a_table_as_a_whole_has_no_value(harbour: Answerer) -> None:
    match = first(harbour, "Show me the table of what residents think")

    assert (match.value, match.unit) == (None, None)


def test_a_table_as_a_whole_tells_every_cell(harbour: Answerer, pack: Pack) -> None:
    match = first(harbour, "Show me the table of what residents think")

    assert all(sentence in match.text for figure in pack.figures for _, _, _, sentence in figure.cells)


def test_what_is_no_number_has_no_value(harbour: Answerer) -> None:
    assert first(harbour, "why are the pilots leaving").value is None


@pytest.mark.parametrize("question", ["how many residents oppose the dike?", "what share is against the dike"])
def test_a_number_that_the_table_lacks_is_not_answered_by_another(harbour: Answerer, question: str) -> None:
    assert harbour.ask(question).matches[0].value is None


@pytest.mark.parametrize(
    "question",
    [
        "How many expected relations to worsen under Clinton?",
        "how many russians expected relations to improve under clinton",
        "What share expected no change if Clinton won?",
    ],
)
def test_a_number_about_one_candidate_is_never_given_for_the_other(answerer: Answerer, question: str) -> None:
    match = answerer.ask(question).matches[0]

    assert match.value is None or match.id.endswith("/clinton")


@pytest.mark.parametrize(
    "question",
    [
        "Who is more popular in Russia, Trump or Clinton?",
        "compare trump and clinton in the poll",
    ],
)
def test_a_question_that_compares_gets_the_whole_table(answerer: Answerer, question: str) -> None:
    match = first(answerer, question)

    assert (match.id, match.value) == ("figure-1", None)


@pytest.mark.parametrize("question", ["how many like trump or clinton", "How popular are Trump and Clinton?"])
def test_a_question_that_names_both_columns_gets_no_number(answerer: Answerer, question: str) -> None:
    assert first(answerer, question).value is None


@pytest.mark.parametrize(
    "question", ["How many Russians are undecided?", "How many people have a negative impression?"]
)
def test_a_question_that_names_no_column_gets_no_number(answerer: Answerer, question: str) -> None:
    assert first(answerer, question).value is None


def test_a_question_why_gets_no_number(answerer: Answerer) -> None:
    assert first(answerer, "Why do Russians dislike Clinton?").value is None


def test_a_point_gives_its_direct_answer(harbour: Answerer) -> None:
    assert first(harbour, "how much silt comes in every year").answer == "By a foot a year, allegedly."


def test_an_overview_cites_the_place_that_fits_the_question(harbour: Answerer) -> None:
    assert cited(first(harbour, "what is the brief about: gates and the barrier")) in {
        Place("Summary", 1),
        Place("The barrier", 1),
    }


def test_a_section_as_a_whole_cites_a_paragraph(harbour: Answerer) -> None:
    assert cited(first(harbour, "What is wrong with the harbour?")).paragraph is not None


def test_a_citation_names_author_year_and_place(harbour: Answerer) -> None:
    assert first(harbour, "why are the pilots leaving").citation.text == "Vinter (2019), The harbour, para. 2"


def test_a_citation_names_the_pack(harbour: Answerer) -> None:
    assert first(harbour, "why are the pilots leaving").citation.pack == "harbour"
