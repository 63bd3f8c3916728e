"""Speed: all engines answer the same questions in turns, block by block, so that the machine's noise hits all alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from bot.answers.answerer import Answerer
from bot.brief.pack import Pack
from bot.brief.places import Place
from tests.benchmarks.engines import BM25, FOUND, OURS, PEERS, TOKEN_SET, WRATIO, ours, peer
from tests.benchmarks.synthetic import Asked, Corpus

BLOCK = 10


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: passages, distinct questions, warm rounds, and of how many questions RapidFuzz gets one."""

    questions: int
    rounds: int = 3
    share: int = 1


@dataclass(slots=True)
class Timed:
    """What one engine took: microseconds a question in the first round and in those after it."""

    build_s: float = 0.0
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    right: float | None = None  # share of questions whose place came first; only where it is known


@dataclass(frozen=True, slots=True)
class Race:
    """One race: how many texts the peers searched, and each engine's times by name."""

    name: str
    texts: int
    asked: int
    engines: dict[str, Timed]

    def row(self, engine: str) -> dict[str, float | None]:
        """Sum an engine up; ``times_ours`` below 1 means that we are slower."""
        timed, own = self.engines[engine], self.engines[OURS]
        return {
            "median_us": median(timed.warm),
            "p95_us": quantiles(timed.warm, n=20)[-1],
            "cold_us": median(timed.cold),
            "cold_p95_us": quantiles(timed.cold, n=20)[-1],
            "ours_to_it": median(own.warm) / median(timed.warm),
            "ours_to_it_cold": median(own.cold) / median(timed.cold),
            "build_s": timed.build_s,
            "right_first": timed.right,
        }


def race(name: str, pack: Pack, corpus: Corpus, asked: Sequence[Asked], size: Size) -> Race:
    """Build every engine and let them answer in turns; the first round meets every question for the first time."""
    timed = {engine: Timed() for engine in (OURS, *PEERS)}
    searches: dict[str, Callable[[str], Iterable[Place]]] = {}
    for engine, one in timed.items():
        gc.collect()
        start = time.perf_counter()
        searches[engine] = _ours(ours(pack)) if engine == OURS else _peer(engine, corpus)
        one.build_s = time.perf_counter() - start
    gc.collect()
    gc.freeze()  # what the benchmark itself holds is nobody's garbage
    shares = {OURS: 1, BM25: 1, WRATIO: size.share, TOKEN_SET: size.share}
    for turn in range(size.rounds + 1):
        _round(searches, timed, asked, shares, turn)
    gc.unfreeze()
    for engine, search in searches.items():
        known = [one for one in asked[:: shares[engine]] if one.gold]
        if known:
            hits = [next(iter(search(one.text)), None) in one.gold for one in known]
            timed[engine].right = sum(hits) / len(hits)
    return Race(name, len(corpus[0]), len(asked), timed)


def _ours(answerer: Answerer) -> Callable[[str], Iterable[Place]]:
    def search(question: str) -> Iterable[Place]:
        found = answerer.ask(question, FOUND).matches
        return (Place(match.citation.section, match.citation.paragraph) for match in found)

    return search


def _peer(engine: str, corpus: Corpus) -> Callable[[str], Iterable[Place]]:
    texts, places = corpus
    find = peer(engine, texts)

    def search(question: str) -> Iterable[Place]:
        found = find(question, FOUND)
        return (places[number] for number in found)

    return search


def _round(
    searches: dict[str, Callable[[str], Iterable[Place]]],
    timed: dict[str, Timed],
    asked: Sequence[Asked],
    shares: dict[str, int],
    turn: int,
) -> None:
    engines = list(searches)
    for number, start in enumerate(range(0, len(asked), BLOCK)):
        first = (number + turn) % len(engines)
        for engine in (*engines[first:], *engines[:first]):
            search, into = searches[engine], timed[engine].warm if turn else timed[engine].cold
            for at in range(start, min(start + BLOCK, len(asked))):
                if at % shares[engine]:
                    continue
                begun = time.perf_counter_ns()
                search(asked[at].text)
                into.append((time.perf_counter_ns() - begun) / 1_000)
