"""Judging typed answers kindly: spelling, case, order, articles and other names do not count; the meaning does.

What a player did not mean is never read into an answer: a second answer, a negation, a name or number too many refuses
it, and so does a word that is another word and no slip. Numbers are exact.
"""

from __future__ import annotations

import re

from bot.quiz.exactness import judge_date, judge_number
from bot.quiz.items import Exactly, Item, Pick, Worded
from bot.quiz.likeness import Setting, is_another, judge_words, setting_for
from bot.quiz.verdicts import Outcome, Verdict
from bot.quiz.wording import TURNING, Lexicon, holds
from bot.words.text import clean, words

MAX_TYPED = 200  # characters of an answer; a modal's field takes no more
_BARE = Lexicon()
_NOUGHT = re.compile(r"\b(?:[^\W\d_]+0[^\W\d_]*|0[^\W\d_]+)\b")  # NAT0
_OH = re.compile(r"(?<=\d)[oO](?=\d|\b)")  # 2O16
_TAG = re.compile(r"[\s,]+(?:is|was|are|were|do|did|does|has|had)n'?t (?:it|he|she|they|that|this)\W*$", re.IGNORECASE)
# What stands in brackets or behind a comma at the end, or tells a place.
_REMARK = re.compile(r"\s*(?P<sign>[,(]|\s(?=in\s|from\s|near\s))\s*(?P<said>[^,()]{2,60}?)\s*\)?\.?$", re.IGNORECASE)
_WHERE = frozenset("in from at on near during".split())
_TWO = TURNING | frozenset("and or also too plus both".split())


def judge(item: Item, typed: str, lexicon: Lexicon = _BARE) -> Verdict:
    """Judge a typed answer to a number or text item; raises ValueError for an item whose answer is picked."""
    typed = _TAG.sub("", clean(typed).strip()[:MAX_TYPED])
    match item.right:
        case Pick():
            raise ValueError(f"the answer to {item.id} is picked, not typed")
        case _ if not typed:
            return Verdict(Outcome.WRONG, "Nothing was typed.")
        case Exactly(value, unit):
            return judge_number(value, unit, _OH.sub("0", typed), item.stem, lexicon)
        case Worded(texts):
            setting = setting_for(item, lexicon)
            if setting.dates:
                verdict = judge_date(setting.dates, _OH.sub("0", typed), setting.context)
                if verdict.right or len(setting.dates) == len(texts):
                    return verdict
            typed = _NOUGHT.sub(lambda word: word[0].replace("0", "o"), typed)
            verdict = judge_words(texts[0], tuple(words(typed)), setting)
            return verdict if verdict.right else _without_remark(item, texts[0], typed, setting) or verdict


def _without_remark(item: Item, shown: str, typed: str, setting: Setting) -> Verdict | None:
    """Judge what stands before a remark; None where that is not right, or the remark says something else.

    A remark tells a place or a time, or what the question and its explanation tell, too.
    """
    if (remark := _REMARK.search(typed)) is None:
        return None
    said = words(remark["said"])
    dated = any(word.isdigit() for word in said)
    placed = said[:1] and said[0] in _WHERE and not dated
    known = set(words(f"{item.stem} {item.explanation}"))
    told = known.issuperset(said) and (dated or remark["sign"] == "(")
    placed = placed and not any(holds(said, name) for name in setting.lexicon.plain_names if not known.issuperset(name))
    if not (placed or told) or not _TWO.isdisjoint(said) or is_another(said, setting):
        return None
    verdict = judge_words(shown, tuple(words(typed[: remark.start()])), setting)
    return verdict if verdict.right else None
