"""Golden questions from a file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.brief.pack import GoldenQuestion
from bot.brief.places import Place
from bot.files.packs import load_golden
from bot.files.problems import ContentError

SECTIONS = ("Summary", "Figure 1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "golden.yaml"


def test_a_golden_question_keeps_its_labels(file: Path) -> None:
    file.write_text(
        "- {id: a, question: How many?, type: number, gold: [Figure 1, Summary 2], answer: Many, value: 61.5, "
        "typo: How mnay?, partial: true, speaker: null, difficulty: easy}\n"
    )

    assert load_golden(file, SECTIONS) == (
        GoldenQuestion(
            id="a",
            question="How many?",
            gold=(Place("Figure 1"), Place("Summary", 2)),
            kind="number",
            typo="How mnay?",
            value=61.5,
            partial=True,
        ),
    )


def test_a_golden_question_may_be_blank(file: Path) -> None:
    file.write_text("- {id: a, question: '', gold: []}\n")

    assert load_golden(file, SECTIONS)[0].question == ""


def test_without_an_outline_places_are_taken_as_they_are(file: Path) -> None:
    file.write_text("- {id: a, question: Who?, gold: [Anywhere]}\n")

    assert load_golden(file, ())[0].gold == (Place("Anywhere"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "questions: []",
            ':1: takes a list, found a mapping with the key "questions"; write it as lines that begin with "- "',
        ),
        (
            "- {id: a, question: Who?}",
            ":1: a: gold: is missing; add it: the places that properly answer it, each of them",
        ),
        (
            "- {id: a, question: Who?, gold: [Sumary 1]}",
            ':1: a: gold[1]: no section of the outline is named in "Sumary 1"',
        ),
        (
            "- {id: a, question: yes, gold: []}",
            ':1: a: question: YAML reads yes as a truth value; put it in quotes: "yes"',
        ),
        (
            "- {id: a, question: Who?, gold: [], kind: x}",
            ":1: a: kind: is an unknown key; known keys: id, question, type,",
        ),
        (
            "- {id: a, question: Who?, gold: [], value: many}",
            ':1: a: value: takes a number, found the text "many"; write',
        ),
    ],
)
def test_broken_golden_questions_say_so(file: Path, text: str, expected: str) -> None:
    file.write_text(text + "\n")

    with pytest.raises(ContentError) as caught:
        load_golden(file, SECTIONS)

    assert str(caught.value).startswith(f"{file}{expected}")
