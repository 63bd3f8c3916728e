"""Numbers as people type them: digits, words, decimal commas, thousands, percent signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.words.spelling import Speller
from bot.words.text import clean, fold

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: (index + 2) * 10 for index, word in enumerate(_TENS)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SPELLER = Speller([*SMALL, *_SCALES])
# Words of the language that lie one slip from a number.
_NO_SLIPS = frozenset(
    """
    there threw their these right night light might fight weight sight tight height wight mighty thirsty flour forts
    forth forte steven severn sever fever never lever nifty fours fives sixes sevens eights nines fifties sixties
    seventies eighties nineties fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth hundreds thousands millions billions hundredth thousandth
    """.split()
)
_PIECE = re.compile(r"(?P<digits>\d[\d.,'\u00a0\u202f]*\d|\d)(?P<tail>[^\W\d_]+)?|(?P<word>[^\W\d_]+)|(?P<sign>\S)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_MINUS = "-−–"


@dataclass(frozen=True, slots=True)
class Typed:
    """The numbers of a text, each with the values that it may stand for, and the words between them."""

    numbers: tuple[frozenset[float], ...]
    words: tuple[str, ...]


def read_numbers(text: str) -> Typed:
    """Find the numbers of a text and what else is in it; signs count only where they change something."""
    pieces = [match.groupdict() for match in _PIECE.finditer(fold(clean(text)))]
    numbers: list[frozenset[float]] = []
    rest: list[str] = []
    spelt: list[str] = []
    before = ""
    digits = False
    for piece in pieces:
        word = piece["word"]
        if digits and word in _SCALES:
            numbers[-1] = frozenset(value * _SCALES[word] for value in numbers[-1])  # 38 million
        elif word and (parts := _number_words(word)):
            spelt += parts
        elif word == "and" and spelt and spelt[-1] in _SCALES:
            continue  # two hundred and five
        elif spelt and piece["sign"] and piece["sign"] in _MINUS:
            continue  # sixty-one
        else:
            _settle(spelt, numbers)
            _other(piece, before, numbers, rest)
        before = piece["sign"] or ""
        digits = bool(piece["digits"])
    _settle(spelt, numbers)
    return Typed(tuple(numbers), tuple(rest))


def _other(piece: dict[str, str | None], before: str, numbers: list[frozenset[float]], rest: list[str]) -> None:
    digits, tail, word, sign = piece["digits"], piece["tail"], piece["word"], piece["sign"]
    if digits:
        values = _values(digits)
        if before and before in _MINUS:
            values = frozenset(-value for value in values)
        numbers.append(values)
    if tail or word:
        rest.append(tail or word or "")
    if sign in {"+", "<", ">", "≈", "~", "/", "≤", "≥"}:
        rest.append(sign or "")


def _values(digits: str) -> frozenset[float]:
    """Read digits: a comma is a decimal one, a point is a decimal one, and both may part thousands."""
    found = set()
    if grouped := _GROUPED.fullmatch(digits):
        whole = digits.replace(grouped[1], "")
        found.add(float(whole.replace(",", ".")))
    plain = digits.replace(",", ".")
    if plain.count(".") <= 1 and all(char.isdecimal() or char == "." for char in plain):
        found.add(float(plain))
    return frozenset(found)


def _number_words(word: str) -> list[str]:
    """Take a word for one or two words of numbers: ``sixtyone``, ``fourty``."""
    if word in SMALL or word in _SCALES:
        return [word]
    for tens in _TENS:
        if word.startswith(tens) and word[len(tens) :] in _UNITS[1:10]:
            return [tens, word[len(tens) :]]
    repair = _SPELLER.repair(word) if len(word) > 4 and word not in _NO_SLIPS else None
    return [repair.word] if repair else []


def _settle(spelt: list[str], numbers: list[frozenset[float]]) -> None:
    """Add up the words of a number that has ended; words that do not make one number are several."""
    current: list[str] = []
    for word in spelt:
        if current and not _goes_on(current, word):
            numbers.append(frozenset({_sum(current)}))
            current = []
        current.append(word)
    if current:
        numbers.append(frozenset({_sum(current)}))
    spelt.clear()


def _goes_on(current: list[str], word: str) -> bool:
    last = current[-1]
    if word in _SCALES:
        return True
    if last in _SCALES:
        return True
    return last in _TENS and word in _UNITS[1:10]


def _sum(words: list[str]) -> float:
    total, current = 0, 0
    for word in words:
        scale = _SCALES.get(word)
        if scale is None:
            current += SMALL[word]
        elif scale == 100:
            current = max(current, 1) * scale
        else:
            total += max(current, 1) * scale
            current = 0
    return float(total + current)
