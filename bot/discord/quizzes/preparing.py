"""``/quiz preview``: a set of questions seen before anybody else does, changed, saved, and started."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace as altered
from typing import Any, Protocol, TypeAlias, runtime_checkable

import discord
from discord import app_commands, ui

from bot.discord.actions import Handler, Press, custom_id
from bot.discord.cards.layout import body
from bot.discord.cards.quiz_preview import page_with, preview_card, sure_card
from bot.discord.cards.quiz_telling import counted
from bot.discord.client import READS, BriefBot, Interaction
from bot.discord.completion import Choices, complete_briefs, unfailing
from bot.discord.delivery import replace, reply
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.markdown import tame
from bot.discord.quizzes.desk import NO_SET, QuizDesk, topic_in
from bot.discord.quizzes.quiz_drafts import SetDraft, SetDrafts
from bot.quiz.items import Item
from bot.quiz.sets import LEAST_ITEMS, MOST_ITEMS, choose, fitting, swap

MOST_SETS = 50
MAX_SET_NAME = 60
USUAL_ITEMS = 10
_ROOM_NAME = 130
_STALE = "This preview is too old; run /quiz preview again."
_MOVED = "The set has changed meanwhile; look again, then swap."
_MORE = "seconds, scoring and place"
_OTHERS = "the others repeat or give away answers."
_SAVE_AGAIN = " The saved set stays as it was until you save it again."

Number: TypeAlias = app_commands.Range[int, LEAST_ITEMS, MOST_ITEMS]
SetName: TypeAlias = app_commands.Range[str, 1, MAX_SET_NAME]


@runtime_checkable
class Launcher(Protocol):
    """Whoever opens rounds."""

    async def launch(self, interaction: Interaction, volume: Volume, items: Sequence[Item], title: str) -> None:
        """Open the lobby of a round, and answer the interaction."""


class Preparing(QuizDesk):
    """Shows sets, and changes, saves and starts them."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        super().__init__(bot)
        self.set_drafts = SetDrafts(bot.services.store.facts)
        self._preparing = asyncio.Lock()  # one change after the other, for each works on what the last one left

    @app_commands.command(
        name="preview", description="See a set of questions before anybody else, swap some, save it", extras=READS
    )
    @app_commands.describe(
        saved="A set that was saved (default: a new one is chosen)",
        topic="Only questions about this (default: all topics)",
        number=f"How many questions (default: {USUAL_ITEMS})",
        brief="Another brief than this channel’s",
    )
    @app_commands.rename(saved="set")
    @app_commands.autocomplete(brief=complete_briefs)
    async def preview(
        self,
        interaction: Interaction,
        saved: SetName | None = None,
        topic: str | None = None,
        number: Number | None = None,
        brief: str | None = None,
    ) -> None:
        """Show it to the instructor alone."""
        await self.need_lead(interaction)
        volume = await self.volume(interaction, brief)
        if saved is None:
            draft, note = await self._chosen(interaction, volume, topic, number or USUAL_ITEMS)
        elif topic or number:
            raise Refusal("A saved set has its questions already; leave out the topic and the number.")
        else:
            draft, note = await self._saved(interaction, volume, saved), ""
        await self._show(interaction, draft, note=note)

    @preview.autocomplete("saved")
    @unfailing
    async def complete_previewed_set(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest saved sets."""
        return await self.name_sets(interaction, typed)

    @preview.autocomplete("topic")
    @unfailing
    async def complete_previewed_topic(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest topics."""
        return await self.name_topics(interaction, typed)

    def preparing_presses(self) -> tuple[tuple[str, Handler], ...]:
        """Say what the buttons and forms do."""
        return (
            ("quiz-preview-page", self.turn_previewed),
            ("quiz-preview-swap", self.swap_previewed),
            ("quiz-preview-save", self.ask_name),
            ("quiz-preview-name", self.save_previewed),
            ("quiz-preview-start", self.start_previewed),
            ("quiz-preview-drop", self.ask_drop),
            ("quiz-preview-dropped", self.drop_set),
        )

    async def turn_previewed(self, interaction: Interaction, press: Press) -> None:
        """Turn a page."""
        draft, page = await self._draft(interaction, press)
        await replace(interaction, preview_card(draft, page))

    async def swap_previewed(self, interaction: Interaction, press: Press) -> None:
        """Put another question in the place of one."""
        async with self._preparing:
            draft, at = await self._draft(interaction, press)
            if at >= len(draft.items) or press.state.split(".")[-1] != str(len(draft.dropped)):
                await self._show(interaction, draft, page_with(draft.items, at), _MOVED)
                return
            bank, seen = await self._askable(interaction, self._volume_of(draft))
            rng, dropped = random.Random(interaction.id), frozenset(draft.dropped)
            items = swap(draft.items, at, bank, rng, seen=seen, dropped=dropped)
            if items is None:
                note = "There is no other question that goes with the rest, so this one stays."
            else:
                note = _swapped(draft, items[at], at)
                draft = altered(draft, items=items, dropped=(*draft.dropped, draft.items[at].id))
            await self._show(interaction, draft, page_with(draft.items, at), note)

    async def ask_name(self, interaction: Interaction, press: Press) -> None:
        """Open the form that saves a set."""
        draft, page = await self._draft(interaction, press)
        state = f"{draft.token}.{page}"
        form = ui.Modal(title="Save this set", timeout=None, custom_id=custom_id("quiz-preview-name", state))
        name = ui.TextInput[Any](custom_id="name", max_length=MAX_SET_NAME, default=draft.name or None)
        hint = "A set of the same name is replaced"
        form.add_item(ui.Label(text="Name of the set", description=hint, component=name))
        form.stop()  # sent back as a press, whenever that is
        await interaction.response.send_modal(form)

    async def save_previewed(self, interaction: Interaction, press: Press) -> None:
        """Save a set under the name that was typed."""
        async with self._preparing:
            draft, page = await self._draft(interaction, press)
            name = tame(press.fields.get("name", ""))[:MAX_SET_NAME].strip()
            if not name:
                raise Refusal("A set needs a name of at least one letter.")
            guild_id = interaction.guild_id or 0
            known = await self.quizzes.find_set(guild_id, draft.pack, name)
            if known is None and await self.quizzes.count_sets(guild_id) >= MOST_SETS:
                raise Refusal(f"A server may have {MOST_SETS} saved sets; delete one of them first.")
            now, who = interaction.created_at, interaction.user.id
            replaced = await self.quizzes.save_set(guild_id, draft.pack, name, draft.items, who, now)
            instead = ", in place of the set that had this name" if replaced else ""
            start = f"Start it any time with {self.bot.mention_of('quiz start')} set:{body(name, _ROOM_NAME)}"
            note = f"Saved as “{body(name, _ROOM_NAME)}”{instead}. {start}, where you can also set {_MORE}."
            await self._show(interaction, altered(draft, name=name, title=name), page, note)

    async def start_previewed(self, interaction: Interaction, press: Press) -> None:
        """Open a round of what the preview shows."""
        draft, _ = await self._draft(interaction, press)
        if not isinstance(self, Launcher):
            raise Refusal("No rounds are played here.")
        await self.launch(interaction, self._volume_of(draft), draft.items, draft.title)

    async def ask_drop(self, interaction: Interaction, press: Press) -> None:
        """Ask once before a set is deleted."""
        draft, page = await self._draft(interaction, press)
        await replace(interaction, sure_card(draft, page))

    async def drop_set(self, interaction: Interaction, press: Press) -> None:
        """Delete a saved set, now that it is sure; the preview stays."""
        async with self._preparing:
            draft, page = await self._draft(interaction, press)
            gone = await self.quizzes.delete_set(interaction.guild_id or 0, draft.pack, draft.name)
            told = "is deleted; what it held is still shown here" if gone else "was deleted already"
            note = f"The saved set “{body(draft.name, _ROOM_NAME)}” {told}."
            await self._show(interaction, altered(draft, name=""), page, note)

    async def _chosen(
        self, interaction: Interaction, volume: Volume, typed: str | None, number: int
    ) -> tuple[SetDraft, str]:
        """Choose a new set, and say where it is shorter than was asked; raises Refusal."""
        bank, seen = await self._askable(interaction, volume)
        topic = topic_in(bank, typed)
        items = choose(bank, number, random.Random(interaction.id), seen=seen, topic=topic)
        about = f" on “{body(topic, _ROOM_NAME)}”" if topic else ""
        there = len(fitting(bank, topic))
        amount = f"only {counted(there, 'question')}" if there else "no questions"
        few = f"There {'is' if there == 1 else 'are'} {amount}{about}"
        together = "" if there == len(items) else f" {len(items)} of them can be in one quiz: {_OTHERS}"
        if len(items) < LEAST_ITEMS:
            raise Refusal(f"{few}; a quiz takes at least {LEAST_ITEMS}.{together}")
        draft = SetDraft(token=interaction.id, pack=volume.id, title=topic or volume.name, items=items)
        return draft, "" if len(items) == number else f"{few}; you asked for {number}.{together}"

    async def _saved(self, interaction: Interaction, volume: Volume, typed: str) -> SetDraft:
        """Begin a draft of a saved set; raises Refusal."""
        kept = await self.quizzes.find_set(interaction.guild_id or 0, volume.id, tame(typed))
        if kept is None:
            raise Refusal(NO_SET)
        return SetDraft(token=interaction.id, pack=volume.id, title=kept.name, items=tuple(kept.items), name=kept.name)

    async def _askable(self, interaction: Interaction, volume: Volume) -> tuple[tuple[Item, ...], dict[str, int]]:
        """Give all that can be asked here, and how often each item was."""
        guild_id = interaction.guild_id or 0
        return await self.whole_bank(volume, guild_id), await self.quizzes.seen(guild_id, volume.id)

    async def _draft(self, interaction: Interaction, press: Press) -> tuple[SetDraft, int]:
        """Find the draft of a preview that an instructor uses, and the number beside its token; raises Refusal."""
        settings = await self.need_lead(interaction)
        token, number = (*press.state.split("."), "")[:2]
        draft = await self.set_drafts.find(settings.guild_id, token, interaction.created_at)
        if draft is None:
            raise Refusal(_STALE)
        return draft, int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0

    def _volume_of(self, draft: SetDraft) -> Volume:
        volume = self.services.library.get(draft.pack)
        if volume is None:
            raise Refusal("This brief is not in my library any more; choose another.")
        return volume

    async def _show(self, interaction: Interaction, draft: SetDraft, page: int = 0, note: str = "") -> None:
        """Show a draft as it is now, and keep it."""
        await self.set_drafts.keep(interaction.guild_id or 0, draft)
        view = preview_card(draft, page, note)
        if interaction.type is discord.InteractionType.application_command:
            await reply(interaction, view, private=True)
        else:
            await replace(interaction, view)


def _swapped(draft: SetDraft, new: Item, at: int) -> str:
    """Say what was swapped."""
    other = new.topic != draft.items[at].topic
    topic = f", on “{body(new.topic, _ROOM_NAME)}”: nothing else is left on its topic" if other else ""
    return f"Question {at + 1} is another one now{topic}.{_SAVE_AGAIN if draft.name else ''}"
