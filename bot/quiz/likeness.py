"""Judging words: a typed answer against all spellings of the right and of the wrong answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.quiz.dates import Moment, whole_date
from bot.quiz.items import Item, Worded
from bot.quiz.verdicts import MORE, RIGHT, WRONG, Outcome, Verdict
from bot.quiz.wording import CAPITALS, HARMLESS, TURNING, Lexicon, content, holds, same, slip, stems
from bot.words.stems import stem
from bot.words.stopwords import FUNCTION
from bot.words.text import raw_words, words

_ALIKE = 76  # RapidFuzz ratio from which a wrong answer is told to be near
_ARTICLES = frozenset(("the", "a", "an"))
_CUT = 3  # letters of a word that may stand for it, as Sec. of State has it
_CUT_FROM = 7  # letters; shorter words are not cut
_COUNTRY = re.compile(r"\b(?:which|what)\s+(?:\w+\s+)?(?:country|state|nation|republic)\b", re.IGNORECASE)
_WORD = 4  # letters; a shorter word that the language knows may still be a slip of another


@dataclass(frozen=True, slots=True)
class Setting:
    """What a typed answer is held against: spellings of right and wrong answers, and words that may stand beside.

    ``whole``: names that read as function words, such as IS; spellings with one count only as they stand.
    """

    right: Mapping[tuple[str, ...], None]
    plain: frozenset[tuple[str, ...]]
    whole: frozenset[str]
    right_words: frozenset[str]
    wrong: tuple[frozenset[str], ...]
    wrong_words: frozenset[str]
    dates: tuple[Moment, ...]
    context: frozenset[str]
    lexicon: Lexicon

    @property
    def quiet_words(self) -> frozenset[str]:
        """Give the words of the right answers that say nothing, such as articles."""
        return self.right_words & FUNCTION

    def is_slip(self, word: str, meant: str, *, beside: bool) -> bool:
        """Tell whether a word is a slip of another; ``beside``: the rest of the answer stands there as it should."""
        if word in self.wrong_words or not slip(word, meant):
            return False
        if word in self.lexicon.known:
            return word in self.right_words  # another spelling of the same name has it
        return not self.lexicon.knows(word) or (beside and len(meant) > 5)


@lru_cache(maxsize=512)  # a class answers one question at once
def setting_for(item: Item, lexicon: Lexicon) -> Setting:
    """Gather what answers to a text item are held against."""
    texts = item.right.texts if isinstance(item.right, Worded) else ()
    wrong = [option for option in item.options if option not in texts]
    right = tuple(spelling for text in texts for spelling in _spellings(text, item.stem, lexicon))
    others = tuple(spelling for text in wrong for spelling in lexicon.spellings(text))
    right_words = frozenset(word for spelling in right for word in spelling)
    whole = frozenset(spelling[0] for spelling in right if len(spelling) == 1) & FUNCTION
    return Setting(
        right=dict.fromkeys(right),
        plain=frozenset(
            plain
            for spelling in right
            if not FUNCTION.issuperset(plain := content(spelling)) and whole.isdisjoint(spelling)
        ),
        whole=whole,
        right_words=right_words,
        wrong=tuple(frozenset(content(spelling)) for spelling in others),
        wrong_words=frozenset(word for spelling in others for word in content(spelling)) - right_words,
        dates=tuple(moment for text in texts if (moment := whole_date(text))),
        context=_context(item, lexicon),
        lexicon=lexicon,
    )


def _spellings(text: str, question: str, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Give the spellings of an accepted text that answer the question.

    Those that only give its words back do not, nor does a capital where a country is asked for.
    """
    asked, (first, *others) = words(question), lexicon.spellings(text)
    given = set(asked)
    for group in lexicon.names:
        if any(holds(asked, name) for name in group) and not any(holds(first, name) for name in group):
            given.update(word for name in group for word in name)
    repeated = frozenset(map(stem, given))
    unfit = CAPITALS if _COUNTRY.search(question) else frozenset[str]()
    return (
        first,
        *(
            other
            for other in others
            if not repeated.issuperset(map(stem, content(other))) and " ".join(content(other)) not in unfit
        ),
    )


def _context(item: Item, lexicon: Lexicon) -> frozenset[str]:
    """Give the stems of words that may stand beside an answer: the question's, and plain ones of the explanation."""
    names = {word for group in lexicon.names for name in group for word in name}
    plain = {word for raw in raw_words(item.explanation) if raw[:1].islower() for word in words(raw)}
    return stems(item.stem) | frozenset(map(stem, plain - names - TURNING))


def judge_words(shown: str, found: tuple[str, ...], setting: Setting) -> Verdict:
    """Judge the words of an answer; ``shown``: how the right one is spelt."""
    if found in setting.right or content(found) in setting.plain:
        return RIGHT
    if content(found) in setting.lexicon.plain_names:
        return WRONG  # it is the name of something else
    matches = [_match(found, spelling, setting) for spelling in setting.right]
    whole = [match for match in matches if not match.missing]
    if any(not match.extra and not match.repaired for match in whole):
        return RIGHT
    if is_another(found, setting):
        return WRONG
    if any(_spells_out(match.extra, found, setting) for match in whole):
        return RIGHT
    for match in sorted(whole, key=lambda match: match.repaired):
        verdict = _beside(match.extra, setting)
        if verdict.right and match.repaired:
            return Verdict(Outcome.RIGHT, f"It is spelled “{shown}”.")
        if verdict.right:
            return verdict
    if whole:
        return min((_beside(match.extra, setting) for match in whole), key=lambda verdict: verdict is WRONG)
    return _nearly(found, matches, setting)


