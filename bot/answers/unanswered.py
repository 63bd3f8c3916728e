"""Unanswered questions: what is kept of one, and whether it was asked before in other words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import OSA

from bot.words.stems import stem
from bot.words.stopwords import ASKING, FUNCTION
from bot.words.text import MAX_QUESTION, clean, words

MOST_CHARACTERS = 200
_LIKE = 85  # RapidFuzz ratio of the words that carry two questions from which they may be one
_ALIKE = 45  # the same of the raw texts, below which they cannot be
_LOOKED_AT = 40  # texts that are compared word by word
_SLIP_FROM = 6  # letters of a word in which one wrong letter is a slip and not another word (Iran, Iraq)

_TAGS = re.compile(
    r"<(?:@[!&]?|#|a?:\w{1,64}:|/[^<>:]{1,100}:|t:|id:)[\w:-]{1,40}>"  # Discord's mentions, emojis, commands, times
)
_LINKS = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>)\]]*|\bwww\.[^\s<>)\]]+|\b(?:[\w-]+\.)+[a-z]{2,}/[^\s<>)\]]*")
_MAIL = re.compile(r"(?:\bmailto:)?[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@])@[\w.]{2,40}")
_DIGITS = re.compile(r"\+?\(?\d(?:[\s().\-–/]{0,3}\d){5,}")
_YEARS = re.compile(r"(?:1[0-9]|20)\d\d(?:(?:\s|\s?[-–/]\s?)(?:1[0-9]|20)\d\d)+")
_DATE = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4}")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|<\s*>|\{\s*\}")

_NO = frozenset("no not never neither nor without nothing nobody none cannot".split())
# Words that carry nothing of their own and yet turn a question into another one.
_TURNING = {word: word for word in "before after until since above below under over from by against like".split()} | {
    "more": "more", "most": "most", "less": "less", "least": "least", "few": "few", "fewer": "less", "should": "should",
    "must": "should", "ought": "should", "will": "will", "shall": "will", "may": "may", "might": "may",
    "other": "other", "only": "only", "both": "both", "all": "all", "first": "first", "last": "last",
}  # fmt: skip
_SAYS_LITTLE = FUNCTION | ASKING | _NO
_ASKED = {"whom": "who", "whose": "who", "what": "", "which": ""}
_WHETHER = frozenset("do does did is are was were has have had can could would".split())
_THE_BRIEF = dict.fromkeys("text paper document article report pdf piece publication".split(), "brief")


def normal_form(question: str) -> str:
    """Reduce a question to what may be kept: no mention, emoji, link, address or long number; at most 200 characters.

    Lower case, one line, no punctuation at its end but ``?`` (and signs that measure: ``%``, ``€``); empty when no
    word is left. Years and dates stay, a row of six and more digits does not.
    """
    text = clean(question[:MAX_QUESTION]).lower()
    for pattern in (_TAGS, _LINKS, _MAIL, _HANDLE):
        text = pattern.sub(" ", text)
    text = _EMPTY.sub(" ", _DIGITS.sub(_without_number, text))
    text = " ".join(unicodedata.normalize("NFKC", text).split())[:MOST_CHARACTERS]
    end = len(text)
    while end and _closes(text[end - 1]):
        end -= 1
    asks = "?" in text[end:] and end < MOST_CHARACTERS
    text = text[:end] + "?" * asks
    return text if any(char.isalnum() for char in text) else ""


def same_question(text: str, known: Sequence[str]) -> str | None:
    """Find the known question that asks the same: word order, number, articles and a slip of the pen do not count.

    Never one with another number, another negation, another asking word, or another word that carries it.
    """
    if text in known:
        return text
    scorer, bare = fuzz.token_sort_ratio, utils.default_process
    near = process.extract(text, known, scorer=scorer, processor=bare, score_cutoff=_ALIKE, limit=_LOOKED_AT)
    read = _read(text)
    best: tuple[float, str] | None = None
    for candidate, _, _ in near:
        other = _read(candidate)
        score = _likeness(read, other)
        if score and (best is None or score > best[0]) and _same(read, other):
            best = (score, candidate)
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question as it is compared: the words that carry it in their order, and what else makes it this one."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    numbers: tuple[str, ...]
    negated: bool
    asks: frozenset[str]
    turns: frozenset[str]


def _read(text: str) -> _Reading:
    found = words(text)
    kept = [_TURNING.get(word, word) for word in found if word in _TURNING or word not in _SAYS_LITTLE]
    asks = {_ASKED.get(word, word) for word in found if word in ASKING}
    if not asks and not _WHETHER.isdisjoint(found):
        asks = {"whether"}
    carrying = tuple(_THE_BRIEF.get(word, word) for word in kept or found)
    return _Reading(
        words=carrying,
        stems=tuple(map(stem, carrying)),
        numbers=tuple(sorted(word for word in found if any(map(str.isdigit, word)))),
        negated=not _NO.isdisjoint(found),
        asks=frozenset(asks - {""}),
        turns=frozenset(_TURNING[word] for word in found if word in _TURNING),
    )


def _likeness(one: _Reading, two: _Reading) -> float:
    """Compare what carries two questions: by stems and, as a slip may spoil a stem, by words; 0 when unlike."""
    return max(
        fuzz.token_sort_ratio(" ".join(one.stems), " ".join(two.stems), score_cutoff=_LIKE),
        fuzz.token_sort_ratio(" ".join(one.words), " ".join(two.words), score_cutoff=_LIKE),
    )


def _same(one: _Reading, two: _Reading) -> bool:
    """Judge two readings whose words look alike."""
    if (one.numbers, one.negated, one.asks, one.turns) != (two.numbers, two.negated, two.asks, two.turns):
        return False
    rest = list(zip(two.words, two.stems, strict=True))
    aligned: list[str] = []  # the stems of the first, as the second has them
    slips = 0
    for word, stemmed in zip(one.words, one.stems, strict=True):
        meant = next((pair for pair in rest if pair[1] == stemmed), None)
        if meant is None:
            meant = next((pair for pair in rest if _slip(word, pair[0])), None)
            slips += 1
        if meant is None or slips > 1:
            return False
        rest.remove(meant)
        aligned.append(meant[1])
    return not rest and not _turned(aligned, two)


def _slip(word: str, other: str) -> bool:
    """Say whether one word is the other mistyped: two letters swapped, one doubled, in long words one wrong inside."""
    word, other = word.removesuffix("s"), other.removesuffix("s")
    if word[:1] != other[:1] or OSA.distance(word, other, score_cutoff=1) > 1 or not (word + other).isalpha():
        return False
    if len(word) == len(other) and sorted(word) == sorted(other):
        return len(word) >= _SLIP_FROM - 1
    if _single(word) == _single(other):
        return min(len(word), len(other)) >= _SLIP_FROM - 2
    return min(len(word), len(other)) >= _SLIP_FROM and word[-1] == other[-1]


def _single(word: str) -> str:
    return "".join(char for char, before in zip(word, f" {word}", strict=False) if char != before)


def _turned(order: Sequence[str], two: _Reading) -> bool:
    """Say whether two questions swap who does and who suffers: ``Trump praises Putin``, ``Putin praises Trump``."""
    if list(order) == list(two.stems):
        return False
    if "who" in two.asks:
        return True
    places = {word: place for place, word in enumerate(two.stems)}
    for middle in range(1, len(order) - 1):
        here = places[order[middle]]
        before = any(places[word] > here for word in order[:middle])
        if before and any(places[word] < here for word in order[middle + 1 :]):
            return True
    return False


def _without_number(match: re.Match[str]) -> str:
    found = match[0].strip()
    return match[0] if _YEARS.fullmatch(found) or _DATE.fullmatch(found) else " "


def _closes(char: str) -> bool:
    """Say whether a character at the end of a question says nothing there: punctuation, space, a sign; no currency."""
    category = unicodedata.category(char)
    return char == "\ufe0f" or (char != "%" and category != "Sc" and category[0] in "PZS")
