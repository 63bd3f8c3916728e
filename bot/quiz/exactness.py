"""Judging what is exact: numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isclose

from bot.brief.quiz_items import written
from bot.quiz.dates import Moment, read_date
from bot.quiz.numerals import read_numbers
from bot.quiz.verdicts import MORE, RIGHT, WRONG, Outcome, Verdict
from bot.quiz.wording import HARMLESS, TURNING
from bot.words.stems import stem
from bot.words.stopwords import FUNCTION
from bot.words.text import fold, words

_ABOUT = frozenset("about around approximately roughly circa ca exactly per cent percent pct s".split())
_OF_A_HUNDRED = re.compile(r"\b(?:out of|in|of) (?:every |a )?(?:100|hundred)\b")
_PERCENT = frozenset(("percent", "per", "cent", "pct"))
# Beside a number these make a range of it, or another number.
_BOUNDS = TURNING | frozenset("over up down least most more less fewer minus plus beyond between + < > ≤ ≥ /".split())


def judge_number(value: float, unit: str, typed: str, context: frozenset[str]) -> Verdict:
    """Judge a typed number; ``context``: stems of words that may stand beside it."""
    if unit == "%":
        typed = _OF_A_HUNDRED.sub("", fold(typed))
    read = read_numbers(typed)
    if len(read.numbers) != 1:
        return Verdict(Outcome.WRONG, "Write one number." if read.numbers else "No number was found.")
    allowed = FUNCTION | HARMLESS | _ABOUT | frozenset(words(unit)) | (_PERCENT if unit == "%" else frozenset())
    if any(word in _BOUNDS for word in read.words):
        return Verdict(Outcome.WRONG, "Numbers are exact: write the number alone.")
    if any(word not in allowed and stem(word) not in context for word in read.words) or ("%" in typed and unit != "%"):
        return Verdict(Outcome.WRONG, "Write the number alone.")
    (values,) = read.numbers
    if any(isclose(value, one) for one in values):
        return RIGHT
    if unit == "%" and any(isclose(value, 100 * one) for one in values):
        return Verdict(Outcome.NEAR, "Write it in percent.")
    if any(_close(value, one) for one in values):
        return Verdict(Outcome.NEAR, "It is close, but numbers are exact.")
    return WRONG


def _close(value: float, typed: float) -> bool:
    swapped = typed > 0 and sorted(written(value)) == sorted(written(typed))
    return swapped or abs(value - typed) <= max(1.0, 0.05 * abs(value))


def judge_date(wanted: Sequence[Moment], typed: str, context: frozenset[str]) -> Verdict:
    """Judge a typed date; a day more than was wanted does no harm, a part less does."""
    read = read_date(typed)
    if not read.readings:
        return Verdict(Outcome.WRONG, "No date was found.")
    if any(word in TURNING for word in read.words):
        return WRONG
    fullest = [wish for wish in wanted if not any(other != wish and other.holds(wish) for other in wanted)]
    # A year too many must be the right one, where another accepted answer names it.
    sound = [
        reading for reading in read.readings if any(wish.holds(reading) or reading.holds(wish) for wish in fullest)
    ]
    if any(reading.holds(moment) for reading in sound for moment in wanted):
        if all(word in FUNCTION | HARMLESS or stem(word) in context for word in read.words):
            return RIGHT
        return MORE
    if any(reading.part_of(moment) for reading in read.readings for moment in wanted):
        return Verdict(Outcome.NEAR, "Part of the date is missing.")
    return WRONG
