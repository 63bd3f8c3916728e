"""Every card within Discord's limits, and nothing of a pack read as Markdown, for the largest packs there can be."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from discord import ui
from simcord.components import walk_components

from bot.answers.askers import asker
from bot.answers.outcomes import Answered, Match, NotInBrief, Why
from bot.brief.pack import MAX_ANSWER, MAX_ASK, MAX_LABEL, MAX_TEXT, MAX_TITLE, Entry, Figure
from bot.brief.references import STYLES, reference
from bot.discord.cards.answer import Frame, found_card, match_card, more_card, outcome_card
from bot.discord.cards.around import around_card
from bot.discord.cards.citing import reference_card
from bot.discord.cards.contents import outline_card, place_card, section_card
from bot.discord.cards.figures import figure_card
from bot.discord.cards.help import help_card, welcome_card
from bot.discord.cards.inbox import PER_PAGE, Amounts, inbox_card
from bot.discord.cards.privacy import privacy_card
from bot.discord.cards.quotes import quote_card
from bot.discord.cards.recommendations import recommendations_card
from bot.discord.cards.settings import Panel, channels_page, people_page, reading_page
from bot.discord.library import MATCHES, Found, Library, Volume
from bot.files.configuration import Configuration
from bot.files.english import common_english
from bot.files.formats.entries import MAX_NAME, MAX_SECTION
from bot.files.packs import load_pack
from bot.store.cases import Case
from bot.store.records import GuildSettings
from tests.discord.conftest import TINY
from tests.discord.test_markdown import read
from tests.wire.rules.components import message_components

FILLINGS = {
    "marks": "*_~|`[]<>@#\\",
    "signals": "@everyone <@1> https://evil.example/_a_ :smile: [a](https://b.c) ||x|| ",
    "lists": "1. - + > -# # ### >>> ",
    "wide": "漢👩\u200d🚀",
    "word": "unbrokenword",
}
SNOWFLAKE = 2**63 - 1
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
FULL = Frame(asker=SNOWFLAKE, feedback=True, named=True, kept=True, shared_by="Rhea")
PRIVATE = Frame(shareable=True, feedback=True, named=True)
SECTIONS, PASSAGES, QUOTES, FIGURES, ADVICE = 52, 6, 28, 27, 5

Texts = Callable[..., str]


def filler(filling: str) -> Texts:
    """Make texts as long as allowed, each another one."""
    numbers = count(1)

    def fill(length: int) -> str:
        tail = f" {next(numbers)}" if length > 30 else ""
        return (filling * length)[: length - len(tail)].rstrip() + tail

    return fill


def entry(fill: Texts, name: str, place: str, **more: Any) -> dict[str, Any]:
    points = [{"answer": fill(MAX_ANSWER), "ask": [fill(MAX_LABEL)]}]
    asked = [fill(MAX_LABEL), fill(MAX_ASK)]
    return {"id": name, "title": fill(MAX_TITLE), "place": place, "ask": asked, "points": points, **more}


def figure(fill: Texts, name: str, place: str, *, shares: bool) -> dict[str, Any]:
    columns = [f"column-{number}" for number in range(8)]
    rows = [
        {
            "id": f"row-{number}",
            "label": fill(120),
            "values": dict.fromkeys(columns, 3.25 if shares else -123456789.25),
            "sentence": "{value} {column} " + fill(283),
        }
        for number in range(20)
    ]
    more: dict[str, Any] = {"sums": {column: fill(200) for column in columns}} if shares else {}
    return entry(
        fill, name, place, source=fill(300), unit="%" if shares else fill(20), summary=fill(MAX_TEXT), rows=rows,
        columns=[{"id": column, "label": fill(MAX_NAME)} for column in columns], **more,
    )  # fmt: skip


def largest_files(filling: str) -> dict[str, Any]:
    """Fill every file of a pack to the limits of its format."""
    fill = filler(filling)
    outline = [fill(MAX_SECTION) for _ in range(SECTIONS)]
    short, first = fill(200), outline[0]
    people = [{"literal": fill(200)} for _ in range(3)]
    publication = {
        "type": "report", "title": fill(300), "author": people, "editor": people, "issued": "2016-11",
        "publisher": short, "publisher-place": short, "genre": short, "number": short, "collection-title": short,
        "container-title": short, "volume": fill(40), "edition": fill(40), "page": fill(40),
        "URL": f"https://example.org/{'_a' * 240}",
    }  # fmt: skip
    facts = [entry(fill, f"fact-{n}", "", text=fill(MAX_TEXT)) for n in range(8)]
    for fact in facts:
        del fact["place"]
    passages = [entry(fill, f"p-{n}", f"{first} {n}", summary=fill(MAX_TEXT)) for n in range(1, PASSAGES + 1)]
    said = {"speaker": fill(MAX_NAME), "text": fill(MAX_TEXT), "date": "2016-11-09", "occasion": fill(200)}
    advised = {"horizon": fill(MAX_NAME), "addressee": fill(200)}
    return {
        "pack.yaml": {
            "short": fill(MAX_TITLE), "publication": publication, "rights": fill(MAX_TEXT), "facts": facts,
            "outline": [*outline, "Publication"],
        },
        "passages.yaml": {"sections": [
            {"id": "first", "title": first, "summary": fill(MAX_TEXT), "ask": [fill(MAX_LABEL)], "passages": passages}
        ]},
        "quotes.yaml": {"quotes": [
            entry(fill, f"q-{n}", f"{first} {n % PASSAGES + 1}", **said) for n in range(QUOTES)
        ]},
        "figures.yaml": {"figures": [
            figure(fill, f"f-{n}", outline[n % 9 + 1], shares=bool(n % 2)) for n in range(FIGURES)
        ]},
        "recommendations.yaml": {"recommendations": [
            entry(fill, f"r-{n}", f"{outline[20]} {n}", summary=fill(MAX_TEXT), **advised) for n in range(1, ADVICE + 1)
        ]},
        "overviews.yaml": {"overviews": [
            entry(fill, f"o-{n}", title, text=fill(MAX_TEXT)) for n, title in enumerate(outline)
        ]},
        "glossary.yaml": {"terms": [entry(fill, "term", f"{first} 1", term=fill(MAX_NAME), text=fill(MAX_TEXT))]},
    }  # fmt: skip


Open = Callable[[str], Volume]


@pytest.fixture(scope="module")
def largest(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Load such packs as any other, with an author's words beside ours; each once."""

    @cache
    def load(name: str) -> Volume:
        folder = tmp_path_factory.mktemp(name) / "largest"
        folder.mkdir()
        for file, held in largest_files(FILLINGS[name]).items():
            (folder / file).write_text(json.dumps(held, ensure_ascii=False), "utf-8")
        pack = load_pack(folder)
        words = filler(FILLINGS[name])
        places = [one.place for one in (*pack.passages, *pack.recommendations)]
        copied = pack.with_copy({place: (words(20_000), words(20)) for place in places})
        return Library([asker(copied, common_english())], [copied.id]).default

    return load


