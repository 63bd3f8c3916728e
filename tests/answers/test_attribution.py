from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.attribution import cited, whose_words, whose_words_of
from bot.answers.outcomes import Match
from bot.answers.targets import kind_of
from bot.brief.citations import cite
from bot.brief.pack import Entry, Pack


def match(pack: Pack, entry: Entry, *, verbatim: bool = False, answer: str = "") -> Match:
    return Match(
        id=entry.id, kind=kind_of(entry), title=entry.title, text=entry.text, verbatim=verbatim, value=None, unit=None,
        score=1.0, citation=cite(pack, entry.place), answer=answer, entry=entry,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("silt", "our paraphrase"),
        ("dredge", "our paraphrase"),
        ("harbour", "our paraphrase"),
        ("about", "our paraphrase"),
        ("lund-sea", "quoted by the brief"),
        ("table-1", "the brief’s figures, in our words"),
        ("term-surge", "our definition"),
        ("fact-author", "publication data"),
    ],
)
def test_a_match_and_its_entry_are_the_words_of_the_same(pack: Pack, name: str, whose: str) -> None:
    entry = next(entry for entry in pack.entries if entry.id == name)
    assert whose_words_of(entry) == whose_words(match(pack, entry)) == whose


def test_ingested_words_are_the_authors(pack: Pack) -> None:
    entry = replace(next(pack.passages), verbatim="A barrier is wanted here.")
    assert whose_words_of(entry) == whose_words(match(pack, entry, verbatim=True)) == "the author’s words"


def test_our_answer_above_the_authors_words_is_told_apart(pack: Pack) -> None:
    entry = replace(next(pack.passages), verbatim="A barrier is wanted here.")
    told = whose_words(match(pack, entry, verbatim=True, answer="Yes, it is."))
    assert told == "answer: our words; below it: the author’s words"


def test_a_citation_names_the_page_where_it_is_known(pack: Pack) -> None:
    entry = next(pack.passages)
    assert cited(pack, entry) == "Vinter (2019), Summary, para. 1"
    copy = pack.with_copy({entry.place: ("A barrier is wanted here.", "iv")})
    assert cited(copy, entry) == "Vinter (2019), Summary, para. 1, p. iv"
