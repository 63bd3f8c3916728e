"""From what people type to words in one form."""

from __future__ import annotations

import pytest

from bot.words.text import MAX_QUESTION, clean, fold, normal_forms, raw_words, tokens, words


@pytest.mark.parametrize("apostrophe", "'’‘‛`´ʼ′＇")
def test_every_apostrophe_is_the_same(apostrophe: str) -> None:
    assert words(f"Putin{apostrophe}s view isn{apostrophe}t") == ["putin", "view", "is", "not"]


@pytest.mark.parametrize("quoted", ["“obsolete”", "„obsolete“", "«obsolete»", '"obsolete"', "‘obsolete’"])
def test_quotation_marks_are_no_part_of_a_word(quoted: str) -> None:
    assert words(f"NATO is {quoted}") == ["nato", "is", "obsolete"]


@pytest.mark.parametrize("dash", ["-", "–", "—", "‐", "‑", "−", " - "])
def test_dashes_part_words(dash: str) -> None:
    assert words(f"Trump{dash}Putin") == ["trump", "putin"]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("Erdoğan", "erdogan"), ("Zürich", "zurich"), ("naïve", "naive"), ("straße", "strasse"), ("Ł", "ł")],
)
def test_accents_and_case_are_folded(typed: str, plain: str) -> None:
    assert words(typed) == [plain]


def test_an_accent_that_stands_apart_is_folded_as_well() -> None:
    assert words("Erdog\u0306an") == ["erdogan"]


def test_a_capital_with_a_dot_stays_one_word() -> None:
    assert words("İstanbul") == ["istanbul"]


@pytest.mark.parametrize("typed", ["Ｔｒｕｍｐ", "𝐓𝐫𝐮𝐦𝐩", "Ⓣⓡⓤⓜⓟ", "TRUMP", "tRuMp"])
def test_a_word_in_another_face_is_the_same_word(typed: str) -> None:
    assert words(typed) == ["trump"]


def test_ligatures_are_taken_apart() -> None:
    assert words("ﬁgure") == ["figure"]


@pytest.mark.parametrize(
    "unseen", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202e", "\u2066", "\u200f"]
)
def test_what_stands_unseen_inside_a_word_does_not_part_it(unseen: str) -> None:
    assert words(f"sanc{unseen}tions") == ["sanctions"]


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\r", "\n", "\t", "\u2028", "\u2029"])
def test_control_characters_part_words(control: str) -> None:
    assert words(f"what{control}about") == ["what", "about"]


@pytest.mark.parametrize("text", ["line\none\ttwo", "Plain ASCII.", "Größe “x”\n\n(y)"])
def test_cleaning_keeps_case_and_layout(text: str) -> None:
    assert clean(text).split() == text.replace("“", '"').replace("”", '"').split()


def test_cleaning_keeps_lines_apart() -> None:
    assert clean("one\ntwo\tthree “x”") == 'one\ntwo\tthree "x"'


def test_a_backtick_in_plain_text_becomes_an_apostrophe() -> None:
    assert clean("`x`") == "'x'"


@pytest.mark.parametrize("typed", ["US policy", "U.S. policy", "U. S. policy", "USA policy", "U.S.A. policy"])
def test_the_country_has_one_name(typed: str) -> None:
    assert words(typed) == ["usa", "policy"]


def test_the_country_is_found_beside_a_hyphen() -> None:
    assert words("U.S.-Russian and US-Russian") == ["usa", "russian", "and", "usa", "russian"]


@pytest.mark.parametrize("typed", ["tell us about it", "Give us more", "what does it mean for us", "remind us"])
def test_the_pronoun_is_not_the_country(typed: str) -> None:
    assert not {"us", "usa"} & set(words(typed))


def test_pronoun_and_country_stand_side_by_side() -> None:
    assert words("tell us about the US") == ["tell", "about", "the", "usa"]


@pytest.mark.parametrize("typed", ["bus", "status", "Ukraine", "USB", "USSR"])
def test_words_that_hold_the_countrys_letters_stay(typed: str) -> None:
    assert words(typed) == [typed.lower()]


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("isn't", ["is", "not"]),
        ("can't", ["can", "not"]),
        ("won't", ["will", "not"]),
        ("What's", ["what", "is"]),
        ("dont", ["not"]),
        ("I'd", ["i"]),
        ("they'll", ["they"]),
        ("Clinton's", ["clinton"]),
        ("allies'", ["allies"]),
        ("O'Brien", ["obrien"]),
        ("w/o", ["without"]),
        ("w/ Trump", ["with", "trump"]),
        ("vs.", ["versus"]),
        ("pls", ["please"]),
        ("govt", ["government"]),
        ("9 Nov. 2016", ["9", "november", "2016"]),
        ("N.A.T.O.", ["nato"]),
        ("p.m.", ["pm"]),
    ],
)
def test_short_forms_are_written_out(typed: str, forms: list[str]) -> None:
    assert words(typed) == forms


@pytest.mark.parametrize("typed", ["61%", "61 %", "61 percent", "61 pct", "sixty-one percent", "Sixty one percentage"])
def test_a_percentage_has_one_form(typed: str) -> None:
    assert words(typed) == ["61", "percent"]


@pytest.mark.parametrize(("typed", "forms"), [("_", []), ("snake_case", ["snake", "case"]), ("**bold**", ["bold"])])
def test_markdown_is_no_word(typed: str, forms: list[str]) -> None:
    assert words(typed) == forms


@pytest.mark.parametrize("typed", ["", " ", "?!", "...", "🤔🇷🇺", "\u202e\u200b", "'", "—"])
def test_what_holds_no_word_gives_none(typed: str) -> None:
    assert words(typed) == []


def test_an_emoji_beside_a_word_is_dropped() -> None:
    assert words("Trump🇺🇸Putin 🤝") == ["trump", "putin"]


def test_a_text_is_read_up_to_the_limit() -> None:
    assert len(words("a " * MAX_QUESTION)) == MAX_QUESTION / 2


def test_raw_words_keep_case_and_accents() -> None:
    assert raw_words("Erdoğan isn’t HERE, 61 %") == ["Erdoğan", "isn't", "HERE", "61", "%"]


def test_a_word_has_its_normal_forms_whatever_came_before() -> None:
    assert normal_forms("Isn't") == normal_forms("isn't") == ("is", "not")


@pytest.mark.parametrize("word", ["Ångström", "ℌ", "ŉ", "ﬀ", "İ", "ǅ", "ẞ"])
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_tokens_tell_where_a_word_stood() -> None:
    text = "Moscow’s “full-format” 61 %"

    assert [(token.word, text[token.start : token.end]) for token in tokens(text)] == [
        ("moscow", "Moscow’s"),
        ("full", "full"),
        ("format", "format"),
        ("61", "61"),
        ("percent", "%"),
    ]


def test_tokens_of_a_contraction_share_its_spot() -> None:
    assert [(token.word, token.start, token.end) for token in tokens("It isn’t")] == [
        ("it", 0, 2),
        ("is", 3, 8),
        ("not", 3, 8),
    ]
