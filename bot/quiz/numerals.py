"""Numbers as people type them: digits, words, decimal commas, thousands, percent signs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.words.spelling import Speller
from bot.words.stopwords import FUNCTION
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
_UNIT_SPELLER = Speller(_UNITS[1:10])
_CENTURIES = range(10, 21)  # twenty sixteen
# Words of the language that lie one slip from a number.
_NO_SLIPS = frozenset(
    """
    there threw their these right night light might fight weight sight tight height wight mighty thirsty flour forts
    forth forte steven severn sever fever never lever nifty fours fives sixes sevens eights nines fifties sixties
    seventies eighties nineties fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth hundreds thousands millions billions hundredth thousandth
    """.split()
)
_SPELT = "|".join(sorted((*SMALL, *_SCALES), key=len, reverse=True))
_RUN = re.compile(rf"\b(?:{_SPELT})(?:(?:[\s-]+|\s+and\s+)?(?:{_SPELT}))*\b")
_PIECE = re.compile(r"(?P<digits>\d[\d.,'\u00a0\u202f]*\d|\d)(?P<tail>[^\W\d_]+)?|(?P<word>[^\W\d_]+)|(?P<sign>\S)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_MINUS = "-−–"


@dataclass(frozen=True, slots=True)
class Typed:
    """The numbers of a text, each with the values that it may stand for, and the words between them."""

    numbers: tuple[frozenset[float], ...]
    words: tuple[str, ...]


def read_numbers(text: str, knows: Callable[[str], bool] | None = None) -> Typed:
    """Find the numbers of a text and what else is in it; signs count only where they change something.

    ``knows`` tells the words of the language: a word of four letters that it does not know may be a slip of a number.
    """
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
        elif word and (parts := _number_words(word, spelt[-1] if spelt else "", knows)):
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


def in_digits(text: str) -> str:
    """Write the numbers of a text that stand in words as digits; ``text`` is in lower case."""

    def digits(run: re.Match[str]) -> str:
        return " ".join(f"{value:.0f}" for (value,) in read_numbers(run[0]).numbers)

    return _RUN.sub(digits, text)


def _number_words(word: str, before: str, knows: Callable[[str], bool] | None) -> list[str]:
    """Take a word for one or two words of numbers: ``sixtyone``, ``fourty``, and ``tree`` behind ``twenty``."""
    if word in SMALL or word in _SCALES:
        return [word]
    for tens in _TENS:
        if word.startswith(tens) and word[len(tens) :] in _UNITS[1:10]:
            return [tens, word[len(tens) :]]
    if word in _NO_SLIPS or word in FUNCTION:
        return []
    if before in _TENS and (unit := _unit(word)):
        return [unit]
    unsure = len(word) <= 4 and (knows is None or knows(word) or _doubtful(word))
    repair = None if unsure else _SPELLER.repair(word)
    return [repair.word] if repair else []


def _unit(word: str) -> str | None:
    """Repair a word that stands where a unit does."""
    if swapped := next((unit for unit in _UNITS[1:10] if sorted(unit) == sorted(word)), None):
        return swapped
    repair = None if _doubtful(word) else _UNIT_SPELLER.repair(word)
    return repair.word if repair else None


def _doubtful(word: str) -> bool:
    """Tell whether a word may be a slip of two numbers, as ``sixt`` may."""
    return sum(OSA.distance(word, number, score_cutoff=1) <= 1 for number in SMALL) > 1


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
    if len(current) == 1 and _is_century(last) and SMALL.get(word, 0) >= 10:
        return True
    return last in _TENS and word in _UNITS[1:10]


def _is_century(word: str) -> bool:
    return SMALL.get(word) in _CENTURIES


def _sum(words: list[str]) -> float:
    if len(words) > 1 and _is_century(words[0]) and SMALL.get(words[1], 0) >= 10:
        return 100 * SMALL[words[0]] + _sum(words[1:])
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
