"""The store: opens the database and holds a repository for each feature."""

from __future__ import annotations

from bot.store.addresses import parse_address, sqlite_url
from bot.store.digests import Digests
from bot.store.engine import open_engine
from bot.store.facts import Facts
from bot.store.faults import StoreFault
from bot.store.feedback import Feedback
from bot.store.guilds import Guilds
from bot.store.people import People
from bot.store.quiz_rounds import QuizRounds
from bot.store.quizzes import Quizzes
from bot.store.topics import Topics
from bot.store.transactions import Transactions
from bot.store.unanswered import Unanswered
from bot.store.upgrade import bring_up_to_date

__all__ = ["Store", "StoreFault", "sqlite_url"]

_PATIENCE = 20.0  # seconds


class Store:
    """The repositories of one database. Their methods raise StoreFault when the database cannot be used."""

    def __init__(self, transactions: Transactions) -> None:
        """Take the transactions of a database that is up to date."""
        self._transactions = transactions
        self.guilds = Guilds(transactions)
        self.unanswered = Unanswered(transactions)
        self.feedback = Feedback(transactions)
        self.facts = Facts(transactions)
        self.digests = Digests(transactions)
        self.topics = Topics(transactions)
        self.rounds = QuizRounds(transactions)
        self.quizzes = Quizzes(transactions)
        self.people = People(transactions, (self.feedback, self.digests, self.rounds, self.quizzes))

    @classmethod
    async def open(cls, url: str, *, patience: float = _PATIENCE) -> Store:
        """Open a database, making and migrating it where needed; raises StoreFault.

        ``patience``: how many seconds to wait while another program migrates it.
        """
        address = parse_address(url)
        transactions = Transactions(open_engine(address), address.name)
        try:
            await bring_up_to_date(transactions, address.name, patience)
        except BaseException:
            await transactions.close()
            raise
        return cls(transactions)

    async def close(self) -> None:
        """Wait for what is running, then close the connections."""
        await self._transactions.close()
