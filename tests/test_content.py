"""The packs that ship: whole, curated everywhere, and good enough on their own golden questions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.brief.pack import Entry, Figure, Pack, Passage, Recommendation, Section
from bot.brief.places import Place
from bot.cli.evaluate import OFF_TOPIC, Asked, measure, put
from bot.files.english import common_english
from bot.files.library import shipped_packs
from bot.files.packs import load_pack
from bot.words.stems import stem
from bot.words.text import sentences, words

FOLDERS = shipped_packs()
BRIEF = "hansen-2016"
# The table of the brief: every section with how many paragraphs it has (none: it has no paragraphs).
TABLE = {
    "Summary": 1, "Introduction": 3, "Recommendations": 3, "Quotes": 2, "The view from Russia": 3,
    "The great uncertainties": 3, "Two important regions": 4, "Figure 1": 0, "Publication": 0,
}  # fmt: skip
PLACES = [Place(section, number) for section, count in TABLE.items() for number in range(1, count + 1)]
IMPRESSIONS = {
    ("trump", "positive"): 38, ("trump", "negative"): 20, ("trump", "undecided"): 11, ("trump", "unknown"): 30,
    ("clinton", "positive"): 8, ("clinton", "negative"): 61, ("clinton", "undecided"): 23, ("clinton", "unknown"): 9,
}  # fmt: skip
EXPECTED = {
    ("trump", "good"): 44,
    ("clinton", "good"): 7,
    ("trump", "improve"): 37,
    ("trump", "unchanged"): 35,
    ("trump", "worsen"): 6,
}


@cache
def shipped(folder: Path) -> Pack:
    return load_pack(folder)


def brief() -> Pack:
    return shipped(next(folder for folder in FOLDERS if folder.name == BRIEF))


def paragraphs() -> list[Passage | Recommendation]:
    return [*brief().passages, *brief().recommendations]


def ids(entry: Entry) -> str:
    return entry.id


every_pack = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
every_part = pytest.mark.parametrize("part", [*paragraphs(), *brief().sections], ids=ids)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def answerer(request: pytest.FixtureRequest) -> Answerer:
    return Answerer(shipped(request.param), common_english())


@pytest.fixture(scope="module")
def asked(answerer: Answerer) -> list[Asked]:
    return put(answerer, answerer.pack.golden, typos=False)


@pytest.fixture(scope="module")
def asked_with_slips(answerer: Answerer) -> list[Asked]:
    return put(answerer, answerer.pack.golden, typos=True)


def share(value: float | None) -> float:
    assert value is not None, "there is no such golden question"
    return value


def unanswerable(asked: list[Asked]) -> list[Asked]:
    return [one for one in asked if not one.golden.gold]


def test_the_pack_of_the_brief_ships() -> None:
    assert BRIEF in {folder.name for folder in FOLDERS}


@every_pack
def test_a_shipped_pack_loads(folder: Path) -> None:
    assert shipped(folder).id == folder.name


@every_pack
def test_a_shipped_pack_may_be_published(folder: Path) -> None:
    assert shipped(folder).publishable


@every_pack
def test_a_shipped_pack_holds_no_words_of_a_readers_copy(folder: Path) -> None:
    pack = shipped(folder)
    passages, recommendations = list(pack.passages), pack.recommendations

    assert not any(passage.verbatim or passage.page for passage in passages)
    assert not any(recommendation.verbatim or recommendation.page for recommendation in recommendations)


@every_pack
def test_a_shipped_pack_states_its_rights(folder: Path) -> None:
    assert shipped(folder).rights


@every_pack
def test_ids_of_a_pack_are_unique(folder: Path) -> None:
    found = [entry.id for entry in shipped(folder).entries]

    assert len(found) == len(set(found))


def test_golden_questions_find_the_right_place_first(asked: list[Asked]) -> None:
    assert share(measure("", asked).first) >= 0.88


def test_golden_questions_find_the_right_place_in_three(asked: list[Asked]) -> None:
    assert share(measure("", asked).in_three) >= 0.95


def test_answerable_golden_questions_are_seldom_refused(asked: list[Asked]) -> None:
    assert share(measure("", asked).refused) <= 0.06


def test_golden_questions_for_a_number_get_it(asked: list[Asked]) -> None:
    assert share(measure("", asked).value) >= 0.95


def test_unanswerable_golden_questions_are_mostly_refused(asked: list[Asked]) -> None:
    found = unanswerable(asked)

    assert sum(not one.answered for one in found) >= 0.78 * len(found)


def test_off_topic_golden_questions_are_refused(asked: list[Asked]) -> None:
    found = [one for one in unanswerable(asked) if one.golden.kind == OFF_TOPIC]

    assert sum(not one.answered for one in found) >= 0.94 * len(found)


def test_golden_questions_with_slips_find_the_right_place_first(asked_with_slips: list[Asked]) -> None:
    assert share(measure("", asked_with_slips).first) >= 0.86


def test_golden_questions_with_slips_find_the_right_place_in_three(asked_with_slips: list[Asked]) -> None:
    assert share(measure("", asked_with_slips).in_three) >= 0.94


def test_an_answer_to_a_golden_question_cites_a_place_of_the_brief(answerer: Answerer, asked: list[Asked]) -> None:
    assert {place.section for one in asked for place in one.places} <= set(answerer.pack.outline)


def test_the_outline_is_the_briefs() -> None:
    assert brief().outline == tuple(TABLE)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_paragraph_has_an_entry(place: Place) -> None:
    assert place in {entry.place for entry in brief().entries}


@pytest.mark.parametrize("place", [place for place in PLACES if place.section != "Quotes"], ids=str)
def test_every_paragraph_is_a_passage_or_a_recommendation(place: Place) -> None:
    assert [entry.place for entry in paragraphs()].count(place) == 1


def test_every_section_with_paragraphs_has_its_own_summary() -> None:
    assert {section.title for section in brief().sections} >= {title for title, count in TABLE.items() if count}


@every_part
def test_every_section_and_paragraph_has_ten_questions(part: Section | Passage | Recommendation) -> None:
    assert len(set(part.questions)) >= 10


@every_part
def test_every_section_and_paragraph_has_keywords(part: Section | Passage | Recommendation) -> None:
    assert len(part.keywords) >= 3


@every_part
def test_every_section_and_paragraph_has_a_summary_of_two_to_four_sentences(
    part: Section | Passage | Recommendation,
) -> None:
    assert 2 <= len(sentences(part.summary)) <= 4


@pytest.mark.parametrize("quote", brief().quotes, ids=ids)
def test_every_quotation_has_speaker_and_place(quote: Entry) -> None:
    assert getattr(quote, "speaker", "") in {"Vladimir Putin", "Donald Trump"}
    assert quote.place in PLACES


@pytest.mark.parametrize(
    ("name", "date"), [(Place("Quotes", 1), "9 November 2016"), (Place("Quotes", 2), "7 September 2016")]
)
def test_the_pull_quotes_are_dated(name: Place, date: str) -> None:
    (quote,) = (quote for quote in brief().quotes if quote.place == name)

    assert quote.date is not None
    assert quote.date.spoken == date


@pytest.mark.parametrize(
    ("section", "paragraph", "said"),
    [
        ("Introduction", 2, "it could be Russia"),
        ("Two important regions", 2, "obsolete"),
        ("The great uncertainties", 3, "not be easy"),
    ],
)
def test_the_statements_inside_paragraphs_are_quotations(section: str, paragraph: int, said: str) -> None:
    found = [quote.quoted for quote in brief().quotes if quote.place == Place(section, paragraph)]

    assert any(said.casefold() in quoted.casefold() for quoted in found)


@pytest.mark.parametrize("recommendation", brief().recommendations, ids=ids)
def test_every_recommendation_has_horizon_and_addressee(recommendation: Recommendation) -> None:
    assert recommendation.horizon
    assert recommendation.addressee


def cells(place: Place) -> dict[tuple[str, str], float]:
    figures: tuple[Figure, ...] = brief().figures
    return {
        (column.id, row.id): value
        for figure in figures
        if figure.place == place
        for row, column, value, _ in figure.cells
    }


def test_figure_1_has_its_eight_cells() -> None:
    assert cells(Place("Figure 1")) == IMPRESSIONS


def test_the_expected_consequences_are_a_figure_of_their_own() -> None:
    assert cells(Place("The view from Russia", 2)) == EXPECTED


@pytest.mark.parametrize("figure", brief().figures, ids=ids)
def test_every_figure_names_its_source(figure: Figure) -> None:
    assert "2016" in figure.source


@pytest.mark.parametrize("figure", brief().figures, ids=ids)
def test_every_cell_is_stated_in_a_sentence_with_its_number(figure: Figure) -> None:
    assert all(f"{value:g} %" in sentence for _, _, value, sentence in figure.cells)


def test_the_publication_leaves_unknown_what_is_unknown() -> None:
    assert (brief().publication.url, brief().publication.page) == ("", "")


def test_the_publication_is_the_brief() -> None:
    publication = brief().publication

    assert (publication.short_authors, str(publication.issued), str(publication.first_published)) == (
        "Hansen",
        "2016-11",
        "2016-11-16",
    )


@every_pack
def test_the_words_of_every_quotation_are_in_the_vocabulary(folder: Path) -> None:
    pack = shipped(folder)
    found = {stem(word) for quote in pack.quotes for word in words(quote.quoted)}

    assert found - pack.vocabulary == set()


@every_pack
def test_the_words_of_every_title_of_a_section_are_in_the_vocabulary(folder: Path) -> None:
    pack = shipped(folder)
    titles = set(pack.outline) - {"Summary", "Quotes", "Publication"}  # names of parts that bear no heading

    assert {stem(word) for title in titles for word in words(title)} - pack.vocabulary == set()


@pytest.mark.parametrize("name", ["Ukraine", "Crimea", "Syria", "NATO", "sanctions", "Georgia", "Islamic", "EU"])
def test_what_the_brief_speaks_of_is_in_the_vocabulary(name: str) -> None:
    assert stem(*words(name)) in brief().vocabulary


@every_pack
def test_no_golden_question_is_a_variant_of_its_pack(folder: Path) -> None:
    pack = shipped(folder)
    variants = {" ".join(words(question)) for entry in pack.entries for question, _ in entry.questions}
    copied = [golden.question for golden in pack.golden if " ".join(words(golden.question)) in variants]

    assert copied == []
