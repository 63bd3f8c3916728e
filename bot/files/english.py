"""The list of common English words that ships with the program.

21,719 words, the most common first: the whole words of the WordPiece vocabulary of BERT (bert-base-uncased,
Apache-2.0), which is ordered by frequency in English books and encyclopaedia articles.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bot.words.english import English


@cache
def common_english() -> English:
    """Load the list."""
    return English((files("bot.files") / "english.txt").read_text(encoding="ascii").split())
