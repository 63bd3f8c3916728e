"""Tuning: the numbers that ``briefbot tune`` fitted for one pack, by the names of what they weigh."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """Weights of the ranker's views and of the confidence's signals (``bias`` among them), by name."""

    ranking: dict[str, float]
    confidence: dict[str, float]
