"""Whatever is typed, the engine has an outcome that keeps its promises."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered, NotInBrief, Outcome
from bot.answers.query import read
from bot.words.text import MAX_QUESTION

SCRAPS = (
    "Trump", "Clinton", "Moscow", "Putin", "NATO", "Syria", "poll", "61 %", "how many", "why", "what", "US", "us",
    "Tolstoy", "hvad", "og", "warum", "asdfgh", "@everyone", "<@123>", "**", "`", "||", "# ", "> ", "[a](b)", "\x00",
    "\x1b[31m", "\u202e", "\u200b", "\ud7ff", "🤔", "🇷🇺", "e\u0301", "ﷺ", "İ", "'", '"', "%", "{column}", "{0}", "%s",
    "\\", "$(x)", "0", "-1", "1e9", "²", "½", "no", "null", "שלום", "مرحبا", "Москва", "中国",
)  # fmt: skip
QUESTIONS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=6), max_size=14).map(" ".join),
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=6), max_size=14).map("".join),
)
ODD = (
    "",
    " ",
    "\n",
    "\t\t",
    "?",
    "!!!",
    "...",
    "-",
    "'",
    "%",
    "% % %",
    "🤔",
    "🇷🇺🇺🇸",
    "👨‍👩‍👧",
    "\x00",
    "\x00\x01\x02\x1b[2J",
    "what\x00about\x07Syria",
    "\u202eairyS tuoba tahw",
    "ما رأي ترامب؟",
    "מה אומר טראמפ",
    "@everyone",
    "@here what about Syria?",
    "<@1234567890> trump",
    "**Why** does `Moscow` ||distrust|| __Clinton__?",
    "# Syria",
    "> quote by putin",
    "[click](http://example.org) nato",
    "```py\nprint(1)\n```",
    "';DROP TABLE answers;--",
    "{column}",
    "{0.__class__}",
    "%s %d %n",
    "\\",
    "\ufffd\ufffe\uffff",
    "\U0010ffff",
    "a" * MAX_QUESTION,
    "Trump " * 1_000,
    "🤔" * 2_000,
    "ﷺ" * 100,
    "? " * 3_000,
    "e\u0301" * 3_000,
    "why " * 1_499,
    "x" * (MAX_QUESTION * 3),
    "Syria? " * 3_000,
    "'" * MAX_QUESTION,
    "Hvad mener forfatteren om Syrien?",
    "0" * 500,
    "1 " * 3_000,
    "sixty one " * 600,
    "U.S." * 1_500,
    "to us " * 1_000,
)

asked = settings(deadline=None, max_examples=100)


def printable(text: str) -> bool:
    return not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} for char in text)


def sound(outcome: Outcome, limit: int) -> bool:
    """Hold an outcome against what every outcome promises."""
    scores = [match.score for match in outcome.matches]
    places = [(match.citation.section, match.citation.paragraph) for match in outcome.matches]
    return (
        0 <= outcome.confidence <= 1
        and all(0 <= score <= 1 for score in scores)
        and all(before >= after for before, after in pairwise(scores))
        and len(places) == len(set(places)) <= limit
        and (bool(scores) if isinstance(outcome, Answered) else bool(outcome.reason))
    )


@pytest.mark.parametrize("question", ODD, ids=lambda text: repr(text[:24]))
def test_an_odd_question_has_a_sound_outcome(answerer: Answerer, question: str) -> None:
    assert sound(answerer.ask(question), 3)


@pytest.mark.parametrize("question", ODD, ids=lambda text: repr(text[:24]))
def test_an_odd_question_can_be_explained(harbour: Answerer, question: str) -> None:
    assert sound(harbour.ask(question, explained=True), 3)


@pytest.mark.parametrize(
    "question",
    ["@everyone What about Syria?", "**What** about __Syria__?", "What\x00about\x1bSyria?", "> What about *Syria*?!"],
)
def test_what_decorates_a_question_does_not_change_its_place(answerer: Answerer, question: str) -> None:
    assert "Two important regions" in {match.citation.section for match in answerer.ask(question).matches[:1]}


def test_invisible_characters_do_not_change_the_answer(answerer: Answerer) -> None:
    plain, dressed = (answerer.ask(text) for text in ("What about Syria?", "\u202eWhat ab\u200bout Sy\u00adria?\u2066"))

    assert [match.id for match in plain.matches] == [match.id for match in dressed.matches]


def test_a_question_that_is_cut_is_answered_by_its_beginning(answerer: Answerer) -> None:
    outcome = answerer.ask("Why does Moscow distrust Clinton? " + "?" * MAX_QUESTION)

    assert isinstance(outcome, NotInBrief)
    assert "6,000 characters" in outcome.reason


@asked
@given(question=QUESTIONS, limit=st.integers(1, 25))
def test_any_question_has_a_sound_outcome(answerer: Answerer, question: str, limit: int) -> None:
    assert sound(answerer.ask(question, limit), limit)


@asked
@given(question=QUESTIONS, limit=st.integers(1, 25))
def test_any_question_has_a_sound_outcome_from_a_small_pack(harbour: Answerer, question: str, limit: int) -> None:
    assert sound(harbour.ask(question, limit), limit)


@asked
@given(question=QUESTIONS)
def test_any_question_has_the_same_outcome_twice(answerer: Answerer, question: str) -> None:
    assert answerer.ask(question) == answerer.ask(question)


@asked
@given(question=QUESTIONS)
def test_the_reason_of_a_refusal_holds_nothing_unseen(answerer: Answerer, question: str) -> None:
    outcome = answerer.ask(question)

    assert isinstance(outcome, Answered) or printable(outcome.reason)


@asked
@given(question=QUESTIONS)
def test_a_reason_is_short_enough_for_a_card(answerer: Answerer, question: str) -> None:
    outcome = answerer.ask(question)

    assert isinstance(outcome, Answered) or len(outcome.reason) <= 400


@asked
@given(question=QUESTIONS)
def test_no_word_that_is_read_holds_anything_unseen(answerer: Answerer, question: str) -> None:
    query = read(question, answerer.index)

    assert all(word and printable(word) and not any(map(str.isspace, word)) for word in query.typed)


@asked
@given(question=QUESTIONS)
def test_reading_repairs_only_words_that_were_typed(answerer: Answerer, question: str) -> None:
    query = read(question, answerer.index)

    assert all(word not in query.repairs for word in query.strange)


@asked
@given(question=QUESTIONS)
def test_words_that_were_read_are_not_repaired_again(answerer: Answerer, question: str) -> None:
    typed = read(question, answerer.index).typed
    known = {word for word in typed if word in answerer.index.speller}

    assert not known & set(read(" ".join(typed), answerer.index).repairs)


@asked
@given(question=QUESTIONS, spaces=st.sampled_from((" ", "\n", "\t", "  ", " \u200b")))
def test_space_around_a_question_does_not_matter(harbour: Answerer, question: str, spaces: str) -> None:
    bare, spaced = harbour.ask(question.strip()), harbour.ask(f"{spaces}{question.strip()}{spaces}")

    assert [match.id for match in bare.matches] == [match.id for match in spaced.matches]


def test_the_longest_gibberish_is_refused_at_once(answerer: Answerer) -> None:
    letters = "etaoinshrdlu"
    gibberish = " ".join(
        "".join(letters[(number // 12**place) % 12] for place in range(5)) + "xq" for number in range(500)
    )
    begin = time.perf_counter()
    answerer.ask(gibberish)

    assert time.perf_counter() - begin < 0.25
