"""A round, from the lobby to the podium, as its instructor and its players live it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord

from bot.brief.quiz_items import Difficulty, ItemKind
from bot.discord.cogs.quiz import Quiz
from bot.discord.quizzes.live import Live
from bot.quiz.events import Row
from bot.quiz.items import Exactly, Item, Pick, Source, Worded
from bot.quiz.state import Phase, next_tick
from bot.store.quiz_records import KeptRound
from bot.store.records import Person
from tests.discord.conftest import Server, act, button_id, click, labels, text_of

THREE = 3


def choice(number: int, *, right: int = 0) -> Item:
    options = tuple(f"Answer {letter} to {number}" for letter in "ABCD")
    return item(f"choice-{number}", ItemKind.CHOICE, options, Pick(right))


def item(name: str, kind: ItemKind, options: tuple[str, ...], right: Pick | Exactly | Worded) -> Item:
    return Item(
        id=name,
        kind=kind,
        stem=f"What about {name}?",
        options=options,
        right=right,
        explanation=f"Because of {name}.",
        citation=f"A place for {name}",
        topic="Rivers",
        difficulty=Difficulty.EASY,
        source=Source.GENERATED,
    )


class Class:
    """An instructor, two players and somebody else, and a set of three choices that the first letter answers."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.instructor = server.moderator
        self.anna = server.member("anna")
        self.ben = server.member("ben")

    @property
    def cog(self) -> Quiz:
        found = self.server.bot.get_cog("Quiz")
        assert isinstance(found, Quiz)
        return found

    @property
    def live(self) -> Live:
        (found,) = self.cog.host.running(self.server.guild.id)
        return found

    async def keep_set(self, *items: Item, name: str = "rivers") -> None:
        chosen = items or tuple(map(choice, range(1, 1 + THREE)))
        pack = self.server.library.default.id
        await self.server.store.quizzes.save_set(
            self.server.guild.id, pack, name, chosen, self.instructor.id, self.server.env.now()
        )

    async def start(self, *items: Item, **options: Any) -> simcord.InteractionResult:
        """Start a round of a set in the channel itself, which the tests look at."""
        await self.keep_set(*items)
        shown = await self.lead("start", **({"set": "rivers", "place": "channel"} | options))
        await self.server.settle()
        return shown

    async def begin(self, *items: Item, **options: Any) -> simcord.InteractionResult:
        """Start a round and its first question."""
        controls = await self.start(*items, **options)
        await click(self.instructor, controls, "Start")
        await self.server.settle()
        return controls

    async def lead(self, command: str, **options: Any) -> simcord.InteractionResult:
        return await self.instructor.slash(self.server.channel, f"quiz {command}", **options)

    @property
    def channel(self) -> discord.TextChannel:
        """Give the channel as the bot sees it."""
        found = self.server.bot.get_channel(self.server.channel.id)
        assert isinstance(found, discord.TextChannel)
        return found

    async def stop(self) -> None:
        """End the round by the command, which asks once."""
        await click(self.instructor, await self.lead("stop"), "Stop now")
        await self.server.env.advance_time(2)

    def posts(self) -> list[discord.Message]:
        """List what stands in the channel for all, oldest first."""
        found = [one for one in self.server.channel.history() if not one.flags.ephemeral and one.components]
        return sorted(found, key=lambda message: message.id)

    def question(self) -> discord.Message:
        """Give the message of the latest question, or of the podium."""
        return self.posts()[-1]

    async def pass_time(self) -> None:
        """Let the time of what is open, or shown, run out."""
        due = next_tick(self.live.state)
        assert due is not None
        await self.server.env.advance_time((due - self.server.env.now()).total_seconds() + 1)
        await self.server.settle()

    async def kept(self) -> KeptRound:
        head = (await self.server.store.rounds.recent(self.server.guild.id))[0]
        found = await self.server.store.rounds.find(self.server.guild.id, head.id)
        assert found is not None
        return found

    async def rows(self) -> tuple[Row, ...]:
        return (await self.kept()).state.rows


@pytest.fixture
def room(server: Server) -> Class:
    return Class(server)


async def pick(player: simcord.MemberActor, message: discord.Message, letter: str) -> str:
    return text_of(await click(player, message, letter))


