"""The whole report: every part measured in turn, as one object and as Markdown."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.files.library import find_pack, shipped_packs
from bot.files.packs import load_pack
from tests.benchmarks import tables
from tests.benchmarks.brief import curated, everything, labelled
from tests.benchmarks.engines import OURS, PEERS
from tests.benchmarks.memory import Footprint, footprint
from tests.benchmarks.quality import Quality, compare
from tests.benchmarks.speed import Race, Size, race
from tests.benchmarks.startup import Start, start
from tests.benchmarks.synthetic import synthesise

QUESTION = "Why does Moscow distrust Clinton?"


@dataclass(slots=True)
class Report:
    """Everything that was measured."""

    machine: dict[str, str]
    races: list[Race] = field(default_factory=list)
    memory: dict[str, dict[str, Footprint | None]] = field(default_factory=dict)
    quality: list[Quality] = field(default_factory=list)
    start: Start | None = None

    def as_markdown(self) -> str:
        """Write the report as tables."""
        machine = ", ".join(f"{name} {value}" for name, value in self.machine.items())
        parts = [f"Measured with {machine}."]
        for title, table in (
            ("Targets", tables.of_goals(self.races, self.start)),
            ("Speed", tables.of_races(self.races)),
            ("Memory and build, each in a process of its own", tables.of_memory(self.memory)),
            ("Quality", tables.of_quality(self.quality)),
            ("Start", tables.of_start(self.start)),
        ):
            if table:
                parts.append(f"## {title}\n\n{table}")
        return "\n\n".join(parts)

    def as_object(self) -> dict[str, Any]:
        """Give the report as plain JSON values, each race summed up."""
        races = [
            {"name": one.name, "texts": one.texts, "asked": one.asked, "engines": {n: one.row(n) for n in one.engines}}
            for one in self.races
        ]
        memory = {
            name: {engine: asdict(one) if one else None for engine, one in engines.items()}
            for name, engines in self.memory.items()
        }
        return {
            "machine": self.machine,
            "races": races,
            "targets": [asdict(one) for one in tables.goals(self.races, self.start)],
            "memory": memory,
            "quality": [asdict(one) for one in self.quality],
            "start": asdict(self.start) if self.start else None,
        }


def size_of(passages: int, *, quick: bool) -> Size:
    """Choose how many questions a size is asked, so that RapidFuzz does not take the whole afternoon."""
    rounds = 1 if quick else 3
    if passages <= 500:
        return Size(questions=100 if quick else 500, rounds=rounds)
    if passages <= 5_000:
        return Size(questions=100 if quick else 400, rounds=rounds, share=5)
    return Size(questions=400, rounds=2, share=20 if passages <= 50_000 else 40)


def measure(options: argparse.Namespace, say: Callable[[str], None]) -> Report:
    """Measure the chosen parts, one after the other."""
    packages = ("rapidfuzz", "bm25s", "PyStemmer", "numpy")
    machine = {"python": platform.python_version(), "cores": str(os.cpu_count())}
    report = Report(machine | {name: version(name) for name in packages})
    folder = str(find_pack(options.pack) if options.pack else shipped_packs()[0])
    pack = load_pack(Path(folder))
    if "speed" in options.parts:
        for one in _races(folder, options, say):
            report.races.append(one)
    if "memory" in options.parts:
        for what in (folder, *map(str, options.sizes)):
            say(f"memory, {what}")
            name = pack.id if what == folder else f"{int(what):,} passages"
            report.memory[name] = {engine: footprint(engine, what) for engine in (OURS, *PEERS)}
    if "quality" in options.parts:
        say("quality")
        report.quality = compare(pack, labelled(pack, options.questions), 60 if options.quick else None)
    if "start" in options.parts:
        say("start")
        report.start = start(QUESTION, options.pack, 3 if options.quick else 10)
    return report


def _races(folder: str, options: argparse.Namespace, say: Callable[[str], None]) -> Iterator[Race]:
    pack = load_pack(Path(folder))
    size = size_of(0, quick=options.quick)
    library = curated(pack, size.questions)
    say(f"speed, {pack.id}")
    yield race(f"{pack.id}: its passages", pack, library.corpus, library.questions, size)
    yield race(f"{pack.id}: all it may return", pack, everything(pack), library.questions, size)
    for count in options.sizes:
        say(f"speed, {count:,} passages")
        size = size_of(count, quick=options.quick)
        made = synthesise(count, size.questions)
        yield race(f"{count:,} passages", made.pack, made.corpus, made.questions, size)
