from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.outline import (
    amounts,
    around,
    entries_in,
    exact_place,
    find_place,
    place_labels,
    speakers,
    speaks_of,
    subjects,
)
from bot.brief.pack import MAX_LABEL, Pack, Passage, Quote
from bot.brief.places import Place


def names(pack: Pack, place: Place) -> tuple[str | None, str | None]:
    before, after = around(pack, place)
    return before.id if before else None, after.id if after else None


def test_a_section_lists_its_paragraphs_and_what_stands_beside_them(pack: Pack) -> None:
    assert [entry.id for entry in entries_in(pack, "The barrier")] == ["gates", "seals", "krag-seals"]


def test_a_section_tells_how_much_is_in_it(pack: Pack) -> None:
    assert amounts(pack, "The barrier") == "2 paragraphs, 1 quotation"
    assert amounts(pack, "Advice") == "2 recommendations"
    assert amounts(pack, "Nowhere") == ""


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("Summary", 1), (None, "silt")),
        (Place("The harbour", 1), ("summary-barrier", "pilots")),
        (Place("The harbour", 2), ("silt", "gates")),
        (Place("The barrier", 2), ("gates", "dredge")),
        (Place("Advice", 2), ("dredge", None)),
        (Place("Quotes", 1), ("fund", None)),
        (Place("The harbour"), ("summary-barrier", "silt")),
        (Place("The harbour", 9), ("pilots", "gates")),
        (Place("Nowhere", 1), (None, None)),
    ],
)
def test_before_and_after_go_over_the_borders_of_sections(
    pack: Pack, place: Place, expected: tuple[str | None, str | None]
) -> None:
    assert names(pack, place) == expected


def test_walking_on_meets_every_paragraph_and_recommendation_once(brief: Pack) -> None:
    met = []
    _, entry = around(brief, Place(brief.outline[0]))
    while entry is not None:
        met.append(entry.place)
        _, entry = around(brief, entry.place)
    assert len(met) == len(set(met))
    assert set(met) == {entry.place for entry in (*brief.passages, *brief.recommendations)}


def test_places_are_labelled_in_reading_order(pack: Pack) -> None:
    assert [label for label, _ in place_labels(pack)] == [
        "Summary, para. 1: A barrier is wanted",
        "The harbour, para. 1: Silt fills the harbour",
        "The harbour, para. 2: Pilots leave the harbour",
        "The barrier, para. 1: Gates that close in a surge",
        "The barrier, para. 2: Seals and the barrier",
        "Advice, para. 1: Dredge again",
        "Advice, para. 2: Set up a fund",
        "Quotes, para. 1: Lund on the sea",
        "Table 1: What residents think",
    ]


def test_labels_of_a_draft_hold_none_of_the_authors_words(pack: Pack) -> None:
    assert place_labels(replace(pack, publishable=False))[0][0] == "Summary, para. 1"


def long_titled(pack: Pack) -> Pack:
    titles = tuple(f"{'A very long title of a section ' * 5}{number}" for number in range(3))
    sections = tuple(
        replace(
            pack.sections[0],
            title=title,
            passages=tuple(
                Passage(id=f"p-{title[-1]}-{count}", title="Title " * 12, place=Place(title, count), summary="Words.")
                for count in range(1, 4)
            ),
        )
        for title in titles
    )
    return replace(pack, outline=titles, sections=sections, quotes=(), figures=(), recommendations=())


def test_labels_are_short_and_unique_whatever_titles_are(pack: Pack) -> None:
    labels = place_labels(long_titled(pack))
    assert len({label for label, _ in labels}) == len(labels) == 9
    assert all(len(label) <= MAX_LABEL for label, _ in labels)


def test_every_label_leads_to_its_place(pack: Pack, brief: Pack) -> None:
    for one in (pack, brief, long_titled(pack), replace(brief, publishable=False)):
        assert [find_place(one, label) for label, _ in place_labels(one)] == [place for _, place in place_labels(one)]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("The harbour 2", Place("The harbour", 2)),
        ("the harbour, para. 2", Place("The harbour", 2)),
        ("harbour 2.", Place("The harbour", 2)),
        ("Harbour paragraph 2", Place("The harbour", 2)),
        ("table 1", Place("Table 1")),
        ("advice", Place("Advice")),
        ("advise 1", Place("Advice", 1)),
        ("The harbour 7", None),
        ("zeppelin", None),
        ("", None),
    ],
)
def test_a_place_is_found_as_it_was_meant(pack: Pack, typed: str, place: Place | None) -> None:
    assert find_place(pack, typed) == place


def test_an_exact_place_is_one_that_the_brief_has(pack: Pack) -> None:
    assert exact_place(pack, "The harbour 2") == Place("The harbour", 2)
    assert exact_place(pack, "The harbour 9") is None
    assert exact_place(pack, "harbour 2") is None


def test_speakers_stand_once_in_the_order_of_the_quotations(brief: Pack) -> None:
    assert speakers(brief) == ["Vladimir Putin", "Donald Trump"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Krag", ["krag-seals"]),
        ("mayor lund", ["lund-sea"]),
        ("the seals", ["krag-seals"]),
        ("money", ["lund-sea"]),
        ("vote money", []),
        ("1", []),
        ("", ["lund-sea", "krag-seals"]),
    ],
)
def test_a_quotation_is_found_by_its_speaker_or_every_word_of_a_subject(
    pack: Pack, wanted: str, found: list[str]
) -> None:
    assert [quote.id for quote in pack.quotes if speaks_of(quote, wanted)] == found


def with_keywords(pack: Pack, *keywords: tuple[str, ...]) -> Pack:
    quotes: tuple[Quote, ...] = tuple(
        replace(quote, keywords=some) for quote, some in zip(pack.quotes, keywords, strict=True)
    )
    return replace(pack, quotes=quotes)


def test_subjects_come_from_all_quotations_in_turn(pack: Pack) -> None:
    told = with_keywords(pack, ("sea", "money", "flood"), ("seals", "Sea", "votes"))
    assert subjects(told) == ["sea", "seals", "money", "flood", "votes"]


def test_dates_speakers_and_long_words_are_no_subjects(pack: Pack) -> None:
    told = with_keywords(pack, ("4 March 2018", "mayor lund", "x" * 41, "sea"), ())
    assert subjects(told) == ["sea"]


def test_every_subject_leads_to_a_quotation(brief: Pack) -> None:
    assert subjects(brief)
    for subject in subjects(brief):
        assert any(speaks_of(quote, subject) for quote in brief.quotes), subject
