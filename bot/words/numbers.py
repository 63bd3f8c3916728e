"""Numbers: words to digits, so that ``sixty-one`` and ``61`` are one word."""

from __future__ import annotations

import re

ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# "one" stays a word: it is a pronoun more often than a number.
NUMBER_WORDS = {word: str(value) for value, word in enumerate(_UNITS) if word != "one"} | {
    word: str((index + 2) * 10) for index, word in enumerate(_TENS)
}
_ROUND = frozenset(str(tens) for tens in range(20, 100, 10))
_DIGIT = frozenset("23456789")


def join_numbers(words: list[str]) -> list[str]:
    """Join tens and units that stood apart: ``["60", "one"]`` becomes ``["61"]``."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in _ROUND and (word in _DIGIT or word == "one"):
            joined[-1] = str(int(joined[-1]) + (1 if word == "one" else int(word)))
        else:
            joined.append(word)
    return joined
