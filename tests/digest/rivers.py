"""A small pack about a river, to make digests from."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from bot.brief.pack import Discussion, Figure, Pack, Passage, Quote, Recommendation, Section
from bot.brief.places import Place
from bot.brief.publication import Name, PartialDate, Publication
from bot.digest.contents import Digest, Setting, compose
from bot.digest.rotation import History, Shown

WEEK = dt.timedelta(days=7)
NOTHING_YET = History()
PLAIN = Setting()


def recommendation(number: int) -> Recommendation:
    return Recommendation(
        id=f"advice-{number}",
        title=f"Advice {number}",
        place=Place("Advice", number),
        summary=f"The board may have to do thing {number}. It should prepare.",
        horizon="short-term",
        addressee="The River Board",
        verbatim="The author's own bullet.",
    )


def quote(number: int) -> Quote:
    return Quote(
        id=f"quote-{number}",
        title=f"Aune on matter {number}",
        place=Place("Quotes", number),
        speaker="Kari Aune",
        quoted=f"Matter {number} has no owner.",
        date=PartialDate(2016, 11, 9),
        occasion="a speech",
    )


def section(number: int) -> Section:
    passages = tuple(
        Passage(
            id=f"passage-{number}-{paragraph}",
            title=f"Paragraph {paragraph} of part {number}",
            place=Place(f"Part {number}", paragraph),
            summary=f"The river allegedly rose {paragraph} times. More is not known.",
            verbatim="The author's own paragraph.",
        )
        for paragraph in (1, 2, 3)
    )
    return Section(
        id=f"part-{number}",
        title=f"Part {number}",
        place=Place(f"Part {number}", 1),
        summary="What the part says.",
        passages=passages,
    )


def figure(number: int) -> Figure:
    return Figure(
        id=f"figure-{number}",
        title=f"Poll {number}",
        place=Place(f"Figure {number}"),
        source="The River Board (October 2016)",
        unit="%",
        summary="Boats are less liked than mills.",
        columns=(),
        rows=(),
    )


def discussion(number: int) -> Discussion:
    return Discussion(
        f"talk-{number}", f"Which of the two sides has the better case {number}?", Place("Part 1", number)
    )


def build_pack(advice: int = 3, quotes: int = 3, figures: int = 2, parts: int = 2, talks: int = 5) -> Pack:
    """Build a pack with so many of each thing."""
    publication = Publication(
        type="report", title="Rivers and rules", author=(Name(family="Aune"),), issued=PartialDate(2016, 11)
    )
    return Pack(
        id="rivers",
        publication=publication,
        rights="",
        outline=(),
        short="Rivers",
        recommendations=tuple(recommendation(number) for number in range(1, advice + 1)),
        quotes=tuple(quote(number) for number in range(1, quotes + 1)),
        figures=tuple(figure(number) for number in range(1, figures + 1)),
        sections=tuple(section(number) for number in range(1, parts + 1)),
        discussions=tuple(discussion(number) for number in range(1, talks + 1)),
    )


PACK = build_pack()
COUNTS = st.integers(0, 6)
PACKS = st.builds(build_pack, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)


def shown(*digests: Digest) -> History:
    """Make the history of digests that came out a week apart, the last one a week ago."""
    ages = range(len(digests), 0, -1)
    return History(tuple(Shown(digest.ids, age * WEEK) for age, digest in zip(ages, digests, strict=True)))


def series(pack: Pack, count: int, setting: Setting = PLAIN) -> list[Digest]:
    digests: list[Digest] = []
    for number in range(1, count + 1):
        digests.append(compose(pack, setting, number, shown(*digests)))
    return digests
