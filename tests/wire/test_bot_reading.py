"""Our bot over the wire: everything that a reader can use, once, as Discord's description has it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.answers.unanswered import same_question
from bot.store.database import Store, sqlite_url
from bot.store.records import GuildSettings
from bot.store.unanswered import Asked
from tests.wire.bot_process import DATABASE, TINY, forged, is_sound, replied, replies_to, staged_bot, visitor
from tests.wire.fixtures import Classroom, Stage
from tests.wire.interactions import AckKind, Interaction
from tests.wire.model import Json, Message
from tests.wire.validation import Description

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Why does Moscow distrust Clinton?"
REFUSED = "What did Tillerson promise?"
READING: list[tuple[str, dict[str, Any]]] = [
    ("ask", {"question": QUESTION}),
    ("ask", {"question": QUESTION, "private": True}),
    ("ask", {"question": REFUSED}),
    ("ask", {"question": "Do tests matter?", "brief": "tiny"}),
    ("ask", {"question": "What share of Russians thinks badly of Clinton?"}),
    ("ask", {"question": "qwrtz"}),
    ("browse", {}),
    ("browse", {"section": "Summary"}),
    ("quote", {}),
    ("quote", {"speaker": "Putin", "private": True}),
    ("poll", {}),
    ("recommendations", {}),
    *(("cite", {"style": style}) for style in ("APA", "MLA", "Chicago", "Harvard", "BibTeX", "RIS")),
    ("help", {}),
    ("privacy show", {}),
    ("privacy export", {}),
    ("privacy delete", {}),
]
LEADING: list[tuple[str, dict[str, Any]]] = [
    ("unanswered list", {}),
    ("unanswered export", {}),
    ("unanswered dismiss", {"item": "q1"}),
    ("settings show", {}),
    ("settings timezone", {"zone": "Europe/Berlin"}),
]
ACTIONS = set(
    "show more around walk share remove up down report reported outline contents outline-page section section-page"
    " visit chart advice privacy-name privacy-export privacy-ask privacy-delete unanswered-page unanswered-dismiss"
    " set-page set-brief set-switch set-ask set-bind set-bound set-forget set-post set-role".split()
)


async def prepare(room: Classroom, folder: Path) -> None:
    """Keep what takes long to come about: questions without an answer, and a channel of a brief that is gone."""
    store = await Store.open(sqlite_url(folder / DATABASE))
    now = dt.datetime.now(dt.UTC)
    asked = [Asked(room.guild.id, "hansen-2016", f"{word} in the brief", now, 1) for word in WORDS]
    await store.unanswered.note_all(asked, same_question)
    old = room.server.world.add_channel(room.guild, "old")
    await store.guilds.save(GuildSettings(room.guild.id, channel_packs={old.id: "gone"}))
    await store.close()


WORDS = ("badgers", "volcanoes", "cellos", "knitting", "tundra", "harpsichords", "lichens", "glaciers")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(description: Description | None, shared_home: Path) -> AsyncIterator[Stage]:
    async with staged_bot(description, shared_home, prepare, packs=["hansen-2016", TINY]) as one:
        yield one


async def ask(stage: Stage, question: str, **more: Any) -> Interaction:
    return await stage.room.anna.slash(stage.room.general, "ask", question=question, **more)


async def test_a_question_is_answered(stage: Stage) -> None:
    done = await ask(stage, QUESTION)

    assert "distrusts Clinton" in done.message.text


async def test_a_question_that_the_brief_does_not_answer_is_refused(stage: Stage) -> None:
    done = await ask(stage, REFUSED)

    assert "The brief does not mention Tillerson." in done.message.text


@pytest.mark.parametrize(("path", "options"), READING)
async def test_a_reader_is_answered(stage: Stage, path: str, options: dict[str, Any]) -> None:
    done = await stage.room.ben.slash(stage.room.general, path, **options)

    assert is_sound(done)


@pytest.mark.parametrize(("path", "options"), LEADING)
async def test_who_leads_is_answered(stage: Stage, path: str, options: dict[str, Any]) -> None:
    done = await stage.room.admin.slash(stage.room.general, path, **options)

    assert is_sound(done)
    assert done.message.ephemeral


@pytest.mark.parametrize(
    ("path", "option", "typed"),
    [
        ("ask", "question", ""),
        ("ask", "question", "why does mosc"),
        ("ask", "brief", "ti"),
        ("browse", "section", "sum"),
        ("quote", "speaker", "put"),
        ("quote", "about", ""),
        ("poll", "figure", ""),
        ("cite", "passage", "russ"),
    ],
)
async def test_what_one_types_is_completed(stage: Stage, path: str, option: str, typed: str) -> None:
    assert await stage.room.anna.autocomplete(stage.room.general, path, option, typed)


@pytest.mark.parametrize(("path", "option"), [("settings timezone", "zone"), ("unanswered dismiss", "item")])
async def test_what_a_leader_types_is_completed(stage: Stage, path: str, option: str) -> None:
    assert await stage.room.admin.autocomplete(stage.room.general, path, option, "")


async def test_a_message_is_looked_up(stage: Stage) -> None:
    said = stage.room.anna.say(stage.room.general, "Moscow distrusts Clinton, and hopes for sanctions to go.")
    done = await stage.room.ben.use_on(said, "Find in the brief")

    assert "What the brief says to this" in done.message.text
    assert done.message.owner == stage.room.ben.user.id


async def test_a_mention_is_answered_as_a_reply(stage: Stage) -> None:
    said = stage.room.anna.say(stage.room.general, f"{stage.server.world.bot.mention} {QUESTION}")

    assert "distrusts Clinton" in (await replied(stage.server, said)).text


async def test_a_mention_without_a_question_is_met_with_silence(stage: Stage) -> None:
    said = visitor(stage.room).say(stage.room.general, stage.server.world.bot.mention)
    await ask(stage, QUESTION)

    assert replies_to(said) == []


async def test_a_direct_message_needs_no_mention(stage: Stage) -> None:
    said = stage.room.anna.say(stage.room.anna.direct(), QUESTION)

    assert "distrusts Clinton" in (await replied(stage.server, said)).text


@pytest.mark.parametrize(("path", "options"), READING)
async def test_a_reader_is_answered_in_direct_messages(stage: Stage, path: str, options: dict[str, Any]) -> None:
    assert is_sound(await stage.room.ben.slash(stage.room.ben.direct(), path, **options))


async def test_a_reader_carries_the_bot_into_another_server(stage: Stage) -> None:
    abroad = stage.server.world.add_guild("Abroad", joined=False)
    stage.server.world.add_member(abroad, stage.room.anna.user)
    channel = stage.server.world.add_channel(abroad, "general")
    done = await stage.room.anna.slash(channel, "ask", question=QUESTION)

    assert done.message.ephemeral


async def test_a_new_server_is_greeted_once(stage: Stage) -> None:
    await stage.bot.says("ready as")
    guild = stage.server.world.add_guild("New group", joined=False)
    channel = stage.server.world.add_channel(guild, "general")
    stage.server.world.join(guild)

    assert await stage.server.until(lambda: [one.author.bot for one in channel.history]) == [True]


# ------------------------------------------------------------------ everything that can be pressed


@dataclass(slots=True)
class Tour:
    """Uses what the cards offer, and what those offer that come of it; a few states of each action are enough."""

    stage: Stage
    used: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    done: list[Interaction] = field(default_factory=list)

    async def begin(self, commands: list[tuple[str, dict[str, Any]]]) -> None:
        """Go through the cards that commands show."""
        for path, options in commands:
            shown = await self.stage.room.admin.slash(self.stage.room.general, path, **options)
            await self.look_at(shown.message)

    async def turn_pages(self) -> None:
        """Turn pages that these briefs are too short to have, with the buttons that a longer one shows."""
        key = next(name for name in self.seen if name.startswith("bb:outline:")).rpartition(":")[2]
        names = (f"bb:{action}:{key}.0" for action in ("advice", "outline-page"))
        await self.look_at(forged(self.stage.room, *names))

    async def look_at(self, first: Message) -> None:
        """Use what is new on a message, and on those that come of it."""
        waiting = [first]
        while waiting:
            message = waiting.pop()
            while part := next(self.fresh(message), None):
                done = await self.use(message, part)
                waiting += [one for one in (done.original, *done.followups) if one not in (None, message)]

    def fresh(self, message: Message) -> Iterator[Json]:
        """Yield the parts that have not been used; what takes the message away comes last."""
        parts = [] if message.deleted else [one for one in message.walk if "custom_id" in one]
        for one in sorted(parts, key=lambda part: action_of(part) == "remove"):
            known = one["custom_id"] in self.seen or self.used[action_of(one)] >= 3
            if not one.get("disabled") and not known:
                yield one

    async def use(self, message: Message, part: Json) -> Interaction:
        """Press a button, choose in a select, and send the form that opens."""
        self.seen.add(part["custom_id"])
        self.used[action_of(part)] += 1
        admin, room = self.stage.room.admin, self.stage.room
        if part["type"] == 2:
            done = await admin.click(message, part["custom_id"])
        else:
            offered = {3: [one["value"] for one in part.get("options", ())], 6: [room.guild.role("admins")]}
            value = offered.get(part["type"], [room.general])[0]
            done = await admin.select(message, part["custom_id"], value)
        self.done.append(done)
        if done.ack is AckKind.MODAL:
            self.used[action_of(done.ack_data)] += 1
            done = await admin.submit(done, {"note": "This is wrong, I think.", "asked": "Who says so?"})
            self.done.append(done)
        return done


def action_of(part: Json) -> str:
    return str(part["custom_id"]).split(":")[1]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tour(stage: Stage) -> Tour:
    made = Tour(stage)
    await made.begin(READING)
    await made.turn_pages()
    await made.begin([("unanswered list", {}), ("settings show", {})])
    return made


async def test_every_button_select_and_form_is_shown_and_used(tour: Tour) -> None:
    assert ACTIONS - set(tour.used) == set()


async def test_none_of_them_is_left_without_an_answer_or_with_a_fault(tour: Tour) -> None:
    assert [(one.data["custom_id"], one) for one in tour.done if not is_sound(one)] == []


async def test_a_report_reaches_the_list(tour: Tour) -> None:
    room = tour.stage.room
    done = await room.admin.slash(room.general, "unanswered list")

    assert "This is wrong, I think." in done.message.text or "Next page" in str(done.message.components)


async def test_discord_refuses_nothing_of_all_this(tour: Tour) -> None:
    refused = [call for call in tour.stage.server.recorder.all if not 200 <= call.status < 300]

    assert [(call.method, call.path, call.answer) for call in refused] == []
