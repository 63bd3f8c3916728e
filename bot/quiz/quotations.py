"""Items about quotations: who said it, when, and on which occasion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.brief.pack import Quote
from bot.brief.publication import PartialDate
from bot.brief.quiz_items import MAX_STEM, Difficulty
from bot.quiz.items import Item
from bot.quiz.making import Asked, Maker, fits
from bot.words.text import sentences, words


def about_quotations(maker: Maker) -> Iterator[Item | None]:
    """Ask for the speaker, the date and the occasion of each quotation, as far as that is one of several."""
    quotes = maker.pack.quotes
    for quote in quotes:
        yield _who(maker, quote)
        yield _attributed(maker, quote)
        twins = [other for other in quotes if other is not quote and _overlap(quote, other)]
        if quote.date and all(twin.date for twin in twins):
            yield _when(maker, quote)
        if quote.occasion and all(twin.occasion or twin.date for twin in twins):
            yield _where(maker, quote)


def _who(maker: Maker, quote: Quote) -> Item | None:
    others = [other.speaker for other in maker.pack.quotes if other.speaker != quote.speaker]
    asked = _ask(quote, "who", "Who said: “{}”?", Difficulty.EASY)
    return maker.choice(asked, quote, quote.speaker, others) if asked and others else None


def _attributed(maker: Maker, quote: Quote) -> Item | None:
    """State who said it, rightly or wrongly."""
    others = sorted({other.speaker for other in maker.pack.quotes} - {quote.speaker})
    if not others:
        return None
    holds = maker.rng.random() < 0.5
    speaker = quote.speaker if holds else maker.rng.choice(others)
    asked = _ask(quote, "said", f"It was {speaker} who said: “{{}}”.", Difficulty.EASY)
    return maker.statement(replace(asked, about=f"who:{quote.id}"), quote, holds=holds) if asked else None


def _when(maker: Maker, quote: Quote) -> Item | None:
    date = quote.date
    if date is None:
        return None
    known = [other.date for other in maker.pack.quotes if other.date]
    wrong = [other for other in (*known, *_near(date)) if _alike(date, other) and other != date]
    asked = _ask(quote, "when", f"When did {quote.speaker} say: “{{}}”?", Difficulty.HARD)
    return maker.choice(asked, quote, date.spoken, [other.spoken for other in wrong]) if asked else None


def _where(maker: Maker, quote: Quote) -> Item | None:
    others = [other.occasion for other in maker.pack.quotes if other.occasion and other.occasion != quote.occasion]
    asked = _ask(quote, "where", f"On which occasion did {quote.speaker} say: “{{}}”?", Difficulty.MEDIUM)
    if asked is None or not others:
        return None
    return maker.choice(asked, quote, _capital(quote.occasion), [_capital(other) for other in others])


def _ask(quote: Quote, what: str, frame: str, difficulty: Difficulty) -> Asked | None:
    """Put the quotation, or its longest sentence that fits, into a question."""
    room = MAX_STEM - len(frame.format(""))
    whole = [quote.quoted, *sentences(quote.quoted)]
    said = [text for text in whole if len(text) <= room and "[..]" not in text and fits(frame.format(text))]
    if not said:
        return None
    longest = max(said, key=len)
    return Asked(
        f"{what}-{quote.id}", f"{what}:{quote.id}", frame.format(longest.rstrip(".")), f"{quote.text}.", difficulty
    )


def _overlap(one: Quote, other: Quote) -> bool:
    """Tell whether one quotation stands in the other, by the same speaker."""
    mine, others = " ".join(words(one.quoted)), " ".join(words(other.quoted))
    return one.speaker == other.speaker and (mine in others or others in mine)


def _near(date: PartialDate) -> list[PartialDate]:
    """Give dates that differ in the month, or in the year where no month is known."""
    if date.month is None:
        return [PartialDate(date.year + step) for step in (-1, 1, -2)]
    months = ((date.month - 1 + step) % 12 + 1 for step in (-1, 1, -2))
    return [PartialDate(date.year, month, min(date.day, 28) if date.day else None) for month in months]


def _alike(one: PartialDate, other: PartialDate) -> bool:
    return (one.month is None, one.day is None) == (other.month is None, other.day is None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
