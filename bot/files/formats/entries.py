"""What the records of all files share: ids, places, titles, keywords, question variants, points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from bot.brief.pack import MAX_ANSWER, MAX_ASK, MAX_LABEL, MAX_TEXT, MAX_TITLE, Point
from bot.brief.places import Place, parse_place
from bot.files.kinds import ID_PATTERN, ListOf, Text
from bot.files.problems import guess, shown, tamed
from bot.files.schema import At, Field, Kind, Reading, Record, Schema, Values
from bot.files.strict_yaml import Node

MAX_SECTION = 200  # titles of sections are the author's, so they are as long as they are
MAX_KEYWORD = 60
MAX_NAME = 80
MAX_VERBATIM = 20_000

IDS = "ids"
QUESTIONS = "questions"
SECTIONS = "sections"
PASSAGE_PLACES = "places of passages"
RECOMMENDATION_PLACES = "places of recommendations"
QUOTE_PLACES = "places of quotes"
FIGURE_PLACES = "places of figures"
OTHER_PLACES = "other places"
GOLD_PLACES = "places of golden questions"

ID_WANTED = "lower-case letters, digits and single hyphens, such as clinton-libya"


def folded(text: str) -> str:
    """Fold case and white space, so that what readers take for the same text compares equal."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class PlaceOf(Kind[Place]):
    """A place as one string; ``ledger`` keeps it for the checks across files."""

    ledger: str
    numbered: bool = False

    def read(self, node: Node, at: At, reading: Reading) -> Place:
        """Read a place whose section stands in the outline."""
        text = PLACE_TEXT.read(node, at, reading)
        place = parse_place(text, reading.sections) if reading.sections else Place(text)
        if place is None:
            message = f"no section of the outline is named in {shown(text)}; {guess_section(text, reading.sections)}"
            raise reading.refuse(node, at, message)
        if self.numbered and place.paragraph is None and reading.sections:
            message = f"{shown(text)} names no paragraph; add its number within the section, such as {tamed(text)} 1"
            raise reading.refuse(node, at, message)
        reading.note(self.ledger, text, node.line, at)
        return place

    def schema(self) -> Schema:
        """Describe the place as a string; the outline is not known to an editor."""
        return PLACE_TEXT.schema()


def guess_section(text: str, sections: tuple[str, ...]) -> str:
    """Guess the section that a place or title means, whatever its number."""
    title, _, number = text.rpartition(" ")
    return guess(title if number.isdecimal() and title else text, sections, "sections")


@dataclass(frozen=True, slots=True)
class SectionTitle(Kind[str]):
    """The exact title of a section in the outline."""

    def read(self, node: Node, at: At, reading: Reading) -> str:
        """Read a title that the outline holds."""
        title = TITLE_OF_SECTION.read(node, at, reading)
        if reading.sections and title not in reading.sections:
            message = f"the outline has no section {shown(title)}; {guess_section(title, reading.sections)}"
            raise reading.refuse(node, at, message)
        reading.note(SECTIONS, title, node.line, at)
        return title

    def schema(self) -> Schema:
        """Describe the title."""
        return TITLE_OF_SECTION.schema()


PLACE_TEXT = Text(MAX_SECTION + 5)
TITLE_OF_SECTION = Text(MAX_SECTION)
LOCAL_ID = Text(64, pattern=ID_PATTERN, wanted=ID_WANTED)
WORDS = ListOf(Text(MAX_KEYWORD))
VARIANTS = ListOf(Text(MAX_ASK, note=QUESTIONS), first=Text(MAX_LABEL, note=QUESTIONS))

ID = Field(
    "id",
    Text(64, pattern=ID_PATTERN, wanted=ID_WANTED, note=IDS),
    "The name of the entry, unique over the whole pack: lower-case letters, digits, hyphens.",
    "clinton-interventionist",
    required=True,
)
TITLE = Field(
    "title",
    Text(MAX_TITLE),
    "A short heading.",
    "Why Moscow distrusts Clinton",
    required=True,
)
KEYWORDS = Field(
    "keywords",
    WORDS,
    "Single words and short phrases that a searcher might use, also such as the text does not use.",
    ["intervention", "Libya", "hawk"],
    (),
)
ASK = Field(
    "ask",
    VARIANTS,
    "Questions that the entry answers as a whole, as readers type them. The first is shown to users: the best formed.",
    ["Why does Moscow distrust Clinton?", "clinton hawk russia"],
    (),
    drafts="may omit",
)
POINT_ANSWER = Field(
    "answer",
    Text(MAX_ANSWER),
    "The direct answer, in one sentence.",
    "She was US Secretary of State before.",
    required=True,
)
POINT_ASK = Field(
    "ask",
    VARIANTS,
    "Questions that this sentence answers. The first is shown to users: the best formed.",
    ["Which office had Clinton held before?"],
    required=True,
)
POINT = Record(
    "Point",
    "A finer question with its own direct answer.",
    (POINT_ANSWER, POINT_ASK),
    lambda values: Point(values[POINT_ANSWER], values[POINT_ASK]),
)
POINTS = Field(
    "points",
    ListOf(POINT),
    "Finer questions, each with its own direct answer.",
    [{"answer": POINT_ANSWER.example, "ask": POINT_ASK.example}],
    (),
)
SUMMARY = Field(
    "summary",
    Text(MAX_TEXT, lines=True),
    "What is said, in our own words, in two to four sentences: every fact, hedge and speaker kept.",
    "Moscow sees Clinton as an interventionist.",
    "",
    drafts="may omit",
)
VERBATIM = Field(
    "verbatim",
    Text(MAX_VERBATIM, lines=True),
    "The author's own words; in drafts only, never in a pack that is published.",
    "The author's paragraph, word for word.",
    "",
    drafts="only",
)
PAGE = Field(
    "page",
    Text(20),
    "The page where the paragraph begins, by its label; in drafts only.",
    "iv",
    "",
    drafts="only",
)
PLACE = Field(
    "place",
    PlaceOf(OTHER_PLACES),
    "The place that carries it best: the section's exact title and the number of the paragraph.",
    "The view from Russia 2",
    required=True,
)
ALSO = Field(
    "also",
    ListOf(PlaceOf(OTHER_PLACES)),
    "Further places that the entry rests on; an answer cites the one that fits the question best.",
    ["Two important regions 4"],
    (),
)


class Shared(TypedDict):
    """The fields that every entry has beside its place."""

    id: str
    title: str
    also: tuple[Place, ...]
    keywords: tuple[str, ...]
    ask: tuple[str, ...]
    points: tuple[Point, ...]


HEAD: tuple[Field[object], ...] = (ID, TITLE)
TAIL: tuple[Field[object], ...] = (ALSO, KEYWORDS, ASK, POINTS)


def shared(values: Values) -> Shared:
    """Take the fields that every entry has beside its place."""
    return {
        "id": values[ID],
        "title": values[TITLE],
        "also": values[ALSO],
        "keywords": values[KEYWORDS],
        "ask": values[ASK],
        "points": values[POINTS],
    }
