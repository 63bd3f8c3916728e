"""The benchmark runs, so that it does not rot; what it measures is judged by whoever runs it in full."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACK = ROOT / "tests/files/full-pack"
ENGINES = {"briefbot", "RapidFuzz WRatio", "RapidFuzz token_set_ratio", "bm25s"}


def bench(*options: str) -> str:
    command = [sys.executable, "tests/benchmarks/bench_answers.py", "--quick", "--pack", str(PACK), *options]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, timeout=120).stdout


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        bench(
            "--parts",
            "speed",
            "quality",
            "start",
            "--sizes",
            "60",
            "--questions",
            str(PACK / "questions.yaml"),
            "--json",
        )
    )
    return found


def test_benchmark_races_all_engines_over_the_pack_and_over_a_synthetic_one(report: dict[str, Any]) -> None:
    assert [race["name"].partition(":")[0] for race in report["races"]] == ["full-pack", "full-pack", "60 passages"]
    for race in report["races"]:
        assert set(race["engines"]) == ENGINES
        assert all(row["median_us"] > 0 and row["cold_us"] > 0 for row in race["engines"].values())


def test_benchmark_compares_quality_with_and_without_the_curated_questions(report: dict[str, Any]) -> None:
    rows = [row for row in report["quality"] if row["questions"] == "questions"]
    assert len(rows) == 2 * len(ENGINES)
    assert all(0 <= row["first"] <= row["in_three"] <= 1 for row in rows)


def test_importing_the_engine_pulls_in_nothing_heavy(report: dict[str, Any]) -> None:
    assert not {"discord", "fitz", "matplotlib", "pymupdf", "sqlalchemy"} & set(report["start"]["packages"])


def test_engine_finds_passages_of_a_synthetic_pack(report: dict[str, Any]) -> None:
    assert report["races"][-1]["engines"]["briefbot"]["right_first"] > 0.5


def test_benchmark_measures_memory_in_a_process_of_its_own() -> None:
    report = json.loads(bench("--sizes", "--parts", "memory", "--json"))
    assert set(report["memory"]["full-pack"]) == ENGINES


def test_benchmark_prints_its_figures_as_markdown() -> None:
    printed = bench("--sizes", "--parts", "speed")
    assert "## Speed" in printed
    assert "| full-pack: its passages |" in printed
