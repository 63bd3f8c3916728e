"""English: which words are common in the language at large, the most common first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.words.spelling import Speller
from bot.words.stems import stem


class English:
    """Common English words and how common each is, to tell a slip from a word and a rare word from a common one."""

    def __init__(self, words: Sequence[str]) -> None:
        """Take lower-case words, the most common first."""
        self._ranks = {word: rank for rank, word in enumerate(words)}
        self._stems: frozenset[str] | None = None
        self._speller: Speller | None = None

    def __contains__(self, word: str) -> bool:
        """Say whether a word is common, or a form of a common word."""
        if word in self._ranks:
            return True
        if self._stems is None:
            # Not through the cache of ``stem``, which would keep them all.
            self._stems = frozenset(map(stem.__wrapped__, self._ranks))
        return stem(word) in self._stems

    @property
    def words(self) -> frozenset[str]:
        """List the words."""
        return frozenset(self._ranks)

    def rank(self, word: str) -> int | None:
        """Tell how common a word is (0: the most common), or None for one that is not in the list."""
        return self._ranks.get(word)

    @property
    def speller(self) -> Speller:
        """Give a speller over the common words, made when it is first needed."""
        if self._speller is None:
            self._speller = Speller(self._ranks, ranked=True, shortest=3)
        return self._speller
