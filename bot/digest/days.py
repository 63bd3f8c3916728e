"""Days as a moderator types them: ``mon thu``, ``weekdays``, ``15``, ``last``, ``first friday``, ``2nd tuesday``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.digest.forms import MONDAY_TO_FRIDAY, WEEKDAYS
from bot.digest.rules import LAST, Nth
from bot.digest.unclear import MAX_TYPED, Unclear, echoed, folded, likely

_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "mo mon mond monday mondays",
            "tu tue tues tuesday tuesdays",
            "we wed weds wednesday wednesdays",
            "th thu thur thurs thursday thursdays",
            "fr fri frid friday fridays",
            "sa sat satur saturday saturdays",
            "su sun sund sunday sundays",
        )
    )
    for name in names.split()
}
WEEKDAYS_FOLDED = tuple(name.lower() for name in WEEKDAYS)
_GROUPS = {
    "weekday": MONDAY_TO_FRIDAY,
    "weekdays": MONDAY_TO_FRIDAY,
    "workdays": MONDAY_TO_FRIDAY,
    "weekend": (5, 6),
    "weekends": (5, 6),
    "everyday": tuple(range(7)),
    "daily": tuple(range(7)),
    "all": tuple(range(7)),
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": LAST, "final": LAST}
_TO = {"to", "till", "until", "through", "thru"}
_FILLING = {"on", "every", "each", "the", "and", "of", "month", "months", "or", "plus"}
_NUMBER = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th|\.)?")
_EXAMPLES = "“mon thu”, “weekdays”, “15”, “last” or “first friday”"


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week, or one day of the month, or the n-th weekday of the month; nothing else is filled."""

    weekdays: tuple[int, ...] = ()
    month_day: int | None = None
    nth: Nth | None = None


def weekday_named(word: str) -> int | None:
    """Give the number of a day of the week by its folded name or a usual short form of it; Monday is 0."""
    return _NAMES.get(word)


def read_days(text: str) -> Days | Unclear:
    """Read days of the week or of the month."""
    if len(text) > MAX_TYPED:
        return Unclear(f"That is too long for days; write {_EXAMPLES}.")
    words = _words(text)
    every_day = "day" in words and {"every", "each"} & set(words)
    words = [word for word in words if word not in _FILLING]
    if every_day and words == ["day"]:
        return Days(weekdays=tuple(range(7)))
    if not words:
        return Unclear(f"Name the days: {_EXAMPLES}.")
    numbers = [number for word in words if (number := _number(word)) is not None]
    if not numbers:
        return _weekdays(text, words)
    others = [word for word in words if _number(word) is None and word not in {"day", "days", *_TO}]
    return _in_month(text, numbers, others)


def _words(text: str) -> list[str]:
    ranged = re.sub(r"(?<=[a-z])\.?\s*(?:-|–|—|\.\.)\s*(?=[a-z])", " to ", folded(text))
    return re.sub(r"[,;&+/|()]|\.(?=\W|$)", " ", ranged).split()


def _number(word: str) -> int | None:
    if word in _ORDINALS:
        return _ORDINALS[word]
    match = _NUMBER.fullmatch(word)
    return int(match[1]) if match else None


def _weekdays(text: str, words: list[str]) -> Days | Unclear:
    found: set[int] = set()
    at = 0
    while at < len(words):
        word = words[at]
        begin = _NAMES.get(word)
        if begin is not None and at + 2 < len(words) and words[at + 1] in _TO and words[at + 2] in _NAMES:
            end = _NAMES[words[at + 2]]
            found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
            at += 3
            continue
        if begin is None and word not in _GROUPS:
            return _unknown(text, word)
        found |= {begin} if begin is not None else set(_GROUPS[word])
        at += 1
    return Days(weekdays=tuple(sorted(found)))


def _in_month(text: str, numbers: list[int], others: list[str]) -> Days | Unclear:
    for word in others:
        if word not in _NAMES:
            return _unknown(text, word)
    if len(numbers) != 1 or len(others) > 1:
        return Unclear(f"{echoed(text)} names more than one day of the month; make a schedule for each.")
    (number,) = numbers
    if not others:
        if number == LAST or number in range(1, 32):
            return Days(month_day=number)
        return Unclear(f"No month has a day {number}; write 1 to 31, or “last”.")
    weekday = _NAMES[others[0]]
    if number == 5:
        return Unclear(f"Not every month has a fifth {WEEKDAYS[weekday]}; write “last {WEEKDAYS[weekday].lower()}”.")
    if number not in {LAST, 1, 2, 3, 4}:
        return Unclear(f"{echoed(text)} is no day of a month; write {number} alone, or “first friday”.")
    return Days(nth=Nth(number, weekday))


def _unknown(text: str, word: str) -> Unclear:
    meant = likely(word, [*WEEKDAYS_FOLDED, *_GROUPS, *_ORDINALS])
    if meant:
        return Unclear(f"{echoed(word)} is no day; did you mean “{meant}”?")
    return Unclear(f"{echoed(text)} names no day; write {_EXAMPLES}.")
