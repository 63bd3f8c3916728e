"""Our bot over the wire: what people and forgers may throw at it, and channels and messages that are gone."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.wire.bot_process import (
    ANSWER,
    ANSWERED,
    TINY,
    forged,
    is_sound,
    replied,
    replies_to,
    staged_bot,
    visitor,
)
from tests.wire.faults import Deny, Hold
from tests.wire.fixtures import Classroom, Stage
from tests.wire.interactions import AckKind, Interaction
from tests.wire.model import Channel, Message
from tests.wire.permissions import Permission
from tests.wire.validation import Description

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALLBACK = "/interactions/*/*/callback"
HOSTILE = "@everyone **free** [nitro](https://evil.example) ||y|| `x` # do tests matter?"


async def prepare(room: Classroom, folder: Path) -> None:
    """Let the bot mention everyone, so that only its own care keeps it from that; add a pack that tries to."""
    room.guild.role("briefbot").permissions |= Permission.MENTION_EVERYONE
    pack = Path(shutil.copytree(TINY, folder / "loud"))
    passages = (pack / "passages.yaml").read_text("utf-8")
    (pack / "passages.yaml").write_text(passages.replace(ANSWER, "Tests matter to @everyone and @here."), "utf-8")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None, shared_home: Path) -> AsyncIterator[Stage]:
    async with staged_bot(description, shared_home, prepare, packs=[TINY, str(shared_home / "loud")]) as one:
        yield one


async def ask(stage: Stage, question: str = ANSWERED, **more: Any) -> Interaction:
    return await stage.room.anna.slash(stage.room.general, "ask", question=question, **more)


def mention(stage: Stage, question: str = ANSWERED, channel: Channel | None = None) -> Message:
    name = stage.server.world.bot.mention
    return visitor(stage.room).say(channel or stage.room.general, f"{name} {question}")


async def held(stage: Stage, done: Interaction) -> None:
    """Wait for an acknowledgement, with what else the bot says by then."""
    await stage.server.until(lambda: done.acknowledged)


# ------------------------------------------------------------------ what nobody ever made


@pytest.mark.parametrize(
    "custom_id",
    [
        "bb:show:gone.gone",
        "bb:visit:gone",
        "bb:more:a,b,c,,,",
        "bb:around:../../etc",
        "bb:chart:",
        "bb:share:gone",
        "bb:remove:1",
        "bb:remove:",
        "bb:advice:gone.99999999999999999999",
        "bb:section-page:gone.1.1",
        "bb:outline:gone",
        "bb:report:gone",
        "bb:reported:gone",
        "bb:privacy-name:2",
        "bb:privacy-delete:1",
        "bb:set-switch:private.1",
        "bb:set-role:instructor_role",
        "bb:unanswered-dismiss:0",
        "bb:of-a-later-version:1",
        "another-bot:1",
        "bb:show:" + "x" * 92,
        "bb:" + "\N{GRINNING FACE}" * 90,
    ],
)
async def test_a_forged_button_is_met_with_a_private_sentence(stage: Stage, custom_id: str) -> None:
    done = await stage.room.anna.click(forged(stage.room, custom_id), custom_id)

    assert is_sound(done)
    assert done.message.owner == stage.room.anna.user.id or done.message is done.source


async def test_a_button_of_another_version_says_so(stage: Stage) -> None:
    done = await stage.room.anna.click(forged(stage.room, "bb:of-a-later-version:1"), "bb:*")

    assert "This button belongs to another version of me" in done.message.text


async def test_a_forged_button_does_not_take_anothers_answer_away(stage: Stage) -> None:
    shown = await ask(stage)
    await stage.room.ben.click(shown.message, "bb:remove:*")

    assert not shown.message.deleted


async def test_a_forged_button_does_not_change_the_settings(stage: Stage) -> None:
    done = await stage.room.anna.click(forged(stage.room, "bb:set-switch:private.1"), "bb:*")

    assert "it takes Manage Server" in done.message.text
    assert not (await ask(stage)).message.ephemeral


# ------------------------------------------------------------------ what people write


@pytest.mark.parametrize("question", ["@everyone @here do tests matter?", "<@&1> <@{anna}> <@&{everyone}> tests?"])
async def test_nobody_is_pinged_by_a_question(stage: Stage, question: str) -> None:
    written = question.format(anna=stage.room.anna.user.id, everyone=stage.room.guild.id)
    answers = [(await ask(stage, written)).message, await replied(stage.server, mention(stage, written))]

    assert [one.pings | one.role_pings | {one.pings_everyone} for one in answers] == [{False}, {False}]


async def test_nobody_is_pinged_by_a_pack(stage: Stage) -> None:
    done = await ask(stage, brief="loud")

    assert "everyone" in done.message.text
    assert not done.message.pings_everyone


async def test_nobody_is_pinged_when_an_answer_is_shared(stage: Stage) -> None:
    shown = await stage.room.anna.slash(stage.room.general, "ask", question=ANSWERED, private=True)
    shared = await stage.room.anna.click(shown.message, "bb:share:*")

    assert stage.room.anna.user.mention in shared.message.text
    assert not shared.message.pings


async def test_markdown_in_a_question_stays_what_it_is(stage: Stage) -> None:
    done = await ask(stage, HOSTILE)

    assert "\\*\\*free\\*\\* \\[nitro\\](https\\://evil.example) \\|\\|y\\|\\|" in done.message.text


async def test_six_thousand_characters_are_too_many(stage: Stage) -> None:
    done = await ask(stage, "tests matter " * 461 + "or what")

    assert done.message.text.startswith("That is 6,000 characters long")
    assert done.message.ephemeral


async def test_two_thousand_characters_of_a_mention_are_too_many(stage: Stage) -> None:
    said = mention(stage, "Tests matter. " * 140)

    assert "characters long" in (await replied(stage.server, said)).text


async def test_six_thousand_characters_are_completed_like_others(stage: Stage) -> None:
    assert await stage.room.anna.autocomplete(stage.room.general, "ask", "question", "tests " * 1_000) == [ANSWERED]


# ------------------------------------------------------------------ where it may not write


@pytest.mark.parametrize("denied", [Permission.SEND_MESSAGES, Permission.READ_MESSAGE_HISTORY])
async def test_a_mention_is_met_with_silence_where_the_bot_may_not_reply(stage: Stage, denied: Permission) -> None:
    channel = stage.server.world.add_channel(stage.room.guild, "quiet")
    stage.server.world.set_overwrite(channel, stage.server.world.bot, deny=denied)
    said = mention(stage, channel=channel)
    await ask(stage)

    assert replies_to(said) == []
    assert stage.server.recorder.calls("POST", f"/channels/{channel.id}/messages") == []


async def test_a_command_is_answered_where_the_bot_may_not_write(stage: Stage) -> None:
    channel = stage.server.world.add_channel(stage.room.guild, "quiet")
    stage.server.world.set_overwrite(channel, stage.server.world.bot, deny=Permission.SEND_MESSAGES)
    done = await stage.room.anna.slash(channel, "ask", question=ANSWERED)

    assert ANSWER in done.message.text


async def test_a_mention_that_discord_lets_nobody_answer_is_met_with_silence(stage: Stage) -> None:
    denied = stage.server.faults.on("POST", "/channels/*/messages", answer=Deny(403, 50013, "Missing Permissions"))
    said = mention(stage)
    await denied.reached()
    await ask(stage)

    assert replies_to(said) == []


# ------------------------------------------------------------------ what is gone


async def test_a_card_that_is_deleted_under_a_page_button_is_told_of(stage: Stage) -> None:
    shown = await stage.room.anna.slash(stage.room.general, "browse")
    rule = stage.server.faults.on("POST", CALLBACK, answer=Hold())
    done = await stage.room.anna.select(shown.message, "bb:section:*", "0", wait=0)
    await rule.reached()
    stage.server.messages.delete(shown.message)
    rule.release()
    await held(stage, done)

    assert done.message.text == "This message has been deleted meanwhile."


async def test_a_card_that_is_deleted_as_it_is_taken_back_is_no_fault(stage: Stage) -> None:
    shown = await ask(stage)
    rule = stage.server.faults.on("DELETE", "/webhooks/**", answer=Hold())
    done = await stage.room.anna.click(shown.message, "bb:remove:*")
    await rule.reached()
    stage.server.messages.delete(shown.message)
    rule.release()

    assert done.ack is AckKind.DEFERRED_UPDATE
    assert is_sound(await ask(stage))


async def test_a_question_that_is_deleted_is_not_answered(stage: Stage) -> None:
    rule = stage.server.faults.on("POST", "/channels/*/messages", answer=Hold())
    said = mention(stage)
    await rule.reached()
    stage.server.messages.delete(said)
    rule.release()
    await ask(stage)

    assert replies_to(said) == []


async def test_a_channel_that_is_deleted_under_a_button_is_no_fault(stage: Stage) -> None:
    channel = stage.server.world.add_channel(stage.room.guild, "doomed")
    shown = await stage.room.anna.slash(channel, "ask", question=ANSWERED)
    rule = stage.server.faults.on("POST", CALLBACK, answer=Hold())
    done = await stage.room.anna.click(shown.message, "bb:up:*", wait=0)
    await rule.reached()
    stage.server.world.delete_channel(channel)
    rule.release()
    await stage.bot.says("the interaction was gone")

    assert not done.acknowledged


async def test_none_of_this_is_a_fault_in_the_log(stage: Stage) -> None:
    assert [line for line in stage.bot.lines if " ERROR " in line or "Traceback" in line] == []
