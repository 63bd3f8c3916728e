"""The reading process: one request on standard input, lines of JSON on standard output, nothing else.

Started by ``bot.ingest.child`` as ``python -m bot.ingest.worker``; it limits itself before it opens the file.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from bot.ingest.errors import IngestError, Limits
from bot.ingest.sources import read_source
from bot.ingest.transfer import to_json


def main() -> int:
    """Read the request, answer it, and keep everything that others print away from the answer."""
    request = json.loads(sys.stdin.buffer.readline())
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    limits = Limits(**request["limits"])
    _limit(limits)
    answer(request, limits, answers)
    answers.flush()
    return 0


def answer(request: dict[str, Any], limits: Limits, answers: TextIO) -> None:
    """Write progress, then the document or one sentence."""

    def progress(done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            _write(answers, {"done": done, "total": total})

    path = Path(request["path"])
    try:
        document = read_source(path, limits, frozenset(request["known"]), progress)
        _write(answers, {"document": to_json(document)})
    except IngestError as fault:
        _write(answers, {"error": str(fault)})
    except MemoryError:
        _write(answers, {"error": f"{path.name} needs more than {limits.memory / 1e6:,.0f} MB of memory to be read."})
    except RecursionError:
        _write(answers, {"error": f"{path.name} is nested too deeply to be read."})


def _write(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    answers.flush()


def _limit(limits: Limits) -> None:
    """Limit memory and time, and forbid to write files, where the platform can."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:  # Windows: the parent's watch over the time remains
        return
    seconds = int(limits.seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            hard = resource.getrlimit(what)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (least, hard))
        except (OSError, ValueError):  # macOS knows RLIMIT_AS and refuses it
            continue


if __name__ == "__main__":
    sys.exit(main())
