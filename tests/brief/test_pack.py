"""The entries of a pack, in their order and as plain text."""

from __future__ import annotations

import pytest

from bot.brief.pack import (
    Column,
    Entry,
    Fact,
    Figure,
    Overview,
    Pack,
    Passage,
    Point,
    Quote,
    Recommendation,
    Row,
    Section,
    Term,
)
from bot.brief.places import Place
from bot.brief.publication import PartialDate, Publication

PLACE = Place("Summary", 1)
PASSAGE = Passage(id="passage", title="Passage", place=PLACE, summary="Ours.")
QUOTE = Quote(id="quote", title="Quote", place=PLACE, speaker="Putin", quoted="Not easy")
ADVICE = Recommendation(
    id="advice", title="Advice", place=PLACE, summary="Wait.", horizon="short", addressee="Everyone"
)
FIGURE = Figure(
    id="figure",
    title="Figure",
    place=Place("Figure 1"),
    source="A poll",
    unit="%",
    summary="Numbers.",
    columns=(Column("trump", "Trump"), Column("clinton", "Clinton")),
    rows=(Row("good", "Good", {"trump": 22.0, "clinton": None, "nobody": 3.0}, "{value} % think well of {column}."),),
)
SECTION = Section(id="section", title="Section", place=PLACE, summary="All.", passages=(PASSAGE,))
OVERVIEW = Overview(id="overview", title="Overview", place=PLACE, body="In short.")
TERM = Term(id="term", title="Term", place=PLACE, term="NATO", body="An alliance.")
FACT = Fact(id="fact", title="Fact", place=PLACE, body="A fact.")


@pytest.fixture
def pack(brief: Publication) -> Pack:
    """Give a pack with one entry of every kind."""
    return Pack(
        "tiny",
        brief,
        "",
        ("Summary", "Figure 1"),
        sections=(SECTION,),
        quotes=(QUOTE,),
        figures=(FIGURE,),
        recommendations=(ADVICE,),
        overviews=(OVERVIEW,),
        terms=(TERM,),
        facts=(FACT,),
    )


def test_a_pack_yields_every_kind_of_entry_passages_first(pack: Pack) -> None:
    assert list(pack.entries) == [PASSAGE, ADVICE, QUOTE, FIGURE, SECTION, OVERVIEW, TERM, FACT]


def test_passages_come_out_of_their_sections(pack: Pack) -> None:
    assert list(pack.passages) == [PASSAGE]


def test_a_pack_speaks_as_of_its_publication(pack: Pack) -> None:
    assert pack.as_of == "November 2016"


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (PASSAGE, "Ours."),
        (ADVICE, "Wait."),
        (SECTION, "All."),
        (OVERVIEW, "In short."),
        (TERM, "An alliance."),
        (FACT, "A fact."),
        (FIGURE, "22 % think well of Trump. Source: A poll."),
    ],
)
def test_every_entry_has_a_plain_text(entry: Entry, text: str) -> None:
    assert entry.text == text


def test_the_authors_words_go_before_our_summary() -> None:
    assert Passage(id="a", title="A", place=PLACE, summary="Ours.", verbatim="Theirs.").text == "Theirs."


def test_the_authors_bullet_goes_before_our_summary() -> None:
    advice = Recommendation(
        id="a", title="A", place=PLACE, summary="Ours.", horizon="", addressee="", verbatim="Theirs."
    )

    assert advice.text == "Theirs."


def test_a_quote_is_written_with_speaker_occasion_and_date() -> None:
    quote = Quote(
        id="q", title="Q", place=PLACE, speaker="A", quoted="B", occasion="a debate", date=PartialDate(2016, 9)
    )

    assert quote.text == "“B” (A, a debate, September 2016)"


def test_a_quote_leaves_out_what_is_unknown() -> None:
    assert QUOTE.text == "“Not easy” (Putin)"


def test_cells_without_a_value_or_a_column_are_skipped() -> None:
    assert [(row.id, column.id, value) for row, column, value, _ in FIGURE.cells] == [("good", "trump", 22.0)]


def test_an_entry_yields_its_questions_and_those_of_its_points() -> None:
    entry = Fact(id="f", title="F", place=PLACE, body="B", ask=("Who?",), points=(Point("In 2016.", ("When?", "Y?")),))

    assert list(entry.questions) == [("Who?", ""), ("When?", "In 2016."), ("Y?", "In 2016.")]
