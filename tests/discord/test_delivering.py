"""What is due is posted, once: the bot's REST side on a small Discord of the tests, at whatever time a test says."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import discord
import pytest
import pytest_asyncio
from discord.http import Route

from bot.digest.contents import Parts, Setting
from bot.digest.delivery import mark
from bot.digest.forms import to_json
from bot.digest.rules import Frequency, Nth, Rule, next_slots
from bot.discord.client import BriefBot
from bot.discord.cogs.all import COGS
from bot.discord.cogs.deliver import Deliver
from bot.discord.delivering.worker import Worker
from bot.discord.digests.composing import setting_json
from bot.discord.library import Library
from bot.store.digest_records import Delivery, Schedule
from bot.store.records import GuildSettings
from tests.discord.conftest import Server, Workshop, text_of
from tests.wire.clock import Clock
from tests.wire.desk import Desk
from tests.wire.faults import Broken, Deny, Fault, Hold, Reset, TooMany
from tests.wire.fixtures import Classroom, furnish, judge
from tests.wire.model import Channel, Message, User
from tests.wire.permissions import Permission
from tests.wire.server import WireServer
from tests.wire.world import World

DUE = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
DAILY = Rule(frequency=Frequency.DAILY, at=dt.time(12), zone="UTC", start=dt.date(2026, 1, 1))
TOMORROW = DUE + dt.timedelta(days=1)
WORDS_ONLY = {"parts": {"figure": False}}


def late(hours: float) -> dt.datetime:
    """Give the moment so many hours after the slot."""
    return DUE + dt.timedelta(hours=hours)


class House:
    """A bot that has logged in and has no gateway, its worker, and the Discord that both know."""

    def __init__(self, wire: WireServer, room: Classroom, bot: BriefBot) -> None:
        self.wire = wire
        self.room = room
        self.bot = bot
        self.digests = bot.services.store.digests
        self.channel = room.general
        self.log = wire.world.add_channel(room.guild, "log")
        self.worker = self.another("first")

    def another(self, owner: str) -> Worker:
        return Worker(self.bot.services, self.bot, owner=owner, rng=random.Random(1))

    async def once(self, now: dt.datetime) -> int:
        """Let the worker do what is due at a time, which is Discord's too."""
        self.turn(now)
        return await self.worker.once(now)

    def turn(self, now: dt.datetime) -> None:
        self.wire.clock.turned = now.timestamp() - time.time()

    async def schedule(
        self,
        rule: Rule = DAILY,
        *,
        due: dt.datetime = DUE,
        role_id: int | None = None,
        setting: Mapping[str, object] = WORDS_ONLY,
        pack: str = "hansen-2016",
    ) -> Schedule:
        author, before = self.room.admin.user.id, due - dt.timedelta(days=7)
        where = (self.room.guild.id, self.channel.id, pack)
        return await self.digests.create(*where, to_json(rule), setting, role_id, author, before, due)

    async def past(self, schedule: Schedule) -> list[Delivery]:
        """List what became of a schedule's slots, the oldest first."""
        return (await self.digests.history(schedule.guild_id, schedule.id, 1_000))[::-1]

    async def last(self, schedule: Schedule) -> Delivery:
        return (await self.past(schedule))[-1]

    async def now_is(self, schedule: Schedule) -> Schedule:
        found = await self.digests.get(schedule.guild_id, schedule.id)
        assert found is not None
        return found

    def posted(self, channel: Channel | None = None) -> list[Message]:
        return (channel or self.channel).history

    async def abandon(self, schedule: Schedule, *, at: dt.datetime = DUE, posted: bool) -> None:
        """Leave a slot as a worker does that dies just before it sends, or just after."""
        self.turn(at)
        until = at + dt.timedelta(minutes=2)
        (claim,) = await self.digests.claim(at, "dead", until, 1)
        if posted:
            body = {"flags": 1 << 15, "components": [{"type": 10, "content": mark(schedule.id, claim.delivery.due)}]}
            self.wire.messages.post(self.channel, self.wire.world.bot, body)

    async def log_here(self) -> None:
        await self.bot.services.book.save(GuildSettings(self.room.guild.id, log_channel=self.log.id))

    def forbid(self, permission: Permission) -> None:
        everyone = self.room.guild.roles[self.room.guild.id]
        self.wire.world.set_overwrite(self.channel, everyone, deny=permission)
        self.wire.world.set_overwrite(self.channel, self.wire.world.bot, deny=permission)

    def direct(self, user: User) -> list[Message]:
        return self.wire.world.dm(user).history


