"""Tables: what was measured as Markdown, and what the project promises beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.benchmarks.engines import BM25, OURS, TOKEN_SET, WRATIO
from tests.benchmarks.memory import Footprint
from tests.benchmarks.quality import Quality
from tests.benchmarks.speed import Race
from tests.benchmarks.startup import Start

# Texts searched, whom we are compared with, and how many times its time we may take.
PROMISED = ((0, 500, WRATIO, 1.0), (1_500, 5_000, TOKEN_SET, 0.1), (50_000, 500_000, BM25, 3.0))
START_S = 0.5


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise, what was measured, and whether it holds."""

    what: str
    promised: float
    measured: float
    held: bool


def goals(races: Iterable[Race], start: Start | None) -> list[Goal]:
    """Hold the measured ratios against the promised ones, warm and in the first round."""
    found: list[Goal] = []
    for one in races:
        for least, most, engine, promised in PROMISED:
            if least <= one.texts <= most:
                for key, when in (("ours_to_it", "median"), ("ours_to_it_cold", "median of the first round")):
                    ratio = one.row(engine)[key] or 0.0
                    what = f"{one.name}: time of ours / {engine}, {when}"
                    found.append(Goal(what, promised, ratio, ratio <= promised))
    if start:
        found.append(
            Goal("`briefbot ask`, seconds from start to answer", START_S, start.median_s, start.median_s < START_S)
        )
        heavy = float(len(start.heavy))
        found.append(Goal("heavy packages that the engine's import pulls in", 0, heavy, not heavy))
    return found


def of_goals(races: Sequence[Race], start: Start | None) -> str:
    """Write the promises."""
    rows = [
        (one.what, f"{one.promised:g}", f"{one.measured:.3g}", "yes" if one.held else "**no**")
        for one in goals(races, start)
    ]
    return _table(("promise", "at most", "measured", "held"), rows)


def of_races(races: Iterable[Race]) -> str:
    """Write one row for each engine of each race."""
    rows: list[tuple[str, ...]] = []
    for one in races:
        for engine in one.engines:
            row = one.row(engine)
            ratios = ("", "") if engine == OURS else (_ratio(row["ours_to_it"]), _ratio(row["ours_to_it_cold"]))
            rows.append((
                one.name,
                f"{one.texts:,}",
                engine,
                _micro(row["median_us"]),
                _micro(row["p95_us"]),
                _micro(row["cold_us"]),
                _micro(row["cold_p95_us"]),
                *ratios,
                f"{row['build_s']:.3f}",
                _percent(row["right_first"]),
            ))  # fmt: skip
    heads = (
        "race", "texts", "engine", "median", "p95", "first round, median", "first round, p95",
        "ours / it", "ours / it, first round", "build s", "right first %",
    )  # fmt: skip
    return _table(heads, rows)


def of_memory(memory: dict[str, dict[str, Footprint | None]]) -> str:
    """Write what building each engine added."""
    rows = [
        (name, engine, f"{one.build_s:.3f}", f"{one.built_mib:.1f}", f"{one.asked_mib:.1f}", f"{one.peak_mib:.1f}")
        for name, engines in memory.items()
        for engine, one in engines.items()
        if one
    ]
    return _table(("pack", "engine", "build s", "MiB added", "after questions", "at the peak"), rows)


def of_quality(quality: Iterable[Quality]) -> str:
    """Write one row for each engine over each set."""
    rows = [
        (
            f"{one.questions} ({one.asked}; {one.typos} with typing errors)",
            one.engine,
            one.over,
            _percent(one.first),
            _percent(one.in_three),
            _percent(one.typos_first),
            _percent(one.typos_in_three),
        )
        for one in quality
    ]
    return _table(("questions", "engine", "over", "first %", "in three %", "typos: first %", "typos: in three %"), rows)


def of_start(start: Start | None) -> str:
    """Write what starting costs."""
    if not start:
        return ""
    rows = [
        ("`briefbot ask`, median", f"{start.median_s:.3f} s"),
        ("`briefbot ask`, slowest", f"{start.worst_s:.3f} s"),
        ("`briefbot ask`, the first time (loads and indexes the pack)", f"{start.first_s:.3f} s"),
        ("`python -c pass`, median", f"{start.python_s:.3f} s"),
        ("importing the engine", f"{start.import_ms:.0f} ms, {start.modules} modules"),
        ("packages imported with it", ", ".join(start.packages)),
    ]
    return _table(("what", "measured"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _micro(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f} µs" if value < 10_000 else f"{value / 1_000:,.1f} ms"


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.1f}"
