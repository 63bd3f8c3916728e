"""Whatever is typed: no exception, a bounded outcome, nothing that cannot be seen."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.words.numbers import join_numbers
from bot.words.stems import stem
from bot.words.text import MAX_QUESTION, clean, fold, raw_words, sentences, tokens, words

SCRAPS = (
    "US", "U.S.", "us", "for us", "tell us", "isn't", "isn´t", "’s", "'", "`", "sixty", "one", "21st", "61 %", "%",
    "w/", "w/o", "e.g.", "N.A.T.O.", "No. 5", "no. Then", "Mr. X", "“Good.” He", "…", "?!", "\u200b", "\u202e",
    "\u00ad", "\x00", "\x1b[31m", "\ufeff", "İ", "ß", "ﷺ", "ﬁ", "½", "e\u0301", "\u0301", "🇷🇺", "@everyone", "**",
    "\u2028",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=8), max_size=25).map("".join),
    st.lists(st.sampled_from(SCRAPS) | st.text(max_size=8), max_size=25).map(" ".join),
)
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

texts = settings(deadline=None, max_examples=150)


def unseen(text: str) -> str:
    return "".join(char for char in text if char not in "\n\t" and unicodedata.category(char) in UNSEEN)


@texts
@given(TEXTS)
def test_cleaning_leaves_nothing_unseen(text: str) -> None:
    assert unseen(clean(text)) == ""


@texts
@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@texts
@given(TEXTS)
def test_words_hold_nothing_unseen_and_no_space(text: str) -> None:
    assert all(word and not unseen(word) and not any(map(str.isspace, word)) for word in words(text))


@texts
@given(TEXTS)
def test_words_are_folded(text: str) -> None:
    assert [fold(word) for word in words(text)] == words(text)


@texts
@given(TEXTS)
def test_words_of_words_are_the_same_words(text: str) -> None:
    found = [word for word in words(text) if word != "us"]  # a pronoun or a country by its neighbours

    assert words(" ".join(found)) == join_numbers(found)


@texts
@given(TEXTS)
def test_case_does_not_change_the_words_but_for_the_country(text: str) -> None:
    if text.isascii() and "u" not in text.lower():
        assert words(text.upper()) == words(text.lower())


@texts
@given(TEXTS)
def test_words_are_at_most_as_long_as_their_unified_text(text: str) -> None:
    assert len(words(text)) <= 2 * len(clean(text))


@texts
@given(TEXTS)
def test_raw_words_stand_in_the_cleaned_text(text: str) -> None:
    assert all(word in clean(text) for word in raw_words(text))


@texts
@given(TEXTS)
def test_tokens_point_into_the_text(text: str) -> None:
    assert all(0 <= token.start < token.end <= len(text) for token in tokens(text))


@texts
@given(TEXTS)
def test_tokens_stand_in_order(text: str) -> None:
    starts = [token.start for token in tokens(text)]

    assert starts == sorted(starts)


@texts
@given(TEXTS)
def test_sentences_lose_nothing_but_space(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@texts
@given(TEXTS)
def test_sentences_are_never_empty(text: str) -> None:
    assert all(sentence.strip() for sentence in sentences(text))


@texts
@given(TEXTS)
def test_every_word_has_a_stem(text: str) -> None:
    assert all(stem(word) for word in words(text))


@settings(deadline=None, max_examples=10)
@given(st.sampled_from(SCRAPS))
def test_more_than_the_limit_is_cut(scrap: str) -> None:
    text = scrap * MAX_QUESTION

    assert words(text) == words(text[:MAX_QUESTION])
