"""``discussion.yaml``: open questions for a seminar, with the places to argue from."""

from __future__ import annotations

from bot.brief.pack import MAX_DISCUSSION, Discussion
from bot.files.formats.entries import ID, OTHER_PLACES, PlaceOf, folded
from bot.files.kinds import ListOf, Text
from bot.files.problems import shown
from bot.files.schema import Field, Record, Spot

QUESTION = Field(
    "question",
    Text(MAX_DISCUSSION),
    "An open question to compare, weigh or apply what the brief says, in our own words; it takes no side.",
    "Which of the two readings of Putin's remark convinces you more, and why?",
    required=True,
)
PLACE = Field(
    "place",
    PlaceOf(OTHER_PLACES),
    "The place that the question rests on: the section's exact title and the number of the paragraph.",
    "The great uncertainties 3",
    required=True,
)
ALSO = Field(
    "also",
    ListOf(PlaceOf(OTHER_PLACES)),
    "Further places to read for it.",
    ["Quotes 1"],
    (),
)
DISCUSSION = Record(
    "Discussion question",
    "An open question for a seminar, which digests show in turn.",
    (ID, QUESTION, PLACE, ALSO),
    lambda values: Discussion(values[ID], values[QUESTION], values[PLACE], values[ALSO]),
    entry=True,
)


def _asked_once(discussions: tuple[Discussion, ...], spot: Spot) -> None:
    firsts: dict[str, str] = {}
    for index, discussion in enumerate(discussions):
        first = firsts.setdefault(folded(discussion.question), discussion.id)
        if first != discussion.id:
            place = spot.enter(discussion.id, "discussions", index)
            place.report(f"asks the same as {shown(first)}; delete or reword one", "question")


DISCUSSIONS = Field(
    "discussions",
    ListOf(DISCUSSION),
    "The questions, in the order in which digests take them.",
    [{"id": "talk-putin-remark", "question": QUESTION.example, "place": PLACE.example}],
    required=True,
)
DISCUSSION_FILE = Record(
    "discussion.yaml",
    "Open questions for a seminar: the brief does not answer them, it gives every side something to argue with.",
    (DISCUSSIONS,),
    lambda values: values[DISCUSSIONS],
    check=_asked_once,
)
