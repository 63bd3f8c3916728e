"""A brief of our own, its pack, and a press that typesets it in many layouts."""

from __future__ import annotations

import html
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.brief.pack import Column, Figure, Pack, Passage, Quote, Recommendation, Row, Section
from bot.brief.places import Place
from bot.brief.publication import Name, PartialDate, Publication

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # SWIG's types, on import
    import pymupdf

TITLE = "Ferries or bridges?"
SUBTITLE = "Crossing the fjord after the 2019 storm"
RECOMMENDATIONS = (
    "Expect a winter in which the ferries sail half as often as the timetable promises.",
    "Expect that in the mid- and long-run the county has to pay for its bridge alone.",
    "Expect fishermen who feel entitled to block the narrows whenever herring is late.",
)
QUOTES = (
    "“A bridge is a promise made in steel. [..] Nobody loves a toll, and still I shall defend it at every door”"
    " (Solveig Aasen, 4 March 2020)",
    "“When the ferry [Fjordgubben] waits for my mother, I will gladly wait for the ferry”"
    " (Harald Lunde on Fjordradio, 7 June 2020)",
)
ROWS = (
    ("", "BRIDGE", "FERRY"),
    ("IN FAVOUR", "58 %", "17 %"),
    ("AGAINST", "21 %", "64 %"),
    ("UNDECIDED", "12 %", "13 %"),
    ("NEVER CROSSES THE FJORD", "9 %", "6 %"),
)
CAPTION, SOURCE = "Figure 1: County poll on the crossing", "Source: Vestland Opinion Panel (May 2020)"
LEAD = (
    "The county wants to replace its ageing ferries with a suspension bridge. Commuters are delighted, budgets are "
    "tight, and the winter storms could in the end leave fewer choices than the drawings promise."
)
INTRODUCTION = (
    "No storm in living memory was as violent as that of January 2019. A drifting barge, it is said, tore the moorings "
    "of two ferries and broke the quay at Nordvik an hour before the morning departure.",
    "Mayor Solveig Aasen called for a bridge on the same day and blamed the shipping company for its rotten ropes; "
    "director Harald Lunde answered at a public hearing that “ropes do not rot, ministries do”. In April 2019 the "
    "harbour inspectorate found the company guilty of saving on maintenance.",
    "Many suspect, that the boardroom wanted the concession to run out first, so that nobody had to "
    "pay for the repair.",
)
VIEW = (
    "Neither crossing won the hearts of the residents. Both were met with doubt - but the ferry fared worse (see fig. "
    "1). In a survey of May 2020 as many as 58 percent favoured the bridge, whereas 64 percent were "
    "against keeping the "
    "ferry.",
    "What will a ticket cost? 44 percent of the residents think that a bridge makes the trip "
    "cheaper, seven percent put "
    "their trust in the ferry. 37 percent believe that fares stay as they are, and six percent fear that they double.",
    "Much of this goodwill rests on the brochure of the road agency, whose promises sound sweet to any commuter. It "
    "rests no less on anger at the shipping company. Nordvik regards it as a monopolist, by which people mean somebody "
    "who sets prices without asking – even after years with record profits – and sends the money to the mainland.",
)
DOUBTS = (
    "The engineers favour steel. Concrete pylons, they explain, would sink into the clay of the seabed, and no insurer "
    "in Oslo or London is willing to cover such a foundation.",
    "Wind load and fatigue are understood here as they are in Japan. Nobody at the agency believes that the deck stays "
    "open in a hurricane, but closures should be rare, and owed to ice rather than to gusts. Cyclists are promised a "
    "lane of their own, with a railing as high as a man.",
    "Some read the drawings as a hint at a cheaper tunnel. Others warn that blasting under the "
    "fjord would frighten the "
    "salmon in the farms. The minister of transport remarked that good bridges “take their time”, "
    "which sounded to many "
    "like a polite way of saying no.",
)
REGIONS = (
    "Two landing places are on the table. The first is Nordvik, where school and hospital stand "
    "within walking distance "
    "of the quay. Pupils would gain an hour of sleep, and the village a motorway junction that it never asked for.",
    "Sandnes is the second, together with the industrial park on its marshes. The smelter has let it be known that "
    "“noise is not negotiable” and demands a separate ramp for lorries. Haulage firms would not mind one either.",
    "Hamlets such as Vik and Moldestad would pay dearly for the loss of their quay once the concession ends. Subsidies "
    "reach the operator because of the 2014 accord on rural transport, and the minister has hinted "
    "that this accord may "
    "lapse. The bakery would then close, and with it the last place where young families meet.",
    "Whether the county builds at all, nobody can tell. Aasen and Lunde shook hands, which is no contract. Everybody "
    "talks of steel, hardly anybody of the clay, which has been creeping for years and has no reason to stop.",
)
BODY = {"The view from Nordvik": VIEW, "The great doubts": DOUBTS, "Two landing places": REGIONS}
CREDIT = "Kari Strand, Senior Planner, Fjord Institute (kari@fjord.example)"
PORTAL = (
    "Fjord Institute",
    TITLE,
    SUBTITLE,
    "Strand, Kari",
    "Publication date: 2020",
    "Document Version: Version of record",
    "Link to publication",
    "Citation for published version (APA):",
    f"Strand, K. (2020). {TITLE} {SUBTITLE}. Fjord Institute. Fjord Brief Vol. 2020 No. 3",
    "General rights",
    "Readers of this public portal keep one copy each, for study, and copyright stays where it was.",
    "Take down policy",
    "Whoever finds a right of theirs hurt may write to the library, which then looks into it.",
)
SUMMARIES = {
    "Summary 1": "The county would swap old ferries for a bridge; commuters hope, but money and storms "
    "limit the options.",
    "Introduction 1": "A violent storm in January 2019 damaged the Nordvik quay; a drifting barge is "
    "reported to have torn moorings.",
    "Introduction 2": "Mayor Aasen demanded a bridge and blamed the company; director Lunde denied it at "
    "a hearing. The harbour "
    "inspectorate blamed the company in April 2019 for poor maintenance.",
    "Introduction 3": "Many assume the boardroom delayed so the concession would run out before paying for repair.",
    "The view from Nordvik 1": "Polls from May 2020: 58 percent of residents for the bridge, 64 percent "
    "against the ferry.",
    "The view from Nordvik 2": "On ticket prices, 44 percent think a bridge makes the trip cheaper, 7 "
    "percent the ferry; 37 percent "
    "see fares unchanged, 6 percent doubled.",
    "The view from Nordvik 3": "The agency's brochure promises much to commuters; the shipping company "
    "is seen as a monopolist that "
    "sets prices for mainland shareholders.",
    "The great doubts 1": "Engineers point to steel: concrete pylons would sink in clay and cannot be insured.",
    "The great doubts 2": "Wind load and fatigue are understood as in Japan; closures for ice rather "
    "than gusts; cyclists cross freely.",
    "The great doubts 3": "Hopeful observers see a cheaper tunnel; cautious ones fear for salmon farms. "
    "The minister says it takes time.",
    "Two landing places 1": "Nordvik first: school and hospital near the quay, good for pupils, but a "
    "motorway junction brings traffic.",
    "Two landing places 2": "Sandnes second: the smelter in the industrial park wants a separate lorry "
    "ramp; haulage firms may profit.",
    "Two landing places 3": "Hamlets like Vik and Moldestad may lose quay, subsidies and bakery when the "
    "2014 rural transport accord ends.",
    "Two landing places 4": "Whether the county builds stays uncertain; the Aasen and Lunde handshake "
    "proves nothing; clay keeps moving.",
    "Recommendations 1": "Be ready for a winter with half the promised ferry sailings.",
    "Recommendations 2": "In the middle and long run the county may pay for the bridge alone.",
    "Recommendations 3": "Fishermen may block the narrows; be ready for it.",
}
OUTLINE = ("Summary", "Introduction", "Recommendations", "Quotes", *BODY, "Figure 1", "Publication")
EXPECTED = {
    "Summary 1": LEAD,
    **{f"Introduction {number}": text for number, text in enumerate(INTRODUCTION, 1)},
    **{f"Recommendations {number}": text for number, text in enumerate(RECOMMENDATIONS, 1)},
    **{f"Quotes {number}": text for number, text in enumerate(QUOTES, 1)},
    **{f"{heading} {number}": text for heading, texts in BODY.items() for number, text in enumerate(texts, 1)},
}


