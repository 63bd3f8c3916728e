"""Names, dates that are known in part, and authors in short."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.brief.publication import Name, PartialDate, Publication


@pytest.mark.parametrize(
    ("name", "full"),
    [
        (Name("Hansen", "Flemming Splidsboel"), "Flemming Splidsboel Hansen"),
        (Name("Plato"), "Plato"),
        (Name(literal="Danish Institute"), "Danish Institute"),
    ],
)
def test_a_full_name_is_in_reading_order(name: Name, full: str) -> None:
    assert name.full == full


@pytest.mark.parametrize(
    ("name", "short"), [(Name("Hansen", "Flemming"), "Hansen"), (Name(literal="Danish Institute"), "Danish Institute")]
)
def test_a_short_name_is_the_family_or_the_body(name: Name, short: str) -> None:
    assert name.short == short


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (PartialDate(2016), "2016"),
        (PartialDate(2016, 11), "2016-11"),
        (PartialDate(2016, 11, 9), "2016-11-09"),
        (PartialDate(800), "0800"),
    ],
)
def test_a_date_is_written_in_iso_as_far_as_it_is_known(date: PartialDate, written: str) -> None:
    assert str(date) == written


@pytest.mark.parametrize(
    ("date", "spoken"),
    [
        (PartialDate(2016), "2016"),
        (PartialDate(2016, 11), "November 2016"),
        (PartialDate(2016, 11, 9), "9 November 2016"),
    ],
)
def test_a_date_is_spoken_as_far_as_it_is_known(date: PartialDate, spoken: str) -> None:
    assert date.spoken == spoken


@pytest.mark.parametrize(("year", "month", "day"), [(2016, 13, None), (2016, None, 9), (2015, 2, 29), (0, None, None)])
def test_a_date_that_no_calendar_holds_is_refused(year: int, month: int | None, day: int | None) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(year, month, day)


@pytest.mark.parametrize(
    ("families", "short"),
    [
        (("Hansen",), "Hansen"),
        (("Hansen", "Olsen"), "Hansen and Olsen"),
        (("Hansen", "Olsen", "Krüger"), "Hansen et al."),
    ],
)
def test_authors_in_short_are_one_or_two_or_the_first(
    brief: Publication, families: tuple[str, ...], short: str
) -> None:
    assert replace(brief, author=tuple(map(Name, families))).short_authors == short


def test_the_title_stands_for_missing_authors(brief: Publication) -> None:
    assert replace(brief, author=(), title="A report").short_authors == "A report"
