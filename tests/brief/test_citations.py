"""What a citation says, and what it keeps for machines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.brief.citations import Citation, cite
from bot.brief.pack import Pack
from bot.brief.places import Place
from bot.brief.publication import Publication

PLACE = Place("The view from Russia", 2)


@pytest.fixture
def pack(brief: Publication) -> Pack:
    """Give a pack without entries."""
    return Pack("hansen-2016", brief, "", ("Summary", PLACE.section))


def test_a_citation_names_author_year_section_and_paragraph(pack: Pack) -> None:
    assert cite(pack, PLACE).text == "Hansen (2016), The view from Russia, para. 2"


def test_a_citation_names_a_page_that_is_known(pack: Pack) -> None:
    assert cite(pack, PLACE, "3").text == "Hansen (2016), The view from Russia, para. 2, p. 3"


def test_a_section_can_be_cited_as_such(pack: Pack) -> None:
    assert cite(pack, Place("Summary")).text == "Hansen (2016), Summary"


def test_a_citation_keeps_the_parts_of_the_place(pack: Pack) -> None:
    assert replace(cite(pack, PLACE, "iv"), text="") == Citation("hansen-2016", PLACE.section, 2, "iv", "")


def test_an_unknown_page_is_none(pack: Pack) -> None:
    assert cite(pack, PLACE).page is None
