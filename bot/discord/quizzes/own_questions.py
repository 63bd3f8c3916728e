"""``/quiz question``: a server's own questions, from a form or a table."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import Literal, TypeAlias

import discord
from discord import app_commands

from bot.brief.quiz_items import QuizItem
from bot.discord.actions import Handler, Press
from bot.discord.cards.layout import Tone, notice
from bot.discord.cards.quiz_own import (
    OwnList,
    added_card,
    all_told,
    imported_card,
    list_card,
    mending_card,
    problems_card,
    sure_card,
    table_card,
    template_card,
)
from bot.discord.client import BriefBot, Interaction
from bot.discord.completion import complete_briefs
from bot.discord.delivery import defer, replace, reply
from bot.discord.faults import Refusal
from bot.discord.library import Volume
from bot.discord.quizzes.banks import settled
from bot.discord.quizzes.desk import QuizDesk
from bot.discord.quizzes.own_added import MOST_OWN, Added, told_imported, told_kept
from bot.discord.quizzes.own_form import decoded, need_table, own_table, question_form, read_question, typed_of
from bot.discord.quizzes.quiz_drafts import FormDraft, FormDrafts
from bot.quiz.own import OwnProblem, read_own, template

_MOST_LINES = 5_000  # of the file that holds all problems
_BRIEF = "Another brief than this channel’s"
_FIELDS = ("question", "answer", "wrong", "explanation", "place")
_MOST_TYPED = 4_000  # characters of a field, as Discord has it
_GONE = "What you typed was too long ago, so I have it no more; add the question anew."
_SEPARATOR = "Separator in the CSV (default: comma; semicolon for many European Excels)"
_DELETED = "That question was deleted already."

Separator: TypeAlias = Literal["comma", "semicolon"]
_DELIMITERS: dict[Separator, str] = {"comma": ",", "semicolon": ";"}


class OwnQuestions(QuizDesk):
    """Keeps a server's own questions."""

    question = app_commands.Group(name="question", description="Questions of your own: add, import, list")

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot."""
        super().__init__(bot)
        self.form_drafts = FormDrafts(bot.services.store.facts)
        self._adding = asyncio.Lock()  # one after the other, for a count decides

    @question.command(name="add", description="Add a question of your own")
    @app_commands.describe(brief=_BRIEF)
    @app_commands.autocomplete(brief=complete_briefs)
    async def add_question(self, interaction: Interaction, brief: str | None = None) -> None:
        """Open the form."""
        await self.need_lead(interaction)
        await interaction.response.send_modal(question_form(await self.volume(interaction, brief)))

    @question.command(name="import", description="Add questions of your own from a table (CSV)")
    @app_commands.describe(file="The table; /quiz question template gives one to fill in", brief=_BRIEF)
    @app_commands.autocomplete(brief=complete_briefs)
    async def import_questions(
        self, interaction: Interaction, file: discord.Attachment, brief: str | None = None
    ) -> None:
        """Read the file, and keep what is in it if all of it can be kept."""
        await self.need_lead(interaction)
        volume = await self.volume(interaction, brief)
        need_table(file)
        await defer(interaction)
        try:
            # In a thread: a file may be made to take long.
            read = await asyncio.to_thread(read_own, decoded(await file.read()), volume.pack)
            if read.problems:
                await _tell_problems(interaction, read.problems)
                return
            said = imported_card(told_imported(await self._add(interaction, volume, read.items)), read.warnings)
        except Refusal as refusal:
            said = notice(str(refusal), Tone.REFUSAL)
        await reply(interaction, said, private=True)

    @question.command(name="list", description="See the questions of your own, change or delete some")
    @app_commands.describe(brief=_BRIEF)
    @app_commands.autocomplete(brief=complete_briefs)
    async def list_questions(self, interaction: Interaction, brief: str | None = None) -> None:
        """Show the first page."""
        await self.need_lead(interaction)
        own = await self._own(interaction, await self.volume(interaction, brief))
        await reply(interaction, list_card(own, 0), private=True)

    @question.command(name="template", description="Get a table to fill in (CSV)")
    @app_commands.describe(separator=_SEPARATOR)
    async def give_template(self, interaction: Interaction, separator: Separator = "comma") -> None:
        """Send the file."""
        await self.need_lead(interaction)
        file = _file("questions.csv", template(_DELIMITERS[separator]))
        await reply(interaction, template_card(file.filename), private=True, files=[file])

    @question.command(name="export", description="Get the questions of your own as a table (CSV)")
    @app_commands.describe(separator=_SEPARATOR, brief=_BRIEF)
    @app_commands.autocomplete(brief=complete_briefs)
    async def export_questions(
        self, interaction: Interaction, separator: Separator = "comma", brief: str | None = None
    ) -> None:
        """Send the file."""
        settings = await self.need_lead(interaction)
        items = await self.quizzes.own(settings.guild_id, (await self.volume(interaction, brief)).id)
        if not items:
            raise Refusal("There are no questions of your own here yet.")
        file = _file("own-questions.csv", own_table(items, _DELIMITERS[separator]))
        await reply(interaction, table_card(file.filename, len(items)), private=True, files=[file])

    def own_questions_presses(self) -> tuple[tuple[str, Handler], ...]:
        """Say what the buttons and forms do."""
        return (
            ("quiz-own-form", self.open_form),
            ("quiz-own-edit", self.edit_form),
            ("quiz-own-keep", self.keep_question),
            ("quiz-own-list", self.turn_own),
            ("quiz-own-change", self.change_question),
            ("quiz-own-delete", self.ask_delete),
            ("quiz-own-deleted", self.delete_question),
        )

    async def open_form(self, interaction: Interaction, press: Press) -> None:
        """Open the form, empty."""
        await self.need_lead(interaction)
        await interaction.response.send_modal(question_form(self._keyed(press.state)))

    async def edit_form(self, interaction: Interaction, press: Press) -> None:
        """Open the form again with what was typed."""
        settings = await self.need_lead(interaction)
        draft = await self.form_drafts.find(settings.guild_id, press.state, interaction.created_at)
        volume = self.services.library.get(draft.pack) if draft else None
        if draft is None or volume is None:
            raise Refusal(_GONE)
        await interaction.response.send_modal(question_form(volume, draft.fields, draft.edits))

    async def change_question(self, interaction: Interaction, press: Press) -> None:
        """Open the form with a question that is kept."""
        settings = await self.need_lead(interaction)
        item_id, page, key = _marked(press)
        volume = self._keyed(key)
        item = await self._find(settings.guild_id, volume, item_id)
        if item is not None:
            await interaction.response.send_modal(question_form(volume, typed_of(item), item.id))
            return
        own = await self._own(interaction, volume)
        await replace(interaction, list_card(own, own.page(page), _DELETED))

    async def keep_question(self, interaction: Interaction, press: Press) -> None:
        """Keep the question that was typed, or say all that is wrong with it."""
        settings = await self.need_lead(interaction)
        key, _, edits = press.state.partition(".")
        volume = self._keyed(key)
        typed = {name: press.fields.get(name, "")[:_MOST_TYPED] for name in _FIELDS}
        old = await self._find(settings.guild_id, volume, edits) if edits else None
        read = read_question(typed, volume.pack, old)
        problems, added = read.problems, Added()
        if not problems:
            try:
                added = await self._add(interaction, volume, read.items, edits)
            except Refusal as full:
                problems = (OwnProblem(0, "", str(full)),)
        if problems:
            draft = FormDraft(token=interaction.id, pack=volume.id, fields=typed, edits=edits)
            await self.form_drafts.keep(settings.guild_id, draft)
            await reply(interaction, mending_card(problems, draft.token), private=True)
            return
        (item,) = settled(volume, read.items)
        start, said = self.bot.mention_of("quiz start"), told_kept(added, edited=old is not None)
        view = added_card(item, said, volume.id_key, start=start, warnings=read.warnings)
        await reply(interaction, view, private=True)

    async def turn_own(self, interaction: Interaction, press: Press) -> None:
        """Turn a page of the list, or leave a question undeleted."""
        await self.need_lead(interaction)
        page, _, key = press.state.partition(".")
        own = await self._own(interaction, self._keyed(key))
        await replace(interaction, list_card(own, own.page(page)))

    async def ask_delete(self, interaction: Interaction, press: Press) -> None:
        """Ask once before a question is deleted."""
        await self.need_lead(interaction)
        item_id, page, key = _marked(press)
        own = await self._own(interaction, self._keyed(key))
        item = next((one for one in own.items if one.id == item_id), None)
        view = sure_card(item, own.page(page), key) if item else list_card(own, own.page(page), _DELETED)
        await replace(interaction, view)

    async def delete_question(self, interaction: Interaction, press: Press) -> None:
        """Delete a question, now that it is sure."""
        settings = await self.need_lead(interaction)
        item_id, page, key = _marked(press)
        volume = self._keyed(key)
        deleted = await self.quizzes.delete_own(settings.guild_id, volume.id, item_id)
        own = await self._own(interaction, volume)
        await replace(interaction, list_card(own, own.page(page), "The question is deleted." if deleted else _DELETED))

    async def _own(self, interaction: Interaction, volume: Volume) -> OwnList:
        guild_id = interaction.guild_id or 0
        items = settled(volume, await self.quizzes.own(guild_id, volume.id))
        brief = volume.name if self.services.library.many else ""
        return OwnList(items, await self.quizzes.count_own(guild_id), MOST_OWN, volume.id_key, brief)

    async def _find(self, guild_id: int, volume: Volume, item_id: str) -> QuizItem | None:
        """Give a question that is kept, as it was written."""
        return next((one for one in await self.quizzes.own(guild_id, volume.id) if one.id == item_id), None)

    async def _add(self, interaction: Interaction, volume: Volume, items: Sequence[QuizItem], edits: str = "") -> Added:
        """Keep questions as long as there is room, in the place of the one that was edited; raises Refusal."""
        guild_id = interaction.guild_id or 0
        async with self._adding:
            known = {item.id: item for item in await self.quizzes.own(guild_id, volume.id)}
            fresh = [item for item in items if known.get(item.id) != item]
            new, count = sum(item.id not in known for item in items), await self.quizzes.count_own(guild_id)
            gone = int(edits in known and edits not in {item.id for item in items})
            if new > gone and count + new - gone > MOST_OWN:
                there = f"a server may have {MOST_OWN} questions of its own, and this one has {count}"
                raise Refusal(f"There is no room for {new} more: {there}. Delete some first.")
            if fresh:
                await self.quizzes.add_own(guild_id, volume.id, fresh, interaction.user.id, interaction.created_at)
            if gone:
                await self.quizzes.delete_own(guild_id, volume.id, edits)
        return Added(new, len(fresh) - new, len(items) - len(fresh), count + new - gone)

    def _keyed(self, key: str) -> Volume:
        volume = self.services.library.keyed(key)
        if volume is None:
            raise Refusal("This brief is not in my library any more; choose another.")
        return volume


async def _tell_problems(interaction: Interaction, problems: Sequence[OwnProblem]) -> None:
    """Say what is wrong with a file, with a file of all problems where a card has no room."""
    lines = [str(one) for one in problems[:_MOST_LINES]]
    lines += [f"and {len(problems) - _MOST_LINES:,} more"] if len(problems) > _MOST_LINES else []
    files = [] if all_told(problems) else [_file("problems.txt", "\n".join(lines))]
    view = problems_card(problems, *(file.filename for file in files))
    await reply(interaction, view, private=True, files=files)


def _marked(press: Press) -> tuple[str, str, str]:
    """Read which question a button is for, on which page, and the brief's key."""
    item_id, page, key = (*press.state.split(".", 2), "", "")[:3]
    return item_id, page, key


def _file(name: str, text: str) -> discord.File:
    return discord.File(io.BytesIO(text.encode()), filename=name)
