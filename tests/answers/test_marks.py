from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.analysis import Analyzer, glossary_of
from bot.answers.marks import Locator, Marker
from bot.brief.pack import Pack

SCRAPS = (
    "the Coast Office",
    "Coast",
    "Office",
    "Lund",
    "mud",
    "take up",
    "again",
    "isn't",
    "Mayor",
    "50%",
    "☃",
    "\u202e",
)


@pytest.fixture(scope="module")
def analyzer(pack: Pack) -> Analyzer:
    return Analyzer(glossary_of(pack), pack.frame_names)


@pytest.fixture(scope="module")
def hansen(brief: Pack) -> Analyzer:
    return Analyzer(glossary_of(brief), brief.frame_names)


def marked(analyzer: Analyzer, question: str, text: str, *repaired: tuple[str, str]) -> list[str]:
    return [text[start:end] for start, end in Marker(Locator(analyzer), question, repaired).spans(text)]


def test_the_words_of_the_question_are_found_in_any_form(analyzer: Analyzer) -> None:
    assert marked(analyzer, "Why do pilots leave?", "A pilot left; the others are leaving.") == [
        "pilot left", "leaving",
    ]  # fmt: skip


def test_a_thing_is_found_under_its_other_names(analyzer: Analyzer) -> None:
    assert marked(analyzer, "What did Lund say?", "The mayor said so.") == ["The mayor"]


def test_a_word_near_in_meaning_is_found(analyzer: Analyzer) -> None:
    assert marked(analyzer, "Is there silt?", "There is mud.") == ["mud"]


def test_a_phrase_near_in_meaning_is_one_span(analyzer: Analyzer) -> None:
    assert marked(analyzer, "When will they resume?", "They take up again what they can.") == ["take up again"]


def test_words_that_only_ask_are_not_found(analyzer: Analyzer) -> None:
    assert marked(analyzer, "What does the brief say about seals?", "What the brief says about the dike.") == []


def test_a_repaired_word_counts_as_what_it_was_read_as(analyzer: Analyzer) -> None:
    assert marked(analyzer, "Where are the selas?", "The seals pass.", ("selas", "seals")) == ["seals"]


def test_words_with_only_a_space_between_are_one_span(analyzer: Analyzer) -> None:
    marker = Marker(Locator(analyzer), "storm barrier")
    text = "The storm barrier, a barrier against a storm."
    assert [text[a:b] for a, b in marker.spans(text)] == ["storm barrier", "barrier", "storm"]
    assert [text[a:b] for a, b in marker.word_spans(text)] == ["storm", "barrier", "barrier", "storm"]


def test_words_with_more_between_them_stay_apart(analyzer: Analyzer) -> None:
    assert marked(analyzer, "storm barrier", "storm\nbarrier, storm  barrier") == [
        "storm",
        "barrier",
        "storm",
        "barrier",
    ]


def test_a_question_without_words_marks_nothing(analyzer: Analyzer) -> None:
    assert marked(analyzer, "???", "The storm barrier.") == []


@given(
    st.lists(st.sampled_from(SCRAPS), max_size=5).map(" ".join),
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=5), max_size=14).map(" ".join),
)
def test_spans_are_sorted_apart_and_inside_the_text(pack: Pack, question: str, text: str) -> None:
    marker = Marker(Locator(Analyzer(glossary_of(pack))), question)
    for spans in (marker.spans(text), marker.word_spans(text)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


@given(st.lists(st.sampled_from(SCRAPS), max_size=14).map(" ".join))
def test_no_place_is_overlooked_by_reading_only_some(pack: Pack, text: str) -> None:
    analyzer = Analyzer(glossary_of(pack))
    spans = Marker(Locator(analyzer), "the Coast Office, Lund, mud, resume").word_spans(text)
    terms = analyzer.terms(text)
    wanted = {"@the coast office", "@mayor lund", "silt", "mud", "resum", "~take up again"}
    assert bool(spans) == any(term.key in wanted for term in terms)


def test_a_long_passage_is_marked_in_a_blink(brief: Pack, hansen: Analyzer) -> None:
    text = " ".join(passage.summary for passage in brief.passages)[:600]
    marker = Marker(Locator(hansen), "Why does Moscow distrust Hillary Clinton?")
    assert marker.spans(text)
    took = []
    for _ in range(200):
        start = time.perf_counter()
        marker.spans(text)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.000_5  # a third of it where nothing else runs
