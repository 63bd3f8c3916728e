"""The shipped pack with its answerer, and a small pack of every kind about a harbour that nobody has built."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answerer import Answerer
from bot.answers.suggestions import Suggester
from bot.brief.pack import (
    Alias,
    Column,
    Fact,
    Figure,
    Glossary,
    Overview,
    Pack,
    Passage,
    Point,
    Quote,
    Recommendation,
    Row,
    Section,
    Term,
    Untreated,
)
from bot.brief.places import Place
from bot.brief.publication import Name, PartialDate, Publication
from bot.files.english import common_english
from bot.files.library import shipped_packs
from bot.files.packs import load_pack
from bot.words.english import English
from bot.words.stems import stem
from bot.words.text import words


def passage(name: str, place: str, title: str, summary: str, ask: tuple[str, ...], *points: Point) -> Passage:
    section, paragraph = place.rsplit(" ", 1)
    return Passage(id=name, title=title, place=Place(section, int(paragraph)), summary=summary, ask=ask, points=points)


SUMMARY = Section(
    id="summary",
    title="Summary",
    place=Place("Summary"),
    summary="Aldby wants a storm barrier, but the money is lacking.",
    ask=("What does the summary say?",),
    passages=(
        passage(
            "summary-barrier",
            "Summary 1",
            "A barrier is wanted",
            "Aldby wants a storm barrier. The Coast Office doubts, the brief says, that it can be built in time.",
            ("Does Aldby want a storm barrier?", "Who doubts that the barrier can be built in time?"),
        ),
    ),
)
HARBOUR = Section(
    id="harbour",
    title="The harbour",
    place=Place("The harbour"),
    summary="How the harbour silts up and who works in it.",
    ask=("What is wrong with the harbour?",),
    passages=(
        passage(
            "silt",
            "The harbour 1",
            "Silt fills the harbour",
            "Silt allegedly fills the harbour by a foot a year, and dredging has been stopped.",
            ("How fast does silt fill the harbour?", "Why was dredging stopped?", "is the harbour silting up"),
            Point("By a foot a year, allegedly.", ("How much silt comes in a year?",)),
        ),
        passage(
            "pilots",
            "The harbour 2",
            "Pilots leave the harbour",
            "Critics say that pilots leave for Oxhaven because their wages were cut.",
            ("Why do pilots leave?", "Where do the pilots go?", "were the wages of the pilots cut"),
        ),
    ),
)
BARRIER = Section(
    id="barrier",
    title="The barrier",
    place=Place("The barrier", 1),
    summary="What the barrier is, and what it may do to the seals.",
    ask=("What is said on the barrier?",),
    passages=(
        passage(
            "gates",
            "The barrier 1",
            "Gates that close in a surge",
            "The barrier has twelve gates that close when a surge is forecast.",
            ("How does the barrier work?", "When do the gates close?", "how many gates has the barrier"),
        ),
        passage(
            "seals",
            "The barrier 2",
            "Seals and the barrier",
            "Fishermen claim that the seals will not pass the gates. Biologists have not yet looked into it.",
            ("What happens to the seals?", "Do biologists know whether seals pass the gates?"),
        ),
    ),
)
TABLE = Figure(
    id="table-1",
    title="What residents think",
    place=Place("Table 1"),
    source="Aldby Survey (May 2019)",
    unit="%",
    summary="More residents back the barrier than the dike.",
    columns=(Column("barrier", "the barrier", ("barrier",)), Column("dike", "the dike", ("dike",))),
    rows=(
        Row(
            "back", "Back", {"barrier": 54.0, "dike": 21.5}, "{value} % of the residents back {column}.",
            ("support",), ("How many residents back {column}?", "What share supports {column}?"),
        ),
        Row(
            "oppose", "Oppose", {"barrier": 30.0, "dike": None}, "{value} % of the residents oppose {column}.",
            ("against",), ("How many residents oppose {column}?", "What share is against {column}?"),
        ),
    ),
    ask=("Show me the table of what residents think",),
)  # fmt: skip
PACK = Pack(
    id="harbour",
    publication=Publication(
        type="report",
        title="Harbour and storm",
        author=(Name("Vinter", "Ada", position="Engineer"),),
        issued=PartialDate(2019, 5),
        publisher="The Coast Office",
    ),
    rights="Written for the tests; nobody's text.",
    outline=("Summary", "The harbour", "The barrier", "Advice", "Quotes", "Table 1", "Publication"),
    sections=(SUMMARY, HARBOUR, BARRIER),
    quotes=(
        Quote(
            id="lund-sea",
            title="Lund on the sea",
            place=Place("Quotes", 1),
            speaker="Mayor Lund",
            quoted="The sea does not wait for money",
            date=PartialDate(2018, 3, 4),
            occasion="a town meeting",
            ask=("What did Lund say about the sea?", "Who said that the sea does not wait?"),
        ),
        Quote(
            id="krag-seals",
            title="Krag on the seals",
            place=Place("The barrier", 2),
            speaker="Iben Krag",
            quoted="Seals cannot vote",
            ask=("What did Krag say about seals?", "Who said that seals cannot vote?"),
        ),
    ),
    figures=(TABLE,),
    recommendations=(
        Recommendation(
            id="dredge",
            title="Dredge again",
            place=Place("Advice", 1),
            summary="The Coast Office should resume dredging at once.",
            horizon="short-term",
            addressee="The Coast Office",
            ask=("What should the Coast Office do at once?", "Should dredging be resumed?"),
        ),
        Recommendation(
            id="fund",
            title="Set up a fund",
            place=Place("Advice", 2),
            summary="The town council should set up a fund for the barrier.",
            horizon="long-term",
            addressee="The town council",
            ask=("How should the barrier be paid for?", "Who should set up a fund?"),
        ),
    ),
    overviews=(
        Overview(
            id="about",
            title="What the brief is about",
            place=Place("Summary", 1),
            also=(Place("The harbour", 1), Place("The barrier", 1)),
            body="The brief asks whether Aldby needs a storm barrier.",
            ask=("What is the brief about?", "tl;dr", "Give me the gist"),
        ),
    ),
    terms=(
        Term(
            id="term-surge",
            title="surge (our definition)",
            place=Place("The barrier", 1),
            term="surge",
            body="A rise of the sea that a storm drives ashore.",
            ask=("What is a surge?", "define surge"),
        ),
    ),
    facts=(
        Fact(
            id="fact-author",
            title="Author",
            place=Place("Publication"),
            body="Ada Vinter, an engineer, wrote the brief.",
            ask=("Who wrote the brief?", "author"),
        ),
    ),
    untreated=(
        Untreated(
            id="untreated-costs",
            subject="what the barrier costs",
            sentence="The brief does not say what the barrier costs.",
            keywords=("price", "cost", "budget", "kroner"),
            ask=("What does the barrier cost?", "How expensive is the barrier?", "price of the barrier in kroner"),
        ),
    ),
    glossary=Glossary(
        aliases=(
            Alias("The Coast Office", ("Coast Office", "TCO", "the regulator")),
            Alias("Aldby", ("the town of Aldby", "Aldeby")),
            Alias("Mayor Lund", ("Lund", "the mayor")),
        ),
        synonyms=(("silt", "mud"), ("wages", "pay", "salary"), ("resume", "take up again")),
    ),
    vocabulary=frozenset(
        stem(word)
        for text in (
            SUMMARY.summary, HARBOUR.summary, BARRIER.summary, TABLE.text, "The Coast Office Ada Vinter Oxhaven Lund",
            *(entry.summary for section in (SUMMARY, HARBOUR, BARRIER) for entry in section.passages),
        )
        for word in words(text)
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def english() -> English:
    return common_english()


@pytest.fixture(scope="session")
def brief() -> Pack:
    """Give the first pack that ships."""
    return load_pack(shipped_packs()[0])


@pytest.fixture(scope="session")
def answerer(brief: Pack, english: English) -> Answerer:
    """Give an answerer for the shipped pack."""
    return Answerer(brief, english)


@pytest.fixture(scope="session")
def suggester(answerer: Answerer) -> Suggester:
    return Suggester(answerer.pack)


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Give a small pack with an entry of every kind."""
    return PACK


@pytest.fixture(scope="session")
def harbour(pack: Pack, english: English) -> Answerer:
    """Give an answerer for the small pack."""
    return Answerer(pack, english)


@pytest.fixture(scope="session")
def twin(pack: Pack, english: English) -> Answerer:
    """Give an answerer for a pack that is the small one under another id."""
    return Answerer(replace(pack, id="twin"), english)


@pytest.fixture(scope="session")
def bare(pack: Pack, english: English) -> Answerer:
    """Give an answerer for the small pack without the document's vocabulary."""
    return Answerer(replace(pack, vocabulary=frozenset()), english)
