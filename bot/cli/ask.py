"""``briefbot ask``: one question, or one a line from standard input."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from bot.answers.askers import Askers
from bot.answers.outcomes import Answered, Match, NotInBrief, Outcome
from bot.cli.exits import DONE, NOT_IN_BRIEF, Failed
from bot.cli.library import open_askers
from bot.files.english import common_english
from bot.terminal.safety import safe


def ask(question: str, packs: Sequence[str], limit: int, *, as_json: bool, explained: bool) -> int:
    """Answer and print; status 3 when a single question is not answered."""
    askers = Askers(open_askers(packs), common_english())
    if question != "-":
        outcome, elapsed = timed(askers, question, limit, explained=explained)
        _print(outcome, elapsed, askers, as_json=as_json)
        return DONE if isinstance(outcome, Answered) else NOT_IN_BRIEF
    for line in _lines():
        if not as_json:
            print(f"> {safe(line)}")
        outcome, elapsed = timed(askers, line, limit, explained=explained)
        _print(outcome, elapsed, askers, as_json=as_json)
    return DONE


def timed(askers: Askers, question: str, limit: int, *, explained: bool) -> tuple[Outcome, float]:
    """Ask, and tell how many microseconds it took."""
    start = time.perf_counter_ns()
    outcome = askers.ask(question, limit, explained=explained)
    return outcome, (time.perf_counter_ns() - start) / 1_000


def _lines() -> Iterator[str]:
    """Read questions, blank ones too; bytes that are no UTF-8 become replacement characters."""
    if sys.stdin is None:
        raise Failed("There is no standard input to read questions from.")
    for number, raw in enumerate(sys.stdin.buffer):
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        yield line if number else line.removeprefix("\ufeff")


def _print(outcome: Outcome, elapsed: float, askers: Askers, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(as_object(outcome, elapsed), ensure_ascii=False), flush=True)
        return
    from bot.terminal.answers import show  # noqa: PLC0415 - JSON needs no Rich

    show(outcome, askers.packs)


def as_object(outcome: Outcome, elapsed_us: float) -> dict[str, Any]:
    """Write an outcome as the object that ``--json`` promises."""
    found: dict[str, Any] = {
        "question": outcome.question,
        "answered": isinstance(outcome, Answered),
        "confidence": round(outcome.confidence, 4),
        "reason": outcome.reason if isinstance(outcome, NotInBrief) else None,
        "elapsed_us": round(elapsed_us, 1),
        "matches": [_match(match) for match in outcome.matches],
    }
    if outcome.evidence:
        found["explanation"] = {
            "words": [
                {"word": word, "term": term, "weight": weight, "held": held}
                for word, term, weight, held in outcome.evidence.words
            ],
            "repaired": dict(outcome.evidence.repaired),
            "missing": list(outcome.evidence.missing),
            "signals": dict(outcome.evidence.signals),
            "candidates": [
                {"id": name, "score": score, "views": dict(views)} for name, score, views in outcome.evidence.candidates
            ],
        }
    return found


def _match(match: Match) -> dict[str, Any]:
    value = match.value
    return {
        "id": match.id,
        "kind": match.kind,
        "text": match.text,
        "verbatim": match.verbatim,
        "value": int(value) if value is not None and value == int(value) else value,
        "unit": match.unit,
        "score": match.score,
        "citation": {
            "pack": match.citation.pack,
            "section": match.citation.section,
            "paragraph": match.citation.paragraph,
            "page": match.citation.page,
            "text": match.citation.text,
        },
    }
