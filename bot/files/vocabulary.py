"""``vocabulary.txt``: the stems of all words that stand in the document, sorted, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from bot.files.problems import ContentError, Problem, shown
from bot.files.strict_yaml import decode

MAX_STEM = 100


def parse_vocabulary(data: bytes, file: str) -> frozenset[str]:
    """Read the stems, or raise ContentError."""
    lines = decode(data, file).removesuffix("\n").split("\n")
    stems = frozenset(lines)
    if len(stems) == len(lines) and lines == sorted(lines) and all(map(_sound, lines)):
        return stems
    raise ContentError(_problems(lines, file))


def _sound(stem: str) -> bool:
    return 0 < len(stem) <= MAX_STEM and " " not in stem and stem == stem.lower()


def _problems(lines: list[str], file: str) -> Iterator[Problem]:
    if lines == [""]:
        yield Problem(file, 0, "", "", "is empty; let ingest write it, or delete it")
        return
    before = ""
    for number, stem in enumerate(lines, 1):
        if not _sound(stem):
            message = f"{shown(stem)} is no stem; write one lower-case word a line, without blank lines"
            yield Problem(file, number, "", "", message)
        elif stem == before:
            yield Problem(file, number, "", "", f"{shown(stem)} is given twice; delete one of the two")
        elif stem < before:
            message = f"{shown(stem)} stands after {shown(before)}; sort the lines by code point (LC_ALL=C sort -u)"
            yield Problem(file, number, "", "", message)
            return
        before = stem
