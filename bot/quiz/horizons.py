"""Items about recommendations: which one looks to which horizon."""

from __future__ import annotations

from collections.abc import Iterator

from bot.brief.pack import Recommendation
from bot.brief.quiz_items import Difficulty
from bot.quiz.items import Item
from bot.quiz.making import Asked, Maker
from bot.words.stems import stem
from bot.words.text import words

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NONE_GIVEN = "No horizon is given"


def about_horizons(maker: Maker) -> Iterator[Item | None]:
    """Ask for the horizon of each recommendation, by its number, and by its title where that does not tell."""
    advice = maker.pack.recommendations
    horizons = tuple(dict.fromkeys(one.horizon for one in advice if one.horizon))
    if len(horizons) < 2:
        return
    telling = {stem(word) for horizon in horizons for word in words(horizon)}
    for ordinal, one in zip(_ORDINALS, advice, strict=False):
        if not one.horizon:
            continue
        wrong = [*(_capital(other) for other in horizons if other != one.horizon), _NONE_GIVEN]
        by_number = f"To which horizon does the {ordinal} of the recommendations look?"
        yield maker.choice(_asked(one, "number", by_number), one, _capital(one.horizon), wrong)
        if not telling & {stem(word) for word in words(one.title)}:
            by_title = f"Which horizon does this recommendation have? “{one.title}”"
            yield maker.choice(_asked(one, "title", by_title), one, _capital(one.horizon), wrong)


def _asked(one: Recommendation, by: str, question: str) -> Asked:
    explanation = f"{one.title} ({one.horizon})."
    return Asked(f"horizon-{by}-{one.id}", f"horizon:{one.id}", question, explanation, Difficulty.MEDIUM)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
