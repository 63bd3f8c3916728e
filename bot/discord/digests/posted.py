"""``/digest history``, ``withdraw`` and ``correct``: what was posted, or was to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands, ui

from bot.answers.choices import complete
from bot.digest.contents import MAX_OPENING, MAX_TITLE, Setting
from bot.discord.actions import Press, custom_id
from bot.discord.client import Interaction
from bot.discord.completion import Choices
from bot.discord.delivery import reply, tell
from bot.discord.digests.composing import is_drawn, picture_among, setting_from, setting_json, volume_of
from bot.discord.digests.correcting import corrected
from bot.discord.digests.desk import Desk, channel_name
from bot.discord.digests.listing import MOST_PAST, delivery_name, history_card, link_to, linked
from bot.discord.faults import Refusal
from bot.store.database import StoreFault
from bot.store.digest_records import Delivery

_WHICH = "Which digest: choose one, or paste the link to its message"
_LOOKED = 500  # deliveries that are looked through for a message
_OFFERED = 100
_UNKNOWN = "I know no such digest here; choose one from the list, or paste the link to its message."


class Posted(Desk):
    """Looks after what was posted."""

    @app_commands.command(name="history", description="See what was due, what became of it, and why")
    @app_commands.describe(schedule="Only of this schedule")
    async def history(self, interaction: Interaction, schedule: str | None = None) -> None:
        """Show the latest."""
        settings = await self.need(interaction)
        found = None if schedule is None else await self.schedule(settings.guild_id, schedule)
        past = await self.digests.history(settings.guild_id, found.id if found else None, MOST_PAST + 1)
        await reply(interaction, history_card(past, found), private=True)

    @app_commands.command(name="withdraw", description="Delete a digest that was posted")
    @app_commands.describe(digest=_WHICH)
    async def withdraw(self, interaction: Interaction, digest: str) -> None:
        """Delete its message."""
        delivery = await self._delivery(interaction, digest)
        try:
            await self._message(delivery).delete()
        except discord.NotFound:
            note = "Its message was gone already; it counts as withdrawn now."
        else:
            note = "The digest is withdrawn: its message is deleted."
        await self.digests.withdrawn(delivery.guild_id, delivery.id)
        await tell(interaction, note)

    @app_commands.command(
        name="correct", description="Correct the title and the first line of a digest that was posted"
    )
    @app_commands.describe(digest=_WHICH)
    async def correct(self, interaction: Interaction, digest: str) -> None:
        """Open the form."""
        delivery = await self._delivery(interaction, digest)
        kept = setting_from(delivery.setting)
        form = ui.Modal(title="Correct a digest", timeout=None, custom_id=custom_id("digest-correct", str(delivery.id)))
        long = discord.TextStyle.paragraph
        title = ui.TextInput[Any](custom_id="title", required=False, max_length=MAX_TITLE, default=kept.title or None)
        opening = ui.TextInput[Any](
            custom_id="opening", required=False, style=long, max_length=MAX_OPENING, default=kept.opening or None
        )
        form.add_item(ui.Label(text="Title", description="Left empty, the brief’s name", component=title))
        form.add_item(ui.Label(text="First line", component=opening))
        form.stop()  # sent back as a press, whenever that is
        await interaction.response.send_modal(form)

    async def correct_now(self, interaction: Interaction, press: Press) -> None:
        """Put another head on a message that was posted; all else stays."""
        delivery = await self._delivery(interaction, press.state)
        title, opening = (press.fields.get(name, "").strip() for name in ("title", "opening"))
        setting = replace(setting_from(delivery.setting), title=title[:MAX_TITLE], opening=opening[:MAX_OPENING])
        await self._rewrite(interaction, delivery, setting)
        written = {**delivery.setting, **setting_json(setting)}
        await self.digests.corrected(delivery.guild_id, delivery.id, written, delivery.entries)
        await tell(interaction, f"Corrected: {link_to(delivery)}.")

    @history.autocomplete("schedule")
    async def complete_past(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest schedules."""
        return await self.name_schedules(interaction, typed)

    @withdraw.autocomplete("digest")
    @correct.autocomplete("digest")
    async def complete_digests(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest what was posted lately, to those who may see it."""
        guild_id = await self.allows(interaction)
        try:
            past = await self.digests.history(guild_id, None, _OFFERED) if guild_id else []
        except StoreFault:  # the command itself says so
            return []
        names: dict[str, str] = {}
        for one in _sent(past):
            name = delivery_name(one, channel_name(interaction, one.channel_id))
            names.setdefault(name, str(one.id))
        return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]

    async def _delivery(self, interaction: Interaction, typed: str) -> Delivery:
        """Find the posted digest that was chosen or linked to, for a moderator; raises Refusal."""
        guild_id = (await self.need(interaction)).guild_id
        link = linked(typed)
        if link is not None:
            past = await self.digests.history(guild_id, None, _LOOKED)
            found = next((one for one in past if link == (guild_id, one.message_id)), None)
        else:
            known = typed.isascii() and typed.isdigit() and len(typed) < 19
            found = await self.digests.find(guild_id, int(typed)) if known else None
        if found is None:
            raise Refusal(_UNKNOWN)
        if found.state != "sent" or found.message_id is None:
            raise Refusal("This digest is not posted (any more), so there is nothing to change.")
        return found

    async def _rewrite(self, interaction: Interaction, delivery: Delivery, setting: Setting) -> None:
        """Put another head on the message; raises Refusal."""
        volume = volume_of(self.services.library, delivery.pack)
        if volume is None:
            raise Refusal("The brief of this digest is not in my library any more; withdraw the digest instead.")
        if not is_drawn(self.services, volume, delivery.entries):
            await interaction.response.defer(ephemeral=True, thinking=True)
        picture = await picture_among(self.services, volume, delivery.entries)
        files = [discord.File(picture)] if picture else []
        try:
            message = await self._message(delivery).fetch()
            view = corrected(message, setting.title or volume.name, setting.opening, picture)
            if view is None:
                raise Refusal("This message does not look like a digest of mine any more; withdraw it instead.")
            await message.edit(view=view, attachments=files)
        except discord.NotFound:
            raise Refusal("The message of this digest has been deleted meanwhile.") from None
        finally:
            for file in files:
                file.close()

    def _message(self, delivery: Delivery) -> discord.PartialMessage:
        channel = self.bot.get_partial_messageable(delivery.channel_id, guild_id=delivery.guild_id)
        return channel.get_partial_message(delivery.message_id or 0)


def _sent(past: Sequence[Delivery]) -> Sequence[Delivery]:
    return [one for one in past if one.state == "sent"]