@pytest_asyncio.fixture
async def house(workshop: Workshop, library: Library, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    early = Clock(dt.datetime(2025, 12, 1, tzinfo=dt.UTC).timestamp() - time.time())  # ids only grow
    async with WireServer(desk=Desk(World(early))) as wire:
        monkeypatch.setattr(Route, "BASE", wire.api_base)
        room = furnish(wire)
        bot = BriefBot((await workshop.build(library)).services, ())
        await bot.login(wire.token)
        try:
            yield House(wire, room, bot)
        finally:
            await bot.close()
        judge(wire)


async def test_what_is_due_is_posted_and_recorded(house: House) -> None:
    schedule = await house.schedule()

    assert await house.once(DUE) == 1
    sent, (message,) = await house.last(schedule), house.posted()
    assert (sent.state, sent.message_id, sent.late) == ("sent", message.id, False)


async def test_the_next_slot_opens_with_the_message(house: House) -> None:
    schedule = await house.schedule()
    await house.once(DUE)

    assert (await house.now_is(schedule)).next_due == TOMORROW


async def test_nothing_is_posted_before_its_time(house: House) -> None:
    await house.schedule()

    assert (await house.once(DUE - dt.timedelta(seconds=1)), house.posted()) == (0, [])


async def test_a_slot_is_posted_once_however_often_one_looks(house: House) -> None:
    await house.schedule()

    assert [await house.once(DUE + dt.timedelta(seconds=n)) for n in range(3)] == [1, 0, 0]
    assert len(house.posted()) == 1


async def test_the_card_holds_the_mark_of_its_slot(house: House) -> None:
    schedule = await house.schedule()
    await house.once(DUE)

    assert mark(schedule.id, DUE) in house.posted()[0].text


async def test_a_figure_goes_along_as_a_chart(house: House) -> None:
    await house.schedule(setting={})
    await house.once(DUE)

    assert [one.content_type for one in house.posted()[0].attachments] == ["image/png"]


async def test_where_no_file_may_be_attached_the_digest_comes_without_its_chart(house: House) -> None:
    house.forbid(Permission.ATTACH_FILES)
    schedule = await house.schedule(setting={})
    await house.once(DUE)

    assert (house.posted()[0].attachments, (await house.last(schedule)).state) == ([], "sent")


async def test_a_digest_on_time_pings_its_role_and_nobody_else(house: House) -> None:
    role = house.room.guild.roles[house.wire.world.add_role(house.room.guild, "readers").id]
    role.mentionable = True
    opening = f"@everyone {house.room.anna.user.mention}"
    await house.schedule(role_id=role.id, setting={**WORDS_ONLY, "opening": opening})
    await house.once(DUE)

    (message,) = house.posted()
    assert (message.role_pings, message.pings, message.pings_everyone) == (frozenset({role.id}), frozenset(), False)


async def test_a_late_digest_says_so_and_pings_nobody(house: House) -> None:
    role = house.wire.world.add_role(house.room.guild, "readers")
    schedule = await house.schedule(role_id=role.id)
    await house.once(late(2))

    (message,) = house.posted()
    assert ("Posted 2 h late." in message.text, role.name in message.text, message.role_pings) == (
        True,
        False,
        frozenset(),
    )
    assert (await house.last(schedule)).late


async def test_what_is_later_than_the_grace_time_is_recorded_as_missed(house: House) -> None:
    schedule = await house.schedule()

    assert await house.once(late(7)) == 1
    missed = await house.last(schedule)
    assert (house.posted(), missed.state, missed.why) == (
        [], "missed", "It would have been 7 h late; the grace time is 6 h."
    )  # fmt: skip


async def test_every_slot_of_a_long_outage_is_recorded(house: House) -> None:
    schedule = await house.schedule()

    assert await house.once(late(4 * 24 + 1)) == 5
    assert [one.state for one in await house.past(schedule)] == ["missed"] * 4 + ["sent"]


async def test_what_is_late_waits_for_the_end_of_quiet_hours(house: House) -> None:
    due = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
    schedule = await house.schedule(replace(DAILY, at=dt.time(2)), due=due)

    assert (await house.once(due + dt.timedelta(hours=1)), house.posted()) == (0, [])
    assert await house.once(due + dt.timedelta(hours=5)) == 1
    assert "Posted 5 h late." in house.posted()[0].text
    assert (await house.last(schedule)).state == "sent"


async def test_an_edit_takes_effect_while_a_slot_waits(house: House) -> None:
    due = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
    schedule = await house.schedule(replace(DAILY, at=dt.time(2)), due=due)
    await house.once(due + dt.timedelta(hours=1))

    assert await house.digests.skip(schedule.guild_id, schedule.id, TOMORROW) == due


@pytest.mark.parametrize("minutes", [3, 60])
async def test_a_message_that_a_dead_worker_left_is_found_and_recorded(house: House, minutes: int) -> None:
    schedule = await house.schedule()
    await house.abandon(schedule, posted=True)

    assert await house.once(DUE + dt.timedelta(minutes=minutes)) == 1
    sent, (message,) = await house.last(schedule), house.posted()
    assert (sent.state, sent.message_id, sent.late) == ("sent", message.id, False)


async def test_a_message_that_stands_is_found_even_after_the_grace_time(house: House) -> None:
    schedule = await house.schedule()
    await house.abandon(schedule, posted=True)

    assert await house.once(late(9)) == 1
    assert ((await house.last(schedule)).state, len(house.posted())) == ("sent", 1)


async def test_a_message_is_found_among_hundreds(house: House) -> None:
    schedule = await house.schedule()
    house.turn(DUE)
    for number in range(150):
        house.room.anna.say(house.channel, f"before {number}")
    await house.abandon(schedule, posted=True)
    for number in range(150):
        house.room.anna.say(house.channel, f"after {number}, {mark(schedule.id, DUE)}")
    await house.once(late(1))

    stands = [one.id for one in house.posted() if one.author is house.wire.world.bot]
    assert [(await house.last(schedule)).message_id] == stands


async def test_what_a_dead_worker_did_not_send_is_sent(house: House) -> None:
    schedule = await house.schedule()
    await house.abandon(schedule, posted=False)

    assert await house.once(DUE + dt.timedelta(minutes=3)) == 1
    assert [mark(schedule.id, DUE) in one.text for one in house.posted()] == [True]


async def test_a_live_claim_is_left_alone(house: House) -> None:
    schedule = await house.schedule()
    await house.abandon(schedule, posted=False)

    assert (await house.once(DUE + dt.timedelta(minutes=1)), house.posted()) == (0, [])


async def test_where_the_history_is_closed_nothing_is_sent_on_the_off_chance(house: House) -> None:
    await house.log_here()
    schedule = await house.schedule()
    await house.abandon(schedule, posted=True)
    house.forbid(Permission.READ_MESSAGE_HISTORY)
    await house.once(DUE + dt.timedelta(minutes=3))

    assert len(house.posted()) == 1
    assert "Read Message History" in (await house.last(schedule)).why
    assert "Read Message History" in house.log.latest.text


async def test_two_workers_share_what_is_due(house: House) -> None:
    for _ in range(30):
        await house.schedule()
    house.turn(DUE)
    other = house.another("second")

    assert await house.worker.once(DUE) + await other.once(DUE) == 30
    assert len({one.nonce for one in house.posted()}) == len(house.posted()) == 30


@pytest.mark.parametrize(
    "answer", [Broken(503), Broken(503, after=True), Reset(), Reset(after=True), TooMany(via=False)], ids=repr
)
async def test_what_fails_for_a_moment_is_tried_again_and_stays_single(house: House, answer: Fault) -> None:
    schedule = await house.schedule()
    house.wire.faults.on("POST", "/channels/*/messages", answer=answer)

    settled = [await house.once(DUE), await house.once(DUE + dt.timedelta(seconds=5))]  # aiohttp may repeat by itself

    assert sum(settled) == 1
    assert [one.state for one in await house.past(schedule) if one.message_id] == ["sent"]
    assert len(house.posted()) == 1


async def test_discord_says_how_long_to_wait(house: House) -> None:
    schedule = await house.schedule()
    house.wire.faults.on("POST", "/channels/*/messages", answer=TooMany(retry_after=90, via=False))
    await house.once(DUE)

    assert dt.timedelta(seconds=90) < (await house.last(schedule)).next_try - DUE < dt.timedelta(seconds=100)


async def test_a_storm_ends_with_one_message(house: House) -> None:
    schedule = await house.schedule()
    answers: list[Fault] = [Broken(503, after=True), TooMany(via=False), Reset(after=True), Broken(503)]
    for answer in answers:
        house.wire.faults.on("POST", "/channels/*/messages", answer=answer)
    house.wire.faults.on("GET", "/channels/*/messages", answer=Broken(503))
    tries = [await house.once(DUE + dt.timedelta(minutes=15 * n)) for n in range(6)]

    assert (sum(tries), len(house.posted()), (await house.last(schedule)).state) == (1, 1, "sent")


async def test_a_digest_that_discord_does_not_like_fails_alone(house: House) -> None:
    await house.log_here()
    schedule = await house.schedule()
    house.wire.faults.on("POST", "/channels/*/messages", answer=Deny(400, 50035, "Invalid Form Body"))
    await house.once(DUE)

    assert ((await house.last(schedule)).state, (await house.now_is(schedule)).next_due) == ("failed", TOMORROW)
    assert "could not be posted" in house.log.latest.text


async def test_a_channel_that_is_gone_stops_its_schedule_and_the_log_channel_is_told(house: House) -> None:
    await house.log_here()
    schedule = await house.schedule()
    house.wire.world.delete_channel(house.channel)
    await house.once(DUE)
    await house.once(TOMORROW)

    stopped = await house.now_is(schedule)
    assert (stopped.state, stopped.why, stopped.next_due) == ("disabled", "The channel is gone.", None)
    assert [one.text for one in house.posted(house.log)] == [
        f"A digest for <#{house.channel.id}> (Daily 12:00) could not be posted: the channel is gone; its schedule is"
        " stopped: name another channel with `/digest edit`, then use `/digest resume`."
    ]


async def test_without_a_log_channel_the_author_is_told(house: House) -> None:
    schedule = await house.schedule()
    house.forbid(Permission.SEND_MESSAGES)
    await house.once(DUE)

    assert (await house.now_is(schedule)).state == "disabled"
    assert [one.text for one in house.direct(house.room.admin.user)] == [
        f"A digest for <#{house.channel.id}> (Daily 12:00) could not be posted: I lack a permission in the channel; its"
        " schedule is stopped: mend that, then use `/digest resume`."
    ]


async def test_who_takes_no_direct_messages_finds_the_reason_in_the_history(house: House) -> None:
    schedule = await house.schedule()
    house.forbid(Permission.VIEW_CHANNEL)
    house.room.admin.user.accepts_dms = False
    await house.once(DUE)

    assert (await house.last(schedule)).why == "I cannot see the channel."


async def test_a_brief_that_is_gone_stops_its_schedule(house: House) -> None:
    schedule = await house.schedule(pack="gone")
    await house.once(DUE)

    assert (await house.now_is(schedule)).why == "The brief gone is not in my library any more."


async def test_a_digest_with_nothing_to_show_is_missed(house: House) -> None:
    nothing = Parts(recommendations=False, quote=False, figure=False, section=False, discussion=False, topics=True)
    schedule = await house.schedule(setting=setting_json(Setting(parts=nothing)))
    await house.once(DUE)

    assert ((await house.last(schedule)).why, house.posted()) == ("There was nothing to show.", [])


async def test_a_schedule_until_exhausted_ends_when_all_was_shown(house: House) -> None:
    only = Parts(recommendations=False, quote=False, figure=True, section=False, discussion=False)
    rule = replace(DAILY, until_exhausted=True)
    schedule = await house.schedule(rule, setting=setting_json(Setting(parts=only)))
    settled = [await house.once(late(24 * day)) for day in range(4)]

    assert settled == [1, 1, 0, 0]
    assert len({one.entries for one in await house.past(schedule)}) == 2
    assert (await house.now_is(schedule)).state == "ended"


async def test_a_schedule_whose_end_has_come_ends(house: House) -> None:
    schedule = await house.schedule(replace(DAILY, end=DUE.date()))
    await house.once(DUE)

    assert (await house.now_is(schedule)).state == "ended"


async def test_a_paused_schedule_goes_on_by_itself(house: House) -> None:
    schedule = await house.schedule()
    await house.digests.pause(schedule.guild_id, schedule.id, TOMORROW)

    assert [await house.once(late(hours)) for hours in (0, 23, 24, 25)] == [0, 0, 1, 0]
    assert (await house.last(schedule)).due == TOMORROW


async def test_what_is_posted_at_once_needs_no_schedule(house: House) -> None:
    guild, channel = house.room.guild.id, house.channel.id
    made = await house.digests.post(guild, channel, "hansen-2016", None, WORDS_ONLY, DUE, [])
    await house.once(DUE)

    found = await house.digests.find(guild, made.id)
    assert found is not None
    assert (found.state, found.message_id) == ("sent", house.posted()[0].id)


async def test_a_worker_that_stops_gives_back_what_it_has_not_begun(house: House) -> None:
    schedule = await house.schedule()
    hold = house.wire.faults.on("POST", "/channels/*/messages", answer=Hold())
    house.turn(DUE)
    working = asyncio.create_task(house.worker.once(DUE))
    await hold.reached()
    await house.worker.stop(0)
    hold.release()

    assert (await working, (await house.last(schedule)).state) == (0, "due")
    assert await house.another("second").once(DUE + dt.timedelta(seconds=1)) == 1
    assert len(house.posted()) == 1


async def test_a_worker_that_stops_ends_what_it_sends(house: House) -> None:
    schedule = await house.schedule()
    hold = house.wire.faults.on("POST", "/channels/*/messages", answer=Hold())
    house.turn(DUE)
    working = asyncio.create_task(house.worker.once(DUE))
    await hold.reached()
    stopping = asyncio.create_task(house.worker.stop(5))
    hold.release()
    await stopping

    assert (await working, (await house.last(schedule)).state) == (1, "sent")


START = dt.date(2026, 1, 1)
YEAR = (
    Rule(frequency=Frequency.WEEKLY, at=dt.time(2, 30), zone="Europe/Copenhagen", start=START, weekdays=(6,)),
    Rule(frequency=Frequency.MONTHLY, at=dt.time(9), zone="America/New_York", start=START, month_day=31),
    Rule(frequency=Frequency.MONTHLY, at=dt.time(1, 45), zone="Australia/Lord_Howe", start=START, nth=Nth(1, 6)),
    Rule(frequency=Frequency.WEEKLY, at=dt.time(0), zone="Asia/Kolkata", start=START, weekdays=(4,)),
)


async def through_a_year(house: House) -> list[list[Delivery]]:
    """Turn the clock from slot to slot; give what became of those of each rule."""
    begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = [await house.schedule(rule, due=next_slots(rule, begin, 1)[0]) for rule in YEAR]
    for moment in sorted({slot for rule in YEAR for slot in of_the_year(rule)}):
        await house.once(moment)
    return [await house.past(schedule) for schedule in made]


def of_the_year(rule: Rule) -> list[dt.datetime]:
    begin = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return [slot for slot in next_slots(rule, begin, 400) if slot < begin + dt.timedelta(days=365)]


async def test_a_year_of_schedules_arrives_slot_by_slot(house: House) -> None:
    for rule, past in zip(YEAR, await through_a_year(house), strict=True):
        assert [(one.due, one.state, one.late) for one in past] == [(slot, "sent", False) for slot in of_the_year(rule)]
        assert [one.number for one in past] == list(range(1, len(past) + 1))
        walls = {one.due.astimezone(ZoneInfo(rule.zone)).time() for one in past}
        assert walls <= {rule.at, dt.time(3)}  # 02:30 does not exist on one Sunday of March
    assert len({one.nonce for one in house.posted()}) == len(house.posted()) == sum(len(of_the_year(r)) for r in YEAR)


async def with_cog(server: Server) -> tuple[BriefBot, Deliver]:
    """Start the bot anew with the cog that delivers."""
    cogs = [*(one for one in COGS if one is not Deliver), Deliver]
    bot = BriefBot((await server.workshop.build(server.library)).services, cogs)
    await server.env.restart_bot(bot)
    cog = bot.get_cog("Deliver")
    assert isinstance(cog, Deliver)
    return bot, cog


async def test_the_cog_posts_at_once_when_it_is_kicked(server: Server) -> None:
    bot, cog = await with_cog(server)
    now = discord.utils.utcnow()
    await bot.services.store.digests.post(server.guild.id, server.channel.id, "hansen-2016", None, WORDS_ONLY, now, [])
    cog.kick()
    await server.settle()

    message = server.channel.last_message
    assert message is not None
    assert "Digest" in text_of(message)


async def test_the_rounds_end_with_the_cog(server: Server) -> None:
    bot, cog = await with_cog(server)
    await bot.remove_cog("Deliver")
    await server.settle()

    assert not cog.rounds.is_running()
