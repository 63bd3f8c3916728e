"""``/digest preview``: what is shown is what is posted, once; unanswered questions only when approved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import discord
import pytest
import simcord
from discord import ui

from bot.answers.unanswered import same_question
from bot.discord.digests.composing import approved_in
from bot.store.records import GuildSettings
from tests.discord.conftest import (
    Server,
    button_id,
    choose,
    click,
    components,
    defaults,
    labels,
    message_of,
    select_of,
    text_of,
)
from tests.discord.test_digest import (
    ESCAPED,
    HOSTILE,
    NOTHING,
    START,
    channel_without,
    deliver,
    history,
    later,
    post,
    posts,
    schedule,
    schedules,
    use,
)

PACK = "hansen-2016"
SOON = START + dt.timedelta(minutes=5)


async def ask(server: Server, *questions: str) -> None:
    for question in questions:
        await server.store.unanswered.note(server.guild.id, PACK, question, START, same_question)


def card_of(shown: simcord.InteractionResult | discord.Message) -> list[Any]:
    """Give what stands in the frame of a card, without its files’ addresses and the code by which it is found."""
    kept = []
    for one in components(shown):
        match one["type"]:
            case 10:
                text = one["content"].partition("\n-# Digest ")[0]
                kept += [] if "Preview, for you alone" in text else [text]
            case 12:
                kept += [item["description"] for item in one["items"]]
            case 2 if one["label"] == "Show":
                kept.append(one["custom_id"])
    return kept


# ------------------------------------------------------------------ preview


async def test_a_preview_is_for_the_moderator_alone(server: Server) -> None:
    assert (await use(server, "preview")).ephemeral


async def test_a_preview_posts_nothing(server: Server) -> None:
    await use(server, "preview")

    assert (posts(server.channel), await history(server)) == ([], [])


async def test_what_is_posted_is_what_the_preview_showed(server: Server) -> None:
    shown = await use(server, "preview", title="Week 1", opening="Read on.")
    before = card_of(shown)
    await click(server.moderator, shown, "Post now")
    await deliver(server, SOON)
    (posted,) = posts(server.channel)

    assert card_of(posted) == before


async def test_a_preview_says_where_it_would_go_and_whom_it_would_ping(server: Server) -> None:
    role = server.guild.create_role("Readers", mentionable=True)
    text = text_of(await use(server, "preview", role=role))

    assert f"It would go to <#{server.channel.id}>, pinging <@&{role.id}>." in text


async def test_a_preview_says_that_nothing_in_it_was_shown_before(server: Server) -> None:
    assert "Nothing in it was shown here before." in text_of(await use(server, "preview"))


async def test_a_preview_says_what_would_repeat(server: Server) -> None:
    for _ in range(2):  # of the two parts that are left, the brief has one figure
        await post(server, recommendations=False, quote=False, section=False)
    kinds = ("quotes", "discussions", "figures")
    pack = server.library.default.pack
    for _ in range(max(len(getattr(pack, kind)) for kind in kinds)):
        await post(server, recommendations=False, figure=False, section=False)
    text = text_of(await use(server, "preview"))

    assert "-# Quote “" in text
    assert "”: shown less than a day ago" in text


async def test_a_preview_has_nothing_to_post_without_any_part(server: Server) -> None:
    assert "There is nothing to post" in text_of(await use(server, "preview", **NOTHING))


async def test_a_preview_of_a_place_where_it_cannot_go_says_why(server: Server) -> None:
    channel = channel_without(server, attach_files=False)
    text = text_of(await use(server, "preview", channel=channel))

    assert f"I cannot post in <#{channel.id}> yet: I lack Attach Files there." in text


async def test_a_title_and_an_opening_are_shown_letter_by_letter(server: Server) -> None:
    text = text_of(await use(server, "preview", title=HOSTILE, opening=HOSTILE))

    assert f"## {ESCAPED}\n{ESCAPED}" in text


@pytest.mark.parametrize("part", ["recommendations", "quote", "figure", "section", "discussion"])
async def test_a_part_is_left_out_that_is_switched_off(server: Server, part: str) -> None:
    signs = {
        "recommendations": "**Recommendation: ", "quote": "\n— ", "figure": "**Figure: ",
        "section": "**Section: ", "discussion": "**To discuss**",
    }  # fmt: skip
    text = text_of(await use(server, "preview", **{part: False}))

    assert [name for name, sign in signs.items() if sign not in text] == [part]


async def test_topics_are_shown_when_they_are_switched_on(server: Server) -> None:
    entry = next(iter(server.library.default.pack.passages))
    await server.store.topics.add([(server.guild.id, PACK, entry.id, 3)], START.date())
    off, on = await use(server, "preview"), await use(server, "preview", topics=True)

    assert "Asked most" not in text_of(off)
    assert f"- {entry.title} (asked by 3)" in text_of(on)


async def test_the_cells_of_a_figure_count_for_it(server: Server) -> None:
    figure = server.library.default.pack.figures[0]
    cells = [f"{figure.id}/{row.id}/{column.id}" for row, column, _, _ in figure.cells][:3]
    await server.store.topics.add([(server.guild.id, PACK, cell, 1) for cell in cells], START.date())

    assert f"- {figure.title} (asked by 3)" in text_of(await use(server, "preview", topics=True))


async def test_what_fewer_than_three_asked_is_not_shown(server: Server) -> None:
    entry = next(iter(server.library.default.pack.passages))
    await server.store.topics.add([(server.guild.id, PACK, entry.id, 2)], START.date())

    assert "Asked most" not in text_of(await use(server, "preview", topics=True))


@pytest.mark.two_briefs
async def test_another_brief_can_be_named(server: Server) -> None:
    name = await ask_the_other(server)

    assert f"From “{name}”" in text_of(await use(server, "preview", brief="tiny", topics=True))


@pytest.mark.two_briefs
async def test_the_brief_is_that_of_the_channel_it_goes_to(server: Server) -> None:
    channel = server.guild.create_text_channel("digests")
    await server.services.book.save(GuildSettings(server.guild.id, channel_packs={channel.id: "tiny"}))
    name = await ask_the_other(server)

    assert f"From “{name}”" in text_of(await use(server, "preview", channel=channel, topics=True))


async def ask_the_other(server: Server) -> str:
    """Let the other brief have a topic, because it has no other part; give its name."""
    volume = server.library.volumes[1]
    entry = next(iter(volume.pack.passages))
    await server.store.topics.add([(server.guild.id, volume.id, entry.id, 3)], START.date())
    return volume.name


async def test_the_chart_is_drawn_when_it_is_not_kept(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.services.charts, "kept", lambda *_: None)
    monkeypatch.setattr(server.services.charts, "draw", drawn_from(server))
    shown = await use(server, "preview")

    assert [one.filename for one in message_of(shown).attachments] == ["chart.png"]


async def test_the_card_changes_when_the_chart_has_to_be_drawn_first(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(server, "who built the moon")
    shown = await use(server, "preview")
    monkeypatch.setattr(server.services.charts, "kept", lambda *_: None)
    monkeypatch.setattr(server.services.charts, "draw", drawn_from(server))
    approved = await choose(server.moderator, shown, "digest-approve", ["1"])

    assert "- who built the moon" in text_of(server.channel.history(viewer=server.moderator)[-1])
    assert approved.acknowledged


def drawn_from(server: Server) -> Any:
    async def draw(*_: Any) -> Any:
        path = server.workshop.database.parent / "chart.png"
        path.write_bytes(b"\x89PNG")
        return path

    return draw


# ------------------------------------------------------------------ its buttons


async def test_the_buttons_of_a_preview_work_after_a_restart(server: Server) -> None:
    shown = await use(server, "preview", title="Week 1", opening="x" * 300)
    await server.restart()
    await click(server.moderator, shown, "Post now")
    await deliver(server, SOON)

    assert text_of(posts(server.channel)[0]).startswith(f"## Week 1\n{'x' * 300}")


async def test_a_preview_is_posted_once(server: Server) -> None:
    shown = await use(server, "preview")
    name, message = button_id(shown, "Post now"), message_of(shown)
    await server.moderator.click(message, custom_id=name)
    forged = await server.post(ui.Button(label="Again", custom_id=name))
    again = await click(server.moderator, forged, "Again")
    await deliver(server, SOON)

    assert "posted already" in text_of(again)
    assert len(posts(server.channel)) == 2  # the digest, and the forger's button


async def test_a_posted_preview_says_that_it_is_on_its_way(server: Server) -> None:
    shown = await use(server, "preview")
    done = await click(server.moderator, shown, "Post now")

    assert f"The digest is on its way to <#{server.channel.id}>" in text_of(done)
    assert (labels(done), message_of(done).id) == ([], message_of(shown).id)


async def test_a_preview_that_would_show_something_else_by_now_is_shown_anew(server: Server) -> None:
    shown = await use(server, "preview")
    await post(server)
    again = await click(server.moderator, shown, "Post now")

    assert "Another digest was posted meanwhile" in text_of(again)
    assert len(await history(server)) == 1


async def test_a_preview_that_was_shown_anew_can_be_posted(server: Server) -> None:
    shown = await use(server, "preview")
    await post(server)
    again = await click(server.moderator, shown, "Post now")
    await click(server.moderator, again, "Post now")

    assert len(await history(server)) == 2


async def test_a_preview_is_good_for_a_day(server: Server) -> None:
    shown = await use(server, "preview")
    await later(server, days=1, minutes=1)

    assert "This preview is too old" in text_of(await click(server.moderator, shown, "Post now"))


async def test_older_previews_make_room_for_new_ones(server: Server) -> None:
    first = await use(server, "preview")
    for _ in range(20):
        await server.env.advance_time(0.5)
        await use(server, "preview", figure=False)
    facts = [await server.store.facts.get(f"digest-draft:{server.guild.id}:{place}") for place in range(-1, 17)]

    assert len(list(filter(None, facts))) <= 16
    assert labels(first)[-2:] == ["Post now", "Schedule"]


@pytest.mark.parametrize("state", ["", "x", "1", "9" * 30, "²"])
async def test_a_preview_that_never_was_is_too_old(server: Server, state: str) -> None:
    forged = await server.post(ui.Button(label="Press", custom_id=f"bb:digest-post:{state}"))

    assert "This preview is too old" in text_of(await click(server.moderator, forged, "Press"))


async def test_a_preview_cannot_be_posted_where_i_may_not_post_any_more(server: Server) -> None:
    channel = channel_without(server, send_messages=False)
    shown = await use(server, "preview", channel=channel)
    refused = await click(server.moderator, shown, "Post now")

    assert "I lack Send Messages" in text_of(refused)
    assert await history(server) == []


# ------------------------------------------------------------------ unanswered questions


async def test_a_question_that_was_not_answered_waits_for_approval(server: Server) -> None:
    await ask(server, "who built the moon")
    shown = await use(server, "preview")

    assert "who built the moon" not in text_of(shown)
    assert [one["label"] for one in select_of(shown, "digest-approve")["options"]] == ["who built the moon"]


async def test_an_approved_question_is_shown_and_posted(server: Server) -> None:
    await ask(server, "who built the moon")
    shown = await use(server, "preview")
    approved = await choose(server.moderator, shown, "digest-approve", ["1"])
    text = text_of(approved)
    await click(server.moderator, approved, "Post now")
    await deliver(server, SOON)

    assert "**Asked, and not answered by the brief**\n- who built the moon" in text
    assert "- who built the moon" in text_of(posts(server.channel)[0])


async def test_an_approved_question_stays_chosen(server: Server) -> None:
    await ask(server, "who built the moon", "what colour is a unicorn")
    approved = await choose(server.moderator, await use(server, "preview"), "digest-approve", ["1"])

    assert defaults(approved, "digest-approve") == {"1"}


async def test_an_approval_can_be_taken_back(server: Server) -> None:
    await ask(server, "who built the moon")
    approved = await choose(server.moderator, await use(server, "preview"), "digest-approve", ["1"])

    assert "not answered by the brief" not in text_of(await choose(server.moderator, approved, "digest-approve", []))


async def test_an_approved_question_that_was_dismissed_is_not_posted(server: Server) -> None:
    await ask(server, "who built the moon")
    approved = await choose(server.moderator, await use(server, "preview"), "digest-approve", ["1"])
    await server.store.unanswered.dismiss(server.guild.id, 1)
    await click(server.moderator, approved, "Post now")
    await deliver(server, SOON)

    assert "the moon" not in text_of(posts(server.channel)[0])


async def test_the_picture_stays_when_the_card_changes(server: Server) -> None:
    await ask(server, "who built the moon")
    shown = await use(server, "preview")
    approved = await choose(server.moderator, shown, "digest-approve", ["1"])

    assert [one.filename for one in message_of(approved).attachments] == [
        one.filename for one in message_of(shown).attachments
    ]


async def test_a_hostile_question_is_shown_letter_by_letter(server: Server) -> None:
    await ask(server, HOSTILE)
    approved = await choose(server.moderator, await use(server, "preview"), "digest-approve", ["1"])

    assert f"- {ESCAPED}" in text_of(approved)


# ------------------------------------------------------------------ of a schedule


async def test_the_preview_of_a_schedule_is_what_it_will_post(server: Server) -> None:
    made = await schedule(server, title="Mondays")
    before = card_of(await use(server, "preview", schedule="1"))
    assert made.next_due
    await deliver(server, made.next_due)

    assert card_of(posts(server.channel)[0]) == before


async def test_the_second_digest_of_a_schedule_is_previewed_after_the_first(server: Server) -> None:
    made = await schedule(server)
    assert made.next_due
    await deliver(server, made.next_due)
    await later(server, days=5)
    before = card_of(await use(server, "preview", schedule="1"))
    await deliver(server, made.next_due + dt.timedelta(days=7))

    assert card_of(posts(server.channel)[1]) == before


async def test_the_preview_of_a_schedule_does_not_schedule_it_again(server: Server) -> None:
    await schedule(server)

    assert labels(await use(server, "preview", schedule="1"))[-1] == "Post now"


async def test_the_preview_of_a_later_digest_of_a_schedule_can_be_posted_at_once(server: Server) -> None:
    made = await schedule(server)
    assert made.next_due
    for week in range(2):
        await deliver(server, made.next_due + dt.timedelta(weeks=week))
    await later(server, days=13)
    shown = await use(server, "preview", schedule="1")
    await click(server.moderator, shown, "Post now")

    assert [one.number for one in await history(server) if one.schedule_id is None] == [3]


async def test_a_question_that_is_approved_for_a_schedule_is_in_its_next_digest_alone(server: Server) -> None:
    await ask(server, "who built the moon")
    made = await schedule(server, days="mon")
    approved = await choose(server.moderator, await use(server, "preview", schedule="1"), "digest-approve", ["1"])
    assert made.next_due
    for week in range(2):
        await deliver(server, made.next_due + dt.timedelta(weeks=week))

    assert "Saved for the next digest of this schedule." in text_of(approved)
    assert ["the moon" in text_of(one) for one in posts(server.channel)] == [True, False]


async def test_what_was_approved_for_a_schedule_is_chosen_when_it_is_previewed_again(server: Server) -> None:
    await ask(server, "who built the moon")
    await schedule(server)
    await choose(server.moderator, await use(server, "preview", schedule="1"), "digest-approve", ["1"])

    assert defaults(await use(server, "preview", schedule="1"), "digest-approve") == {"1"}


async def test_an_edit_keeps_what_was_approved(server: Server) -> None:
    await ask(server, "who built the moon")
    await schedule(server)
    await choose(server.moderator, await use(server, "preview", schedule="1"), "digest-approve", ["1"])
    await use(server, "edit", schedule="1", title="Mondays")

    assert approved_in((await schedules(server))[0].setting, 1) == ("who built the moon",)