# ------------------------------------------------------------------ every card


def samples(volume: Volume) -> list[Entry]:
    """Take two entries of each kind: all of a kind are equally long."""
    kinds: dict[type[Entry], list[Entry]] = {}
    for one in volume.pack.entries:
        kinds.setdefault(type(one), []).append(one)
    return [one for of_kind in kinds.values() for one in of_kind[:2]]


def found(volume: Volume, one: Entry) -> Found:
    match = volume.keys.match(volume.keys.key_of(one))
    assert match is not None
    return Found(volume, match)


def matches(volume: Volume) -> list[Match]:
    """List what can be an answer: entries as wholes, their points, the cells of figures."""
    made: list[Match] = []
    for one in samples(volume):
        match = found(volume, one).match
        made += (match, *(replace(match, answer=point.answer) for point in one.points))
        if isinstance(one, Figure):
            row, column, _, _ = next(one.cells)
            cell = replace(match, id=f"{one.id}/{row.id}/{column.id}", answer="")
            made += filter(None, [volume.keys.match(volume.keys.key(cell))])
    return made


def answers(volume: Volume) -> Iterator[ui.LayoutView]:
    question = filler(volume.pack.rights)(1_000)
    repaired = tuple((question[:40], question[40:80]) for _ in range(8))
    others = tuple(found(volume, one).match for one in volume.pack.quotes[-(MATCHES - 1) :])
    for match in matches(volume):
        outcome = Answered(question, 1.0, (match, *others), tie=True, repaired=repaired)
        yield from (outcome_card(volume, outcome, frame) for frame in (FULL, PRIVATE))


