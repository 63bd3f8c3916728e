"""The engines that are measured side by side: ours, RapidFuzz and bm25s; each takes a question, each finds three."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import bm25s  # type: ignore[import-untyped]
import numpy as np
import Stemmer
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bot.answers.answerer import Answerer
from bot.brief.pack import Pack
from bot.files.english import common_english

FOUND = 3
OURS, WRATIO, TOKEN_SET, BM25 = "briefbot", "RapidFuzz WRatio", "RapidFuzz token_set_ratio", "bm25s"
PEERS = (WRATIO, TOKEN_SET, BM25)

Search = Callable[[str, int], Sequence[int]]  # a question and how many: the numbers of the best texts, best first


def fuzzy(texts: Sequence[str], scorer: Callable[..., float]) -> Search:
    """Search as RapidFuzz's documentation does; case and punctuation of the texts are dealt with once, beforehand."""
    processed = [default_process(text) for text in texts]

    def search(question: str, limit: int) -> list[int]:
        found = process.extract(default_process(question), processed, scorer=scorer, limit=limit)
        return [number for _, _, number in found]

    return search


def ranked(texts: Sequence[str]) -> Search:
    """Search by BM25 with Snowball stems (PyStemmer) and the longer of the two stop lists that bm25s brings."""
    stemmer = Stemmer.Stemmer("english")
    options: dict[str, Any] = {"stopwords": "en_plus", "stemmer": stemmer, "show_progress": False}
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(texts), **options), show_progress=False)

    def search(question: str, limit: int) -> list[int]:
        tokens = bm25s.tokenize(question, return_ids=False, **options)
        numbers, scores = index.retrieve(tokens, k=min(limit, len(texts)), show_progress=False)
        return [int(number) for number in numbers[0][np.asarray(scores[0]) > 0]]

    return search


def peer(name: str, texts: Sequence[str]) -> Search:
    """Build a peer by its name."""
    if name == WRATIO:
        return fuzzy(texts, fuzz.WRatio)
    if name == TOKEN_SET:
        return fuzzy(texts, fuzz.token_set_ratio)
    return ranked(texts)


def ours(pack: Pack) -> Answerer:
    """Build our engine as the program does."""
    return Answerer(pack, common_english())
