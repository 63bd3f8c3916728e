"""What the gateway tells: an event, who may hear it, and what those hear who may not read messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

from tests.wire.model import Json


class Intent(IntFlag):
    """One group of events that a bot asks for when it identifies."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


NOTHING = Intent(0)
PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


@dataclass(frozen=True, slots=True)
class Event:
    """Something to dispatch: to the shard of its guild (shard 0 without one), for sessions with one of the intents.

    ``bare`` is what a session without the message-content intent gets instead; no intents at all means everybody.
    """

    name: str
    data: Json
    guild_id: int | None = None
    intents: Intent = NOTHING
    bare: Json | None = None

    def heard_by(self, shard: tuple[int, int], intents: Intent) -> bool:
        """Tell whether a session hears of it."""
        number, count = shard
        if ((self.guild_id or 0) >> 22) % count != number:
            return False
        return not self.intents or bool(self.intents & intents)

    def data_for(self, intents: Intent) -> Json:
        """Give what the session may read."""
        return self.data if self.bare is None or intents & Intent.MESSAGE_CONTENT else self.bare