def refusals(volume: Volume) -> Iterator[ui.LayoutView]:
    question = filler(volume.pack.rights)(1_000)
    reason = filler(volume.pack.rights)(700)
    nearest = tuple(found(volume, one).match for one in samples(volume)[:3])
    for why in Why:
        outcome = NotInBrief(question, 0.1, why, reason, nearest, ((question[:40], question[:40]),) * 8)
        yield from (outcome_card(volume, outcome, frame) for frame in (FULL, PRIVATE))


def lists(volume: Volume) -> Iterator[ui.LayoutView]:
    founds = [found(volume, one) for one in samples(volume)]
    for start in range(0, len(founds), MATCHES - 1):
        yield more_card(founds[start : start + MATCHES - 1], named=True)
        yield found_card(volume, founds[start : start + MATCHES - 1], named=True)
    yield found_card(volume, [], named=True)


def sections(volume: Volume) -> Iterator[ui.LayoutView]:
    yield from (outline_card(volume, page) for page in (-1, 0, 1, 2, 9))
    for number in (0, 1, 20, len(volume.pack.outline) - 1):
        yield from (section_card(volume, number, page) for page in (0, 1, 9))


def quotes(volume: Volume) -> Iterator[ui.LayoutView]:
    first, *others = volume.pack.quotes
    yield quote_card(found(volume, first), first, others, asker=SNOWFLAKE, named=True)


def charts(volume: Volume) -> Iterator[ui.LayoutView]:
    for one in volume.pack.figures[:2]:
        for picture in (None, Path("figure-0123456789abcdef.png")):
            others = volume.pack.figures[2:]
            yield figure_card(found(volume, one), one, picture, others, asker=SNOWFLAKE, named=True)


def references(volume: Volume) -> Iterator[ui.LayoutView]:
    pack = volume.pack
    for style in STYLES:
        for place in (None, pack.quotes[0].place, pack.figures[0].place):
            made = reference(pack.publication, style, place, "" if place is None else pack.page_of(place))
            for work in (made, replace(made, text=made.text[:1_200], markup=made.markup[:1_200].rstrip("\\"))):
                yield reference_card(volume, style, place, work, made.filename, asker=SNOWFLAKE)


def helps(volume: Volume) -> Iterator[ui.LayoutView]:
    told = Configuration(source_url="https://example.org", contact=filler(volume.pack.rights)(200))
    for options in (told, replace(told, source_url="")):
        yield help_card([volume] * 60, str, options, in_server=True)
    yield welcome_card(volume, str)


def panels(volume: Volume) -> Iterator[ui.LayoutView]:
    small = load_pack(TINY)
    packs = [replace(small, id=f"pack-{number}", short=volume.pack.short) for number in range(60)]
    library = Library([asker(pack, common_english()) for pack in packs])
    channels = range(SNOWFLAKE - 60, SNOWFLAKE)
    bound = {channel: f"pack-{number * 2}" for number, channel in enumerate(channels)}
    kept = GuildSettings(
        SNOWFLAKE, "pack-99", bound, frozenset(channels[:25]), instructor_role=1, moderator_role=2, digest_channel=3,
        timezone="America/Argentina/ComodRivadavia",
    )  # fmt: skip
    for known in ((), channels):
        panel = Panel(kept, library, known, NOW, "/settings timezone", "Saved: a note of ours.")
        yield from (reading_page(panel, 1), channels_page(panel, library.volumes[0], 1), people_page(panel))


