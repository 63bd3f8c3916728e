from __future__ import annotations

import time

import numpy as np
import pytest

from bot.answers.plain import ANSWERED, PlainIndex
from bot.answers.plain_shelf import PlainShelf
from bot.files.english import common_english

LIGHTHOUSE = [
    (
        "Origins",
        "The lighthouse at Skarvik was built in 1871 by the engineer Ingrid Halvorsen. It replaced a wooden beacon.",
    ),
    (
        "Origins",
        "Granite for the tower came by barge from Kongsberg. Forty masons worked on the walls for three summers.",
    ),
    (
        "Light",
        "The first lamp burned whale oil. In 1902 it was changed to paraffin, and an electric bulb followed in 1954.",
    ),
    (
        "Keepers",
        "Eleven keepers served at the station. "
        "Olaf Brekke, the last of them, retired when the light was automated in 1988.",
    ),
    (
        "Wrecks",
        "The steamer Aurora ran aground on the reef in a blizzard. All 62 passengers were rescued by fishermen.",
    ),
    (
        "Today",
        "Today the tower is a museum, which draws about nine thousand visitors a year. Puffins nest on the cliffs.",
    ),
]
BREAD = [
    ("", "Sourdough rises with wild yeast and bacteria from a starter. Bakers feed the starter with flour and water."),
    ("", "The oven is heated to 250 degrees, and steam keeps the crust soft while the loaf expands."),
    ("", "Rye dough is sticky; it needs more acid, because its enzymes would break the starch down."),
]


@pytest.fixture(scope="module")
def index() -> PlainIndex:
    return PlainIndex(LIGHTHOUSE, common_english())


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Who built the lighthouse at Skarvik?", 0),
        ("Where did the granite come from?", 1),
        ("When did the lamp change to paraffin?", 2),
        ("Who was the last keeper of the station?", 3),
        ("How many passengers of the Aurora were rescued?", 4),
        ("How many visitors does the museum draw a year?", 5),
    ],
)
def test_a_question_finds_its_passage(index: PlainIndex, question: str, passage: int) -> None:
    ranking = index.rank(question)
    assert ranking.order[0] == passage
    assert ranking.confidence >= ANSWERED


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Who bulit the lihgthouse at Skarvik?", 0),
        ("Where did the grnaite for the towwer come from?", 1),
        ("How many pasengers of the Aurroa were rescued?", 4),
        ("Who was the lsat keepr of the sttaion?", 3),
    ],
)
def test_slips_are_read_as_the_words_of_the_document(index: PlainIndex, question: str, passage: int) -> None:
    assert index.rank(question).order[0] == passage


@pytest.mark.parametrize(
    "question",
    [
        "What did the Treaty of Tordesillas divide?",
        "Which enzyme unwinds the DNA helix?",
        "Who scored the winning goal for Brazil in 1970?",
    ],
)
def test_a_question_on_something_else_is_not_answered(index: PlainIndex, question: str) -> None:
    assert not index.rank(question).answered


@pytest.mark.parametrize("question", ["", "   ", "?!", "\u200b\x00", "qzxv wkjq bvvx", "的是 不了", "🙂🙂🙂"])
def test_nothing_sensible_is_refused_without_fault(index: PlainIndex, question: str) -> None:
    ranking = index.rank(question)
    assert not ranking.answered
    assert len(ranking.scores) == len(LIGHTHOUSE)
    assert np.isfinite(ranking.scores).all()


@pytest.mark.parametrize("piece", ["lighthouse ", "x", "Zorblax keeper 1871 ", "the ", "word{} "])
def test_six_thousand_characters_are_ranked_in_time(index: PlainIndex, piece: str) -> None:
    question = "".join(piece.format(number) for number in range(6_000))[:6_000]
    began = time.perf_counter()
    ranking = index.rank(question)
    assert time.perf_counter() - began < 1
    assert 0 <= ranking.confidence <= 1


def test_words_that_the_document_lacks_are_named(index: PlainIndex) -> None:
    assert index.rank("Did Napoleon visit the lighthouse?").missing == ("napoleon",)


def test_a_misspelt_word_of_the_document_is_not_called_missing(index: PlainIndex) -> None:
    assert index.rank("Who bulit the lihgthouse?").missing == ()


def test_the_best_sentence_is_the_one_that_answers(index: PlainIndex) -> None:
    ranking = index.rank("What happened to the light in 1988?")
    assert ranking.best_sentences[0].startswith("Olaf Brekke")
    assert len(ranking.best_sentences) == min(5, len(ranking.order))


def test_ranking_twice_gives_the_same(index: PlainIndex) -> None:
    first, second = (index.rank("Who was the last keeper?") for _ in range(2))
    assert first.order == second.order
    assert first.confidence == second.confidence


def test_a_heading_counts_as_words_of_its_passage() -> None:
    passages = [("Penguins", "They nest in colonies on the ice."), ("Foxes", "They hunt alone at night in the woods.")]
    assert PlainIndex(passages, common_english()).rank("Where do penguins nest?").order[0] == 0


@pytest.mark.parametrize(
    "passages", [[], [("", "")], [("", ""), ("", "Rye dough is sticky.")], [("Only a heading", "")]]
)
def test_documents_of_almost_nothing_can_be_asked(passages: list[tuple[str, str]]) -> None:
    ranking = PlainIndex(passages, common_english()).rank("Is rye dough sticky?")
    assert len(ranking.scores) == len(passages)


def test_a_long_document_finds_the_same_passage() -> None:
    filler = [
        ("", f"Entry {number} of the register lists barrels of herring sold at the harbour.") for number in range(1_000)
    ]
    index = PlainIndex([*filler[:500], *LIGHTHOUSE, *filler[500:]], common_english())
    ranking = index.rank("How many pasengers of the Aurora were rescued?")
    assert ranking.order[0] == 504
    assert len(ranking.order) <= 64
    assert ranking.best_sentences[0].startswith("All 62") or "Aurora" in ranking.best_sentences[0]


def test_a_shelf_names_the_document_that_answers() -> None:
    shelf = PlainShelf([LIGHTHOUSE, BREAD], common_english())
    found = shelf.rank("Why is rye dough sticky?")
    assert (found.document, found.ranking.order[0]) == (1, 2)
    assert shelf.rank("Who was the last keeper?").document == 0


def test_a_shelf_asked_nothing_names_no_document() -> None:
    assert PlainShelf([LIGHTHOUSE, []], common_english()).rank("?").document is None