def _passages(heading: str, count: int) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            id=f"{heading[:20].lower().replace(' ', '-')}-{number}",
            title=" ".join(SUMMARIES[f"{heading} {number}"].split()[:6]),
            place=Place(heading, number),
            summary=SUMMARIES[f"{heading} {number}"],
        )
        for number in range(1, count + 1)
    )


def _sections() -> tuple[Section, ...]:
    counts = {"Summary": 1, "Introduction": 3, **{heading: len(texts) for heading, texts in BODY.items()}}
    return tuple(
        Section(
            id=f"section-{number}",
            title=heading,
            place=Place(heading),
            summary="",
            passages=_passages(heading, count),
        )
        for number, (heading, count) in enumerate(counts.items(), 1)
    )


def _figure() -> Figure:
    columns = (Column("bridge", "Bridge"), Column("ferry", "Ferry"))
    rows = tuple(
        Row(
            label.split()[0].lower(),
            label.capitalize(),
            {"bridge": float(bridge.split()[0]), "ferry": float(ferry.split()[0])},
            "{value} % {column}",
        )
        for label, bridge, ferry in ROWS[1:]
    )
    return Figure(
        id="figure-1",
        title="County poll on the crossing",
        place=Place("Figure 1"),
        source="Vestland Opinion Panel (May 2020)",
        unit="%",
        summary="The bridge is liked better.",
        columns=columns,
        rows=rows,
    )


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Give the pack of the brief: summaries in other words, nothing verbatim but the quotes."""
    quoted = [text.split("”")[0].lstrip("“") for text in QUOTES]
    return Pack(
        id="ferries",
        publication=Publication(
            type="report", title=TITLE, author=(Name("Strand", "Kari"),), issued=PartialDate(2020, 6)
        ),
        rights="Ours.",
        outline=OUTLINE,
        sections=_sections(),
        quotes=(
            Quote(id="q1", title="Aasen", place=Place("Quotes", 1), speaker="Solveig Aasen", quoted=quoted[0]),
            Quote(id="q2", title="Lunde", place=Place("Quotes", 2), speaker="Harald Lunde", quoted=quoted[1]),
            Quote(
                id="q3",
                title="Smelter",
                place=Place("Two landing places", 2),
                speaker="The smelter",
                quoted="noise is not negotiable",
            ),
        ),
        figures=(_figure(),),
        recommendations=tuple(
            Recommendation(
                id=f"rec-{number}",
                title=f"Advice {number}",
                place=Place("Recommendations", number),
                summary=SUMMARIES[f"Recommendations {number}"],
                horizon="",
                addressee="",
            )
            for number in (1, 2, 3)
        ),
    )


@dataclass(frozen=True)
class Layout:
    """How the brief is to be set."""

    columns: int = 1
    css: str = ""
    header: str = ""
    folio: str = ""
    note: str = ""
    portal: bool = False
    advice: str = "top"
    figure: str = "inside"
    headings: str = "bold"
    width: float = 595
    height: float = 842
    size: float = 10


_CSS = """
* {{font-family: {family}; font-size: {size}px; line-height: 1.2}}
p {{margin: 0 0 6px 0; {align}}} h1 {{font-size: 20px; margin: 0 0 6px 0}} h2 {{font-size: 13px; margin: 8px 0 3px 0}}
.sub {{font-size: 13px; font-weight: bold}} .lead {{font-weight: bold}} .pull {{font-size: 14px; font-style: italic}}
.advice {{background-color: #dde5ee; padding: 6px}} td {{padding: 1px 8px}} .small {{font-size: 8px}}
"""


def css(family: str = "serif", size: float = 10, align: str = "text-align: left", more: str = "") -> str:
    """Write a style sheet."""
    return _CSS.format(family=family, size=size, align=align) + more


def paragraphs(layout: Layout) -> str:
    """Write the running part of the brief as HTML."""
    parts = [f"<p>{html.escape(INTRODUCTION[0])}</p>"]
    if layout.advice == "after":
        parts.append(advice(layout))
    parts += [f'<p class="pull">{html.escape(text)}</p>' for text in QUOTES]
    parts += [f"<p>{html.escape(text)}</p>" for text in INTRODUCTION[1:]]
    for heading, texts in BODY.items():
        title = heading.upper() if layout.headings == "capitals" else heading
        parts.append(f"<h2>{title}</h2>")
        for text in texts:
            if layout.figure == "inside" and text.startswith("Hamlets such as"):
                before, after = text.split(" because of the ", 1)
                parts += [f"<p>{before}</p>", figure(), f"<p>because of the {after}</p>"]
            else:
                parts.append(f"<p>{html.escape(text)}</p>")
    if layout.figure == "end":
        parts.append(figure())
    parts.append(f"<p>{CREDIT}</p>")
    if layout.advice == "end":
        parts.append(advice(layout))
    return "".join(parts)


def advice(layout: Layout) -> str:
    """Write the recommendations as HTML."""
    title = "RECOMMENDATIONS" if layout.headings == "capitals" else "Recommendations"
    items = "".join(f"<p>■ {text}</p>" for text in RECOMMENDATIONS)
    return f'<div class="advice"><h2>{title}</h2>{items}</div>'


def figure() -> str:
    """Write the table as HTML, without ruling lines."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f'<p class="small"><b>{CAPTION}</b></p><table>{rows}</table><p class="small">{SOURCE}</p>'


def press(layout: Layout) -> bytes:
    """Typeset the brief: the head over the full width, the rest in columns."""
    margin, gutter = 50.0, 22.0
    head = f'<h1>{TITLE}</h1><p class="sub">{SUBTITLE}</p><p class="lead">{LEAD}</p>'
    head += advice(layout) if layout.advice == "top" else ""
    output = io.BytesIO()
    writer = pymupdf.DocumentWriter(output)
    box = pymupdf.Rect(0, 0, layout.width, layout.height)
    inner = pymupdf.Rect(margin, margin, layout.width - margin, layout.height - margin)
    if layout.portal:
        _flow(writer, box, "".join(f"<p>{html.escape(line)}</p>" for line in PORTAL), layout.css, lambda _: [inner])
    top = pymupdf.Story(html=head, user_css=layout.css)
    device = writer.begin_page(box)
    _, filled = top.place(inner)
    top.draw(device)
    width = (inner.width - gutter * (layout.columns - 1)) / layout.columns

    def rects(page: int) -> list[Any]:
        start = filled[3] + 12 if page == 0 else inner.y0
        lefts = [inner.x0 + number * (width + gutter) for number in range(layout.columns)]
        return [pymupdf.Rect(left, start, left + width, inner.y1 - 20) for left in lefts]

    _flow(writer, box, paragraphs(layout), layout.css, rects, device)
    writer.close()
    return _furnished(output.getvalue(), layout)


def _flow(writer: Any, box: Any, text: str, style: str, rects: Callable[[int], list[Any]], device: Any = None) -> None:
    """Pour a text into the columns of as many pages as it takes."""
    story = pymupdf.Story(html=text, user_css=style)
    more, page = 1, 0
    while more:
        device = device or writer.begin_page(box)
        for rect in rects(page):
            if more:
                more, _ = story.place(rect)
                story.draw(device)
        writer.end_page()
        device, page = None, page + 1


def _furnished(data: bytes, layout: Layout) -> bytes:
    """Add running headers, page numbers and footnotes."""
    document = pymupdf.open("pdf", data)
    for number, page in enumerate(document, 1):
        if layout.header:
            page.insert_text((50, 30), layout.header, fontsize=7)
        if layout.folio:
            page.insert_text((layout.width - 110, layout.height - 22), layout.folio.format(number), fontsize=8)
        if layout.note and number == document.page_count:
            page.insert_text((50, layout.height - 50), layout.note, fontsize=7)
    return bytes(document.tobytes())


@pytest.fixture
def typeset(tmp_path: Path) -> Callable[[Layout], Path]:
    """Give a press that leaves its PDF in a file."""

    def make(layout: Layout) -> Path:
        path = tmp_path / "brief.pdf"
        path.write_bytes(press(layout))
        return path

    return make


LAYOUTS = {
    "one column, serif": Layout(css=css()),
    "one column, sans, capitals": Layout(css=css("sans-serif", 11), headings="capitals", folio="Page {}"),
    "two columns": Layout(columns=2, css=css(), header="FJORD BRIEF JUNE 2020", folio="Fjord Brief   {}"),
    "two columns, justified": Layout(columns=2, css=css(align="text-align: justify"), folio="{}", advice="after"),
    "two columns, sans, figure last": Layout(columns=2, css=css("sans-serif", 9), figure="end", headings="capitals"),
    "two columns with cover page": Layout(columns=2, css=css(), portal=True, header="FJORD BRIEF", folio="{}"),
    "three columns, landscape": Layout(columns=3, css=css(size=9), width=842, height=595, header="Fjord Brief 3/2020"),
    "three columns, small": Layout(columns=3, css=css("sans-serif", 8), folio="{}", advice="end"),
    "small pages": Layout(css=css(size=11), width=420, height=595, folio="– {} –", header="Ferries or bridges?"),
    "two columns with a footnote": Layout(
        columns=2, css=css(), note="1 The panel was asked by telephone; see its site for the method."
    ),
    "indents instead of space": Layout(
        columns=2, css=css(more="p {margin: 0; text-indent: 14px} .pull, .lead, .sub, .small {text-indent: 0}")
    ),
    "one column, recommendations last": Layout(css=css("sans-serif", 10), advice="end", folio="{}"),
}


@pytest.fixture(params=LAYOUTS.values(), ids=LAYOUTS.keys())
def layout(request: pytest.FixtureRequest) -> Layout:
    """Give each layout in turn."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def expected() -> dict[str, str]:
    """Give the words of every numbered place."""
    return EXPECTED


def as_text() -> str:
    """Write the brief as a portal gives it: plain text with stray marks, a table with tabs, a cut paragraph."""
    advice_list = "\n".join(f"- {text}" for text in RECOMMENDATIONS)
    parts = [*PORTAL, f"{SUBTITLE} **{TITLE.upper()}**", LEAD, INTRODUCTION[0], "RECOMMENDATIONS", advice_list, *QUOTES]
    parts += INTRODUCTION[1:]
    for heading, texts in BODY.items():
        parts.append(heading)
        for text in texts:
            if text.startswith("Hamlets such as"):
                before, after = text.split(" because of the ", 1)
                table = "\n".join("\t".join(row) for row in ROWS)
                parts += [before, CAPTION, table, SOURCE, f"because of the {after}"]
            elif text.startswith("What will a ticket"):
                parts += text.replace(" 37 percent ", " 37 percent\n\n").split("\n\n")
            else:
                parts.append(text)
    return "\n\n".join([*parts, CREDIT]) + "\n"


def as_markdown() -> str:
    """Write the brief as Markdown."""
    parts = [f"# {TITLE}", f"*{SUBTITLE}*", "## Summary", LEAD, "## Introduction", *INTRODUCTION]
    parts += ["## Recommendations", "\n".join(f"* {text}" for text in RECOMMENDATIONS)]
    parts += [f"> {text}" for text in QUOTES]
    for heading, texts in BODY.items():
        parts += [f"## {heading}", *texts]
    head, *rows = (" | ".join(row) for row in ROWS)
    lines = [f"| {head} |", "| --- | --- | --- |", *(f"| {row} |" for row in rows)]
    return "\n\n".join([*parts, f"**{CAPTION}**", "\n".join(lines), SOURCE]) + "\n"


@pytest.fixture(params=["text", "Markdown"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give the brief as a text and as a Markdown file."""
    path = tmp_path / ("brief.txt" if request.param == "text" else "brief.md")
    path.write_text(as_text() if request.param == "text" else as_markdown(), encoding="utf-8")
    return path


@pytest.fixture
def plain_text() -> str:
    """Give the brief as plain text."""
    return as_text()


@pytest.fixture
def two_columns() -> Layout:
    """Give a layout with all furniture."""
    return LAYOUTS["two columns with cover page"]


@pytest.fixture(scope="session")
def layouts() -> dict[str, Layout]:
    """Give all layouts by name."""
    return LAYOUTS


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[list[str]], Path]:
    """Give a press that sets lines as they are, one below the other."""

    def make(lines: list[str]) -> Path:
        document = pymupdf.open()
        page = document.new_page()
        writer = pymupdf.TextWriter(page.rect)
        font = pymupdf.Font("helv")
        for number, line in enumerate(lines):
            writer.append((72, 100 + 14 * number), line, font=font, fontsize=11)
        writer.write_text(page)
        path = tmp_path / "lines.pdf"
        document.save(path)
        return path

    return make


@pytest.fixture
def relabelled() -> Callable[[Path], Path]:
    """Give a way to count the pages of a PDF i, ii, iii."""

    def make(path: Path) -> Path:
        document = pymupdf.open(path)
        document.set_page_labels([{"startpage": 0, "style": "r", "firstpagenum": 1}])
        other = path.with_name("labelled.pdf")
        document.save(other)
        return other

    return make


@pytest.fixture
def locked() -> Callable[[Path], Path]:
    """Give a way to put a password on a PDF."""

    def make(path: Path) -> Path:
        other = path.with_name("locked.pdf")
        pymupdf.open(path).save(other, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner", user_pw="user")
        return other

    return make


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Give a PDF that holds a picture only."""
    document = pymupdf.open()
    page = document.new_page()
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 200, 200))
    pixels.clear_with(200)
    page.insert_image(page.rect, pixmap=pixels)
    path = tmp_path / "scan.pdf"
    document.save(path)
    return path
