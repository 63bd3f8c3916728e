"""What a pack becomes, and which folders are none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.brief.places import Place
from bot.brief.publication import PartialDate
from bot.files.packs import load_pack
from bot.files.problems import ContentError

TINY = Path(__file__).parent.parent / "packs" / "tiny"


def test_the_smallest_pack_is_two_files() -> None:
    assert [passage.id for passage in load_pack(TINY).passages] == ["tests-matter"]


def test_the_folder_names_the_pack(pack: Path) -> None:
    assert load_pack(pack).id == "full-pack"


def test_the_working_folder_can_be_loaded_by_a_dot(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack)

    assert load_pack(Path()).id == "full-pack"


def test_a_publication_without_address_has_an_empty_one(pack: Path) -> None:
    assert load_pack(pack).publication.url == ""


def test_dates_keep_what_is_known_of_them(pack: Path) -> None:
    publication = load_pack(pack).publication

    assert (publication.issued, publication.first_published) == (PartialDate(2016, 11), PartialDate(2016, 11, 9))


def test_a_quote_may_have_no_date(pack: Path) -> None:
    assert [quote.date for quote in load_pack(pack).quotes] == [PartialDate(2016, 11, 9), None]


def test_cells_are_numbers_or_not_reported(pack: Path) -> None:
    assert [row.values for row in load_pack(pack).figures[0].rows] == [
        {"boats": 20.0, "mills": 60.5},
        {"boats": 80.0, "mills": None},
    ]


def test_a_section_without_place_is_cited_as_such(pack: Path) -> None:
    assert [section.place for section in load_pack(pack).sections] == [Place("Summary"), Place("The river", 2)]


def test_an_entry_may_rest_on_further_places(pack: Path) -> None:
    assert load_pack(pack).overviews[0].also == (Place("The river", 1), Place("Figure 1"))


def test_facts_lie_in_the_publication(pack: Path) -> None:
    assert load_pack(pack).facts[0].place == Place("Publication")


def test_discussion_questions_rest_on_places(pack: Path) -> None:
    assert [(talk.id, talk.place, talk.also) for talk in load_pack(pack).discussions] == [
        ("talk-boats-or-mills", Place("The river", 1), (Place("The river", 2), Place("Figure 1"))),
        ("talk-rules", Place("Summary", 1), ()),
    ]


def test_a_pack_need_not_have_discussion_questions(pack: Path) -> None:
    (pack / "discussion.yaml").unlink()

    assert load_pack(pack).discussions == ()


def test_golden_questions_know_their_places(pack: Path) -> None:
    assert [question.gold for question in load_pack(pack).golden] == [(Place("Figure 1"),), ()]


def test_the_vocabulary_is_a_set_of_stems(pack: Path) -> None:
    assert load_pack(pack).vocabulary == {"boat", "mill", "rain", "river"}


def test_a_pack_without_vocabulary_has_an_empty_one(pack: Path) -> None:
    (pack / "vocabulary.txt").unlink()

    assert load_pack(pack).vocabulary == frozenset()


def test_sections_come_in_the_order_of_the_outline(pack: Path) -> None:
    path = pack / "pack.yaml"
    path.write_text(path.read_text().replace("  - Summary\n  - The river\n", "  - The river\n  - Summary\n"))

    assert [section.id for section in load_pack(pack).sections] == ["river", "summary"]


def test_lines_may_end_as_on_windows(pack: Path) -> None:
    path = pack / "passages.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert len(list(load_pack(pack).passages)) == 3


def test_files_that_are_no_yaml_are_ignored(pack: Path) -> None:
    (pack / "README.md").write_text("# Notes\n")

    assert load_pack(pack).id == "full-pack"


def test_quiz_items_have_an_answer_of_their_kind(pack: Path) -> None:
    assert [(item.kind, item.answer) for item in load_pack(pack).quiz] == [
        ("choice", "The fish"),
        ("number", 60.5),
        ("true-false", False),
        ("text", "Kari Aune"),
    ]


def test_quiz_items_rest_on_places(pack: Path) -> None:
    assert [(item.place, item.also) for item in load_pack(pack).quiz][1] == (
        Place("Figure 1"),
        (Place("The river", 2),),
    )


def test_a_pack_need_not_have_a_quiz(pack: Path) -> None:
    (pack / "quiz.yaml").unlink()

    assert load_pack(pack).quiz == ()


def test_a_draft_may_hold_the_authors_words_and_no_questions(pack: Path) -> None:
    head, passages = pack / "pack.yaml", pack / "passages.yaml"
    head.write_text(head.read_text().replace("publishable: true", "publishable: false"))
    old = "        summary: Boats allegedly disturb the fish.\n        ask: [What do boats do to the fish?]\n"
    new = "        verbatim: Boats are said to be a nuisance.\n        page: '4'\n"
    passages.write_text(passages.read_text().replace(old, new))

    passage = next(entry for entry in load_pack(pack).passages if entry.id == "river-boats")

    assert (passage.text, passage.page, passage.ask) == ("Boats are said to be a nuisance.", "4", ())


def test_problems_of_all_files_come_at_once_and_in_order(pack: Path) -> None:
    for file, old, new in (
        ("quotes.yaml", "speaker: Kari Aune", "speeker: Kari Aune"),
        ("passages.yaml", "title: Mills on the river", "title: 1.10"),
        ("passages.yaml", "title: Boats on the river", "title: no"),
        ("figures.yaml", "boats: 20", "boats: 120"),
    ):
        path = pack / file
        path.write_text(path.read_text().replace(old, new, 1))

    with pytest.raises(ContentError) as caught:
        load_pack(pack)

    assert [(problem.file, problem.line, problem.key) for problem in caught.value.problems] == [
        ("figures.yaml", 14, "rows[1].values.boats"),
        ("figures.yaml", 23, "sums"),
        ("passages.yaml", 27, "title"),
        ("passages.yaml", 32, "title"),
        ("quotes.yaml", 2, "speaker"),
        ("quotes.yaml", 5, "speeker"),
    ]


def test_an_error_writes_one_problem_a_line(pack: Path) -> None:
    shutil.rmtree(pack)
    pack.mkdir()

    with pytest.raises(ContentError) as caught:
        load_pack(pack)

    assert str(caught.value).splitlines() == [
        f"pack.yaml: is missing in {pack}; every pack needs it",
        f"passages.yaml: is missing in {pack}; every pack needs it",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("passage.yaml", 'passage.yaml: is no file of a content pack; did you mean "passages.yaml"?'),
        ("quotes.yml", 'quotes.yml: is no file of a content pack; did you mean "quotes.yaml"?'),
    ],
)
def test_an_unknown_yaml_file_is_an_error(pack: Path, name: str, message: str) -> None:
    (pack / name).write_text("{}\n")

    with pytest.raises(ContentError) as caught:
        load_pack(pack)

    assert str(caught.value) == message


def test_a_folder_with_an_odd_name_is_no_pack(pack: Path) -> None:
    odd = pack.rename(pack.with_name("Full Pack"))

    with pytest.raises(ContentError) as caught:
        load_pack(odd)

    assert str(caught.value) == (
        "pack.yaml: id: the folder's name \"Full Pack\" is the pack's id; "
        "rename it: lower-case letters, digits and single hyphens, such as clinton-libya"
    )
