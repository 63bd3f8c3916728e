"""``pack.yaml``: the publication, its outline, facts about it, and what the brief does not treat."""

from __future__ import annotations

import re

from bot.brief.pack import MAX_TEXT, MAX_TITLE, Fact, Untreated
from bot.brief.places import Place
from bot.brief.publication import PUBLICATION_TYPES, Name, Publication
from bot.files.formats.entries import ASK, HEAD, ID, KEYWORDS, MAX_NAME, TAIL, TITLE_OF_SECTION, shared
from bot.files.kinds import Boolean, Date, ListOf, Nullable, OneOf, Text
from bot.files.schema import Field, Record, Spot, Values

PUBLICATION_PLACE = Place("Publication")
LANGUAGE = Text(
    35, pattern=re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"), wanted="a language code, such as en or de-CH"
)
SHORT_TEXT = Text(200)

FAMILY = Field("family", Text(MAX_NAME), "Family name of a person.", "Hansen", "")
GIVEN = Field("given", Text(MAX_NAME), "Given names of a person.", "Flemming", "")
LITERAL = Field("literal", Text(200), "Name of a body, instead of family and given.", "Danish Institute", "")
POSITION = Field("position", Text(200), "Position of the person, as the publication gives it.", "Senior researcher", "")


def _either(name: Name, spot: Spot) -> None:
    if not (name.family or name.literal):
        spot.report("names nobody; give the family name of a person, or literal for a body")
    if name.literal and (name.family or name.given):
        spot.report("is both a person and a body; delete literal, or family and given", "literal")


NAME = Record(
    "Name",
    "A person (family, given) or a body (literal).",
    (FAMILY, GIVEN, LITERAL, POSITION),
    lambda values: Name(values[FAMILY], values[GIVEN], values[LITERAL], values[POSITION]),
    check=_either,
)
_PERSON = [{"family": "Hansen", "given": "Flemming"}]

TYPE = Field(
    "type", OneOf(PUBLICATION_TYPES), "What sort of publication it is, in CSL's words.", "report", required=True
)
TITLE = Field("title", Text(300), "The publication's exact title.", "A short brief", required=True)
AUTHOR = Field("author", ListOf(NAME), "The authors, in their order.", _PERSON, ())
EDITOR = Field("editor", ListOf(NAME), "The editors, in their order.", _PERSON, ())
ISSUED = Field("issued", Date(), "When it was published: year, month or day.", "2016-11", required=True)
PUBLISHER = Field("publisher", SHORT_TEXT, "Who published it.", "Danish Institute", "")
PUBLISHER_PLACE = Field("publisher-place", SHORT_TEXT, "Where the publisher sits.", "Copenhagen", "")
GENRE = Field("genre", SHORT_TEXT, "The sort of report.", "Policy brief", "")
NUMBER = Field("number", SHORT_TEXT, "The report's number, in quotes.", "12", "")
COLLECTION = Field("collection-title", SHORT_TEXT, "The series.", "Policy briefs", "")
CONTAINER = Field("container-title", SHORT_TEXT, "The journal, book or site that holds it.", "A journal", "")
VOLUME = Field("volume", Text(40), "The volume, in quotes.", "3", "")
ISSUE = Field("issue", Text(40), "The issue, in quotes.", "2", "")
PAGES = Field("page", Text(40), "The pages, in quotes.", "1-4", "")
EDITION = Field("edition", Text(40), "The edition, in quotes.", "2", "")
DOI = Field(
    "DOI",
    Text(200, pattern=re.compile(r"10\.[0-9]{4,9}/\S+"), wanted="the bare DOI, such as 10.1000/182"),
    "The DOI, without https://doi.org/.",
    "10.1000/182",
    "",
)
ISBN = Field(
    "ISBN",
    Text(20, pattern=re.compile(r"[0-9][0-9 -]{8,15}[0-9Xx]"), wanted="10 or 13 digits in quotes"),
    "The ISBN, in quotes.",
    "978-87-7605-000-0",
    "",
)
URL = Field(
    "URL",
    Nullable(Text(500, pattern=re.compile(r'https?://[^\s<>"]+'), wanted="an address that begins with https://")),
    "Where it can be read; null if nowhere.",
    "https://example.org/brief",
    None,
)
LANGUAGE_OF_TEXT = Field("language", LANGUAGE, "The publication's language.", "en", "en")
FIRST_PUBLISHED = Field("first-published", Date(), "When it first came out, if that was earlier.", "2016-11-20", None)
REPUBLISHED = Field("republished", SHORT_TEXT, "Where and when it came out again.", "on a portal, 2017", "")
REPUBLISHED_BY = Field("republished-by", SHORT_TEXT, "Who brought it out again.", "A portal", "")
UNDATED = Field(
    "undated", Boolean(), "true when nothing tells the date; issued then says when it was read.", True, False
)
COVER = Field("cover", SHORT_TEXT, "What the cover shows, and whose picture it is.", "Photo: A. Name", "")


