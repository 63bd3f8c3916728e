"""Dates as people type them: with names of months, in digits, whole or in part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.brief.publication import MONTHS
from bot.quiz.numerals import SMALL, in_digits
from bot.words.spelling import Speller
from bot.words.text import clean, fold

_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_SHORT = {name[:3]: number for name, number in _NUMBERS.items()} | {"sept": 9}
_SPELLER = Speller(_NUMBERS)
# Months of neighbouring languages that are no slips of the English ones.
_ABROAD = (
    "januar janvier enero", "februar fevrier febrero", "marts marz maerz mars marzo", "avril abril", "maj mai mayo",
    "juni juin junio", "juli juillet julio", "aout agosto", "septiembre", "oktober octubre", "noviembre",
    "dezember decembre diciembre",
)  # fmt: skip
_MONTHS = _NUMBERS | _SHORT | {name: number for number, names in enumerate(_ABROAD, 1) for name in names.split()}
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri".split()
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_SPELT_DAYS = {word: number for number, word in enumerate(_ORDINALS, 1)} | {"thirtieth": 30}
_LATE = re.compile(rf"\b(twenty|thirty)[\s-]*({'|'.join(_ORDINALS[:9])})\b")
_SHORTENED = re.compile(r"(?<!\w)'(\d\d)(?!\w)")  # March '14
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{1,2}))?(?!\d)")
_DIGITS = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
_SPACED = re.compile(r"\s*(\d{1,2})\s(\d{4})\s*")
_YEARLESS = re.compile(r"\s*(\d{1,2})[./](\d{1,2})\.?\s*")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_SUFFIX = frozenset(("st", "nd", "rd", "th"))


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def holds(self, wanted: Moment) -> bool:
        """Tell whether everything that is wanted is there, and the same."""
        mine = (self.year, self.month, self.day)
        return all(value is None or value == given for value, given in zip(wanted.parts, mine, strict=True))

    def part_of(self, wanted: Moment) -> bool:
        """Tell whether everything that is there is wanted, and the same."""
        return wanted.holds(self) and self != Moment()

    @property
    def parts(self) -> tuple[int | None, int | None, int | None]:
        """Give year, month and day."""
        return self.year, self.month, self.day


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text may mean as a date (two readings where day and month can be swapped), and its other words."""

    readings: frozenset[Moment]
    words: tuple[str, ...]


def read_date(text: str) -> Typed:
    """Find the date of a text; no readings where there is none, or more than one."""
    text = _SHORTENED.sub(lambda year: f"{20 if int(year[1]) < 70 else 19}{year[1]}", fold(clean(text)))
    for find, readings in _PATTERNS:
        if match := find(text):
            rest = _WORD.findall(f"{text[: match.start()]} {text[match.end() :]}")
            found = frozenset(moment for moment in readings(match) if _exists(moment))
            return Typed(frozenset() if any(word.isdigit() for word in rest) else found, tuple(rest))
    text = _LATE.sub(lambda day: str(SMALL[day[1]] + _SPELT_DAYS[day[2]]), text)
    return _named(_WORD.findall(in_digits(text)))


def whole_date(text: str) -> Moment | None:
    """Read a text that is a date with a month and nothing else, as accepted answers are."""
    typed = read_date(text)
    if len(typed.readings) != 1 or set(typed.words) - {"of", "in", "on", "the"}:
        return None
    (moment,) = typed.readings
    return moment if moment.month and (moment.year or moment.day) else None


def _exists(moment: Moment) -> bool:
    return 1 <= (moment.month or 1) <= 12 and 1 <= (moment.day or 1) <= 31


def _iso(match: re.Match[str]) -> list[Moment]:
    year, month, day = match.groups()
    return [Moment(int(year), int(month), int(day) if day else None)]


def _day_month(match: re.Match[str]) -> list[Moment]:
    first, second, *years = map(int, match.groups())
    year = years[0] if years else None
    return [Moment(year, second, first), Moment(year, first, second)]


def _month_year(match: re.Match[str]) -> list[Moment]:
    month, year = map(int, match.groups())
    return [Moment(year, month)]


_PATTERNS = (
    (_ISO.search, _iso),
    (_DIGITS.search, _day_month),
    (_MONTH_YEAR.search, _month_year),
    (_SPACED.fullmatch, _month_year),
    (_YEARLESS.fullmatch, _day_month),
)


def _named(found: list[str]) -> Typed:
    """Read a date with the name of its month; a year alone counts, too."""
    years, months, days = [], [], []
    rest: list[str] = []
    for word in found:
        month = _month(word)
        if word.isdigit() and len(word) == 4:
            years.append(int(word))
        elif word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31:
            days.append(int(word))
        elif month:
            months.append(month)
        elif word in _SPELT_DAYS:
            days.append(_SPELT_DAYS[word])
        elif word not in _SUFFIX | _WEEKDAYS:
            rest.append(word)
    single = (
        max(len(set(values)) for values in (years, months, days)) == 1
        and (months or years)
        and not any(map(str.isdigit, rest))
    )
    moment = Moment(*(values[0] if values else None for values in (years, months, days)))
    return Typed(frozenset({moment} if single else ()), tuple(rest))


def _month(word: str) -> int | None:
    if word in _MONTHS:
        return _MONTHS[word]
    repair = _SPELLER.repair(word)
    return _NUMBERS[repair.word] if repair else None
