"""How a match is told in a card: our words, the deciding ones in bold, then where they stand and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.answers.attribution import whose_words
from bot.answers.excerpts import excerpt
from bot.answers.marks import Marker
from bot.answers.outcomes import Match
from bot.brief.pack import MAX_ANSWER, Figure, Passage, Quote, Recommendation, Term
from bot.charts.drawing import amount
from bot.discord.cards.layout import body, heading, large, quiet
from bot.discord.library import Volume
from bot.discord.markdown import fitted, marked, plain, tame
from bot.words.stopwords import FUNCTION

_ROOM_ANSWER = 500
_ROOM_TOLD = 2_350  # all that stands under the direct answer, so that a card with all its lines stays within 4,000
_ROOM_QUOTED = 1_700
_ROOM_EXCERPT = 450
_ROOM_LINE = 300
_ROOM_PLACE = 160
_ROOM_BRIEF = 50
_ROOM_HORIZON = 120
_ROOM_WHOM = 240
_LARGE_QUOTATION = 300  # characters; a longer one would be a wall of bold letters


def told(volume: Volume, match: Match, marker: Marker | None) -> Iterator[str]:
    """Yield the blocks of an answer: the direct answer large, then what it rests on."""
    match = in_our_words(match)
    if isinstance(match.entry, Quote):
        if match.answer and match.answer not in match.entry.quoted:
            yield large(match.answer, _ROOM_ANSWER)
        yield quotation(match.entry, large_words=not match.answer)
        return
    if isinstance(match.entry, Figure):
        yield from _figure(match, match.entry)
        return
    under = list(_under(volume, match, marker))
    if not match.answer and 0 < len(match.text) <= MAX_ANSWER:
        yield large(match.text, _ROOM_ANSWER)
    else:
        yield large(match.answer or match.title, _ROOM_ANSWER)
        if match.text and match.text != match.answer:
            yield _passage(match.text, marker, _ROOM_TOLD - sum(map(len, under)))
    yield from under


def described(volume: Volume, match: Match) -> Iterator[str]:
    """Yield the blocks of a place as one reads it: its title, then what stands there."""
    match = in_our_words(match)
    yield heading(match.title)
    if isinstance(match.entry, Quote):
        yield quotation(match.entry, large_words=False)
    elif isinstance(match.entry, Figure):
        yield body(match.entry.summary, _ROOM_TOLD)
        yield quiet(f"Source: {match.entry.source}", room=_ROOM_LINE)
    else:
        under = list(_under(volume, match, None))
        if match.text:
            yield _passage(match.text, None, _ROOM_TOLD - sum(map(len, under)))
        yield from under


def in_our_words(match: Match) -> Match:
    """Give a match as it may be shown in public: our summary, never the author's paragraph."""
    entry = match.entry
    if isinstance(entry, Passage | Recommendation) and entry.verbatim:
        answer = "" if match.answer and match.answer in entry.verbatim else match.answer
        return replace(match, text=entry.summary, verbatim=False, answer=answer)
    return match


def quotation(quote: Quote, *, large_words: bool) -> str:
    """Tell a public statement with its speaker, date and occasion."""
    words = f"“{quote.quoted}”"
    large_words = large_words and len(words) <= _LARGE_QUOTATION
    said = ", ".join(filter(None, (quote.speaker, quote.date.spoken if quote.date else "")))
    lines = [
        large(words, _ROOM_QUOTED) if large_words else f"> {body(words, _ROOM_QUOTED)}",
        f"— {body(said, _ROOM_LINE)}",
    ]
    if quote.occasion:
        lines.append(quiet(f"Occasion: {quote.occasion}", room=_ROOM_LINE))
    return "\n".join(lines)


def recipient(entry: Recommendation) -> str:
    """Tell a recommendation's horizon and whom it is for, as far as the brief says."""
    horizon, whom = body(entry.horizon, _ROOM_HORIZON), body(entry.addressee, _ROOM_WHOM)
    lines = [f"**Horizon:** {horizon}"] if horizon else []
    return "\n".join([*lines, f"**For whom:** {whom}"] if whom else lines)


def source_line(volume: Volume, match: Match, *, named: bool, room: int = 400) -> str:
    """Write the quiet line under an answer: citation, brief, as of when, whose words."""
    match = in_our_words(match)
    brief = f"in “{fitted(volume.name, _ROOM_BRIEF)}”" if named else ""
    known = ("", brief, f"as of {volume.pack.as_of}", _whose(match))
    citation = fitted(match.citation.text, room - len(quiet(*known)))  # of all parts, only this one may be cut
    return quiet(citation, *known, room=room)


def place_line(match: Match) -> str:
    """Write where a further match stands."""
    return quiet(match.citation.text, room=_ROOM_PLACE)


def _under(volume: Volume, match: Match, marker: Marker | None) -> Iterator[str]:
    if isinstance(match.entry, Recommendation) and (lines := recipient(match.entry)):
        yield lines
    if volume.verbatim and (words := _author(match, marker)):
        yield f"> {words}\n{quiet('The author’s words')}"


def _whose(match: Match) -> str:
    if not match.text and isinstance(match.entry, Passage | Recommendation):
        return "a place in the brief"
    return "our definition" if isinstance(match.entry, Term) else whose_words(match)


def _figure(match: Match, figure: Figure) -> Iterator[str]:
    short = len(figure.summary) <= MAX_ANSWER
    yield large(match.answer or (figure.summary if short else figure.title), _ROOM_ANSWER)
    row = next((row for row in figure.rows if match.id.startswith(f"{figure.id}/{row.id}/")), None)
    if row is not None:
        labels = {column.id: column.label for column in figure.columns}
        others = "; ".join(
            f"{labels[name]} {amount(value, figure.unit)}" for name, value in row.values.items() if value is not None
        )
        yield body(f"{figure.title}. {row.label}: {others}.", _ROOM_QUOTED)
    elif match.answer or not short:
        yield body(figure.summary, _ROOM_QUOTED)
    yield quiet(f"Source: {figure.source}", room=_ROOM_LINE)


def _passage(text: str, marker: Marker | None, room: int) -> str:
    text = fitted(text, room)
    if marker is None:
        return plain(text)
    spans = [(start, end) for start, end in marker.spans(text) if text[start:end].casefold() not in FUNCTION]
    made = marked(text, spans)
    return made if len(made) <= room else plain(text)


def _author(match: Match, marker: Marker | None) -> str:
    verbatim = getattr(match.entry, "verbatim", "")
    if not verbatim:
        return ""
    text = tame(verbatim)
    return body(f"“{excerpt(text, marker.spans(text) if marker else ())}”", _ROOM_EXCERPT)
