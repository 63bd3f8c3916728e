"""What can go wrong with a chart, and the limits within which it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

LIBRARY_MISSING = 3  # exit status of the drawing process


class ChartFault(Exception):  # noqa: N818  # the house calls what went wrong a fault
    """A chart that cannot be drawn or kept; its text is the one sentence to say."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a drawing may take: seconds of wall time, bytes of memory, bytes of each file that it writes."""

    seconds: float = 30.0
    memory: int = 1_500_000_000  # address space, of which numpy's libraries map far more than they use
    file_bytes: int = 16_000_000  # matplotlib's list of fonts
