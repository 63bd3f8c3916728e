"""``/digest schedule`` and ``/digest edit``: digests that come again and again, on the clock of a time zone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal, TypeAlias, get_args

import discord
from discord import app_commands, ui

from bot.answers.timezones import complete_zone
from bot.digest.contents import Setting
from bot.digest.forms import to_json
from bot.digest.rules import Rule, next_slots
from bot.digest.wishes import Wishes
from bot.discord.actions import Press, custom_id
from bot.discord.cards.layout import heading, notice
from bot.discord.cards.settings import clock_time
from bot.discord.client import Interaction
from bot.discord.completion import Choices, complete_briefs
from bot.discord.delivery import reply
from bot.discord.digests.composing import setting_from, setting_json
from bot.discord.digests.desk import NO_SCHEDULE, SWITCHES, Opening, Order, Switch, Title, setting_of
from bot.discord.digests.places import Spot, Target, check_role, check_spot, role_of, spot_of
from bot.discord.digests.previewing import Previewing
from bot.discord.digests.timing import due_times, need_rule, read_wishes, rule_of, said, suggest, wishes_of
from bot.discord.faults import Refusal
from bot.store.database import StoreFault
from bot.store.digest_records import Schedule

Repeat: TypeAlias = Literal["daily", "weekly", "monthly"]

_TIMES = {
    "repeat": "How often",
    "days": "On which days: mon thu, weekdays, 15, last, first friday …",
    "time": "At what time, such as 09:00",
    "zone": "On the clock of which time zone; else this server’s",
    "start": "From which date on; else today",
    "end": "Until which date; else without end",
    "until_exhausted": "End when everything has been shown once",
}
_OPTIONS = {
    "channel": "Where to; else the server’s channel for digests, else here",
    "role": "A role to ping, and only that one",
    "title": "A title; else the brief’s name",
    "opening": "A line to begin with",
    "brief": "Another brief than that channel’s",
}
_CHANGES = {
    "schedule": "Which schedule",
    "channel": "Another channel or thread",
    "role": "Another role to ping",
    "no_role": "Ping nobody any more",
    "title": "Another title; - for the brief’s name",
    "opening": "Another line to begin with; - for none",
}


class Scheduling(Previewing):
    """Makes and changes schedules."""

    @app_commands.command(name="schedule", description="Post a digest again and again; the times are shown as you type")
    @app_commands.describe(**_TIMES, **_OPTIONS, **SWITCHES)
    @app_commands.autocomplete(brief=complete_briefs)
    async def begin(
        self,
        interaction: Interaction,
        repeat: Repeat | None = None,
        days: str | None = None,
        time: str | None = None,
        zone: str | None = None,
        start: str | None = None,
        end: str | None = None,
        until_exhausted: Switch = None,
        channel: Target | None = None,
        role: discord.Role | None = None,
        title: Title | None = None,
        opening: Opening | None = None,
        brief: str | None = None,
        recommendations: Switch = None,
        quote: Switch = None,
        figure: Switch = None,
        section: Switch = None,
        discussion: Switch = None,
        topics: Switch = None,
    ) -> None:
        """Make a schedule."""
        settings = await self.need(interaction)
        typed = {"repeat": repeat, "days": days, "time": time, "start": start, "end": end}
        zone = zone or settings.timezone
        wishes = replace(wishes_of(typed.get), zone=zone, until_exhausted=until_exhausted)
        rule = read_wishes(wishes, interaction.created_at, self.zones())
        setting = setting_of(Setting(), title, opening, (recommendations, quote, figure, section, discussion, topics))
        spot = self.spot(interaction, settings, channel)
        check_role(interaction, spot, role)
        volume = await self.volume(settings.guild_id, spot, brief)
        order = Order(volume.id, setting_json(setting), role.id if role else None)
        await self._begin(interaction, spot, order, rule)

    @app_commands.command(name="edit", description="Change a schedule; what you leave out stays")
    @app_commands.describe(**_TIMES, **_CHANGES, **SWITCHES)
    async def edit(
        self,
        interaction: Interaction,
        schedule: str,
        repeat: Repeat | None = None,
        days: str | None = None,
        time: str | None = None,
        zone: str | None = None,
        start: str | None = None,
        end: str | None = None,
        until_exhausted: Switch = None,
        channel: Target | None = None,
        role: discord.Role | None = None,
        no_role: Switch = None,
        title: Title | None = None,
        opening: Opening | None = None,
        recommendations: Switch = None,
        quote: Switch = None,
        figure: Switch = None,
        section: Switch = None,
        discussion: Switch = None,
        topics: Switch = None,
    ) -> None:
        """Change a schedule."""
        settings = await self.need(interaction)
        before = await self.schedule(settings.guild_id, schedule)
        typed = {"repeat": repeat, "days": days, "time": time, "zone": zone, "start": start, "end": end}
        wishes = replace(wishes_of(typed.get), until_exhausted=until_exhausted)
        switches = (recommendations, quote, figure, section, discussion, topics)
        setting = setting_of(setting_from(before.setting), title, opening, switches)
        spot = spot_of(interaction, channel or before.channel_id)
        if not no_role and (role is not None or channel is not None):
            check_role(interaction, spot, role or role_of(interaction, before.role_id))
        role_id = None if no_role else role.id if role else before.role_id
        after = replace(
            before, channel_id=spot.id, role_id=role_id, setting={**before.setting, **setting_json(setting)}
        )
        await self._edit(interaction, spot, after, wishes)

    @begin.autocomplete("days")
    @edit.autocomplete("days")
    async def complete_days(self, interaction: Interaction, typed: str) -> Choices:
        """Say when it would be due on these days."""
        return await self._timed(interaction, "days", typed)

    @begin.autocomplete("time")
    @edit.autocomplete("time")
    async def complete_time(self, interaction: Interaction, typed: str) -> Choices:
        """Say when it would be due at this time."""
        return await self._timed(interaction, "time", typed)

    @begin.autocomplete("start")
    @edit.autocomplete("start")
    async def complete_start(self, interaction: Interaction, typed: str) -> Choices:
        """Say when it would be due from this date on."""
        return await self._timed(interaction, "start", typed)

    @begin.autocomplete("end")
    @edit.autocomplete("end")
    async def complete_end(self, interaction: Interaction, typed: str) -> Choices:
        """Say when it would be due until this date."""
        return await self._timed(interaction, "end", typed)

    @begin.autocomplete("zone")
    @edit.autocomplete("zone")
    async def complete_zone(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest time zones, and say what time it is there."""
        now = interaction.created_at
        found = complete_zone(typed, self.zones())
        return [app_commands.Choice(name=f"{zone} ({clock_time(zone, now)} there)", value=zone) for zone in found]

    @edit.autocomplete("schedule")
    async def complete_edited(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest schedules."""
        return await self.name_schedules(interaction, typed)

    async def ask_when(self, interaction: Interaction, press: Press) -> None:
        """Open the form that makes a schedule of a preview."""
        await self.draft(interaction, press)
        settings = await self.need(interaction)
        form = ui.Modal(title="Schedule this digest", timeout=None, custom_id=custom_id("digest-begin", press.state))
        repeats = [discord.SelectOption(label=one, value=one, default=one == "weekly") for one in get_args(Repeat)]
        form.add_item(ui.Label(text="How often", component=ui.Select(custom_id="repeat", options=repeats)))
        now = clock_time(settings.timezone, interaction.created_at)
        for name, label, hint, default in (
            ("days", "Days", "mon thu, weekdays, 15, last, first friday; left empty, the day of the start", ""),
            ("time", "Time", f"On the clock of {settings.timezone}, where it is {now}", "09:00"),
            ("start", "From", "A date, such as tomorrow or 2 March; left empty, today", ""),
            ("end", "Until", "A date, such as in 3 months; left empty, without end", ""),
        ):
            field = ui.TextInput[Any](custom_id=name, required=False, max_length=60, default=default or None)
            form.add_item(ui.Label(text=label, description=hint[:100], component=field))
        form.stop()  # sent back as a press, whenever that is
        await interaction.response.send_modal(form)

    async def begin_previewed(self, interaction: Interaction, press: Press) -> None:
        """Make a schedule of what was previewed; the questions that were let in are for its first digest."""
        draft = await self.draft(interaction, press)
        settings = await self.need(interaction)
        wishes = replace(wishes_of(press.fields.get), zone=settings.timezone)
        rule = read_wishes(wishes, interaction.created_at, self.zones())
        spot = spot_of(interaction, draft.channel_id)
        await self._begin(interaction, spot, await self.order_of(interaction, draft, spot), rule)

    async def _begin(self, interaction: Interaction, spot: Spot, order: Order, rule: Rule) -> None:
        """Keep a new schedule, once it is sure that it can be posted, and say when it is due."""
        check_spot(interaction, spot, setting_from(order.setting))
        await self.compose(interaction, order.pack, order.setting)
        made = await self.create(interaction, spot, order, rule)
        await self._tell_times(interaction, "Scheduled", made, rule)

    async def _edit(self, interaction: Interaction, spot: Spot, after: Schedule, wishes: Wishes) -> None:
        """Keep a changed schedule; its time moves only where its rule changes."""
        before = await self.digests.get(after.guild_id, after.id)
        rule, due = need_rule(after), None
        if wishes != Wishes():
            rule = read_wishes(wishes, interaction.created_at, self.zones(), rule)
            due = next_slots(rule, interaction.created_at, 1)[0]
        after = replace(after, rule=to_json(rule))
        if after == before:
            raise Refusal("Nothing would change; say what to change in the options of the command.")
        check_spot(interaction, spot, setting_from(after.setting))
        await self.compose(interaction, after.pack, after.setting)
        if not await self.digests.edit(after, due if before is None or after.rule != before.rule else None):
            raise Refusal(NO_SCHEDULE)
        kept = await self.digests.get(after.guild_id, after.id)
        await self._tell_times(interaction, "Changed", kept or after, rule)

    async def _tell_times(self, interaction: Interaction, what: str, schedule: Schedule, rule: Rule) -> None:
        """Say what a schedule is now, and its next three times as they stand in the database."""
        first = schedule.next_due
        slots = [first, *next_slots(rule, first, 2)] if first else ()
        state = (
            "" if schedule.state == "active" else f"\nIt is {schedule.state}; {self.bot.mention_of('digest resume')}."
        )
        ping = f", pinging <@&{schedule.role_id}>" if schedule.role_id else ""
        told = f"**#{schedule.id}** in <#{schedule.channel_id}>{ping}: {said(schedule)}"
        due = f"\nDue next:\n{due_times(slots)}" if slots else "\nNothing is due any more."
        await reply(interaction, notice(f"{heading(what)}\n{told}.{due}{state}"), private=True)

    async def _timed(self, interaction: Interaction, field: str, typed: str) -> Choices:
        """Say what is being typed comes to, with the other options as they are so far."""
        guild_id = await self.allows(interaction)
        if not guild_id:
            return []
        options = dict(iter(interaction.namespace))
        wishes = wishes_of(options.get)
        base = await self._base(guild_id, options.get("schedule"))
        if base is None and not wishes.zone:
            wishes = replace(wishes, zone=(await self.services.book.settings(guild_id)).timezone)
        found = suggest(field, typed, wishes, interaction.created_at, self.zones(), base)
        return [app_commands.Choice(name=name, value=value) for name, value in found.items()]

    async def _base(self, guild_id: int, typed: object) -> Rule | None:
        """Find the rule of the schedule that is being edited."""
        try:
            return rule_of(await self.schedule(guild_id, typed)) if isinstance(typed, str) else None
        except (Refusal, StoreFault):
            return None
