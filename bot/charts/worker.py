"""The drawing process: a drawing as JSON on standard input, a PNG on standard output, a fault on standard error.

Started by ``bot.charts.child`` as ``python -m bot.charts.worker``; it limits itself before it loads matplotlib.
"""

from __future__ import annotations

import json
import os
import sys

from bot.charts.drawing import from_json
from bot.charts.faults import LIBRARY_MISSING, Limits


def main() -> int:
    """Read the request, draw, and keep everything that others print away from the picture."""
    request = json.loads(sys.stdin.buffer.read())
    pictures = os.dup(1)
    os.dup2(2, 1)
    _limit(Limits(**request["limits"]))
    drawing = from_json(request["drawing"])
    try:
        from bot.charts.picture import paint  # noqa: PLC0415  # after the limits, which matplotlib has to heed
    except ImportError as fault:
        print(fault, file=sys.stderr)
        return LIBRARY_MISSING
    picture = paint(drawing)
    with os.fdopen(pictures, "wb") as stream:
        stream.write(picture)
    return 0


def _limit(limits: Limits) -> None:
    """Limit memory, time and the size of files, where the platform can."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:  # Windows: the parent's watch over the time remains
        return
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, int(limits.seconds) + 1),
        (resource.RLIMIT_FSIZE, limits.file_bytes),  # matplotlib keeps a list of fonts
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
