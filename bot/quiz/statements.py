"""Items about what summaries say: true statements, false ones with a name or number exchanged, years to fill in.

Only sentences that stand on their own are taken, and only such as could be turned false, so that none looks true. A
false one differs from the true one in a single name or number: a number that stands elsewhere, or a name that a curated
item about the same place lists as a wrong answer and that the paragraph does not hold. No text of the pack holds all
words of a false statement, so that it cannot be true after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.brief.pack import Figure, Passage
from bot.brief.quiz_items import Difficulty, ItemKind, QuizItem
from bot.quiz.items import Item
from bot.quiz.making import Asked, Maker, fits
from bot.words.text import raw_words, sentences, words

_TRUE_SHARE = 0.5
_FEWEST_WORDS = 7
_LEANS = frozenset(  # words by which a sentence leans on another one
    """
    he she it they him her them his hers this that these those there here such so thus therefore yet both either neither
    others another same its their theirs latter former otherwise instead however moreover also too yes no paragraph
    """.split()
)
_OPENS = frozenset("and or but because in on at by for from with without just possibly only narrowly mainly".split())
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|can|could|will|would|should|must|does|do|did|began|led|gave|took|came|[a-z]{3,}(?:ed|ts|ks|es))\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHARE = re.compile(r"\b\d{1,3}(?= %)")
_NUMBER = re.compile(r"\d+")
_BREAKS = re.compile(r"[:;“”\"()?!]")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A sentence that stands on its own, and the entry that says it."""

    name: str
    text: str
    entry: Passage | Figure


def about_statements(maker: Maker) -> Iterator[Item | None]:
    """Ask whether statements hold, some of them falsified, and for the years in them."""
    years = _years(maker)
    for statement in _statements(maker):
        yield _judged(maker, statement, years)
        yield _year_gap(maker, statement, years)


def _statements(maker: Maker) -> Iterator[_Statement]:
    taken: set[str] = set()
    for passage in maker.pack.passages:
        texts = [*sentences(passage.summary), *(point.answer for point in passage.points)]
        for number, text in enumerate(texts, 1):
            if _alone(text) and text not in taken:
                taken.add(text)
                yield _Statement(f"{passage.id}-{number}", text, passage)
    for figure in maker.pack.figures:
        for row, column, _, sentence in figure.cells:
            yield _Statement(f"{figure.id}-{row.id}-{column.id}", sentence, figure)


def _alone(text: str) -> bool:
    """Tell whether a sentence stands on its own."""
    found = [word.casefold() for word in raw_words(text)]
    return (
        len(found) >= _FEWEST_WORDS
        and text[0].isupper()
        and text.endswith(".")
        and found[0] not in _OPENS
        and not _LEANS & set(found)
        and not _BREAKS.search(text)
        and len(sentences(text)) == 1
        and _VERB.search(text) is not None
    )


def _judged(maker: Maker, statement: _Statement, years: tuple[str, ...]) -> Item | None:
    """Make a statement true or false, as chance has it."""
    false = [text for text in _falsified(maker, statement, years) if fits(text) and not maker.says(text)]
    if not false:
        return None
    about = f"cell:{statement.name}" if isinstance(statement.entry, Figure) else f"says:{statement.name}"
    asked = Asked(f"holds-{statement.name}", about, statement.text, statement.text, Difficulty.MEDIUM)
    holds, text = maker.rng.random() < _TRUE_SHARE, maker.rng.choice(false)
    if not holds:
        asked = replace(asked, stem=text, explanation=f"According to the brief: {statement.text}")
    return maker.statement(asked, statement.entry, holds=holds)


def _falsified(maker: Maker, statement: _Statement, years: tuple[str, ...]) -> Iterator[str]:
    """Exchange the one number, or a name."""
    text, entry = statement.text, statement.entry
    if len(_NUMBER.findall(text)) == 1:
        for pattern, pool in ((_YEAR, years), (_SHARE, _shares(entry))):
            if match := pattern.search(text):
                others = (other for other in pool if other != match[0])
                yield from (f"{text[: match.start()]}{other}{text[match.end() :]}" for other in others)
    if isinstance(entry, Passage):
        for item in maker.pack.quiz:
            if item.kind is ItemKind.TEXT and entry.place in {item.place, *item.also}:
                yield from _renamed(maker, text, item, entry)


def _renamed(maker: Maker, text: str, item: QuizItem, passage: Passage) -> Iterator[str]:
    """Put an item's wrong answers in the place of its right one, where the statement has it once."""
    answer = str(item.answer)
    names = {answer}.union(
        *((alias.name, *alias.also) for alias in maker.pack.glossary.aliases if answer in {alias.name, *alias.also})
    )
    longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    found = list(re.finditer(rf"\b(?:{longest})\b", text))
    if len(found) != 1 or found[0][0].islower():
        return
    held = {*words(passage.summary), *(word for point in passage.points for word in words(point.answer))}
    for wrong in item.wrong:
        alike = len(raw_words(wrong)) == len(raw_words(found[0][0]))  # else an article may be amiss
        if alike and not set(words(wrong)) <= held and not _NUMBER.search(wrong):
            yield f"{text[: found[0].start()]}{wrong}{text[found[0].end() :]}"


def _shares(entry: Passage | Figure) -> tuple[str, ...]:
    if isinstance(entry, Figure):
        return tuple(dict.fromkeys(f"{value:g}" for _, _, value, _ in entry.cells))
    return ()


def _years(maker: Maker) -> tuple[str, ...]:
    """Give the years of which the pack speaks, and their neighbours when there are few."""
    found = {year for passage in maker.pack.passages for year in _YEAR.findall(passage.summary)}
    return tuple(sorted(found | {str(int(year) - 1) for year in found}))


def _year_gap(maker: Maker, statement: _Statement, years: tuple[str, ...]) -> Item | None:
    """Ask for the year of a statement that names one, and no other number."""
    match = _YEAR.search(statement.text)
    if match is None or len(_NUMBER.findall(statement.text)) > 1:
        return None
    gapped = f"{statement.text[: match.start()]}…{statement.text[match.end() :]}"
    question = f"Fill in the year: {gapped}"
    about = f"says:{statement.name}"
    asked = Asked(f"year-{statement.name}", about, question, statement.text, Difficulty.HARD)
    others = sorted((int(year) for year in years), key=lambda year: abs(year - int(match[0])))
    return maker.number(asked, statement.entry, float(match[0]), [float(year) for year in others], "")