async def test_a_lobby_tells_what_will_be_and_who_sees_answers(room: Class) -> None:
    controls = await room.start()
    (lobby,) = room.posts()

    assert "3 questions" in text_of(lobby)
    assert "instructors of this server can see your answers" in text_of(lobby)
    assert labels(lobby) == ["Join", "Leave"]
    assert controls.response is not None
    assert controls.response.ephemeral


async def test_who_joins_is_counted_and_told_who_sees_answers(room: Class) -> None:
    await room.start()
    told = text_of(await click(room.anna, room.posts()[0], "Join"))
    await room.server.env.advance_time(4)

    assert "instructors of this server can see your answers with your name" in told
    assert "1 person has joined" in text_of(room.posts()[0])


async def test_a_round_goes_from_the_lobby_to_the_podium_by_itself(room: Class) -> None:
    await room.begin()
    for _ in range(THREE):
        assert "Noted: A" in await pick(room.anna, room.question(), "A")
        assert "Noted: B" in await pick(room.ben, room.question(), "B")
        await room.pass_time()
        revealed = text_of(room.question())
        assert "Right answer" in revealed
        assert "A place for" in revealed
        await room.pass_time()
    podium = text_of(room.question())

    assert f"<@{room.anna.id}>" in podium
    assert len(room.posts()) == 1 + THREE + 1
    assert room.cog.host.running(room.server.guild.id) == []
    assert len(await room.rows()) == 2 * THREE


async def test_an_answer_is_a_row_before_it_is_acknowledged_and_is_confirmed_privately(room: Class) -> None:
    await room.begin()
    done = await click(room.anna, room.question(), "C")

    assert done.response is not None
    assert done.response.ephemeral
    assert [(row.player, row.given) for row in await room.rows()] == [(room.anna.id, 2)]


async def test_an_answer_can_be_changed_until_time_is_up(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "C")
    changed = await pick(room.anna, room.question(), "A")
    await room.pass_time()

    assert "Changed. Noted: A" in changed
    assert [(row.given, row.right) for row in await room.rows()] == [(0, True)]


async def test_an_open_question_shows_a_count_and_no_names(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "C")
    await pick(room.ben, room.question(), "A")
    await room.server.env.advance_time(5)
    shown = text_of(room.question())

    assert "2 answers so far" in shown
    assert str(room.anna.id) not in shown
    assert "anna" not in shown


async def test_a_typed_answer_is_judged_kindly(room: Class) -> None:
    await room.begin(item("river", ItemKind.TEXT, (), Worded(("Danube",))), choice(2), choice(3))
    form = await click(room.anna, room.question(), "Answer")
    told = text_of(await room.anna.submit_modal(form, {"answer": "the Danubbe"}))

    assert "Noted" in told
    assert "right" not in told.lower()
    assert [(row.given, row.right) for row in await room.rows()] == [("the Danubbe", True)]


async def test_the_instructor_moves_on_where_there_is_no_time(room: Class) -> None:
    controls = await room.begin(seconds=0)
    await room.server.env.advance_time(130)
    still_open = labels(room.question())
    for verb in ("Reveal now", "Next question", "Reveal now", "Next question", "Reveal now", "Show the result"):
        controls = await click(room.instructor, controls, verb)
        await room.server.settle()

    assert still_open == list("ABCD")
    assert "My result" in labels(room.question())


async def test_a_paused_question_takes_no_answers_and_gets_its_time_back(room: Class) -> None:
    controls = await room.begin(seconds=30)
    deadline = room.live.state.deadline
    await room.server.env.advance_time(10)
    await click(room.instructor, controls, "Pause")
    await room.server.settle()
    paused = room.question()
    await room.server.env.advance_time(100)
    resumed = await room.lead("pause")
    await room.server.settle()
    given = room.live.state.deadline

    assert labels(paused) == []
    assert "Paused" in text_of(paused)
    assert deadline is not None
    assert given is not None
    assert (given - deadline).total_seconds() == pytest.approx(100, abs=3)
    assert "Question 1" in text_of(resumed)


