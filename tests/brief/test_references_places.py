"""Addresses, dates of access, escapes, and places in the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.brief.places import Place
from bot.brief.publication import Name, PartialDate, Publication
from bot.brief.references import Style, reference

DAY = PartialDate(2024, 5, 3)
PLAIN = Publication("report", "A report", (Name("Hansen", "Flemming Splidsboel"),), PartialDate(2016))
ONLINE = replace(PLAIN, url="https://example.org/a_b")
WITH_DOI = replace(ONLINE, doi="10.1000/182")


@pytest.mark.parametrize(
    ("place", "style", "in_text"),
    [
        (Place("Summary"), "APA", '(Hansen, 2016, "Summary" section)'),
        (Place("Summary"), "MLA", '(Hansen, "Summary")'),
        (Place("Summary"), "Chicago", '(Hansen 2016, under "Summary")'),
        (Place("Summary"), "Harvard", "(Hansen, 2016, 'Summary')"),
        (Place("Figure 1"), "APA", "(Hansen, 2016, Figure 1)"),
        (Place("Figure 1"), "MLA", "(Hansen, fig. 1)"),
        (Place("Figure 1"), "Chicago", "(Hansen 2016, fig. 1)"),
        (Place("Table 2"), "MLA", "(Hansen, table 2)"),
        (Place("Table 2"), "Harvard", "(Hansen, 2016, Table 2)"),
        (Place('A "reset"', 2), "APA", "(Hansen, 2016, \"A 'reset'\" section, para. 2)"),
        (Place("Why trust?", 2), "Harvard", "(Hansen, 2016, 'Why trust?', para. 2)"),
        (None, "APA", "(Hansen, 2016)"),
        (None, "MLA", "(Hansen)"),
    ],
)
def test_the_text_names_the_place(place: Place | None, style: Style, in_text: str) -> None:
    assert reference(PLAIN, style, place).in_text == in_text


@pytest.mark.parametrize(
    ("page", "style", "in_text"),
    [
        ("3", "APA", "(Hansen, 2016, p. 3)"),
        ("p. 3", "APA", "(Hansen, 2016, p. 3)"),
        ("3-4", "APA", "(Hansen, 2016, pp. 3–4)"),
        ("3", "MLA", "(Hansen 3)"),
        ("iv", "Chicago", "(Hansen 2016, iv)"),
        ("3", "Harvard", "(Hansen, 2016, p. 3)"),
    ],
)
def test_the_text_names_the_page(page: str, style: Style, in_text: str) -> None:
    assert reference(PLAIN, style, page=page).in_text == in_text


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Bromance or business? Trump and Russia", "Bromance or business?"),
        ("Bromance: Trump and Russia", "Bromance"),
        ("Bromance – Trump and Russia", "Bromance"),
        ("Bromance at 12:30", "Bromance at 12:30"),
    ],
)
def test_the_text_leaves_out_a_subtitle(title: str, short: str) -> None:
    assert reference(replace(PLAIN, author=(), title=title), "Harvard").in_text == f"({short}, 2016)"


@pytest.mark.parametrize(
    ("style", "end"),
    [
        ("APA", " https://example.org/a_b"),
        ("MLA", ", https://example.org/a_b. Accessed 3 May 2024."),
        ("Chicago", ". Accessed May 3, 2024. https://example.org/a_b."),
        ("Harvard", " Available at: https://example.org/a_b (Accessed: 3 May 2024)."),
    ],
)
def test_an_address_comes_with_its_date_of_access(style: Style, end: str) -> None:
    assert reference(ONLINE, style, accessed=DAY).text.endswith(end)


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (PartialDate(2024), "Accessed 2024."),
        (PartialDate(2024, 5), "Accessed May 2024."),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: PartialDate, said: str) -> None:
    assert said in reference(ONLINE, "Chicago", accessed=date).text


@pytest.mark.parametrize("style", ["APA", "MLA", "Chicago", "Harvard"])
def test_without_an_address_there_is_no_access(style: Style) -> None:
    assert reference(PLAIN, style, accessed=DAY) == reference(PLAIN, style)


@pytest.mark.parametrize("style", ["APA", "MLA", "Chicago", "Harvard"])
def test_a_doi_goes_before_an_address(style: Style) -> None:
    assert "example.org" not in reference(WITH_DOI, style).text


@pytest.mark.parametrize("style", ["APA", "MLA", "Chicago", "Harvard"])
def test_a_doi_needs_no_date_of_access(style: Style) -> None:
    assert reference(WITH_DOI, style, accessed=DAY) == reference(WITH_DOI, style)


@pytest.mark.parametrize("doi", ["10.1000/182", "https://doi.org/10.1000/182", "doi: 10.1000/182"])
def test_a_doi_is_written_as_an_address(doi: str) -> None:
    assert reference(replace(PLAIN, doi=doi), "APA").text.endswith(" https://doi.org/10.1000/182")


def test_a_doi_is_encoded_where_addresses_want_it() -> None:
    work = replace(PLAIN, doi="10.1002/(SICI)1097<693::AID>3.0.CO;2-O")

    assert reference(work, "APA").text.endswith("/(SICI)1097%3C693::AID%3E3.0.CO;2-O")


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("APA", "A page. Site. https"),
        ("MLA", '"A Page." Site, 2016, https'),
        ("Chicago", '"A Page." Site. https'),
        ("Harvard", "A page, Site. Available"),
    ],
)
def test_a_site_that_publishes_itself_is_named_once(style: Style, said: str) -> None:
    work = replace(ONLINE, type="webpage", title="A page", container_title="Site", publisher="Site")

    assert said in reference(work, style).text


def test_what_markdown_would_read_is_escaped_in_the_markup() -> None:
    assert r"*A \*star\* and snake\_case \[x\]*" in (
        reference(replace(PLAIN, title="A *star* and snake_case [x]"), "APA").markup
    )


def test_what_markdown_would_read_stays_in_the_text() -> None:
    assert "A *star*." in reference(replace(PLAIN, title="A *star*"), "APA").text


def test_an_address_is_not_escaped_so_that_it_can_be_followed() -> None:
    assert reference(ONLINE, "APA").markup.endswith(" https://example.org/a_b")


def test_lines_and_control_characters_in_a_title_become_spaces() -> None:
    assert "A report in three" in reference(replace(PLAIN, title=" A\nreport\u2028in\x02three "), "APA").text
