"""Names, titles, pages and gaps that references must get right in every style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.brief.publication import Name, PartialDate, Publication
from bot.brief.references import Style, reference

HANSEN = Name("Hansen", "Flemming Splidsboel")
PLAIN = Publication("report", "A report", (HANSEN,), PartialDate(2016), publisher="Verlag")
ARTICLE = Publication("article-journal", "An article", (HANSEN,), PartialDate(2016), container_title="Briefs")


def crowd(size: int) -> tuple[Name, ...]:
    """Give that many authors."""
    return tuple(Name(chr(ord("A") + index) + "a", "Xi") for index in range(size))


@pytest.mark.parametrize(
    ("style", "size", "listed"),
    [
        ("APA", 2, "Aa, X., & Ba, X. (2016)"),
        ("APA", 3, "Aa, X., Ba, X., & Ca, X. (2016)"),
        ("APA", 20, "Sa, X., & Ta, X. (2016)"),
        ("APA", 21, "Sa, X., . . . Ua, X. (2016)"),
        ("MLA", 2, "Aa, Xi, and Xi Ba."),
        ("MLA", 3, "Aa, Xi, et al."),
        ("Chicago", 2, "Aa, Xi, and Xi Ba. 2016."),
        ("Chicago", 10, "Xi Ia, and Xi Ja. 2016."),
        ("Chicago", 11, "Xi Fa, Xi Ga, et al. 2016."),
        ("Harvard", 3, "Aa, X., Ba, X. and Ca, X. (2016)"),
        ("Harvard", 4, "Aa, X. *et al.* (2016)"),
    ],
)
def test_a_list_of_authors_has_the_length_of_its_style(style: Style, size: int, listed: str) -> None:
    assert listed in reference(replace(PLAIN, author=crowd(size)), style).markup


@pytest.mark.parametrize(
    ("style", "size", "in_text"),
    [
        ("APA", 2, "(Aa & Ba, 2016)"),
        ("APA", 3, "(Aa et al., 2016)"),
        ("MLA", 2, "(Aa and Ba)"),
        ("MLA", 3, "(Aa et al.)"),
        ("Chicago", 3, "(Aa, Ba, and Ca 2016)"),
        ("Chicago", 4, "(Aa et al. 2016)"),
        ("Harvard", 3, "(Aa, Ba and Ca, 2016)"),
        ("Harvard", 4, "(Aa *et al.*, 2016)"),
    ],
)
def test_the_text_names_as_many_authors_as_its_style_wants(style: Style, size: int, in_text: str) -> None:
    assert reference(replace(PLAIN, author=crowd(size)), style).in_text_markup == in_text


@pytest.mark.parametrize(
    ("given", "style", "initials"),
    [
        ("Flemming Splidsboel", "APA", "F. S."),
        ("Flemming Splidsboel", "Harvard", "F.S."),
        ("F.S.", "APA", "F. S."),
        ("Jean-Paul Émile", "APA", "J.-P. É."),
        ("Jean-Paul Émile", "Harvard", "J.-P.É."),
        ("E\u0301mile", "APA", "É."),
        ("Ørsted", "APA", "Ø."),
        ("Лев", "APA", "Л."),
        ("Ludwig van", "Harvard", "L. van"),
    ],
)
def test_given_names_become_initials(given: str, style: Style, initials: str) -> None:
    work = replace(PLAIN, author=(Name("Hansen", given),))

    assert reference(work, style).text.startswith(f"Hansen, {initials} (2016)")


@pytest.mark.parametrize("name", [Name("Plato"), Name(given="Plato"), Name(literal="Plato")])
def test_a_single_name_stands_alone(name: Name) -> None:
    assert reference(replace(PLAIN, author=(name,)), "APA").text == "Plato. (2016). A report. Verlag."


@pytest.mark.parametrize(
    ("style", "entry", "in_text"),
    [
        ("APA", "*A report*. (2016). Verlag.", "(*A Report*, 2016, p. 3)"),
        ("MLA", "*A Report*. Verlag, 2016.", "(*A Report* 3)"),
        ("Chicago", "*A Report*. 2016. Verlag.", "(*A Report* 2016, 3)"),
        ("Harvard", "*A report* (2016) Verlag.", "(*A report*, 2016, p. 3)"),
    ],
)
def test_a_report_without_author_begins_with_its_title(style: Style, entry: str, in_text: str) -> None:
    written = reference(replace(PLAIN, author=()), style, page="3")

    assert (written.markup, written.in_text_markup) == (entry, in_text)


@pytest.mark.parametrize(
    ("style", "in_text"),
    [
        ("APA", '("An Article," 2016)'),
        ("MLA", '("An Article")'),
        ("Chicago", '("An Article" 2016)'),
        ("Harvard", "('An article', 2016)"),
    ],
)
def test_an_article_without_author_is_quoted_in_the_text(style: Style, in_text: str) -> None:
    assert reference(replace(ARTICLE, author=()), style).in_text == in_text


@pytest.mark.parametrize(
    ("style", "start"),
    [
        ("APA", "Doe, J. (Ed.). (2016). A book"),
        ("MLA", "Doe, Jane, editor. A Book"),
        ("Chicago", "Doe, Jane, ed. 2016. A Book"),
        ("Harvard", "Doe, J. (ed.) (2016) A book"),
    ],
)
def test_an_editor_leads_a_book_without_author(works: Mapping[str, Publication], style: Style, start: str) -> None:
    assert reference(replace(works["book"], author=()), style).text.startswith(start)


@pytest.mark.parametrize(
    ("style", "entry"),
    [
        ("APA", "Verlag. (2016). A report."),
        ("MLA", "A Report. Verlag, 2016."),
        ("Chicago", "Verlag. 2016. A Report. Verlag."),
        ("Harvard", "Verlag (2016) A report. Verlag."),
    ],
)
def test_a_body_that_publishes_itself_is_named_as_its_style_wants(style: Style, entry: str) -> None:
    assert reference(replace(PLAIN, author=(Name(literal="Verlag"),)), style).text == entry


@pytest.mark.parametrize(
    ("title", "style", "written"),
    [
        ("Who won?", "APA", "Who won? *Briefs*"),
        ("Who won?", "MLA", '"Who Won?" *Briefs*'),
        ("Who won?", "Harvard", "'Who won?', *Briefs*"),
        ("He won!", "APA", "He won! *Briefs*"),
        ("He won.", "APA", "He won. *Briefs*"),
        ("He won.", "Harvard", "'He won', *Briefs*"),
        ("Made in the U.S.", "APA", "Made in the U.S. *Briefs*"),
        ("Made in the U.S.", "Harvard", "'Made in the U.S.', *Briefs*"),
        ("Wait…", "MLA", '"Wait…" *Briefs*'),
        ("The score: a win", "APA", "The score: A win. *Briefs*"),
        ("The score: a win", "Harvard", "'The score: a win', *Briefs*"),
        ('On "winning"', "APA", 'On "winning." *Briefs*'),
        ('On "winning"', "MLA", "\"On 'Winning.'\" *Briefs*"),
        ('On "winning"', "Harvard", "'On \"winning\"', *Briefs*"),
        ("On “winning”", "MLA", '"On ‘Winning.’" *Briefs*'),
        ("On 'winning' it", "Harvard", "'On \"winning\" it', *Briefs*"),
        ("On ‘winning’", "Harvard", "'On \"winning\"', *Briefs*"),
        ("A day for workers’", "MLA", '"A Day for Workers’." *Briefs*'),
    ],
)
def test_a_title_ends_with_one_mark_and_nests_its_quotations(title: str, style: Style, written: str) -> None:
    assert written in reference(replace(ARTICLE, title=title), style).markup


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("the end of it", "The End of It"),
        ("business-as-usual for the iPhone", "Business-as-Usual for the iPhone"),
        ("what for?", "What For?"),
        ("peace: an essay", "Peace: An Essay"),
        ("3rd wave on example.org", "3rd Wave on example.org"),
        ("(re)setting “the” clock", "(Re)setting “the” Clock"),
    ],
)
def test_mla_and_chicago_capitalise_english_titles(title: str, headline: str) -> None:
    assert f" 2016. {headline}" in reference(replace(PLAIN, title=title), "Chicago").text


def test_titles_in_other_languages_keep_their_letters() -> None:
    work = replace(PLAIN, title="Das Ende der alten Welt", language="de")

    assert "Das Ende der alten Welt" in reference(work, "MLA").text


@pytest.mark.parametrize(
    ("pages", "mla", "chicago"),
    [
        ("3", "p. 3", "3"),
        ("7-9", "pp. 7–9", "7–9"),
        ("71–72", "pp. 71–72", "71–72"),
        ("100-104", "pp. 100–04", "100–104"),
        ("107-108", "pp. 107–08", "107–8"),
        ("321-328", "pp. 321–28", "321–28"),
        ("498-532", "pp. 498–532", "498–532"),
        ("923-1003", "pp. 923–1003", "923–1003"),
        ("1087--1089", "pp. 1087–89", "1087–89"),
        ("1496-1500", "pp. 1496–500", "1496–500"),
        ("iv-vi", "pp. iv–vi", "iv–vi"),
        ("3, 5", "pp. 3, 5", "3, 5"),
    ],
)
def test_ranges_of_pages_are_shortened_as_their_style_wants(pages: str, mla: str, chicago: str) -> None:
    work = replace(ARTICLE, page=pages)

    assert (reference(work, "MLA").text.split("2016, ")[1], reference(work, "Chicago").text.split(": ")[1]) == (
        f"{mla}.",
        f"{chicago}.",
    )


@pytest.mark.parametrize(
    ("style", "end"),
    [
        ("APA", "Briefs, 3, Article e12."),
        ("MLA", "Briefs, vol. 3, article e12, 2016."),
        ("Chicago", "Briefs 3: e12."),
        ("Harvard", "Briefs, 3, article e12."),
    ],
)
def test_an_article_without_pages_has_its_number(style: Style, end: str) -> None:
    assert reference(replace(ARTICLE, volume="3", number="e12"), style).text.endswith(end)


@pytest.mark.parametrize(
    ("style", "end"),
    [
        ("APA", "Briefs, (3)."),
        ("MLA", "Briefs, no. 3, 2016."),
        ("Chicago", "Briefs, no. 3."),
        ("Harvard", "Briefs, (3)."),
    ],
)
def test_a_journal_may_count_issues_only(style: Style, end: str) -> None:
    assert reference(replace(ARTICLE, issue="3"), style).text.endswith(end)


@pytest.mark.parametrize(
    ("edition", "apa"), [("1", "1st"), ("2", "2nd"), ("3rd ed.", "3rd"), ("11", "11th"), ("Revised", "Revised")]
)
def test_an_edition_is_counted_in_words_of_the_style(edition: str, apa: str) -> None:
    assert f"A report ({apa} ed.). Verlag." in reference(replace(PLAIN, edition=edition), "APA").text


@pytest.mark.parametrize(
    ("changes", "apa"),
    [
        ({"genre": "Policy Brief", "number": "12"}, "(Policy Brief No. 12)."),
        ({"genre": "Policy Brief"}, "(Policy Brief)."),
        ({"collection_title": "Reports", "number": "No. 12"}, "(Reports No. 12)."),
        ({"collection_title": "Reports", "genre": "Working Paper", "issue": "4"}, "(Reports No. 4) [Working Paper]."),
        ({"volume": "2", "issue": "4"}, "(Vol. 2, No. 4)."),
        ({"number": "4"}, "(No. 4)."),
    ],
)
def test_a_report_shows_what_is_known_of_its_series(changes: dict[str, Any], apa: str) -> None:
    assert f"A report {apa} Verlag." in reference(replace(PLAIN, **changes), "APA").text