async def test_a_skipped_question_does_not_count(room: Class) -> None:
    await room.begin()
    first = room.question()
    await pick(room.anna, first, "A")
    await room.lead("skip")
    await room.server.settle()
    left = next(message for message in room.posts() if message.id == first.id)

    assert room.live.state.void == {1}
    assert labels(left) == []
    assert "does not count" in text_of(left)


async def test_stopping_yields_a_podium_of_what_was_revealed(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "A")
    await room.lead("next")
    await room.lead("next")
    await room.server.settle()
    await room.stop()

    assert f"<@{room.anna.id}>" in text_of(room.question())
    assert (await room.kept()).state.phase is Phase.ENDED


async def test_a_correction_after_the_end_changes_the_podium(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "A")
    await room.lead("next")
    await room.stop()
    before = text_of(room.question())
    asked = await room.lead("regrade", round=str((await room.kept()).id), question="1", action="void")
    await click(room.instructor, asked, "Do it")
    await room.server.env.advance_time(2)
    after = text_of(room.question())

    assert f"<@{room.anna.id}>, 1 point" in before
    assert f"<@{room.anna.id}>, 1 point" not in after
    assert await room.server.store.rounds.running() == []


async def test_who_hides_is_not_named_on_the_podium(room: Class) -> None:
    await room.server.store.people.save(Person(room.anna.id, hidden=True))
    await room.begin()
    await pick(room.anna, room.question(), "A")
    await room.lead("next")
    await room.stop()

    assert str(room.anna.id) not in text_of(room.question())
    assert "name hidden, 1 point" in text_of(room.question())


async def test_a_lobby_that_is_stopped_says_so_and_has_no_result(room: Class) -> None:
    await room.start()
    await room.stop()
    (lobby,) = room.posts()

    assert "cancelled before its first question" in text_of(lobby)
    assert labels(lobby) == []
    assert await room.server.store.rounds.running() == []


async def test_a_second_lobby_of_the_same_instructor_is_refused(room: Class) -> None:
    await room.start(place="thread")

    assert "waits here already" in text_of(await room.start(place="thread"))


async def test_stopping_by_the_button_asks_once(room: Class) -> None:
    controls = await room.begin()
    asked = await click(room.instructor, controls, "Stop…")
    running = len(room.cog.host.running(room.server.guild.id))
    await click(room.instructor, asked, "Stop now")

    assert running == 1
    assert room.cog.host.running(room.server.guild.id) == []


async def test_more_time_is_private_and_taken_over_by_the_next_quiz(room: Class) -> None:
    controls = await room.start(seconds=30)
    await click(room.anna, room.posts()[0], "Join")
    told = await room.lead("extra", member=room.anna, percent=50)
    await click(room.instructor, controls, "Start")
    await room.server.settle()
    await room.server.env.advance_time(40)
    late = await pick(room.ben, room.question(), "A")
    in_time = await pick(room.anna, room.question(), "A")
    await room.stop()
    again = text_of(await room.start())

    assert told.response is not None
    assert told.response.ephemeral
    assert "Time was up" in late
    assert "Noted" in in_time
    assert "50 %" in again


async def test_a_round_in_a_thread_leaves_the_channel_alone(room: Class) -> None:
    controls = await room.start(place="thread")
    await click(room.instructor, controls, "Start")
    await room.server.settle()

    assert room.live.place.channel_id == room.posts()[0].id
    assert len(room.posts()) == 1
    assert room.live.message("1") is not None


async def test_two_quizzes_in_one_server_keep_apart(room: Class) -> None:
    await room.begin(place="thread")
    await room.begin(place="channel")
    first, second = room.cog.host.running(room.server.guild.id)
    await pick(room.anna, room.question(), "A")

    assert [len(live.state.current) for live in (first, second)] == [0, 1]
    assert first.place != second.place


async def test_a_second_quiz_in_the_same_channel_is_refused(room: Class) -> None:
    await room.begin()

    assert "running in this channel already" in text_of(await room.start())


async def test_one_s_own_answer_is_told_after_the_reveal(room: Class) -> None:
    await room.begin()
    await pick(room.ben, room.question(), "B")
    await room.pass_time()
    mine = await act(room.ben, room.question(), "quiz-mine")

    assert mine.response is not None
    assert mine.response.ephemeral
    assert "Answer B to 1" in text_of(mine)


