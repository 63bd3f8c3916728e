"""``passages.yaml``, ``recommendations.yaml``, ``quotes.yaml`` and ``overviews.yaml``: what the brief says."""

from __future__ import annotations

from bot.brief.pack import MAX_TEXT, Overview, Passage, Quote, Recommendation, Section
from bot.brief.places import Place
from bot.files.formats.entries import (
    HEAD,
    ID,
    MAX_NAME,
    OTHER_PLACES,
    PAGE,
    PASSAGE_PLACES,
    PLACE,
    QUOTE_PLACES,
    RECOMMENDATION_PLACES,
    SUMMARY,
    TAIL,
    VERBATIM,
    PlaceOf,
    SectionTitle,
    shared,
)
from bot.files.kinds import Date, ListOf, Nullable, Text
from bot.files.problems import shown
from bot.files.schema import Field, Record, Spot, Values

PASSAGE_PLACE = Field(
    "place",
    PlaceOf(PASSAGE_PLACES, numbered=True),
    "The paragraph: the section's exact title, and the paragraph's number within it, from 1.",
    "The view from Russia 3",
    required=True,
)


def _passage(values: Values) -> Passage:
    return Passage(
        **shared(values),
        place=values[PASSAGE_PLACE],
        summary=values[SUMMARY],
        verbatim=values[VERBATIM],
        page=values[PAGE],
    )


def _says_something(entry: Passage | Recommendation, spot: Spot) -> None:
    if not entry.text:
        spot.report("has neither summary nor verbatim; add one of them")


PASSAGE = Record(
    "Passage",
    "One paragraph of the brief.",
    (*HEAD, PASSAGE_PLACE, SUMMARY, VERBATIM, PAGE, *TAIL),
    _passage,
    check=_says_something,
    entry=True,
)
PASSAGES = Field(
    "passages",
    ListOf(PASSAGE, least=0),
    "The section's paragraphs, in their order.",
    [
        {
            "id": "clinton-libya",
            "title": "Clinton and Libya",
            "place": "The view from Russia 3",
            "summary": "Moscow blames Clinton for Libya.",
            "ask": ["What has Libya to do with it?"],
        }
    ],
    (),
)
SECTION_TITLE = Field(
    "title",
    SectionTitle(),
    "The section's exact title, as in the outline.",
    "The view from Russia",
    required=True,
)
SECTION_PLACE = Field(
    "place",
    PlaceOf(OTHER_PLACES),
    "The paragraph that carries the section best; without it the section itself is cited.",
    "The view from Russia 1",
)


def _section(values: Values) -> Section:
    title = values[SECTION_TITLE]
    fields = shared(values)
    fields["title"] = title
    return Section(
        **fields,
        place=values.get(SECTION_PLACE) or Place(title),
        summary=values[SUMMARY],
        passages=values[PASSAGES],
    )


def _own_paragraphs(section: Section, spot: Spot) -> None:
    for index, passage in enumerate(section.passages):
        if passage.place.section != section.title and spot.reading.sections:
            message = (
                f"{shown(str(passage.place))} lies in another section than {shown(section.title)}; "
                "correct the place, or move the passage there"
            )
            spot.enter(passage.id, "passages", index).report(message, "place")


SECTION = Record(
    "Section",
    "A section of the brief as a whole, and its paragraphs.",
    (ID, SECTION_TITLE, SECTION_PLACE, SUMMARY, *TAIL, PASSAGES),
    _section,
    check=_own_paragraphs,
    entry=True,
)
SECTIONS_OF_BRIEF = Field(
    "sections",
    ListOf(SECTION),
    "The sections that have paragraphs, or that readers ask for as a whole.",
    [
        {
            "id": "view",
            "title": "The view from Russia",
            "summary": "What Moscow thinks.",
            "ask": ["What is Moscow's view?"],
        }
    ],
    required=True,
)
PASSAGES_FILE = Record(
    "passages.yaml",
    "What the brief says, section by section, paragraph by paragraph.",
    (SECTIONS_OF_BRIEF,),
    lambda values: values[SECTIONS_OF_BRIEF],
)

RECOMMENDATION_PLACE = Field(
    "place",
    PlaceOf(RECOMMENDATION_PLACES, numbered=True),
    "The recommendation's paragraph.",
    "Recommendations 1",
    required=True,
)
HORIZON = Field("horizon", Text(MAX_NAME), "By when, as far as the brief says.", "short-term", "")
ADDRESSEE = Field("addressee", Text(200), "To whom it speaks, as far as the brief says.", "Western Europe", "")


