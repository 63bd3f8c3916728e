"""Drawing in a child process: it can neither hang nor crash us, takes no more than it may, and knows no secrets."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from bot.charts.drawing import Drawing, to_json
from bot.charts.faults import LIBRARY_MISSING, ChartFault, Limits
from bot.charts.png import whole

_PACKAGES = Path(__file__).resolve().parents[2]  # where this very package is, whatever the working directory
_COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "bot.charts.worker")
# What Python and its libraries need of the environment to start and to be found; the token is not among it.
_PASSED_ON = (
    *("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "APPDATA"),
    *("TMPDIR", "TEMP", "TMP", "PYTHONHOME", "PYTHONUSERBASE"),
)


async def draw_apart(drawing: Drawing, workplace: Path, limits: Limits) -> bytes:
    """Draw a PNG in a child process that has ended when this ends, even when this is cancelled.

    ``workplace``: an existing folder of our own, where matplotlib keeps its list of fonts. Raises ChartFault.
    """
    request = json.dumps({"drawing": to_json(drawing), "limits": asdict(limits)}).encode()
    try:
        process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=workplace,
            env=_environment(workplace),
        )
    except OSError as fault:
        raise ChartFault("The chart cannot be drawn: no process can be started for it; try again later.") from fault
    try:
        async with asyncio.timeout(limits.seconds):
            picture, said = await process.communicate(request)
    except TimeoutError:
        message = f"The chart cannot be drawn: it takes longer than {limits.seconds:g} seconds; try again later."
        raise ChartFault(message) from None
    finally:
        await _end(process)
    if process.returncode == 0 and whole(picture):
        return picture
    raise _fault(process.returncode, said)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):  # it ended just now
            process.kill()
        await process.communicate()  # what it still said is let go, so that its pipes close


def _environment(workplace: Path) -> dict[str, str]:
    """Name what the child may know: nothing of the user's, so that every machine draws the same."""
    paths = (str(_PACKAGES), os.environ.get("PYTHONPATH", ""))
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
        "MPLCONFIGDIR": str(workplace),
        "MPLBACKEND": "Agg",
        "OPENBLAS_NUM_THREADS": "1",  # each thread would map memory of its own
        "OMP_NUM_THREADS": "1",
    }


def _fault(code: int | None, said: bytes) -> ChartFault:
    if code == LIBRARY_MISSING:
        fault = ChartFault("The chart cannot be drawn: matplotlib is not installed; install briefbot anew.")
    else:
        fault = ChartFault(f"The chart cannot be drawn: the drawing process failed (status {code}); try again later.")
    if tail := said.decode(errors="replace").strip().splitlines()[-1:]:
        fault.add_note(tail[0])
    return fault
