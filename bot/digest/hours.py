"""Times of day as a moderator types them: ``9``, ``09.30``, ``9am``, ``21:15``, ``21h``, ``noon``."""

from __future__ import annotations

import datetime as dt
import re

from bot.digest.unclear import MAX_TYPED, Unclear, echoed, folded

_NAMED = {"noon": dt.time(12), "midday": dt.time(12), "midnight": dt.time(0)}
_TYPED = re.compile(
    r"(?:at )?"
    r"(?:(?P<hour>[0-9]{1,2})(?:[:.h] ?(?P<minute>[0-9]{2})|h)?|(?P<together>[0-9]{4}))"
    r"(?: ?(?P<half>[ap])\.? ?m\.?| ?o['’]clock| ?h(?:rs|ours?)?| ?uhr)?"
)
_EXAMPLES = "9, 09:30, 9am, 21:15 or noon"


def read_time(text: str) -> dt.time | Unclear:
    """Read a time of day; a bare number is an hour of the 24-hour clock."""
    line = folded(text) if len(text) <= MAX_TYPED else ""
    if line.removeprefix("at ") in _NAMED:
        return _NAMED[line.removeprefix("at ")]
    match = _TYPED.fullmatch(line)
    if match is None:
        return Unclear(f"{echoed(text)} is no time of day; write {_EXAMPLES}.")
    hour, minute = int(match["hour"] or match["together"][:2]), int(match["minute"] or 0)
    if match["together"]:
        minute = int(match["together"][2:])
    if match["half"]:
        return _of_twelve(text, hour, minute, afternoon=match["half"] == "p")
    if (hour, minute) == (24, 0):
        return Unclear("A day ends before 24:00; write 00:00, and mind that it begins the next day.")
    if hour > 23 or minute > 59:
        return Unclear(f"{echoed(text)} is no time of day: hours end at 23, minutes at 59.")
    return dt.time(hour, minute)


def _of_twelve(text: str, hour: int, minute: int, *, afternoon: bool) -> dt.time | Unclear:
    if minute > 59 or not 1 <= hour <= 12:
        return Unclear(f"{echoed(text)} is no time of day; write 1 to 12 before am or pm, or a time such as 21:15.")
    return dt.time(hour % 12 + 12 * afternoon, minute)
