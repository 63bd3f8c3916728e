"""``/digest preview`` and ``/digest post``: what would be posted, and posting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import app_commands

from bot.digest.contents import Digest, Setting, repeats
from bot.discord.actions import Press
from bot.discord.cards.digest import digest_card
from bot.discord.cards.layout import notice
from bot.discord.client import READS, Interaction
from bot.discord.completion import Choices, complete_briefs
from bot.discord.delivery import reply, tell
from bot.discord.digests.composing import (
    approved_in,
    history_of,
    is_drawn,
    picture_for,
    recent_questions,
    setting_from,
    setting_json,
    volume_of,
)
from bot.discord.digests.desk import SWITCHES, Desk, Opening, Order, Switch, Title, put, setting_of
from bot.discord.digests.drafts import Draft
from bot.discord.digests.places import Spot, Target, check_role, check_spot, obstacle, role_of, spot_of
from bot.discord.digests.proof import Notes, proof_card
from bot.discord.faults import Refusal
from bot.store.digest_records import Schedule
from bot.store.records import UnansweredQuestion

_OPTIONS = {
    "channel": "Where to; else the server’s channel for digests, else here",
    "role": "A role to ping, and only that one",
    "title": "A title; else the brief’s name",
    "opening": "A line to begin with",
    "brief": "Another brief than that channel’s",
}
_STALE = "This preview is too old; run /digest preview again."
_MOVED = "Another digest was posted meanwhile, so this one shows something else now. Look again, then post it."


class Previewing(Desk):
    """Shows and posts digests."""

    @app_commands.command(
        name="preview", description="See what would be posted, before anybody else does", extras=READS
    )
    @app_commands.describe(**_OPTIONS, schedule="Preview the next digest of this schedule instead", **SWITCHES)
    @app_commands.autocomplete(brief=complete_briefs)
    async def preview(
        self,
        interaction: Interaction,
        title: Title | None = None,
        opening: Opening | None = None,
        channel: Target | None = None,
        role: discord.Role | None = None,
        schedule: str | None = None,
        brief: str | None = None,
        recommendations: Switch = None,
        quote: Switch = None,
        figure: Switch = None,
        section: Switch = None,
        discussion: Switch = None,
        topics: Switch = None,
    ) -> None:
        """Show it to the moderator alone."""
        settings = await self.need(interaction)
        guild_id = settings.guild_id
        if schedule is not None:
            await self._show(interaction, await self._draft_of(interaction, await self.schedule(guild_id, schedule)))
            return
        switches = (recommendations, quote, figure, section, discussion, topics)
        spot = self.spot(interaction, settings, channel)
        check_role(interaction, spot, role)
        draft = Draft(
            token=interaction.id,
            pack=(await self.volume(guild_id, spot, brief)).id,
            setting=setting_of(Setting(), title, opening, switches),
            channel_id=spot.id,
            role_id=role.id if role else None,
        )
        await self._show(interaction, draft)

    @preview.autocomplete("schedule")
    async def complete_previewed(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest schedules."""
        return await self.name_schedules(interaction, typed)

    @app_commands.command(name="post", description="Post a digest now")
    @app_commands.describe(**_OPTIONS, **SWITCHES)
    @app_commands.autocomplete(brief=complete_briefs)
    async def post_now(
        self,
        interaction: Interaction,
        title: Title | None = None,
        opening: Opening | None = None,
        channel: Target | None = None,
        role: discord.Role | None = None,
        brief: str | None = None,
        recommendations: Switch = None,
        quote: Switch = None,
        figure: Switch = None,
        section: Switch = None,
        discussion: Switch = None,
        topics: Switch = None,
    ) -> None:
        """Post it without a preview."""
        settings = await self.need(interaction)
        switches = (recommendations, quote, figure, section, discussion, topics)
        setting = setting_of(Setting(), title, opening, switches)
        spot = self.spot(interaction, settings, channel)
        check_spot(interaction, spot, setting)
        check_role(interaction, spot, role)
        volume = await self.volume(settings.guild_id, spot, brief)
        order = Order(volume.id, setting_json(setting), role.id if role else None)
        await self.post(interaction, spot, order)
        await tell(interaction, self._on_its_way(spot))

    async def approve(self, interaction: Interaction, press: Press) -> None:
        """Let unanswered questions into the digest that is previewed; those of a schedule into its next one."""
        draft = await self.draft(interaction, press)
        chosen = tuple(int(value) for value in press.values if value.isascii() and value.isdigit())
        draft = replace(draft, approved=chosen)
        if draft.schedule_id is not None:
            schedule = await self.schedule(interaction.guild_id or 0, str(draft.schedule_id))
            written = setting_json(setting_from(schedule.setting), await self._texts(interaction, draft), draft.number)
            await self.digests.edit(replace(schedule, setting=written), None)
        note = "Saved for the next digest of this schedule." if draft.schedule_id is not None else ""
        await self._show(interaction, draft, note)

    async def post_previewed(self, interaction: Interaction, press: Press) -> None:
        """Post what the preview showed, once."""
        async with self.turn:
            draft = await self.draft(interaction, press)
            if draft.delivery_id is not None:
                raise Refusal("This digest was posted already; /digest history shows where it is.")
            spot = spot_of(interaction, draft.channel_id)
            order = await self.order_of(interaction, draft, spot)
            digest = await self.compose(interaction, draft.pack, order.setting, order.number)
            if digest.ids != draft.ids:
                await self._show(interaction, draft, _MOVED)
                return
            delivery = await self.post(interaction, spot, order)
            await self.drafts.keep(delivery.guild_id, replace(draft, delivery_id=delivery.id))
        await put(interaction, notice(self._on_its_way(spot)))

    async def draft(self, interaction: Interaction, press: Press) -> Draft:
        """Find the draft of a preview whose button a moderator pressed; raises Refusal."""
        settings = await self.need(interaction)
        draft = await self.drafts.find(settings.guild_id, press.state, interaction.created_at)
        if draft is None:
            raise Refusal(_STALE)
        return draft

    async def order_of(self, interaction: Interaction, draft: Draft, spot: Spot) -> Order:
        """Give what a draft orders, as far as it is allowed still; raises Refusal."""
        check_spot(interaction, spot, draft.setting)
        role = role_of(interaction, draft.role_id)
        check_role(interaction, spot, role)
        written = setting_json(draft.setting, await self._texts(interaction, draft), draft.number)
        return Order(draft.pack, written, role.id if role else None, draft.number)

    def _on_its_way(self, spot: Spot) -> str:
        history = self.bot.mention_of("digest history")
        return f"The digest is on its way to {spot.mention}; {history} tells what becomes of it."

    async def _draft_of(self, interaction: Interaction, schedule: Schedule) -> Draft:
        """Begin a draft of a schedule's next digest, with the questions that were let in before."""
        past = await self.digests.history(schedule.guild_id, schedule.id, 1)
        number = past[0].number + (past[0].state in {"sent", "withdrawn"}) if past else 1
        approved = set(approved_in(schedule.setting, number))
        questions = await recent_questions(
            self.services.store, schedule.guild_id, schedule.pack, interaction.created_at
        )
        return Draft(
            token=interaction.id,
            pack=schedule.pack,
            setting=setting_from(schedule.setting),
            channel_id=schedule.channel_id,
            role_id=schedule.role_id,
            schedule_id=schedule.id,
            number=number,
            approved=tuple(one.id for one in questions if one.text in approved),
        )

    async def _texts(self, interaction: Interaction, draft: Draft) -> Sequence[str]:
        questions = await self._questions(interaction, draft)
        return [one.text for one in questions if one.id in draft.approved]

    async def _questions(self, interaction: Interaction, draft: Draft) -> Sequence[UnansweredQuestion]:
        guild_id, now = interaction.guild_id or 0, interaction.created_at
        return await recent_questions(self.services.store, guild_id, draft.pack, now)

    async def _show(self, interaction: Interaction, draft: Draft, note: str = "") -> None:
        """Show a draft as it is now, and keep it."""
        guild_id, now = interaction.guild_id or 0, interaction.created_at
        questions = await self._questions(interaction, draft)
        approved = [one.text for one in questions if one.id in draft.approved]
        written = setting_json(draft.setting, approved, draft.number)
        digest = await self.compose(interaction, draft.pack, written, draft.number)
        await self.drafts.keep(guild_id, replace(draft, ids=digest.ids))
        history = await history_of(self.services.store, guild_id, draft.pack, now)
        spot = spot_of(interaction, draft.channel_id)
        notes = Notes(_where(draft, spot), note, obstacle(interaction, spot, draft.setting), repeats(digest, history))
        await self._present(interaction, draft, digest, notes, questions)

    async def _present(
        self,
        interaction: Interaction,
        draft: Draft,
        digest: Digest,
        notes: Notes,
        questions: Sequence[UnansweredQuestion],
    ) -> None:
        """Show the card with its chart, in place of the one whose button was pressed."""
        volume = volume_of(self.services.library, draft.pack)
        if volume is None:
            raise Refusal(_STALE)
        fresh = interaction.type is discord.InteractionType.application_command
        if not is_drawn(self.services, volume, digest.ids):
            await interaction.response.defer(ephemeral=True, thinking=fresh)
        picture = await picture_for(self.services, volume, digest)
        mention = f"<@&{draft.role_id}>" if draft.role_id else ""
        named = self.services.library.many
        view = digest_card(volume, digest, mention=mention, picture=picture, named=named)
        card = proof_card(view, draft, notes, questions)
        files = [discord.File(picture)] if picture else []
        if fresh:
            await reply(interaction, card, private=True, files=files)
        else:
            await put(interaction, card, files)


def _where(draft: Draft, spot: Spot) -> str:
    """Say that this is a preview, and of what."""
    ping = f", pinging <@&{draft.role_id}>" if draft.role_id else ""
    if draft.schedule_id is not None:
        return (
            f"**Preview, for you alone.** The next digest of schedule #{draft.schedule_id}, for {spot.mention}{ping}."
        )
    return f"**Preview, for you alone.** It would go to {spot.mention}{ping}."
