"""Verdicts: how a typed answer fares, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a typed answer fares; only RIGHT counts."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, and why, in a sentence (empty where there is nothing to say)."""

    outcome: Outcome
    reason: str = ""

    @property
    def right(self) -> bool:
        """Tell whether the answer counts."""
        return self.outcome is Outcome.RIGHT


RIGHT = Verdict(Outcome.RIGHT)
WRONG = Verdict(Outcome.WRONG)
MORE = Verdict(Outcome.NEAR, "There is more in it than was asked for.")
