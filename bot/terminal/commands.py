"""Commands: what can be typed after a slash, declared once for the session, its help and its completion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.terminal.citing import STYLE_NAMES
from bot.terminal.shelf import Shelf
from bot.terminal.views import section_titles


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name without the slash, its argument, what it does, and what may be typed as its argument."""

    name: str
    argument: str
    purpose: str
    choices: Callable[[Shelf, str], list[str]] = lambda _shelf, _typed: []

    @property
    def usage(self) -> str:
        """Write the command as it is typed."""
        return f"/{self.name} {self.argument}".rstrip()


def _questions(shelf: Shelf, typed: str) -> list[str]:
    return list(shelf.suggest(typed))


def _sections(shelf: Shelf, typed: str) -> list[str]:
    return _holding([title for _, title in section_titles(shelf.packs)], typed)


def _speakers(shelf: Shelf, typed: str) -> list[str]:
    quotes = [quote for pack in shelf.packs for quote in pack.quotes]
    return _holding([*(quote.speaker for quote in quotes), *(quote.title for quote in quotes)], typed)


def _figures(shelf: Shelf, typed: str) -> list[str]:
    return _holding([figure.title for pack in shelf.packs for figure in pack.figures], typed)


def _styles(shelf: Shelf, typed: str) -> list[str]:
    first, space, rest = typed.partition(" ")
    styles = [style for style in STYLE_NAMES if style.casefold() == first.casefold()]
    if not (space and styles):
        return _holding(list(STYLE_NAMES), typed)
    places = [str(passage.place) for pack in shelf.packs for passage in (*pack.passages, *pack.recommendations)]
    titles = [title for _, title in section_titles(shelf.packs)]
    return [f"{styles[0]} {place}" for place in _holding([*places, *titles], rest)]


def _commands(_shelf: Shelf, typed: str) -> list[str]:
    return _holding([command.name for command in COMMANDS], typed)


def _holding(names: list[str], typed: str) -> list[str]:
    """Keep the names that hold what was typed, those that begin with it first."""
    wanted = typed.strip().casefold()
    found = [name for name in dict.fromkeys(names) if wanted in name.casefold()]
    return sorted(found, key=lambda name: not name.casefold().startswith(wanted))


COMMANDS = (
    Command("ask", "question", "answer a question; without /ask it is the same", _questions),
    Command("more", "", "further matches of the last question"),
    Command("browse", "[section]", "the outline, or what a section says", _sections),
    Command("quote", "[speaker or subject]", "quotations with date and occasion", _speakers),
    Command("poll", "[figure]", "poll figures as bars and as sentences", _figures),
    Command("recommendations", "", "the recommendations, when and for whom"),
    Command("cite", "[style] [place]", "a reference ready to paste", _styles),
    Command("help", "", "this list", _commands),
    Command("quit", "", "leave; Ctrl-D does too"),
)
