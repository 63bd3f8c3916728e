"""How Discord says no: the errors of its REST interface with their codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Refusal(Enum):
    """A refusal: HTTP status, Discord's code, Discord's sentence."""

    NOT_FOUND = (404, 0, "404: Not Found")
    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_ROLE = (404, 10011, "Unknown Role")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    TOO_LARGE = (413, 40005, "Request entity too large")
    THREAD_ALREADY_THERE = (400, 160004, "A thread has already been created for this message")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_ITS_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    NO_DMS = (403, 50007, "Cannot send messages to this user")
    NOT_A_TEXT_CHANNEL = (400, 50008, "Cannot send messages in a non-text channel")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    TOKEN_EXPIRED = (401, 50027, "Invalid Webhook Token")
    THREAD_LOCKED = (400, 50083, "Thread is archived")
    NO_HISTORY_TO_REPLY = (400, 160002, "Cannot reply without permission to read message history")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one place of a body."""

    path: tuple[str | int, ...]
    code: str
    message: str


class ApiError(Exception):
    """A request that the server refuses."""

    def __init__(self, refusal: Refusal) -> None:
        self.status, self.code, self.sentence = refusal.value
        super().__init__(self.sentence)

    def body(self) -> dict[str, Any]:
        """Give the answer's body."""
        return {"message": self.sentence, "code": self.code}


class InvalidBodyError(ApiError):
    """A body that breaks rules, each break at its place."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        super().__init__(Refusal.NOT_FOUND)
        self.flaws = tuple(flaws)
        self.status, self.code, self.sentence = 400, 50035, "Invalid Form Body"

    def under(self, key: str) -> InvalidBodyError:
        """Give the same flaws, one level deeper."""
        return InvalidBodyError(Flaw((key, *flaw.path), flaw.code, flaw.message) for flaw in self.flaws)

    def body(self) -> dict[str, Any]:
        """Nest the flaws as Discord does."""
        nested: dict[str, Any] = {}
        for flaw in self.flaws:
            place = nested
            for step in flaw.path:
                place = place.setdefault(str(step), {})
            place.setdefault("_errors", []).append({"code": flaw.code, "message": flaw.message})
        return super().body() | {"errors": nested}


def demand(flaws: Iterable[Flaw]) -> None:
    """Refuse the body when there is any flaw."""
    found = tuple(flaws)
    if found:
        raise InvalidBodyError(found)
