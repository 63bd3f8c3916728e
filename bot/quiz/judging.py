"""Judging typed answers kindly: spelling, case, order, articles and other names do not count; the meaning does.

What a player did not mean is never read into an answer: a second answer, a negation, a name or number too many refuses
it, and so does a word that is another word and no slip. Numbers are exact.
"""

from __future__ import annotations

from bot.quiz.exactness import judge_date, judge_number
from bot.quiz.items import Exactly, Item, Pick, Worded
from bot.quiz.likeness import judge_words, setting_for, stems
from bot.quiz.verdicts import Outcome, Verdict
from bot.quiz.wording import Lexicon
from bot.words.text import clean, words

MAX_TYPED = 200  # characters of an answer; a modal's field takes no more
_BARE = Lexicon()


def judge(item: Item, typed: str, lexicon: Lexicon = _BARE) -> Verdict:
    """Judge a typed answer to a number or text item; raises ValueError for an item whose answer is picked."""
    typed = clean(typed).strip()[:MAX_TYPED]
    match item.right:
        case Pick():
            raise ValueError(f"the answer to {item.id} is picked, not typed")
        case _ if not typed:
            return Verdict(Outcome.WRONG, "Nothing was typed.")
        case Exactly(value, unit):
            return judge_number(value, unit, typed, stems(item.stem))
        case Worded(texts):
            setting = setting_for(item, lexicon)
            if setting.dates:
                verdict = judge_date(setting.dates, typed, setting.context)
                if verdict.right or len(setting.dates) == len(texts):
                    return verdict
            return judge_words(texts[0], tuple(words(typed)), setting)
