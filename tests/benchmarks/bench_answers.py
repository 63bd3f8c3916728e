"""Measure the engine beside RapidFuzz and bm25s: speed, memory, quality, start.

    python tests/benchmarks/bench_answers.py                # everything; 20 minutes or so
    python tests/benchmarks/bench_answers.py --quick        # the brief and 2,000 passages; a minute or two
    python tests/benchmarks/bench_answers.py --parts quality --questions dev.yaml wild.yaml

Prints Markdown; ``--json`` prints the same figures as one object. One process, one thread; needs the extra ``test``.

numpy's AVX-512 code is switched off: with it ``argpartition``, by which bm25s picks its best, takes 13 ms over 100,000
scores that are mostly zero, without it 2.5 ms; we want to be measured against bm25s at its best.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

PARTS = ("speed", "memory", "quality", "start")
SIZES = (2_000, 20_000, 100_000)
SETTINGS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1") | {
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SKX AVX512F AVX512CD"
}


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure the engine beside RapidFuzz and bm25s.")
    parser.add_argument("--quick", action="store_true", help="fewer questions and rounds; the brief and 2,000 passages")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument("--pack", help="id or folder of the pack to measure (default: the one that ships)")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], metavar="FILE", help="labelled questions")
    parser.add_argument("--sizes", type=int, nargs="*", metavar="N", help="sizes of the synthetic packs, in passages")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS, help="what to measure (default: all)")
    options = parser.parse_args(arguments)
    if options.sizes is None:
        options.sizes = SIZES[:1] if options.quick else SIZES
    options.questions = [path for path in options.questions if path.exists()]
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; what numpy is told must be told before it is loaded."""
    options = options_of(arguments)
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.benchmarks.report import measure

    report = measure(options, lambda step: print(f"# {step}", file=sys.stderr, flush=True))
    print(json.dumps(report.as_object()) if options.json else report.as_markdown())


if __name__ == "__main__":
    main()
