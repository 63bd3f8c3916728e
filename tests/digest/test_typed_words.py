"""Days, times, dates and zones as people type them, and the sentence where nobody could read them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.digest.dates import read_date
from bot.digest.days import Days, read_days
from bot.digest.hours import read_time
from bot.digest.rules import LAST, Nth
from bot.digest.unclear import Unclear
from bot.digest.wishes import read_zone
from tests.digest.drawing import ZONES

TODAY = dt.date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("mon", (0,)),
        ("Monday", (0,)),
        ("on mondays", (0,)),
        ("mon thu", (0, 3)),
        ("Monday, Thursday", (0, 3)),
        ("thursday and monday", (0, 3)),
        ("Tues/Thurs", (1, 3)),
        ("mon; wed & fri", (0, 2, 4)),
        ("mo we fr", (0, 2, 4)),
        ("every wednesday", (2,)),
        ("mon. + fri.", (0, 4)),
        ("weekdays", (0, 1, 2, 3, 4)),
        ("weekend", (5, 6)),
        ("weekends and wed", (2, 5, 6)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Mon – Wed", (0, 1, 2)),
        ("tuesday to thursday", (1, 2, 3)),
        ("fri..sun", (4, 5, 6)),
        ("sat-mon", (0, 5, 6)),
        ("mon-wed sun", (0, 1, 2, 6)),
        ("mon mon", (0,)),
        ("every day", (0, 1, 2, 3, 4, 5, 6)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("ＭＯＮ", (0,)),
    ],
)
def test_days_of_the_week_are_read(text: str, weekdays: tuple[int, ...]) -> None:
    assert read_days(text) == Days(weekdays=weekdays)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15", 15),
        ("15th", 15),
        ("the 1st", 1),
        ("the 3rd of each month", 3),
        ("day 31", 31),
        ("2.", 2),
        ("first", 1),
        ("first day of the month", 1),
        ("last", LAST),
        ("last day", LAST),
        ("the last day of every month", LAST),
    ],
)
def test_a_day_of_the_month_is_read(text: str, day: int) -> None:
    assert read_days(text) == Days(month_day=day)


@pytest.mark.parametrize(
    ("text", "nth"),
    [
        ("first friday", Nth(1, 4)),
        ("1st Fri", Nth(1, 4)),
        ("2nd tuesday", Nth(2, 1)),
        ("2. tuesday", Nth(2, 1)),
        ("the third wed of the month", Nth(3, 2)),
        ("fourth-mon", Nth(4, 0)),
        ("last fri", Nth(LAST, 4)),
        ("LAST SUNDAY", Nth(LAST, 6)),
    ],
)
def test_the_nth_weekday_is_read(text: str, nth: Nth) -> None:
    assert read_days(text) == Days(nth=nth)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("thrusday", "“thrusday” is no day; did you mean “thursday”?"),
        ("wensday", "“wensday” is no day; did you mean “wednesday”?"),
        ("xyz", "“xyz” names no day; write “mon thu”, “weekdays”, “15”, “last” or “first friday”."),
        ("every", "Name the days: “mon thu”, “weekdays”, “15”, “last” or “first friday”."),
        ("0", "No month has a day 0; write 1 to 31, or “last”."),
        ("32", "No month has a day 32; write 1 to 31, or “last”."),
        ("1 and 15", "“1 and 15” names more than one day of the month; make a schedule for each."),
        ("first mon and fri", "“first mon and fri” names more than one day of the month; make a schedule for each."),
        ("5th friday", "Not every month has a fifth Friday; write “last friday”."),
        ("monday 15", "“monday 15” is no day of a month; write 15 alone, or “first friday”."),
        ("x" * 500, "That is too long for days; write “mon thu”, “weekdays”, “15”, “last” or “first friday”."),
    ],
)
def test_days_that_cannot_be_say_why(text: str, sentence: str) -> None:
    assert read_days(text) == Unclear(sentence)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9", "09:00"),
        ("9:00", "09:00"),
        ("09.30", "09:30"),
        ("0930", "09:30"),
        ("at 9", "09:00"),
        ("9am", "09:00"),
        ("9 a.m.", "09:00"),
        ("9:15 PM", "21:15"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("12:30 am", "00:30"),
        ("21:15", "21:15"),
        ("21h", "21:00"),
        ("21h15", "21:15"),
        ("9 o'clock", "09:00"),
        ("21 hrs", "21:00"),
        ("noon", "12:00"),
        ("at midnight", "00:00"),
        ("０９：３０", "09:30"),
        ("00:00", "00:00"),
        ("23:59", "23:59"),
    ],
)
def test_a_time_of_day_is_read(text: str, time: str) -> None:
    assert read_time(text) == dt.time.fromisoformat(time)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("25", "“25” is no time of day: hours end at 23, minutes at 59."),
        ("9:60", "“9:60” is no time of day: hours end at 23, minutes at 59."),
        ("24:00", "A day ends before 24:00; write 00:00, and mind that it begins the next day."),
        ("13pm", "“13pm” is no time of day; write 1 to 12 before am or pm, or a time such as 21:15."),
        ("0am", "“0am” is no time of day; write 1 to 12 before am or pm, or a time such as 21:15."),
        ("9:7", "“9:7” is no time of day; write 9, 09:30, 9am, 21:15 or noon."),
        ("half past nine", "“half past nine” is no time of day; write 9, 09:30, 9am, 21:15 or noon."),
        ("-1", "“-1” is no time of day; write 9, 09:30, 9am, 21:15 or noon."),
    ],
)
def test_a_time_that_cannot_be_says_why(text: str, sentence: str) -> None:
    assert read_time(text) == Unclear(sentence)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026/12/1", "2026-12-01"),
        ("today", "2026-11-24"),
        ("Tomorrow", "2026-11-25"),
        ("the day after tomorrow", "2026-11-26"),
        ("monday", "2026-11-30"),
        ("on Monday", "2026-11-30"),
        ("next monday", "2026-11-30"),
        ("tuesday", "2026-11-24"),
        ("next tuesday", "2026-12-01"),
        ("this fri", "2026-11-27"),
        ("1 december", "2026-12-01"),
        ("1st of December", "2026-12-01"),
        ("1 Dec 2026", "2026-12-01"),
        ("1. Dec.", "2026-12-01"),
        ("Dec 1", "2026-12-01"),
        ("December 1st, 2027", "2027-12-01"),
        ("24 nov", "2026-11-24"),
        ("23 nov", "2027-11-23"),
        ("29 feb", "2028-02-29"),
        ("3 sept", "2027-09-03"),
        ("1.12.2026", "2026-12-01"),
        ("1.12.", "2026-12-01"),
        ("in 3 days", "2026-11-27"),
        ("in two weeks", "2026-12-08"),
        ("in a month", "2026-12-24"),
        ("yesterday", "2026-11-23"),
    ],
)
def test_a_date_is_read(text: str, date: str) -> None:
    assert read_date(text, TODAY) == dt.date.fromisoformat(date)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31 november", "November has no day 31; correct the day."),
        ("2027-02-29", "February 2027 has no day 29; correct the day."),
        ("2026-13-01", "No year has a month 13; write 2026-12-01, 1 December, tomorrow or next monday."),
        ("1/12/2026", "“1/12/2026” could be two dates; write it as 2026-12-01 or 1 December."),
        ("15 mrach", "“15 mrach” is no date; did you mean “march”?"),
        ("tomorow", "“tomorow” is no date; did you mean “tomorrow”?"),
        ("in some days", "“in some days” is no date; write the number in digits, such as “in 2 weeks”."),
        ("whenever", "“whenever” is no date; write 2026-12-01, 1 December, tomorrow or next monday."),
    ],
)
def test_a_date_that_cannot_be_says_why(text: str, sentence: str) -> None:
    assert read_date(text, TODAY) == Unclear(sentence)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Copenhagen", "Europe/Copenhagen"),
        ("europe/copenhagen", "Europe/Copenhagen"),
        ("Copenhagen", "Europe/Copenhagen"),
        ("new york", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_found(text: str, zone: str) -> None:
    assert read_zone(text, ZONES) == zone


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Name a time zone, such as Europe/Copenhagen."),
        ("copenhagn", "“copenhagn” is no time zone; did you mean Europe/Copenhagen?"),
        ("Istanbul", "“Istanbul” is the name of several zones; write Asia/Istanbul or Europe/Istanbul."),
        ("utc+2", "“utc+2” knows no summer time; name a place, such as Europe/Copenhagen."),
        ("+02:00", "“+02:00” knows no summer time; name a place, such as Europe/Copenhagen."),
        ("localtime", "“localtime” is no time zone; name one such as Europe/Copenhagen."),
        ("../etc/passwd", "“../etc/passwd” is no time zone; name one such as Europe/Copenhagen."),
    ],
)
def test_a_zone_that_cannot_be_says_why(text: str, sentence: str) -> None:
    assert read_zone(text, ZONES) == Unclear(sentence)
