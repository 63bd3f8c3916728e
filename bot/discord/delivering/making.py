"""Making a slot's card: composed, with its picture, late or on time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from discord import ui

from bot.digest.contents import Digest, exhausted
from bot.digest.delivery import late_note
from bot.digest.rotation import History, Shown
from bot.discord.cards.digest import digest_card
from bot.discord.delivering.slot import Slot
from bot.discord.digests.composing import compose_for, picture_for, setting_from, volume_of
from bot.discord.library import Volume
from bot.discord.services import Services

_REMEMBERED = 1_000  # digests that are looked through for what was shown since a schedule began


@dataclass(frozen=True, slots=True)
class Made:
    """A digest and what its card is made of."""

    volume: Volume
    digest: Digest
    mark: str
    picture: Path | None
    named: bool

    def card(self, late: dt.timedelta, role_id: int | None) -> ui.LayoutView:
        """Make the card."""
        mention = f"<@&{role_id}>" if role_id else ""
        return digest_card(
            self.volume,
            self.digest,
            mark=self.mark,
            mention=mention,
            late=late_note(late),
            picture=self.picture,
            named=self.named,
        )

    @property
    def pictureless(self) -> Made:
        """Give the same without its picture."""
        return replace(self, picture=None)


async def make(services: Services, slot: Slot, now: dt.datetime) -> Made | None:
    """Compose a slot's digest; None when its brief is not in the library any more."""
    delivery = slot.delivery
    volume = volume_of(services.library, delivery.pack)
    digest = await compose_for(services, delivery.guild_id, delivery.pack, slot.setting, delivery.number, now)
    if volume is None or digest is None:
        return None
    picture = await picture_for(services, volume, digest)
    return Made(volume, digest, slot.mark, picture, services.library.many)


async def is_last(services: Services, slot: Slot, made: Made, now: dt.datetime) -> bool:
    """Tell whether a schedule that runs until all was shown has shown all, this digest included.

    What other digests of the server showed since the schedule began counts, because they take turns with it.
    """
    schedule = slot.claim.schedule
    if slot.rule is None or schedule is None or not slot.rule.until_exhausted:
        return False
    posted = await services.store.digests.posted(schedule.guild_id, schedule.pack, _REMEMBERED)
    shown = [Shown(ids, now - at) for at, ids in posted if at >= schedule.created]
    history = History((*shown, Shown(made.digest.ids, dt.timedelta(0))))
    return exhausted(made.volume.pack, setting_from(slot.setting), history)
