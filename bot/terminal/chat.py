"""The chat: a prompt that answers questions, and the same conversation line by line from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich.text import Text

from bot.answers.choices import guess
from bot.answers.outcomes import Answered, Match, Outcome
from bot.terminal.answers import put_matches, put_outcome
from bot.terminal.citing import cite_as
from bot.terminal.commands import COMMANDS
from bot.terminal.safety import safe, shorten
from bot.terminal.screen import Screen, Style
from bot.terminal.shelf import Broken, Reloaded, Shelf
from bot.terminal.views import browse, poll, quotes, recommendations

_FOUND = 10  # matches that a question looks for
_LISTED = 2  # of which so many are named below the answer
_AT_ONCE = 3  # and so many are shown by ``more``
_EXAMPLES = 3
_BARE = {"quit": "quit", "exit": "quit", "help": "help", "?": "help", "more": "more"}  # understood without a slash
_HOW_TO_ASK = "/browse shows what the brief treats, /help what else can be asked."


class Conversation:
    """Answers one line at a time; remembers the last question for ``more``."""

    def __init__(self, shelf: Shelf, *, watch: bool = False) -> None:
        """Take the packs, and whether to load them again when their files change."""
        self.shelf = shelf
        self.watch = watch
        self._last: Outcome | None = None
        self._further: tuple[Match, ...] = ()
        self._views: dict[str, Callable[[Screen, str], None]] = {
            "ask": self._ask,
            "more": lambda screen, _: self._more(screen),
            "browse": lambda screen, wanted: browse(screen, self.shelf.packs, wanted),
            "quote": lambda screen, wanted: quotes(screen, self.shelf.packs, wanted),
            "poll": lambda screen, wanted: poll(screen, self.shelf.packs, wanted),
            "recommendations": lambda screen, _: recommendations(screen, self.shelf.packs),
            "cite": lambda screen, wanted: cite_as(screen, self.shelf.packs, wanted),
            "help": lambda screen, _: put_help(screen),
        }

    def greet(self, screen: Screen) -> None:
        """Say what this is, of which brief, and how to begin."""
        briefs = "this brief" if len(self.shelf.packs) == 1 else "these briefs"
        screen.put(f"Ask {briefs}. Every answer names the paragraph that it rests on.")
        screen.gap()
        for pack in self.shelf.packs:
            screen.put(pack.publication.title, Style.LEAD, indent=2)
            authors = ", ".join(name.full for name in pack.publication.author)
            screen.put(", ".join(filter(None, (authors, pack.as_of))), indent=2)
            screen.gap()
        rows = [
            ("" if number else "Try", Text(safe(question), Style.COMMAND))
            for number, question in enumerate(self.examples())
        ]
        screen.columns(rows)
        screen.put("/help lists the commands, Tab completes, /quit leaves.", Style.QUIET)

    def examples(self) -> list[str]:
        """Choose three questions that are answered, spread over the pinned ones, the first of them among these."""
        pinned = self.shelf.suggest("")
        spread = (0, len(pinned) // 2 + 2, len(pinned) - 4) if len(pinned) > 2 * _EXAMPLES else range(len(pinned))
        return [pinned[place] for place in spread][:_EXAMPLES]

    def respond(self, line: str, screen: Screen) -> bool:
        """Answer a line; False when it asks to leave."""
        line = line.strip()
        name = _BARE.get(line.casefold())
        wanted = ""
        if name is None and line.startswith("/"):
            typed, _, wanted = line[1:].partition(" ")
            name = _command(typed)
            if name is None:
                _unknown(screen, typed)
                return True
        if name == "quit":
            return False
        if name is None:
            self._ask(screen, line)
        else:
            self._views[name](screen, wanted.strip())
        return True

    def refresh(self, screen: Screen) -> None:
        """Load packs again whose files changed, and say so."""
        if self.watch:
            self.shelf.refresh()
            for news in self.shelf.news():
                put_news(screen, news)

    def _ask(self, screen: Screen, question: str) -> None:
        if not question:
            screen.put("Type a question after /ask, or without it.")
            return
        outcome = self.shelf.ask(question, _FOUND)
        self._last, self._further = outcome, outcome.matches[isinstance(outcome, Answered) :]
        put_outcome(screen, outcome, self.shelf.packs, _HOW_TO_ASK, _LISTED)

    def _more(self, screen: Screen) -> None:
        if self._last is None:
            screen.put("Ask a question first; more then shows its further matches.")
        elif not self._further:
            screen.put("There are no further matches.")
        else:
            shown, self._further = self._further[:_AT_ONCE], self._further[_AT_ONCE:]
            put_matches(screen, self._last, shown, self.shelf.packs)


def put_help(screen: Screen) -> None:
    """List the commands."""
    screen.put("Type a question in plain English, or:")
    screen.columns([(Text(command.usage, Style.COMMAND), command.purpose) for command in COMMANDS])


def put_news(screen: Screen, news: Reloaded | Broken) -> None:
    """Tell of a pack that was loaded again, or why it was not."""
    match news:
        case Reloaded(pack):
            screen.put(f"{pack.id} loaded again.", Style.QUIET)
        case Broken(folder, problems):
            count = len(problems)
            what = "a problem" if count == 1 else f"{count:,} problems"
            screen.put(f"{folder.name} has {what}; the pack as it was stays in use.", Style.WARNING)
            for problem in problems:
                screen.put(str(problem), indent=2, hang=2)


def listen(conversation: Conversation) -> None:
    """Answer line by line from standard input, as plain output without a prompt."""
    if sys.stdin is None:
        return
    started = False
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").strip()
        if not line:
            continue
        screen = Screen()
        if started:
            screen.gap()
        started = True
        conversation.refresh(screen)
        if not conversation.respond(line, screen):
            return


def _command(typed: str) -> str | None:
    """Find a command by its name or its only beginning."""
    typed = typed.casefold()
    names = [command.name for command in COMMANDS]
    if typed in names:
        return typed
    found = [name for name in names if typed and name.startswith(typed)]
    return found[0] if len(found) == 1 else None


def _unknown(screen: Screen, typed: str) -> None:
    names = [command.name for command in COMMANDS]
    begun = [f"/{name}" for name in names if typed and name.startswith(typed.casefold())]
    meant = " or ".join(begun) if begun else guess(typed, names)
    hint = f"did you mean {meant if begun else f'/{meant}'}?" if meant else "/help lists the commands."
    screen.put(f"There is no command /{shorten(typed, 30)}; {hint}")
