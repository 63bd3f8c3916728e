"""What can be wrong with a file, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

_SHOWN = 60  # characters of an author's text that a message repeats
_LIKE_ENOUGH = 70  # RapidFuzz ratio from which a name is taken for a slip of another
_FEW = 12  # so many names are listed when none is like enough


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where it is and, in ``message``, what is wrong and how to mend it.

    ``line`` counts from 1 (0: the file as a whole), ``entry`` is the id of the record, and ``key`` the way to the value
    within it, list items counted from 1: ``points[2].ask[1]``.
    """

    file: str
    line: int
    entry: str
    key: str
    message: str

    def __str__(self) -> str:
        """Write ``passages.yaml:41: clinton-interventionist: ask[3]: what is wrong; the mend``."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(filter(None, (place, self.entry, self.key, self.message)))


class ContentError(Exception):
    """Content that cannot be used: every problem of every file, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, sorted, each once."""
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Write one problem a line."""
        return "\n".join(map(str, self.problems))


def complain(file: str, message: str, line: int = 0) -> ContentError:
    """Make the error for a single problem with a file as a whole."""
    return ContentError([Problem(file, line, "", "", message)])


def shown(text: str) -> str:
    """Quote an author's text in a message, tamed."""
    return f'"{tamed(text)}"'


def tamed(text: str) -> str:
    """Make an author's text fit for a message: one line, cut short, control characters made visible."""
    text = " ".join(text[: 2 * _SHOWN].split())
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    if not text.isprintable():
        text = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)
    return text


def guess(name: str, choices: Collection[str], what: str = "allowed") -> str:
    """Say which of the choices was probably meant, else list them when they are few."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only who made a mistake waits for the import

    best = process.extractOne(
        name[:200], list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_LIKE_ENOUGH
    )
    if best:
        return f"did you mean {shown(best[0])}?"
    if not choices:
        return f"nothing is {what}"
    listed = ", ".join(list(choices)[:_FEW])
    return f"{what}: {listed}" + (", …" if len(choices) > _FEW else "")
