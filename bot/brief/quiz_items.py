"""Quiz items as an author writes them, and what must hold of one: the same bounds for a pack's and a teacher's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.brief.places import Place

MAX_LABEL = 45  # Discord's limit for the label of a field in a modal
MAX_DESCRIPTION = 100  # and for the description below it
MAX_STEM = MAX_LABEL + MAX_DESCRIPTION
MAX_OPTION = 100  # Discord's limit for a radio button's label
MAX_EXPLANATION = 300
MAX_TOPIC = 60
MAX_UNIT = 12
MOST_WRONG = 3

_CATCH_ALL = re.compile(
    r"(?:all|none|both|neither|any|some)(?: of)?(?: the| these| them| those)?"
    r"(?: above| below| others?| answers?| options?)?|[a-d] (?:and|or|nor) [a-d]",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"[-−]?\d{1,12}(?:\.\d{1,6})?")
_STANDS_OUT = 1.6  # times the nearest wrong option
_LEAST_GAP = 12  # characters; below, a difference in length shows nothing


class ItemKind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"
    TRUE_FALSE = "true-false"
    NUMBER = "number"
    TEXT = "text"


class Difficulty(StrEnum):
    """How hard an item is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


Answer = str | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizItem:
    """A question with its right answer, wrong ones, an explanation, and the place that it rests on.

    ``answer`` is a text (choice, text), a number, or a truth value. ``accept`` lists further right answers of a text
    item. ``wrong`` answers are options of a choice; number and text items have them for being shown as a choice.
    """

    id: str
    kind: ItemKind
    topic: str
    difficulty: Difficulty
    question: str
    answer: Answer
    wrong: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    unit: str = ""
    explanation: str = ""
    place: Place | None = None
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an item: the key, the position in its list (from 0), and the message with the mend."""

    key: str
    index: int | None
    message: str


def parted(stem: str) -> tuple[str, str] | None:
    """Part a stem at a space into a label and a description for a modal, or None where the words do not allow it."""
    if len(stem) <= MAX_LABEL:
        return stem, ""
    cut = stem.rfind(" ", 0, MAX_LABEL + 1)
    if cut < 1 or len(stem) - cut - 1 > MAX_DESCRIPTION:
        return None
    return stem[:cut], stem[cut + 1 :]


def written(value: float, unit: str = "") -> str:
    """Write a number as options and reveals show it: ``61 %``."""
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{digits} {unit}".strip()


def decimal(text: str) -> float | None:
    """Read a number as authors write it, or None."""
    text = text.strip()
    return float(text.replace("−", "-")) if _DECIMAL.fullmatch(text) else None


def folded(text: str) -> str:
    """Fold case, white space and closing punctuation, so that what readers take for the same option is equal."""
    return " ".join(text.casefold().split()).rstrip(".!?")


def faults(item: QuizItem) -> Iterator[Fault]:
    """Find what is wrong with an item beyond the lengths of its texts."""
    yield from flaws(item)
    yield from giveaways(item)


def flaws(item: QuizItem) -> Iterator[Fault]:
    """Find what keeps an item from being asked at all."""
    if parted(item.question) is None:
        message = f"does not part at a space into {MAX_LABEL} and {MAX_DESCRIPTION} characters, as a form needs it"
        yield Fault("question", None, f"{message}; shorten it")
    yield from _answer(item)
    yield from _keys(item)
    if item.kind is not ItemKind.NUMBER:
        yield from _repeated(item)
    yield from _catch_all(item)


def giveaways(item: QuizItem) -> Iterator[Fault]:
    """Find by what the right option stands out; such an item can be asked, but is easier than it looks."""
    if item.kind is ItemKind.CHOICE and isinstance(item.answer, str):
        yield from _style(item.answer, item.wrong)


def _answer(item: QuizItem) -> Iterator[Fault]:
    match item.kind, item.answer:
        case (ItemKind.TRUE_FALSE, bool()) | (ItemKind.CHOICE | ItemKind.TEXT, str()):
            return
        case ItemKind.NUMBER, bool() | str():
            yield Fault("answer", None, "is no number; write digits only, such as 61, and the unit under unit")
        case ItemKind.NUMBER, _:
            yield from _numbers(item)
        case ItemKind.TRUE_FALSE, _:
            yield Fault("answer", None, "is neither true nor false; write one of the two without quotes")
        case _:
            yield Fault("answer", None, "is no text; put it in quotes")


def _numbers(item: QuizItem) -> Iterator[Fault]:
    seen = {item.answer}
    for index, text in enumerate(item.wrong):
        value = decimal(text)
        if value is None:
            yield Fault("wrong", index, 'is no number; write digits only, in quotes, such as "20"')
        elif value in seen:
            yield Fault("wrong", index, "stands there already; write another number")
        else:
            seen.add(value)


def _keys(item: QuizItem) -> Iterator[Fault]:
    if item.kind is ItemKind.TRUE_FALSE and item.wrong:
        yield Fault("wrong", None, "does not belong to a true-false item; delete it")
    if item.kind is ItemKind.CHOICE and not item.wrong:
        yield Fault("wrong", None, f"is missing; a choice needs one to {MOST_WRONG} wrong options")
    if len(item.wrong) > MOST_WRONG:
        yield Fault("wrong", None, f"has {len(item.wrong)} items, at most {MOST_WRONG} are allowed; delete some")
    if item.accept and item.kind is not ItemKind.TEXT:
        yield Fault("accept", None, "belongs to text items only; delete it")
    if item.unit and item.kind is not ItemKind.NUMBER:
        yield Fault("unit", None, "belongs to number items only; delete it")


def _repeated(item: QuizItem) -> Iterator[Fault]:
    seen = {folded(str(item.answer))}
    for key, texts in (("wrong", item.wrong), ("accept", item.accept)):
        for index, text in enumerate(texts):
            if folded(text) in seen:
                yield Fault(key, index, "stands there already; delete or reword it")
            seen.add(folded(text))


def _catch_all(item: QuizItem) -> Iterator[Fault]:
    answer = (("answer", None, item.answer),) if isinstance(item.answer, str) else ()
    for key, index, text in (*answer, *(("wrong", index, text) for index, text in enumerate(item.wrong))):
        if _CATCH_ALL.fullmatch(folded(text)):
            yield Fault(key, index, "points at the other options, whose order changes; write an answer of its own")


def _style(answer: str, wrong: tuple[str, ...]) -> Iterator[Fault]:
    """Find what gives the right option away."""
    if not wrong:
        return
    lengths = [len(text) for text in wrong]
    if len(answer) > _STANDS_OUT * max(lengths) and len(answer) - max(lengths) > _LEAST_GAP:
        message = f"is much longer than every wrong option ({len(answer)} to {max(lengths)} characters)"
        yield Fault("answer", None, f"{message}, which gives it away; even them out")
    if len(answer) * _STANDS_OUT < min(lengths) and min(lengths) - len(answer) > _LEAST_GAP:
        message = f"is much shorter than every wrong option ({len(answer)} to {min(lengths)} characters)"
        yield Fault("answer", None, f"{message}, which gives it away; even them out")
    for trait, has, lacks in (
        (_stopped, "alone ends with a full stop", "alone ends without a full stop"),
        (_capital, "alone begins with a capital letter", "alone begins without a capital letter"),
    ):
        if all(trait(answer) != trait(text) for text in wrong):
            message = has if trait(answer) else lacks
            yield Fault("answer", None, f"{message}, which gives it away; write all options alike")


def _stopped(text: str) -> bool:
    return text.endswith(".")


def _capital(text: str) -> bool:
    return text[:1] != text[:1].lower()
