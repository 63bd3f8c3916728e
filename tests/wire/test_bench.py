"""The benchmark runs, so that it does not rot; what it measures is judged by whoever runs it in full."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.wire.process import ROOT


def test_the_benchmark_compares_two_bots() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_discord", "--json", "--ours"]
    command += ["{python} -m tests.benchmarks.noop_bot", "--rounds", "1", "--count", "16", "--starts", "1"]
    command += ["--in-flight", "1"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, timeout=120)
    rows = {row["what"]: row for row in json.loads(done.stdout)["rows"]}

    assert len(rows) == 7
    assert all(row["ours"] > 0 and row["noop"] > 0 for row in rows.values())
