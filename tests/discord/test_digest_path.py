"""A moderator's whole path: preview, schedule, two Mondays through a restart, a correction, a skip, a withdrawal."""

from __future__ import annotations

import datetime as dt

from tests.discord.conftest import Server, text_of
from tests.discord.test_digest import deliver, history, posts, schedule, use

MONDAY = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)  # nine o'clock in Copenhagen
WEEK = dt.timedelta(days=7)


async def test_a_moderator_previews_schedules_corrects_skips_and_withdraws(server: Server) -> None:
    previewed = text_of(await use(server, "preview", title="Monday reading"))
    made = await schedule(server, title="Monday reading", zone="Europe/Copenhagen")
    offered = text_of(await use(server, "list"))
    await deliver(server, MONDAY)
    await server.restart()
    await deliver(server, MONDAY + WEEK)
    first, second = sorted(posts(server.channel), key=lambda message: message.id)[-2:]
    form = await use(server, "correct", digest=str((await history(server))[0].id))
    await server.moderator.submit_modal(form, {"title": "Monday reading, corrected", "opening": ""})
    corrected = text_of(server.channel.history()[-1])
    await use(server, "skip", schedule=str(made.id))
    withdrawn = await use(server, "withdraw", digest=str((await history(server))[-1].id))
    told = text_of(await use(server, "history"))

    assert "Monday reading" in previewed
    assert f"<t:{int(MONDAY.timestamp())}" in offered
    assert "Monday reading" in text_of(first)
    assert text_of(first) != text_of(second)
    assert "Monday reading, corrected" in corrected
    assert "The digest is withdrawn" in text_of(withdrawn)
    assert first.id not in {message.id for message in posts(server.channel)}
    assert "skipped by a moderator" in told
