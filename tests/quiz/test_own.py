"""Instructors' own questions: what a good file becomes, and that a bad one tells every line."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.brief.pack import Pack
from bot.brief.places import Place
from bot.brief.quiz_items import Difficulty, ItemKind, flaws
from bot.quiz.items import Source, settle
from bot.quiz.own import COLUMNS, MAX_CSV, MAX_ROWS, TOPIC, OwnRead, read_form, read_own, template

HEAD = "question,answer,wrong1,wrong2,wrong3,kind,accept,unit,explanation,topic,difficulty,place\n"


def problems(read: OwnRead) -> list[str]:
    return [str(problem) for problem in read.problems]


def own(lines: str, pack: Pack | None = None) -> OwnRead:
    return read_own(HEAD + lines, pack)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_template_can_be_read_as_it_is(delimiter: str) -> None:
    assert [item.answer for item in read_own(template(delimiter)).items] == ["Bergen", 3.0]


def test_every_column_is_explained_in_a_sentence() -> None:
    assert all(about.endswith(".") for about in COLUMNS.values())


def test_columns_may_come_in_any_order_and_be_left_out() -> None:
    (item,) = read_own("answer;question\nNATO;Which alliance?\n").items

    assert (item.question, item.answer, item.kind) == ("Which alliance?", "NATO", ItemKind.TEXT)


@pytest.mark.parametrize(
    ("cells", "kind", "answer"),
    [
        ("Is it so?,TRUE,", ItemKind.TRUE_FALSE, True),
        ("Is it so?,false,", ItemKind.TRUE_FALSE, False),
        ("How many?,61,", ItemKind.NUMBER, 61),
        ('How many?,"3,5",', ItemKind.NUMBER, 3.5),
        ("Who?,Putin,Trump", ItemKind.CHOICE, "Putin"),
        ("Who?,Putin,", ItemKind.TEXT, "Putin"),
    ],
)
def test_the_kind_follows_from_the_answer(cells: str, kind: ItemKind, answer: object) -> None:
    (item,) = own(cells + "\n").items

    assert (item.kind, item.answer) == (kind, answer)


def test_what_is_left_empty_has_a_default() -> None:
    (item,) = own("Who?,Putin\n").items

    assert (item.topic, item.difficulty, item.explanation, item.place) == (TOPIC, Difficulty.MEDIUM, "", None)


def test_everything_can_be_given(pack: Pack) -> None:
    line = "Who?,Putin,Trump,,,text,Vladimir | Mr P,,He did.,Leaders,HARD,Quotes 1\n"
    (item,) = own(line, pack).items

    assert (item.accept, item.topic, item.difficulty, item.place) == (
        ("Vladimir", "Mr P"),
        "Leaders",
        Difficulty.HARD,
        Place("Quotes", 1),
    )


def test_an_own_item_can_be_asked(pack: Pack) -> None:
    (item,) = own("Who?,Putin,Trump,,,,,,,,,Quotes 1\n", pack).items
    asked = settle(item, Source.OWN, random.Random(1), pack)

    assert (asked.answer, asked.source, asked.citation) == ("Putin", Source.OWN, "Hansen (2016), Quotes, para. 1")


def test_the_same_question_has_the_same_id_in_every_file() -> None:
    assert own("Who?,Putin\n").items[0].id == own("who? ,Vladimir Putin\n").items[0].id


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (",Putin\n", "question: is empty; fill it in"),
        ("Who?,\n", "answer: is empty; fill it in"),
        (f"{'w ' * 80},Putin\n", "question: is 159 characters long, at most 145 are allowed; shorten it"),
        (f"Who?,{'x' * 101}\n", "answer: is 101 characters long, at most 100 are allowed; shorten it"),
        (f"{'w' * 60},P\n", "question: does not part at a space into 45 and 100 characters"),
        ("Who?,Putin,PUTIN\n", "wrong1: stands there already; delete or reword it"),
        ("Who?,P,T,All of the above\n", "wrong2: points at the other options, whose order changes"),
        ("Who?,Putin,,,,choice\n", "wrong1: is missing; a choice needs one to 3 wrong options"),
        ("Who?,many,,,,number\n", "answer: is no number; write digits only, such as 61"),
        ("Who?,61,61.0\n", "wrong1: stands there already; write another number"),
        ("Who?,maybe,,,,true-false\n", "answer: is neither true nor false; write one of the two"),
        ("Who?,P,,,,essay\n", "kind: “essay” is not known; write choice, true-false, number, text, or leave it empty"),
        ("Who?,P,,,,,,,,,tough\n", "difficulty: “tough” is not known; write easy, medium, hard, or leave it empty"),
        ("Who?,P\u202e\n", "answer: holds the invisible or broken character U+202E; delete it"),
        ("Who?,P" + ",x" * 11 + "\n", "there are more cells than columns"),
    ],
)
def test_every_problem_is_told_with_its_line_and_column(lines: str, expected: str) -> None:
    assert any(problem.startswith(f"line 2: {expected}") for problem in problems(own(lines)))


def test_a_question_stands_once_in_a_file() -> None:
    assert problems(own("Who?,P\nWhat?,Q\nwho?,R\n")) == [
        "line 4: question: stands in line 2 already; delete or reword one"
    ]


def test_all_problems_are_told_at_once() -> None:
    found = problems(own(',P\n\nWho?,\n"Two\nlines?",,\nWhat?,x,,,,essay\n'))

    assert [line.split(":")[0] for line in found] == ["line 2", "line 4", "line 5", "line 7"]


def test_one_problem_keeps_all_items_out() -> None:
    assert own("Who?,Putin\nWhat?,\n").items == ()


def test_a_place_that_the_brief_does_not_have_is_a_problem(pack: Pack) -> None:
    for place in ("Quotes 9", "Nowhere 1"):
        assert problems(own(f"Who?,P,,,,,,,,,,{place}\n", pack))[0].startswith(
            "line 2: place: is no place of this brief"
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "The file is empty; begin with a line of column names"),
        ("\ufeff\n\n", "The file is empty; begin with a line of column names"),
        (HEAD, "The file holds no question; write one a line below the column names"),
        (
            "question,answer\n" + "\n".join(f"Q{n}?,A" for n in range(MAX_ROWS + 1)),
            "The file holds 201 questions, at most 200",
        ),
        ("x" * (MAX_CSV + 1), "The file is too long; at most 1,000,000 characters are read"),
        ("question,wrong1\nWho?,P\n", "line 1: Missing columns: answer. Known: question, answer, wrong1,"),
        ("question,answer,colour\nWho?,P,red\n", "line 1: Unknown columns: colour. Known: question,"),
        ("question,answer,answer\nWho?,P,Q\n", "line 1: answer: the column stands there twice"),
        ('question,answer\n"Who?,P\n', "line 2: the file is no CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, expected: str) -> None:
    assert problems(read_own(text))[0].startswith(expected)


@pytest.mark.parametrize("name", ["wrong 1", "Wrong_1", "WRONG1", " wrong-1 "])
def test_a_column_is_known_however_its_name_is_written(name: str) -> None:
    (item,) = read_own(f"Question,ANSWER,{name}\nWho?,Putin,Trump\n").items

    assert item.wrong == ("Trump",)


def test_the_known_columns_are_told_once() -> None:
    (told,) = problems(read_own("Frage,Antwort,Falsch\nWer?,Putin,Trump\n"))

    assert told == (
        "line 1: Missing columns: question, answer. Unknown columns: frage, antwort, falsch. "
        f"Known: {', '.join(COLUMNS)}."
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Which city?,Oslo,The city of Bergen\n", "is much shorter than every wrong option (4 to 18 characters)"),
        ("Which city?,The city of Bergen,Oslo\n", "is much longer than every wrong option (18 to 4 characters)"),
        ("Which?,the EU,NATO,OSCE\n", "alone begins without a capital letter"),
    ],
)
def test_a_right_answer_that_stands_out_is_kept_with_a_warning(line: str, told: str) -> None:
    read = own(line)

    assert len(read.items) == 1
    assert str(read.warnings[0]).startswith(f"line 2: answer: {told}, which gives it away")


def test_an_answer_like_the_others_has_no_warning() -> None:
    assert own("Which city?,Oslo,Bergen\n").warnings == ()


def test_a_form_is_read_as_a_line_is() -> None:
    assert read_form({"question": "Who?", "answer": "Putin", "wrong1": "Trump"}) == own("Who?,Putin,Trump\n")


def test_a_problem_of_a_form_names_no_line() -> None:
    assert problems(read_form({"question": "Who?"})) == ["answer: is empty; fill it in"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_becomes_sound_items_or_problems(text: str) -> None:
    for read in (read_own(text), own(text)):
        assert bool(read.items) != bool(read.problems)
        assert not [fault for item in read.items for fault in flaws(item)]
