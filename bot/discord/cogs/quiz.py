"""``/quiz``: instructors lead, all play."""

from __future__ import annotations

from discord.ext import commands

from bot.discord.client import BriefBot
from bot.discord.quizzes.leading import Leading
from bot.discord.quizzes.own_questions import OwnQuestions
from bot.discord.quizzes.playing import Playing
from bot.discord.quizzes.practising import Practising
from bot.discord.quizzes.preparing import Preparing
from bot.discord.quizzes.reporting import Reporting


class Quiz(
    Leading,
    Playing,
    Preparing,
    OwnQuestions,
    Reporting,
    Practising,
    commands.GroupCog,
    group_name="quiz",
    group_description="Quizzes on the brief: lead, play, practise",
):
    """Offers the commands, whose work is done in ``bot.discord.quizzes``."""

    def __init__(self, bot: BriefBot) -> None:
        """Take the bot, and say what the buttons and forms do."""
        super().__init__(bot)
        for name, handler in (
            *self.leading_presses(),
            *self.playing_presses(),
            *self.preparing_presses(),
            *self.own_questions_presses(),
            *self.reporting_presses(),
        ):
            bot.actions.add(name, handler)
        for name, handler in self.practising_presses():
            bot.actions.add(name, handler, reads=True)
