"""``/digest list``, ``skip``, ``pause``, ``resume`` and ``delete``: what a moderator does with schedules."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.digest.rules import next_slots
from bot.discord.actions import Press
from bot.discord.cards.layout import Tone, button, card, notice
from bot.discord.client import Interaction
from bot.discord.completion import Choices
from bot.discord.delivery import replace, reply, tell
from bot.discord.digests.composing import setting_from
from bot.discord.digests.desk import MOST_SCHEDULES, NO_SCHEDULE, Desk
from bot.discord.digests.listing import list_card
from bot.discord.digests.places import check_spot, spot_of
from bot.discord.digests.timing import moment, need_rule, resuming, rule_of, said, suggest_resuming
from bot.discord.faults import Refusal
from bot.store.database import StoreFault

_WHICH = "Which schedule"
_BUSY = "This digest is being posted right now, so it cannot be skipped any more."


class Keeping(Desk):
    """Looks after schedules."""

    @app_commands.command(name="list", description="See the schedules: what is due next, and what became of the last")
    async def show_schedules(self, interaction: Interaction) -> None:
        """Show the first page."""
        await reply(interaction, await self._page(interaction, 0), private=True)

    @app_commands.command(name="skip", description="Leave out the next digest of a schedule")
    @app_commands.describe(schedule=_WHICH)
    async def skip(self, interaction: Interaction, schedule: str) -> None:
        """Leave out one."""
        settings = await self.need(interaction)
        found = await self.schedule(settings.guild_id, schedule)
        if found.next_due is None:
            raise Refusal("Nothing of this schedule is due, so there is nothing to skip.")
        after = next_slots(need_rule(found), found.next_due, 1)
        skipped = await self.digests.skip(found.guild_id, found.id, after[0] if after else None)
        if skipped is None:
            raise Refusal(_BUSY)
        then = f"Next is {moment(after[0], 'F')}" if after else "That was the last, so the schedule has ended"
        await tell(interaction, f"Skipped {moment(skipped, 'F')} of schedule #{found.id}. {then}.")

    @app_commands.command(name="pause", description="Let a schedule rest, for good or until a date")
    @app_commands.describe(schedule=_WHICH, until="The date from which on it goes on by itself")
    async def pause(self, interaction: Interaction, schedule: str, until: str | None = None) -> None:
        """Let it rest."""
        settings = await self.need(interaction)
        found = await self.schedule(settings.guild_id, schedule)
        at = resuming(until, need_rule(found), interaction.created_at) if until else None
        if isinstance(at, str):
            raise Refusal(at)
        if not await self.digests.pause(found.guild_id, found.id, at):
            raise Refusal(f"Schedule #{found.id} is not running: it is {found.state}.")
        resume = self.bot.mention_of("digest resume")
        then = f"It goes on by itself on {moment(at, 'D')}, or with {resume}" if at else f"{resume} lets it go on"
        await tell(interaction, f"Schedule #{found.id} is paused. {then}.")

    @app_commands.command(name="resume", description="Let a schedule go on that was paused or stopped")
    @app_commands.describe(schedule=_WHICH)
    async def resume(self, interaction: Interaction, schedule: str) -> None:
        """Let it go on, where it can be posted."""
        settings = await self.need(interaction)
        found = await self.schedule(settings.guild_id, schedule)
        if found.state not in {"paused", "disabled"}:
            raise Refusal(f"Schedule #{found.id} is neither paused nor stopped: it is {found.state}.")
        now = interaction.created_at
        # What was skipped before stays skipped: the open digest keeps its time while that is to come.
        kept = found.next_due if found.next_due and found.next_due > now else None
        after = (kept,) if kept else next_slots(need_rule(found), now, 1)
        if not after:
            edit = self.bot.mention_of("digest edit")
            raise Refusal(f"Nothing of schedule #{found.id} would be due any more; give it a later end with {edit}.")
        check_spot(interaction, spot_of(interaction, found.channel_id), setting_from(found.setting))
        if not await self.digests.resume(found.guild_id, found.id, after[0]):
            raise Refusal(NO_SCHEDULE)
        await tell(interaction, f"Schedule #{found.id} goes on. Next is {moment(after[0], 'F')}.")

    @app_commands.command(name="delete", description="Delete a schedule; what it posted stays")
    @app_commands.describe(schedule=_WHICH)
    async def delete(self, interaction: Interaction, schedule: str) -> None:
        """Ask once."""
        settings = await self.need(interaction)
        found = await self.schedule(settings.guild_id, schedule)
        text = f"Delete schedule #{found.id} in <#{found.channel_id}>, {said(found)}? What it posted stays."
        sure = button("Delete it", "digest-delete", str(found.id), discord.ButtonStyle.danger)
        parts = [discord.ui.TextDisplay[discord.ui.LayoutView](text)]
        await reply(interaction, card(Tone.QUIET, parts, [sure]), private=True)

    @skip.autocomplete("schedule")
    @pause.autocomplete("schedule")
    @resume.autocomplete("schedule")
    @delete.autocomplete("schedule")
    async def complete_kept(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest schedules."""
        return await self.name_schedules(interaction, typed)

    @pause.autocomplete("until")
    async def complete_until(self, interaction: Interaction, typed: str) -> Choices:
        """Say when the schedule would go on."""
        guild_id = await self.allows(interaction)
        chosen = getattr(interaction.namespace, "schedule", None)
        try:
            rule = rule_of(await self.schedule(guild_id, chosen)) if guild_id and isinstance(chosen, str) else None
        except (Refusal, StoreFault):
            return []
        found = suggest_resuming(typed, rule, interaction.created_at) if rule else {}
        return [app_commands.Choice(name=name, value=value) for name, value in found.items()]

    async def turn_page(self, interaction: Interaction, press: Press) -> None:
        """Turn a page of the list."""
        page = int(press.state) if press.state.isascii() and press.state.isdigit() and len(press.state) < 4 else 0
        await replace(interaction, await self._page(interaction, page))

    async def delete_now(self, interaction: Interaction, press: Press) -> None:
        """Delete a schedule, now that it is sure."""
        settings = await self.need(interaction)
        found = await self.schedule(settings.guild_id, press.state)
        if not await self.digests.delete(found.guild_id, found.id):
            raise Refusal(NO_SCHEDULE)
        await replace(interaction, notice(f"Schedule #{found.id} is deleted. What it posted stays."))

    async def _page(self, interaction: Interaction, page: int) -> discord.ui.LayoutView:
        settings = await self.need(interaction)
        listed = await self.digests.listed(settings.guild_id)
        last = {one.id: past[0] for one in listed if (past := await self.digests.history(one.guild_id, one.id, 1))}
        return list_card(listed, last, page, MOST_SCHEDULES)