def inboxes(volume: Volume) -> Iterator[ui.LayoutView]:
    text = filler(volume.pack.rights)
    for kind in ("question", "report", "vote"):
        cases = [
            Case(f"{kind[0]}{SNOWFLAKE - n}", kind, 1, "largest", text(1_000), NOW, NOW, "p", text(1_000), 10**9)
            for n in range(PER_PAGE)
        ]
        yield inbox_card(cases, Amounts(10**6, 10**6, 10**6), 3, lambda _: volume.name, "A note of ours.")


def privacy(volume: Volume) -> Iterator[ui.LayoutView]:
    kept = {"votes": [{}] * 10**5, "reports": [{}] * 10**5, "choices": {"pack": "largest", "hidden": True}}
    yield privacy_card(kept, Library([volume.asker]), "A note of ours.")


CARDS: dict[str, Callable[[Volume], Iterator[ui.LayoutView]]] = {
    "answers": answers,
    "refusals": refusals,
    "matches": lambda volume: (match_card(Found(volume, one), FULL) for one in matches(volume)),
    "lists": lists,
    "around": lambda volume: (around_card(Found(volume, one)) for one in matches(volume)),
    "sections": sections,
    "places": lambda volume: (place_card(Found(volume, one), PRIVATE) for one in matches(volume)),
    "quotes": quotes,
    "charts": charts,
    "recommendations": lambda volume: (recommendations_card(volume, n, asker=SNOWFLAKE) for n in range(-1, 9)),
    "references": references,
    "helps": helps,
    "panels": panels,
    "inboxes": inboxes,
    "privacy": privacy,
}


Show = Callable[[str, str], list[list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def shown(largest: Open) -> Show:
    """Make the cards of a kind for a pack; each once."""
    return cache(lambda kind, filling: [view.to_components() for view in CARDS[kind](largest(filling))])


# What our own words in a card are formatted as, beside headings, bold letters and quiet lines.
OURS: dict[str, set[str]] = {
    "answers": {"quote"},
    "matches": {"quote"},
    "places": {"quote"},
    "sections": {"list"},
    "quotes": {"quote"},
    "charts": {"list"},
    "references": {"italics", "link"},
    "helps": {"list"},
    "panels": {"list", "mention", "code"},
    "inboxes": {"quote", "code", "timestamp"},
    "privacy": {"list"},
}
every_card = pytest.mark.parametrize("kind", CARDS)
of_every_pack = pytest.mark.parametrize("filling", FILLINGS)


@every_card
@of_every_pack
def test_every_card_keeps_the_limits(shown: Show, filling: str, kind: str) -> None:
    cards = shown(kind, filling)
    flaws = {str(flaw) for card in cards for flaw in message_components(card, v2=True, files=files_of(card))}

    assert cards
    assert flaws == set()


@every_card
@of_every_pack
def test_no_card_has_a_text_without_a_visible_letter(shown: Show, filling: str, kind: str) -> None:
    texts = [text for card in shown(kind, filling) for text in texts_of(card)]

    assert [text for text in texts if not text.strip("#->*_ \n")] == []


@every_card
@of_every_pack
def test_nothing_of_a_pack_is_read_as_markdown(shown: Show, filling: str, kind: str) -> None:
    lines = {line for card in shown(kind, filling) for text in texts_of(card) for line in text.split("\n")}
    kinds = set().union(*(read(line).kinds for line in lines))

    assert kinds - {"heading", "bold", "quiet"} <= OURS.get(kind, set())


@every_card
def test_no_card_mentions_everyone(shown: Show, kind: str) -> None:
    assert [
        text for card in shown(kind, "signals") for text in texts_of(card) if re.search(r"(?<!\\)@everyone", text)
    ] == []


def texts_of(card: list[dict[str, Any]]) -> list[str]:
    """List the texts of a card without their blocks of code, in which nothing is read."""
    return [
        re.sub(r"```.*?```", "", one["content"], flags=re.DOTALL) or "…"
        for one in walk_components(card)
        if one["type"] == 10
    ]


def files_of(card: list[dict[str, Any]]) -> set[str]:
    """List the files that come with a card: the picture of a figure, and what the card shows as a file."""
    shown = {one["file"]["url"] for one in walk_components(card) if one["type"] == 13}
    return {url.removeprefix("attachment://") for url in shown} | {"figure-0123456789abcdef.png"}