def _publication(values: Values) -> Publication:
    return Publication(
        type=values[TYPE],
        title=values[TITLE],
        author=values[AUTHOR],
        issued=values[ISSUED],
        publisher=values[PUBLISHER],
        publisher_place=values[PUBLISHER_PLACE],
        genre=values[GENRE],
        number=values[NUMBER],
        collection_title=values[COLLECTION],
        container_title=values[CONTAINER],
        volume=values[VOLUME],
        issue=values[ISSUE],
        page=values[PAGES],
        edition=values[EDITION],
        editor=values[EDITOR],
        doi=values[DOI],
        isbn=values[ISBN],
        url=values[URL] or "",
        language=values[LANGUAGE_OF_TEXT],
        first_published=values.get(FIRST_PUBLISHED),
        republished=values[REPUBLISHED],
        republished_by=values[REPUBLISHED_BY],
        cover=values[COVER],
        undated=values[UNDATED],
    )


PUBLICATION_RECORD = Record(
    "Publication",
    "What a reference needs, named as CSL-JSON names it.",
    (
        *(TYPE, TITLE, AUTHOR, EDITOR, ISSUED, PUBLISHER, PUBLISHER_PLACE, GENRE, NUMBER, COLLECTION, CONTAINER),
        *(VOLUME, ISSUE, PAGES, EDITION, DOI, ISBN, URL, LANGUAGE_OF_TEXT),
        *(FIRST_PUBLISHED, REPUBLISHED, REPUBLISHED_BY, COVER, UNDATED),
    ),
    _publication,
)

FACT_TEXT = Field(
    "text", Text(MAX_TEXT, lines=True), "The fact, in a sentence.", "The brief came out in 2016.", required=True
)
FACT = Record(
    "Fact",
    "A fact about the publication; its place is always Publication.",
    (*HEAD, FACT_TEXT, *TAIL),
    lambda values: Fact(**shared(values), place=PUBLICATION_PLACE, body=values[FACT_TEXT]),
    entry=True,
)
SUBJECT = Field("subject", Text(MAX_TITLE), "What is not treated, as a noun.", "the sample size", required=True)
SENTENCE = Field(
    "sentence", Text(300), "What to say to who asks for it.", "The brief does not give the sample size.", required=True
)
UNTREATED_RECORD = Record(
    "Untreated",
    "A subject that readers ask for and the brief does not treat.",
    (ID, SUBJECT, SENTENCE, KEYWORDS, ASK),
    lambda values: Untreated(values[ID], values[SUBJECT], values[SENTENCE], values[KEYWORDS], values[ASK]),
    entry=True,
)

SHORT = Field("short", Text(MAX_TITLE), "A short name of the brief, for lists.", "Hansen 2016", "")
LANGUAGE_OF_PACK = Field("language", LANGUAGE, "The language that the pack is written in.", "en", "en")
PUBLISHABLE = Field("publishable", Boolean(), "false for drafts: they may hold the author's text.", True, True)
PUBLICATION = Field(
    "publication",
    PUBLICATION_RECORD,
    "The publication itself.",
    {"type": "report", "title": "A short brief", "author": _PERSON, "issued": "2016-11"},
    required=True,
)
RIGHTS = Field(
    "rights",
    Text(MAX_TEXT, lines=True),
    "Whose the text is, and what readers may do with it.",
    "© the author. The summaries are ours.",
    required=True,
)
OUTLINE = Field(
    "outline",
    ListOf(TITLE_OF_SECTION),
    "The exact titles of the sections, in their order, figures and Publication included.",
    ["Summary", "The view from Russia", "Figure 1", "Publication"],
    required=True,
)
FACTS = Field(
    "facts",
    ListOf(FACT),
    "Facts about the publication that readers ask for.",
    [{"id": "year", "title": "The year", "text": "The brief came out in 2016.", "ask": ["When did it come out?"]}],
    (),
)
UNTREATED = Field(
    "untreated",
    ListOf(UNTREATED_RECORD),
    "Subjects that readers ask for and the brief does not treat.",
    [{"id": "sample", "subject": SUBJECT.example, "sentence": SENTENCE.example, "ask": ["How many were asked?"]}],
    (),
)
PACK_FILE: Record[Values] = Record(
    "pack.yaml",
    "The head of a content pack; the pack's id is the name of its folder.",
    (SHORT, LANGUAGE_OF_PACK, PUBLISHABLE, PUBLICATION, RIGHTS, OUTLINE, FACTS, UNTREATED),
    lambda values: values,
)
