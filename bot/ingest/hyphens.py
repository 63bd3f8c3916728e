"""Hyphens at the ends of lines: which belong to the word, and which only to the line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+(?:[-‐‑][^\W\d_]+)*)[-‐‑\xad]$")
_AFTER = re.compile(r"[^\W\d_]+")
_SUSPENDED = frozenset({"and", "or", "to", "und", "oder", "og", "eller", "et", "ou"})
_SOFT = ("\xad", "‐")


class Mender:
    """Joins lines; knows the words of the document, and whether the document hyphenates at all."""

    def __init__(self, lines: Iterable[str], known: Collection[str] = frozenset()) -> None:
        """Learn the words inside of lines; ``known``: lower-case words of the language, where the caller has a list."""
        kept = list(lines)
        self._known = known
        self._words: Counter[str] = Counter()
        for line in kept:
            inside = line.rstrip().rsplit(" ", 1)[0] if line.rstrip().endswith(("-", *_SOFT)) else line
            self._words.update(word.casefold().replace("‐", "-").replace("‑", "-") for word in _WORD.findall(inside))
        self._hyphenates = self._judge(kept)
        # Where the typesetter's own hyphens (U+2010) stand at the ends of lines only, plain ones belong to the words.
        ends = sum(line.rstrip().endswith("‐") for line in kept)
        self._told_apart = ends > 3 * sum("‐" in line.rstrip()[:-1] for line in kept)

    def _judge(self, lines: list[str]) -> bool:
        """Say whether words are broken at the ends of lines: some are, by the words that stand whole elsewhere."""
        broken = whole = 0
        for line, following in pairwise(lines):
            before, after = _BEFORE.search(line.rstrip()), _AFTER.match(following.lstrip())
            if not (before and after):
                continue
            plain = (before[1] + after[0]).casefold()
            if self._words[plain]:
                broken += 1
            elif self._words[f"{before[1]}-{after[0]}".casefold()] or not after[0][0].islower():
                whole += 1
        return broken > 0 and broken >= whole

    def run(self, lines: Sequence[str]) -> str:
        """Join the lines of a paragraph, however many."""
        parts: list[str] = []
        for line in filter(None, map(str.strip, lines)):
            if parts:
                parts[-1] = self.join(parts[-1], line).removesuffix(line)
            parts.append(line)
        return "".join(parts)

    def join(self, left: str, right: str) -> str:
        """Join two lines of a paragraph with a blank, or without one where a word was broken."""
        left, right = left.rstrip(), right.lstrip()
        before, after = _BEFORE.search(left), _AFTER.match(right)
        if not before or not after:
            if left.endswith(("/", "-")) and right[:1].isalnum() and not left.endswith((" -", " /")):
                return left + right
            return f"{left} {right}".strip() if left and right else left or right
        if left.endswith("\xad"):
            return left[:-1] + right
        if after[0] in _SUSPENDED:  # mid- and long-term
            return f"{left} {right}"
        if self._is_broken(before[1], after[0], soft=left.endswith("‐")):
            return left[:-1] + right
        return left + right

    def _is_broken(  # one return for each piece of evidence
        self, first: str, second: str, *, soft: bool
    ) -> bool:
        if first.isupper() and len(first) > 1 and second[0].islower():  # US-supported
            return False
        if not second[0].islower():
            return first.isupper() and second.isupper() and bool(self._words[(first + second).casefold()])
        plain, hyphened = (first + second).casefold(), f"{first}-{second}".casefold()
        if soft and self._told_apart:
            return True
        if self._words[hyphened] != self._words[plain]:
            return self._words[plain] > self._words[hyphened]
        if plain in self._known:
            return True
        if self._told_apart:
            return soft
        tail = first.rsplit("-", 1)[-1].casefold()
        halves = [self._stands(tail), self._stands(second.casefold())]
        if "-" in first or soft:
            return soft
        if self._known:
            return not all(halves)
        return self._hyphenates and not (all(halves) and min(len(tail), len(second)) >= 4)

    def _stands(self, word: str) -> bool:
        return bool(self._words[word]) or word in self._known


def without_soft(text: str) -> str:
    """Drop the soft hyphens inside of lines."""
    return text.replace("\xad", "")
