"""``/unanswered``: what the brief did not answer and what readers found wrong, for those who lead."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.choices import complete
from bot.brief.pack import Entry, Figure
from bot.discord.actions import Press
from bot.discord.cards.inbox import PER_PAGE, Amounts, case_name, file_card, inbox_card
from bot.discord.client import BriefBot, Interaction
from bot.discord.completion import Choices, unfailing
from bot.discord.delivery import replace, reply, tell
from bot.discord.faults import Refusal
from bot.discord.library import Library
from bot.discord.permissions import may_lead, need_lead
from bot.store.cases import Case, Titles, as_csv, judged_cases, question_cases
from bot.store.database import StoreFault

_MOST_ROWS = 5_000  # of each kind
_MOST_BYTES = 8_000_000  # of a table; Discord takes 10 MiB at least
_MOST_OFFERED = 200  # of each kind, which the completion looks through
_TOKEN = re.compile(r"\s*([qrv])([1-9]\d{0,17})(?!\w)", re.ASCII)
_FILE = "unanswered.csv"


@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
class Unanswered(
    commands.GroupCog, group_name="unanswered", group_description="Questions without an answer, and reported answers"
):
    """Shows, exports and clears the list."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the parts of the list do."""
        self.services = bot.services
        bot.actions.add("unanswered-page", self.page)
        bot.actions.add("unanswered-dismiss", self.dismiss_chosen)

    @app_commands.command(name="list", description="Show what the brief did not answer and what readers reported")
    async def show(self, interaction: Interaction) -> None:
        """Show the first page."""
        guild_id = await self._need_lead(interaction)
        await reply(interaction, await self._card(guild_id, 0), private=True)

    @app_commands.command(name="export", description="Get the whole list as a table (CSV)")
    async def export(self, interaction: Interaction) -> None:
        """Send the list as a file."""
        guild_id = await self._need_lead(interaction)
        judged = await self._judged(guild_id)
        questions = await self.services.store.unanswered.listed(guild_id, _MOST_ROWS)
        cases = [*question_cases(questions), *judged]
        while len(table := as_csv(cases).encode("utf-8-sig")) > _MOST_BYTES:
            cases = cases[: len(cases) // 2]
        amounts = await self._amounts(guild_id, judged)
        file = discord.File(io.BytesIO(table), filename=_FILE)
        await reply(interaction, file_card(_FILE, len(cases), amounts), private=True, files=[file])

    @app_commands.command(name="dismiss", description="Take something off the list")
    @app_commands.describe(item="What to take off, such as q12")
    async def dismiss(self, interaction: Interaction, item: str) -> None:
        """Take one thing off the list."""
        guild_id = await self._need_lead(interaction)
        token = _TOKEN.match(item)
        if token is None:
            raise Refusal("Name what to dismiss by its short name on the list, such as q12, r5 or v7.")
        if not await self._dismiss(guild_id, token):
            raise Refusal(f"{token[1]}{token[2]} is not on the list of this server any more.")
        await tell(interaction, f"Dismissed {token[1]}{token[2]}.")

    @dismiss.autocomplete("item")
    @unfailing
    async def complete_items(self, interaction: Interaction, typed: str) -> Choices:
        """Suggest what is on the list, to those who may see it."""
        guild_id = interaction.guild_id
        if guild_id is None or not may_lead(interaction, await self.services.book.settings(guild_id)):
            return []
        try:
            questions = await self.services.store.unanswered.listed(guild_id, _MOST_OFFERED)
            cases = [*question_cases(questions), *await self._judged(guild_id, _MOST_OFFERED)]
        except StoreFault:  # the command itself says so
            return []
        names = {case_name(case): case.token for case in cases}
        return [app_commands.Choice(name=name, value=names[name]) for name in complete(typed, list(names))]

    async def page(self, interaction: Interaction, press: Press) -> None:
        """Turn a page."""
        guild_id = await self._need_lead(interaction)
        await replace(interaction, await self._card(guild_id, _number(press.state)))

    async def dismiss_chosen(self, interaction: Interaction, press: Press) -> None:
        """Take off the list what was chosen from it."""
        guild_id = await self._need_lead(interaction)
        tokens = [token for value in press.values if (token := _TOKEN.fullmatch(value))]
        done = [f"{token[1]}{token[2]}" for token in tokens if await self._dismiss(guild_id, token)]
        note = f"Dismissed {', '.join(done)}." if done else "That was off the list already."
        await replace(interaction, await self._card(guild_id, _number(press.state), note))

    async def _need_lead(self, interaction: Interaction) -> int:
        if interaction.guild_id is None:
            raise Refusal("This list belongs to a server; use /unanswered there.")
        need_lead(interaction, await self.services.book.settings(interaction.guild_id))
        return interaction.guild_id

    async def _card(self, guild_id: int, page: int, note: str = "") -> discord.ui.LayoutView:
        """Show a page, or the last one where there are fewer by now."""
        judged = await self._judged(guild_id)
        amounts = await self._amounts(guild_id, judged)
        page = min(page, amounts.pages - 1)
        start = page * PER_PAGE
        cases = question_cases(await self.services.store.unanswered.listed(guild_id, PER_PAGE, start))
        cases += judged[max(0, start - amounts.questions) : max(0, start + PER_PAGE - amounts.questions)]
        return inbox_card(cases, amounts, page, self._named, note)

    async def _amounts(self, guild_id: int, judged: Sequence[Case]) -> Amounts:
        reports = sum(case.kind == "report" for case in judged)
        return Amounts(await self.services.store.unanswered.count(guild_id), reports, len(judged) - reports)

    async def _judged(self, guild_id: int, most: int = _MOST_ROWS) -> list[Case]:
        feedback = self.services.store.feedback
        reports, ratings = await feedback.reports(guild_id, most), await feedback.ratings(guild_id, most)
        return judged_cases(reports, ratings, titles_of(self.services.library))

    async def _dismiss(self, guild_id: int, token: re.Match[str]) -> bool:
        store, number = self.services.store, int(token[2])
        match token[1]:
            case "q":
                return await store.unanswered.dismiss(guild_id, number)
            case "r":
                return await store.feedback.dismiss_report(guild_id, number)
            case _:
                return await store.feedback.dismiss_rating(guild_id, number)

    def _named(self, pack: str) -> str:
        library = self.services.library
        volume = next((volume for volume in library.volumes if volume.id == pack), None)
        if volume is None:
            return pack
        return volume.name if library.many else ""


def titles_of(library: Library) -> Titles:
    """Find titles in the library: of an entry, or of a row and column of a figure."""
    known: dict[str, dict[str, Entry]] = {}

    def title(pack: str, name: str) -> str:
        if pack not in known:
            entries = (volume.pack.entries for volume in library.volumes if volume.id == pack)
            known[pack] = {entry.id: entry for entry in next(entries, ())}
        entry_id, _, cell = name.partition("/")
        entry = known[pack].get(entry_id)
        if entry is None:
            return ""
        return f"{entry.title}: {_cell(entry, cell)}" if isinstance(entry, Figure) and cell else entry.title

    return title


def _cell(figure: Figure, name: str) -> str:
    row, _, column = name.partition("/")
    rows = (one.label for one in figure.rows if one.id == row)
    columns = (one.label for one in figure.columns if one.id == column)
    return ", ".join((*rows, *columns)) or name


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
