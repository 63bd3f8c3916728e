"""The lists of ``/digest list`` and ``/digest history``, and how a delivery is named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from discord import ui

from bot.digest.delivery import spoken_span
from bot.discord.cards.layout import Tone, body, button, card, heading, line
from bot.discord.digests.composing import setting_from
from bot.discord.digests.timing import moment, said
from bot.discord.markdown import shortened
from bot.store.digest_records import Delivery, Schedule

PER_PAGE = 5
MOST_PAST = 15
MAX_NAME = 100
_ROOM_WHY = 120
_ROOM_TITLE = 110
_LINK = re.compile(r"https?://(?:\w+\.)?discord(?:app)?\.com/channels/(\d{1,20})/(\d{1,20})/(\d{1,20})\s*")
_STATES = {"paused": "paused", "disabled": "stopped", "ended": "ended"}
_FATES = {
    "skipped": "skipped by a moderator",
    "missed": "missed",
    "failed": "failed",
    "withdrawn": "withdrawn",
    "claimed": "on its way",
    "due": "not posted yet",
}


def list_card(schedules: Sequence[Schedule], last: Mapping[int, Delivery], page: int, most: int) -> ui.LayoutView:
    """Show a page of schedules; ``last``: the last delivery of each that had one; ``most``: how many may be."""
    pages = max(1, -(-len(schedules) // PER_PAGE))
    page = max(0, min(page, pages - 1))
    count = f"{len(schedules)} of at most {most} schedules of this server." if schedules else "Nothing is scheduled."
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"{heading('Scheduled digests')}\n{count}")]
    for one in schedules[page * PER_PAGE : (page + 1) * PER_PAGE]:
        parts += [line(), ui.TextDisplay(_scheduled(one, last.get(one.id)))]
    ways = [button("Previous page", "digest-list", str(page - 1))] if page else []
    if page + 1 < pages:
        ways.append(button(f"Next page ({page + 2} of {pages})", "digest-list", str(page + 1)))
    return card(Tone.QUIET, parts, ways)


def history_card(deliveries: Sequence[Delivery], schedule: Schedule | None) -> ui.LayoutView:
    """Show what was due, and what became of it, the latest first."""
    title = f"What became of schedule #{schedule.id}" if schedule else "What became of the digests here"
    told = [f"- {_became(one, named=schedule is None)}" for one in deliveries[:MOST_PAST]]
    more = ["-# Only the latest are shown."] if len(deliveries) > MOST_PAST else []
    text = "\n".join([heading(title), *(told or ["Nothing was due yet."]), *more])
    return card(Tone.QUIET, [ui.TextDisplay(text)])


def delivery_name(delivery: Delivery, channel: str) -> str:
    """Name a posted digest in a list of choices."""
    title = setting_from(delivery.setting).title
    when = delivery.sent_at or delivery.due
    told = f"{when:%d %b %Y, %H:%M} UTC · {channel}"
    return shortened(f"{told} · {title}" if title else told, MAX_NAME)


def linked(text: str) -> tuple[int, int] | None:
    """Read a link to a message: the server's id and the message's."""
    found = _LINK.fullmatch(text.strip())
    return (int(found[1]), int(found[3])) if found else None


def link_to(delivery: Delivery) -> str:
    """Link to the message of a delivery; empty where there is none."""
    if delivery.message_id is None or delivery.state != "sent":
        return ""
    where = f"https://discord.com/channels/{delivery.guild_id}/{delivery.channel_id}/{delivery.message_id}"
    return f"[open it]({where})"


def _scheduled(schedule: Schedule, last: Delivery | None) -> str:
    title = setting_from(schedule.setting).title
    ping = f", pinging <@&{schedule.role_id}>" if schedule.role_id else ""
    lines = [
        f"**#{schedule.id}** in <#{schedule.channel_id}>{ping}: {said(schedule)}",
        f"Title: {body(title, _ROOM_TITLE)}" if title else "",
        _next(schedule),
        f"-# Last: {_became(last, named=False)}" if last else "-# Nothing posted yet",
    ]
    return "\n".join(filter(None, lines))


def _next(schedule: Schedule) -> str:
    """Say when a schedule is due next, or why it is not."""
    state = _STATES.get(schedule.state)
    if state is None and schedule.next_due:
        return f"**Next:** {moment(schedule.next_due, 'F')} ({moment(schedule.next_due, 'R')})"
    until = f" until {moment(schedule.resume_at, 'D')}" if schedule.resume_at else ""
    why = f": {body(schedule.why, _ROOM_WHY)}" if schedule.why else ""
    return f"**{(state or schedule.state).capitalize()}**{until}{why}"


def _became(delivery: Delivery, *, named: bool) -> str:
    """Say when a delivery was due, and what became of it."""
    where = f" in <#{delivery.channel_id}>" if named else ""
    if delivery.state == "sent" and delivery.sent_at:
        late = f"{spoken_span(delivery.sent_at - delivery.due)} late" if delivery.late else "on time"
        fate = f"posted {moment(delivery.sent_at)}, {late}, {link_to(delivery)}"
    else:
        why = f": {body(delivery.why, _ROOM_WHY)}" if delivery.why else ""
        fate = f"{_FATES.get(delivery.state, delivery.state)}{why}"
    return f"due {moment(delivery.due)}{where}: {fate}"
