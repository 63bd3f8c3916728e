"""Words of typed answers: which count, which turn the meaning, and which are one word spelt two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.brief.pack import Pack
from bot.words.english import English
from bot.words.stems import stem
from bot.words.stopwords import FUNCTION
from bot.words.text import words

# Beside a right answer these make a wrong one, or two answers of one.
TURNING = frozenset(
    """
    not no never neither nor none without against except excepting excluding anti non or versus than instead rather
    but other others else opposite contrary half part partly before after until under below above deputy vice
    everything anything everyone everywhere everybody somebody someone anybody anyone
    """.split()
)
# Beside a right answer these say nothing more: how people frame an answer, and what kind of thing it names.
HARMLESS = frozenset(
    """
    think thinks guess believe assume suppose say said accused blamed answer called name named term word brief text
    author sure course probably maybe perhaps definitely obviously clearly exactly mr mrs ms dr sir president leader
    minister prof professor state country land nation republic government territory region area city network channel
    station tv television news alliance organisation organization group institute so former ex formerly
    mean means meant remember recall correct right pretty guessing prob probs honestly bet spelled spelt al el
    poll pollster survey firm company agency office post position role job noun expression
    yeah yes yep idk ofc hmm hm um umm uhm er ah tho ig iirc afaik imho
    """.split()
)
# Capitals stand for their governments, but who asks for a country does not ask for its capital. Names that are the
# country's own, as Singapore, are left out.
CAPITALS = frozenset(
    name.strip()
    for name in """
    abuja, accra, addis ababa, algiers, amman, amsterdam, ankara, antananarivo, ashgabat, asmara, astana, asuncion,
    athens, baghdad, baku, bamako, bangkok, beijing, beirut, belgrade, berlin, bern, bishkek, bogota, brasilia,
    bratislava, brazzaville, brussels, bucharest, budapest, buenos aires, cairo, canberra, caracas, chisinau, colombo,
    conakry, copenhagen, dakar, damascus, dhaka, dodoma, doha, dublin, dushanbe, freetown, gaborone, hanoi, harare,
    havana, helsinki, islamabad, jakarta, jerusalem, kabul, kampala, kathmandu, khartoum, kiev, kigali, kingston,
    kinshasa, kuala lumpur, kyiv, la paz, libreville, lilongwe, lima, lisbon, ljubljana, lome, london, luanda, lusaka,
    madrid, managua, manama, manila, maputo, maseru, mexico city, minsk, mogadishu, monrovia, montevideo, moscow,
    muscat, nairobi, new delhi, niamey, nicosia, nouakchott, oslo, ottawa, ouagadougou, paris, phnom penh, podgorica,
    port au prince, pretoria, pristina, pyongyang, quito, rabat, reykjavik, riga, riyadh, rome, san jose, sanaa,
    santiago, santo domingo, sarajevo, seoul, skopje, sofia, stockholm, sucre, taipei, tallinn, tashkent, tbilisi,
    tegucigalpa, tehran, thimphu, tirana, tokyo, tripoli, tunis, ulaanbaatar, valletta, vienna, vientiane, vilnius,
    warsaw, washington, wellington, windhoek, yaounde, yerevan, zagreb
    """.split(",")
)
_QUIET = FUNCTION - TURNING
_MOST_SPELLINGS = 80
_SOUNDS = (("ph", "f"), ("ou", "u"), ("ck", "k"), ("c", "k"), ("q", "k"), ("w", "v"), ("y", "i"), ("z", "s"))
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: hashing thousands of words takes long
class Lexicon:
    """What is known about the words of a pack: names that are one thing, and words that are no slip of another."""

    names: tuple[tuple[tuple[str, ...], ...], ...] = ()
    plain_names: frozenset[tuple[str, ...]] = frozenset()
    known: frozenset[str] = frozenset()
    english: English | None = None

    def knows(self, word: str) -> bool:
        """Tell whether a word is one of its own, and no slip."""
        return word in self.known or (self.english is not None and word in self.english)

    def spellings(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Give the words of a text, and again with each name in it replaced by the other names of the same thing."""
        plain = tuple(words(text))
        found = dict.fromkeys([plain])
        for group in self.names:
            for name in group:
                for start in _starts(plain, name):
                    found |= dict.fromkeys((*plain[:start], *other, *plain[start + len(name) :]) for other in group)
        return tuple(found)[:_MOST_SPELLINGS]


def lexicon_of(pack: Pack, english: English | None = None) -> Lexicon:
    """Make the lexicon of a pack; ``english``: common words, which are no slips of others."""
    groups = []
    known: set[str] = set(pack.vocabulary)
    for alias in pack.glossary.aliases:
        names = dict.fromkeys(tuple(words(name)) for name in (alias.name, *alias.also))
        groups.append(tuple(name for name in names if not all(word in FUNCTION for word in name)))
    for text in _texts(pack):
        known.update(words(text))
    plain = frozenset(content(name) for group in groups for name in group)
    return Lexicon(tuple(group for group in groups if len(group) > 1), plain, frozenset(known), english)


def _texts(pack: Pack) -> Iterator[str]:
    yield from (name for alias in pack.glossary.aliases for name in (alias.name, *alias.also))
    for entry in pack.entries:
        yield entry.title
        yield from entry.keywords
    for subject in pack.untreated:
        yield subject.sentence
        yield from subject.keywords
    for item in pack.quiz:
        yield from (str(item.answer), *item.wrong, *item.accept)


def holds(text: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether a name stands in a text."""
    return next(_starts(text, name), None) is not None


def _starts(text: Sequence[str], name: Sequence[str]) -> Iterator[int]:
    return (start for start in range(len(text) - len(name) + 1) if tuple(text[start : start + len(name)]) == name)


def stems(text: str) -> frozenset[str]:
    """Give the stems of a text's words."""
    return frozenset(map(stem, words(text)))


def content(found: Sequence[str]) -> tuple[str, ...]:
    """Keep the words that count; all of them where none does, as in the name IS."""
    return tuple(word for word in found if word not in _QUIET) or tuple(found)


def same(word: str, other: str) -> bool:
    """Tell whether two words are forms of one: case and accents are gone already, endings do not count."""
    return word == other or stem(word) == stem(other)


def _sound(word: str) -> str:
    """Write letters that sound alike as one, and doubled ones once."""
    for spelt, sound in _SOUNDS:
        word = word.replace(spelt, sound)
    return _DOUBLED.sub(r"\1", word)


def slip(typed: str, meant: str) -> bool:
    """Tell whether a word may be a slip of another: up to two edits by length, or letters that changed places."""
    prefixed = len(typed) > len(meant) + 1 and typed.endswith(meant)  # noninterventionist
    if prefixed or any(char.isdigit() for char in typed + meant):
        return False
    if len(meant) < 5 and len(typed) >= len(meant) and typed[:1] != meant[:1] and sorted(typed) != sorted(meant):
        return False  # in a short word the first letter is seldom missed
    if len(meant) > 4 and typed.endswith("s") and not meant.endswith("s"):
        typed = typed[:-1]
    edits = OSA.distance(typed, meant)
    if len(meant) > 3 and edits <= 2 and OSA.distance(_sound(typed), _sound(meant)) <= (1 if len(meant) > 6 else 0):
        return True
    allowed = 0 if len(meant) < 4 else 1 if len(meant) < 9 else 2
    return edits <= allowed or (len(meant) > 4 and sorted(typed) == sorted(meant) and edits <= 2)
