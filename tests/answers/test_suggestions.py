"""What is offered while a question is being typed."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.suggestions import MAX_SUGGESTIONS, Suggester
from bot.brief.pack import MAX_LABEL, Pack

TYPED = ("", "a", "trump", "why", "Why does Mos", "poll", "putin quote", "how many", "%", "9 november", "zzzz", "natoo")
FAST = 0.020  # seconds; ten times what it takes on a laptop


@pytest.fixture(scope="module")
def small(pack: Pack) -> Suggester:
    return Suggester(pack)


@pytest.mark.parametrize("typed", TYPED)
def test_a_label_is_offered_once(suggester: Suggester, typed: str) -> None:
    found = suggester.suggest(typed)

    assert len({label.casefold() for label in found}) == len(found)


@pytest.mark.parametrize("typed", TYPED)
def test_a_label_fits_discord(suggester: Suggester, typed: str) -> None:
    assert all(0 < len(label) <= MAX_LABEL for label in suggester.suggest(typed))


@pytest.mark.parametrize("typed", TYPED)
def test_no_more_than_discord_shows_are_offered(suggester: Suggester, typed: str) -> None:
    assert len(suggester.suggest(typed, 1_000)) <= MAX_SUGGESTIONS


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-1, 0), (1, 1), (7, 7)])
@pytest.mark.parametrize("typed", ["", "what"])
def test_the_limit_is_kept(suggester: Suggester, typed: str, limit: int, count: int) -> None:
    assert len(suggester.suggest(typed, limit)) == count


def test_an_empty_box_shows_a_full_list_of_pinned_questions(suggester: Suggester) -> None:
    assert len(suggester.suggest("")) == MAX_SUGGESTIONS


@pytest.mark.parametrize("typed", ["", "  ", "\n", "?", "\u202e", "🤔"])
def test_what_holds_no_word_shows_the_pinned_questions(small: Suggester, typed: str) -> None:
    assert small.suggest(typed)[:2] == ("What is the brief about?", "Show me the table of what residents think")


def test_an_exact_question_comes_first(small: Suggester) -> None:
    assert small.suggest("why do pilots leave")[0] == "Why do pilots leave?"


def test_a_beginning_comes_before_words_inside(small: Suggester) -> None:
    assert small.suggest("what is the b")[:2] == ("What is the brief about?", "What is said on the barrier?")


def test_a_word_that_is_being_typed_is_found(small: Suggester) -> None:
    assert "Why do pilots leave?" in small.suggest("leave pil")


def test_all_words_must_stand_in_a_label(small: Suggester) -> None:
    assert "Why do pilots leave?" not in small.suggest("pilots seals")


def test_other_wordings_of_a_question_find_its_label(small: Suggester) -> None:
    assert "Why do pilots leave?" in small.suggest("wages cut")


def test_words_inside_come_before_other_wordings(small: Suggester) -> None:
    found = small.suggest("seals")

    assert found.index("What happens to the seals?") < found.index("What did Krag say about seals?")


@pytest.mark.parametrize("typed", ["why do pilts leave", "Why do pilots laeve", "wy do pilots leave"])
def test_a_misspelt_question_is_found_by_likeness(small: Suggester, typed: str) -> None:
    assert small.suggest(typed)[0] == "Why do pilots leave?"


def test_what_is_like_nothing_finds_nothing(small: Suggester) -> None:
    assert small.suggest("xqzzt") == ()


def test_an_untreated_subject_is_not_offered(small: Suggester) -> None:
    assert "What does the barrier cost?" not in small.suggest("what does the barrier cost")


def test_a_question_that_is_too_long_gives_way_to_the_next(pack: Pack) -> None:
    long, short = "Who " + "really " * 20 + "wrote it?", "Who wrote it?"
    changed = replace(pack, facts=(replace(pack.facts[0], ask=(long, short)),))

    assert Suggester(changed).suggest("who wrote") == (short,)


def test_labels_that_differ_only_in_case_are_offered_once(pack: Pack) -> None:
    twice = replace(pack.facts[0], id="again", ask=("WHO wrote the brief?",))

    found = Suggester(replace(pack, facts=(*pack.facts, twice))).suggest("who wrote")

    assert found == ("Who wrote the brief?",)


def test_a_pack_without_questions_offers_nothing(pack: Pack) -> None:
    silent = replace(
        pack, sections=(), quotes=(), figures=(), recommendations=(), overviews=(), terms=(), facts=(), untreated=()
    )

    assert Suggester(silent).suggest("") == Suggester(silent).suggest("who") == ()


@settings(deadline=None)
@given(typed=st.text(max_size=300), limit=st.integers(-5, 40))
def test_whatever_is_typed_finds_unique_labels_within_the_limit(suggester: Suggester, typed: str, limit: int) -> None:
    found = suggester.suggest(typed, limit)

    assert len(found) == len(set(found)) <= max(0, min(limit, MAX_SUGGESTIONS))


@settings(deadline=None)
@given(typed=st.text(max_size=100))
def test_the_same_letters_find_the_same_labels(suggester: Suggester, typed: str) -> None:
    assert suggester.suggest(typed) == suggester.suggest(typed)


def test_suggestions_keep_up_with_typing(suggester: Suggester) -> None:
    sentence = "why does the kremlin distrust hillary clinton so much?"
    times = []
    for end in range(1, len(sentence)):
        begin = time.perf_counter()
        suggester.suggest(sentence[:end])
        times.append(time.perf_counter() - begin)

    assert statistics.median(times) < FAST


@pytest.mark.parametrize("typed", TYPED)
def test_an_answerer_suggests_what_its_pack_alone_does(answerer: Answerer, suggester: Suggester, typed: str) -> None:
    assert answerer.suggester.suggest(typed) == suggester.suggest(typed)
