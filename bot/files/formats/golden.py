"""``questions.yaml``: golden questions, labelled with the places that properly answer them."""

from __future__ import annotations

from bot.brief.pack import GoldenQuestion
from bot.files.formats.entries import GOLD_PLACES, MAX_NAME, PlaceOf
from bot.files.kinds import Boolean, ListOf, Nullable, Number, Text
from bot.files.schema import Field, Record, Values

GOLDEN_IDS = "ids of golden questions"
MAX_QUESTION = 4_000

ID = Field("id", Text(64, note=GOLDEN_IDS), "The question's name, unique in the file.", "d001", required=True)
QUESTION = Field(
    "question", Text(MAX_QUESTION, lines=True, empty=True), "The question as typed.", "Who won?", required=True
)
TYPE = Field("type", Text(MAX_NAME), "The sort of question, for the report.", "paraphrase", "")
GOLD = Field(
    "gold",
    ListOf(PlaceOf(GOLD_PLACES), least=0),
    "The places that properly answer it, each of them enough; an empty list when the brief does not answer.",
    ["The view from Russia 3"],
    required=True,
)
ANSWER = Field(
    "answer", Nullable(Text(500, lines=True)), "The answer in a few words, for people.", "US Secretary of State."
)
VALUE = Field("value", Nullable(Number()), "The very number asked for.", 61)
TYPO = Field("typo", Nullable(Text(MAX_QUESTION, lines=True)), "The same question with typing errors.", "Who wno?")
PARTIAL = Field("partial", Boolean(), "true when the brief answers it only in part.", True, False)
SPEAKER = Field("speaker", Nullable(Text(MAX_NAME)), "Whose words are asked for.", "Vladimir Putin")
DIFFICULTY = Field("difficulty", Nullable(Text(MAX_NAME)), "How hard it is, for the report.", "medium")


def _golden(values: Values) -> GoldenQuestion:
    return GoldenQuestion(
        id=values[ID],
        question=values[QUESTION],
        gold=values[GOLD],
        kind=values[TYPE],
        typo=values.get(TYPO) or "",
        value=values.get(VALUE),
        partial=values[PARTIAL],
    )


GOLDEN = Record(
    "Golden question",
    "A question with the places that properly answer it.",
    (ID, QUESTION, TYPE, GOLD, ANSWER, VALUE, TYPO, PARTIAL, SPEAKER, DIFFICULTY),
    _golden,
    entry=True,
)
QUESTIONS_FILE = ListOf(GOLDEN)
