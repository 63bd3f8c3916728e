"""What can go wrong with a reader's file, in one sentence, and the limits within which it is read."""

from __future__ import annotations

from dataclasses import dataclass


class IngestError(Exception):
    """A document that cannot be read; its text is the one sentence to say."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may take: seconds of wall time, bytes of memory and of the file, pages, characters."""

    seconds: float = 120.0
    memory: int = 1_500_000_000  # address space, of which a reader of PDFs maps far more than it uses
    file_bytes: int = 200_000_000
    pages: int = 2_000
    characters: int = 20_000_000