async def test_a_press_after_the_end_is_told_so(room: Class) -> None:
    await room.begin()
    old = room.question()
    pressed = button_id(old, "A")
    await room.stop()
    forged = await room.server.post(discord.ui.Button(label="A", custom_id=pressed))

    assert "This round is over" in text_of(await click(room.anna, forged, "A"))


@pytest.mark.parametrize("command", ["start", "next", "skip", "pause", "stop"])
async def test_leading_takes_an_instructor(room: Class, command: str) -> None:
    done = await room.anna.slash(room.server.channel, f"quiz {command}")

    assert "Only instructors can do this" in text_of(done)


async def test_extra_time_takes_an_instructor(room: Class) -> None:
    done = await room.anna.slash(room.server.channel, "quiz extra", member=room.ben, percent=50)

    assert "Only instructors can do this" in text_of(done)


async def test_the_instructor_role_leads(room: Class) -> None:
    role = room.server.guild.create_role("teacher")
    teacher = room.server.with_role("tess", role)
    settings = await room.server.services.book.settings(room.server.guild.id)
    await room.server.services.book.save(replace(settings, instructor_role=role.id))
    await room.keep_set()
    done = await teacher.slash(room.server.channel, "quiz start", set="rivers", place="channel")

    assert "Leading" in text_of(done)


async def test_a_button_of_the_controls_is_checked_when_it_is_pressed(room: Class) -> None:
    controls = await room.start()
    custom_id = button_id(controls, "Start")
    demoted = room.server.demote(room.instructor)
    forged = await room.server.post(discord.ui.Button(label="Start", custom_id=custom_id))

    assert "Only instructors can do this" in text_of(await click(demoted, forged, "Start"))


async def test_a_button_of_an_earlier_question_does_nothing_but_show_where_it_stands(room: Class) -> None:
    await room.begin()
    old = await room.lead("pause")
    await room.lead("pause")
    await room.lead("next")
    await room.lead("next")
    await room.server.env.advance_time(3)
    shown = text_of(await click(room.instructor, old, "Reveal now"))

    assert "moved on meanwhile" in shown
    assert room.live.state.phase is Phase.OPEN
    assert room.live.state.number == 2


async def test_the_question_whether_to_stop_stays_until_it_is_answered(room: Class) -> None:
    controls = await room.begin()
    asked = await click(room.instructor, controls, "Stop…")
    await pick(room.anna, room.question(), "A")
    await room.server.env.advance_time(6)
    await click(room.instructor, asked, "Go on")

    assert room.live.state.phase is Phase.OPEN


async def test_the_leader_cannot_play(room: Class) -> None:
    await room.begin()

    assert "cannot play in it" in await pick(room.instructor, room.question(), "A")
    assert "cannot play in it" in text_of(await click(room.instructor, room.posts()[0], "Join"))


async def test_a_set_is_taken_as_it_is(room: Class) -> None:
    assert "leave out topic, number and difficulty" in text_of(await room.start(number=3))


async def test_extra_time_can_be_taken_back(room: Class) -> None:
    await room.lead("extra", member=room.anna, percent=50)
    await room.lead("extra", member=room.anna, percent=0)

    assert "Extra time" not in text_of(await room.start())


async def test_who_has_extra_time_is_told_when_joining(room: Class) -> None:
    await room.lead("extra", member=room.anna, percent=50)
    await room.start()

    assert "You have 50 % more time" in text_of(await click(room.anna, room.posts()[0], "Join"))
    assert "more time" not in text_of(await click(room.ben, room.posts()[0], "Join"))


async def test_leading_without_a_quiz_says_how_to_start_one(room: Class) -> None:
    assert "/quiz start" in text_of(await room.lead("next"))


async def test_no_message_of_a_round_pings_anybody(room: Class) -> None:
    await room.begin()
    await pick(room.anna, room.question(), "A")
    await room.stop()

    sent = [one for one in room.server.env.http_requests if one.method == "POST" and one.path.endswith("/messages")]
    bodies = [one.json for one in sent if one.json]

    assert len(bodies) == 3  # lobby, question, podium
    assert all(body["allowed_mentions"].get("parse") == [] for body in bodies)
    assert not any(body["allowed_mentions"].get("users") for body in bodies)
