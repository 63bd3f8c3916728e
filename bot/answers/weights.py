"""The fitted numbers of ranking and confidence, with how they were obtained."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.confidence import SIGNALS
from bot.answers.ranking import FEATURES
from bot.brief.tuning import Tuning

BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights in the order of ``ranking.FEATURES``, and of ``confidence.SIGNALS`` with the bias last."""

    ranking: tuple[float, ...]
    confidence: tuple[float, ...]
    threshold: float = 0.5


def as_tuning(weights: Weights) -> Tuning:
    """Name every number, as ``weights.yaml`` keeps them."""
    return Tuning(
        dict(zip(FEATURES, weights.ranking, strict=True)),
        dict(zip((*SIGNALS, BIAS), weights.confidence, strict=True)),
    )


def from_tuning(tuning: Tuning) -> Weights | None:
    """Take a pack's own numbers, or None when they were fitted for other views or signals than there are now."""
    if set(tuning.ranking) != set(FEATURES) or set(tuning.confidence) != {*SIGNALS, BIAS}:
        return None
    return Weights(
        tuple(tuning.ranking[name] for name in FEATURES),
        tuple(tuning.confidence[name] for name in (*SIGNALS, BIAS)),
    )


# Obtained on 24 November 2026 by `briefbot tune --pack hansen-2016 --off-topic FILE`: the pack's 622 golden questions
# with their forms with typing errors, an eighth of its curated questions (each asked of an index without its fold), and
# 500 questions of SQuAD v1.1 (Rajpurkar et al. 2016) on other subjects as FILE.
FITTED = Weights(
    ranking=(0.0, 1.641, 1.96, 1.329, 3.455, 4.119, 2.929, 5.32, 4.347, 1.331, 2.547, -6.468),
    confidence=(
        3.765,
        0.319,
        3.482,
        -0.355,
        -0.339,
        1.015,
        1.296,
        0.215,
        2.719,
        1.693,
        -5.373,
        -2.664,
        -0.685,
        0.16,
        0.41,
        -0.358,
        -4.47,
    ),
)
