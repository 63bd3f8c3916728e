"""Text to tokens: Unicode, possessives, abbreviations and numbers brought to one form.

The same chain runs over questions and over everything that is indexed, so that both meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from bot.words.numbers import NUMBER_WORDS, ORDINAL, join_numbers

MAX_QUESTION = 6_000  # Discord's limit for a string option

_QUOTES = str.maketrans(dict.fromkeys("‘’‛`´ʼ′", "'") | dict.fromkeys("“”„«»", '"'))
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_WORD = re.compile(r"%|[^\W_]+(?:'[^\W_]+)*")
_USA = re.compile(r"\b(?:U\.\s?S\.(?:\s?A\.)?|US(?=\b(?!\$))|USA)(?!\w)")
_PRONOUN_US = re.compile(
    r"\b(give|gives|tell|tells|show|shows|let|lets|help|helps|teach|teaches|for|to|of|with|remind|inform)\s+us\b"
)
_WITH = re.compile(r"\bw/(o\b)?")
_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b|\b(?:[a-z]\.){2,}")
_CONTRACTED = {
    "isn't": "is not", "aren't": "are not", "wasn't": "was not", "weren't": "were not", "don't": "do not",
    "doesn't": "does not", "didn't": "did not", "won't": "will not", "wouldn't": "would not", "can't": "can not",
    "couldn't": "could not", "shouldn't": "should not", "hasn't": "has not", "haven't": "have not",
    "hadn't": "had not", "what's": "what is", "who's": "who is", "where's": "where is", "when's": "when is",
    "how's": "how is", "why's": "why is", "that's": "that is", "there's": "there is", "it's": "it is",
    "let's": "let us", "i'm": "i am", "we're": "we are", "they're": "they are", "you're": "you are",
    "he's": "he is", "she's": "she is", "i've": "i have", "they've": "they have", "we've": "we have",
}  # fmt: skip
_EXPANDED = {
    "%": "percent", "pct": "percent", "percentage": "percent", "percents": "percent", "vs": "versus",
    "acc": "according", "govt": "government", "pres": "president", "gov": "government", "rel": "relation",
    "sept": "september", "sep": "september", "oct": "october", "nov": "november", "aug": "august",
    "jan": "january", "feb": "february", "dec": "december", "pls": "please", "plz": "please", "thx": "thanks",
    "ppl": "people", "bc": "because", "cuz": "because", "abt": "about", "u": "you", "ur": "your", "r": "are",
    "yr": "year", "yrs": "years", "w": "with", "wo": "without", "b4": "before", "2day": "today", "dont": "not",
    "doesnt": "not", "didnt": "not", "isnt": "not", "wasnt": "not", "wont": "not", "cant": "not",
    "couldnt": "not", "wouldnt": "not", "shouldnt": "not", "arent": "not", "hasnt": "not", "whats": "what",
    "whos": "who", "hows": "how", "wheres": "where", "whens": "when", "thats": "that", "theres": "there",
    "im": "i", "ive": "i", "theyre": "they", "theyd": "they", "whod": "who", "itll": "it", "lets": "let",
}  # fmt: skip


class Token(NamedTuple):
    """One word of a text: its normal form and where it stood (offsets in the text that was given)."""

    word: str
    start: int
    end: int


def clean(text: str) -> str:
    """Drop control and invisible characters, unify Unicode forms and quotation marks; keep case and layout."""
    if text.isascii() and text.isprintable():
        return text.replace("`", "'")
    # Before Unicode's own unification too: it takes "´" apart into a space and an accent.
    text = "".join(map(_visible, text)).translate(_QUOTES)
    return unicodedata.normalize("NFKC", text).translate(_QUOTES)


@lru_cache(maxsize=4_096)
def _visible(char: str) -> str:
    """Give a character, a space for a control character, nothing for one that stands unseen inside a word."""
    category = unicodedata.category(char)
    if char in "\n\t" or category not in _INVISIBLE:
        return char
    return "" if category == "Cf" else " "


def fold(word: str) -> str:
    """Lower a word's case and drop its accents."""
    if word.isascii():
        return word.lower()
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return plain.casefold()


def words(text: str) -> list[str]:
    """Split a text into normal forms: folded, possessives dropped, numbers as digits, ``%`` as ``percent``."""
    text = clean(text[:MAX_QUESTION])[:MAX_QUESTION]  # unifying Unicode may lengthen it
    if "U" in text:
        text = _USA.sub("usa", text)
    text = fold(text)
    if "w/" in text:
        text = _WITH.sub(lambda match: " without " if match[1] else " with ", text)
    if " us" in text:
        text = _PRONOUN_US.sub(r"\1", text)
    if "." in text:
        text = _ACRONYM.sub(lambda match: match[0].replace(".", ""), text)
    found: list[str] = []
    for raw in _WORD.findall(text):
        found.extend(normal_forms(raw))
    return join_numbers(found)


def raw_words(text: str) -> list[str]:
    """Split a text into words as they were typed: case and accents kept."""
    return _WORD.findall(clean(text[:MAX_QUESTION]))


@lru_cache(maxsize=4_096)
def normal_forms(raw: str) -> tuple[str, ...]:
    """Bring one raw word to its normal forms: mostly one, two for a contraction."""
    word = fold(raw)
    if "'" in word:
        if word in _CONTRACTED:
            return tuple(_CONTRACTED[word].split())
        word = word.removesuffix("'s").split("'")[0] if word.endswith(("'s", "'ll", "'d", "'ve", "'re")) else word
        word = word.replace("'", "")
    word = _EXPANDED.get(word, word)
    ordinal = ORDINAL.fullmatch(word)
    if ordinal:
        return (ordinal[1],)
    return (NUMBER_WORDS.get(word, word),) if word else ()


def tokens(text: str) -> list[Token]:
    """Find the words of a text with their offsets, for marking what matched."""
    return [
        Token(form, match.start(), match.end())
        for match in _WORD.finditer(text.translate(_QUOTES))
        for form in normal_forms(match[0])
    ]


_SENTENCE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)\]])|(?<=[.!?…][\"'”’)\]]{2}))\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:fig|no|vol|dr|mr|mrs|ms|prof|st|vs|e\.g|i\.e|etc|p|pp|para|cf|al|[A-Z])\.$", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """Split a paragraph into sentences, minding abbreviations and initials."""
    parts: list[str] = []
    for piece in _SENTENCE.split(text.strip()):
        denied = bool(parts) and parts[-1].endswith(" no.") and not piece[:1].isdigit()
        if parts and not denied and _ABBREVIATED.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {piece}"
        elif piece:
            parts.append(piece)
    return parts
