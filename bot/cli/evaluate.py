"""``briefbot eval``: how good the answers are on labelled questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bot.answers.askers import Asker
from bot.answers.outcomes import Answered, Outcome
from bot.brief.pack import GoldenQuestion
from bot.brief.places import Place
from bot.cli.exits import DONE, WRONG, Failed
from bot.cli.library import open_askers
from bot.files.packs import load_golden
from bot.files.problems import ContentError

OFF_TOPIC = "offtopic"
RANKS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One labelled question as it was answered: ``rank`` of the first right place from 1, 0 when it is not there."""

    golden: GoldenQuestion
    text: str
    outcome: Outcome

    @property
    def places(self) -> list[Place]:
        """List the places of the matches, best first."""
        return [Place(match.citation.section, match.citation.paragraph) for match in self.outcome.matches]

    @property
    def answered(self) -> bool:
        """Say whether the question was answered at all."""
        return isinstance(self.outcome, Answered)

    @property
    def rank(self) -> int:
        """Tell at which rank the first right place stands; 0 when refused or not among the matches."""
        if not self.answered:
            return 0
        return next((rank for rank, place in enumerate(self.places, 1) if place in self.golden.gold), 0)

    @property
    def value_right(self) -> bool:
        """Say whether the first match gives the very number asked for."""
        return self.answered and bool(self.outcome.matches) and self.outcome.matches[0].value == self.golden.value

    @property
    def failure(self) -> str:
        """Name what went wrong, or nothing."""
        if self.golden.gold:
            if not self.answered:
                return "refused"
            if self.rank != 1:
                return "wrong place" if not self.rank else f"right place is no. {self.rank}"
            if self.golden.value is not None and not self.value_right:
                return "wrong value"
            return ""
        return "answered" if self.answered else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures over one set of questions, as shares of 1; None where nothing was to be measured."""

    name: str
    answerable: int
    first: float | None
    in_three: float | None
    reciprocal_rank: float | None
    refused: float | None
    value: float | None
    unanswerable: int
    near_refused: float | None
    off_topic: int
    off_topic_refused: float | None


def measure(name: str, asked: list[Asked]) -> Figures:
    """Measure one set: what has an answer, what has none, and what is off topic."""
    fair = [one for one in asked if one.golden.gold and not one.golden.partial]
    valued = [one for one in fair if one.golden.value is not None]
    absent = [one for one in asked if not one.golden.gold]
    off_topic = [one for one in absent if one.golden.kind == OFF_TOPIC]
    near = [one for one in absent if one.golden.kind != OFF_TOPIC]
    return Figures(
        name=name,
        answerable=len(fair),
        first=_share([one.rank == 1 for one in fair]),
        in_three=_share([1 <= one.rank <= 3 for one in fair]),
        reciprocal_rank=_share([1 / one.rank if one.rank else 0.0 for one in fair]),
        refused=_share([not one.answered for one in fair]),
        value=_share([one.value_right for one in valued]),
        unanswerable=len(near),
        near_refused=_share([not one.answered for one in near]),
        off_topic=len(off_topic),
        off_topic_refused=_share([not one.answered for one in off_topic]),
    )


def _share(found: list[bool] | list[float]) -> float | None:
    return fmean(map(float, found)) if found else None


def put(asker: Asker, golden: tuple[GoldenQuestion, ...], *, typos: bool) -> list[Asked]:
    """Put every question to the pack, in its plain form or in its form with typing errors."""
    return [Asked(one, text, asker.ask(text, RANKS)) for one in golden if (text := one.typo if typos else one.question)]


def evaluate(path: Path, pack: str | None, *, as_json: bool) -> int:
    """Ask every labelled question of a file and report."""
    (asker,) = open_askers([pack] if pack else [])
    try:
        golden = load_golden(path, asker.pack.outline)
    except ContentError as error:
        raise Failed(str(error), WRONG) from None
    plain, typos = put(asker, golden, typos=False), put(asker, golden, typos=True)
    found = [measure("as typed", plain)]
    if typos:
        found.append(measure("with typing errors", typos))
    failures = [one for one in (*plain, *typos) if one.failure and not one.golden.partial]
    if as_json:
        print(json.dumps(_object(found, failures), ensure_ascii=False))
        return DONE
    from bot.terminal.measures import show_measures  # noqa: PLC0415 - JSON needs no Rich

    show_measures(found, failures)
    return DONE


def _object(found: list[Figures], failures: list[Asked]) -> dict[str, object]:
    return {
        "figures": [{name: getattr(one, name) for name in Figures.__slots__} for one in found],
        "failures": [
            {
                "id": one.golden.id,
                "question": one.text,
                "failure": one.failure,
                "gold": [str(place) for place in one.golden.gold],
                "found": [str(place) for place in one.places[:3]],
                "confidence": round(one.outcome.confidence, 4),
            }
            for one in failures
        ],
    }
