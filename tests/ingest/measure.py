"""Measures that are too long for the default run: ``python tests/ingest/measure.py [pages|fuzz [COUNT [SEED]]]``."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from conftest import LAYOUTS, as_markdown, as_text, press  # noqa: E402

from bot.ingest.child import read_document  # noqa: E402
from bot.ingest.errors import IngestError, Limits  # noqa: E402


def pages(count: int = 300) -> None:
    """Read a long PDF of two columns; tell seconds and the most memory that the child took."""
    import pymupdf

    one = pymupdf.open("pdf", press(LAYOUTS["two columns with cover page"]))
    long = pymupdf.open()
    while long.page_count < count:
        long.insert_pdf(one, from_page=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        long.select(range(count))
        long.save(path)
        start = time.perf_counter()
        document = read_document(path)
        seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{document.pages} pages, {len(document.blocks)} blocks: {seconds:.1f} s, {memory:.0f} MB")


def fuzz(count: int = 1000, seed: int = 1) -> None:
    """Read mutated files; each must end in a document or a sentence within the limit."""
    rng = random.Random(seed)
    sources = [(".pdf", press(layout)) for layout in list(LAYOUTS.values())[:6]]
    sources += [(".txt", as_text().encode()), (".md", as_markdown().encode())]
    read = refused = 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            suffix, data = rng.choice(sources)
            path = Path(folder) / f"{number}{suffix}"
            path.write_bytes(mutated(data, rng.choice(sources)[1], rng))
            start = time.perf_counter()
            try:
                read_document(path, Limits(seconds=20))
                read += 1
            except IngestError:
                refused += 1
            slowest = max(slowest, time.perf_counter() - start)
            path.unlink()
    print(f"{count} mutated files: {read} read, {refused} refused with a sentence, slowest {slowest:.1f} s")


def mutated(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Flip bytes, cut, splice or nest."""
    kind = rng.choice(("flip", "cut", "splice", "nest", "repeat"))
    spot = rng.randrange(len(data))
    if kind == "flip":
        changed = bytearray(data)
        for _ in range(rng.choice((1, 5, 50, 500))):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        return bytes(changed)
    if kind == "cut":
        return data[:spot] + data[spot + rng.randrange(1, 2000) :]
    if kind == "splice":
        return data[:spot] + other[rng.randrange(len(other)) :]
    if kind == "nest":
        return data[:spot] + b"<<[" * rng.choice((10, 1000, 100_000)) + data[spot:]
    return data[:spot] + data[spot : spot + 200] * rng.choice((10, 1000)) + data[spot:]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fuzz", *rest]:
            fuzz(*map(int, rest))
        case ["pages", *rest]:
            pages(*map(int, rest))
        case _:
            pages()
            fuzz()
