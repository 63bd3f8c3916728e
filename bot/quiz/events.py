"""What happens to a round, and what a round wants done: events in, effects out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.quiz.verdicts import Verdict

# --- events: ``at`` is the interaction's or message's own time (of its snowflake), never that of its arrival ---------


@dataclass(frozen=True, slots=True)
class Picked:
    """An option, by its index."""

    option: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed answer and its verdict (``judging.judge``)."""

    text: str
    verdict: Verdict


Given = Picked | Typed


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody joins."""

    player: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody leaves; answers given before stay."""

    player: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ExtraGiven:
    """An instructor gives a member more time: percent of each question's time."""

    player: int
    percent: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Started:
    """The lobby closes, and the first question is posted."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class MessageStood:
    """A question's message stands in the channel since ``at``: its time begins, or goes on."""

    number: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class MessageLost:
    """A question's message was deleted at ``at``: its time stands still until it stands again."""

    number: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody answers a question."""

    player: int
    number: int
    given: Given
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Advanced:
    """The instructor moves on: an open question is revealed, after a reveal comes the next question or the end."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """The instructor skips the question: it counts for nobody."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """The instructor stops the clock."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Resumed:
    """The instructor lets the clock run on."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Extended:
    """The instructor adds seconds."""

    seconds: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Stopped:
    """The instructor ends the round; ``why`` is a sentence for the podium, empty when there is nothing to explain."""

    at: dt.datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time has passed; the worker sends it when ``rounds.next_tick`` has come."""


@dataclass(frozen=True, slots=True)
class Restarted:
    """The bot is back at ``at`` after it was away for ``lost`` seconds."""

    at: dt.datetime
    lost: float


@dataclass(frozen=True, slots=True)
class Voided:
    """The instructor voids a question: it counts for nobody."""

    number: int
    at: dt.datetime


Event = (
    Joined | Left | ExtraGiven | Started | MessageStood | MessageLost | Answered | Advanced | Skipped | Paused
    | Resumed | Extended | Stopped | Ticked | Restarted | Voided
)  # fmt: skip


# --- rows and effects ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An answer as it is kept: one for each player and question, the last in time.

    ``given`` is the option's index or the typed text. ``elapsed``: seconds of the player's own time, pauses left out;
    ``allowed``: seconds that the player had from the start (None: no limit).
    """

    number: int
    player: int
    item: str
    given: int | str
    right: bool
    at: dt.datetime
    elapsed: float
    allowed: float | None


class Refusal(StrEnum):
    """Why an answer or a wish to join is refused, in a sentence."""

    NOT_OPEN = "That question is not open."
    LATE = "Time was up before that answer."
    PAUSED = "The quiz is paused; what you answered before it still counts."
    NOT_JOINED = "Only those who joined before the first question can answer in this round."
    BEGUN = "The round has begun; it takes only those who joined before the first question."
    NO_OPTION = "That is none of this question's answers."
    ENDED = "This round is over."


@dataclass(frozen=True, slots=True)
class SaveRound:
    """Keep the state (without its rows) before anything that follows is shown."""


@dataclass(frozen=True, slots=True)
class SavePlayer:
    """Keep whether somebody takes part, and their extra time in percent."""

    player: int
    joined: bool
    extra: int


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """Keep an answer: insert the row, or replace the one of the same player and question."""

    row: Row


@dataclass(frozen=True, slots=True)
class UpdateLobby:
    """Show how many have joined."""

    players: int


@dataclass(frozen=True, slots=True)
class PostQuestion:
    """Post a question's message, once: the nonce is made of the round and the number."""

    number: int


@dataclass(frozen=True, slots=True)
class UpdateCount:
    """Show under the open question how many have answered, and until when it is open; names nobody."""

    number: int
    answered: int
    deadline: dt.datetime | None
    paused: bool


@dataclass(frozen=True, slots=True)
class ConfirmPrivately:
    """Tell a player what was noted; it never tells whether it is right. ``changed``: it replaced another answer."""

    player: int
    number: int
    given: int | str
    changed: bool


@dataclass(frozen=True, slots=True)
class RefusePrivately:
    """Tell a player why something did not count."""

    player: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Decline:
    """Tell the instructor, in a sentence, why nothing was done."""

    why: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """Show the right answer of a question, and how many chose what; sent again when that changes."""

    number: int


@dataclass(frozen=True, slots=True)
class Podium:
    """Show the scores at the end; ``why`` as in ``Stopped``. Sent again when they change."""

    why: str


Effect = (
    SaveRound | SavePlayer | SaveAnswer | UpdateLobby | PostQuestion | UpdateCount | ConfirmPrivately
    | RefusePrivately | Decline | Reveal | Podium
)  # fmt: skip
