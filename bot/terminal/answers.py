"""Answers: the direct answer first, then what it rests on, then whose words these are and as of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from bot.answers.attribution import whose_words
from bot.answers.outcomes import Answered, Match, NotInBrief, Outcome, Why
from bot.brief.pack import MAX_ANSWER, Figure, Pack, Quote, Recommendation, Row
from bot.terminal.explanation import put_evidence
from bot.terminal.figures import put_bars
from bot.terminal.marks import Marker
from bot.terminal.safety import safe, shorten
from bot.terminal.screen import Screen, Style

_INDENT = 2
_MOST_REPAIRS = 4
_SPEAKS_OF_THE_BRIEF = {Why.UNTREATED, Why.ABSENT, Why.UNSURE}
_HOW_TO_ASK = "To see what can be asked, open briefbot chat: /browse lists the sections, Tab completes questions."


def show(outcome: Outcome, packs: Sequence[Pack], console: Console | None = None) -> None:
    """Print an answer, or a refusal with the nearest passages."""
    put_outcome(Screen(console), outcome, packs, _HOW_TO_ASK)


def put_outcome(screen: Screen, outcome: Outcome, packs: Sequence[Pack], how_to_ask: str, others: int = 24) -> None:
    """Write an outcome on a screen with at most so many other matches; ``how_to_ask`` ends a refusal."""
    writer = _Writer(screen, outcome, packs)
    match outcome:
        case Answered():
            writer.answer(outcome, others)
        case NotInBrief():
            writer.refusal(outcome, others, how_to_ask)
    if outcome.evidence:
        put_evidence(screen, outcome.evidence)


def put_matches(screen: Screen, outcome: Outcome, matches: Sequence[Match], packs: Sequence[Pack]) -> None:
    """Write further matches in full, but without their direct answers: these answer other questions."""
    writer = _Writer(screen, outcome, packs)
    for position, match in enumerate(matches):
        if position:
            screen.gap()
        screen.heading(match.title)
        writer.match(replace(match, answer=""))


class _Writer:
    def __init__(self, screen: Screen, outcome: Outcome, packs: Sequence[Pack]) -> None:
        self.screen = screen
        self.outcome = outcome
        self.packs = {pack.id: pack for pack in packs}
        self.markers: dict[str, Marker] = {}

    def answer(self, outcome: Answered, others: int) -> None:
        first, *rest = outcome.matches
        self.match(first)
        self._repairs()
        if outcome.tie and rest:
            meant = rest.pop(0)
            line = Text.assemble("Did you mean: ", (safe(meant.title), Style.LEAD), "?")
            line.append(f"  ({safe(self._place(meant))})", Style.QUIET)
            self.screen.gap()
            self.screen.put(line, hang=_INDENT)
        self._list("See also", rest[:others])

    def refusal(self, outcome: NotInBrief, others: int, how_to_ask: str) -> None:
        self.screen.put(outcome.reason, Style.LEAD)
        if outcome.why in _SPEAKS_OF_THE_BRIEF:
            dates = " and ".join(dict.fromkeys(pack.as_of for pack in self.packs.values()))
            subject = "The brief speaks" if len(self.packs) == 1 else "The briefs speak"
            self.screen.put(f"{subject} as of {dates}.", Style.QUIET)
        self._repairs()
        self._list("Nearest passages, which may not answer it", outcome.nearest[:others])
        self.screen.gap()
        self.screen.put(how_to_ask, Style.QUIET)

    def match(self, match: Match) -> None:
        if match.answer:
            self.screen.put(match.answer, Style.LEAD)
        match match.entry:
            case Figure() as figure:
                self._figure(match, figure)
            case Quote() as quote:
                self._quote(quote)
            case _ if match.answer:
                self.screen.gap()
                self.screen.put(self._marked(match), indent=_INDENT)
            case _:
                self.screen.put(self._marked(match), Style.LEAD if len(match.text) <= MAX_ANSWER else "")
        if isinstance(match.entry, Recommendation):
            self.screen.gap()
            put_recipient(self.screen, match.entry)
        self.screen.gap()
        self.screen.put(self._cited(match), Style.QUIET, indent=_INDENT)

    def _figure(self, match: Match, figure: Figure) -> None:
        row, column = _cell(match, figure)
        if not match.answer:
            self.screen.put(figure.summary if row is None else match.text, Style.LEAD if row else "")
        self.screen.gap()
        if row:
            self.screen.put(f"{figure.title}: {row.label}", indent=_INDENT)
        put_bars(self.screen, figure, row, column)
        if match.answer or row is None:
            self.screen.put(f"Source: {figure.source}", Style.QUIET, indent=_INDENT)

    def _quote(self, quote: Quote) -> None:
        self.screen.put(f"“{quote.quoted}”", Style.LEAD)
        put_speaker(self.screen, quote)

    def _marked(self, match: Match) -> Text:
        if self.screen.plain:
            return Text(safe(match.text))
        pack = self.packs[match.citation.pack]
        if pack.id not in self.markers:
            self.markers[pack.id] = Marker(pack, self.outcome.question, self.outcome.repaired)
        return self.markers[pack.id].mark(match.text)

    def _cited(self, match: Match) -> str:
        pack = self.packs[match.citation.pack]
        named = [f"in “{pack.short or pack.publication.title}”"] if len(self.packs) > 1 else []
        return " · ".join([match.citation.text, *named, f"as of {pack.as_of}", whose_words(match)])

    def _place(self, match: Match) -> str:
        if len(self.packs) > 1:
            return match.citation.text
        # The author and the year stand under the answer already.
        _, _, place = match.citation.text.partition("), ")
        return place or match.citation.text

    def _list(self, title: str, matches: Sequence[Match]) -> None:
        if not matches:
            return
        self.screen.gap()
        self.screen.put(title, Style.QUIET)
        for match in matches:
            line = Text(safe(match.title))
            line.append(f"  ({safe(self._place(match))})", Style.QUIET)
            self.screen.put(line, indent=_INDENT, hang=_INDENT)

    def _repairs(self) -> None:
        if self.outcome.repaired:
            pairs = self.outcome.repaired[:_MOST_REPAIRS]
            read = ", ".join(f"“{shorten(typed, 30)}” as “{shorten(meant, 30)}”" for typed, meant in pairs)
            self.screen.put(f"read {read}", Style.QUIET, indent=_INDENT)


def put_speaker(screen: Screen, quote: Quote) -> None:
    """Write who said a quotation, when, and on what occasion."""
    said = ", ".join(filter(None, (quote.speaker, quote.date.spoken if quote.date else "")))
    screen.put(f"— {said}", indent=_INDENT)
    if quote.occasion:
        screen.put(f"Occasion: {quote.occasion}", indent=_INDENT, hang=_INDENT)


def put_recipient(screen: Screen, entry: Recommendation) -> None:
    """Write a recommendation's horizon and addressee."""
    screen.put(f"Horizon: {entry.horizon}", indent=_INDENT, hang=_INDENT)
    screen.put(f"For whom: {entry.addressee}", indent=_INDENT, hang=_INDENT)


def _cell(match: Match, figure: Figure) -> tuple[Row | None, str]:
    """Find the row and column of a cell that was asked for: its id is ``figure/row/column``."""
    parts = match.id.split("/")
    if len(parts) != 3:
        return None, ""
    return next((row for row in figure.rows if row.id == parts[1]), None), parts[2]
