"""Judging what is exact: numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import isclose

from bot.brief.quiz_items import written
from bot.quiz.dates import Moment, read_date
from bot.quiz.numerals import read_numbers
from bot.quiz.verdicts import MORE, RIGHT, WRONG, Outcome, Verdict
from bot.quiz.wording import HARMLESS, TURNING, Lexicon, slip, stems
from bot.words.stems import stem
from bot.words.stopwords import FUNCTION
from bot.words.text import fold, words

_ABOUT = frozenset(
    """
    about around approximately roughly circa ca exactly like mere merely total altogether overall ad ce
    per cent percent pct s
    """.split()
)
_OF_A_HUNDRED = re.compile(r"\b(?:out of|in|of) (?:every |a )?(?:100|hundred)\b")
_ENDING = re.compile(r"(?<=[^\W\d_])'(?:s|m|re|ve|ll|d)\b")  # I'm sure
_APART = re.compile(r"n't\b")
_PERCENT = frozenset("percent per cent pct pc perc procent prosent prozent pourcent".split())
_POLLED = frozenset("answered asked expected polled surveyed".split())
_LONG = 6  # letters from which a word beside a number may have a slip
# Beside a number these make a range of it, or another number.
_BOUNDS = TURNING | frozenset("over up down least most more less fewer minus plus beyond between + < > ≤ ≥ /".split())


def judge_number(value: float, unit: str, typed: str, question: str, lexicon: Lexicon) -> Verdict:
    """Judge a typed number; words of the question may stand beside it."""
    if unit == "%":
        typed = _OF_A_HUNDRED.sub("", fold(typed))
    read = read_numbers(_ENDING.sub(" ", _APART.sub(" not ", fold(typed))), lexicon.knows if lexicon.english else None)
    if len(set(read.numbers)) != 1:
        return Verdict(Outcome.WRONG, "Write one number." if read.numbers else "No number was found.")
    beside = [word for raw in read.words for word in words(raw) or (raw,)]
    if _is_turned(beside, words(question)):
        return Verdict(Outcome.WRONG, "Numbers are exact: write the number alone.")
    if any(_is_odd(word, unit, question, lexicon) for word in beside) or ("%" in typed and unit != "%"):
        return Verdict(Outcome.WRONG, "Write the number alone.")
    values = read.numbers[0]
    if any(isclose(value, one) for one in values):
        return RIGHT
    if unit == "%" and any(isclose(value, 100 * one) for one in values):
        return Verdict(Outcome.NEAR, "Write it in percent.")
    if any(_close(value, one) for one in values):
        return Verdict(Outcome.NEAR, "It is close, but numbers are exact.")
    return WRONG


def _is_odd(word: str, unit: str, question: str, lexicon: Lexicon) -> bool:
    """Tell whether a word beside a number says more than the question, the unit or a phrase around an answer does."""
    units = frozenset(words(unit)) | (_PERCENT | _POLLED if unit == "%" else frozenset())
    if word in FUNCTION | HARMLESS | _ABOUT | units or stem(word) in stems(question):
        return False
    longer = (meant for meant in (*words(question), *units) if len(meant) >= _LONG)
    return lexicon.knows(word) or not any(slip(word, meant) for meant in longer)


def _is_turned(found: Sequence[str], question: Sequence[str]) -> bool:
    """Tell whether a word makes another number of the one typed; words that the question has, too, do not."""
    asked = {(word, after) for word, after in pairwise(question) if after not in FUNCTION}  # did not know
    return any(word in _BOUNDS and (word, after) not in asked for word, after in pairwise((*found, "")))


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
