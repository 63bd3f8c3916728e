"""Every cog of the bot, in the order in which they are added."""

from __future__ import annotations

from bot.discord.client import CogMaker
from bot.discord.cogs.ask import Ask
from bot.discord.cogs.browse import Browse
from bot.discord.cogs.cite import Cite
from bot.discord.cogs.deliver import Deliver
from bot.discord.cogs.digest import Digest
from bot.discord.cogs.feedback import Feedback
from bot.discord.cogs.find import Find
from bot.discord.cogs.help import Help
from bot.discord.cogs.housekeeping import Housekeeping
from bot.discord.cogs.mention import Mention
from bot.discord.cogs.poll import Poll
from bot.discord.cogs.privacy import Privacy
from bot.discord.cogs.quiz import Quiz
from bot.discord.cogs.quote import QuoteCog
from bot.discord.cogs.recommendations import Recommendations
from bot.discord.cogs.settings import Settings
from bot.discord.cogs.unanswered import Unanswered

COGS: tuple[CogMaker, ...] = (
    Ask,
    Browse,
    QuoteCog,
    Poll,
    Recommendations,
    Cite,
    Find,
    Mention,
    Feedback,
    Help,
    Privacy,
    Unanswered,
    Digest,
    Deliver,
    Quiz,
    Settings,
    Housekeeping,
)