def _recommendation(values: Values) -> Recommendation:
    return Recommendation(
        **shared(values),
        place=values[RECOMMENDATION_PLACE],
        summary=values[SUMMARY],
        horizon=values[HORIZON],
        addressee=values[ADDRESSEE],
        verbatim=values[VERBATIM],
        page=values[PAGE],
    )


RECOMMENDATION = Record(
    "Recommendation",
    "One recommendation, in our own words.",
    (*HEAD, RECOMMENDATION_PLACE, SUMMARY, HORIZON, ADDRESSEE, VERBATIM, PAGE, *TAIL),
    _recommendation,
    check=_says_something,
    entry=True,
)
RECOMMENDATIONS = Field(
    "recommendations",
    ListOf(RECOMMENDATION),
    "The recommendations, in their order.",
    [
        {
            "id": "share-the-task",
            "title": "Share the task",
            "place": "Recommendations 2",
            "summary": "Europe may have to do more.",
            "horizon": "short-term",
            "addressee": "Western Europe",
            "ask": ["What should Europe do?"],
        }
    ],
    required=True,
)
RECOMMENDATIONS_FILE = Record(
    "recommendations.yaml",
    "What the brief recommends.",
    (RECOMMENDATIONS,),
    lambda values: values[RECOMMENDATIONS],
)

QUOTE_PLACE = Field(
    "place",
    PlaceOf(QUOTE_PLACES),
    "Where the brief quotes it.",
    "Quotes 2",
    required=True,
)
SPEAKER = Field("speaker", Text(MAX_NAME), "Who said it.", "Vladimir Putin", required=True)
QUOTED = Field(
    "text",
    Text(MAX_TEXT, lines=True),
    "The exact words, as the brief quotes them, without quotation marks around them.",
    "It is not our fault.",
    required=True,
)
DATE = Field("date", Nullable(Date()), "When it was said: year, month or day; null if not given.", "2016-11-09")
OCCASION = Field("occasion", Text(200), "On which occasion, as far as the brief says.", "speech in the Kremlin", "")


def _quote(values: Values) -> Quote:
    return Quote(
        **shared(values),
        place=values[QUOTE_PLACE],
        speaker=values[SPEAKER],
        quoted=values[QUOTED],
        date=values[DATE],
        occasion=values[OCCASION],
    )


QUOTE = Record(
    "Quote",
    "A public statement that the brief quotes, word for word.",
    (*HEAD, QUOTE_PLACE, SPEAKER, QUOTED, DATE, OCCASION, *TAIL),
    _quote,
    entry=True,
)
QUOTES = Field(
    "quotes",
    ListOf(QUOTE),
    "The quoted statements.",
    [
        {
            "id": "putin-relations",
            "title": "Putin on relations",
            "place": "Quotes 1",
            "speaker": "Vladimir Putin",
            "text": "It is not our fault.",
            "date": "2016-11-09",
            "ask": ["What did Putin say?"],
        }
    ],
    required=True,
)
QUOTES_FILE = Record("quotes.yaml", "Whom the brief quotes.", (QUOTES,), lambda values: values[QUOTES])

OVERVIEW_TEXT = Field(
    "text",
    Text(MAX_TEXT, lines=True),
    "The answer, in one to five sentences of our own.",
    "The brief asks what Moscow may expect.",
    required=True,
)


def _overview(values: Values) -> Overview:
    return Overview(**shared(values), place=values[PLACE], body=values[OVERVIEW_TEXT])


OVERVIEW = Record(
    "Overview",
    "An answer about the brief as a whole, or about something that runs through it.",
    (*HEAD, PLACE, OVERVIEW_TEXT, *TAIL),
    _overview,
    entry=True,
)
OVERVIEWS = Field(
    "overviews",
    ListOf(OVERVIEW),
    "Answers about the brief as a whole.",
    [
        {
            "id": "about",
            "title": "What the brief is about",
            "place": "Summary 1",
            "text": "The brief asks what Moscow may expect.",
            "ask": ["What is this about?"],
        }
    ],
    required=True,
)
OVERVIEWS_FILE = Record(
    "overviews.yaml",
    "Answers about the brief as a whole.",
    (OVERVIEWS,),
    lambda values: values[OVERVIEWS],
)
