"""The publications that the tests of references cite."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.brief.publication import Name, PartialDate, Publication

HANSEN = Name("Hansen", "Flemming Splidsboel", position="Senior Researcher")
OLSEN = Name("Olsen", "Jean-Paul")
KRUEGER = Name("Krüger", "Émile")
DIIS = "Danish Institute for International Studies"

WORKS: Mapping[str, Publication] = {
    "report": Publication(
        type="report",
        title="Geopolitical bromance or business-as-usual? Donald Trump and US-Russian relations",
        author=(HANSEN,),
        issued=PartialDate(2016, 11),
        publisher=DIIS,
        genre="Policy Brief",
        collection_title="DIIS Policy Brief",
        volume="2016",
        issue="November",
        first_published=PartialDate(2016, 11, 16),
        republished="https://example.org/portal",
    ),
    "article-journal": Publication(
        type="article-journal",
        title='What "reset" means: a view from Moscow',
        author=(HANSEN, OLSEN),
        issued=PartialDate(2016, 11),
        container_title="Journal of Briefs",
        volume="12",
        issue="3",
        page="115-123",
        doi="10.1000/182",
        url="https://example.org/article",
    ),
    "book": Publication(
        type="book",
        title="A book about briefs",
        author=(HANSEN, OLSEN, KRUEGER),
        editor=(Name("Doe", "Jane"),),
        issued=PartialDate(2016),
        publisher="Verlag",
        publisher_place="Copenhagen",
        edition="2",
        volume="3",
        collection_title="Books on Briefs",
        number="7",
        isbn="978-87-7605-000-0",
    ),
    "chapter": Publication(
        type="chapter",
        title="Why read briefs?",
        author=(HANSEN,),
        editor=(OLSEN, KRUEGER),
        container_title="The book of briefs",
        issued=PartialDate(2016),
        publisher="Verlag",
        publisher_place="Copenhagen",
        page="107-109",
    ),
    "webpage": Publication(
        type="webpage",
        title="How to read a brief",
        author=(Name(literal="The Brief Society"),),
        container_title="Briefs today",
        issued=PartialDate(2016, 11, 9),
        url="https://example.org/how_to_read",
    ),
}


@pytest.fixture(scope="session")
def works() -> Mapping[str, Publication]:
    """Give one publication of every type."""
    return WORKS


@pytest.fixture(scope="session")
def brief() -> Publication:
    """Give the brief that the first pack is about."""
    return WORKS["report"]
