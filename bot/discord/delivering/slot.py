"""A slot: one claimed delivery, with the names by which its message is known and what follows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.digest.delivery import mark, nonce
from bot.digest.forms import from_json
from bot.digest.rules import BadRule, Rule, next_slots
from bot.store.digest_records import Claim, Delivery


@dataclass(frozen=True, slots=True)
class Address:
    """A channel or a thread of a server."""

    guild_id: int
    channel_id: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A claim that was made at ``since`` and holds ``until``; no rule: posted at once, or ``broken`` says why."""

    claim: Claim
    rule: Rule | None
    since: dt.datetime
    until: dt.datetime
    broken: str = ""

    @property
    def delivery(self) -> Delivery:
        """Give the delivery."""
        return self.claim.delivery

    @property
    def first_claimed(self) -> dt.datetime:
        """Give the earliest moment of a message."""
        return self.delivery.claimed_since or self.since

    @property
    def doubtful(self) -> bool:
        """Tell whether a message may have gone out before this claim."""
        return self.first_claimed != self.since

    @property
    def address(self) -> Address:
        """Give where its message goes."""
        return Address(self.delivery.guild_id, self.delivery.channel_id)

    @property
    def nonce(self) -> str:
        """Give the nonce of its message."""
        return nonce(self._name, self.delivery.due)

    @property
    def mark(self) -> str:
        """Give the code that stands in its card."""
        return mark(self._name, self.delivery.due)

    @property
    def _name(self) -> int | str:
        known = self.delivery.schedule_id
        return f"post-{self.delivery.id}" if known is None else known

    @property
    def role_id(self) -> int | None:
        """Give the role to be mentioned."""
        return self.claim.schedule.role_id if self.claim.schedule else self.delivery.role_id

    @property
    def setting(self) -> Mapping[str, object]:
        """Give the moderator's setting as it is kept."""
        return self.claim.schedule.setting if self.claim.schedule else self.delivery.setting

    def next_due(self) -> dt.datetime | None:
        """Give the slot after this one, which may have passed: each is posted, or recorded as missed."""
        found = next_slots(self.rule, self.delivery.due, 1) if self.rule else ()
        return found[0] if found else None


def slot_of(claim: Claim, since: dt.datetime, until: dt.datetime) -> Slot:
    """Read a claim."""
    try:
        rule = from_json(claim.schedule.rule) if claim.schedule else None
    except BadRule as problem:
        return Slot(claim, None, since, until, f"I cannot read when it is due: {problem}.")
    return Slot(claim, rule, since, until)
