"""Reading in a child process: a hostile or broken file can neither hang nor crash us, nor take all the memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

import bot
from bot.ingest.document import Document
from bot.ingest.errors import IngestError, Limits
from bot.ingest.sources import check_file
from bot.ingest.transfer import from_json

Progress = Callable[[int, int], None]


def read_document(
    path: Path,
    limits: Limits | None = None,
    known: Collection[str] = frozenset(),
    progress: Progress | None = None,
) -> Document:
    """Read a PDF, text or Markdown file within limits; raises IngestError with one sentence.

    ``known``: lower-case words of the language, which help to mend hyphens; ``progress`` is called with pages done and
    pages in all, from the calling thread.
    """
    limits = limits or Limits()
    check_file(path, limits)
    request = {"path": str(path.resolve()), "limits": asdict(limits), "known": sorted(known)}
    process = subprocess.Popen(
        [sys.executable, "-B", "-m", "bot.ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    watch = threading.Timer(limits.seconds, stop)
    watch.daemon = True
    watch.start()
    try:
        answer = _conversation(process, request, progress)
        process.wait()
    finally:
        watch.cancel()
        if process.poll() is None:
            process.kill()
            process.wait()
    return _outcome(answer, process.returncode, path, limits, late=late.is_set())


def _environment() -> dict[str, str]:
    """Let the child find this very package, whatever the working directory."""
    package = str(Path(bot.__file__).resolve().parent.parent)
    before = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, before))), "PYTHONUTF8": "1"}


def _conversation(
    process: subprocess.Popen[bytes], request: dict[str, Any], progress: Progress | None
) -> dict[str, Any]:
    """Send the request and listen; give the last message that is not progress."""
    answer: dict[str, Any] = {}
    if process.stdin is None or process.stdout is None:  # never: both are pipes
        return answer
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.close()
    except OSError:  # the child died at once; its end tells why
        pass
    with process.stdout:
        for line in process.stdout:
            try:
                message = json.loads(line)
            except ValueError:  # cut off in the middle when the child was stopped
                continue
            if "done" not in message:
                answer = message
            elif progress:
                progress(message["done"], message["total"])
    return answer


def _outcome(answer: dict[str, Any], code: int, path: Path, limits: Limits, *, late: bool) -> Document:
    if late:
        raise IngestError(f"{path.name} takes longer than {limits.seconds:g} seconds to read; split it.")
    if "error" in answer:
        raise IngestError(str(answer["error"]))
    if "document" in answer:
        return from_json(answer["document"])
    if code < 0:
        raise IngestError(f"{path.name} is damaged, or needs more memory or time than it may take; download it again.")
    raise IngestError(f"{path.name} cannot be read; it is damaged, or needs more memory than it may take.")
