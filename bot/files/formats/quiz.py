"""``quiz.yaml``: quiz items in our own words, with wrong answers, explanations and places."""

from __future__ import annotations

from dataclasses import dataclass

from bot.brief.quiz_items import (
    MAX_EXPLANATION,
    MAX_OPTION,
    MAX_STEM,
    MAX_TOPIC,
    MAX_UNIT,
    Answer,
    Difficulty,
    ItemKind,
    QuizItem,
    decimal,
    faults,
)
from bot.files.formats.entries import ID, OTHER_PLACES, PlaceOf, folded
from bot.files.kinds import ListOf, OneOf, Text
from bot.files.problems import shown
from bot.files.schema import At, Field, Kind, Reading, Record, Schema, Spot, Values
from bot.files.strict_yaml import Node, Scalar

_TEXT = Text(MAX_OPTION)


@dataclass(frozen=True, slots=True)
class AnswerOf(Kind[Answer]):
    """A text, a plain number, or a plain ``true`` or ``false``; which one fits is told by the item's kind."""

    def read(self, node: Node, at: At, reading: Reading) -> Answer:
        """Read the answer."""
        if isinstance(node, Scalar) and node.plain:
            if node.text in {"true", "false"}:
                return node.text == "true"
            number = decimal(node.text)
            if number is not None:
                return number
        return _TEXT.read(node, at, reading)

    def schema(self) -> Schema:
        """Describe the three sorts of answers."""
        return {"anyOf": [_TEXT.schema(), {"type": "number"}, {"type": "boolean"}]}


KIND = Field(
    "kind",
    OneOf(tuple(ItemKind)),
    "How it is answered: choice (two to four options), true-false, number, or text (typed, and judged kindly).",
    "choice",
    required=True,
)
TOPIC = Field(
    "topic",
    Text(MAX_TOPIC),
    "What it is about; items of one topic bear exactly the same words.",
    "Polls in Russia",
    required=True,
)
DIFFICULTY = Field("difficulty", OneOf(tuple(Difficulty)), "easy, medium or hard.", "medium", required=True)
QUESTION = Field(
    "question",
    Text(MAX_STEM),
    "The question; for true-false a statement.",
    "Which alliance did Trump call “obsolete”?",
    required=True,
)
ANSWER = Field(
    "answer",
    AnswerOf(),
    "The right answer: a text, a number without unit, or true or false.",
    "NATO",
    required=True,
)
WRONG = Field(
    "wrong",
    ListOf(Text(MAX_OPTION)),
    "Up to three wrong answers, as long and as likely as the right one; numbers in quotes. None for true-false.",
    ["The European Union", "The Warsaw Pact", "The United Nations"],
    (),
)
ACCEPT = Field(
    "accept",
    ListOf(Text(MAX_OPTION)),
    "Further right answers of a text item; spelling, case, articles and the glossary's names are understood anyway.",
    ["The Atlantic alliance"],
    (),
)
UNIT = Field("unit", Text(MAX_UNIT), 'The unit of a number item; "%" needs quotes.', "%", "")
EXPLANATION = Field(
    "explanation",
    Text(MAX_EXPLANATION),
    "Why it is so, in our own words, with every hedge of the brief; shown with the right answer.",
    "The brief quotes a famous warning by Trump.",
    required=True,
)
PLACE = Field(
    "place",
    PlaceOf(OTHER_PLACES),
    "The place that the answer rests on: the section's exact title and the number of the paragraph.",
    "Two important regions 2",
    required=True,
)
ALSO = Field("also", ListOf(PlaceOf(OTHER_PLACES)), "Further places that say the same.", ["Figure 1"], ())


def _item(values: Values) -> QuizItem:
    return QuizItem(
        id=values[ID],
        kind=values[KIND],
        topic=values[TOPIC],
        difficulty=values[DIFFICULTY],
        question=values[QUESTION],
        answer=values[ANSWER],
        wrong=values[WRONG],
        accept=values[ACCEPT],
        unit=values[UNIT],
        explanation=values[EXPLANATION],
        place=values[PLACE],
        also=values[ALSO],
    )


def _sound(item: QuizItem, spot: Spot) -> None:
    for fault in faults(item):
        spot.report(fault.message, fault.key, *(() if fault.index is None else (fault.index,)))


ITEM = Record(
    "Quiz item",
    "A question with its answers, an explanation and a place.",
    (ID, KIND, TOPIC, DIFFICULTY, QUESTION, ANSWER, WRONG, ACCEPT, UNIT, EXPLANATION, PLACE, ALSO),
    _item,
    check=_sound,
    entry=True,
)


def _told_apart(items: tuple[QuizItem, ...], spot: Spot) -> None:
    """Report questions that stand twice, and topics that differ in case or spaces only."""
    questions: dict[str, str] = {}
    topics: dict[str, str] = {}
    for index, item in enumerate(items):
        place = spot.enter(item.id, "items", index)
        first = questions.setdefault(folded(item.question), item.id)
        if first != item.id:
            place.report(f"asks the same as {shown(first)}; delete or reword one", "question")
        topic = topics.setdefault(folded(item.topic), item.topic)
        if topic != item.topic:
            place.report(f"differs from {shown(topic)} only in case; write both alike", "topic")


ITEMS = Field(
    "items",
    ListOf(ITEM),
    "The items, in any order.",
    [
        {
            "id": "quiz-obsolete",
            "kind": "text",
            "topic": "Ukraine and NATO",
            "difficulty": "easy",
            "question": QUESTION.example,
            "answer": "NATO",
            "wrong": WRONG.example,
            "explanation": EXPLANATION.example,
            "place": PLACE.example,
        }
    ],
    required=True,
)
QUIZ_FILE = Record(
    "quiz.yaml",
    "Quiz items: the question, the right answer, wrong ones, why it is so, and where the brief says it.",
    (ITEMS,),
    lambda values: values[ITEMS],
    check=_told_apart,
)
