"""Memory: each engine is built in a process of its own, which tells how much resident memory that added.

python tests/benchmarks/memory.py ENGINE PACK|COUNT     # prints one JSON object
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.brief import subject
from tests.benchmarks.engines import FOUND, OURS, ours, peer

ASKED = 50  # questions asked before memory is read again: what is made on first use counts
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Footprint:
    """What building an engine took: seconds, and MiB added when it stood, when it had answered, and at the peak."""

    build_s: float
    built_mib: float
    asked_mib: float
    peak_mib: float


def footprint(engine: str, what: str) -> Footprint | None:
    """Measure in a fresh process; None where the system does not tell (no ``/proc``)."""
    if not _STATUS.exists():
        return None
    command = [sys.executable, "-m", "tests.benchmarks.memory", engine, what]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    return Footprint(**json.loads(done.stdout))


def _mib(field: str) -> float:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


def main(engine: str, what: str) -> None:
    """Build the engine over a pack, or over a synthetic pack of so many passages, and print what it took."""
    library = subject(what, ASKED)
    gc.collect()
    before = _mib("VmRSS")
    start = time.perf_counter()
    search: Callable[[str, int], object] = ours(library.pack).ask if engine == OURS else peer(engine, library.corpus[0])
    build = time.perf_counter() - start
    built = _mib("VmRSS")
    peak = _mib("VmHWM")
    slow = 10 if len(library.corpus[0]) > 10_000 and engine != OURS else 1
    for asked in library.questions[: ASKED // slow]:
        search(asked.text, FOUND)
    after = _mib("VmRSS")
    print(json.dumps(asdict(Footprint(build, built - before, after - before, peak - before))))


if __name__ == "__main__":
    main(*sys.argv[1:3])
