"""``weights.yaml``: a pack's own fitted numbers, written by ``briefbot tune --write``."""

from __future__ import annotations

import os
from pathlib import Path

from bot.answers.weights import Weights, as_tuning
from bot.files.formats.tuning import WEIGHTS

_HEAD = (
    "# Fitted by `briefbot tune --write`; not to be edited by hand. Delete the file to use the program's own numbers.\n"
)


def write_tuning(folder: Path, weights: Weights) -> Path:
    """Write a pack's numbers, replacing the file in one step; give its path."""
    tuning = as_tuning(weights)
    lines = [_HEAD]
    for part, numbers in (("ranking", tuning.ranking), ("confidence", tuning.confidence)):
        lines.append(f"{part}:\n")
        lines.extend(f"  {name}: {number}\n" for name, number in numbers.items())
    path = folder / WEIGHTS
    temporary = path.with_suffix(".yaml.part")
    temporary.write_text("".join(lines), encoding="utf-8")
    os.replace(temporary, path)
    return path
