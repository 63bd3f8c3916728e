"""``briefbot tune``: fit ranking and confidence to a pack's own questions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.fitting import Labelled, fit_confidence, fit_ranking, own_questions
from bot.answers.index import Index
from bot.answers.weights import FITTED, Weights
from bot.brief.pack import GoldenQuestion, Pack
from bot.cli.evaluate import Figures, measure, put
from bot.cli.exits import DONE, WRONG, Failed
from bot.cli.library import open_curated, pack_folders
from bot.files.disk import read_bounded
from bot.files.packs import load_golden
from bot.files.problems import ContentError
from bot.files.tunings import write_tuning

FOLDS = 4
MIN_GOLDEN = 30
OWN_SHARE, OWN_WEIGHT = 0.12, 0.1  # of the pack's own variants: how many take part, and how much each counts
OFF_TOPIC_WEIGHT = 0.3

Example = tuple[Labelled, Index]


@dataclass(frozen=True, slots=True)
class _Material:
    """What the numbers are fitted on."""

    golden: tuple[GoldenQuestion, ...]
    own: tuple[Example, ...]
    off_topic: tuple[str, ...]


def tune(name: str | None, files: Sequence[Path], off_topic: Path | None, *, write: bool) -> int:
    """Fit, report cross-validated figures before and after, and write or print the numbers."""
    folder = pack_folders([name] if name else [])[0]
    answerer = open_curated(str(folder))
    pack = answerer.pack
    material = _collect(pack, answerer, files, off_topic)
    before = [measure("before", put(answerer, material.golden, typos=False))]
    after = _cross_validated(answerer, material)
    _report(before, after)
    weights = _fit(answerer.index, material, material.golden)
    if write:
        print(f"Written: {write_tuning(folder, weights)}")
        return DONE
    print(f"ranking={weights.ranking},\nconfidence={weights.confidence},")
    return DONE


def _collect(pack: Pack, answerer: Answerer, files: Sequence[Path], off_topic: Path | None) -> _Material:
    golden = list(pack.golden)
    try:
        for path in files:
            golden.extend(load_golden(path, pack.outline))
        lines = read_bounded(off_topic, str(off_topic)).decode("utf-8", "replace") if off_topic else ""
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
    if len(golden) < MIN_GOLDEN:
        raise Failed(
            f"The pack has {len(golden)} golden questions; fitting needs {MIN_GOLDEN} at least. "
            f"Write more into questions.yaml, or name files with --questions.",
            WRONG,
        )
    rng = random.Random(5)
    own = own_questions(answerer.index.targets, answerer.index.analyzer, answerer.index.english)
    kept = tuple((replace(one, weight=OWN_WEIGHT), index) for one, index in own if rng.random() < OWN_SHARE)
    return _Material(tuple(golden), kept, tuple(line for line in lines.splitlines() if line.strip()))


def _examples(index: Index, golden: Sequence[GoldenQuestion]) -> Iterator[Example]:
    for one in golden:
        if not one.partial:
            for text in filter(None, (one.question, one.typo)):
                yield Labelled(text, one.gold), index


def _fit(index: Index, material: _Material, golden: Sequence[GoldenQuestion]) -> Weights:
    examples = [*_examples(index, golden), *material.own]
    ranking = fit_ranking(examples)
    others = [(Labelled(text, (), OFF_TOPIC_WEIGHT), index) for text in material.off_topic]
    return Weights(ranking, fit_confidence([*examples, *others], ranking), FITTED.threshold)


def _cross_validated(answerer: Answerer, material: _Material) -> list[Figures]:
    """Measure every golden question with numbers that were fitted without it."""
    order = list(material.golden)
    random.Random(7).shuffle(order)
    plain, typos = [], []
    for fold in range(FOLDS):
        kept = [one for number, one in enumerate(order) if number % FOLDS != fold]
        held = tuple(one for number, one in enumerate(order) if number % FOLDS == fold)
        answerer.weights = _fit(answerer.index, material, kept)
        plain += put(answerer, held, typos=False)
        typos += put(answerer, held, typos=True)
    found = [measure("after, cross-validated", plain)]
    return [*found, measure("with typing errors", typos)] if typos else found


def _report(before: list[Figures], after: list[Figures]) -> None:
    from bot.terminal.measures import show_measures  # noqa: PLC0415 - Rich only where something is shown

    show_measures([*before, *after], [])
