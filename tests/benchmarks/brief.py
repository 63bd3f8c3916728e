"""The brief as the benchmark sees it: what the engine may answer with, and the labelled questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.answers.targets import targets
from bot.brief.pack import Figure, GoldenQuestion, Pack, Passage, Quote, Recommendation
from bot.files.library import find_pack
from bot.files.packs import load_golden, load_pack
from tests.benchmarks.synthetic import Asked, Corpus, Library, synthesise


def subject(what: str, asked: int) -> Library:
    """Give a pack by its id or folder, or a synthetic one by its number of passages."""
    if what.isdigit():
        return synthesise(int(what), asked)
    return curated(load_pack(find_pack(what)), asked)


def curated(pack: Pack, asked: int) -> Library:
    """Give a pack with its passages, recommendations and quotes as texts, and its own golden questions."""
    questions = tuple(dict.fromkeys(golden.question for golden in pack.golden))
    return Library(pack, passages(pack), tuple(Asked(text) for text in questions[:asked]))


def passages(pack: Pack, *, figures: bool = False) -> Corpus:
    """List what the brief itself says: passages, recommendations, quotes, and its figures where asked for."""
    kinds = (Passage, Recommendation, Quote, Figure) if figures else (Passage, Recommendation, Quote)
    found = [entry for entry in pack.entries if isinstance(entry, kinds)]
    return tuple(entry.text for entry in found), tuple(entry.place for entry in found)


def everything(pack: Pack) -> Corpus:
    """List every text that the engine may return: cells, overviews, terms, facts and untreated subjects too."""
    found = targets(pack)
    return tuple(target.text for target in found), tuple(target.place for target in found)


def variants(pack: Pack) -> Corpus:
    """List every curated question with the place it leads to; untreated subjects lead nowhere."""
    found = [(question, target.place) for target in targets(pack) for question, _ in target.questions]
    return tuple(question for question, _ in found), tuple(place for _, place in found)


def labelled(pack: Pack, files: Sequence[Path]) -> dict[str, tuple[GoldenQuestion, ...]]:
    """Load the labelled questions: the pack's own, and those of further files."""
    found = {f"{pack.id}, its own": pack.golden} if pack.golden else {}
    return found | {path.stem: load_golden(path, pack.outline) for path in files}