def is_another(found: Sequence[str], setting: Setting) -> bool:
    """Tell whether a wrong answer stands in what was typed."""
    mine = set(content(found))
    return any(mine >= (other := wrong - setting.right_words) and other for wrong in setting.wrong)


def _spells_out(extra: Sequence[str], found: Sequence[str], setting: Setting) -> bool:
    """Tell whether what stands beside a right answer only spells out its letters, as NBC or ISIS have them."""
    initials = ("".join(word[0] for word in content(text)) for text in (extra, found))
    return any(len(letters) > 2 and (letters,) in setting.right for letters in initials)


@dataclass(frozen=True, slots=True)
class _Match:
    """How a typed answer meets one spelling: what is missing, what is left over, and whether a slip was repaired."""

    spelling: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    repaired: bool


def _match(found: tuple[str, ...], spelling: tuple[str, ...], setting: Setting) -> _Match:
    wanted, left = content(spelling), list(content(found))
    if FUNCTION.issuperset(wanted) or not setting.whole.isdisjoint(spelling):  # a name as IS counts as it stands
        alone = tuple(word for word in found if word not in _ARTICLES) == spelling
        return _Match(spelling, () if alone else spelling, (), repaired=False)
    missing = _take(wanted, left, same)
    repaired = bool(missing)
    beside = len(missing) < len(wanted)
    missing = _take(missing, left, lambda meant, word: setting.is_slip(word, meant, beside=beside))
    if beside and len(missing) == 1:
        missing = _take(missing, left, _cut)
    if missing and _joined(found, spelling, setting):
        return _Match(spelling, (), (), repaired=True)
    return _Match(spelling, missing, tuple(left), repaired and not missing)


def _take(wanted: Sequence[str], left: list[str], fits: Callable[[str, str], bool]) -> tuple[str, ...]:
    """Take for each wanted word one that fits out of those left; give the wanted words that none fits."""
    missing = []
    for word in wanted:
        hit = next((one for one in left if fits(word, one)), None)
        if hit is None:
            missing.append(word)
        else:
            left.remove(hit)
    return tuple(missing)


def _cut(meant: str, word: str) -> bool:
    """Tell whether a word is the beginning of another, left at that."""
    return len(meant) >= _CUT_FROM and len(word) >= _CUT and meant.startswith(word) and word not in TURNING


def _joined(found: tuple[str, ...], spelling: tuple[str, ...], setting: Setting) -> bool:
    """Tell whether words were only run together or pulled apart: ``buckpassing``."""
    if len(found) == len(spelling):
        return False
    known = (word for word in content(found) if len(word) >= _WORD and word not in setting.right_words)
    if any(setting.lexicon.knows(word) for word in known):
        return False  # book-passing
    for dropped in (_ARTICLES, frozenset[str]()):
        typed, meant = ("".join(word for word in text if word not in dropped) for text in (found, spelling))
        if typed == meant or setting.is_slip(typed, meant, beside=False):
            return True
    return False


def _beside(extra: Sequence[str], setting: Setting) -> Verdict:
    """Judge what stands beside a right answer."""
    if any(setting.right_words.issuperset(spelling) for spelling in setting.lexicon.spellings(" ".join(extra))):
        return RIGHT  # Secretary of State of the United States, where a glossary has the US Secretary of State
    more = False
    for word in extra:
        if stem(word) in setting.context or word in setting.right_words:
            continue
        if word in TURNING or any(char.isdigit() for char in word):
            return WRONG
        if any(len(name) > _WORD and word.startswith(name) for name in setting.right_words):
            continue  # Vladimir Vladimirovich
        initial = len(word) == 1 and any(name.startswith(word) for name in setting.right_words)
        if word in HARMLESS or initial or any(setting.is_slip(word, name, beside=True) for name in setting.right_words):
            continue
        if not setting.lexicon.knows(word) and any(OSA.distance(word, quiet) <= 1 for quiet in setting.quiet_words):
            continue  # thw Kremlin
        if word in setting.wrong_words:
            return WRONG
        more = True
    return MORE if more else RIGHT


def _nearly(found: tuple[str, ...], matches: Sequence[_Match], setting: Setting) -> Verdict:
    if any(word in TURNING for word in found):
        return WRONG
    typed = " ".join(content(found))
    for match in matches:
        wanted = content(match.spelling)
        if len(match.missing) < len(wanted) and not match.extra:
            return Verdict(Outcome.NEAR, "Part of it is missing.")
        alike = fuzz.ratio(typed, " ".join(wanted)) >= _ALIKE
        if alike and not any(setting.lexicon.knows(word) or word in setting.wrong_words for word in found):
            return Verdict(Outcome.NEAR, "It is close; check the spelling.")
    return WRONG
