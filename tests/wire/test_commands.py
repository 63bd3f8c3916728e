"""What a bot answers to players, over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from tests.wire.fixtures import Stage, staged
from tests.wire.interactions import AckKind
from tests.wire.model import MessageFlag
from tests.wire.players import NotOfferedError
from tests.wire.validation import Description

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None) -> AsyncIterator[Stage]:
    async with staged(description) as one:
        yield one


async def test_a_command_is_answered_in_its_channel(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "ask", question="why?")

    assert done.message.text == "you asked: why?"
    assert done.message is stage.room.general.latest


async def test_the_wait_for_an_acknowledgement_is_measured(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "ask", question="why?")

    assert done.latency is not None
    assert 0 < done.latency < 3


async def test_a_private_answer_is_seen_by_the_asker_alone(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "ask", question="why?", private=True)

    assert done.message.owner == stage.room.anna.user.id
    assert done.message not in stage.room.general.history


async def test_options_are_completed_while_typing(stage: Stage) -> None:
    offered = await stage.room.anna.autocomplete(stage.room.general, "ask", "question", "wh")

    assert offered == ["wh 0", "wh 1", "wh 2"]


async def test_an_unknown_option_is_not_offered(stage: Stage) -> None:
    with pytest.raises(ValueError, match="has no options"):
        await stage.room.anna.slash(stage.room.general, "ask", question="why?", color="red")


async def test_an_unknown_command_is_not_offered(stage: Stage) -> None:
    with pytest.raises(NotOfferedError):
        await stage.room.anna.slash(stage.room.general, "nothing")


async def test_a_button_changes_its_message(stage: Stage) -> None:
    shown = await stage.room.anna.slash(stage.room.general, "press")
    pressed = await stage.room.ben.click(shown.message, "press:*")

    assert pressed.ack is AckKind.UPDATE
    assert shown.message.component(label="pressed 1 times")["custom_id"] == "press:1"


async def test_a_layout_view_is_sent_with_the_flag_of_components_v2(stage: Stage) -> None:
    shown = await stage.room.anna.slash(stage.room.general, "press")

    assert shown.message.flags == MessageFlag.COMPONENTS_V2


async def test_a_form_is_filled_and_sent_off(stage: Stage) -> None:
    opened = await stage.room.anna.slash(stage.room.general, "form")
    done = await stage.room.anna.submit(opened, {"words": "some words", "pick": "b"})

    assert done.message.text == "some words/b"


async def test_a_form_without_a_required_answer_is_not_sent(stage: Stage) -> None:
    opened = await stage.room.anna.slash(stage.room.general, "form")

    with pytest.raises(NotOfferedError):
        await stage.room.anna.submit(opened, {"words": "some words"})


async def test_a_file_is_served_where_its_message_says(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "picture")
    url = done.message.components[0]["items"][0]["media"]["url"]
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        content = await response.read()

    assert content == done.message.attachments[0].content


async def test_a_picture_keeps_its_alternative_text(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "picture")

    assert done.message.attachments[0].description == "a picture of nothing"


async def test_a_deferred_answer_fills_its_thinking(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "slow")
    await stage.server.until(lambda: not done.message.loading)

    assert (done.ack, done.message.text, done.message.ephemeral) == (AckKind.DEFERRED_MESSAGE, "done", True)


async def test_an_answer_is_followed_up_and_taken_back(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "followed")
    await stage.server.until(lambda: done.message.deleted)

    assert [one.text for one in done.followups] == ["second"]


async def test_a_message_command_gets_the_words_of_its_message(stage: Stage) -> None:
    message = stage.room.ben.say(stage.room.general, "words without a mention")
    done = await stage.room.anna.use_on(message, "Find in the brief")

    assert done.message.text == "found: words without a mention"


async def test_a_command_works_in_direct_messages(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.anna.direct(), "ask", question="why?")

    assert done.message.channel is stage.room.anna.direct()


async def test_silence_is_no_acknowledgement(stage: Stage) -> None:
    done = await stage.room.anna.slash(stage.room.general, "later", wait=0.05)

    assert not done.acknowledged


async def test_a_mention_brings_the_message_and_its_words(stage: Stage) -> None:
    stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} hello")
    found = await stage.server.until(
        lambda: next((one for one in stage.room.general.history if "/ Anna" in one.text), None)
    )

    assert "hello / Anna" in found.text


async def test_history_goes_back_from_a_message(stage: Stage) -> None:
    before = [one.id for one in stage.room.general.history[-3:]]
    asked = stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} history 3")
    answer = await stage.server.until(lambda: [one for one in stage.room.general.history if one.id > asked.id])

    assert answer[0].content.split() == [str(one) for one in reversed(before)]


async def test_a_nonce_keeps_a_message_single(stage: Stage) -> None:
    asked = stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} nonce slot-1")
    await stage.bot.says("did nonce")
    posted = [one.content for one in stage.room.general.history if one.id > asked.id]

    assert posted == ["once", "True"]


async def test_a_thread_takes_messages(stage: Stage) -> None:
    stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} thread")
    await stage.bot.says("did thread")

    assert [one.content for one in stage.room.guild.channel("a thread").history] == ["in the thread"]


async def test_an_edit_counts(stage: Stage) -> None:
    stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} edit")
    await stage.bot.says("did edit")

    assert [one.edits for one in stage.room.general.history if one.content == "after"] == [1]


async def test_a_reply_pings_nobody_when_it_may_not(stage: Stage) -> None:
    stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} reply")
    await stage.bot.says("did reply")
    reply = next(one for one in stage.room.general.history if one.content.startswith("a reply"))

    assert (reply.pings, reply.pings_everyone) == (frozenset(), False)
