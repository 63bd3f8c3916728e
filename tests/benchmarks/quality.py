"""Quality: how often the right place comes first, or among the first three, on labelled questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.answerer import Answerer
from bot.answers.outcomes import Answered
from bot.brief.pack import GoldenQuestion, Pack
from bot.brief.places import Place
from tests.benchmarks.brief import passages, variants
from tests.benchmarks.engines import FOUND, OURS, PEERS, ours, peer
from tests.benchmarks.synthetic import Corpus

SEARCHED = 60  # texts a peer is asked for, so that three different places are among them

Find = Callable[[str], list[Place]]


@dataclass(frozen=True, slots=True)
class Quality:
    """The shares of one engine over one set: right place first and in three, as typed and with typing errors."""

    questions: str
    engine: str
    over: str
    asked: int
    first: float
    in_three: float
    typos: int
    typos_first: float | None
    typos_in_three: float | None


def compare(pack: Pack, sets: dict[str, tuple[GoldenQuestion, ...]], limit: int | None = None) -> list[Quality]:
    """Let all engines answer all sets; only questions that the brief answers, without the partial ones."""
    finders = list(_finders(pack))
    found: list[Quality] = []
    for name, golden in sets.items():
        fair = [one for one in golden if one.gold and not one.partial][:limit]
        slips = [one for one in fair if one.typo]
        if not fair:
            continue
        for engine, over, find in finders:
            first, in_three = _shares(find, ((one.question, one.gold) for one in fair))
            typed = _shares(find, ((one.typo, one.gold) for one in slips)) if slips else (None, None)
            found.append(Quality(name, engine, over, len(fair), first, in_three, len(slips), *typed))
    return found


def _finders(pack: Pack) -> Iterator[tuple[str, str, Find]]:
    answerer = ours(pack)
    yield OURS, "the pack; a refusal is wrong", _ours(answerer, refusing=True)
    yield OURS, "the pack; never refusing", _ours(answerer, refusing=False)
    texts, questions = passages(pack, figures=True), variants(pack)
    for name in PEERS:
        yield name, f"{len(texts[0])} texts", _peer(name, texts)
        yield name, f"{len(questions[0]):,} curated questions", _peer(name, questions)


def _ours(answerer: Answerer, *, refusing: bool) -> Find:
    def find(question: str) -> list[Place]:
        outcome = answerer.ask(question, FOUND)
        if refusing and not isinstance(outcome, Answered):
            return []
        return [Place(match.citation.section, match.citation.paragraph) for match in outcome.matches]

    return find


def _peer(name: str, corpus: Corpus) -> Find:
    texts, places = corpus
    search = peer(name, texts)

    def find(question: str) -> list[Place]:
        return list(dict.fromkeys(places[number] for number in search(question, SEARCHED)))[:FOUND]

    return find


def _shares(find: Find, asked: Iterable[tuple[str, Sequence[Place]]]) -> tuple[float, float]:
    first: list[bool] = []
    in_three: list[bool] = []
    for question, gold in asked:
        right = [place in gold for place in find(question)]
        first.append(any(right[:1]))
        in_three.append(any(right))
    return sum(first) / len(first), sum(in_three) / len(in_three)
