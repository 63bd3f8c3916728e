"""``briefbot check``: every problem of content packs at once, and what a sound pack holds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.brief.pack import Figure, Pack
from bot.cli.exits import DONE, WRONG, Failed
from bot.files.formats import json_schema
from bot.files.library import UnknownPack, find_pack, shipped_packs
from bot.files.packs import load_pack
from bot.files.problems import ContentError, Problem
from bot.terminal.safety import safe

_ENOUGH = 10  # question variants an entry should have


def check(folders: Sequence[Path], *, schema: bool, against: Path | None = None) -> int:
    """Check packs; problems go to standard error with status 2, what is sound and what is thin to standard output."""
    if schema:
        print(json.dumps(json_schema(), ensure_ascii=False, indent=2), flush=True)
        return DONE
    found = list(dict.fromkeys(folders)) or list(shipped_packs())
    if not found:
        raise Failed("No pack ships with this installation; name the folder of one.", WRONG)
    sound = [_check(folder) for folder in found]
    if against and all(sound):
        sound = [_compare(folder, against) for folder in found]
    return DONE if all(sound) else WRONG


def _compare(named: Path, source: Path) -> bool:
    """List the sentences that a pack shares with its source."""
    from bot.cli.ingest import read  # noqa: PLC0415 - only who compares reads documents
    from bot.ingest.sharing import shared  # noqa: PLC0415

    pack = load_pack(named if os.path.lexists(named) else find_pack(str(named)))
    found = shared(pack, read(source))
    for one in found:
        print(safe(f"{pack.id}: {one.entry}: shares “{one.words} …” with {source.name}; say it in your own words"))
    if not found:
        print(f"{pack.id}: shares no sentence with {safe(source.name)}")
    return not found


def _check(named: Path) -> bool:
    """Check the pack in a folder, or a pack by its id where no such folder exists."""
    folder = named
    try:
        folder = named if os.path.lexists(named) else find_pack(str(named))
        pack = load_pack(folder)
    except UnknownPack as error:
        print(safe(str(error)), file=sys.stderr, flush=True)
        return False
    except ContentError as error:
        lines = [_located(folder, problem) for problem in error.problems]
        count = f"{len(lines):,} problems" if len(lines) > 1 else "1 problem"
        print("\n".join([*lines, safe(f"{folder}: {count}")]), file=sys.stderr, flush=True)
        return False
    print(f"{pack.id}: {_held(pack)}")
    if thin := _thin(pack):
        listed = ", ".join(f"{name} ({count})" for name, count in thin)
        print(f"{pack.id}: warning: fewer than {_ENOUGH} question variants for {listed}")
    sys.stdout.flush()
    return True


def _located(folder: Path, problem: Problem) -> str:
    """Write a problem with the path of its file, so that an editor can open it."""
    text = str(problem)
    return safe(text if problem.file.startswith(str(folder)) else f"{folder / problem.file}{text[len(problem.file) :]}")


def _held(pack: Pack) -> str:
    counts = (
        ("section", len(pack.outline)),
        ("passage", len(list(pack.passages))),
        ("quote", len(pack.quotes)),
        ("figure", len(pack.figures)),
        ("recommendation", len(pack.recommendations)),
        ("question", sum(count for _, count in _variants(pack))),
        ("golden question", len(pack.golden)),
        ("quiz item", len(pack.quiz)),
    )
    return ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in counts)


def _variants(pack: Pack) -> list[tuple[str, int]]:
    """Count the question variants of every entry; a figure's rows ask for each column."""
    return [
        (
            entry.id,
            len(list(entry.questions))
            + (sum(len(row.ask) for row in entry.rows) * len(entry.columns) if isinstance(entry, Figure) else 0),
        )
        for entry in pack.entries
    ]


def _thin(pack: Pack) -> list[tuple[str, int]]:
    return [(name, count) for name, count in _variants(pack) if count < _ENOUGH]
