"""Start: how long a command takes from the start of its process to the answer, and what importing the engine costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HEAVY = frozenset({"discord", "fitz", "matplotlib", "pymupdf", "sqlalchemy"})
_ROOT = Path(__file__).parents[2]
_IMPORT = """
import sys, time
before = set(sys.modules)
start = time.perf_counter()
import bot.answers.answerer
took = time.perf_counter() - start
import json
tops = sorted({name.partition(".")[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))
print(json.dumps({"ms": took * 1000, "modules": len(set(sys.modules) - before), "packages": tops}))
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds of ``briefbot ask`` without and with a ready index, of Python alone; and the engine's import."""

    first_s: float
    median_s: float
    worst_s: float
    python_s: float
    import_ms: float
    modules: int
    packages: tuple[str, ...]

    @property
    def heavy(self) -> frozenset[str]:
        """Name what the engine must not import but does."""
        return HEAVY & frozenset(self.packages)


def start(question: str, pack: str | None, repeats: int) -> Start:
    """Start the program over and over with a data folder of its own; the first time it indexes the pack."""
    named = ["--pack", pack] if pack else []
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bot", "ask", question, *named]
        first = _seconds(command, data)
        _seconds(command, data)  # to warm up
        times = [_seconds(command, data) for _ in range(repeats)]
        bare = [_seconds([sys.executable, "-c", "pass"], data) for _ in range(repeats)]
        done = subprocess.run([sys.executable, "-c", _IMPORT], check=True, capture_output=True, text=True, cwd=_ROOT)
    cost = json.loads(done.stdout)
    packages = tuple(cost["packages"])
    return Start(first, median(times), max(times), median(bare), cost["ms"], cost["modules"], packages)


def _seconds(command: list[str], data: str) -> float:
    begun = time.perf_counter()
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=_ROOT, env=os.environ | {"BRIEFBOT_DATA_DIR": data}
    )
    took = time.perf_counter() - begun
    if done.returncode not in {0, 3} or "Traceback" in done.stderr:
        raise RuntimeError(f"{command} failed: {done.stderr[-2000:]}")
    return took
