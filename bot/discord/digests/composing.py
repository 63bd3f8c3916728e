"""Composing: from what the store knows of a server to a digest; and a moderator's setting as JSON and back.

Beside the setting stand the unanswered questions that a moderator let in, with the number of the one digest that they
are for.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from bot.brief.citations import cite
from bot.brief.pack import Figure, Pack
from bot.charts.faults import ChartFault
from bot.digest.contents import Digest, Parts, Setting, Topics, compose
from bot.digest.rotation import History, Shown
from bot.discord.library import Library, Volume
from bot.discord.services import Services
from bot.store.database import Store
from bot.store.records import UnansweredQuestion

_log = logging.getLogger(__name__)
_LOOK_BACK = dt.timedelta(days=30)  # for what was asked, where no digest was posted before
_MOST_ASKED = 25
_APPROVED = "approved"


async def compose_for(
    services: Services, guild_id: int, pack_id: str, setting: Mapping[str, object], number: int, now: dt.datetime
) -> Digest | None:
    """Compose a server's digest from its setting, as JSON, and its history; None when the brief is gone."""
    volume = volume_of(services.library, pack_id)
    if volume is None:
        return None
    history = await history_of(services.store, guild_id, pack_id, now)
    chosen = setting_from(setting)
    asked = await _topics(services.store, guild_id, volume.pack, now) if chosen.parts.topics else Topics()
    return compose(volume.pack, chosen, number, history, asked, approved_in(setting, number))


async def history_of(store: Store, guild_id: int, pack_id: str, now: dt.datetime) -> History:
    """Give what the digests of a brief showed in a server, the oldest first."""
    posted = await store.digests.posted(guild_id, pack_id)
    return History(tuple(Shown(ids, now - at) for at, ids in posted))


async def recent_questions(store: Store, guild_id: int, pack_id: str, now: dt.datetime) -> Sequence[UnansweredQuestion]:
    """List what a brief did not answer lately in a server, as much as one select holds."""
    return await store.unanswered.asked_since(guild_id, pack_id, now - _LOOK_BACK, _MOST_ASKED)


async def picture_for(services: Services, volume: Volume, digest: Digest) -> Path | None:
    """Give the chart of a digest's figure, drawn if need be: about a second; None where there is none to show."""
    return await picture_among(services, volume, digest.ids)


async def picture_among(services: Services, volume: Volume, ids: Collection[str]) -> Path | None:
    """Give the chart of the figure among the entries that a digest shows."""
    found = _figure(volume, ids)
    if found is None:
        return None
    figure, citation = found
    try:
        return await services.charts.draw(figure, citation)
    except ChartFault as fault:
        _log.warning("the chart of %s could not be drawn: %s", figure.id, fault)
        return None


def is_drawn(services: Services, volume: Volume, ids: Collection[str]) -> bool:
    """Tell whether the card of a digest that shows these entries can be made at once."""
    found = _figure(volume, ids)
    return found is None or services.charts.kept(*found) is not None


def _figure(volume: Volume, ids: Collection[str]) -> tuple[Figure, str] | None:
    """Find the figure among entries, and its citation."""
    figure = next((one for one in volume.pack.figures if one.id in ids), None)
    if figure is None:
        return None
    return figure, cite(volume.pack, figure.place, volume.pack.page_of(figure.place)).text


def volume_of(library: Library, pack_id: str) -> Volume | None:
    """Find a brief by its very id."""
    return next((volume for volume in library.volumes if volume.id == pack_id), None)


def setting_json(setting: Setting, approved: Sequence[str] = (), number: int = 1) -> dict[str, object]:
    """Write a setting as a JSON object, with the questions let into the digest of a number."""
    written: dict[str, object] = asdict(setting)
    if approved:
        written[_APPROVED] = {"number": number, "questions": list(approved)}
    return written


def setting_from(written: Mapping[str, object]) -> Setting:
    """Read a setting from a JSON object; what is missing or of another kind has its default."""
    title, opening, parts = written.get("title"), written.get("opening"), written.get("parts")
    switches = parts if isinstance(parts, Mapping) else {}
    known = {one.name: switches[one.name] for one in fields(Parts) if isinstance(switches.get(one.name), bool)}
    return Setting(
        title=title if isinstance(title, str) else "",
        opening=opening if isinstance(opening, str) else "",
        parts=Parts(**known),
    )


def approved_in(written: Mapping[str, object], number: int) -> tuple[str, ...]:
    """Give the unanswered questions that were let into the digest of a number."""
    approved = written.get(_APPROVED)
    if not isinstance(approved, Mapping) or approved.get("number") != number:
        return ()
    questions = approved.get("questions")
    return tuple(one for one in questions if isinstance(one, str)) if isinstance(questions, list) else ()


async def _topics(store: Store, guild_id: int, pack: Pack, now: dt.datetime) -> Topics:
    """Count who asked about what since the last digest, from the day on which that was posted."""
    last = await store.digests.last_sent(guild_id, pack.id)
    since = (last or now - _LOOK_BACK).date()
    titles = {entry.id: entry.title for entry in pack.entries}
    asked: dict[str, int] = {}
    for name, askers in await store.topics.most(guild_id, pack.id, since, _MOST_ASKED):
        title = titles.get(name.partition("/")[0])  # a cell of a figure stands for the figure
        if title:
            asked[title] = asked.get(title, 0) + askers
    return Topics(tuple(asked.items()))
