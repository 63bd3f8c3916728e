"""The rules of a round: how long a question is open, how answers score, who may answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.brief.quiz_items import ItemKind
from bot.quiz.items import Item

FULL = 1_000  # points of a right answer with the speed bonus, in the first seconds
FULL_FOR = 2.0  # seconds
LEAST_SECONDS, MOST_SECONDS = 10, 600
MOST_EXTRA = 200  # percent of a question's time
_SHORTEST, _LONGEST = 20, 120
_SETTLING = 8.0  # seconds to notice that a question stands there, and to press a button
_WORDS_A_SECOND = 1.6  # of a reader whose first language is another one, with thinking
_TYPING = 20.0  # seconds to open a form and type a word or two
_STEP = 5


class Scoring(StrEnum):
    """How right answers score."""

    RIGHT_ONLY = "right only"
    SPEED = "speed bonus"


class Joining(StrEnum):
    """Who may answer: everybody, who joins by answering, or only who joined in the lobby."""

    ANYONE = "anyone"
    LOBBY = "lobby"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an instructor chose.

    ``seconds``: None for a time by the length of the text, 0 when the instructor moves on. ``gap``: seconds from a
    reveal to the next question, None by the length of the explanation, 0 when the instructor moves on; without a time
    for questions the instructor moves on here, too.
    """

    seconds: int | None = None
    gap: int | None = None
    scoring: Scoring = Scoring.RIGHT_ONLY
    joining: Joining = Joining.ANYONE
    closed_book: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be; raises ValueError."""
        for value in (self.seconds, self.gap):
            if value and not LEAST_SECONDS <= value <= MOST_SECONDS:
                raise ValueError(f"a time is {LEAST_SECONDS} to {MOST_SECONDS} seconds, or 0")


def seconds_for(item: Item) -> int:
    """Give the seconds that a question is open by the length of its text: 20 to 120, in steps of five."""
    read = len(item.stem.split()) + sum(len(option.split()) for option in _shown(item))
    needed = _SETTLING + read / _WORDS_A_SECOND + (_TYPING if item.typed else 0)
    return _stepped(needed, _SHORTEST, _LONGEST)


def gap_for(item: Item) -> int:
    """Give the seconds to read a reveal."""
    read = len(item.answer.split()) + len(item.explanation.split())
    return _stepped(6 + read / _WORDS_A_SECOND, 10, 45)


def time_for(item: Item, rules: Rules) -> int | None:
    """Give the seconds that a question is open, or None when the instructor moves on."""
    return seconds_for(item) if rules.seconds is None else rules.seconds or None


def pause_after(item: Item, rules: Rules) -> int | None:
    """Give the seconds from a reveal to the next question, or None when the instructor moves on."""
    if rules.seconds == 0:
        return None
    return gap_for(item) if rules.gap is None else rules.gap or None


def points(*, right: bool, elapsed: float, allowed: float | None, scoring: Scoring) -> int:
    """Give the points of an answer.

    Right only: 1. With the speed bonus: 1,000 in the first two seconds, then falling linearly to 500 at the deadline
    (``allowed`` seconds after the question stood; None: there is none, and speed does not count), and 500 after it,
    where time was added.
    """
    if not right:
        return 0
    if scoring is Scoring.RIGHT_ONLY:
        return 1
    if allowed is None or elapsed <= FULL_FOR:
        return FULL
    span = max(allowed - FULL_FOR, 0.001)
    return round(FULL - (FULL / 2) * min(1.0, (elapsed - FULL_FOR) / span))


def _shown(item: Item) -> tuple[str, ...]:
    return item.options if item.kind is ItemKind.CHOICE else ()


def _stepped(seconds: float, least: int, most: int) -> int:
    return max(least, min(most, -int(-seconds // _STEP) * _STEP))
