"""``figures.yaml``: tables of numbers, checked cell by cell and column by column."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from bot.brief.pack import MAX_ASK, MAX_LABEL, MAX_TEXT, Column, Figure, Row
from bot.files.formats.entries import (
    FIGURE_PLACES,
    HEAD,
    LOCAL_ID,
    MAX_NAME,
    QUESTIONS,
    TAIL,
    WORDS,
    PlaceOf,
    folded,
    shared,
)
from bot.files.kinds import ListOf, MappingOf, Nullable, Number, Text
from bot.files.problems import guess, shown
from bot.files.schema import Field, Record, Spot, Values

WHOLE = 100  # per cent
ROUNDING = 1e-6  # of sums of decimals in binary

COLUMN_ID = Field("id", LOCAL_ID, "The column's name within the figure.", "trump", required=True)
COLUMN_LABEL = Field("label", Text(MAX_NAME), "The column's heading.", "Donald Trump", required=True)
NAMES = Field("names", WORDS, "What readers call the column.", ["Trump", "Donald Trump", "the Republican"], ())
COLUMN = Record(
    "Column",
    "A column of the figure.",
    (COLUMN_ID, COLUMN_LABEL, NAMES),
    lambda values: Column(values[COLUMN_ID], values[COLUMN_LABEL], values[NAMES]),
)
ROW_ID = Field("id", LOCAL_ID, "The row's name within the figure.", "negative", required=True)
ROW_LABEL = Field("label", Text(120), "The row's heading.", "Negative impression", required=True)
CELLS = Field(
    "values",
    MappingOf(LOCAL_ID, Nullable(Number())),
    "The number of each column, by the column's id; null where the figure reports none.",
    {"trump": 20, "clinton": 61},
    required=True,
)
SENTENCE = Field(
    "sentence",
    Text(300),
    "The sentence that states a cell, with {value} and {column}.",
    "{value} % of the respondents had a negative impression of {column}.",
    required=True,
)
ROW_KEYWORDS = Field("keywords", WORDS, "Words that a searcher might use for the row.", ["dislike", "unfavourable"], ())
ROW_ASK = Field(
    "ask",
    ListOf(Text(MAX_ASK)),
    "Questions for a cell of the row; {column} stands for each of the column's names.",
    ["What share of Russians disliked {column}?"],
    (),
)
ROW = Record(
    "Row",
    "A row of the figure.",
    (ROW_ID, ROW_LABEL, CELLS, SENTENCE, ROW_KEYWORDS, ROW_ASK),
    lambda values: Row(
        id=values[ROW_ID],
        label=values[ROW_LABEL],
        values=values[CELLS],
        sentence=values[SENTENCE],
        keywords=values[ROW_KEYWORDS],
        ask=values[ROW_ASK],
    ),
)
PLACE = Field("place", PlaceOf(FIGURE_PLACES), "The figure's own place.", "Figure 1", required=True)
SOURCE = Field(
    "source", Text(300), "Where the numbers come from, and when.", "An institute (October 2016)", required=True
)
UNIT = Field("unit", Text(20), 'The unit of all numbers; "%" needs quotes.', "%", required=True)
FIGURE_SUMMARY = Field(
    "summary",
    Text(MAX_TEXT, lines=True),
    "Two or three sentences of our own that read the figure.",
    "Trump was better liked than Clinton.",
    required=True,
)
COLUMNS = Field(
    "columns",
    ListOf(COLUMN),
    "The columns, from left to right.",
    [{"id": "trump", "label": "Donald Trump", "names": ["Trump"]}],
    required=True,
)
ROWS = Field(
    "rows",
    ListOf(ROW),
    "The rows, from top to bottom.",
    [{"id": "negative", "label": "Negative", "values": {"trump": 20}, "sentence": "{value} % disliked {column}."}],
    required=True,
)
SUMS = Field(
    "sums",
    MappingOf(LOCAL_ID, Text(200)),
    "A reason for each column of percentages that does not sum to 100.",
    {"trump": "rounded"},
)


def _figure(values: Values) -> Figure:
    return Figure(
        **shared(values),
        place=values[PLACE],
        source=values[SOURCE],
        unit=values[UNIT],
        summary=values[FIGURE_SUMMARY],
        columns=values[COLUMNS],
        rows=values[ROWS],
        sums=values.get(SUMS) or {},
    )


def _check(figure: Figure, spot: Spot) -> None:
    _names(figure, spot)
    _cells(figure, spot)
    _sums(figure, spot)
    for index, row in enumerate(figure.rows):
        _sentence(row, index, len(figure.columns), spot)
        _templates(figure, row, index, spot)


FIGURE = Record(
    "Figure",
    "A table of numbers with its source.",
    (*HEAD, PLACE, SOURCE, UNIT, FIGURE_SUMMARY, COLUMNS, ROWS, SUMS, *TAIL),
    _figure,
    check=_check,
    entry=True,
)
FIGURES = Field(
    "figures",
    ListOf(FIGURE),
    "The figures, in their order.",
    [
        {
            "id": "figure-1",
            "title": "A poll",
            "place": "Figure 1",
            "source": "An institute (October 2016)",
            "unit": "%",
            "summary": "Few liked either.",
            "columns": COLUMNS.example,
            "rows": ROWS.example,
            "sums": SUMS.example,
            "ask": ["Who was more popular?"],
        }
    ],
    required=True,
)
FIGURES_FILE = Record("figures.yaml", "The brief's tables of numbers.", (FIGURES,), lambda values: values[FIGURES])


def _names(figure: Figure, spot: Spot) -> None:
    for what, ids in (("columns", [c.id for c in figure.columns]), ("rows", [r.id for r in figure.rows])):
        for index, name in enumerate(ids):
            if name in ids[:index]:
                spot.report(f"the id {name} is given twice among the {what}; rename one", what, index, "id")
    owners: dict[str, str] = {}
    for index, column in enumerate(figure.columns):
        seen = set()
        for step, name in enumerate(column.names):
            name_folded = folded(name)
            owner = owners.setdefault(name_folded, column.id)
            if owner != column.id or name_folded in seen:
                message = f"{shown(name)} is already a name of the column {owner}; delete one of the two"
                spot.report(message, "columns", index, "names", step)
            seen.add(name_folded)


def _cells(figure: Figure, spot: Spot) -> None:
    known = [column.id for column in figure.columns]
    for index, row in enumerate(figure.rows):
        for key, value in row.values.items():
            if key not in known:
                message = f"no column has the id {shown(key)}; {guess(key, known, 'columns')}"
                spot.report(message, "rows", index, "values", key)
            if figure.unit == "%" and value is not None and not 0 <= value <= WHOLE:
                message = f"{value:g} % cannot be; a percentage lies between 0 and 100, correct the number"
                spot.report(message, "rows", index, "values", key)
        for column in known:
            if column not in row.values:
                message = f"the column {column} is missing; add its number, or null where none is reported"
                spot.report(message, "rows", index, "values")


def _sums(figure: Figure, spot: Spot) -> None:
    known = [column.id for column in figure.columns]
    for column in known:
        total = sum(row.values.get(column) or 0 for row in figure.rows)
        whole = figure.unit != "%" or abs(total - WHOLE) < ROUNDING
        if whole and column in figure.sums:
            why = "sums to 100" if figure.unit == "%" else "holds no percentages"
            spot.report(f"the column {why}, so it needs no reason; delete this line", "sums", column)
        elif not whole and column not in figure.sums:
            message = (
                f"the column {column} sums to {total:g}, not to 100; check its numbers, or give the reason "
                f"(such as: sums: {{{column}: rounded}})"
            )
            spot.report(message, "sums")
    for column in figure.sums:
        if column not in known:
            message = f"no column has the id {shown(column)}; {guess(column, known, 'columns')}"
            spot.report(message, "sums", column)


def _placeholders(text: str) -> Iterator[str]:
    """Yield the placeholders of a template as written between the braces; raises ValueError for lone braces."""
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")


def _braces(text: str, allowed: tuple[str, ...], spot: Spot, *steps: str | int) -> list[str]:
    """Give the placeholders of a template, after reporting those that are not allowed."""
    listed = " and ".join(f"{{{name}}}" for name in allowed)
    try:
        names = list(_placeholders(text))
    except ValueError:
        spot.report(f"has a brace without its partner; only {listed} may stand in braces", *steps)
        return list(allowed)
    for name in names:
        if name not in allowed:
            spot.report(f"{shown('{' + name + '}')} is no placeholder; only {listed} may stand in braces", *steps)
            return list(allowed)
    return names


def _sentence(row: Row, index: int, columns: int, spot: Spot) -> None:
    steps = ("rows", index, "sentence")
    names = _braces(row.sentence, ("value", "column"), spot, *steps)
    if "value" not in names:
        spot.report("never states the number; put {value} where it belongs", *steps)
    if "column" not in names and columns > 1:
        spot.report("never names the column; put {column} where it belongs", *steps)


def _templates(figure: Figure, row: Row, index: int, spot: Spot) -> None:
    for step, template in enumerate(row.ask):
        steps = ("rows", index, "ask", step)
        before = len(spot.reading.problems)
        names = _braces(template, ("column",), spot, *steps)
        if len(spot.reading.problems) > before:
            continue
        line, at = spot.find(*steps)
        limit = MAX_ASK if step else MAX_LABEL
        for question in _expanded(template, figure, names):
            if len(question) > limit:
                message = f"becomes {len(question)} characters long ({shown(question)}), at most {limit}; shorten it"
                spot.report(message, *steps)
                break
            spot.reading.note(QUESTIONS, question, line, at)


def _expanded(template: str, figure: Figure, names: list[str]) -> Iterator[str]:
    if "column" not in names:
        yield template.format()
        return
    seen = set()
    for column in figure.columns:
        for name in column.names or (column.label,):
            if folded(name) not in seen:  # a name of two columns is told once, not for every question
                yield template.format(column=name)
            seen.add(folded(name))
