from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.excerpts import MOST_CHARACTERS, MOST_WORDS, excerpt
from bot.words.text import sentences

TEXT = "The sea rises. Seals pass the gates of Dr. Krag. The mayor waits for gates and money."
WORDS = (
    "word",
    "Word.",
    "end?",
    "e.g.",
    "no.",
    "No.",
    "5",
    "A.",
    "“Quoted.”",
    "(fig.",
    "…",
    "Seals",
    "x" * 320,
    "\n",
    "—",
)
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=140).map(" ".join)
SPANS = st.lists(st.tuples(st.integers(-5, 900), st.integers(-5, 900)), max_size=12)


def at(text: str, *words: str) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in words]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ((), "The sea rises."),
        (("mayor",), "The mayor waits for gates and money."),
        (("sea", "mayor", "money"), "The mayor waits for gates and money."),
        (("Seals pass",), "Seals pass the gates of Dr. Krag."),
        (("sea", "Seals"), "The sea rises."),
        (("rises. Seals pass",), "Seals pass the gates of Dr. Krag."),
    ],
)
def test_the_sentence_with_most_marked_words_is_taken(marked: tuple[str, ...], expected: str) -> None:
    assert excerpt(TEXT, at(TEXT, *marked)) == expected


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert excerpt("One, two, three, four.", (), 3) == "One, two, three…"


def test_nobody_gets_more_than_forty_words() -> None:
    text = " ".join(["word"] * 60)
    assert excerpt(text, (), 1_000) == f"{' '.join(['word'] * 40)}…"


def test_a_sentence_of_forty_words_is_whole() -> None:
    text = f"{' '.join(['word'] * 40)}."
    assert excerpt(text, ()) == text


def test_a_word_without_an_end_is_cut() -> None:
    cut = excerpt("x" * 1_000, ())
    assert len(cut) == MOST_CHARACTERS
    assert cut.endswith("x…")


@pytest.mark.parametrize(("text", "words"), [("", 40), ("  \n ", 40), ("A word.", 0), ("A word.", -3)])
def test_of_nothing_there_is_nothing(text: str, words: int) -> None:
    assert excerpt(text, [(0, 3)], words) == ""


def test_lines_are_folded() -> None:
    assert excerpt("The sea\n  rises.\tSeals pass.", ()) == "The sea rises."


@given(TEXTS, SPANS, st.integers(-2, 99))
def test_an_excerpt_is_never_long(text: str, spans: list[tuple[int, int]], words: int) -> None:
    made = excerpt(text, spans, words)
    assert len(made.split()) <= max(0, min(words, MOST_WORDS))
    assert len(made) <= MOST_CHARACTERS


@given(TEXTS, SPANS)
def test_an_excerpt_is_never_more_than_one_sentence(text: str, spans: list[tuple[int, int]]) -> None:
    assert len(sentences(excerpt(text, spans))) <= 1


@given(TEXTS, SPANS)
def test_an_excerpt_is_the_beginning_of_a_sentence(text: str, spans: list[tuple[int, int]]) -> None:
    whole = sentences(" ".join(text.split())) or [""]
    made = excerpt(text, spans)
    assert any(sentence == made or sentence.startswith(made.removesuffix("…")) for sentence in whole)
