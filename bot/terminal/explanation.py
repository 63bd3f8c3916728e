"""Explanations: what the engine saw in a question, as columns for a curator."""

from __future__ import annotations

from bot.answers.outcomes import Evidence
from bot.terminal.safety import shorten
from bot.terminal.screen import Screen, Style

_MOST_WORDS = 40


def put_evidence(screen: Screen, evidence: Evidence) -> None:
    """Write words with weights, what was repaired or missing, the signals, and the leading candidates."""
    screen.gap()
    screen.heading("Why")
    if evidence.words:
        rows = [("word", "read as", "weight", "in the first match")]
        rows += [
            (shorten(word, 24), shorten(term, 32), f"{weight:.2f}", "yes" if held else "no")
            for word, term, weight, held in evidence.words[:_MOST_WORDS]
        ]
        screen.columns(rows, right=(2,))
        if len(evidence.words) > _MOST_WORDS:
            screen.put(f"and {len(evidence.words) - _MOST_WORDS:,} more words", Style.QUIET, indent=2)
        screen.gap()
    repaired = ", ".join(
        f"{shorten(typed, 24)} → {shorten(meant, 24)}" for typed, meant in evidence.repaired[:_MOST_WORDS]
    )
    missing = ", ".join(shorten(word, 24) for word in evidence.missing[:_MOST_WORDS])
    signals = ", ".join(f"{name} {value:.2f}" for name, value in evidence.signals)
    screen.columns([("repaired", repaired or "–"), ("missing", missing or "–"), ("signals", signals or "–")])
    if evidence.candidates:
        screen.gap()
        scored = [
            (name, f"{score:.2f}", ", ".join(f"{view} {part:.2f}" for view, part in views) or "–")
            for name, score, views in evidence.candidates
        ]
        screen.columns([("candidate", "score", "of which"), *scored], right=(1,))
